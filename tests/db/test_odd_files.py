"""What a database path may lead to beside a database: each is refused in one line, none is waited for or replaced."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.database.connection import copy_register, default_path, open_reading, open_writing
from db.database.sqlite_errors import as_database_error
from db.errors import DatabaseError
from db.register import open_register
from tests.db.test_connection import make


def test_a_pipe_is_neither_waited_for_nor_replaced(tmp_path: Path) -> None:
    path = tmp_path / "pipe.db"
    os.mkfifo(path)
    for opening in (open_reading, open_writing):
        with pytest.raises(DatabaseError, match="is a pipe or a device; name a file"):
            opening(path)
    assert path.is_fifo()


def test_a_folder_a_link_in_a_circle_and_a_name_too_long_say_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "loop.db").symlink_to("loop.db")
    for path, said in (
        (tmp_path, "is a folder; name the database file in it"),
        (tmp_path / "loop.db", "is a link that leads back to itself"),
        (tmp_path / ("x" * 300), "name too long"),
    ):
        for opening in (open_reading, open_writing):
            with pytest.raises(DatabaseError, match=said):
                opening(path)


def test_an_empty_file_says_how_it_becomes_a_register(tmp_path: Path) -> None:
    (tmp_path / "new.db").touch()
    with pytest.raises(DatabaseError, match=r"is empty; `interlock import --db .*new\.db FILE` makes it a register"):
        open_reading(tmp_path / "new.db")


def test_errors_of_the_file_system_are_words_and_not_numbers() -> None:
    for error in (PermissionError(13, "Permission denied", "a"), FileExistsError(17, "File exists", "a")):
        said = str(as_database_error(error, "a.db"))
        assert "Errno" not in said
        assert "check the p" in said


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("SQLITE_IOERR_RDLOCK", "its disk knows no locks, as a folder on a network; keep the register on a disk of"),
        ("SQLITE_IOERR_SHMMAP", "its disk knows no locks, as a folder on a network; keep the register on a disk of"),
        ("SQLITE_IOERR_WRITE", "the disk failed or is full"),
    ],
)
def test_a_disk_without_locks_is_told_from_one_that_is_full(name: str, said: str) -> None:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = name
    assert str(as_database_error(error, "a.db")).startswith(f"a.db: {said}")


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE record SET name = CAST(x'ff41' AS TEXT)", "is damaged"),
        ("ALTER TABLE record RENAME COLUMN name TO other", "is damaged"),
    ],
)
def test_damage_that_sqlite_does_not_notice_is_called_damage(tmp_path: Path, statement: str, said: str) -> None:
    path = make(tmp_path / "r.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        key = other.execute("SELECT key FROM record").fetchone()[0]
        other.execute(statement)
    with open_register(path) as register, pytest.raises(DatabaseError, match=said):
        register.record(key)


def test_a_message_of_sqlite_that_is_no_text_is_called_damage(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA writable_schema = ON")
        other.execute("UPDATE sqlite_schema SET sql = CAST(x'435245415445ff' AS TEXT) WHERE name = 'run'")
    for opening in (open_reading, open_writing):
        with pytest.raises(DatabaseError, match="is damaged"):
            opening(path)


def test_a_copy_is_made_of_what_was_committed_and_while_another_writes(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    with closing(open_writing(path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE run SET command = 'not yet'")
        copy_register(path, tmp_path / "copy.db")
        writer.execute("ROLLBACK")
    with closing(open_reading(tmp_path / "copy.db")) as copy:
        assert copy.execute("SELECT command FROM run").fetchall() == [("test",)]


def test_the_home_folder_may_be_written_short(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("INTERLOCK_DB", "~/mine.db")
    assert default_path() == str(tmp_path / "mine.db")
