"""A register that other programs change, replace or take away while the explorer is open."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import pytest

from db.database.connection import APPLICATION_ID, SCHEMA_VERSION, open_writing
from db.register import Register, open_register
from tests.db.reading.small import Small
from tests.tui.exploring import NARROW, WIDE, Exploring
from tui.explorer.app import Explorer
from tui.explorer.desk import Channel, Desk
from tui.explorer.keymap import defaults
from tui.explorer.symbols import Symbols
from tui.explorer.views.show import ShowView

CHANGED = "has been changed or replaced by another program"


def made(path: Path, *names: str) -> Path:
    """A register at `path` with organisations of these names, keyed by their order, as an import leaves it."""
    small = Small()
    for number, name in enumerate(names):
        small.record(f"ods:{number}", name)
    small.index()
    small.connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    small.connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    with closing(small.connection), closing(sqlite3.connect(path)) as target:
        target.execute("PRAGMA synchronous = OFF")
        small.connection.backup(target)
        target.execute("PRAGMA journal_mode = WAL")
    return path


def rename(path: Path, name: str) -> None:
    """What another program's import does: one transaction in the same file."""
    connection = open_writing(path)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("UPDATE record SET name = ?", (name,))
    connection.execute("INSERT INTO run (started, seconds, command) VALUES ('2026-11-28', 1, 'import')")
    connection.execute("COMMIT")
    connection.close()


@asynccontextmanager
async def exploring_file(path: Path, size: tuple[int, int] = WIDE) -> AsyncIterator[Exploring]:
    """The explorer on a register in a file."""
    app = Explorer(lambda: open_register(path), keymap=defaults(), symbols=Symbols())
    async with app.run_test(size=size) as pilot:
        running = Exploring(app, pilot)
        await running.settle()
        yield running


async def test_a_replaced_file_is_noticed_at_the_next_question_told_and_read_again(tmp_path: Path) -> None:
    path = made(tmp_path / "x.db", "Old Trust")
    async with exploring_file(path, NARROW) as explorer:
        await explorer.search("trust")
        await explorer.press("enter")
        assert "Old Trust" in explorer.text()
        os.replace(made(tmp_path / "new.db", "New Trust", "Newer Trust"), path)
        await explorer.press("slash")
        await explorer.search("trust ")
        assert f"x.db {CHANGED}" in explorer.text()
        assert {item.ident for item in explorer.screen.results_view.items} == {"ods:0", "ods:1"}
        assert explorer.screen.record and explorer.screen.record.name == "New Trust"
        await explorer.press("tab", "tab")
        assert "New Trust" in explorer.text()
        assert "Old Trust" not in explorer.text()
        stats = explorer.app.session.stats
        assert stats and stats.records["organisation"] == 2


async def test_another_programs_import_into_the_same_file_is_noticed_told_and_read_again(tmp_path: Path) -> None:
    path = made(tmp_path / "x.db", "Old Trust")
    async with exploring_file(path) as explorer:
        await explorer.search("trust")
        await explorer.press("enter")
        rename(path, "Renamed")
        await explorer.press("slash")
        await explorer.search("trust ")
        assert CHANGED in explorer.text()
        assert explorer.screen.record and explorer.screen.record.name == "Renamed"


async def test_the_way_back_to_a_page_that_is_at_hand_notices_a_change(tmp_path: Path) -> None:
    path = made(tmp_path / "x.db", "Old Trust", "Old Board")
    async with exploring_file(path) as explorer:
        for key in ("ods:0", "ods:1"):
            explorer.screen.open_view(ShowView(key))
            await explorer.settle()
        rename(path, "Renamed")
        explorer.screen.action_back()
        await explorer.settle()
        assert CHANGED in explorer.text()
        assert explorer.screen.record and (explorer.screen.record.key, explorer.screen.record.name) == (
            "ods:0",
            "Renamed",
        )


async def test_it_is_told_for_a_while_however_fast_one_types_and_then_until_the_next_key(tmp_path: Path) -> None:
    path = made(tmp_path / "x.db", "Old Trust")
    async with exploring_file(path) as explorer:
        await explorer.search("tru")
        rename(path, "Renamed")
        await explorer.press("s", "t")
        assert CHANGED in explorer.text()
        explorer.screen._notice_until = 0
        await explorer.press("escape")
        assert CHANGED not in explorer.text()


