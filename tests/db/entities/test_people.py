"""People of one name in two sources: one where they have a post in common, else two and a question."""

from __future__ import annotations

import sqlite3

import pytest

from db.entities.person_names import may_be_one
from db.reading.suggestions import suggestions
from db.statements import End, LinkSaid, NameSaid, Statement
from tests.db.store.registers import empty, take, written
from tui.text import questions


def person(name: str, body: str, role: str = "chief-executive") -> Statement:
    """Someone of the name who holds a post in a trust."""
    key = f"person:{name.lower().replace('. ', '-').replace(' ', '-')}"
    link = LinkSaid("holds-post-in", End(f"ods:{body}", f"Trust {body}"), role=role)
    return Statement(key, "person", names=(NameSaid(name),), links=(link,))


def people(register: sqlite3.Connection) -> list[str]:
    """The keys of all people."""
    return [key for (key,) in register.execute("SELECT key FROM record WHERE kind = 'person' ORDER BY key")]


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Rob Webster", "Robert Webster"), ("R. Webster", "Rob Webster"), ("Bob Webster", "Robbie Webster"),
        ("Élodie Müller", "Elodie Muller"), ("Ann B. Example", "Anne Example"), ("A B Example", "Ann Beth Example"),
    ],
)  # fmt: skip
def test_short_forms_initials_and_accents_may_be_one_persons(name: str, other: str) -> None:
    assert may_be_one(name, other)
    assert may_be_one(other, name)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Rob Webster", "Richard Webster"), ("Rob Webster", "Rob Weston"), ("S. Webster", "Rob Webster"),
        ("Ann B Example", "Ann Clare Example"), ("Webster", "Rob Webster"),
    ],
)  # fmt: skip
def test_other_names_are_not(name: str, other: str) -> None:
    assert not may_be_one(name, other)


@pytest.mark.parametrize("other", ["Robert Webster", "R. Webster"])
def test_one_with_a_name_that_may_be_the_same_and_the_same_post_is_one_person_however_often_it_is_said(
    other: str,
) -> None:
    register = empty()
    for _ in range(2):
        take(register, written("first"), [person("Rob Webster", "RXG")])
        take(register, written("second"), [person(other, "RXG")])
    assert people(register) == ["person:rob-webster"]
    names = {name for (name,) in register.execute("SELECT name FROM name")}
    assert {"Rob Webster", other} <= names
    assert suggestions(register) == ()


def test_one_with_another_post_is_a_question_that_tells_the_posts_and_why_it_is_asked() -> None:
    register = empty()
    for _ in range(2):
        take(register, written("first"), [person("Rob Webster", "RXG")])
        take(register, written("second"), [person("Robert Webster", "RQY", "chair"), person("Rob Webster", "RQY")])
    assert people(register) == ["person:rob-webster", "person:rob-webster-2", "person:robert-webster"]
    asked = {questions.question(one) for one in suggestions(register)}
    held = "Rob Webster (chief executive, Trust RXG · undated source)"
    assert asked == {
        f"Rob Webster (person:rob-webster-2, chief executive, Trust RQY · undated source) and {held} have the "
        "same name: are they one? No source tells that they are, and they have no post in common.",
        f"Robert Webster (chair, Trust RQY · undated source) and {held} have names that "
        "may be one person's: are they one? No source tells that they are, and they have no post in common.",
    }


def test_two_people_of_one_source_stay_two() -> None:
    register = empty()
    take(register, written("first"), [person("Rob Webster", "RXG"), person("Robert Webster", "RXG")])
    assert people(register) == ["person:rob-webster", "person:robert-webster"]
    assert suggestions(register) == ()
