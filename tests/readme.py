"""Keeps the output that README shows true: runs its commands, and writes what they print (`make docs`)."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
WIDTH = 130
"""Columns of the terminal that README's output was made for."""
_BLOCK = re.compile(r"```console\n(.*?)```", re.DOTALL)


def _answer(command: str, home: str, cache: Path | None) -> str:
    """Run one command line as a person would, in a home of its own, and return what it prints."""
    words = shlex.split(command)
    if words[0] != "interlock":
        raise ValueError(f"README runs '{words[0]}', which is not interlock")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("INTERLOCK_", "XDG_"))}
    environment = {**kept, "HOME": home, "COLUMNS": str(WIDTH), "PYTHONPATH": str(ROOT), "NO_COLOR": "1"}
    environment |= {"XDG_CACHE_HOME": str(cache)} if cache else {}
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words[1:]],
        capture_output=True,
        encoding="utf-8",
        check=False,
        env=environment,
    )
    if done.returncode:
        raise ValueError(f"README's '{command}' ended with {done.returncode}: {done.stderr}")
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "\n".join(line if len(line) <= WIDTH else line[: WIDTH - 1] + "…" for line in lines)


def renewed(text: str, cache: Path | None = None) -> str:
    """Return a text with the output below each `$ command` of its console blocks as it is today.

    A block keeps as many lines of an output as it shows when the last of them is `…`. A `cache` keeps what they read.
    """
    with tempfile.TemporaryDirectory() as home:

        def block(found: re.Match[str]) -> str:
            parts = re.split(r"^\$ (.+)\n", found.group(1), flags=re.MULTILINE)[1:]
            answers = []
            for command, shown in zip(parts[::2], parts[1::2], strict=True):
                lines = _answer(command, home, cache).splitlines()
                kept = shown.rstrip("\n").splitlines()
                if kept and kept[-1] == "…":
                    lines = [*lines[: len(kept) - 1], "…"]
                answers.append("\n".join([f"$ {command}", *lines]))
            return "```console\n" + "\n\n".join(answers) + "\n```"

        return _BLOCK.sub(block, text)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text("utf-8")), "utf-8")
    print(f"renewed {README}")
