"""What a process that only reads would write is written by another, or left to it where that alone can know."""

from __future__ import annotations

import sqlite3

import pytest

from db.statements import End
from db.store.changelog import Changelog
from db.store.deferred_changes import DeferredChanges, do_again
from db.store.identity import RecordIndex
from tests.db.store.registers import empty, listing, take, trust

SOURCE = 1
"""The number of the source that is taken."""


@pytest.fixture
def held() -> sqlite3.Connection:
    """A register with two trusts, numbered 1 and 2."""
    register = empty()
    take(register, listing("list", "2020-01-01"), [trust("AA1", "One"), trust("AA2", "Other")])
    assert register.execute("SELECT id FROM record ORDER BY id").fetchall() == [(1,), (2,)]
    return register


@pytest.fixture
def recorded(held: sqlite3.Connection) -> DeferredChanges:
    changes = DeferredChanges(held, 2, SOURCE)
    changes.turn_to(1)
    return changes


def row_7(changes: DeferredChanges, source: int = SOURCE) -> int:
    """Evidence that is a row of a source."""
    return changes.insert("evidence", (source, "row 7", None, "stated", None, None, None, None))


def test_new_rows_get_their_numbers_where_they_are_written(held: sqlite3.Connection, recorded: DeferredChanges) -> None:
    evidence = row_7(recorded)
    recorded.cite("name", recorded.insert("name", (1, "Another", "official", None, None, None)), [evidence])
    writing = Changelog(held, 2)
    for table in ("name", "evidence"):
        writing.reserve(table, 100)
    ((number, place),) = do_again(writing, recorded.give_away()[1])
    writing.flush()
    assert (place, number) == ("row 7", 100 + evidence)
    cited = "SELECT evidence_id FROM _citation JOIN name ON subject = 'name' AND subject_id = id WHERE name = 'Another'"
    assert held.execute(cited).fetchall() == [(number,)]
    assert recorded.give_away() == {}


@pytest.mark.parametrize("what", ["evidence of another", "inferred", "of another source", "placeholder", "changed"])
def test_what_others_may_need_is_left_to_the_process_that_writes(what: str, recorded: DeferredChanges) -> None:
    name = (2, "Another", "official", None, None, None)
    if what == "evidence of another":
        evidence = row_7(recorded)
        recorded.turn_to(2)
        recorded.cite("name", recorded.insert("name", name), [evidence])
        assert set(recorded.give_away()) == {1}
        return
    recorded.turn_to(2)
    recorded.insert("name", name)
    if what == "inferred":
        recorded.insert("evidence", (SOURCE, "row 7", None, "inferred", None, None, "why", None))
    elif what == "of another source":
        row_7(recorded, source=2)
    elif what == "placeholder":
        end = RecordIndex(recorded).need(End("ods:NEW"))
        recorded.turn_to(1)
        recorded.insert("link", (1, end, 1, None, None, None, None, None, None, None))
        assert recorded.give_away() == {}
        return
    else:
        recorded.update("record", 2, name="Another")
    recorded.turn_to(1)
    recorded.delete("name", 1)
    assert set(recorded.give_away()) == {1}


def test_where_a_source_would_be_made_nothing_more_is_told(recorded: DeferredChanges) -> None:
    recorded.insert("source", ("file:other", "other", *[None] * 13))
    recorded.turn_to(2)
    row_7(recorded)
    assert recorded.give_away() == {}
    recorded.turn_to(1)
    row_7(recorded)
    assert recorded.give_away() == {}
