"""Whoever may only read sees the register before an import or after it, or one line; never damage, never a mixture."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import db.database.connection
from db.database.connection import connect, open_reading, open_writing
from db.database.unlocked import open_unlocked
from db.errors import DatabaseError
from db.register import Register, open_register
from db.statements import Reading, RowSaid, SourceSaid
from db.store.session import ImportSession
from tests.db.store.registers import trust
from tests.db.test_connection import make
from tests.trouble import NOBODY, OtherUser, folder_for_all, needs_root

COUNT = "SELECT count(*), sum(length(name)), max(id) FROM record"


class Reader:
    """What another user asks of one register that he keeps open."""

    def __init__(self, path: Path, loaded: Path) -> None:
        self._path, self._loaded = path, loaded
        self._register: Register | None = None

    def prepare(self) -> None:
        """Load all that reading needs."""
        with open_register(self._loaded) as register:
            register.ask(lambda connection: connection.execute(COUNT).fetchone())
            register.find("trust")
        shutil.copy(self._loaded, self._loaded.with_name("again.db"))

    def answer(self, question: str) -> object:
        """Count, or count twice in one snapshot between which the test goes on, or say what is beside the database."""
        if question == "list":
            return sorted(os.listdir(self._path.parent))
        if question == "close":
            if self._register is not None:
                self._register.close()
            return "closed"
        register = self._register = self._register or open_register(self._path)
        if question == "begin":
            self._snapshot = register.snapshot()
            self._snapshot.__enter__()
        elif question == "end":
            self._snapshot.__exit__(None, None, None)
            return "ended"
        (found,) = register.ask(lambda connection: connection.execute(COUNT).fetchall())
        return found[0]


@pytest.fixture
def shelf() -> Iterator[Path]:
    """A register of one trust in a folder where others may read."""
    with folder_for_all() as folder:
        yield make(folder / "r.db")


@pytest.fixture
def other(shelf: Path, tmp_path: Path) -> Iterator[OtherUser]:
    """Another user, who keeps that register open."""
    reader = Reader(shelf, make(tmp_path / "loaded.db"))
    user = OtherUser(reader.prepare, reader.answer)
    yield user
    user.end()


def add(session: ImportSession, number: int) -> None:
    """Take forty more trusts, so that more than one page changes."""
    said = [RowSaid(row, (trust(f"R{number}X{row}", f"Trust {number} {row} " * 20),)) for row in range(40)]
    session.take(Reading(SourceSaid(f"file:{number}", "b"), said), format="test")


def test_each_state_is_seen_whole_by_who_keeps_it_open_while_others_import(shelf: Path, other: OtherUser) -> None:
    for number in range(4):
        before = str(1 + 40 * number)
        assert other("count") == before
        with ImportSession.begin(shelf, command="test") as session:
            assert other("count") == before
            add(session, number)
            assert other("count") == before
            session.finish()
        assert other("count") == str(41 + 40 * number)
    assert other("list") in ("['r.db']", "['r.db', 'r.db-shm', 'r.db-wal']")


def test_what_is_read_over_the_end_of_an_import_is_one_line_and_then_the_new_state(
    shelf: Path, other: OtherUser
) -> None:
    assert other("begin") == "1"
    with ImportSession.begin(shelf, command="test") as session:
        add(session, 1)
        assert other("count") == "1"
        session.finish()
    # No log stands there any more, and the file has been written to beneath the reader.
    said = other("count")
    assert said == "DatabaseError: r.db: an import changed it while it was being read; ask again"
    assert other("end") == "ended"
    assert other("count") == "41"


def test_a_snapshot_that_began_beside_an_import_is_kept(shelf: Path, other: OtherUser) -> None:
    with closing(open_writing(shelf)) as writer:
        writer.execute("UPDATE _meta SET value = value")
        assert other("begin") == "1"
        with ImportSession.begin(shelf, command="test") as session:
            add(session, 1)
            session.finish()
        assert other("count") == "1"
        other("end")
        assert other("count") == "41"


def test_a_reader_who_may_write_in_the_folder_only_leaves_nothing_there(shelf: Path, other: OtherUser) -> None:
    shelf.parent.chmod(0o777)
    assert other("count") == "1"
    assert other("list") == "['r.db']"
    with ImportSession.begin(shelf, command="test") as session:
        add(session, 1)
        session.finish()
    assert other("count") == "41"
    assert {(shelf.parent / name).stat().st_uid for name in os.listdir(shelf.parent)} == {os.geteuid()}


def uncommitted(path: Path) -> sqlite3.Connection:
    """A program that writes with a rollback journal, with rows in the file already that it has not committed."""
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("PRAGMA journal_mode = DELETE")
    writer.execute("PRAGMA cache_size = 2")
    writer.execute("BEGIN EXCLUSIVE")
    text = "not committed" * 50
    writer.executemany("INSERT INTO _meta (name, value) VALUES (?, ?)", [(f"n{n}", text) for n in range(500)])
    writer.execute("UPDATE record SET name = 'Not committed'")
    return writer


def test_a_locked_database_is_refused_and_not_read_past_its_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db.database.connection, "WAIT", 0.01)
    path = make(tmp_path / "r.db")
    with closing(uncommitted(path)) as writer:
        with pytest.raises(DatabaseError, match=r"r\.db: is locked by another import; try again when it has ended$"):
            open_reading(path)
        writer.execute("ROLLBACK")
    with closing(open_reading(path)) as connection:
        assert connection.execute("SELECT name FROM record").fetchall() == [("Wye Valley NHS Trust",)]


def test_a_locked_database_is_refused_to_who_may_not_write_too(shelf: Path, tmp_path: Path) -> None:
    reader = Reader(shelf, make(tmp_path / "loaded.db"))
    db.database.connection.WAIT, before = 0.01, db.database.connection.WAIT
    user = OtherUser(reader.prepare, reader.answer)
    db.database.connection.WAIT = before
    with closing(uncommitted(shelf)):
        assert user("count") == f"DatabaseError: {shelf}: is locked by another import; try again when it has ended"
    assert user("count") == "1"
    user.end()


def cut_off(path: Path) -> None:
    """Leave a database as a program does that is killed while it writes with a rollback journal."""
    child = os.fork()
    if child == 0:
        uncommitted(path)
        os._exit(0)
    os.waitpid(child, 0)
    assert path.with_name(f"{path.name}-journal").stat().st_size


def test_what_a_killed_program_had_not_committed_is_not_read(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    cut_off(path)
    held = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    with closing(open_reading(path)) as connection:
        assert connection.execute("SELECT name FROM record").fetchall() == [("Wye Valley NHS Trust",)]
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == held


def test_what_a_killed_program_had_not_committed_is_not_read_by_others_either(shelf: Path, other: OtherUser) -> None:
    cut_off(shelf)
    assert other("count") == "1"


def test_a_copy_is_never_of_two_states(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is written back to the file, and goes, between the copy of the one and that of the other."""
    needs_root()
    path = make(tmp_path / "r.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("UPDATE record SET name = 'From the log'")
        images = {name: (tmp_path / name).read_bytes() for name in ("r.db", "r.db-wal")}
    for name, content in images.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.setattr("db.database.unlocked.needs_lock_files", lambda _: True)
    monkeypatch.setattr("db.database.connection.needs_lock_files", lambda _: True)
    real = shutil.copyfile

    def copyfile(source: str, target: str) -> object:
        done = real(source, target)
        if source == str(path):
            monkeypatch.setattr(shutil, "copyfile", real)
            with closing(sqlite3.connect(path, isolation_level=None)) as writer:
                writer.execute("UPDATE record SET name = 'Written back'")
        return done

    monkeypatch.setattr(shutil, "copyfile", copyfile)
    with closing(open_reading(path)) as connection:
        assert connection.execute("SELECT name FROM record").fetchall() == [("Written back",)]


def test_a_link_is_read_with_the_log_beside_what_it_leads_to(shelf: Path, tmp_path: Path, other: OtherUser) -> None:
    with closing(sqlite3.connect(shelf, isolation_level=None)) as writer:
        writer.execute("DELETE FROM _meta")
        writer.execute("INSERT INTO record (id, key, kind, name) SELECT 9, 'ods:X', kind, 'X' FROM record")
        log = shelf.with_name("r.db-wal").read_bytes()
        content = shelf.read_bytes()
    shelf.rename(shelf.with_name("real.db"))
    shelf.with_name("real.db").write_bytes(content)
    shelf.with_name("real.db-wal").write_bytes(log)
    shelf.symlink_to("real.db")
    assert other("count") == "2"


def test_nobody_is_the_user_whose_rights_are_tried(other: OtherUser, shelf: Path) -> None:
    """Without this, a machine where all users may write would pass every test here."""
    assert other("count") == "1"
    assert shelf.stat().st_uid != NOBODY
    assert not shelf.stat().st_mode & 0o022


def test_a_file_that_only_a_lock_protects_is_never_opened_without_one(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    before = os.stat(path).st_mtime - 10
    os.utime(path, (before, before))
    opened = open_unlocked(str(path), connect)
    assert opened is not None
    opened.close()
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA journal_mode = DELETE")
    os.utime(path, (before, before))
    assert open_unlocked(str(path), connect) is None
