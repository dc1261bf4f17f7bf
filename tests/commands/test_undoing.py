"""`interlock diff` and `interlock undo` as people and scripts use them."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.database.connection import open_reading
from db.errors import DatabaseError
from db.search.check import check
from db.store import undo
from importers.run import ImportOptions, import_sources
from tests.commands.conftest import Interlock, Once
from tests.db.old_registers import old_register
from tests.db.store.registers import rows

_KEPT: list[bytes] = []
"""The database that the tests begin with, once it is made."""


@pytest.fixture
def database(once: Once, etr: Path, tmp_path: Path) -> Path:
    """A register with a small list of trusts as run 2, and a newer one as run 3."""
    path = tmp_path / "r.db"

    def make() -> None:
        newer = etr.with_name("etr-2025-06.csv")
        text = etr.read_text("utf-8").replace("ONE NHS TRUST", "FIRST NHS TRUST").replace('"RZ2"', '"RZ3"')
        newer.write_text(text, "utf-8")
        for file in (etr, newer):
            import_sources(path, [str(file)], ImportOptions(f"import {file.name}"))

    return once(path, make)


def held(path: Path) -> dict[str, list[object]]:
    """Every row that a run may change."""
    with closing(open_reading(path)) as connection:
        return rows(connection)


def test_a_diff_tells_what_was_added_changed_and_refused(interlock: Interlock, database: Path) -> None:
    done = interlock("diff", "3", "--db", database, "--format", "json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    diff = json.loads(done.stdout)
    assert list(diff) == [
        "version",
        "run",
        "added",
        "updated",
        "closed",
        "reopened",
        "gone",
        "rejects",
        "rejects_left_out",
    ]
    assert [one["key"] for one in diff["added"]] == ["ods:RZ3"]
    (changed,) = (one for one in diff["updated"] if one["key"] == "ods:RZ1")
    assert changed["name"] == "First NHS Trust"
    assert {"what": "name", "before": "One NHS Trust", "after": "First NHS Trust"} in changed["changes"]
    assert [one["key"] for one in diff["gone"]] == ["ods:RZ2"]
    assert diff["rejects"][0]["line"] == 3


def test_a_diff_for_people_counts_on_stderr_and_is_cut_only_where_it_says_so(
    interlock: Interlock, database: Path
) -> None:
    table = interlock("diff", "2", "--db", database)
    assert table.stdout.startswith("did ")
    assert "run 2: 4 added (2 of them described by no source), 1 row refused\n" in table.stderr
    assert "described by no source" in table.stdout and "placeholder" not in table.stdout
    assert ":3: " in table.stderr
    assert "\n      name: One NHS Trust → First NHS Trust\n" in interlock("diff", "3", "--db", database).stdout
    cut = interlock("diff", "2", "--db", database, "--limit", "1")
    assert "more added; --limit shows more, --format json all" in cut.stderr
    lines = list(csv.DictReader(io.StringIO(interlock("diff", "3", "--db", database, "--format", "csv").stdout)))
    assert {"did", "key", "name", "what", "before", "after"} == set(lines[0])
    assert ("updated", "ods:RZ1", "name") in {(line["did"], line["key"], line["what"]) for line in lines}
    row = json.loads(interlock("diff", "3", "--db", database, "--format", "jsonl").stdout.splitlines()[0])
    assert (row["did"], row["key"]) == ("added", "ods:RZ3")
    assert "| added | ods:RZ3 |" in interlock("diff", "3", "--db", database, "--format", "markdown").stdout


def test_an_undone_run_leaves_the_register_as_it_was(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    records = '{"format": "interlock-records/1", "id": "mine", "organisations": [{"key": "org:a", "name": "A body"}]}'
    interlock("import", "-", "--db", path, stdin=records)
    before = held(path)
    interlock("import", etr, "--db", path)
    done = interlock("undo", "3", "--db", path, "--format", "json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert list(answer)[:4] == ["version", "run", "records", "links"]
    assert (answer["run"], answer["records"]) == (3, 2)
    assert held(path) == before
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        assert check(connection) == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert interlock("show", "RZ1", "--db", path).returncode == 1
    listed = json.loads(interlock("runs", "--db", path, "--format", "json").stdout)["runs"]
    assert [run["undone"] for run in listed] == [False, False, True]
    again = json.loads(interlock("import", etr, "--db", path, "--format", "json").stdout)
    assert (again["run"], again["sources"][0]["added"]) == (4, 2)


@pytest.mark.parametrize("form", ["table", "jsonl", "csv", "tsv", "markdown"])
def test_undo_answers_in_every_format(interlock: Interlock, database: Path, form: str) -> None:
    done = interlock("undo", "3", "--db", database, "--format", form)
    assert done.returncode == 0, done.stderr
    assert "restored" in done.stdout
    assert done.stderr.startswith("run 3 is undone: ")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["undo", "1"], 2, "run 1 is the built-in register, which cannot be undone"),
        (["undo", "2"], 2, "run 2 cannot be undone: run 3 builds on it; first interlock undo 3"),
        (["undo", "9"], 1, "there is no run 9; interlock runs lists them"),
        (["diff", "9"], 1, "there is no run 9; interlock runs lists them"),
        (["diff", "etr"], 2, "'etr' is not a whole number of 0 or more; a run is named by its number"),
        (["undo"], 2, "undo needs RUN: interlock undo RUN"),
        (["undo", "2", "3"], 2, "undo does not know what to do with '3'"),
    ],
)
def test_what_cannot_be_undone_or_shown_is_one_line_and_changes_nothing(
    interlock: Interlock, database: Path, words: list[str], code: int, said: str
) -> None:
    before = held(database)
    done = interlock(*words, "--db", database)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(f"interlock: {said}")
    assert done.stderr.count("\n") == 1
    assert held(database) == before


def test_an_undone_run_is_neither_undone_nor_shown_again(interlock: Interlock, database: Path) -> None:
    interlock("undo", "3", "--db", database)
    again = interlock("undo", "3", "--db", database)
    assert (again.returncode, again.stdout) == (2, "")
    assert "was undone already" in again.stderr
    shown = interlock("diff", "3", "--db", database)
    assert (shown.returncode, shown.stdout) == (1, "")
    assert interlock("undo", "2", "--db", database).returncode == 0


def test_undo_needs_a_database_that_is_there_and_may_be_written(interlock: Interlock, tmp_path: Path) -> None:
    missing = interlock("undo", "2", "--db", tmp_path / "missing.db")
    assert missing.returncode == 4
    assert "there is no such database" in missing.stderr
    assert not (tmp_path / "missing.db").exists()
    (tmp_path / "empty.db").touch()
    assert interlock("undo", "2", "--db", tmp_path / "empty.db").returncode == 4
    assert (tmp_path / "empty.db").stat().st_size == 0
    assert interlock("undo", "2", "--builtin").returncode == 2


def test_undo_waits_for_another_writer_and_then_gives_up(interlock: Interlock, database: Path) -> None:
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = interlock("undo", "3", "--db", database, "--wait", "0.1")
        read = interlock("diff", "3", "--db", database)
    assert (refused.returncode, refused.stdout) == (4, "")
    assert "--wait" in refused.stderr
    assert read.returncode == 0, read.stderr


@pytest.mark.parametrize("trouble", [KeyboardInterrupt(), sqlite3.OperationalError("database or disk is full")])
def test_whatever_ends_an_undo_before_its_end_leaves_the_register_as_it_is(
    database: Path, monkeypatch: pytest.MonkeyPatch, trouble: BaseException
) -> None:
    before = held(database)

    def interrupted(*_: object) -> None:
        raise trouble

    monkeypatch.setattr(undo, "_restore_cited", interrupted)
    with pytest.raises(KeyboardInterrupt if isinstance(trouble, KeyboardInterrupt) else DatabaseError):
        undo.undo(database, 3)
    assert held(database) == before
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT undone FROM run WHERE id = 3").fetchone() == (None,)


def test_an_older_schema_is_not_undone_but_refused(interlock: Interlock, tmp_path: Path) -> None:
    path = old_register("schema-5", tmp_path / "old.db")
    done = interlock("undo", "8", "--db", path)
    assert (done.returncode, done.stdout) == (4, "")
    assert "older schema" in done.stderr
    assert "`interlock doctor --upgrade` brings it up to date" in done.stderr