async def test_reading_again_keeps_the_mark_and_the_place(tmp_path: Path) -> None:
    path = made(tmp_path / "x.db", *(f"Trust {n}" for n in range(60)))
    async with exploring_file(path) as explorer:
        await explorer.search("trust")
        await explorer.press("escape", "end", "enter", "pagedown", "pageup")
        view = explorer.screen.results_view
        before = (view.item.ident if view.item else "", view.top)
        rename(path, "Trust")
        explorer.screen.read_again()
        await explorer.settle()
        assert CHANGED in explorer.text()
        assert (view.item.ident if view.item else "", view.top) == before


async def test_what_nobody_has_changed_is_not_read_again(tmp_path: Path) -> None:
    path = made(tmp_path / "x.db", "Old Trust")
    async with exploring_file(path) as explorer:
        await explorer.search("trust")
        os.utime(path, (1, 1))
        await explorer.search("trust ")
        await explorer.press("enter", "e")
        assert explorer.shown() == "ods:0"
        assert CHANGED not in explorer.text()


@pytest.mark.parametrize("what", ["gone", "damaged", "no register"])
async def test_a_file_that_vanishes_or_is_damaged_is_told_what_is_shown_stays_and_it_may_come_back(
    tmp_path: Path, what: str
) -> None:
    path = made(tmp_path / "x.db", "Old Trust")
    async with exploring_file(path) as explorer:
        await explorer.search("trust")
        await explorer.press("enter")
        os.replace(path, tmp_path / "kept.db")
        if what != "gone":
            path.write_bytes((tmp_path / "kept.db").read_bytes()[:5000] if what == "damaged" else b"no register" * 99)
        await explorer.press("slash")
        await explorer.search("trust ")
        told = {"gone": "x.db: is no longer there", "damaged": "is damaged", "no register": "is not a database"}[what]
        results = (line.partition("│")[0].strip("▌ ") for line in explorer.text().splitlines())
        assert told in " ".join(results)
        assert "Old Trust" in explorer.text()
        assert explorer.screen.record and explorer.screen.record.name == "Old Trust"
        os.replace(tmp_path / "kept.db", path)
        await explorer.press("enter")
        assert [item.ident for item in explorer.screen.results_view.items] == ["ods:0"]


async def test_the_users_own_register_is_not_made_anew_where_it_vanishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = made(tmp_path / "own.db", "Old Trust")
    monkeypatch.setattr("db.register.default_path", lambda: own)
    app = Explorer(open_register, keymap=defaults(), symbols=Symbols())
    async with app.run_test(size=WIDE) as pilot:
        explorer = Exploring(app, pilot)
        await explorer.settle()
        own.unlink()
        await explorer.search("trust")
        assert "own.db: is no longer there" in explorer.text()
    assert not own.exists()


def test_all_channels_notice_a_change_and_one_of_them_tells_it(tmp_path: Path) -> None:
    path = made(tmp_path / "x.db", "Old Trust")
    desk = Desk(lambda: open_register(path))
    told: list[str] = []
    desk.tell_change = told.append
    channels = (desk.searches, desk.records, desk.counts)

    def names() -> list[str]:
        return [channel.ask(lambda reader: reader.record("ods:0").name) for channel in channels]

    assert names() == ["Old Trust"] * 3
    os.replace(made(tmp_path / "new.db", "New Trust"), path)
    assert (names(), told) == (["New Trust"] * 3, ["x.db"])
    path.write_bytes(made(tmp_path / "over.db", "Overwritten").read_bytes())
    assert names() == ["Overwritten"] * 3
    told.clear()
    rename(path, "Renamed")
    assert (names(), told) == (["Renamed"] * 3, ["x.db"])
    desk.close()


def test_noticing_opens_nothing_where_nothing_has_changed(tmp_path: Path) -> None:
    path = made(tmp_path / "x.db", "Old Trust")
    opened: list[Register] = []

    def opener() -> Register:
        opened.append(open_register(path))
        return opened[-1]

    channel = Channel(opener)
    for _ in range(3):
        channel.ask(lambda reader: reader.label)
    assert len(opened) == 1
    channel.close()
