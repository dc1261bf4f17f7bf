"""Opening: readers never write, old and new schemas are told apart, writers take turns."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from db.database.connection import SCHEMA_VERSION, open_reading, open_writing
from db.database.upgrade import upgrade
from db.entities.review import review
from db.errors import DatabaseError
from db.search.check import check
from db.statements import Reading, RowSaid, SourceSaid
from db.store import session as sessions
from db.store.session import ImportSession
from tests.db.old_registers import old_register
from tests.db.store.registers import trust

ROOT = Path(__file__).parents[2]


def make(path: Path, name: str = "Wye Valley NHS Trust") -> Path:
    """A register with one trust."""
    with ImportSession.begin(path, command="test") as session:
        session.take(Reading(SourceSaid("file:a", "a"), [RowSaid(1, (trust("RLQ", name),))]), format="test")
        session.finish()
    return path


def test_a_missing_database_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match=r"there is no such database; `interlock import"):
        open_reading(tmp_path / "none.db")


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0 but not really", b"<html>", os.urandom(4096)])
def test_what_is_no_register_is_refused_in_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    with pytest.raises(DatabaseError) as raised:
        open_reading(path)
    assert "\n" not in str(raised.value)


def test_somebody_elses_database_is_refused_by_readers_and_writers(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE t (a)")
    for opening in (open_reading, open_writing):
        with pytest.raises(DatabaseError, match="is not an Interlock database"):
            opening(path)


def test_a_newer_schema_is_refused_with_one_line(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    with closing(sqlite3.connect(path)) as register:
        register.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    for opening in (open_reading, open_writing):
        with pytest.raises(DatabaseError, match="newer Interlock"):
            opening(path)


def test_an_older_schema_is_upgraded_by_the_next_import_after_a_backup(tmp_path: Path) -> None:
    path = old_register("schema-5", tmp_path / "r.db")
    with closing(sqlite3.connect(path)) as old:
        (records,) = old.execute("SELECT count(*) FROM record").fetchone()
    with pytest.raises(DatabaseError, match=r"older schema .*`interlock doctor --upgrade` brings it up to date"):
        open_reading(path)
    make(path)
    with closing(open_reading(path)) as register:
        assert register.execute("SELECT count(*) FROM record").fetchone() == (records,)
        assert register.execute("SELECT max(id) FROM run").fetchone() == (10,)
    with closing(sqlite3.connect(tmp_path / "r.backup-5.db")) as backup:
        assert backup.execute("PRAGMA user_version").fetchone() == (5,)


def test_a_failing_upgrade_leaves_the_older_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = old_register("schema-5", tmp_path / "r.db")

    def broken(connection: sqlite3.Connection) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("db.database.upgrade.rebuild", broken)
    with closing(open_writing(path)) as register:
        with pytest.raises(DatabaseError, match="disk is full"):
            upgrade(register, path)
        assert register.execute("PRAGMA user_version").fetchone() == (5,)
        assert register.execute("SELECT count(*) FROM told").fetchone() > (0,)
        assert register.execute("PRAGMA foreign_keys").fetchone() == (1,)


@pytest.mark.parametrize("schema", [1, 2, 3])
def test_what_was_made_before_the_first_version_is_refused_in_one_line(tmp_path: Path, schema: int) -> None:
    path = make(tmp_path / "r.db")
    with closing(sqlite3.connect(path)) as register:
        register.execute(f"PRAGMA user_version = {schema}")
    for opening in (open_reading, open_writing):
        with pytest.raises(DatabaseError, match=r"before Interlock 0\.1\.0 .*; import anew into another file"):
            opening(path)


def test_reading_works_while_an_import_writes_and_shows_what_was_there_before(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    with ImportSession.begin(path, command="test") as session:
        session.take(Reading(SourceSaid("file:b", "b"), [RowSaid(1, (trust("RJC", "New"),))]), format="test")
        with closing(open_reading(path)) as register:
            assert register.execute("SELECT count(*) FROM record").fetchone() == (1,)
        session.finish()
    with closing(open_reading(path)) as register:
        assert register.execute("SELECT count(*) FROM record").fetchone() == (2,)


def test_leaving_a_session_without_finishing_leaves_the_register_as_it_was(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    with ImportSession.begin(path, command="test") as session:
        session.take(Reading(SourceSaid("file:b", "b"), [RowSaid(1, (trust("RJC", "New"),))]), format="test")
    with closing(open_reading(path)) as register:
        assert register.execute("SELECT count(*) FROM record").fetchone() == (1,)
        assert register.execute("SELECT count(*) FROM run").fetchone() == (1,)


def test_indexes_are_written_anew_where_most_records_are_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "MANY", 1)
    for source, codes, anew in (("a", ("RLQ", "RJC", "RXK"), True), ("b", ("RX1", "RX2"), False)):
        asked: list[str] = []
        with ImportSession.begin(tmp_path / "r.db", command="test") as session:
            rows = [RowSaid(line, (trust(code, f"Trust {code}"),)) for line, code in enumerate(codes, 1)]
            session.take(Reading(SourceSaid(f"file:{source}", source), rows), format="test")
            session._connection.set_trace_callback(asked.append)
            session.finish()
        assert ("REINDEX link" in asked) == anew


def test_what_is_committed_is_done_though_its_file_cannot_be_made_smaller(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    path = make(tmp_path / "r.db")
    monkeypatch.setattr(sessions, "release_pages", fail)
    with ImportSession.begin(path, command="test") as session:
        session.take(Reading(SourceSaid("file:b", "b"), [RowSaid(1, (trust("RJC", "New"),))]), format="test")
        assert session.finish().run == 2
    with closing(open_reading(path)) as register:
        assert register.execute("SELECT count(*) FROM run").fetchone() == (2,)


def test_a_dry_run_reports_and_writes_nothing(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    with ImportSession.begin(path, command="test", dry_run=True) as session:
        session.take(Reading(SourceSaid("file:b", "b"), [RowSaid(1, (trust("RJC", "New"),))]), format="test")
        run = session.finish()
    assert (run.run, run.sources[0].added) == (0, 1)
    with closing(open_reading(path)) as register:
        assert register.execute("SELECT count(*) FROM record").fetchone() == (1,)


def test_a_second_import_waits_with_a_message_then_gives_up(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    waited: list[bool] = []
    with (
        ImportSession.begin(path, command="first"),
        pytest.raises(DatabaseError, match="another import is still writing"),
    ):
        ImportSession.begin(path, command="second", wait=0.01, on_wait=lambda: waited.append(True))
    assert waited == [True]


def test_a_killed_import_leaves_the_old_database(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    script = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from db.statements import *\n"
        "from db.store.session import ImportSession\n"
        "session = ImportSession.begin(Path(sys.argv[1]), command='killed')\n"
        "trusts = [Statement(f'ods:X{n}', 'organisation', names=(NameSaid(f'Trust {n}'),)) for n in range(3000)]\n"
        "said = [RowSaid(n, (trust,)) for n, trust in enumerate(trusts)]\n"
        "session._connection.execute('PRAGMA cache_size = 10')\n"
        "session.take(Reading(SourceSaid('file:b', 'b'), said), format='test')\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", script, str(path)], cwd=ROOT, check=False)
    assert ended.returncode == -9
    assert (tmp_path / "r.db-wal").stat().st_size > 0, "the kill has to come when rows are written already"
    with closing(open_reading(path)) as register:
        assert register.execute("SELECT count(*) FROM record").fetchone() == (1,)
    make(path, "Renamed")
    with closing(open_reading(path)) as register:
        assert register.execute("SELECT name FROM record").fetchall() == [("Renamed",)]
        assert register.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="users and permissions are those of Unix")
@pytest.mark.parametrize("journal", [False, True])
def test_a_read_only_file_in_a_read_only_folder_is_read(tmp_path: Path, journal: bool) -> None:
    folder = tmp_path / "shelf"
    folder.mkdir()
    path = make(folder / "r.db")
    if journal:
        # A copy taken while somebody writes: the newest rows are in the journal beside the file.
        writer = sqlite3.connect(path)
        writer.execute("UPDATE record SET name = 'From the journal'")
        writer.commit()
        images = {name: (folder / name).read_bytes() for name in ("r.db", "r.db-wal")}
        writer.close()
        for name, content in images.items():
            (folder / name).write_bytes(content)
    for file in folder.iterdir():
        file.chmod(stat.S_IRUSR | stat.S_IRGRP | stat.S_IROTH)
    folder.chmod(0o555)
    try:
        found = _as_nobody(path)
    finally:
        folder.chmod(0o755)
    assert found == ("From the journal" if journal else "Wye Valley NHS Trust")


def _as_nobody(path: Path) -> str:
    """Read the trust's name in a process that may not write, whoever runs the tests: root may write everywhere."""
    for parent in path.parents:
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)
    ear, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setuid(65534)
            with closing(open_reading(path)) as connection:
                told = str(connection.execute("SELECT name FROM record").fetchone()[0])
        except BaseException as error:  # the child tells whatever went wrong, and must never go on as a second pytest
            told = repr(error)
        os.write(mouth, told.encode())
        os._exit(0)
    os.close(mouth)
    with os.fdopen(ear) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return told


