"""A migration is written once: whatever a register was before, it ends with the tables of a new one."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from copy import copy
from pathlib import Path
from shutil import copytree

import pytest
from sqlite_utils import Database

import db.database.connection
import db.database.migrations
import db.database.upgrade
from db.database.connection import SCHEMA_VERSION, open_writing
from db.database.upgrade import upgrade
from tests.db.old_registers import VERSIONS, old_register

NEXT = SCHEMA_VERSION + 1


@pytest.fixture
def _next_schema(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program of a time to come: records have a seventh sense, and there is an index of it."""
    folder = copytree(db.database.migrations._FOLDER, tmp_path / "schema")
    schema = (folder / "register.sql").read_text("utf-8")
    with_column = schema.replace("  country TEXT,", "  country TEXT,\n  seventh TEXT,", 1)
    assert with_column != schema
    index = "CREATE INDEX record_seventh ON record (seventh);\n"
    (folder / "register.sql").write_text(with_column + index, "utf-8")
    migrations = copy(db.database.migrations.register_migrations)
    migrations._migrations = [*migrations._migrations]

    @migrations(name=f"{NEXT:04}_made_up")
    def _(database: Database) -> None:
        database.table("record").add_column("seventh", str)
        database.table("record").create_index(["seventh"], "record_seventh")

    monkeypatch.setattr(db.database.migrations, "_FOLDER", folder)
    monkeypatch.setattr(db.database.migrations, "register_migrations", migrations)
    for module in (db.database.connection, db.database.migrations, db.database.upgrade):
        monkeypatch.setattr(module, "SCHEMA_VERSION", NEXT)


def upgraded(path: Path) -> Iterator[str]:
    """The tables and indexes of a database that was brought up to date, with their columns, whatever their order."""
    with closing(open_writing(path)) as register:
        upgrade(register, path)
    with closing(sqlite3.connect(path)) as register:
        assert register.execute("PRAGMA user_version").fetchone() == (NEXT,)
        for (table,) in register.execute("SELECT name FROM sqlite_schema WHERE name NOT LIKE 'sqlite%' ORDER BY 1"):
            yield table
            yield from sorted(
                f"{table}.{name} {type_}" for _, name, type_, *_ in register.execute(f"PRAGMA table_info({table})")
            )


@pytest.fixture
def of_this_schema(tmp_path: Path) -> Path:
    """A register as this program makes it, made before the next schema is patched in."""
    with closing(open_writing(tmp_path / "now.db")) as register:
        upgrade(register, tmp_path / "now.db")
    return tmp_path / "now.db"


@pytest.mark.parametrize("before", [*VERSIONS, "now"])
def test_a_register_ends_with_the_tables_of_a_new_one(
    before: str, of_this_schema: Path, tmp_path: Path, _next_schema: None
) -> None:
    old = of_this_schema if before == "now" else old_register(before, tmp_path / "old.db")
    assert list(upgraded(old)) == list(upgraded(tmp_path / "new.db"))
    assert list(upgraded(old)) == list(upgraded(tmp_path / "new.db")), "nothing is done twice"
    assert len(list(tmp_path.glob("*.backup-*.db"))) == 1


def test_migrations_are_numbered_by_the_schema_that_they_make() -> None:
    numbers = [int(one.name[:4]) for one in db.database.migrations.register_migrations._migrations]
    assert numbers == list(range(6, SCHEMA_VERSION + 1))
