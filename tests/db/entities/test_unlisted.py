"""A body that a newer list of its kind has no longer is asked about, with whoever has its name there."""

from __future__ import annotations

import json
import sqlite3
from itertools import permutations

import pytest

from db.entities.review import answer
from db.search.check import check
from db.statements import NameSaid, Statement
from db.store.session import ImportSession
from tests.db.entities.test_closings import Said, register_of, stands
from tests.db.store.registers import everything, listing, take, trust, written
from tests.db.store.test_undo import take_back

ODS = listing("etr-2025", "2025-12", "etr")
TRUSTS = listing("trusts-2026", "2026-07", "trusts")
QUESTION = "ods:RYV is no longer listed: has it closed, and did another take over?"


def body(code: str, name: str, *others: str, **more: object) -> Statement:
    """A trust with further names."""
    names = (NameSaid(name), *(NameSaid(one, "as-written") for one in others))
    return Statement(f"ods:{code}", "organisation", type="nhs-trust", status="open", names=names, **more)  # type: ignore[arg-type]


PARTS: tuple[Said, ...] = (
    (ODS, [body("RYV", "Fen NHS Trust"), body("RY3", "East NHS Trust"), body("RQF", "Welsh NHS Trust")]),
    (TRUSTS, [body("RY3", "East NHS Trust", "Fen NHS Trust")]),
)


def asked(register: sqlite3.Connection) -> list[tuple[str, str, list[str]]]:
    """What is asked about bodies that lists have no longer, its state, and who may have taken over."""
    rows = register.execute("SELECT what, state, candidates FROM suggestion WHERE rule = 'no-longer-listed'")
    return [(what, state, [one["key"] for one in json.loads(candidates)]) for what, state, candidates in rows]


def decided(register: sqlite3.Connection, *, yes: bool) -> int:
    """Answer the one question; return the run."""
    query = "SELECT id FROM suggestion WHERE rule = 'no-longer-listed' AND state = 'open'"
    (number,) = register.execute(query).fetchone()
    with ImportSession.in_memory(register, command="a review") as session:
        return answer(session, {number: None} if yes else {}, [] if yes else [number]).run.run


@pytest.mark.parametrize("order", list(permutations(PARTS)))
def test_a_body_whose_name_a_newer_list_gives_to_another_is_no_longer_listed(order: tuple[Said, ...]) -> None:
    register = register_of(*order)
    assert stands(register, "RYV") == ("unlisted", None, None)
    # It is not on a list that may not list its like.
    assert stands(register, "RQF") == ("open", 1, None)
    assert asked(register) == [(QUESTION, "open", ["ods:RY3"])]
    assert everything(register) == everything(register_of(*PARTS))
    assert check(register) == []


def test_a_list_or_a_source_of_a_later_day_has_it_again() -> None:
    register = register_of(*PARTS)
    take(register, written("later", "2026-09"), [trust("RYV", "Fen NHS Trust")])
    assert stands(register, "RYV") == ("open", 1, None)
    assert asked(register) == []


def test_who_took_over_is_said_by_a_person_and_may_be_taken_back() -> None:
    register = register_of(*PARTS)
    before = everything(register)
    run = decided(register, yes=True)
    assert stands(register, "RYV") == ("closed", 0, None)
    query = (
        "SELECT b.key FROM link l JOIN record a ON a.id = l.source_id JOIN record b ON b.id = l.target_id "
        "JOIN link_type t ON t.id = l.type_id WHERE a.key = 'ods:RYV' AND t.name = 'succeeded-by'"
    )
    assert register.execute(query).fetchall() == [("ods:RY3",)]
    take(register, *PARTS[0])
    assert stands(register, "RYV") == ("closed", 0, None)
    take_back(register, run + 1)
    take_back(register, run)
    assert everything(register) == before
    assert asked(register) == [(QUESTION, "open", ["ods:RY3"])]


def test_what_is_still_there_as_a_person_says_is_open_and_not_asked_about_again() -> None:
    register = register_of(*PARTS)
    decided(register, yes=False)
    assert stands(register, "RYV") == ("open", 1, None)
    take(register, listing("trusts-2027", "2026-10", "trusts"), PARTS[1][1])
    assert stands(register, "RYV") == ("open", 1, None)
    assert asked(register) == [(QUESTION, "rejected", ["ods:RY3"])]


def test_what_a_newer_list_of_the_same_series_lacks_is_asked_about_without_a_candidate() -> None:
    register = register_of((listing("old", "2015"), [body("RYV", "Fen NHS Trust")]), (listing("new", "2025"), []))
    assert stands(register, "RYV") == ("unlisted", None, None)
    assert asked(register) == [(QUESTION, "open", [])]
    decided(register, yes=True)
    assert stands(register, "RYV") == ("closed", 0, None)


def test_who_has_the_name_in_a_newer_list_of_the_same_series_is_a_candidate() -> None:
    old: Said = (listing("old", "2015"), [body("RYV", "Fen NHS Trust"), body("RY3", "East NHS Trust")])
    new: Said = (listing("new", "2025"), [body("RY3", "East NHS Trust", "Fen NHS Trust")])
    for order in permutations((old, new)):
        assert asked(register_of(*order)) == [(QUESTION, "open", ["ods:RY3"])]


def test_a_body_that_stands_in_the_list_beside_the_other_with_its_name_is_listed() -> None:
    register = register_of(PARTS[0], (TRUSTS, [*PARTS[1][1], body("RYV", "Fen NHS Trust")]))
    assert stands(register, "RYV") == ("open", 1, None)
    assert asked(register) == []
