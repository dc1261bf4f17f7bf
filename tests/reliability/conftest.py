"""Runs samples in an order that the seed decides, as long as there is time, and prints what came of them as a table."""

from __future__ import annotations

import os
import platform
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest
from _pytest.terminal import TerminalReporter

from tests.measured_pages import put_table
from tests.reliability.deeds import Workshop
from tests.reliability.formats import Sound, sound_files
from tests.reliability.registers import make_rich
from tests.reliability.sampling import SECONDS, SEED

HERE = Path(__file__).parent
PAGE = os.environ.get("WRITE")
"""The page whose table is to be replaced."""
LONGEST = 1_800
"""Seconds after which a sample is a failure: it stands still, however busy the machine."""
LEFT_OUT = "Left out: tests that were not begun when the time was over."
LATE = "there was no time left"


@dataclass(slots=True)
class Tally:
    """What came of the samples of a test."""

    done: int = 0
    failed: int = 0
    skipped: int = 0
    late: int = 0
    processor: float = 0.0
    """Seconds, with those of the processes that were waited for: a busy machine matters little to them."""


class Counter:
    """Counts what came of samples, and tells of it at the end."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._tallies: dict[str, Tally] = {}

    def pytest_runtest_setup(self) -> None:
        """Begin nothing any more when the time is over."""
        if time.monotonic() - self._began > SECONDS:
            pytest.skip(LATE)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count a sample once it has ended, with how many it says that it held."""
        tally = self._tallies.setdefault(_named(report.nodeid), Tally())
        if report.skipped:
            late = LATE in str(report.longrepr)
            tally.late += late
            tally.skipped += not late
        elif report.failed:
            tally.failed += 1
        told = dict(report.user_properties)
        if report.when == "call" and not report.skipped:
            tally.done += int(str(told.get("samples", 1)))
        if report.when == "teardown":
            tally.processor += float(str(told.get("processor", 0.0)))

    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> None:
        """Print the table, and write it where that is asked for."""
        text = self._table()
        terminalreporter.write_line("")
        terminalreporter.write_line(text)
        # Those who share the work know of their part alone.
        if PAGE and "PYTEST_XDIST_WORKER" not in os.environ:
            put_table(Path(PAGE), "samples", text)

    def _table(self) -> str:
        lines = ["| what | samples | left out | failed | processor seconds |", "|---|---:|---:|---:|---:|"]
        left = []
        for what, tally in sorted(self._tallies.items()):
            lines.append(f"| {what} | {tally.done:,} | {tally.late:,} | {tally.failed} | {tally.processor:.0f} |")
            left += [f"{what}: {tally.skipped:,} samples cannot be taken on this machine"] if tally.skipped else []
        everything = sum(tally.done for tally in self._tallies.values())
        failed = sum(tally.failed for tally in self._tallies.values())
        machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors"
        took = time.monotonic() - self._began
        said = f"Seed {SEED}: {everything:,} samples, {failed} failed, in {took:.0f} seconds ({machine}). {LEFT_OUT}"
        return "\n".join([*lines, "", said, *left])


def _named(nodeid: str) -> str:
    """The module and the rule of a test in words."""
    module, _, test = nodeid.partition("[")[0].rpartition("/")[2].partition(".py::test_")
    return f"{module}: {test}".replace("_", " ")


def pytest_configure(config: pytest.Config) -> None:
    """Begin to count."""
    config.pluginmanager.register(Counter(), "samples")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mix the samples that are to be run, behind one of everything, so that time may be short.

    All other tests keep their order: those of a module share what it makes, which lasts until another's turn comes.
    """
    mixed = [item for item in items if item.path.parent == HERE]
    others = [item for item in items if item.path.parent != HERE]
    Random(SEED).shuffle(mixed)
    mixed.sort(key=lambda item: "-0" not in item.name)
    items[:] = others + mixed


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for all commands of a session, so that the built-in register is made once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def kept_image(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let commands find the built-in register there."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register of everything that there is, with its sources beside it; only to be copied."""
    return make_rich(tmp_path_factory.mktemp("rich"))


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sound]:
    """A file of each format."""
    return sound_files(tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="session")
def shared_workshop(tmp_path_factory: pytest.TempPathFactory, rich: Path, cache: Path) -> Workshop:
    """The home in which everything is disturbed."""
    return Workshop(tmp_path_factory.mktemp("workshop"), rich)


@pytest.fixture
def workshop(shared_workshop: Workshop, kept_image: None, monkeypatch: pytest.MonkeyPatch) -> Workshop:
    """That home, with commands at work in it."""
    shared_workshop.settle_in(monkeypatch)
    return shared_workshop


@pytest.fixture(scope="session")
def built_in(shared_workshop: Workshop) -> Path:
    """The built-in register; only to be copied."""
    return shared_workshop.register("built-in")


@pytest.fixture
def counts(record_property: Callable[[str, object], None]) -> Callable[[int], None]:
    """Says how many samples a test was, where it was more than one."""
    return lambda number: record_property("samples", number)


@pytest.fixture(autouse=True)
def processor(record_property: Callable[[str, object], None]) -> Iterator[None]:
    """Say how long a sample kept a processor busy."""
    before = sum(os.times()[:4])
    yield
    record_property("processor", sum(os.times()[:4]) - before)


@pytest.fixture(autouse=True)
def no_longer_than(kept_image: None) -> Iterator[None]:
    """End a sample that takes half an hour: nothing here has so much to do."""

    def late(*_: object) -> None:
        raise TimeoutError(f"takes longer than {LONGEST} seconds")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LONGEST)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
