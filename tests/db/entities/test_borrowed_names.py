"""Short names beside the official one of another go with it, and the names of predecessors stay with these."""

from __future__ import annotations

import json
import sqlite3
from itertools import permutations

import pytest

from db.entities.review import answer
from db.statements import End, LinkSaid, NameSaid, Statement
from db.store.session import ImportSession
from tests.db.entities.test_aliases import asked, names
from tests.db.store.registers import empty, everything, listing, rows, take, trust, written
from tests.db.store.test_undo import begun, take_back

TRUSTS = written("trusts", "2026")
OLD = listing("old", "2015")


def lists(code: str, name: str, *others: tuple[str, str], links: tuple[LinkSaid, ...] = ()) -> Statement:
    """A trust with further names of some kinds that a list gives it."""
    said = (NameSaid(name), *(NameSaid(*other) for other in others))
    return Statement(f"ods:{code}", "organisation", type="nhs-trust", status="open", names=said, links=links)


MIXED = lists(
    "RXE",
    "Dale Hill and Moor NHS Trust",
    ("Dale NHS Trust", "as-written"),
    ("Dale", "short"),
    ("TDT", "acronym"),
    ("Dale Hill", "short"),
)
OTHER = lists("RFR", "The Dale NHS Trust", ("Dale", "short"), ("TDT", "acronym"))
BRISTOL = lists(
    "RA7", "Hill NHS Trust", ("North Dale NHS Trust", "as-written"), ("North Dale", "short"), ("NDT", "acronym"),
    ("Hill", "short"),
)  # fmt: skip
PASSED = trust("RVJ", "North Dale NHS Trust", type="nhs-trust", links=(LinkSaid("succeeded-by", End("ods:RA7")),))


def held(register: sqlite3.Connection) -> dict[str, str]:
    """What is asked or settled of each name, by the name."""
    query = "SELECT candidates, rule || ' ' || state FROM suggestion"
    return {json.loads(candidates)[0]["as"]: state for candidates, state in register.execute(query)}


def test_what_another_goes_by_beside_its_official_name_is_asked_about_too_in_any_order() -> None:
    found = []
    for order in permutations([(TRUSTS, [MIXED]), (written("more"), [OTHER]), (OLD, [trust("RFR", "Dale NHS Trust")])]):
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert names(register, "RXE") == {"Dale Hill and Moor NHS Trust", "Dale Hill"}
        assert names(register, "RFR") >= {"The Dale NHS Trust", "Dale", "TDT"}
        assert held(register) == dict.fromkeys(("Dale NHS Trust", "Dale", "TDT"), "name-of-another open")
        found.append(everything(register))
    assert all(one == found[0] for one in found)


def test_a_name_that_a_source_gives_by_itself_stays() -> None:
    register = empty()
    take(register, TRUSTS, [MIXED, OTHER])
    alone = Statement("ods:RXE", "organisation", partial=True, names=(NameSaid("TDT", "acronym"),))
    take(register, written("alone"), [alone])
    assert names(register, "RXE") == {"Dale Hill and Moor NHS Trust", "Dale Hill", "TDT"}


def test_what_is_short_for_the_official_name_of_another_and_not_for_its_own_goes_with_it() -> None:
    register = empty()
    take(register, TRUSTS, [BRISTOL])
    take(register, OLD, [trust("RVJ", "North Dale NHS Trust", type="nhs-trust")])
    assert names(register, "RA7") == {"Hill NHS Trust", "Hill"}
    assert set(held(register)) == {"North Dale NHS Trust", "North Dale", "NDT"}


def test_the_name_of_a_predecessor_stays_with_it_and_nobody_is_asked_in_any_order() -> None:
    found = []
    for order in permutations([(TRUSTS, [BRISTOL]), (OLD, [trust("RVJ", "North Dale NHS Trust", type="nhs-trust")]),
                               (written("passed"), [PASSED])]):  # fmt: skip
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert names(register, "RA7") == {"Hill NHS Trust", "Hill"}
        assert names(register, "RVJ") == {"North Dale NHS Trust"}
        assert set(held(register).values()) == {"name-of-predecessor rejected"}
        found.append(everything(register))
    assert all(one == found[0] for one in found)


def test_whose_name_it_is_is_asked_again_once_nobody_says_that_one_followed_the_other() -> None:
    register = begun()
    take(register, TRUSTS, [BRISTOL, trust("RVJ", "North Dale NHS Trust", type="nhs-trust")])
    before = rows(register)
    assert set(held(register).values()) == {"name-of-another open"}
    take(register, written("passed"), [PASSED])
    assert set(held(register).values()) == {"name-of-predecessor rejected"}
    take_back(register, 3)
    assert rows(register) == before


def test_the_name_of_the_whole_of_which_a_body_is_a_part_is_the_wholes() -> None:
    register = empty()
    whole = Statement(
        "ods:QA1", "organisation", type="integrated-care-board", names=(NameSaid("NHS Hill Integrated Care Board"),)
    )
    link = LinkSaid("sub-division-of", End("ods:QA1"))
    part = lists("93C", "NHS Hill ICB - 93C", ("NHS Hill ICB", "as-written"), links=(link,))
    take(register, TRUSTS, [part, whole])
    assert names(register, "93C") == {"NHS Hill ICB - 93C"}
    assert held(register) == {"NHS Hill ICB": "name-of-predecessor rejected"}


@pytest.mark.parametrize(("name", "left"), [("Dale NHS Trust", 0), ("Dale", 2)])
def test_a_name_that_a_person_accepts_is_one_and_what_stood_beside_it_is_no_more_asked(name: str, left: int) -> None:
    register = empty()
    take(register, TRUSTS, [MIXED, OTHER])
    numbers = {
        json.loads(packed)[0]["as"]: number
        for number, packed in register.execute("SELECT id, candidates FROM suggestion")
    }
    with ImportSession.in_memory(register, command="a test") as session:
        answer(session, {numbers[name]: None}, ())
    assert name in names(register, "RXE")
    assert [state for state in held(register).values() if state.endswith("open")] == ["name-of-another open"] * left


def test_the_name_by_which_a_list_calls_a_body_is_never_left_out() -> None:
    register = empty()
    calls = Statement("ods:RXE", "organisation", type="nhs-trust", names=(NameSaid("Dale NHS Trust", "short"),))
    take(register, TRUSTS, [calls, OTHER])
    assert names(register, "RXE") == {"Dale NHS Trust"}
    assert asked(register) == []
