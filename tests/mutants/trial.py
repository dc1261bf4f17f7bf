"""Tests that run with a mutant in the code, in a process of their own that is forked from one that has loaded pytest.

Nothing in the tree is written: the one module is compiled from its changed syntax tree, here and in what tests start.
"""

from __future__ import annotations

import importlib
import json
import marshal
import os
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.mutants.hook import sitecustomize as hook
from tests.mutants.places import ROOT, Mutant, mutated, path_of

HOOK = Path(hook.__file__).parent
LOADED_FIRST = (
    "hypothesis", "jsonschema", "lxml.etree", "yaml", "sqlite_utils", "rapidfuzz", "python_calamine", "httpx", "pyte",
    "pytest_asyncio", "xdist", "textual.app", "textual.pilot", "textual.widgets", "rich.text",
)  # fmt: skip
"""What tests load that is not ours, once for all trials."""
MEMORY = 6 << 30
"""Bytes of address space after which a mutant has run wild."""

KILLED, SURVIVED, TOO_LONG, NO_TEST = "killed", "survived", "too long", "test not found"


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a trial ended, the tests that failed in it, and its time."""

    outcome: str
    failed: tuple[str, ...]
    seconds: float


def load_what_is_not_ours() -> None:
    """Load what all trials need, so that each is forked with it; nothing of the code under test may be among it."""
    for name in LOADED_FIRST:
        with suppress(ImportError):
            importlib.import_module(name)
    ours = [name for name in sys.modules if name.partition(".")[0] in ("db", "importers", "tui")]
    assert not ours, ours


class Trial:
    """Some tests that run with a mutant, or with none; `end` waits for the verdict."""

    def __init__(self, mutant: Mutant | None, tests: Sequence[str], seconds: float, *, every: bool = False) -> None:
        self.mutant = mutant
        self._folder = Path(tempfile.mkdtemp(prefix="mutant-"))
        self._folder.chmod(0o755)
        code = self._compiled(mutant) if mutant else None
        self._begun = time.monotonic()
        self._until = self._begun + seconds
        self._said, say = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            os.close(self._said)
            self._run(code, tests, say, every)
        os.close(say)

    def _compiled(self, mutant: Mutant) -> Path:
        path = path_of(mutant.module)
        code = compile(mutated(path.read_text("utf-8"), mutant), str(path), "exec", dont_inherit=True)
        file = self._folder / "code"
        file.write_bytes(marshal.dumps(code))
        return file

    def _run(self, code: Path | None, tests: Sequence[str], say: int, every: bool) -> None:
        """Be the process that runs the tests; ends it."""
        os.setsid()
        # Tests send these to what they start, and whoever runs this in the background has them ignored.
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
        place = self._folder / "t"
        place.mkdir()
        place.chmod(0o1777)  # as any temporary folder: some tests read as somebody else, who may copy there
        # `CI` makes generated examples the same each time; a folder of its own holds whatever a wild mutant does.
        os.environ |= {"CI": "1", "TMPDIR": str(place)}
        tempfile.tempdir = None
        null = os.open(os.devnull, os.O_RDWR)
        for number in (0, 1, 2):
            os.dup2(null, number)
        os.chdir(ROOT)
        watch = _Watch()
        if self.mutant and code:
            hook.install(self.mutant.module, str(code))
            _hand_on({hook.MODULE: self.mutant.module, hook.CODE: str(code)})
        # What is loaded already cannot be rewritten, which matters for our own tests alone.
        words = ["-q", "-n0", "-p", "no:cacheprovider", "--tb=no", "-W", "ignore::pytest.PytestAssertRewriteWarning"]
        words += [*([] if every else ["-x"]), *tests]
        try:
            ended = int(pytest.main(words, plugins=[watch]))
        except BaseException:  # whatever a mutant does, it has been noticed
            ended = 1
        os.write(say, json.dumps([ended, watch.failed]).encode() + b"\n")
        os._exit(0)

    @property
    def channel(self) -> int:
        """What can be read when the trial has ended."""
        return self._said

    @property
    def left(self) -> float:
        """Seconds that it may still take."""
        return max(0.0, self._until - time.monotonic())

    def end(self) -> Verdict:
        """Wait for the end of the trial, or put an end to it."""
        data = b""
        # Not to the end of the pipe, which processes that were left behind may hold open.
        while not data.endswith(b"\n") and (part := self._read()):
            data += part
        with suppress(ProcessLookupError):
            os.killpg(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._said)
        shutil.rmtree(self._folder, ignore_errors=True)
        seconds = time.monotonic() - self._begun
        if not data:
            return Verdict(TOO_LONG if self.left == 0 else KILLED, (), seconds)
        ended, failed = json.loads(data)
        outcome = {0: SURVIVED, 4: NO_TEST, 5: NO_TEST}.get(ended, KILLED)
        return Verdict(outcome, tuple(failed), seconds)

    def _read(self) -> bytes:
        """Read on; nothing when that is all, or time is over."""
        ready = select.select([self._said], [], [], self.left)[0]
        return os.read(self._said, 65536) if ready else b""


class _Watch:
    """Notes which tests fail, and spares hypothesis the search for the smallest example."""

    def __init__(self) -> None:
        self.failed: list[str] = []

    def pytest_sessionstart(self) -> None:
        """Change the profile after the tests have chosen theirs."""
        from hypothesis import Phase, settings

        phases = (Phase.explicit, Phase.generate)
        settings.register_profile("mutant", settings.get_profile("interlock"), phases=phases, database=None)
        settings.load_profile("mutant")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Note a test that fails, or whose fixtures do."""
        if report.failed and report.nodeid not in self.failed:
            self.failed.append(report.nodeid)


def _hand_on(variables: dict[str, str]) -> None:
    """Have each process that a test starts load the mutant too, with whatever environment it is started."""
    start = subprocess.Popen.__init__

    def popen(self: subprocess.Popen[Any], *words: Any, **options: Any) -> None:  # noqa: ANN401  as it is there
        given = options.get("env")
        seen = dict(os.environ if given is None else given)
        folders = [str(HOOK), *filter(None, [seen.get("PYTHONPATH")])]
        start(self, *words, **{**options, "env": {**seen, **variables, "PYTHONPATH": os.pathsep.join(folders)}})

    subprocess.Popen.__init__ = popen  # type: ignore[method-assign]
