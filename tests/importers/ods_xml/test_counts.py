"""A whole release: what the register holds is what whoever made the release says that it holds."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from tests.db.store.registers import copied, empty
from tests.importers.ods_xml.taking import register, take
from tests.national.making import make
from tests.national.truth import Truth


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """A small country as a release."""
    path = tmp_path_factory.mktemp("national") / "release.zip"
    return path, make(path, 300, 7)


@pytest.fixture(scope="module")
def images() -> dict[bool, sqlite3.Connection]:
    """Registers of that country by whether they took it by the batch, once they are made."""
    return {}


@pytest.fixture
def held(made: tuple[Path, Truth], taken: bool, images: dict[bool, sqlite3.Connection]) -> sqlite3.Connection:
    """A register of that country, which a test may change."""
    if taken not in images:
        images[taken] = register(made[0])
    return copied(images[taken])


def count(connection: sqlite3.Connection, query: str) -> int:
    """A number that a query finds."""
    return int(connection.execute(query).fetchone()[0])


def test_counts_equal_the_truth(made: tuple[Path, Truth]) -> None:
    path, truth = made
    connection = empty()
    (report,) = take(connection, path).sources
    assert (report.read, report.rejected) == (truth.rows, truth.refused)
    assert report.added == report.records == truth.records
    assert report.unchanged == truth.stubs
    kinds = connection.execute("SELECT kind, count(*) FROM record WHERE NOT placeholder GROUP BY 1").fetchall()
    assert dict(kinds) == dict(truth.kinds)
    assert count(connection, "SELECT count(*) FROM record WHERE placeholder") == truth.placeholders
    assert count(connection, "SELECT count(*) FROM name WHERE kind = 'official'") == truth.names
    assert count(connection, "SELECT count(*) FROM fact WHERE property = 'ods-role'") == truth.roles
    types = connection.execute("SELECT t.name FROM link l JOIN link_type t ON t.id = l.type_id").fetchall()
    assert Counter(name for (name,) in types) == truth.links
    assert truth.links["succeeded-by"] == truth.successions > 0
    assert count(connection, "SELECT count(*) FROM record WHERE open = 1") == truth.open
    assert count(connection, "SELECT count(*) FROM record WHERE open = 0") == truth.closed


def test_the_same_release_again_changes_nothing(made: tuple[Path, Truth], held: sqlite3.Connection) -> None:
    path, truth = made
    (report,) = take(held, path).sources
    assert (report.added, report.updated, report.closed, report.gone) == (0, 0, 0, 0)
    assert report.unchanged == truth.rows - truth.refused


def test_the_same_release_in_another_order_changes_nothing(
    made: tuple[Path, Truth], held: sqlite3.Connection, tmp_path: Path
) -> None:
    _, truth = made
    assert make(tmp_path / "turned.zip", 300, 7, turned=True) == truth
    before = held.execute("SELECT * FROM record ORDER BY id").fetchall()
    (report,) = take(held, tmp_path / "turned.zip").sources
    assert report.unchanged == truth.rows - truth.refused
    assert held.execute("SELECT * FROM record ORDER BY id").fetchall() == before


def test_next_month_changes_what_it_changed(made: tuple[Path, Truth], held: sqlite3.Connection, tmp_path: Path) -> None:
    _, truth = made
    after = make(tmp_path / "next.zip", 300, 7, published="2026-09-25", changed=0.1)
    (report,) = take(held, tmp_path / "next.zip").sources
    assert (report.added, report.gone) == (0, 0)
    assert report.closed >= after.closed - truth.closed > 0
    assert count(held, "SELECT count(*) FROM record WHERE open = 0") == after.closed
    renamed = "SELECT count(*) FROM record WHERE name LIKE 'The New %'"
    former = "SELECT count(*) FROM name WHERE kind = 'former'"
    assert count(held, renamed) == count(held, former) > 0
