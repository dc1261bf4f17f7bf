"""Rows that are compared with the register by the processes that read them make the same register as any others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.search.check import check
from db.store.changed_rows import ChangedRow, ChangedRows
from tests.db.store.registers import empty
from tests.db.store.test_undo import take_back
from tests.importers.ods_xml.taking import body, register, take
from tests.importers.ods_xml.test_batches import dump, same
from tests.national.making import make
from tests.national.things import File, Followed, Org
from tests.national.zips import release


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of rows that were taken as they had been compared, each with what became of it."""
    found: list[str] = []
    take_compared = ChangedRows._take_compared

    def noting(self: ChangedRows, rows: object, left: list[object]) -> list[ChangedRow]:
        before = len(left)
        taken = list(take_compared(self, rows, left))  # type: ignore[arg-type]
        found.extend(f"{one.row.key} taken" for one in taken)
        found.extend(f"{row.key} left" for row in left[before:])  # type: ignore[attr-defined]
        return taken

    monkeypatch.setattr(ChangedRows, "_take_compared", noting)
    return found


def on_disk(held: sqlite3.Connection, path: Path) -> sqlite3.Connection:
    """A copy of a register in a file, where others may read it while it is written."""
    connection = sqlite3.connect(path, isolation_level=None)
    held.backup(connection)
    connection.execute("PRAGMA journal_mode = WAL")
    return connection


def month(folder: Path, day: str, *orgs: Org) -> Path:
    """A release of these records."""
    return release(folder / f"{day}.zip", File(list(orgs), published=day), File([], True, day))


@pytest.mark.parametrize("processes", [0, 2])
def test_a_month_in_which_all_differs_is_what_its_records_one_by_one_make(
    processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compared: list[str]
) -> None:
    monkeypatch.setattr("importers.ods_xml.source.LARGE", 0 if processes else 1 << 30)
    monkeypatch.setattr("importers.ods_xml.source.processes_here", lambda: processes)
    monkeypatch.setattr("importers.ods_xml.slices._CHUNK", 9_000)
    monkeypatch.setattr("db.store.batch_ingest._LOT", 20)
    make(tmp_path / "first.zip", 150, 11)
    make(tmp_path / "all.zip", 150, 11, published="2026-09-25", changed=1.0)
    first = register(tmp_path / "first.zip", batches=True)
    with closing(on_disk(first, tmp_path / "held.db")) as held:
        before = dump(held)
        take(held, tmp_path / "all.zip", batches=True)
        assert sum(one.endswith("taken") for one in compared) > 60
        take(first, tmp_path / "all.zip", batches=False)
        same(held, first)
        assert check(held) == []
        take_back(held, 2)
        assert dump(held) == before


def test_what_was_said_since_of_a_compared_record_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compared: list[str]
) -> None:
    """One whose row comes later is compared before another row tells who came after it."""
    monkeypatch.setattr("db.store.batch_ingest._LOT", 1)
    monkeypatch.setattr("importers.ods_xml.slices._CHUNK", 300)
    old, new, other = body("AA1"), body("BB2", "LATER"), body("CC3")
    then = month(tmp_path, "2026-08-28", old, new, other)
    heir = body("AA1", followed=(Followed("BB2", "2020-04-01", forward=False),))
    now = month(tmp_path, "2026-09-25", heir, other, body("BB2", "LATER STILL"))
    first = register(then, batches=True)
    with closing(on_disk(first, tmp_path / "held.db")) as held:
        take(held, now, batches=True)
        assert "ods:BB2 left" in compared
        take(first, now, batches=False)
        same(held, first)


def test_nothing_is_compared_with_a_register_that_the_import_has_changed_already(
    tmp_path: Path, compared: list[str]
) -> None:
    """What others read of it is not what it holds by then."""
    then = month(tmp_path, "2026-08-28", body("AA1"), body("BB2"))
    now = month(tmp_path, "2026-09-25", body("AA1", "ANOTHER"), body("BB2"))
    first = register(then, batches=True)
    (tmp_path / "some").mkdir()
    between = month(tmp_path / "some", "2026-09-04", body("AA1", "BETWEEN"), body("BB2"))
    with closing(on_disk(first, tmp_path / "held.db")) as held:
        take(held, between, now, batches=True)
        assert compared == ["ods:AA1 taken"]
        for path in (between, now):
            take(first, path, batches=False)
        same(held, first)


def test_a_register_in_memory_is_not_compared(tmp_path: Path, compared: list[str]) -> None:
    held = empty()
    for day, name in (("2026-08-28", "ONE"), ("2026-09-25", "OTHER")):
        take(held, month(tmp_path, day, body("AA1", name)), batches=True)
    assert compared == []
    assert held.execute("SELECT name FROM record WHERE key = 'ods:AA1'").fetchone() == ("Other",)
