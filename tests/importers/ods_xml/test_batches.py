"""Records taken by the batch make the same register as records taken one by one, whatever comes before and after."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.importers.ods_xml.taking import register
from tests.national.making import make
from tests.national.truth import Truth


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """A small country as a release."""
    path = tmp_path_factory.mktemp("national") / "release.zip"
    return path, make(path, 400, 11)


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same a month on."""
    path = tmp_path_factory.mktemp("national") / "later.zip"
    make(path, 400, 11, published="2026-09-25", changed=0.1)
    return path


ITEMS = {
    "record": "SELECT r.*, NULL FROM record r WHERE 1",
    "name": "SELECT r.key, i.name, i.kind, i.since, i.until, i.verbatim FROM name i JOIN record r ON r.id = record_id",
    "identifier": "SELECT r.key, i.scheme, i.value FROM identifier i JOIN record r ON r.id = record_id",
    "fact": "SELECT r.key, i.property, i.value, i.unit, i.as_of, i.text FROM fact i JOIN record r ON r.id = record_id",
    "link": "SELECT s.key, t.key, type_id, i.role, i.since, i.until, i.legal_since, i.legal_until, i.status "
    "FROM link i JOIN record s ON s.id = source_id JOIN record t ON t.id = target_id",
}  # fmt: skip
EVIDENCE = """
SELECT e.subject, CASE e.subject
         WHEN 'record' THEN (SELECT key FROM record WHERE id = e.subject_id)
         WHEN 'link' THEN (SELECT s.key || ' ' || t.key || ' ' || l.type_id || coalesce(l.since, '')
           FROM link l JOIN record s ON s.id = l.source_id JOIN record t ON t.id = l.target_id WHERE l.id = e.subject_id)
       END,
       coalesce((SELECT s.key || ' ' || v.locator FROM evidence v JOIN source s ON s.id = v.source_id
                  WHERE v.id = e.evidence_id),
                (SELECT s.key || ' row ' || (e.evidence_id & 0xFFFFFFFF) FROM source s WHERE s.id = e.evidence_id >> 32))
  FROM item_evidence e WHERE e.subject IN ('record', 'link')"""


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that readers see, without the numbers that only order it."""
    found = {table: sorted(connection.execute(query).fetchall(), key=repr) for table, query in ITEMS.items()}
    gone = dict(connection.execute("SELECT id, key FROM source"))
    place = [row[1] for row in connection.execute("PRAGMA table_info (record)")].index("gone")
    found["record"] = sorted(
        ((*row[1:place], gone.get(row[place]), *row[place + 1 :]) for row in found["record"]), key=repr
    )
    found["evidence"] = sorted(connection.execute(EVIDENCE).fetchall(), key=repr)
    return found


def same(one: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Compare two registers, table by table, so that a failure shows what differs."""
    ours, theirs = contents(one), contents(other)
    for table in ours:
        assert set(ours[table]) - set(theirs[table]) == set(theirs[table]) - set(ours[table]) == set(), table
        assert ours[table] == theirs[table], table


def test_a_release_by_the_batch_is_the_register_that_its_records_one_by_one_make(made: tuple[Path, Truth]) -> None:
    path, truth = made
    batch = register(path, rows="batch")
    assert batch.execute("SELECT count(*) FROM told").fetchone()[0] == truth.records
    same(batch, register(path))
