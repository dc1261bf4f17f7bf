"""Registers of older versions, brought to the schema of today, hold what they held."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from db.connection import SCHEMA_VERSION, open_writing
from db.upgrade_6 import statement_text
from db.upgrading import upgrade
from tests.db.old_registers import VERSIONS, old_register

_RECORD = (
    "key, kind, type, name, status, open, opened, closed, legal_opened, legal_closed, form, legal_form, legal_basis, "
    "basis_status, summary, address, town, county, postcode, country, placeholder, "
    "(SELECT key FROM source WHERE id = gone)"
)
_LINK = (
    "SELECT l.id, s.key, t.key, y.name, l.role, l.since, l.until, l.legal_since, l.legal_until, l.status FROM link l "
    "JOIN record s ON s.id = source_id JOIN record t ON t.id = target_id JOIN link_type y ON y.id = type_id"
)
CONTENT = {
    "record": f"SELECT id, {_RECORD} FROM record",
    "name": "SELECT r.key, n.name, n.kind, since, until, verbatim FROM name n JOIN record r ON r.id = record_id",
    "identifier": "SELECT r.key, scheme, value FROM identifier JOIN record r ON r.id = record_id",
    "fact": "SELECT r.key, property, value, unit, as_of, text FROM fact JOIN record r ON r.id = record_id",
    "fact of a link": "SELECT link_id, property, value, unit, as_of, text FROM fact WHERE link_id IS NOT NULL",
    "link": _LINK.replace("l.id, ", ""),
    "event": "SELECT r.key, date, e.kind, text FROM event e JOIN record r ON r.id = record_id",
    "source": "SELECT id, key, title, publisher, published, url, licence, format, series, full, complete, living, "
    "path, digest, record_id, run_id FROM source",
    "term": "SELECT id, vocabulary, name, label, definition, source, extra FROM term",
    "link type": "SELECT id, name, forward, reverse, owner FROM link_type",
    "run": "SELECT id, started, seconds, command, undone FROM run",
    "run source": "SELECT * FROM run_source",
    "reject": "SELECT * FROM reject",
    "suggestion": "SELECT id, run_id, record_id, rule, what, confidence, candidates, state FROM suggestion",
}
"""What people read, without the numbers of rows that the new schema gives anew."""

_ITEMS = {
    "record": "SELECT id, key FROM record",
    "name": "SELECT n.id, r.key, n.name, n.kind FROM name n JOIN record r ON r.id = record_id",
    "identifier": "SELECT i.id, r.key, scheme, value FROM identifier i JOIN record r ON r.id = record_id",
    "fact": "SELECT f.id, r.key, property, value, text FROM fact f LEFT JOIN record r ON r.id = record_id",
    "link": _LINK,
    "event": "SELECT e.id, r.key, e.text FROM event e JOIN record r ON r.id = record_id",
}


def content(register: sqlite3.Connection) -> dict[str, list[str]]:
    """Everything that people read of a register."""
    found = {name: sorted(map(repr, register.execute(query))) for name, query in CONTENT.items()}
    found["evidence"] = sorted(evidence(register))
    return found


def evidence(register: sqlite3.Connection) -> Iterator[str]:
    """What each item rests on: source, place and the rest of it."""
    rests: dict[tuple[str, int], set[str]] = {}
    stated = {
        row: repr(rest)
        for row, *rest in register.execute(
            "SELECT e.id, s.key, locator, quote, basis, confidence, c.key, note FROM evidence e "
            "JOIN source s ON s.id = source_id LEFT JOIN record c ON c.id = claimant_id"
        )
    }
    keys = dict(register.execute("SELECT id, key FROM source"))
    for subject, item, row in register.execute("SELECT subject, subject_id, evidence_id FROM item_evidence"):
        # The evidence of a told record was the number of its source and of its row in one.
        source, line = divmod(row, 1 << 32)
        told = repr([keys.get(source), f"row {line}", None, "stated", None, None, None])
        rests.setdefault((subject, item), set()).add(told if source else stated[row])
    for subject, query in _ITEMS.items():
        for item, *told in register.execute(query):
            yield repr((subject, told, sorted(rests.get((subject, item), ()))))


def statements(register: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """What each source said that was written down as a statement."""
    if register.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
        register.create_function("body_text", 1, statement_text)
        query = "SELECT id, record_id, source_id, line, body_text(body), withdrawn, ended FROM said"
    else:
        query = "SELECT id, record_id, source_id, line, body, withdrawn, ended FROM _statement"
    return register.execute(query).fetchall()


@pytest.fixture(params=sorted(VERSIONS))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A register as an older version made it."""
    version: str = request.param
    return old_register(version, tmp_path / "r.db")


def brought_up_to_date(path: Path) -> Path | None:
    """Upgrade a register, and return its backup."""
    with closing(open_writing(path)) as register:
        return upgrade(register, path)


def test_it_holds_what_it_held(old: Path) -> None:
    with closing(sqlite3.connect(old)) as register:
        before, said = content(register), statements(register)
        told = register.execute("SELECT id, source_id, line, digest FROM told").fetchall()
    assert told, "a record that one row alone tells of"
    brought_up_to_date(old)
    with closing(sqlite3.connect(old)) as register:
        after = content(register)
        for name, rows in before.items():
            # Words of the program itself are brought up to date as well.
            if name not in ("term", "link type"):
                assert after[name] == rows, name
        assert statements(register) == said
        assert register.execute("SELECT id, source_id, line, digest FROM _sole").fetchall() == told
        assert register.execute("PRAGMA foreign_key_check").fetchall() == []
        assert register.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_its_schema_is_that_of_a_new_one(old: Path) -> None:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'"
    brought_up_to_date(old)
    with closing(sqlite3.connect(old)) as register, closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
        upgrade(new)
        assert set(register.execute(query)) == set(new.execute(query))
        versions = [one.execute("PRAGMA user_version").fetchone() for one in (register, new)]
        assert versions == [(SCHEMA_VERSION,)] * 2


@pytest.mark.parametrize(
    ("table", "owner"),
    [("name", "record_id"), ("identifier", "record_id"), ("fact", "record_id"), ("link", "source_id")],
)
def test_the_rows_that_a_run_told_are_those_that_it_inserted(old: Path, table: str, owner: str) -> None:
    brought_up_to_date(old)
    query = "SELECT first_id, last_id FROM _change WHERE run_id = 2 AND tbl = ? AND before IS NULL"
    with closing(sqlite3.connect(old)) as register:
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
            assert number == last - first + 1
            assert first_record <= least <= most <= last_record


def test_runs_that_changed_told_rows_are_marked_and_only_they(old: Path) -> None:
    brought_up_to_date(old)
    with closing(sqlite3.connect(old)) as register:
        marked = register.execute("SELECT DISTINCT run_id FROM _change WHERE tbl = '_old' ORDER BY 1").fetchall()
        assert marked == [(3,), (4,)]
        images = register.execute("SELECT tbl, before FROM _change WHERE before IS NOT NULL").fetchall()
        assert not [table for table, _ in images if table.startswith(("told", "said", "cited"))]
        for table, before in images:
            if table == "_statement":
                assert json.loads(json.loads(before)[5])
