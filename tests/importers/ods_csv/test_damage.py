"""Lists that were cut, mangled or mixed up are read as far as they go: every row is taken or refused, none is lost."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from db.dates import parse
from db.errors import InputError
from db.keys import split
from db.statements import RejectSaid
from importers.base import ReadOptions
from importers.csv_rows import lines_of, rows
from importers.ods_csv.importer import importer
from tests.importers.ods_csv.lists import branch, commissioner, practice, practitioner, source, text, trust

LISTS = [
    [trust(), trust("R2Z"), trust("R3Z")],
    [practice(), practice("A99902"), practice("A99903")],
    [branch(), branch("A99901002")],
    [commissioner(), commissioner("97Z")],
    [practice(c22="1"), practitioner()],
    [["A99901", "5ZZ", "W", "20010401", "20130331", "0"], ["A99901", "99Z", "W", "20130401", "", "0"]],
]


def account(data: bytes) -> None:
    """Read it, and see that every row came out once and well formed."""
    try:
        reading = importer.read(source(data), ReadOptions())
    except InputError as error:
        assert "\n" not in str(error)
        return
    came = list(reading.rows)
    lines = [row.line for row in came]
    assert lines == sorted(set(filter(None, lines)))
    for row in came:
        if isinstance(row, RejectSaid):
            assert row.reason
            continue
        (said,) = row.statements
        assert split(said.key) is not None
        for day in (said.opened, said.closed, *(end for link in said.links for end in (link.start, link.end))):
            assert day is None or parse(day) == day


@given(st.sampled_from(LISTS), st.randoms(use_true_random=False), st.integers(1, 6))
def test_changed_bytes_lose_no_row(table: list[list[str]], chance: random.Random, times: int) -> None:
    data = bytearray(text(table * 3).encode())
    for _ in range(times):
        place = chance.randrange(len(data))
        how = chance.randrange(3)
        if how == 0:
            data[place] = chance.randrange(256)
        elif how == 1:
            del data[place]
        else:
            data[place:place] = chance.choice([b'"', b"\r\n", b"\x00", b",", b"\xff", b"\xef\xbb\xbf"])
    account(bytes(data))


@given(st.sampled_from(LISTS), st.integers(0, 2000))
def test_a_list_may_end_anywhere(table: list[list[str]], length: int) -> None:
    account(text(table).encode()[:length])


@given(st.sampled_from(LISTS), st.sampled_from(LISTS))
def test_two_lists_in_one_file_are_one_list_and_refusals(first: list[list[str]], second: list[list[str]]) -> None:
    account(text(first + second).encode())


@given(st.binary(max_size=400))
def test_any_bytes_are_looked_at_without_harm(data: bytes) -> None:
    sample = source(data).sample()
    guess = importer.sniff(sample)
    assert guess is None or 0 <= guess.score <= 1
    account(data)


@given(st.sampled_from(LISTS), st.data())
def test_rows_and_refusals_are_all_the_rows_there_are(table: list[list[str]], data: st.DataObject) -> None:
    mixed = data.draw(st.permutations([*table, ["", ""], ["x"] * 27, [""] * 27]))
    content = text(table + mixed)
    try:
        reading = importer.read(source(content), ReadOptions())
    except InputError:
        return
    assert len(list(reading.rows)) == len(list(rows(lines_of(content))))
