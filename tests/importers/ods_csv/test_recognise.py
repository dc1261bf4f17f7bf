"""A list is told by what is in it; its file may be called anything."""

from __future__ import annotations

import pytest

from db.errors import InputError
from importers.base import ReadOptions
from importers.ods_csv.importer import amendments, importer, memberships
from tests.importers.ods_csv.lists import (
    branch,
    commissioner,
    pharmacy,
    practice,
    practitioner,
    read,
    row,
    source,
    taken,
    text,
    trust,
)

MEMBERSHIP = ["A99901", "99Z", "W", "20130401", "", "0"]

LISTS = {
    "etr": [trust(), trust("RZ2", "DALES NHS FOUNDATION TRUST")],
    "epraccur": [practice(), practice("A99902")],
    "eccg": [commissioner(), commissioner("97Z", "NHS FELL CCG", c14="")],
    "ebranchs": [branch(), branch("A99901002")],
    "epharmacyhq": [pharmacy(), pharmacy("PZZ2")],
}


@pytest.mark.parametrize("ods_list", LISTS)
def test_every_list_is_recognised_under_the_name_of_another(ods_list: str) -> None:
    sample = source(text(LISTS[ods_list]), "epcmem-or-whatever.csv").sample()
    guess = importer.sniff(sample)
    assert guess is not None
    assert guess.score > 0.9
    assert ods_list in guess.why
    assert memberships.sniff(sample) is None
    assert amendments.sniff(sample) is None


@pytest.mark.parametrize("ods_list", LISTS)
def test_old_exports_without_their_last_three_columns_are_read_alike(ods_list: str) -> None:
    reading = read(text([cells[:24] for cells in LISTS[ods_list]], end="\n", quoted=False))
    assert reading.source.series == f"ods-{ods_list}"
    assert len(taken(reading)) == 2


def test_memberships_are_recognised_by_their_six_columns() -> None:
    sample = source(text([MEMBERSHIP]), "etr.csv").sample()
    guess = memberships.sniff(sample)
    assert guess is not None
    assert "epcmem" in guess.why
    assert importer.sniff(sample) is None


def test_practices_among_practitioners_are_a_change_file() -> None:
    rows = [practice(c22="1"), practitioner(), practitioner("G9999902", sub_type="P")]
    sample = source(text(rows), "epraccur.csv").sample()
    assert amendments.sniff(sample) is not None
    assert importer.sniff(sample) is None
    reading = read(rows)
    assert reading.source.series == "ods-epraccur"
    assert not reading.source.full


def test_a_few_practices_that_are_all_amended_are_a_change_file() -> None:
    assert not read([practice(c22="1"), practice("A99902", c22="1")]).source.full
    assert read([practice(c22="1"), practice("A99902")]).source.full


def test_a_newer_full_list_that_marks_every_row_amended_stays_a_full_list() -> None:
    assert read([practice(f"A{number:05}", c22="1") for number in range(1200)]).source.full


def test_any_of_our_formats_reads_any_of_the_lists_when_named() -> None:
    reading = amendments.read(source(text([trust()])), ReadOptions())
    assert reading.source.series == "ods-etr"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "\r\n\r\n",
        "code,name,town\r\nR1Z,Moorland,Fellton\r\n",
        "<!DOCTYPE html><html><title>Wait</title></html>",
        '{"a": [1, 2, 3]}',
        "PK\x03\x04 and so on, and so forth",
        text([row("FZZ01", "A DISPENSARY", c11="2001")]),
        text([["A99901", "99Z", "W", "soon", "", "0"]]),
    ],
)
def test_what_is_none_of_the_lists_is_left_to_others(content: str) -> None:
    sample = source(content).sample()
    assert [one.sniff(sample) for one in (importer, memberships, amendments)] == [None] * 3


def test_naming_the_format_does_not_make_a_web_page_a_list() -> None:
    with pytest.raises(InputError, match=r'^page\.csv: is an HTML page titled "Just a moment", not an ODS list'):
        page = source("<!DOCTYPE html><html><head><title>Just a moment</title>", "page.csv")
        importer.read(page, ReadOptions())


def test_a_heading_is_no_row() -> None:
    heading = ["Organisation Code", "Name", *(f"Column {number}" for number in range(3, 28))]
    reading = read([heading, trust()])
    assert [(one.key, one.line) for one in taken(reading)] == [("ods:R1Z", 2)]
    assert len(list(reading.rows)) == 1


def test_rows_can_be_counted_before_and_read_more_than_once() -> None:
    rows = read([trust(), trust("RZ2"), trust("RZ2")]).rows
    assert len(rows) == 3  # type: ignore[arg-type]
    assert list(rows) == list(rows)
