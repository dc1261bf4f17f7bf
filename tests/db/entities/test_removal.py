"""A record that was entered by mistake is taken away though later runs stand on it; who leads to it is a question."""

from __future__ import annotations

import sqlite3

import pytest

from db.entities.review import answer
from db.errors import NotFoundError, UsageError
from db.search.check import check
from db.statements import End, LinkSaid, NameSaid, Reading, RowSaid, SourceSaid, Statement
from db.store.session import ImportSession
from tests.db.store.registers import everything, listing, member, rows, take, trust, written
from tests.db.store.test_undo import begun, take_back

MINE = SourceSaid("file:mine", "mine")
QUESTION = "ods:RLX was removed, and others still lead to it: is another meant?"


def enter(register: sqlite3.Connection, *statements: Statement) -> None:
    """Import a file in the records format."""
    read = [RowSaid(line, (one,)) for line, one in enumerate(statements, start=1)]
    with ImportSession.in_memory(register, command="an entry") as session:
        session.take(Reading(MINE, read), format="records")
        session.finish()


def group(name: str, *codes: str) -> Statement:
    """An arrangement with members."""
    return Statement(f"arr:{name}", "arrangement", names=(NameSaid(name),), links=tuple(map(member, codes)))


def removed(register: sqlite3.Connection, key: str, source: str | None = None) -> int:
    """Take a record away; return the run."""
    with ImportSession.in_memory(register, command="a removal") as session:
        session.remove(key, source)
        return session.finish().run


def asked(register: sqlite3.Connection) -> list[tuple[str]]:
    """What is asked about records that were removed."""
    return register.execute("SELECT what FROM suggestion WHERE rule = 'removed' AND state = 'open'").fetchall()


def mistaken() -> sqlite3.Connection:
    """A register with a trust that does not exist, in which later runs lead to it."""
    register = begun()
    joining = LinkSaid("participates-in", End("arr:other"), role="member")
    enter(register, trust("RLX", "Wye Valet", summary="No such trust", links=(joining,)), trust("RLQ", "Wye Valley"))
    take(register, written("groups"), [group("wye", "RLX", "RLQ"), group("other", "RLQ")])
    return register


def test_it_is_a_bare_code_where_others_lead_to_it_and_they_are_asked_about() -> None:
    register = mistaken()
    before = rows(register)
    run = removed(register, "ods:RLX")
    query = "SELECT name, type, summary, placeholder FROM record WHERE key = 'ods:RLX'"
    assert register.execute(query).fetchone() == ("RLX", None, None, 1)
    query = "SELECT r.key FROM link l JOIN record r ON r.id = l.target_id JOIN record x ON x.id = l.source_id "
    # What its own entry said of an arrangement goes with it.
    assert register.execute(f"{query} WHERE x.key = 'ods:RLX'").fetchall() == [("arr:wye",)]
    assert asked(register) == [(QUESTION,)]
    assert check(register) == []
    take(register, listing("later", "2026"), [trust("RLQ", "Wye Valley NHS Trust")])
    assert register.execute("SELECT placeholder FROM record WHERE key = 'ods:RLX'").fetchone() == (1,)
    take_back(register, run + 1)
    take_back(register, run)
    assert rows(register) == before


def test_nothing_is_left_of_what_nobody_else_leads_to() -> None:
    register = begun()
    enter(register, trust("RLQ", "Wye Valley"))
    without = everything(register)
    take(register, written("apart"), [trust("RJC", "South Warwickshire")])
    joining = LinkSaid("participates-in", End("arr:wye"), role="member")
    enter(register, trust("RLQ", "Wye Valley"), trust("RLX", "Wye Valet", links=(joining,)), group("wye", "RLQ"))
    removed(register, "ods:RLX")
    assert register.execute("SELECT 1 FROM record WHERE key = 'ods:RLX'").fetchone() is None
    assert without <= everything(register)
    assert asked(register) == []
    assert check(register) == []


def test_what_other_sources_say_of_it_stays() -> None:
    register = mistaken()
    take(register, listing("list", "2025"), [trust("RLX", "Wye Vale NHS Trust")])
    removed(register, "ods:RLX")
    query = "SELECT name, summary, placeholder FROM record WHERE key = 'ods:RLX'"
    assert register.execute(query).fetchone() == ("Wye Vale NHS Trust", None, 0)
    assert asked(register) == []
    removed(register, "ods:RLX", "file:list")
    assert register.execute(query).fetchone() == ("RLX", None, 1)


def test_who_is_meant_instead_takes_over_what_leads_to_it() -> None:
    register = mistaken()
    removed(register, "ods:RLX")
    (number,) = register.execute("SELECT id FROM suggestion WHERE rule = 'removed'").fetchone()
    with ImportSession.in_memory(register, command="a review") as session:
        answer(session, {number: "ods:RLQ"}, [])
    assert register.execute("SELECT 1 FROM record WHERE key = 'ods:RLX'").fetchone() is None
    assert asked(register) == []


def test_it_is_asked_about_no_more_once_somebody_describes_it() -> None:
    register = mistaken()
    removed(register, "ods:RLX")
    take(register, listing("list", "2025"), [trust("RLX", "Wye Vale NHS Trust")])
    assert asked(register) == []


@pytest.mark.parametrize(
    ("key", "source", "said"),
    [
        ("ods:RJC", None, "no file that a person wrote tells of ods:RJC; where file:list is mistaken, name it"),
        ("ods:RLX", "file:list", "file:list says nothing of ods:RLX; file:mine does"),
    ],
)
def test_what_nobody_entered_is_refused(key: str, source: str | None, said: str) -> None:
    register = mistaken()
    take(register, listing("list", "2025"), [trust("RJC", "South Warwickshire")])
    before = rows(register)
    with pytest.raises(UsageError, match=said):
        removed(register, key, source)
    assert rows(register) == before
    with pytest.raises(NotFoundError, match="no record has the key 'ods:RXX'"):
        removed(register, "ods:RXX")
