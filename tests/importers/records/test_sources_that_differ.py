"""An export tells who says which value and until when links were listed: imported elsewhere, it shows the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from db.model import Address, Link, Record
from db.register import Register
from db.statements import End, LinkSaid, NameSaid, Reading, RowSaid, SourceSaid, Statement, ValueSaid
from db.store.session import ImportSession
from importers.export import export_records
from tests.importers.records.files import reading, statements
from tests.importers.records.test_export import everything, imported

TOP = "format: interlock-records/1\n"


def body(key: str, *links: LinkSaid, street: str | None = None, **details: str) -> Statement:
    """A body as one row of a list says it."""
    place = Address((street,), None, None, None, None) if street else None
    names = (NameSaid(f"Body {key}"),)
    return Statement(key, "organisation", 1, names=names, links=links, address=place, **details)  # type: ignore[arg-type]


def tie(to: str, kind: str = "part-of", **details: str) -> LinkSaid:
    """A link of a body."""
    return LinkSaid(kind, End(to), **details)  # type: ignore[arg-type]


def source(key: str, day: str | None, *said: Statement, series: str | None = None, living: bool = False) -> Reading:
    """A file, of a series or not."""
    told = SourceSaid(
        f"file:{key}", key.capitalize(), "list", published=day, series=series, full=series is not None, living=living
    )
    return Reading(told, [RowSaid(line, (one,)) for line, one in enumerate(said, 1)])


LISTS = (
    source(
        "old", "2015",
        body("ods:ZZ1", tie("ods:ZZ9"), tie("ods:ZZ8"), opened="2001-01", street="Old Mill", status="open"),
        body("ods:ZZ2", tie("ods:ZZ9"), status="open"),
        series="lists",
    ),
    source(
        "new", "2023",
        body("ods:ZZ1", tie("ods:ZZ9"), opened="2001-01", closed="2022-03-31", status="closed", type="nhs-trust"),
        series="lists",
    ),
    source("undated", None, body("ods:ZZ1", opened="2002-01", street="New Mill", type="care-trust")),
    source("member", "2019-04", body("ods:ZZ4", tie("ods:ZZ9", start="2013-04-01", end="2020-03-31"))),
    source("later", "2020-05", body("ods:ZZ4", tie("ods:ZZ9", start="2013-04-01", end="2021-03-31", status="current"))),
    source("early", "2025", body("ods:ZZ6", tie("ods:ZZ7", start="2013-04-01")), body("ods:ZZ7", opened="2020-04-01")),
    source("two", "2025-06", body("ods:Z10", tie("ods:ZZ7", start="2013-04-01"), tie("ods:ZZ9", start="2013-04-01"))),
    source("three", "2025-07", body("ods:Z10", tie("ods:ZZ7", start="2014-04-01"))),
    source("month1", "2024-01", body("ods:ZZ5", tie("ods:ZZ9", "operated-by")), series="months", living=True),
    source("month2", "2026-11-01", body("ods:ZZ5", tie("ods:ZZ9", "operated-by")), series="months", living=True),
)  # fmt: skip


def register(connection: sqlite3.Connection, *readings: Reading) -> Register:
    """A register of some files."""
    with ImportSession.in_memory(connection, command="test") as session:
        for one in readings:
            session.take(one, format="list", strict=True)
        session.finish()
    return Register(connection, label="test register")


@pytest.fixture
def first() -> Iterator[Register]:
    """A register of sources that differ."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield register(connection, *LISTS)


@pytest.fixture
def second() -> Iterator[sqlite3.Connection]:
    """Another register, which is empty."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        yield connection


def values(record: Record) -> set[tuple[str, str, bool, str, tuple[str, ...]]]:
    """What is stated of the details of a record, and by whom."""
    titles = {one.id: one.source.title for one in record.evidence}
    return {
        (one.what, one.value, one.chosen, one.why, tuple(sorted({titles[number] for number in one.evidence})))
        for one in record.values
    }


def only_link(register: Register, key: str) -> Link:
    """The one link of a record."""
    (link,) = register.record(key).links
    return link


def test_an_export_of_sources_that_differ_shows_the_same_elsewhere(first: Register, second: sqlite3.Connection) -> None:
    text = export_records(first, published="2026-11-28")
    again = imported(second, text)
    assert everything(again) == everything(first)
    assert export_records(again, published="2026-11-28") == text


def test_what_the_others_say_travels_with_who_says_it_and_why_it_is_not_shown(
    first: Register, second: sqlite3.Connection
) -> None:
    told = values(imported(second, export_records(first)).record("ods:ZZ1"))
    assert told >= {
        ("opened", "2001-01", True, "dated", ("New", "Old")),
        ("opened", "2002-01", False, "dated", ("Undated",)),
        ("closed", "2022-03-31", True, "alone", ("New",)),
        ("status", "closed", True, "newer", ("New",)),
        ("status", "open", False, "newer", ("Old",)),
        ("type", "nhs-trust", True, "dated", ("New",)),
        ("address", "Old Mill", True, "dated", ("Old",)),
        ("address", "New Mill", False, "dated", ("Undated",)),
    }


def test_a_second_who_states_a_detail_of_a_record_is_cited_beside_the_one_who_states_the_record(
    second: sqlite3.Connection,
) -> None:
    text = """
documents:
  - {key: doc:one, title: One}
  - {key: doc:two, title: Two}
