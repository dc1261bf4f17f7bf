"""Each kind of gap is found where something is missing or has passed, and not where that is known or as a rule."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from db import reports
from db.gaps.find import gaps
from db.statements import End, EventSaid, FactSaid, LinkSaid, NameSaid, SourceSaid, Statement
from tests.db.store.registers import empty, member, take, trust, written

TWO = (member("R1"), member("R2"))


def pact(key: str = "a", *, links: tuple[LinkSaid, ...] = TWO, **more: object) -> Statement:
    """An open arrangement with two members, unless it is said to be otherwise."""
    said = {"type": "group-model", "status": "open", **more}
    return Statement(f"arr:{key}", "arrangement", names=(NameSaid(f"Pact {key}"),), links=links, **said)  # type: ignore[arg-type]


def found(what: str, *statements: Statement, source: SourceSaid | None = None) -> list[str]:
    """The keys of the gaps of one kind in a register of some statements, but for those that are usual."""
    register = empty()
    take(register, source or written("one", "2026-11-01"), statements)
    return keys(register, what)


def keys(register: sqlite3.Connection, what: str) -> list[str]:
    whole = gaps(register, (what,))
    for key in {gap.key for gap in whole}:
        of_one = tuple(gap for gap in whole if key in {party.key for party in gap.parties})
        assert gaps(register, (what,), key) == of_one
    return [gap.key for gap in whole if not gap.usual]


def event(kind: str, date: str | None) -> tuple[EventSaid, ...]:
    return (EventSaid(date, kind, "In words."),)


@pytest.mark.parametrize(
    ("what", "gap", "none"),
    [
        (reports.PAST_END, pact(closed="2026-11-27"), pact(closed="2026-11-28")),
        (reports.PAST_END, pact(closed="2026-10"), pact(closed="2026")),
        (reports.PAST_END, pact(events=event("term-ends", "2025")), pact(events=event("term-ends", None))),
        (reports.PAST_END, pact(events=event("term-ends", "2025-03")), pact(status="closed", closed="2025-03-31")),
        (
            reports.PAST_END,
            pact(events=event("term-ends", "2025-03-31")),
            pact(events=(*event("term-ends", "2025-03-31"), *event("term-ends", "2030-03-31"))),
        ),
        (
            reports.PAST_REVIEW,
            pact(events=event("review-due", "2026-03")),
            pact(events=(*event("review-due", "2026-03"), *event("reviewed", "2026-04-01"))),
        ),
        (reports.PAST_REVIEW, pact(events=event("review-due", "2026-03")), pact(events=event("review-due", "2027-03"))),
        (reports.PAST_START, pact(status="planned", opened="2026-04-01"), pact(status="planned", opened="2027")),
        (reports.PAST_START, pact(status="announced", opened="2026-04-01"), pact(opened="2026-04-01")),
        (
            reports.NO_LEAD,
            pact(),
            pact(links=(*TWO, LinkSaid("leads", End("person:p", "Ann Example"), outward=False))),
        ),
        (reports.NO_LEAD, pact(), pact(links=(member("R1", role="lead"), member("R2")))),
        (reports.NO_LEAD, pact(), pact(type="alliance")),
        (reports.NO_LEAD, pact(), pact(facts=(FactSaid("post-without-holder", text="chair (tbc)"),))),
        (
            reports.VACANT_POST,
            pact(facts=(FactSaid("post-without-holder", text="chair (tbc)"),)),
            pact(facts=(FactSaid("post-without-holder", text="chair (tbc)"),), status="closed"),
        ),
        (reports.ONE_PARTICIPANT, pact(links=(member("R1"),)), pact()),
        (reports.ONE_PARTICIPANT, pact(links=(member("R1"),)), pact(links=(member("R1"),), status=None)),
        (
            reports.ONE_PARTICIPANT,
            pact(links=(member("R1"),)),
            pact(links=(member("R1"), LinkSaid("convened-by", End("ods:R2")))),
        ),
        (
            reports.ONE_PARTICIPANT,
            pact(links=(member("R1"),)),
            pact(links=(member("R1"),), type="primary-care-network"),
        ),
        (reports.NO_BASIS, pact(type="alliance"), pact(type="alliance", form="contract")),
        (reports.NO_BASIS, pact(type="alliance"), pact(type="alliance", legal_basis="NHS Act 2006 s.75")),
        (reports.NO_BASIS, pact(type="alliance"), pact(type="joint-committee")),
        (reports.UNLINKED, trust("R1", "Hill", type="nhs-trust"), trust("R1", "Hill", type="pharmacy")),
        (
            reports.UNLINKED,
            trust("R1", "Hill", type="nhs-trust"),
            trust("R1", "Hill", type="nhs-trust", status="closed"),
        ),
        (
            reports.UNLINKED,
            trust("R1", "Hill", type="nhs-trust", links=(LinkSaid("in-geography-of", End("gss:E1")),)),
            trust("R1", "Hill", type="nhs-trust", links=(LinkSaid("works-with", End("ods:R2")),)),
        ),
        (
            reports.NO_COMMISSIONER,
            trust("A1", "Surgery", type="gp-practice"),
            trust("A1", "Surgery", type="gp-practice", links=(LinkSaid("commissioned-by", End("ods:X")),)),
        ),
        (
            reports.NO_POST,
            Statement("person:p", "person", names=(NameSaid("Ann Example"),)),
            Statement(
                "person:p", "person", names=(NameSaid("Ann Example"),), links=(LinkSaid("leads", End("ods:R1")),)
            ),
        ),
    ],
)  # fmt: skip
def test_a_gap_is_found_and_what_fills_it_ends_it(what: str, gap: Statement, none: Statement) -> None:
    assert found(what, gap) == [gap.key]
    assert found(what, none) == []


def test_a_practice_whose_commissioner_closed_has_none() -> None:
    practice = trust("A1", "Surgery", type="gp-practice", links=(LinkSaid("commissioned-by", End("ods:X")),))
    assert found(reports.NO_COMMISSIONER, practice, trust("X", "Old board", status="closed")) == ["ods:A1"]


def test_who_convenes_an_arrangement_and_has_closed_dangles_as_well() -> None:
    board = trust("Q1", "Hill board", status="closed", closed="2026-03-31")
    system = pact(links=(*TWO, LinkSaid("convened-by", End("ods:Q1"))))
    assert found(reports.CLOSED_PARTICIPANT, system, board) == ["arr:a"]


def test_where_lists_name_nobody_of_a_type_that_is_usual() -> None:
    peopled, empty_ = pact("peopled"), pact("empty", links=())
    assert found(reports.ONE_PARTICIPANT, empty_) == []
    assert found(reports.ONE_PARTICIPANT, peopled, empty_) == ["arr:empty"]


def test_an_arrangement_that_all_have_left_is_not_usual_and_it_is_told_since_when() -> None:
    left = tuple(replace(member(f"R{n}"), end=f"202{n}-03-31") for n in range(3))
    network = pact(type="primary-care-network", links=left)
    register = empty()
    take(register, written("file"), [network])
    assert [gap.date for gap in gaps(register, (reports.ONE_PARTICIPANT,)) if not gap.usual] == ["2022-03-31"]
    assert found(reports.ONE_PARTICIPANT, pact(type="primary-care-network", links=(*left, member("R4")))) == []


def test_where_most_of_a_type_are_linked_to_nothing_that_is_usual() -> None:
    alone = [trust(f"L{n}", f"Hill {n}", type="welsh-council") for n in range(3)]
    tied = [
        trust(f"T{n}", f"Dale {n}", type="welsh-council", links=(LinkSaid("works-with", End("ods:R2")),))
        for n in range(3)
    ]
    assert found(reports.UNLINKED, *alone, *tied) == ["ods:L0", "ods:L1", "ods:L2"]
    assert found(reports.UNLINKED, *alone, *tied[:2]) == []


@pytest.mark.parametrize(
    ("days", "detail", "values", "differ"),
    [
        (("2020-01", "2024-01"), "opened", ("2001-01", "2002-01"), True),
        (("2020-01", "2024-01"), "opened", ("2001", "2001-07"), False),
        (("2020-01", "2024-01"), "type", ("nhs-trust", "nhs-foundation-trust"), False),
        (("2024-01", "2024-06"), "type", ("nhs-trust", "nhs-foundation-trust"), True),
    ],
)
def test_sources_differ_where_both_cannot_hold(
    days: tuple[str, str], detail: str, values: tuple[str, str], differ: bool
) -> None:
    register = empty()
    for number, (day, value) in enumerate(zip(days, values, strict=True)):
        take(register, written(f"list {number}", day), [trust("R1", "Hill", **{detail: value})])
    assert keys(register, reports.SOURCES_DIFFER) == ["ods:R1"] * differ
    if differ:
        (gap,) = gaps(register, (reports.SOURCES_DIFFER,))
        assert [(one.value, one.chosen, one.sources) for one in gap.values] == [
            (values[1], True, ("list 1",)),
            (values[0], False, ("list 0",)),
        ]
