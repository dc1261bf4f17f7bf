"""A terminal that shows ASCII only is sent ASCII only, whoever draws: frames, bars, names, what is typed."""

from __future__ import annotations

import locale
from types import SimpleNamespace

import pytest

from tests.tui.exploring import NARROW, WIDE, exploring
from tests.tui.fake_register import GROUP, FakeRegister, hub, link, record
from tui.explorer.symbols import PLAIN, Symbols, for_terminal

WELSH = record("ods:7A1", "organisation", "Bwrdd Iechyd Prifysgol “Ŵyn” – ♥ 健", link(*GROUP, "takes part in"))


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_everything_on_every_screen_is_ascii(size: tuple[int, int]) -> None:
    register = FakeRegister(hub(60), WELSH)
    register.broken["ŷ"] = KeyError("ŵ")
    async with exploring(register, size, symbols=PLAIN) as explorer:
        for typed, *keys in (
            ("Bwrdd", "enter", "e", "tab", "escape", "escape", "escape"),
            ("Ŵyn", "y"),
            ("ŷ",),
            ("Hub", "enter", "G", "question_mark", "G", "escape"),
        ):
            explorer.screen.action_search()
            await explorer.search(typed)
            assert explorer.text().isascii()
            for key in keys:
                await explorer.press(key)
                assert explorer.text().isascii(), key


async def test_a_frame_in_ascii_is_a_frame() -> None:
    async with exploring(symbols=PLAIN) as explorer:
        lines = explorer.text().splitlines()
        assert lines[2].startswith("-1 found ----")
        assert all("|" in line or "+" in line for line in lines[2:20])


def test_every_sign_of_ours_has_a_twin_of_its_own() -> None:
    signs = Symbols()
    kinds = ("organisation", "arrangement", "person", "site", "document")
    assert len({PLAIN.of(kind) for kind in kinds}) == len({signs.of(kind) for kind in kinds}) == len(kinds)
    assert PLAIN.fit("┌─┬─┐│┃╭╮█▁") == "+-+-+||++#-"
    assert all(PLAIN.fit(sign).isascii() and len(PLAIN.fit(sign)) == 1 for sign in "│─┼●◆♙⌂▤○▌❯↵⌫↑↓…·")


def test_a_locale_that_a_person_has_set_to_c_means_ascii(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.__stdout__", None)
    monkeypatch.setattr(locale, "getencoding", lambda: "utf-8")
    assert not for_terminal().plain
    monkeypatch.setattr("sys.__stdout__", SimpleNamespace(encoding="utf-8"))
    monkeypatch.setattr(locale, "getencoding", lambda: "ANSI_X3.4-1968")
    assert not for_terminal().plain
    monkeypatch.setenv("LC_ALL", "C")
    assert for_terminal().plain
    monkeypatch.setenv("PYTHONUTF8", "1")
    assert not for_terminal().plain