organisations:
  - key: org:hill
    name: Hill
    summary: A hill.
    status: open
    evidence: {source: doc:one}
    values:
      - {what: summary, value: A hill., evidence: [{source: doc:one}, {source: doc:two}]}
"""
    told = values(imported(second, TOP + text).record("org:hill"))
    assert told == {("summary", "A hill.", True, "alone", ("One", "Two")), ("status", "open", True, "all", ("One",))}


def test_how_links_stand_travels(first: Register, second: sqlite3.Connection) -> None:
    again = imported(second, export_records(first))
    dropped = next(link for link in again.record("ods:ZZ1").links if link.key == "ods:ZZ8")
    assert (dropped.status, dropped.listed_last, dropped.unlisted) == ("past", "2015", "2023")
    assert again.record("ods:ZZ2").gone == "file:new"
    ended = only_link(again, "ods:ZZ4")
    assert (ended.end, {(one.value, one.chosen) for one in ended.values if one.what == "end"}) == (
        "2021-03-31", {("2021-03-31", True), ("2020-03-31", False)}
    )  # fmt: skip
    repeated = only_link(again, "ods:ZZ5")
    assert (repeated.status, repeated.listed_first, repeated.listed_last) == ("current", "2024-01", "2026-11-01")
    assert [hit.brief.key for hit in again.find("source:file:month1").hits] == ["ods:ZZ5"]


def test_an_edited_detail_is_shown_and_stated_by_the_evidence_of_its_record(
    first: Register, second: sqlite3.Connection
) -> None:
    text = export_records(first)
    assert text.count('opened: "2001-01"') == 1
    told = values(imported(second, text.replace('opened: "2001-01"', 'opened: "1999"')).record("ods:ZZ1"))
    assert {one[1:4] for one in told if one[0] == "opened"} == {
        ("1999", True, "dated"), ("2001-01", False, "dated"), ("2002-01", False, "dated"),
    }  # fmt: skip


def test_a_file_may_tell_itself_who_says_what(second: sqlite3.Connection) -> None:
    file = (
        TOP
        + """\
sources: [{key: file:a, title: A}, {key: file:b, title: B}]
organisations:
  - key: ods:ZZ1
    name: Riverside
    opened: 2002
    evidence: [{source: file:a}, {source: file:b}]
    values:
      - {what: opened, value: 2002, evidence: {source: file:b}}
      - {what: opened, value: 2001, evidence: {source: file:a}}
      - {what: town, value: Hilltop, evidence: {source: file:a}}
"""
    )
    record = imported(second, file).record("ods:ZZ1")
    assert values(record) == {
        ("opened", "2002", True, "chosen", ("B",)),
        ("opened", "2001", False, "chosen", ("A",)),
        ("town", "Hilltop", False, "omitted", ("A",)),
    }
    assert record.address is None


def test_a_newer_source_than_the_export_is_shown_and_what_the_export_tells_stands_beside_it(
    first: Register, second: sqlite3.Connection
) -> None:
    newer = source("newest", "2026-12", body("ods:ZZ1", opened="2003"))
    again = register(second, reading(export_records(first, published="2026-11-28")), newer)
    told = {
        (value, chosen, why, who)
        for what, value, chosen, why, who in values(again.record("ods:ZZ1"))
        if what == "opened"
    }
    assert told == {
        ("2003", True, "newer", ("Newest",)),
        ("2001-01", False, "newer", ("New", "Old")),
        ("2002-01", False, "newer", ("Undated",)),
    }


def test_a_release_that_is_imported_is_what_it_says_itself_whatever_an_export_says_of_it(
    first: Register, second: sqlite3.Connection
) -> None:
    claims = (
        TOP
        + "sources: [{key: file:old, title: Old, release_of: months}]\n"
        + "organisations: [{name: A, evidence: {source: file:old}}]\n"
    )
    again = register(second, LISTS[0], reading(claims))
    assert [one.release_of for one in again.stats().sources if one.key == "file:old"] == [None]


def test_what_a_later_source_tells_of_a_day_was_so_on_that_day(second: sqlite3.Connection) -> None:
    file = (
        TOP
        + """\
published: 2026-11
organisations:
  - key: ods:ZZ1
    name: Riverside
    evidence: {source: file:page, as_of: 2019-04}
    links: [{type: part-of, to: ods:ZZ9}, {type: part-of, to: ods:ZZ8, evidence: {source: file:page}}]
sources: [{key: file:page, title: Page, published: 2026-10}]
"""
    )
    record = imported(second, file).record("ods:ZZ1")
    assert {one.key: (one.status, one.listed_first, one.listed_last) for one in record.links} == {
        "ods:ZZ9": (None, "2019-04", "2019-04"),
        "ods:ZZ8": ("current", "2026-10", "2026-10"),
    }
    again = export_records(Register(second, label="test register"))
    assert {link.other.key: [cite.as_of for cite in link.cites] for link in statements(again)["ods:ZZ1"].links} == {
        "ods:ZZ9": [], "ods:ZZ8": [None]
    }  # fmt: skip


def test_values_come_with_their_evidence() -> None:
    file = TOP + "cites: doc:a\norganisations: [{key: ods:ZZ1, values: [{what: town, value: Hilltop, evidence: p9}]}]\n"
    (value,) = statements(file)["ods:ZZ1"].values
    assert isinstance(value, ValueSaid)
    assert (value.what, value.value, [cite.locator for cite in value.cites]) == ("town", "Hilltop", ["p9"])
