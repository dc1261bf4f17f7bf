"""Whatever a mapping or a file holds, the answer is a reading or one line; never a traceback, never a hang."""

from __future__ import annotations

import random
from importlib.resources import files

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import InputError
from db.statements import RejectSaid, RowSaid
from importers.table.importer import TableImporter
from importers.table.language.leads import one_person, rest_of_lead
from tests.depth import cases
from tests.importers import things
from tests.importers.table.made import CLUBS, mapping, reading, sheet_xml, workbook, workbook_of

SHIPPED = sorted(
    (one for one in files("importers.table").joinpath("maps").iterdir() if one.name.endswith(".yaml")),
    key=lambda one: one.name,
)
PIECES = (
    "{",
    "}",
    "{{",
    "|",
    ":",
    "?",
    '"',
    "- ",
    "  ",
    "null",
    "[",
    "]",
    "each: ",
    "when: ",
    "{a|before:}",
    "&a",
    "*a",
    "\t",
)
CSV = "code,name,list\nAAA,One,a;b\nBBB,Two,\n"
JSON = '[{"code": "AAA", "name": "One", "list": ["a", {"b": [null, 1]}]}, {"code": "BBB", "name": "Two", "list": {}}]'


def mutated(text: str, seed: int) -> str:
    """A text with some of its characters taken out, doubled, moved or replaced."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(text) + 1)
        kind = chance.randrange(4)
        piece = chance.choice(PIECES)
        length = chance.randint(0, 12)
        if kind == 0:
            text = text[:place] + text[place + length :]
        elif kind == 1:
            text = text[:place] + piece + text[place:]
        elif kind == 2:
            text = text[:place] + text[place : place + length] * 2 + text[place + length :]
        else:
            text = text[:place] + chance.choice(text or " ") + text[place + 1 :]
    return text


@pytest.mark.parametrize("part", SHIPPED, ids=lambda part: str(part.name))
def test_a_damaged_mapping_is_read_or_refused_in_one_line(part: object) -> None:
    text = SHIPPED[SHIPPED.index(part)].read_text("utf-8")  # type: ignore[arg-type]
    for seed in range(cases(20)):
        try:
            mapping(mutated(text, seed))
        except InputError as error:
            assert str(error).startswith("m.yaml:")
            assert "\n" not in str(error)


@given(seed=st.integers(0, 10**9))
@settings(max_examples=cases(80))
def test_whatever_a_mapping_says_of_a_table_every_row_is_accounted_for(seed: int) -> None:
    said = (
        CLUBS + '    names: [{each: list, name: "{item}"}]\n'
        '    facts: [{property: place, text: {of: "{list|upper}", words: {a;b: x}, others: y}}]\n'
    )
    try:
        made = mapping(mutated(said, seed))
        del made
        for content, name in ((CSV, "t.csv"), (JSON, "t.json")):
            found = list(reading(content, mutated(said, seed), name).rows)
            assert len(found) == 2
    except InputError as error:
        assert "\n" not in str(error)


@given(
    lines=st.lists(st.lists(st.text(max_size=12), min_size=1, max_size=5), max_size=6), mark=st.sampled_from(",\t;|")
)
def test_whatever_stands_in_cells_is_taken_or_refused(lines: list[list[str]], mark: str) -> None:
    text = mark.join(("code", "name")) + "\n" + "\n".join(mark.join(cells) for cells in lines)
    data = text.encode("utf-8", "replace")
    try:
        found = list(reading(data, CLUBS).rows)
    except InputError as error:
        assert "\n" not in str(error)
        return
    assert all(isinstance(row, RowSaid | RejectSaid) for row in found)


@given(data=st.binary(max_size=300))
def test_any_bytes_are_refused_or_read(data: bytes) -> None:
    for name in ("t.csv", "t.json", "t.xlsx", "t.jsonl"):
        source = things.given(data, name)
        TableImporter().sniff(source.sample())
        try:
            list(reading(data, CLUBS, name).rows)
        except InputError as error:
            assert "\n" not in str(error)


def test_a_damaged_workbook_is_refused_in_one_line_or_read() -> None:
    whole = workbook(Clubs=[("code", "name"), ("AAA", "One"), ("BBB", "Two")])
    for seed in range(cases(100)):
        chance = random.Random(seed)
        data = bytearray(whole)
        for _ in range(chance.randint(1, 6)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.2:
            del data[chance.randrange(len(data)) :]
        try:
            list(reading(bytes(data), CLUBS, "t.xlsx").rows)
        except InputError as error:
            assert "\n" not in str(error)


def test_a_workbook_with_damaged_sheets_is_refused_in_one_line_or_read() -> None:
    sheet = sheet_xml([("code", "name"), ("AAA", "One"), ("BBB", "Two")])
    pieces = ('r="ZZZ9', 'r="A0"', "9999999999", '<row r="9999999">', "<c>", "</row>", '"', "<", "&amp;", 't="b"')
    for seed in range(cases(15)):
        chance = random.Random(seed)
        text = sheet
        for _ in range(chance.randint(1, 4)):
            place = chance.randrange(len(text))
            text = text[:place] + chance.choice(pieces) + text[place + chance.randint(0, 3) :]
        try:
            list(reading(workbook_of({"Clubs": text}), CLUBS, "t.xlsx").rows)
        except InputError as error:
            assert str(error).startswith(("t.xlsx:", "m.yaml:"))
            assert "\n" not in str(error)


@given(text=st.text(max_size=200))
def test_any_text_names_one_person_or_none(text: str) -> None:
    name = one_person(text)
    assert name is None or text.startswith(name)
    assert name is not None or rest_of_lead(text) is None
