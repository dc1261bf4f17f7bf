"""The doctor finds what is wrong with a register, says what repairs it, and repairs the search index."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.database.connection import SCHEMA_VERSION
from tests.commands.conftest import Asking, Interlock
from tests.db.old_registers import old_register
from tui.cli.main import main


@pytest.fixture
def copy(built_in: Path, tmp_path: Path) -> Path:
    """A register of its own to damage."""
    path = tmp_path / "register.db"
    shutil.copyfile(built_in, path)
    return path


def _damaged(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as conn, conn:
        conn.executescript(sql)


def test_a_sound_register_passes_every_check(asked: Asking, built_in: Path) -> None:
    answer = asked("doctor", "--db", built_in)
    assert [one["check"] for one in answer["checks"]] == ["file", "references", "vocabulary", "search index", "sources"]
    assert all(one["ok"] and one["found"] == [] and one["repair"] is None for one in answer["checks"])
    assert answer["problems"] == 0


@pytest.mark.parametrize(
    ("damage", "check", "said", "repair"),
    [
        ("UPDATE record SET name = 'Another' WHERE id = 1", "search index", "not up to date for", "--rebuild-index"),
        ("DELETE FROM _search_word", "search index", "list of words", "--rebuild-index"),
        ("DROP TABLE _search_text", "search index", "cannot be read", "--rebuild-index"),
        ("UPDATE _meta SET value = '' WHERE name = 'vocabulary'", "vocabulary", "another version", "--rebuild-index"),
        ("PRAGMA foreign_keys = OFF; DELETE FROM source WHERE id = 1", "references", "not there", "undo the last"),
    ],
)
def test_what_is_wrong_is_told_with_what_repairs_it(
    interlock: Interlock, copy: Path, damage: str, check: str, said: str, repair: str
) -> None:
    _damaged(copy, damage)
    done = interlock("doctor", "--db", copy, "--format", "json")
    assert done.returncode == 4
    assert "failed" in done.stderr
    found = next(one for one in json.loads(done.stdout)["checks"] if one["check"] == check)
    assert not found["ok"]
    assert any(said in line for line in found["found"])
    assert repair in found["repair"]


@pytest.mark.parametrize("damage", ["DELETE FROM _search_word", "DROP TABLE _search_text", "DELETE FROM _search_data"])
def test_a_rebuilt_index_is_sound_and_finds_again(interlock: Interlock, copy: Path, damage: str) -> None:
    _damaged(copy, damage)
    done = interlock("doctor", "--rebuild-index", "--db", copy)
    assert done.returncode == 0, done.stderr
    assert "ods:RLQ" in interlock("find", "wye vally", "--db", copy).stdout


def test_the_built_in_register_is_checked_but_never_written(interlock: Interlock) -> None:
    assert interlock("doctor", "--builtin").returncode == 0
    refused = interlock("doctor", "--builtin", "--rebuild-index")
    assert refused.returncode == 2
    assert "cannot be written" in refused.stderr


def test_an_empty_file_has_nothing_to_rebuild_and_stays_empty(interlock: Interlock, tmp_path: Path) -> None:
    (tmp_path / "empty.db").touch()
    done = interlock("doctor", "--rebuild-index", "--db", tmp_path / "empty.db")
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "no such database" in done.stderr
    assert (tmp_path / "empty.db").read_bytes() == b""


def test_there_is_nothing_to_rebuild_where_there_is_no_register(interlock: Interlock, tmp_path: Path) -> None:
    done = interlock("doctor", "--rebuild-index", "--db", tmp_path / "none.db")
    assert done.returncode == 4
    assert "no such database" in done.stderr
    assert not (tmp_path / "none.db").exists()


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A register as an older version made it."""
    return old_register("0.1.0", tmp_path / "old.db")


@pytest.mark.parametrize(
    "words", [["find", "trust"], ["show", "RZ1"], ["doctor"], ["doctor", "--rebuild-index"], ["undo", "8"]]
)
def test_an_older_register_is_one_line_that_says_what_to_do(interlock: Interlock, old: Path, words: list[str]) -> None:
    before = old.read_bytes()
    done = interlock(*words, "--db", old)
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr == (
        f"interlock: {old}: has an older schema (4, this one reads {SCHEMA_VERSION}); "
        "`interlock doctor --upgrade` brings it up to date, with a backup beside it\n"
    )
    assert old.read_bytes() == before


def test_an_older_register_is_brought_up_to_date_and_the_copy_is_told(interlock: Interlock, old: Path) -> None:
    done = interlock("doctor", "--upgrade", "--db", old)
    assert done.returncode == 0, done.stderr
    copy = f"{old.with_name('old.backup-4.db')} has it as it was"
    run = "run 10 noted who states which value, and can be undone"
    assert done.stderr == f"{old} is up to date; {copy}; {run}\n"
    assert interlock("show", "RZ1", "--db", old).stdout.startswith("Morecambe Bay University Hospitals")
    again = interlock("doctor", "--upgrade", "--db", old)
    assert (again.returncode, again.stderr) == (0, f"{old} is up to date already\n")
    assert len(list(old.parent.glob("*.backup-*"))) == 1


def test_an_import_brings_an_older_register_up_to_date(interlock: Interlock, old: Path, etr: Path) -> None:
    done = interlock("import", etr, "--db", old)
    assert done.returncode == 0, done.stderr
    assert old.with_name("old.backup-4.db").exists()
    assert "RZ1" in interlock("find", "one nhs trust", "--db", old).stdout


def test_whoever_upgrades_by_hand_is_told_that_it_takes_its_time(
    old: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    assert main(["doctor", "--upgrade", "--db", str(old)]) == 0
    first, *_ = capsys.readouterr().err.splitlines()
    assert first.startswith(f"bringing {old} up to date, with a backup beside it")


def test_damage_of_the_kept_built_in_register_names_the_file_to_be_removed(
    interlock: Interlock, tmp_path: Path
) -> None:
    aside = {"XDG_CACHE_HOME": str(tmp_path)}
    assert interlock("doctor", "--builtin", environment=aside).returncode == 0
    (kept,) = (tmp_path / "interlock").glob("builtin-*.db")
    sealed, whole = kept.stat(), kept.read_bytes()
    kept.write_bytes(whole[:8192] + b"\xff" * 4096 + whole[12288:])
    os.utime(kept, ns=(sealed.st_atime_ns, sealed.st_mtime_ns))
    damaged = interlock("doctor", "--builtin", environment=aside)
    assert damaged.returncode == 4
    assert f"remove {kept}: it is made anew" in damaged.stderr
    kept.unlink()
    assert interlock("doctor", "--builtin", environment=aside).returncode == 0
