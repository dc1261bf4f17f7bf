"""Registers of older versions, brought to the schema of today, hold what they held."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.database.connection import SCHEMA_VERSION, open_writing
from db.database.resolved import is_resolved
from db.database.upgrade import upgrade
from db.database.upgrade_6 import statement_text
from db.doctor import bring_up_to_date
from db.errors import UsageError
from db.register import open_register
from db.store.statement_rows import digest
from db.store.undo import undo
from importers.run import ImportOptions, import_sources
from tests.db.contents import content, mark
from tests.db.made_registers import write_list, write_texts
from tests.db.made_release import MONTHS, write_release
from tests.db.old_registers import VERSIONS, old_register, undone


def statements(register: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """What each source said that was written down as a statement."""
    if register.execute("PRAGMA user_version").fetchone()[0] < 6:
        register.create_function("body_text", 1, statement_text)
        query = "SELECT id, record_id, source_id, line, body_text(body), withdrawn, ended FROM said"
    else:
        query = "SELECT id, record_id, source_id, line, body, withdrawn, ended FROM _statement"
    return register.execute(query).fetchall()


def sole(register: sqlite3.Connection) -> dict[int, tuple[int, str, int]]:
    """By record, of which source which row says all there is, and its digest."""
    (schema,) = register.execute("PRAGMA user_version").fetchone()
    if schema > 6:
        query = "SELECT m.id, e.source_id, e.locator, m.digest FROM _sole m JOIN evidence e ON e.id = evidence_id"
    else:
        query = f"SELECT id, source_id, 'row ' || line, digest FROM {'_sole' if schema == 6 else 'told'}"
    return {record: (source, row, mark) for record, source, row, mark in register.execute(query)}


def sole_evidence_stands_once(register: sqlite3.Connection) -> bool:
    """Whether the row that says all of a record is there, and is not cited as well."""
    cited = "SELECT subject_id FROM _citation WHERE subject = 'record'"
    query = f"SELECT evidence_id IN (SELECT id FROM evidence), id IN ({cited}) FROM _sole"
    return set(register.execute(query)) <= {(1, 0)}


TELLING = sorted(version for version, schema in VERSIONS.items() if schema < 6)
"""Versions that kept what one row alone told in tables of its own."""
RESOLVED_OTHERWISE = sorted(version for version, schema in VERSIONS.items() if schema < 8)
"""Versions whose rules resolved otherwise: a later migration forgets that the register was resolved as it is now."""


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    """An older version."""
    name: str = request.param
    return name


@pytest.fixture
def old(version: str, tmp_path: Path) -> Path:
    """A register as it made it."""
    return old_register(version, tmp_path / "r.db")


@pytest.fixture(scope="module")
def upgraded() -> dict[str, bytes]:
    """By version its register as it is once it is upgraded, where a test has wanted that."""
    return {}


@pytest.fixture
def current(version: str, upgraded: dict[str, bytes], tmp_path: Path) -> Path:
    """A register as it made it, brought to the schema of today."""
    path = tmp_path / "r.db"
    if version not in upgraded:
        brought_up_to_date(old_register(version, path))
        upgraded[version] = path.read_bytes()
    else:
        path.write_bytes(upgraded[version])
    return path


def brought_up_to_date(path: Path) -> Path | None:
    """Upgrade a register, and return its backup."""
    with closing(open_writing(path)) as register:
        return upgrade(register, path)


def test_it_holds_what_it_held(old: Path) -> None:
    with closing(sqlite3.connect(old)) as register:
        before, said = content(register), statements(register)
        told = sole(register)
    assert told, "a record that one row alone tells of"
    brought_up_to_date(old)
    with closing(sqlite3.connect(old)) as register:
        after = content(register)
        for name, rows in before.items():
            # Words of the program itself are brought up to date as well.
            if name not in ("term", "link type"):
                assert after[name] == rows, name
        assert statements(register) == said
        assert sole(register) == told
        assert sole_evidence_stands_once(register)
        assert register.execute("PRAGMA foreign_key_check").fetchall() == []
        assert register.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.parametrize("version", TELLING)
def test_what_has_a_day_yet_to_come_is_read_again_with_the_next_release(old: Path) -> None:
    with closing(sqlite3.connect(old)) as register, register:
        told = dict(register.execute("SELECT id, digest FROM told"))
        planned, closing_soon, *_ = sorted(told)
        register.execute("UPDATE record SET status = 'planned' WHERE id = ?", (planned,))
        register.execute("UPDATE record SET status = 'open', open = 1, closed = '2099' WHERE id = ?", (closing_soon,))
    brought_up_to_date(old)
    with closing(sqlite3.connect(old)) as register:
        held = dict(register.execute("SELECT id, digest FROM _sole"))
    assert held.keys() == told.keys()
    assert {row for row, digest in held.items() if digest != told[row]} == {planned, closing_soon}
    assert not {held[planned], held[closing_soon]} & set(told.values())


@pytest.mark.parametrize("version", RESOLVED_OTHERWISE)
def test_what_an_older_version_resolved_is_resolved_anew_in_a_run_that_can_be_undone(current: Path) -> None:
    with closing(sqlite3.connect(current)) as register:
        before = content(register)
        assert not is_resolved(register)
    run = bring_up_to_date(current).run
    assert run is not None
    with closing(sqlite3.connect(current)) as register:
        stated = register.execute("SELECT count(*) FROM value").fetchone()
        assert (stated > (0,), is_resolved(register)) == (True, True)
    assert bring_up_to_date(current) == (None, None)
    undo(current, run)
    with closing(sqlite3.connect(current)) as register:
        after = content(register)
        assert not is_resolved(register)
    assert {name: rows for name, rows in after.items() if name != "run"} == {
        name: rows for name, rows in before.items() if name != "run"
    }


def test_its_schema_is_that_of_a_new_one(old: Path, version: str) -> None:
    # A column that a table was given stands elsewhere in its text: `test_migrations` compares tables by their columns.
    which = "" if version in TELLING else " AND (type <> 'table' OR name LIKE '%search%')"
    # Those made by sqlite-utils have their names in quotes, and lines of their own.
    text = "replace(replace(replace(sql, char(10), ' '), '\"', ''), ' ', '')"
    query = f"SELECT type, name, tbl_name, {text} FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'{which}"
    brought_up_to_date(old)
    with closing(sqlite3.connect(old)) as register, closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
        upgrade(new)
        assert set(register.execute(query)) == set(new.execute(query))
        versions = [one.execute("PRAGMA user_version").fetchone() for one in (register, new)]
        assert versions == [(SCHEMA_VERSION,)] * 2


@pytest.mark.parametrize("version", TELLING)
@pytest.mark.parametrize(
    ("table", "owner"),
    [("name", "record_id"), ("identifier", "record_id"), ("fact", "record_id"), ("link", "source_id")],
)
def test_the_rows_that_a_run_told_are_those_that_it_inserted(current: Path, table: str, owner: str) -> None:
    query = "SELECT first_id, last_id FROM _change WHERE run_id = 2 AND tbl = ? AND before IS NULL"
    with closing(sqlite3.connect(current)) as register:
        first_record, last_record = register.execute(query, ("record",)).fetchone()
        told = f"SELECT id FROM {table} WHERE {owner} IN (SELECT id FROM _sole)"
        found = [row for (row,) in register.execute(f"{told} AND {owner} BETWEEN {first_record} AND {last_record}")]
        assert found
        ranges = register.execute(query, (table,)).fetchall()
        if table != "link":  # those that the far end owns may be of other runs
            assert set(found) <= {row for first, last in ranges for row in range(first, last + 1)}
        for first, last in ranges:
            inside = f"SELECT count(*), min({owner}), max({owner}) FROM {table} WHERE id BETWEEN ? AND ?"
            number, least, most = register.execute(inside, (first, last)).fetchone()
            # Rows that runs have changed since keep their numbers free.
            assert 0 < number <= last - first + 1
            assert first_record <= least <= most <= last_record


@pytest.mark.parametrize("version", TELLING)
def test_the_change_log_speaks_of_no_table_of_before(current: Path) -> None:
    with closing(sqlite3.connect(current)) as register:
        images = register.execute("SELECT tbl, before FROM _change WHERE before IS NOT NULL").fetchall()
    assert not [table for table, _ in images if table.startswith(("told", "said", "cited"))]
    assert {table for table, _ in images} >= {"_statement", "_sole", "name", "identifier", "fact", "link", "evidence"}
    for table, before in images:
        if table == "_statement":
            assert json.loads(json.loads(before)[5])


def test_runs_of_before_are_undone_as_exactly_as_then(current: Path, version: str) -> None:
    for run, marked in undone(version).items():
        undo(current, run)
        with closing(sqlite3.connect(current)) as register:
            assert mark(register) == marked, run
            assert sole_evidence_stands_once(register)
            assert register.execute("PRAGMA foreign_key_check").fetchall() == []
            marks = register.execute("SELECT body, digest FROM _statement").fetchall()
            assert all(digest(body) == marked for body, marked in marks)


@pytest.mark.parametrize("version", TELLING)
@pytest.mark.parametrize(
    ("run", "said"),
    [
        (2, "run 2 cannot be undone: an older Interlock made run 8, which builds on it, and kept what was before"),
        (8, "run 8 cannot be undone: an older Interlock made it and kept what was before in another way"),
    ],
)
def test_a_run_that_changed_what_is_told_still_is_not_undone_but_refused(old: Path, run: int, said: str) -> None:
    with closing(sqlite3.connect(old)) as register, register:
        (told,) = register.execute("SELECT min(record_id) FROM told_fact").fetchone()
        register.execute(
            "INSERT INTO change (run_id, tbl, first_id, last_id, before) VALUES (8, 'told_fact', ?1, ?1, ?2)",
            (told, json.dumps([[told, 0, 1, "as it was", None]])),
        )
    brought_up_to_date(old)
    before = old.read_bytes()
    with pytest.raises(UsageError, match=said):
        undo(old, run)
    assert old.read_bytes() == before


@pytest.mark.parametrize("version", TELLING)
def test_neither_is_one_that_changed_links_that_are_told_still(old: Path) -> None:
    with closing(sqlite3.connect(old)) as register, register:
        before = [
            list(row)
            for row in register.execute(
                "SELECT * FROM told_link WHERE source_id = (SELECT max(source_id) FROM told_link)"
            )
        ]
        before[0][4] = "another role"
        register.execute(
            "INSERT INTO change (run_id, tbl, first_id, last_id, before) VALUES (8, 'told_link', ?1, ?1, ?2)",
            (before[0][0], json.dumps(before)),
        )
    brought_up_to_date(old)
    with pytest.raises(UsageError, match="run 8 cannot be undone: an older Interlock made it"):
        undo(old, 8)


@pytest.mark.parametrize("version", TELLING)
def test_what_a_run_of_before_did_is_told_as_then(current: Path) -> None:
    with open_register(current) as register:
        done = register.diff(3)
        assert [one.key for one in done.added] == ["ods:RZ4"]
        assert [one.key for one in done.closed] == ["ods:VZ1"]
        assert [one.key for one in done.gone] == ["ods:EZ1"]
        assert len(register.diff(2).added) == 26


def test_reading_the_same_again_changes_nothing(current: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(current)) as register:
        before = content(register)
    # Partners are read otherwise now: they take part in footprints, no longer in the boards that have their codes.
    files = [write_release(tmp_path, MONTHS[1]), write_list(tmp_path), write_texts(tmp_path)[0]]
    for file in files:
        imported = import_sources(current, [str(file)], ImportOptions("test", batches=True))
        (report,) = imported.run.sources
        assert report.unchanged == report.read - report.rejected, file
    with closing(sqlite3.connect(current)) as register:
        after = content(register)
        # What an older version did not ask is asked now.
        asked = {"run", "run source", "reject", "source", "suggestion"}
        assert {name for name in before if after[name] != before[name]} <= asked
