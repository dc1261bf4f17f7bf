"""A name that is another body's official one is no name until a person says so, and an unclear lead is a question."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from itertools import permutations

import pytest

from db.entities.borrowed_names import MOST
from db.entities.candidates import Bodies
from db.entities.decide import Body
from db.entities.review import answer
from db.errors import InterlockError
from db.keys import slug
from db.reading.suggestions import suggestions
from db.search.check import check
from db.statements import End, FactSaid, LinkSaid, NameSaid, Reading, RowSaid, Statement
from db.store.session import ImportSession
from tests.db.store.registers import empty, everything, listing, rows, take, trust, written
from tests.db.store.test_undo import begun, take_back

TRUSTS = written("trusts", "2026")
OLD = listing("old", "2015")


def lists(code: str, name: str, *others: str, **more: object) -> Statement:
    """A trust with further names that a list gives it."""
    names = (NameSaid(name), *(NameSaid(one, "as-written") for one in others))
    return Statement(f"ods:{code}", "organisation", type="nhs-trust", status="open", names=names, **more)  # type: ignore[arg-type]


def named(name: str, also: str) -> Statement:
    """A body of which only the name is known, with a further name."""
    names = (NameSaid(name), NameSaid(also, "as-written"))
    return Statement(f"org:{slug(name)}", "organisation", names=names, by_name=True)


def names(register: sqlite3.Connection, code: str) -> set[str]:
    """All names of a trust."""
    query = "SELECT n.name FROM name n JOIN record r ON r.id = n.record_id WHERE r.key = ?"
    return {name for (name,) in register.execute(query, (f"ods:{code}",))}


def asked(register: sqlite3.Connection) -> list[tuple[str, str]]:
    """Rule and candidate of what a person is asked."""
    query = "SELECT rule, json_extract(candidates, '$[0].key') FROM suggestion ORDER BY id"
    return register.execute(query).fetchall()


def test_a_listed_name_that_is_anothers_official_one_is_a_question_and_no_name_in_any_order() -> None:
    parts = [
        (TRUSTS, [lists("RQY", "Hill NHS Trust", "St Dale's NHS Trust", "Hill Hospitals")]),
        (OLD, [trust("RJ7", "St Dale’s NHS Trust", type="nhs-foundation-trust")]),
    ]
    found = []
    for order in permutations(parts):
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert names(register, "RQY") == {"Hill NHS Trust", "Hill Hospitals"}
        assert names(register, "RJ7") == {"St Dale’s NHS Trust"}
        assert asked(register) == [("name-of-another", "ods:RJ7")]
        assert check(register) == []
        found.append(everything(register))
    assert found[0] == found[1]


def test_it_is_so_within_one_list_too_and_importing_again_changes_nothing() -> None:
    register = empty()
    for _ in range(2):
        take(register, TRUSTS, [lists("RQY", "Hill NHS Trust", "Dale NHS Trust"), lists("RJ7", "Dale NHS Trust")])
    assert names(register, "RQY") == {"Hill NHS Trust"}
    assert register.execute("SELECT count(*) FROM _change WHERE run_id = 2").fetchone() == (0,)


def test_a_third_with_the_official_name_is_one_more_candidate() -> None:
    register = empty()
    take(register, TRUSTS, [lists("RQY", "Hill NHS Trust", "Dale NHS Trust"), lists("RJ7", "Dale NHS Trust")])
    take(register, written("x"), [lists("RK9", "Dale NHS Trust")])
    query = "SELECT j.value ->> '$.key' FROM suggestion, json_each(candidates) j"
    assert register.execute(query).fetchall() == [("ods:RJ7",), ("ods:RK9",)]


def test_of_the_many_that_have_a_name_officially_a_question_names_some(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[object] = []
    of_a_name = Bodies.named

    def counted(bodies: Bodies, forms: Iterable[str]) -> list[Body]:
        looked.append(forms)
        return of_a_name(bodies, forms)

    monkeypatch.setattr(Bodies, "named", counted)
    register = empty()
    many = [trust(f"RB{number}", "Dale NHS Trust", type="nhs-trust") for number in range(100, 100 + MOST + 5)]
    take(register, TRUSTS, [lists("RQY", "Hill NHS Trust", "Dale NHS Trust"), *many])
    ((others,),) = register.execute("SELECT candidates FROM suggestion").fetchall()
    assert [one["key"] for one in json.loads(others)] == [f"ods:RB{number}" for number in range(100, 100 + MOST)]
    assert len(looked) < 10, "each name is looked up a few times, however many have it"
    take(register, written("later", "2027"), [lists("RB100", "Moor NHS Trust")])
    ((others,),) = register.execute("SELECT candidates FROM suggestion").fetchall()
    assert len(json.loads(others)) == MOST
    assert "ods:RB100" not in others


def test_a_doubt_goes_with_a_name_to_the_record_that_is_meant() -> None:
    parts = [
        (written("pairs"), [named("Hill NHS Trust", also="Dale NHS Trust")]),
        (OLD, [trust("RQY", "Hill NHS Trust", type="nhs-trust"), trust("RJ7", "Dale NHS Trust", type="nhs-trust")]),
    ]
    found = []
    for order in permutations(parts):
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert names(register, "RQY") == {"Hill NHS Trust"}
        assert asked(register) == [("name-of-another", "ods:RJ7")]
        (what,) = register.execute("SELECT what FROM suggestion").fetchone()
        assert what.startswith("ods:RQY is given the name “Dale NHS Trust”")
        found.append(everything(register))
    both = empty()
    with ImportSession.in_memory(both, command="a test") as session:
        for source, said in parts:
            session.take(Reading(source, [RowSaid(1, tuple(said))]), format="test")
        session.finish()
    assert names(both, "RQY") == {"Hill NHS Trust"}
    assert found[0] == found[1]


def test_a_former_name_is_a_name_whoever_has_it_now() -> None:
    register = empty()
    take(register, OLD, [trust("RQY", "Dale NHS Trust", type="nhs-trust")])
    take(register, TRUSTS, [lists("RQY", "Hill NHS Trust", "Dale NHS Trust"), lists("RJ7", "Dale NHS Trust")])
    assert names(register, "RQY") == {"Hill NHS Trust", "Dale NHS Trust"}
    assert asked(register) == []


def test_practices_share_names_and_nobody_is_asked() -> None:
    register = empty()
    practice = Statement("ods:A1", "organisation", type="gp-practice", names=(NameSaid("The Surgery"),))
    take(register, TRUSTS, [practice, lists("RQY", "Hill NHS Trust", "The Surgery")])
    assert names(register, "RQY") == {"Hill NHS Trust", "The Surgery"}


def test_the_name_is_back_when_the_other_body_is_not_called_so() -> None:
    register = empty()
    take(register, TRUSTS, [lists("RQY", "Hill NHS Trust", "Dale NHS Trust")])
    take(register, written("x"), [lists("RJ7", "Dale NHS Trust")])
    take(register, written("x"), [lists("RJ7", "Vale NHS Trust")])
    assert names(register, "RQY") == {"Hill NHS Trust", "Dale NHS Trust"}
    assert asked(register) == []


def test_what_a_person_has_rejected_stays_so_whatever_the_other_body_is_called_later() -> None:
    register = empty()
    take(register, TRUSTS, [lists("RQY", "Hill NHS Trust", "Dale NHS Trust")])
    take(register, written("x"), [lists("RJ7", "Dale NHS Trust")])
    register.execute("UPDATE suggestion SET state = 'rejected'")
    take(register, written("x"), [lists("RJ7", "Vale NHS Trust")])
    assert register.execute("SELECT state FROM suggestion").fetchall() == [("rejected",)]
    assert names(register, "RQY") == {"Hill NHS Trust"}


def test_undoing_the_other_list_gives_the_name_back() -> None:
    register = begun()
    take(register, TRUSTS, [lists("RQY", "Hill NHS Trust", "Dale NHS Trust")])
    before = rows(register)
    take(register, OLD, [trust("RJ7", "Dale NHS Trust", type="nhs-trust")])
    assert rows(register) != before
    take_back(register, 3)
    assert rows(register) == before


def test_an_unclear_lead_is_a_question_with_the_people_who_may_be_meant() -> None:
    register = empty()
    person = Statement("person:ann-example", "person", names=(NameSaid("Ann Example"),))
    facts = (FactSaid("lead-as-written", text="Ann Example / Ben Sample"),)
    footprint = Statement("ods:QA1", "arrangement", names=(NameSaid("Hill STP"),), facts=facts)
    unknown = Statement(
        "ods:QA2", "arrangement", names=(NameSaid("Dale STP"),), facts=(FactSaid("lead-as-written", text="tbc"),)
    )
    for _ in range(2):
        take(register, TRUSTS, [person, footprint, unknown])
    assert sorted(asked(register), key=str) == [("unclear-lead", "person:ann-example"), ("unclear-lead", None)]
    take(register, TRUSTS, [person, footprint, Statement("ods:QA2", "arrangement", names=(NameSaid("Dale STP"),))])
    assert asked(register) == [("unclear-lead", "person:ann-example")]


def test_who_an_unclear_lead_is_can_be_said_and_taken_back() -> None:
    register = begun()
    facts = (FactSaid("lead-as-written", text="Ann Example / Ben Sample"),)
    footprint = Statement("ods:QA1", "arrangement", names=(NameSaid("Hill STP"),), facts=facts)
    people = [Statement(f"person:{slug(one)}", "person", names=(NameSaid(one),)) for one in ("Ann Example", "Bo Lee")]
    take(register, TRUSTS, [*people, footprint, lists("RQY", "Hill NHS Trust")])
    before = rows(register)
    (question,) = suggestions(register)
    for chosen, reason in (("ods:RQY", "kind organisation"), ("person:nobody", "no record has the key")):
        with (
            ImportSession.in_memory(register, command="a review") as session,
            pytest.raises(InterlockError, match=reason),
        ):
            answer(session, {question.id: chosen}, [])
    with ImportSession.in_memory(register, command="a review") as session:
        answer(session, {question.id: "person:bo-lee"}, [])
    posts = "SELECT a.key, b.key, role FROM link JOIN record a ON a.id = source_id JOIN record b ON b.id = target_id"
    assert register.execute(posts).fetchall() == [("person:bo-lee", "ods:QA1", "lead")]
    take(register, TRUSTS, [*people, footprint, lists("RQY", "Hill NHS Trust")])
    assert suggestions(register) == ()
    for run in range(4, 2, -1):
        take_back(register, run)
    assert rows(register) == before


def test_the_question_cites_the_row_that_gives_the_name_though_it_tells_of_something_else() -> None:
    register = empty()
    trusts = (("RQY", "Hill NHS Trust"), ("RJ7", "Dale NHS Trust"))
    take(register, OLD, [trust(code, name, type="nhs-trust") for code, name in trusts])
    board = Statement("ods:QZZ", "organisation", names=(NameSaid("Z"),))
    names, links = (NameSaid("Dale NHS Trust", "as-written"),), (LinkSaid("partner-to", End("ods:QZZ")),)
    partner = Statement("ods:RQY", "organisation", partial=True, names=names, links=links)
    take(register, written("partners", "2022"), [board, partner])
    (question,) = suggestions(register)
    assert question.rule == "name-of-another"
    assert [(one.source.key, one.locator) for one in question.evidence] == [("file:partners", "line 2")]


def test_what_a_row_says_of_a_body_that_it_names_as_another_waits_for_the_answer_in_any_order() -> None:
    board = Statement("ods:QZZ", "organisation", names=(NameSaid("Z"),))
    links = (LinkSaid("partner-to", End("ods:QZZ")),)
    wrong, right = (
        Statement(f"ods:{code}", "organisation", partial=True, names=(NameSaid(name, "as-written"),), links=links)
        for code, name in (("RQY", "Dale NHS Trust"), ("RJ8", "Vale NHS Trust"))
    )
    trusts = [lists("RQY", "Hill NHS Trust"), lists("RJ7", "Dale NHS Trust"), lists("RJ8", "Vale NHS Trust")]
    parts = [(OLD, trusts), (written("partners", "2022"), [board, wrong, right])]
    partners = "SELECT r.key FROM link JOIN record r ON r.id = source_id ORDER BY 1"
    for order in permutations(parts):
        register = begun()
        for source, said in order:
            take(register, source, said)
        before = rows(register)
        assert register.execute(partners).fetchall() == [("ods:RJ8",)]
        (question,) = suggestions(register)
        with ImportSession.in_memory(register, command="a review") as session:
            answer(session, {question.id: None}, [])
        assert register.execute(partners).fetchall() == [("ods:RJ8",), ("ods:RQY",)]
        (run,) = register.execute("SELECT max(id) FROM run").fetchone()
        take_back(register, run)
        assert rows(register) == before
