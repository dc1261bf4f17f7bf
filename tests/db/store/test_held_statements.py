"""What a source said before, held against what it says now, also where it says a thing several times."""

from __future__ import annotations

import sqlite3

import pytest

from db.statements import Statement
from tests.db.store.registers import empty, listing, take, trust


def held(register: sqlite3.Connection) -> list[tuple[str, int]]:
    """By key, how many rows say something of a record."""
    query = "SELECT r.key, count(*) FROM _statement s JOIN record r ON r.id = s.record_id GROUP BY 1 ORDER BY 1"
    return register.execute(query).fetchall()


def changes(register: sqlite3.Connection) -> int:
    """How many changes the register remembers of its last run."""
    query = "SELECT count(*) FROM _change WHERE run_id = (SELECT max(id) FROM run)"
    (found,) = register.execute(query).fetchone()
    return int(found)


@pytest.mark.parametrize("times", [1, 2, 30])
def test_what_is_said_several_times_is_matched_as_often(times: int) -> None:
    register = empty()
    hill, dale = trust("R1", "Hill"), trust("R2", "Dale")
    said: list[Statement] = [hill] * times + [dale]
    list_of_them = listing("table", "2020")
    take(register, list_of_them, said)
    take(register, list_of_them, [dale, *[hill] * times])
    assert (held(register), changes(register)) == ([("ods:R1", times), ("ods:R2", 1)], 0)
    take(register, list_of_them, [hill, dale])
    assert held(register) == [("ods:R1", 1), ("ods:R2", 1)]
    take(register, list_of_them, [*[hill] * 3, dale])
    assert held(register) == [("ods:R1", 3), ("ods:R2", 1)]
