"""The register as a sqlite-utils database for scripts: it reads all, writes nothing and ends with the register."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from db.errors import DatabaseError
from db.register import Register, open_register


@pytest.fixture(params=["file", "memory"])
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Register:
    """A register in a file, and the built-in one in memory."""
    if request.param == "memory":
        return open_register(builtin=True)
    path = tmp_path / "r.db"
    with open_register(builtin=True) as built_in:
        path.write_bytes(built_in.ask(lambda connection: connection.serialize()))
    return open_register(path)


def test_rows_are_read_by_sqlite_utils(register: Register) -> None:
    with register:
        rows = list(register.database["participations"].rows_where("body_code = ?", ["RLQ"]))
        assert "Foundation Group" in {row["arrangement"] for row in rows}
        assert "participations" in register.database.view_names()
        assert register.database["record"].count == len(list(register.keys()))


@pytest.mark.parametrize("cheating", [False, True])
def test_nothing_is_written_by_it(register: Register, cheating: bool) -> None:
    with register:
        database = register.database
        if cheating and register.path is not None:
            database.execute("PRAGMA query_only = OFF")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            database.table("record").insert({"key": "ods:X", "kind": "organisation", "name": "X"})


def test_it_is_one_and_closes_with_the_register(register: Register) -> None:
    with register:
        database = register.database
        assert database is register.database
    with pytest.raises(sqlite3.ProgrammingError):
        database.execute("SELECT 1")
    with pytest.raises(DatabaseError, match="closed"):
        register.stats()


def test_none_is_opened_once_the_register_is_closed(register: Register) -> None:
    register.close()
    with pytest.raises(DatabaseError, match="has been closed; open it again"):
        _ = register.database
