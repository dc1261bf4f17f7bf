"""`make bench-typing`: the explorer on a national register, typed into faster than searches can finish.

Outside the ordinary suite, because the register takes a minute or two to make the first time.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.message import Message

from db import open_register
from db.register import Register
from tests.benchmarks.searching.registers import country
from tests.tui.exploring import WIDE, Exploring
from tui.explorer.app import Explorer
from tui.explorer.keymap import defaults
from tui.explorer.messages import ResultsFound
from tui.explorer.symbols import Symbols

ORGANISATIONS = int(os.environ.get("INTERLOCK_BENCH_SIZE", "370917"))
FOLDER = Path(os.environ.get("INTERLOCK_BENCH_FOLDER", ".venv/bench"))
TYPED = ("st saviours clniic", "brigcaster market surgrey", "w", "care home lodge", "nhs foundation trust", "health")
LONGEST_WAIT = 0.25
"""Seconds that the screen may take to notice a key, on a busy machine as well."""


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open_register(country(FOLDER, ORGANISATIONS, 1, varied=True)) as opened:
        yield opened


@contextmanager
def heartbeat(beats: list[float]) -> Iterator[None]:
    """Note how late the event loop comes to what is due, again and again."""
    loop = asyncio.get_running_loop()
    due = 0.005
    handles: list[asyncio.TimerHandle] = []

    def beat(started: float) -> None:
        beats.append(time.perf_counter() - started - due)
        handles[:] = [loop.call_later(due, beat, time.perf_counter())]

    handles.append(loop.call_later(due, beat, time.perf_counter()))
    try:
        yield
    finally:
        handles[0].cancel()


async def test_typing_faster_than_searches_finish_shows_the_last_answer_and_never_waits(register: Register) -> None:
    path = register.path
    assert path is not None
    answers: list[int] = []
    beats: list[float] = []

    def heard(message: Message) -> None:
        if isinstance(message, ResultsFound):
            answers.append(message.number)

    app = Explorer(lambda: open_register(path), start=None, keymap=defaults(), symbols=Symbols())
    async with app.run_test(size=WIDE, message_hook=heard) as pilot:
        explorer = Exploring(app, pilot)
        await explorer.settle()
        answers.clear()
        keys = [text[:length] for text in TYPED for length in range(1, len(text) + 1)]
        with heartbeat(beats):
            for key in keys:
                explorer.screen.search_input.value = key
                for _ in range(4):
                    await asyncio.sleep(0)
            await explorer.settle()
        shown = [item.ident for item in explorer.screen.results_view.items if item.ident and ":" in item.ident]
    assert shown == [hit.brief.key for hit in register.find(keys[-1], limit=len(shown)).hits]
    heard_in_order = list(dict.fromkeys(answers))
    assert heard_in_order == sorted(heard_in_order)
    assert len(heard_in_order) < len(keys), "no search was overtaken, so nothing was shown"
    late = sorted(beats)
    middle, worst = late[len(late) // 2] * 1000, late[-1] * 1000
    print(f"\n{len(keys)} keys, {len(heard_in_order)} answers; late by {middle:.1f} ms, at worst {worst:.0f} ms")
    assert late[-1] < LONGEST_WAIT
