"""Registers for samples: made once for all, copied for each, and told apart by all that they hold."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import chdir, closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from db.database.connection import SCHEMA_VERSION
from db.doctor import examine
from tests.db.made_registers import make
from tui.cli.main import main

CODES = {0, 1, 2, 3, 4, 5}
"""How commands may end that nobody interrupts."""
_TIMES = {"run": ("started", "seconds", "undone"), "_sqlite_migrations": ("applied_at",)}


@dataclass(frozen=True, slots=True)
class Said:
    """What a command ended with and wrote."""

    code: int
    answer: str
    remarks: str


def said(*words: str | Path) -> Said:
    """Run a command in this process; whatever it was, it ended as commands may and said at most a line of why."""
    answer, remarks = StringIO(), StringIO()
    with redirect_stdout(answer), redirect_stderr(remarks):
        code = main([*map(str, words)])
    found = Said(code, answer.getvalue(), remarks.getvalue())
    assert code in CODES, found
    assert "bug in Interlock" not in found.remarks, found
    assert "Traceback" not in found.remarks, found
    # An import of which nothing is taken answers, and names what was refused in lines of their own.
    assert code == 0 or found.answer or found.remarks.count("\n") <= 1, found
    return found


def make_rich(folder: Path) -> Path:
    """Make a register of everything that there is, with its sources beside it."""
    path = folder / "rich.db"

    def run(*words: str) -> str:
        done = said(*words)
        assert done.code == 0, (words, done)
        return done.answer

    with chdir(folder):
        make(run, folder, path)
    return path


def held(path: Path) -> str | None:
    """A mark of all that a sound register holds, numbers of rows included, times of runs not; None where none is."""
    if not path.exists():
        return None
    with closing(sqlite3.connect(path)) as register:
        assert register.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        (version,) = register.execute("PRAGMA user_version").fetchone()
        if version == SCHEMA_VERSION:
            # One that was upgraded and not yet resolved anew is sound, and the doctor says what is to be done.
            assert [found for found in examine(register) if not found.ok and found.check != "sources"] == []
        rows = sorted(f"{version}{row}" for row in _rows(register))
    return hashlib.sha256("\n".join(rows).encode("utf-8", "surrogatepass")).hexdigest()


def _rows(register: sqlite3.Connection) -> Iterator[str]:
    """Every row of every table but those of the search index, which the doctor compares with them."""
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%'"
    for (table,) in register.execute(f"{tables} AND name NOT LIKE 'sqlite_stat%'").fetchall():
        columns = [name for _, name, *_ in register.execute(f'PRAGMA table_info("{table}")')]
        kept = ", ".join(f'"{name}"' for name in columns if name not in _TIMES.get(table, ()))
        if table == "run":
            kept += ", undone IS NULL"
        yield from (f"{table}{row}" for row in register.execute(f'SELECT {kept} FROM "{table}"'))


def left_behind(path: Path) -> set[str]:
    """Names beside a register that are none of SQLite's files or of its backups."""
    if not path.parent.exists():
        return set()
    known = {path.name, *(f"{path.name}-{end}" for end in ("wal", "shm", "journal"))}
    return {name for name in os.listdir(path.parent) if name not in known and f"{path.stem}.backup-" not in name}
