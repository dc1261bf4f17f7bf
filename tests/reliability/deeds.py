"""What writes to a register, and a place where it is done again and again, whatever befalls it there."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile, rmtree

import pytest

import importers.ods_xml.source
from db.database.connection import open_writing
from db.database.upgrade import upgrade
from importers.builtin_register import create_register
from tests.db.old_registers import VERSIONS, old_register
from tests.reliability.registers import Said, held, left_behind, said
from tests.reliability.system_calls import Stops, can_trace, traced
from tui.cli.database import tidy
from tui.cli.main import main


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that writes: the register before it, none where it makes one, and the words of the command."""

    before: str | None
    words: tuple[str, ...]


MERGED = ("ods:RZ1", "ods:RZ5")
"""Two trusts that are joined, and parted again."""
UPGRADE = ("doctor", "--upgrade")
DEEDS = {
    "import of a list": Deed("built-in", ("import", "etr-2026-05.csv")),
    "import of a release": Deed("built-in", ("import", "ods-2026-08-28.zip")),
    "import of records into a full register": Deed("rich", ("import", "bay-board.yaml")),
    "undo": Deed("rich", ("undo", "8")),
    "review": Deed("waiting", ("review", "--accept", "1", "--reject", "2")),
    "merge": Deed("rich", ("merge", *MERGED)),
    "unmerge": Deed("merged", ("unmerge", *MERGED)),
    "first creation": Deed(None, ("import", "etr-2026-05.csv")),
    "first look": Deed(None, ("stats",)),
    **{f"upgrade from {name}": Deed(name, UPGRADE) for name in VERSIONS},
}
"""What is disturbed: a line for each command that writes."""


@dataclass(slots=True)
class Undisturbed:
    """What a deed comes to where nothing disturbs it."""

    states: frozenset[str | None]
    """Those that may be met: before it and after it; of an upgrade, the one between its two transactions as well."""
    after: str | None
    size: int
    """Bytes of the register after it."""
    seconds: float
    stops: Stops | None
    """Where a process that does it can be killed; none where no process can be traced."""


class Workshop:
    """A home with the user's own register in it, made ready for each deed, sources and other registers beside it."""

    def __init__(self, folder: Path, rich: Path) -> None:
        self.own, self.temporary = folder / "own", folder / "temporary"
        self.path = self.own / "interlock" / "interlock.db"
        self._folder, self._sources, self._made = folder, rich.parent, {"rich": rich}
        self._known: dict[str, Undisturbed] = {}
        self.own.mkdir()
        self.temporary.mkdir()

    def settle_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Have commands work here; releases are read by several processes however small."""
        monkeypatch.setenv("TMPDIR", str(self.temporary))
        monkeypatch.setenv("XDG_DATA_HOME", str(self.own))
        monkeypatch.setattr(importers.ods_xml.source, "LARGE", 0)

    @contextmanager
    def moved_to(self, disk: Path) -> Iterator[None]:
        """Have the home, as it is, on another disk for a while, which is emptied of it."""
        home, self.own = self.own, disk
        path, self.path = self.path, disk / "interlock" / "interlock.db"
        if path.exists():
            self.path.parent.mkdir()
            copyfile(path, self.path)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("XDG_DATA_HOME", str(disk))
            yield
        self.own, self.path = home, path

    def prepare(self, name: str) -> None:
        """Make ready what a deed is done to."""
        rmtree(self.path.parent, ignore_errors=True)
        before = DEEDS[name].before
        if before:
            self.path.parent.mkdir()
            copyfile(self.register(before), self.path)

    def words(self, name: str) -> list[str]:
        """The words of a deed's command."""
        return [str(self._sources / word) if "." in word else word for word in DEEDS[name].words]

    def work(self, name: str) -> Callable[[], object]:
        """A deed as something to do in a process of its own."""
        words = self.words(name)
        return lambda: main(words)

    def do(self, name: str) -> Said:
        """Do a deed in this process."""
        return said(*self.words(name))

    def undisturbed(self, name: str) -> Undisturbed:
        """What a deed comes to, found out once by doing it here, which loads what it needs, and in other processes."""
        if name not in self._known:
            self.prepare(name)
            before = held(self.path)
            done = self.do(name)
            assert done.code == 0, done
            after, size = held(self.path), self.path.stat().st_size
            assert after != before
            self.prepare(name)
            started = time.perf_counter()
            dies_after(self.work(name), 0)
            seconds = time.perf_counter() - started
            assert held(self.path) == after
            self.prepare(name)
            stops = traced(self.work(name)) if can_trace() else None
            states = {before, after, *self._between(name)}
            self._known[name] = Undisturbed(frozenset(states), after, size, seconds, stops)
        return self._known[name]

    def look(self, name: str) -> bool:
        """Look at what a deed has left that was disturbed, and tidy up as commands do; whether it was done."""
        known = self.undisturbed(name)
        now = held(self.path)
        assert now in known.states
        tidy(str(self.path))
        assert left_behind(self.path) == set()
        left = [str(one) for one in self.temporary.rglob("*")]
        assert left == [], left
        return now == known.after

    def check(self, name: str) -> bool:
        """Look at what it has left and, where it was not done, do it again undisturbed; whether it was done."""
        done = self.look(name)
        if not done:
            again = self.do(name)
            assert again.code == 0, again
            assert held(self.path) == self.undisturbed(name).after
        return done

    def _between(self, name: str) -> Iterator[str | None]:
        """The state in which an upgrade leaves a register that is then resolved anew, in a run that can be undone."""
        if DEEDS[name].words == UPGRADE:
            self.prepare(name)
            with closing(open_writing(self.path)) as register:
                upgrade(register, self.path)
            yield held(self.path)

    def register(self, name: str) -> Path:
        """A register by name, made once."""
        if name not in self._made:
            path = self._made[name] = self._folder / f"{name}.db"
            if name == "built-in":
                create_register(path)
            elif name == "waiting":
                copyfile(self._made["rich"], path)
                for run in ("8", "7"):
                    assert said("undo", run, "--db", path).code == 0
            elif name == "merged":
                copyfile(self._made["rich"], path)
                assert said("merge", *MERGED, "--db", path).code == 0
            else:
                old_register(name, path)
        return self._made[name]


def dies_after(work: Callable[[], object], seconds: float) -> bool:
    """Do some work in a process of its own, which dies after so many seconds, or never for 0; whether it did."""
    child = os.fork()
    if child == 0:
        try:
            signal.signal(signal.SIGALRM, signal.SIG_DFL)
            signal.setitimer(signal.ITIMER_REAL, seconds)
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)
