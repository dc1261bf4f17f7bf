"""Rows that are compared with the register by the processes that read them make the same register as any others."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from db.search.check import check
from db.search.made_rows import MadeRows
from db.store.changed_rows import ChangedRow
from db.store.compared_rows import ComparedRows
from db.store.prepare import PreparedRow
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
    take_compared = ComparedRows.take

    def noting(self: ComparedRows, rows: Sequence[PreparedRow], left: list[PreparedRow]) -> list[ChangedRow]:
        before = len(left)
        taken = list(take_compared(self, rows, left))
        found.extend(f"{one.row.key} taken" for one in taken)
        found.extend(f"{row.key} left" for row in left[before:])
        return taken

    monkeypatch.setattr(ComparedRows, "take", noting)
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


def noted(numbers: Iterable[int], used: list[int]) -> list[int]:
    """The numbers, noted among those that were used."""
    found = list(numbers)
    used += found
    return found


@pytest.mark.parametrize("processes", [0, 2])
def test_a_month_in_which_all_differs_is_what_its_records_one_by_one_make(
    processes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compared: list[str]
) -> None:
    monkeypatch.setattr("importers.ods_xml.source.LARGE", 0 if processes else 1 << 30)
    monkeypatch.setattr("importers.ods_xml.source.processes_here", lambda: processes)
    monkeypatch.setattr("importers.ods_xml.slices._CHUNK", 9_000)
    monkeypatch.setattr("db.store.batch_ingest._LOT", 20)
    monkeypatch.setattr("db.search.write._SMALL", 0)
    make(tmp_path / "first.zip", 150, 11)
    make(tmp_path / "all.zip", 150, 11, published="2026-09-25", changed=1.0)
    used: list[int] = []
    rows = MadeRows.rows
    monkeypatch.setattr(MadeRows, "rows", lambda made, some: rows(made, noted(some, used)))
    first = register(tmp_path / "first.zip", batches=True)
    with closing(on_disk(first, tmp_path / "held.db")) as held:
        before = dump(held)
        take(held, tmp_path / "all.zip", batches=True)
        assert sum(one.endswith("taken") for one in compared) > 60
        assert len(used) > 60
        take(first, tmp_path / "all.zip", batches=False)
        same(held, first)
        assert check(held) == []
        take_back(held, 2)
        assert dump(held) == before


def test_what_was_said_since_of_a_compared_record_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, compared: list[str]
) -> None:
    """One whose row comes later is compared before another tells of it, and of a body that is not there yet."""
    monkeypatch.setattr("db.store.batch_ingest._LOT", 1)
    monkeypatch.setattr("importers.ods_xml.slices._CHUNK", 300)
    old, new, other = body("AA1"), body("BB2", "LATER"), body("CC3")
    then = month(tmp_path, "2026-08-28", old, new, other)
    heir = body("AA1", followed=tuple(Followed(code, "2020-04-01", forward=False) for code in ("BB2", "ZZ9")))
    now = month(tmp_path, "2026-09-25", heir, other, body("BB2", "LATER STILL"))
    first = register(then, batches=True)
    with closing(on_disk(first, tmp_path / "held.db")) as held:
        take(held, now, batches=True)
        assert "ods:BB2 left" in compared
        take(first, now, batches=False)
        same(held, first)


AFTER, BEFORE = Followed("BB2", "2020-04-01"), Followed("AA1", "2020-04-01", forward=False)
MORE = Followed("AA1", "2021-07-01", forward=False)
SHARED = {
    "both renamed": ((AFTER, BEFORE), (AFTER, BEFORE)),
    "told by the owner alone": ((AFTER, None), (AFTER, None)),
    "told by the other end alone": ((None, BEFORE), (None, BEFORE)),
    "told by both from now on": ((None, None), (AFTER, BEFORE)),
    "told by the owner from now on": ((None, BEFORE), (AFTER, BEFORE)),
    "told by the other end from now on": ((AFTER, None), (AFTER, BEFORE)),
    "told by the owner no longer": ((AFTER, BEFORE), (None, BEFORE)),
    "told by the other end no longer": ((AFTER, BEFORE), (AFTER, None)),
    "told by neither any longer": ((AFTER, BEFORE), (None, None)),
    "told otherwise by the other end": ((AFTER, BEFORE), (AFTER, MORE)),
    "told otherwise by both": ((AFTER, MORE), (replace(AFTER, date="2021-07-01"), BEFORE)),
}


STATED_TWICE_BY_MORE = """
SELECT count(*) FROM _stated_twice JOIN link USING (id) WHERE source_id NOT IN (SELECT id FROM _sole)"""


def statements(held: sqlite3.Connection) -> list[tuple[str, str, int, str, str | None]]:
    """What each source said of records of which more than one row tells."""
    return sorted(
        held.execute(
            "SELECT r.key, s.key, t.line, t.body, (SELECT key FROM source WHERE id = t.ended) FROM _statement t "
            "JOIN record r ON r.id = t.record_id JOIN source s ON s.id = t.source_id "
            "WHERE r.id NOT IN (SELECT id FROM _sole)"
        ),
        key=repr,
    )


@pytest.mark.parametrize("renamed", ["both", "AA1", "BB2"])
@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("case", SHARED)
def test_rows_that_tell_of_one_link_are_compared_like_others(
    case: str, turned: bool, renamed: str, tmp_path: Path, compared: list[str]
) -> None:
    """Whatever both tell, whichever comes first, and where one of them tells the same as before."""
    then, now = (dict(zip(("AA1", "BB2"), told, strict=True)) for told in SHARED[case])

    def made(said: dict[str, Followed | None], ending: str = "") -> list[Org]:
        names = {code: f"A BODY{ending if renamed in ('both', code) else ''}" for code in said}
        return [body(code, names[code], followed=(one,) if one else ()) for code, one in said.items()]

    some = made(now, " ANEW")
    earlier = month(tmp_path, "2026-08-28", *made(then), body("CC3"))
    later = month(tmp_path, "2026-09-25", *(reversed(some) if turned else some), body("CC3"))
    one_by_one = register(earlier, batches=False)
    with closing(on_disk(register(earlier, batches=True), tmp_path / "held.db")) as held:
        before = dump(held)
        taken = take(held, later, batches=True)
        assert bool(compared) == (case != "told otherwise by both")
        assert not any(one.endswith("left") for one in compared)
        told = take(one_by_one, later, batches=False)
        same(held, one_by_one)
        assert taken.sources == told.sources
        written = statements(held)
        assert written == [one for one in statements(one_by_one) if one[0] in {key for key, *_ in written}]
        assert held.execute(STATED_TWICE_BY_MORE).fetchone() == (0,)
        assert check(held) == []
        take_back(held, 2)
        assert dump(held) == before


def test_a_body_is_settled_with_what_another_says_of_it_no_longer(tmp_path: Path, compared: list[str]) -> None:
    """The row of the other end is missing, so that what it said ends; nothing tells of that where rows are compared."""
    then = month(tmp_path, "2026-08-28", body("AA1"), body("BB2", followed=(BEFORE,)))
    now = month(tmp_path, "2026-09-25", body("AA1", "ANOTHER"))
    with closing(on_disk(register(then, batches=True), tmp_path / "held.db")) as held:
        take(held, now, batches=True)
        assert compared == ["ods:AA1 taken"]
        one_by_one = register(then, batches=False)
        take(one_by_one, now, batches=False)
        same(held, one_by_one)


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
