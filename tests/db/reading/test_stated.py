"""A source is cited for what it says: for a value that it states as it is shown, not for one that came later."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.model import Address, Record, StatedValue
from db.register import Register
from db.same_value import disagree
from db.statements import Cite, End, LinkSaid, NameSaid, SourceSaid, Statement
from tests.db.store.registers import empty, listing, take, written

HERE = Address(("1 High Street",), "Town", None, "ZZ1 1ZZ", None)
DAYS = ("2020", "2021")
EARLIER, LATER = listing("list-2015", "2015-05"), listing("list-2018", "2018-08")


def practice(closed: str | None = None, address: Address | None = HERE, opened: str | None = "1974-04-01") -> Statement:
    """A practice as a list has it, with its commissioner until it closed."""
    status = "closed" if closed else "open"
    tie = LinkSaid("commissioned-by", End("ods:04X"), start="2015-04-01", end=closed, status="past" if closed else None)
    names = (NameSaid("First Surgery"),)
    return Statement(
        "ods:M85059", "organisation", status=status, opened=opened, closed=closed, address=address, names=names,
        links=(tie,),
    )  # fmt: skip


def read(*told: tuple[SourceSaid, Statement]) -> Record:
    register = empty()
    for source, statement in told:
        take(register, source, [statement])
    return Register(register, label="a test").record("ods:M85059")


def cited(record: Record, evidence: tuple[int, ...]) -> set[str]:
    """The sources of some evidence."""
    return {proof.source.key for proof in record.evidence if proof.id in evidence}


def told(record: Record, what: str, values: tuple[StatedValue, ...] | None = None) -> list[tuple[object, ...]]:
    """What is stated of a detail: value, whether it is shown, why, and by whom."""
    stated = record.values if values is None else values
    return [(one.value, one.chosen, one.why, cited(record, one.evidence)) for one in stated if one.what == what]


def test_a_closing_is_told_by_the_list_that_has_it_and_not_by_the_one_before() -> None:
    record = read((EARLIER, practice()), (LATER, practice("2017-06-30")))
    assert told(record, "closed") == [("2017-06-30", True, "alone", {LATER.key})]
    assert told(record, "opened") == [("1974-04-01", True, "all", {EARLIER.key, LATER.key})]
    assert told(record, "status") == [("closed", True, "newer", {LATER.key}), ("open", False, "newer", {EARLIER.key})]


def test_the_end_of_a_link_is_told_by_the_list_that_has_it() -> None:
    record = read((EARLIER, practice()), (LATER, practice("2017-06-30")))
    (link,) = record.links
    assert (link.end, cited(record, link.evidence)) == ("2017-06-30", {EARLIER.key, LATER.key})
    assert told(record, "end", link.values) == [("2017-06-30", True, "alone", {LATER.key})]


def test_that_the_other_end_closed_is_told_by_who_says_so_and_not_by_who_tells_of_the_link() -> None:
    body = Statement("ods:04X", "organisation", names=(NameSaid("Dale CCG"),), status="open")
    shut = replace(body, status="closed", closed="2018-03-31")
    record = read((EARLIER, practice()), (listing("ccgs-2015", "2015"), body), (listing("ccgs-2018", "2018-05"), shut))
    (link,) = record.links
    assert link.ended_with is not None
    assert (link.ended_with.key, link.end) == ("ods:04X", "2018-03-31")
    assert cited(record, link.evidence) == {EARLIER.key}
    assert cited(record, link.ended_with.evidence) == {listing("ccgs-2018", "2018-05").key}
    (open_yet,) = read((EARLIER, practice()), (LATER, practice())).links
    assert (len(open_yet.evidence), open_yet.values) == (2, ())


def test_that_a_link_ended_with_the_record_itself_is_told_by_who_says_that_it_closed() -> None:
    shut = replace(practice("2018-03-31"), links=())
    record = read((EARLIER, practice()), (written("closings", "2018-05"), shut))
    (link,) = record.links
    assert link.ended_with is not None
    assert (link.ended_with.key, link.end, link.stated_end) == ("ods:M85059", "2018-03-31", None)
    assert cited(record, link.evidence) == {EARLIER.key}
    assert cited(record, link.ended_with.evidence) == {written("closings", "2018-05").key}


def test_of_two_days_of_opening_each_is_told_by_its_own_source() -> None:
    one, two = written("one", "2020"), written("two", "2021")
    for order in (one, two), (two, one):
        days = {one: "2001-01", two: "2002-01"}
        record = read(*((source, practice(opened=days[source])) for source in order))
        assert record.opened == "2002-01"
        shown = ("2002-01", True, "newer", {two.key})
        assert told(record, "opened") == [shown, ("2001-01", False, "newer", {one.key})]


def test_an_address_is_told_by_the_lists_that_have_one() -> None:
    names = written("names", "2026")
    record = read((names, practice(address=None, opened=None)), (EARLIER, practice()), (LATER, practice()))
    for part in ("address", "town", "postcode"):
        assert cited(record, record.evidence_of(part)) == {EARLIER.key, LATER.key}


def test_an_address_that_differs_in_one_part_is_told_part_by_part() -> None:
    other = HERE._replace(postcode="ZZ9 9ZZ")
    record = read((EARLIER, practice(address=other)), (LATER, practice()))
    assert cited(record, record.evidence_of("town")) == {EARLIER.key, LATER.key}
    assert told(record, "postcode") == [
        ("ZZ1 1ZZ", True, "newer", {LATER.key}),
        ("ZZ9 9ZZ", False, "newer", {EARLIER.key}),
    ]


def test_the_address_shown_is_that_of_one_source_and_what_others_add_is_kept_beside() -> None:
    record = read((EARLIER, practice(address=HERE._replace(county="Shire"))), (LATER, practice()))
    assert record.address == HERE
    assert told(record, "county") == [("Shire", False, "newer", {EARLIER.key})]


def test_case_punctuation_and_white_space_are_no_other_value() -> None:
    shouted = Address(("1, HIGH  STREET.",), "TOWN", None, "zz11zz", None)
    record = read((EARLIER, practice(address=shouted)), (LATER, practice()))
    assert {one.why for one in record.values} == {"all"}


def test_what_one_source_tells_is_told_by_it() -> None:
    record = read((LATER, practice("2017-06-30")))
    assert {(one.why, one.evidence) for one in record.values} == {("all", record.own_evidence)}
    assert record.evidence_of("closed") == record.evidence_of("legal_start") == record.own_evidence


def test_a_dated_source_counts_before_an_undated_one_and_a_fuller_one_before_a_line_of_a_search() -> None:
    undated, dated = written("undated"), written("dated", "2020")
    record = read((undated, practice(opened="2001")), (dated, practice(opened="2002")))
    assert told(record, "opened")[0] == ("2002", True, "dated", {dated.key})
    newer = written("search", "2021")
    record = read((newer, replace(practice(opened="2001"), brief=True)), (dated, practice(opened="2002")))
    assert told(record, "opened")[0] == ("2002", True, "brief", {dated.key})


def test_what_is_said_in_passing_is_kept_beside_and_makes_nothing_of_a_record() -> None:
    passing = written("passing", "2026")
    said = replace(practice(opened="2001", address=None), partial=True)
    record = read((passing, said), (LATER, practice()))
    assert told(record, "opened") == [
        ("1974-04-01", True, "passing", {LATER.key}),
        ("2001", False, "passing", {passing.key}),
    ]
    assert cited(record, record.own_evidence) == {LATER.key}


def test_a_record_that_a_newer_list_omits_is_no_longer_listed_by_that_list() -> None:
    register = empty()
    take(register, EARLIER, [practice()])
    take(register, LATER, [Statement("ods:A", "organisation", names=(NameSaid("Another"),))])
    record = Register(register, label="a test").record("ods:M85059")
    assert told(record, "status") == [
        ("unlisted", True, "omitted", {LATER.key}),
        ("open", False, "omitted", {EARLIER.key}),
    ]
    (proof,) = (one for one in record.evidence if one.source.key == LATER.key)
    assert (proof.basis, proof.locator) == ("inferred", None)


def test_the_newest_release_of_a_living_source_stands_for_those_before_and_keeps_what_only_they_said() -> None:
    releases = [SourceSaid(f"file:{day}", day, published=day, series="x", full=True, living=True) for day in DAYS]
    first = practice(opened="2001")
    second = replace(practice(opened="2002"), names=(NameSaid("Second Surgery"),))
    record = read((releases[0], first), (releases[1], second))
    assert cited(record, record.own_evidence) == {"file:2021"}
    assert {one.why for one in record.values} == {"all"}
    names = {one.name: cited(record, one.evidence) for one in record.names}
    assert names == {"Second Surgery": {"file:2021"}, "First Surgery": {"file:2020"}}
    (link,) = record.links
    assert (cited(record, link.evidence), link.values) == ({"file:2021"}, ())


def test_a_code_is_told_by_who_gives_it() -> None:
    by_code = replace(practice(), cites=(Cite("file:list-2018", "row 9"),))
    record = read((LATER, by_code), (written("other", "2026"), replace(practice(), identifiers=())))
    (code,) = record.identifiers
    assert cited(record, code.evidence) == {LATER.key, "file:other"}


@pytest.mark.parametrize(
    ("what", "one", "other", "differ"),
    [
        ("closed", "2020-03-31", "2020-04-01", False),
        ("closed", "2020-03-31", "2020-04-02", True),
        ("opened", "2020-03-31", "2020-04-01", True),
        ("opened", "2020", "2020-04-01", False),
        ("opened", "2020-05", "2020-04-01", True),
        ("opened", "XXXX-04-01", "2020-04-01", False),
        ("opened", "XXXX-05", "2020-04-01", True),
        ("closed", "0000", "2020", True),
        ("closed", "soon", "2020", True),
        ("town", "St. Albans", "ST ALBANS", False),
        ("town", "St Albans", "Watford", True),
        ("address", "County Hospital\n27 Union Walk", "COUNTY HOSPITAL, UNION WALK", False),
        ("address", "27 Union Walk", "29 Union Walk", True),
        ("address", "County Hospital", "Union Walk\nCounty House", True),
        ("town", "Newcastle upon Tyne", "Newcastle", True),
    ],
)  # fmt: skip
def test_values_disagree_where_they_cannot_both_be_true(what: str, one: str, other: str, differ: bool) -> None:
    assert (disagree(what, one, other), disagree(what, other, one)) == (differ, differ)
