"""What docs/data.md and docs/commands.md show of a register's tables works, word for word."""

from __future__ import annotations

import csv
import re
import shlex
from pathlib import Path

import pytest

from tests.commands.conftest import Interlock

DOCS = Path(__file__).parents[2] / "docs"
DATA = (DOCS / "data.md").read_text("utf-8")
SHELL = "\n".join(
    block
    for text in (DATA, (DOCS / "commands.md").read_text("utf-8"))
    for block in re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
)
STATEMENTS = [
    line.partition(" > ")[0].partition(" #")[0] for line in SHELL.splitlines() if line.startswith("interlock sql")
]


def test_the_example_in_python_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"^```python\n(.*?)^```", DATA, re.DOTALL | re.MULTILINE)
    monkeypatch.chdir(tmp_path)
    exec(compile(example, "data.md", "exec"), {})
    assert "Foundation Group - member planned" in capsys.readouterr().out.splitlines()
    with (tmp_path / "participations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["body_code"] for row in rows} == {"RLQ"}
    assert "Foundation Group" in {row["arrangement"] for row in rows}


@pytest.mark.parametrize("statement", STATEMENTS)
def test_each_statement_is_answered(interlock: Interlock, statement: str) -> None:
    words = shlex.split(statement)
    done = interlock(*words[1:], "--builtin")
    assert done.returncode == 0, done.stderr


def test_statements_are_found() -> None:
    assert len(STATEMENTS) > 3
