"""Registers as older versions of Interlock made them, kept as SQL text: what upgrades are tried on.

`tests/db/made_registers.py` says what is in them. The search index is left empty: whatever upgrades makes it anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

VERSIONS = {"0.1.0": 4, "schema-5": 5, "schema-6": 6, "schema-7": 7}
"""What there is, by the name of its file, with its schema."""
_FOLDER = Path(__file__).parent / "old"


_made: dict[str, bytes] = {}
"""By version its database, once it is made."""


def old_register(version: str, path: Path) -> Path:
    """Make the database that a version made, at `path`."""
    if version in _made:
        path.write_bytes(_made[version])
        return path
    with closing(sqlite3.connect(path, isolation_level=None)) as register:
        register.executescript((_FOLDER / f"{version}.sql").read_text("utf-8"))
        register.execute("PRAGMA journal_mode = WAL")
    _made[version] = path.read_bytes()
    return path


def undone(version: str) -> dict[int, str]:
    """Runs in the order in which the version itself undid them, with the mark of what it then held."""
    found: dict[str, str] = json.loads((_FOLDER / f"{version}.json").read_text("utf-8"))
    return {int(run): marked for run, marked in found.items()}


def as_sql(register: sqlite3.Connection) -> str:
    """Write a database as SQL that makes it again, but for its search index."""
    return "".join(f"{statement};\n" for statement in _statements(register))


def _statements(register: sqlite3.Connection) -> Iterator[str]:
    for pragma in ("application_id", "user_version"):
        (value,) = register.execute(f"PRAGMA {pragma}").fetchone()
        yield f"PRAGMA {pragma} = {value}"
    yield "BEGIN"
    listed = register.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type = 'table' DESC, rowid"
    ).fetchall()
    for _, _, sql in listed:
        # Full-text tables make their own, whose names are quoted.
        if not sql.startswith("CREATE TABLE '"):
            yield sql
    for kind, name, _ in listed:
        if kind == "table" and not name.startswith(("search", "_search")):
            yield from _rows(register, name)
    yield "COMMIT"


def _rows(register: sqlite3.Connection, table: str) -> Iterator[str]:
    columns = [name for _, name, *_ in register.execute(f"PRAGMA table_info({table})")]
    quoted = " || ',' || ".join(f'quote("{column}")' for column in columns)
    rows = [f"({row})" for (row,) in register.execute(f"SELECT {quoted} FROM {table}")]
    if rows:
        yield f"INSERT INTO {table} VALUES\n" + ",\n".join(rows)
