"""A body that others passed on to as a whole opened on that day, unless it may have been there before."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import permutations

import pytest

from db.statements import SourceSaid, Statement
from tests.db.entities.test_closings import NEW, OLD, PASSED, Said, passed, register_of
from tests.db.store.registers import everything, listing, take, trust, written
from tests.db.store.test_undo import begun, take_back

DAY = "2020-04-01"
BEFORE = [trust("R1A", "Hill NHS Trust"), trust("R1B", "Vale NHS Trust")]
WHOLE = [passed("R1A", ("RLQ", DAY)), passed("R1B", ("RLQ", DAY))]
AFTER = [trust("RLQ", "Dale NHS Trust", type="nhs-trust")]
PARTS: tuple[Said, ...] = ((OLD, BEFORE), (PASSED, WHOLE), (NEW, AFTER))


def opened(register: sqlite3.Connection, code: str = "RLQ") -> str | None:
    """The day on which a body opened."""
    found: tuple[str | None] = register.execute("SELECT opened FROM record WHERE key = ?", (f"ods:{code}",)).fetchone()
    return found[0]


def test_a_body_opens_when_others_passed_on_to_it_whatever_comes_first() -> None:
    parts: list[Said] = [*PARTS, (written("table", "2022"), [trust("RLQ", "Dale")])]
    found = []
    for order in permutations(parts):
        register = register_of(*order)
        assert opened(register) == DAY
        found.append(everything(register))
    assert all(one == found[0] for one in found)
    evidence = (
        "SELECT DISTINCT v.value, v.chosen, v.why, e.basis, e.locator, s.key FROM value v "
        "JOIN _citation c ON c.subject = 'value' AND c.subject_id = v.id JOIN evidence e ON e.id = c.evidence_id "
        "JOIN source s ON s.id = e.source_id WHERE v.what = 'opened' ORDER BY e.locator"
    )
    assert register.execute(evidence).fetchall() == [
        (DAY, 1, "followed", "inferred", f"line {line}", "file:successions") for line in (1, 2)
    ]


@pytest.mark.parametrize(
    "others",
    [
        [(written("older", "2016"), AFTER)],
        [(PASSED, [*WHOLE, passed("R1C", ("RLQ", "2019-04-01"))])],
        [(PASSED, [*WHOLE, passed("R1C", ("RLQ", None))])],
        [(PASSED, [*WHOLE, passed("R1C", ("RLQ", DAY))])],
        [(written("open", "2025-08"), BEFORE[:1])],
        [(OLD, BEFORE[:1])],
        [(OLD, [])],
        [(listing("list-2015", "2021"), BEFORE)],
        [(NEW, [trust("RLQ", "Dale NHS Trust", type="nhs-trust", opened="2019-01-01")])],
    ],
    ids=["listed-before", "other-day", "no-day", "unlisted", "still-open", "one-listed", "none-listed", "late", "told"],
)
def test_a_body_that_may_have_been_there_before_opens_on_no_day_that_nobody_states(others: Sequence[Said]) -> None:
    parts: dict[str, Said] = {source.key: (source, said) for source, said in (*PARTS, *others)}
    assert opened(register_of(*parts.values())) in (None, "2019-01-01")


@pytest.mark.parametrize(("full", "day"), [(True, DAY), (False, None)])
def test_of_one_that_passed_on_alone_a_full_list_tells_that_the_other_is_new(full: bool, day: str | None) -> None:
    old: SourceSaid = listing("list-2015", "2015", full=full)
    assert opened(register_of((old, BEFORE[:1]), (PASSED, WHOLE[:1]), PARTS[2])) == day


def test_an_import_twice_changes_nothing_of_what_opened() -> None:
    register = register_of(*PARTS)
    for source, said in PARTS:
        run = take(register, source, said).run
        assert register.execute("SELECT count(*) FROM _change WHERE run_id = ?", (run,)).fetchone() == (0,)


def test_a_day_that_a_later_list_states_stands_and_undoing_that_is_exact() -> None:
    register = begun()
    for source, said in PARTS:
        take(register, source, said)
    before = everything(register)
    run = take(register, written("told", "2026"), [trust("RLQ", "Dale", opened="2020-03-01")]).run
    assert opened(register) == "2020-03-01"
    take_back(register, run)
    assert everything(register) == before


def test_undoing_the_list_of_before_leaves_the_day_unknown() -> None:
    register = begun()
    for source, said in PARTS[1:]:
        take(register, source, said)
    without = everything(register)
    run = take(register, *PARTS[0]).run
    assert opened(register) == DAY
    take(register, written("other"), [trust("RX9", "Other NHS Trust")])
    take_back(register, run)
    assert opened(register) is None
    assert {one for one in everything(register) if "RX9" not in one} == without


def test_a_day_that_another_source_states_as_well_is_stated() -> None:
    more: Statement = trust("RLQ", "Dale NHS Trust", type="nhs-trust", opened=DAY)
    register = register_of(*PARTS, (written("states", "2024"), [more]))
    values = register.execute("SELECT count(*) FROM value WHERE what = 'opened' AND why = 'followed'").fetchone()
    assert (opened(register), values) == (DAY, (0,))
