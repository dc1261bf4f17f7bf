"""Upgrades: a backup is whole or not there, as private as the original, and one is enough."""

from __future__ import annotations

import os
import signal
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from shutil import copyfile

import pytest

import db.database.upgrade
from db.database.connection import SCHEMA_VERSION, open_reading, open_writing
from db.database.upgrade import upgrade
from db.doctor import bring_up_to_date
from db.errors import DatabaseError
from db.files.leftovers import clear_leftovers
from tests.db.contents import mark
from tests.db.old_registers import VERSIONS, old_register
from tests.db.test_connection import make
from tests.depth import DEEP
from tests.trouble import FORKS, NOBODY, OtherUser, folder_for_all, killed_at, needs_root, small_disk

OLD = VERSIONS["0.1.0"]
RECORDS = 85


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A register of an older schema."""
    (tmp_path / "shelf").mkdir()
    return made_old(tmp_path / "shelf" / "r.db")


def made_old(path: Path) -> Path:
    """Make a register as an older version did."""
    return old_register("0.1.0", path)


def upgraded(path: Path) -> None:
    """Upgrade it as an import does before it begins."""
    with closing(open_writing(path)) as register:
        upgrade(register, path)


def version(path: Path) -> int:
    """The schema of a database that is sound and holds all that it held."""
    with closing(sqlite3.connect(path)) as register:
        assert register.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert register.execute("SELECT count(*) FROM record").fetchone() == (RECORDS,)
        return int(register.execute("PRAGMA user_version").fetchone()[0])


def backups(path: Path) -> list[Path]:
    """What stands beside it by the name of a backup."""
    return sorted(path.parent.glob("*.backup-*.db"))


@pytest.mark.skipif(not FORKS, reason="processes are those of Unix")
def test_an_upgrade_that_is_killed_leaves_whole_backups_and_one_of_them(old: Path, tmp_path: Path) -> None:
    left = 0
    for number in range(1, 100):
        folder = tmp_path / str(number)
        folder.mkdir()
        path = Path(copyfile(old, folder / "r.db"))
        if not killed_at(number, lambda path=path: upgraded(path)):  # type: ignore[misc]
            break
        left += len(backups(path))
        assert all(version(backup) == OLD for backup in backups(path))
        assert version(path) in (OLD, SCHEMA_VERSION)
        clear_leftovers(str(folder))
        upgraded(path)
        assert version(path) == SCHEMA_VERSION
        assert [version(backup) for backup in backups(path)] == [OLD]
        assert {file.name for file in folder.iterdir()} <= {"r.db", "r.db-shm", "r.db-wal", "r.backup-4.db"}
    assert number > 5
    assert left, "a kill has to come behind the backup"


@pytest.mark.skipif(not FORKS, reason="processes are those of Unix")
def test_an_upgrade_that_is_killed_at_any_statement_leaves_the_old_register(old: Path) -> None:
    with closing(sqlite3.connect(old)) as register:
        held = mark(register)
    number = 1
    # The last statement comes behind the one that commits.
    while killed_at_statement(number, old) and version(old) == OLD:
        with closing(sqlite3.connect(old)) as register:
            assert mark(register) == held
        number += 14 if DEEP else 197
    assert number > 100
    assert version(old) == SCHEMA_VERSION
    with closing(sqlite3.connect(old)) as register:
        assert mark(register) == held


def killed_at_statement(number: int, path: Path) -> bool:
    """Upgrade a register in a process that is killed at the `number`-th statement; tell whether it was."""
    child = os.fork()
    if child == 0:
        try:
            left = count(number, -1)
            with closing(open_writing(path)) as register:
                register.set_trace_callback(lambda _: None if next(left) > 1 else os.kill(os.getpid(), signal.SIGKILL))
                upgrade(register, path)
        finally:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_an_upgrade_that_fails_leaves_no_backup_and_each_try_says_the_same(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("db.database.upgrade.rebuild", full)
    for _ in range(2):
        with pytest.raises(DatabaseError, match="the disk is full; nothing was changed"):
            upgraded(old)
        assert os.listdir(old.parent) == ["r.db"]
    assert version(old) == OLD


def test_a_backup_is_never_written_over_another(old: Path) -> None:
    old.with_name("r.backup-4.db").write_bytes(b"of somebody else")
    upgraded(old)
    assert old.with_name("r.backup-4.db").read_bytes() == b"of somebody else"
    assert version(old.with_name("r.backup-4-1.db")) == OLD


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_a_backup_is_as_private_as_the_original(old: Path, mode: int) -> None:
    old.chmod(mode)
    upgraded(old)
    (backup,) = backups(old)
    assert backup.stat().st_mode & 0o777 == mode


def test_a_backup_belongs_to_whom_the_original_belongs(old: Path) -> None:
    needs_root()
    os.chown(old, NOBODY, NOBODY)
    upgraded(old)
    (backup,) = backups(old)
    assert (backup.stat().st_uid, backup.stat().st_gid) == (NOBODY, NOBODY)


def test_an_empty_file_that_becomes_a_register_stays_as_private_as_it_was(tmp_path: Path) -> None:
    from importers.run import ImportOptions, import_sources

    path = tmp_path / "r.db"
    path.touch(0o600)
    (tmp_path / "a.yaml").write_text("format: interlock-records/1\nid: a\norganisations: [{key: 'org:a', name: A}]\n")
    import_sources(path, [str(tmp_path / "a.yaml")], ImportOptions("test"))
    assert path.stat().st_mode & 0o777 == 0o600


def test_of_two_commands_that_upgrade_at_once_one_does(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, said = db.database.upgrade._backup, []

    def another_comes(path: Path, schema: int) -> tuple[Path, bool]:
        monkeypatch.setattr(db.database.upgrade, "_backup", real)
        with closing(open_writing(old)) as second, pytest.raises(DatabaseError, match="is locked") as raised:
            second.execute("PRAGMA busy_timeout = 0")
            upgrade(second, old)
        said.append(raised)
        return real(path, schema)

    monkeypatch.setattr(db.database.upgrade, "_backup", another_comes)
    with closing(open_writing(old)) as first, closing(open_writing(old)) as third:
        upgrade(first, old)
        upgrade(third, old)
    assert said
    assert len(backups(old)) == 1
    assert version(old) == SCHEMA_VERSION


@pytest.mark.parametrize("times", [1.2, 1.6, 2.1, 2.5, 6, 10])
def test_a_full_disk_leaves_the_old_database_and_no_part_of_a_backup(old: Path, tmp_path: Path, times: float) -> None:
    with small_disk(tmp_path / "disk", int(old.stat().st_size * times)) as disk:
        path = Path(copyfile(old, disk / "r.db"))
        try:
            upgraded(path)
        except DatabaseError as error:
            assert times < 10
            assert "full" in str(error)
            assert path.read_bytes() == old.read_bytes()
            assert not backups(path)
            assert {file.name for file in disk.iterdir()} <= {"r.db", "r.db-shm", "r.db-wal"}
        else:
            assert times > 2
            assert version(path) == SCHEMA_VERSION
            assert [version(backup) for backup in backups(path)] == [OLD]


@pytest.mark.parametrize(
    "change",
    [
        "PRAGMA user_version = 2",
        "PRAGMA user_version = 1",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -7",
        "DELETE FROM _sqlite_migrations",
        "DROP TABLE _sqlite_migrations",
    ],
)
def test_a_schema_that_is_not_known_is_one_line_with_advice_and_no_backup(old: Path, change: str) -> None:
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        other.execute(change)
    with pytest.raises(
        DatabaseError, match=r"has a schema that no Interlock has made .*; restore a backup|made before Interlock 0"
    ):
        upgraded(old)
    with pytest.raises(DatabaseError, match=r"schema"):
        open_reading(old)
    assert not backups(old)


@pytest.mark.parametrize("kind", ["view", "table"])
def test_a_schema_that_is_not_what_it_was_is_called_damage_and_never_a_missing_view(old: Path, kind: str) -> None:
    query = "SELECT name FROM sqlite_schema WHERE type = ? AND name NOT LIKE 'sqlite%' AND name NOT LIKE '%migrations'"
    with closing(sqlite3.connect(old, isolation_level=None)) as other:
        for (name,) in other.execute(query, (kind,)).fetchall():
            if kind == "view" or name in ("meta", "said"):
                other.execute(f"DROP {kind} {name}")
    with pytest.raises(DatabaseError, match=r"r\.db: is damaged \(.*\); restore a backup or import anew"):
        upgraded(old)
    assert not backups(old)


def test_a_register_of_this_schema_is_not_backed_up(tmp_path: Path) -> None:
    path = make(tmp_path / "r.db")
    make(path, "Renamed")
    assert not backups(path)


@pytest.mark.parametrize("question", ["read", "upgrade"])
def test_who_may_not_write_to_an_older_register_is_told_so_in_one_line(tmp_path: Path, question: str) -> None:
    needs_root()
    with folder_for_all() as folder:
        path = made_old(folder / "r.db")
        held = path.read_bytes()

        def answer(question: str) -> object:
            if question == "upgrade":
                return bring_up_to_date(path)
            return open_reading(path) if question == "read" else "closed"

        # What is loaded later may not be readable.
        other = OtherUser(lambda: bring_up_to_date(made_old(tmp_path / "loaded.db")), answer)
        said = other(question)
        other.end()
        assert "\n" not in said
        assert {"read": "doctor --upgrade` brings it up to date", "upgrade": "may not be written"}[question] in said
        assert path.read_bytes() == held
        assert not backups(path)
