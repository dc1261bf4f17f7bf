"""A body that passed on as a whole closes the day before; where no list tells whole from part, a person is asked."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import permutations

import pytest

from db.entities.review import answer
from db.reading.suggestions import suggestions
from db.statements import End, LinkSaid, NameSaid, SourceSaid, Statement
from db.store.session import ImportSession
from tests.db.store.registers import empty, everything, listing, rows, take, trust, written
from tests.db.store.test_undo import begun, take_back

OLD = listing("list-2015", "2015")
NEW = listing("list-2025", "2025-07")
PASSED = written("successions", "2021")
Said = tuple[SourceSaid, Sequence[Statement]]


def passed(code: str, *others: tuple[str, str | None]) -> Statement:
    """A succession as a plain file of them tells it: codes and days."""
    links = tuple(LinkSaid("succeeded-by", End(f"ods:{other}"), start=day) for other, day in others)
    return Statement(f"ods:{code}", "organisation", partial=True, links=links)


def register_of(*parts: Said) -> sqlite3.Connection:
    """A register of these sources."""
    register = empty()
    for source, said in parts:
        take(register, source, said)
    return register


def stands(register: sqlite3.Connection, code: str) -> tuple[str | None, int | None, str | None]:
    """Status, whether it is open, and closing day."""
    query = "SELECT status, open, closed FROM record WHERE key = ?"
    found: tuple[str | None, int | None, str | None] = register.execute(query, (f"ods:{code}",)).fetchone()
    return found


def asked(register: sqlite3.Connection) -> list[tuple[str, str]]:
    """The questions about bodies that passed on, and their states."""
    return register.execute("SELECT what, state FROM suggestion WHERE rule = 'passed-on' ORDER BY what").fetchall()


def decided(register: sqlite3.Connection, *, yes: bool) -> int:
    """Answer the one question; return the run."""
    (number,) = register.execute("SELECT id FROM suggestion WHERE rule = 'passed-on' AND state = 'open'").fetchone()
    with ImportSession.in_memory(register, command="a review") as session:
        return answer(session, {number: None} if yes else {}, [] if yes else [number]).run.run


def test_a_body_closes_the_day_before_it_passed_on_whatever_comes_first() -> None:
    parts: list[Said] = [
        (OLD, [trust("R1A", "Hill NHS Trust"), trust("RLQ", "Dale NHS Trust")]),
        (PASSED, [passed("R1A", ("RLQ", "2020-04-01"))]),
        (NEW, [trust("RLQ", "Dale NHS Trust")]),
        (written("table", "2016"), [Statement("ods:R1A", "organisation", type="nhs-trust", partial=True)]),
    ]
    found = []
    for order in permutations(parts):
        register = register_of(*order)
        assert stands(register, "R1A") == ("closed", 0, "2020-03-31")
        assert stands(register, "RLQ") == ("open", 1, None)
        assert asked(register) == []
        found.append(everything(register))
    assert all(one == found[0] for one in found)
    evidence = (
        "SELECT v.value, v.chosen, v.why, e.basis, s.key FROM value v JOIN _citation c ON c.subject = 'value' AND "
        "c.subject_id = v.id JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id "
        "WHERE v.what IN ('status', 'closed') ORDER BY 1"
    )
    assert register.execute(evidence).fetchall() == [
        ("2020-03-31", 1, "passed-on", "inferred", "file:successions"),
        ("closed", 1, "passed-on", "inferred", "file:successions"),
        ("open", 0, "passed-on", "stated", "file:list-2015"),
    ]


def test_a_closing_cites_who_dates_the_succession_and_nobody_who_tells_of_it_without_a_day() -> None:
    undated = written("notes", "2022")
    parts = ((PASSED, [passed("R1A", ("RLQ", "2020-04-01"))]), (undated, [passed("R1A", ("RLQ", None))]))
    register = register_of((OLD, [trust("R1A", "Hill NHS Trust")]), *parts, (NEW, [trust("RLQ", "Dale NHS Trust")]))
    assert stands(register, "R1A") == ("closed", 0, "2020-03-31")
    cited = (
        "SELECT s.key FROM value v JOIN _citation c ON c.subject = 'value' AND c.subject_id = v.id"
        " JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id WHERE v.what = 'closed'"
    )
    assert [*map(tuple, register.execute(cited))] == [("file:successions",)]


def test_the_last_of_several_days_closes_and_a_body_may_be_split() -> None:
    to = (("RLQ", "2016-04-01"), ("RJ1", "2020-04-01"), ("RJ2", "2020-04-01"), ("RJ3", None))
    register = register_of(
        (PASSED, [passed("R1A", *to)]),
        (OLD, [trust("R1A", "Hill NHS Trust")]),
        (NEW, [trust("RJ2", "Vale NHS Trust")]),
    )
    assert stands(register, "R1A") == ("closed", 0, "2020-03-31")


@pytest.mark.parametrize(("status", "day"), [("closed", "2018-03-31"), ("active", None)])
def test_an_arrangement_closed_the_day_before_it_passed_on_only_where_a_source_has_it_closed(
    status: str, day: str | None
) -> None:
    onward = (LinkSaid("succeeded-by", End("ods:RLQ"), start="2018-04-01"),)
    plan = Statement("arr:plan", "arrangement", names=(NameSaid("Plan"),), status=status, links=onward)
    register = register_of((OLD, [plan]), (written("later", "2025"), [trust("RLQ", "Dale NHS Trust")]))
    found = register.execute("SELECT status, closed FROM record WHERE key = 'arr:plan'").fetchone()
    assert tuple(found) == (status, day)
    assert asked(register) == []


@pytest.mark.parametrize("day", ["2015-10-01", "2025-07-31"])
def test_a_body_that_a_later_list_may_have_open_passed_on_in_part(day: str) -> None:
    later: Said = (NEW, [trust("R1A", "Hill NHS Trust"), trust("RLQ", "Dale NHS Trust")])
    register = register_of(
        (PASSED, [passed("R1A", ("RLQ", day))]), later, (written("x", "2026"), [trust("RLQ", "Dale")])
    )
    assert stands(register, "R1A") == ("open", 1, None)
    assert asked(register) == []


def test_what_a_source_says_of_the_end_stands_and_only_its_day_is_inferred() -> None:
    said = [
        trust("R1A", "Hill", status="closed", closed="2020-04-01"), trust("R1B", "Vale", status="closed"),
        trust("R1C", "Mead", status="abandoned"),
    ]  # fmt: skip
    days = [passed(code, ("RLQ", "2020-04-01")) for code in ("R1A", "R1B", "R1C")]
    register = register_of((NEW, said), (PASSED, days))
    assert stands(register, "R1A") == ("closed", 0, "2020-04-01")
    assert stands(register, "R1B") == ("closed", 0, "2020-03-31")
    assert stands(register, "R1C") == ("abandoned", 0, None)


def test_a_later_list_of_its_kind_without_it_tells_that_all_of_it_passed_on() -> None:
    old: Said = (OLD, [trust("R1A", "Hill NHS Trust")])
    register = register_of(old, (PASSED, [passed("R1A", ("RLQ", "2020-04-01"))]), (NEW, [trust("RJ1", "Mead")]))
    assert stands(register, "R1A") == ("closed", 0, "2020-03-31")


def test_a_code_of_which_nothing_else_is_known_neither_closes_nor_is_asked_about() -> None:
    register = register_of((PASSED, [passed("R1A", ("RLQ", "2020-04-01"))]), (NEW, [trust("RLQ", "Dale NHS Trust")]))
    assert stands(register, "R1A") == (None, None, None)
    assert asked(register) == []


QUESTION = "ods:R1A passed on to ods:RLQ on 2020-04-01: was that all of it, so that it closed?"
UNCLEAR: tuple[Said, ...] = (
    (OLD, [trust("R1A", "Hill NHS Trust"), trust("RLQ", "Dale NHS Trust")]),
    # A list of that year may be of a day before.
    (written("of-the-year", "2020"), [trust("RLQ", "Dale NHS Trust")]),
    (PASSED, [passed("R1A", ("RLQ", "2020-04-01"))]),
)


def test_without_a_later_list_it_is_a_question_until_one_comes() -> None:
    register = register_of(*UNCLEAR)
    assert stands(register, "R1A") == ("open", 1, None)
    assert asked(register) == [(QUESTION, "open")]
    before = rows(register)
    take(register, NEW, [trust("RLQ", "Dale NHS Trust")])
    assert stands(register, "R1A") == ("closed", 0, "2020-03-31")
    assert asked(register) == []
    take_back(register, 4)
    assert rows(register) == before


def test_the_question_cites_who_says_that_it_passed_on_alone() -> None:
    (question,) = suggestions(register_of(*UNCLEAR))
    assert {one.source.key for one in question.evidence} == {PASSED.key}


def test_a_person_closes_it_for_good_and_may_take_that_back() -> None:
    register = register_of(*UNCLEAR)
    before = everything(register)
    run = decided(register, yes=True)
    assert stands(register, "R1A") == ("closed", 0, "2020-03-31")
    take(register, written("older", "2018"), [trust("R1A", "Hill NHS Trust")])
    assert stands(register, "R1A") == ("closed", 0, "2020-03-31")
    assert asked(register) == [(QUESTION, "accepted")]
    take_back(register, run + 1)
    take_back(register, run)
    assert everything(register) == before
    assert asked(register) == [(QUESTION, "open")]


def test_what_a_person_keeps_open_is_not_asked_again_and_stays_open() -> None:
    register = register_of(*UNCLEAR)
    decided(register, yes=False)
    take(register, NEW, [trust("RLQ", "Dale NHS Trust"), trust("RJ1", "Mead NHS Trust")])
    assert asked(register) == [(QUESTION, "rejected")]
    assert stands(register, "R1A")[0] == "unlisted"
    take(register, written("again", "2021"), [passed("R1A", ("RJ1", "2021-04-01"))])
    assert stands(register, "R1A") == ("closed", 0, "2021-03-31")


def test_an_import_twice_changes_nothing_of_what_is_closed() -> None:
    register = register_of(*UNCLEAR, (NEW, [trust("RLQ", "Dale NHS Trust")]))
    run = take(register, PASSED, [passed("R1A", ("RLQ", "2020-04-01"))]).run
    assert register.execute("SELECT count(*) FROM _change WHERE run_id = ?", (run,)).fetchone() == (0,)


def test_undoing_the_list_that_tells_is_exact_where_other_runs_follow() -> None:
    register = begun()
    for source, said in UNCLEAR:
        take(register, source, said)
    without = everything(register)
    run = take(register, NEW, [trust("RLQ", "Dale NHS Trust")]).run
    assert stands(register, "R1A") == ("closed", 0, "2020-03-31")
    take(register, written("other"), [trust("RX9", "Other NHS Trust")])
    other = everything(register) - without
    take_back(register, run)
    assert stands(register, "R1A") == ("open", 1, None)
    assert everything(register) - other == without


def test_a_body_whose_kind_was_abolished_has_closed_unless_somebody_has_it_open_since() -> None:
    def trust_of_then(code: str, **more: object) -> Statement:
        return Statement(f"ods:{code}", "organisation", type="primary-care-trust", names=(NameSaid("Hill"),), **more)  # type: ignore[arg-type]

    of_2012, of_2005 = written("2012", "2012"), written("2005", "2005")
    register = register_of(
        (
            of_2005,
            [trust_of_then("5A1", status="open"), trust_of_then("5A2"), trust_of_then("5A3"), trust_of_then("5A4")],
        ),
        (of_2012, [trust_of_then("5A2")]),
        (OLD, [trust_of_then("5A3", status="open"), trust_of_then("5A4", status="closed", closed="2013-04-01")]),
    )
    # That it had not merged before is told by a list of the last year alone.
    assert stands(register, "5A1") == ("closed", 0, None)
    assert stands(register, "5A2") == ("closed", 0, "2013-03-31")
    assert stands(register, "5A3") == ("open", 1, None)
    assert stands(register, "5A4") == ("closed", 0, "2013-04-01")
    query = (
        "SELECT DISTINCT s.title, e.locator, e.basis FROM value v JOIN _citation c ON c.subject = 'value' "
        "AND c.subject_id = v.id JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id "
        "WHERE v.why = 'abolished' AND v.chosen"
    )
    assert register.execute(query).fetchall() == [("Health and Social Care Act 2012", "section 34", "inferred")]


def test_no_act_is_cited_for_the_end_of_what_had_no_basis_in_law() -> None:
    kind = "sustainability-and-transformation-partnership"
    footprint = Statement("ods:QZZ", "arrangement", type=kind, names=(NameSaid("Hill STP"),))
    register = register_of((written("2021", "2021-09"), [footprint]))
    assert stands(register, "QZZ") == ("closed", 0, "2022-06-30")
    query = (
        "SELECT DISTINCT s.key, s.publisher, e.note FROM value v JOIN _citation c ON c.subject = 'value' "
        "AND c.subject_id = v.id JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id "
        "WHERE v.why = 'abolished' AND v.chosen"
    )
    ((key, publisher, note),) = register.execute(query).fetchall()
    assert (key, publisher) == (
        "page:ods-reference-data-catalogue-organisation-data", "NHS England, Organisation Data Service"
    )  # fmt: skip
    assert "no law made or ended an STP" in note


def test_a_list_of_the_very_day_tells_that_it_passed_on() -> None:
    register = register_of(
        *UNCLEAR[:1], (PASSED, UNCLEAR[2][1]), (written("of-the-day", "2020-04-01"), [trust("RLQ", "D")])
    )
    assert stands(register, "R1A") == ("closed", 0, "2020-03-31")


def test_the_last_of_the_lists_that_have_a_successor_counts_whichever_was_read_last() -> None:
    lists: list[Said] = [(written("new", "2025"), UNCLEAR[0][1][1:]), (written("old", "2016"), UNCLEAR[0][1][1:])]
    for order in (lists, lists[::-1]):
        register = register_of(*UNCLEAR, *order)
        assert stands(register, "R1A") == ("closed", 0, "2020-03-31")


def test_what_is_yet_to_come_is_no_question() -> None:
    register = register_of(*UNCLEAR[:1], (PASSED, [passed("R1A", ("RLQ", "2099-04-01"))]))
    assert stands(register, "R1A") == ("open", 1, None)
    assert asked(register) == []


def test_nothing_that_was_matched_by_a_name_alone_closes_a_body() -> None:
    link = LinkSaid("succeeded-by", End("org:dale-nhs-trust", "Dale NHS Trust"), start="2020-04-01")
    by_name = Statement(
        "org:hill-nhs-trust", "organisation", names=(NameSaid("Hill NHS Trust"),), by_name=True,
        links=(LinkSaid("succeeded-by", End("ods:RLQ"), start="2019-04-01"),),
    )  # fmt: skip
    dale = Statement("org:dale-nhs-trust", "organisation", names=(NameSaid("Dale NHS Trust"),), by_name=True)
    said = Statement("ods:R1A", "organisation", partial=True, links=(link,))
    lists: tuple[Said, ...] = (UNCLEAR[0], (written("new", "2025"), UNCLEAR[0][1][1:]))
    register = register_of(*lists, (written("names"), [dale, by_name]))
    assert stands(register, "R1A") == ("open", 1, None)
    assert asked(register) == []
    take(register, PASSED, [said])
    assert stands(register, "R1A") == ("open", 1, None)
    assert asked(register) == [(QUESTION, "open")]


def test_a_list_of_a_day_after_a_person_said_so_has_it_open_again() -> None:
    register = register_of(*UNCLEAR)
    decided(register, yes=True)
    take(register, written("later", "2098"), [trust("R1A", "Hill NHS Trust")])
    assert stands(register, "R1A") == ("open", 1, None)


def test_a_release_that_repeats_what_one_before_it_said_of_a_successor_tells_of_a_later_day() -> None:
    def release(day: str) -> SourceSaid:
        return SourceSaid(f"file:{day}", day, published=day, series="xml", full=True, living=True)

    register = register_of((release("2019-01-01"), [trust("RLQ", "Dale")]), *UNCLEAR[:1], (PASSED, UNCLEAR[2][1]))
    assert stands(register, "R1A") == ("open", 1, None)
    take(register, release("2026-01-01"), [trust("RLQ", "Dale")])
    assert stands(register, "R1A") == ("closed", 0, "2020-03-31")


def test_a_list_of_the_last_day_of_a_kind_may_have_it_open() -> None:
    body = Statement("ods:5A1", "organisation", type="primary-care-trust", status="open", names=(NameSaid("Hill"),))
    assert stands(register_of((written("last", "2013-03-31"), [body])), "5A1") == ("closed", 0, "2013-03-31")
    assert stands(register_of((written("next", "2013-04-01"), [body])), "5A1") == ("open", 1, None)