@pytest.mark.parametrize("name", ["a?b.db", "a#b.db", "100%25.db", "ä ö.db", "a;b&c=d.db"])
def test_a_path_with_marks_that_a_uri_gives_a_meaning_is_read(tmp_path: Path, name: str) -> None:
    with closing(open_reading(make(tmp_path / name))) as register:
        assert register.execute("SELECT count(*) FROM record").fetchone() == (1,)


def test_words_that_read_otherwise_now_are_searched_as_they_read_now(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    with closing(open_writing(path)) as register:
        register.execute("UPDATE record SET type = 'nhs-trust'")
        register.execute("UPDATE term SET label = 'zebra' WHERE name = 'nhs-trust'")
        register.execute("UPDATE _meta SET value = 'of another version' WHERE name = 'vocabulary'")
        upgrade(register, path)
        assert register.execute("SELECT label FROM term WHERE name = 'nhs-trust'").fetchone() == ("NHS trust",)
        assert check(register) == []


def test_foreign_keys_are_enforced_while_writing(tmp_path: Path) -> None:
    with closing(open_writing(make(tmp_path / "r.db"))) as register:
        with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
            register.execute("INSERT INTO name (record_id, name, kind) VALUES (99, 'Nobody', 'official')")


def test_a_review_of_a_database_that_is_not_there_makes_none(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="there is no such database, so there is nothing to review"):
        review(tmp_path / "none.db", {}, [1], command="a test")
    assert list(tmp_path.iterdir()) == []
