"""A lack of memory is one line and no bug, and nothing takes much more memory than what it reads."""

from __future__ import annotations

import subprocess
import sys
from errno import EMFILE, ENOMEM
from pathlib import Path

import pytest

from tests.commands.test_manners import command
from tui.cli.main import main

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits memory so")


def run_within(kilobytes: int, words: list[str], environment: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    """Run a command that may have so much memory."""
    shell = ["sh", "-c", f'ulimit -v {kilobytes}; exec "$@"', "sh", *words]
    return subprocess.run(shell, env=environment, capture_output=True, check=False)


def test_a_small_file_is_imported_with_little_memory(etr: Path, built_in: Path, cache: Path) -> None:
    done = run_within(200_000, *command("import", etr, "--dry-run", "--db", built_in, cache=cache))
    assert done.returncode == 0, done.stderr


def test_a_lack_of_memory_is_one_line(built_in: Path, cache: Path) -> None:
    endless = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"
    query = f"{endless} SELECT json_group_array(hex(zeroblob(99999))) FROM n"
    words = ("sql", query, "--memory", "4000", "--seconds", "60", "--db", built_in)
    done = run_within(150_000, *command(*words, cache=cache))
    assert (done.returncode, done.stdout) == (4, b"")
    assert done.stderr.count(b"\n") == 1
    assert b"memory" in done.stderr


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "there is not enough memory for this; close other programs"),
        (OSError(ENOMEM, "Cannot allocate memory"), "there is not enough memory for this; close other programs"),
        (ImportError("x.so: failed to map segment from shared object"), "there is not enough memory for this; close"),
        (RuntimeError("can't start new thread"), "no further process or thread can be started; close other programs"),
        (OSError(EMFILE, "Too many open files"), "too many files are open at once; close other programs"),
        (OSError(EMFILE, "Too many open files", "some.py"), "too many files are open at once; close other programs"),
    ],
    ids=repr,
)
def test_what_there_is_too_little_of_is_known_by_whoever_tells_of_it(
    error: Exception, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(_: object) -> int:
        raise error

    monkeypatch.setattr("tui.cli.commands.stats.run", fail)
    assert main(["stats"]) == 4
    assert capsys.readouterr().err.startswith(f"interlock: {said}")
