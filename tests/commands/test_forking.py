"""Commands that tests start from a process which has loaded all: they are what Python starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.forking import ROOT, Forks


@pytest.mark.parametrize(
    "words",
    [
        ["find", "wye", "--format", "json"],
        ["sql", "SELECT 'Tŷ \udcff 😀'"],
        ["import", "-", "--dry-run", "--as", "ods-csv"],
        ["show", "--debug"],
        ["export", "--to", "records"],
    ],
    ids=lambda words: words[0],
)
def test_a_command_from_there_answers_as_one_that_python_starts(
    forks: Forks | None, built_in: Path, tmp_path: Path, words: list[str]
) -> None:
    if forks is None:
        pytest.skip("processes are those of Unix")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    named, typed = [*words, "--db", str(built_in)], "RZ1,ONE NHS TRUST\n" * 9000
    done = subprocess.run(
        [sys.executable, "-m", "tui", *named],
        env=environment,
        cwd=tmp_path,
        input=typed,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    forked = forks.run(named, environment, tmp_path, typed)
    assert forked.returncode == done.returncode
    assert forked.stdout == done.stdout
    assert forked.stderr.splitlines()[-1:] == done.stderr.splitlines()[-1:]


def test_each_has_its_own_environment_folder_and_end(forks: Forks | None, tmp_path: Path) -> None:
    if forks is None:
        pytest.skip("processes are those of Unix")
    other = tmp_path / "other"
    other.mkdir()
    for folder in (tmp_path, other):
        missing = forks.run(["stats"], {**os.environ, "INTERLOCK_DB": f"{folder.name}.db"}, folder, "")
        assert missing.returncode == 4
        assert f"{folder.name}.db" in missing.stderr
    assert forks.run(["--version"], os.environ, None, "").returncode == 0
