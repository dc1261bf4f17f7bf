"""Where frozen dumps are kept: digests of all, the whole text of some, more of it in folders beside the checkout.

A release read by the batch and one read record by record hold and answer the same, but for the order of results that a
search finds equally good. So each step has the digest of the first, and that of the second where it is another.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable, Mapping
from pathlib import Path

FOLDER = Path(__file__).parent / "frozen"
DIGESTS = FOLDER / "digests.json"
HEAD = "== "
"""How the line that names a step begins."""


def digest(lines: Iterable[str]) -> str:
    """Return what stands for the lines of a step."""
    made = hashlib.sha256()
    for line in lines:
        made.update(line.encode() + b"\n")
    return made.hexdigest()[:20]


def digests() -> dict[str, dict[str, list[str]]]:
    """Return the digests of every step of every scenario, one for each reader that makes another."""
    found: dict[str, dict[str, list[str]]] = json.loads(DIGESTS.read_text("utf-8")) if DIGESTS.exists() else {}
    return found


def keep_digests(scenario: str, *readers: Mapping[str, list[str]]) -> None:
    """Write the digests of a scenario, of which each reader made the lines of each step."""
    found = digests()
    found[scenario] = {step: list(dict.fromkeys(digest(lines[step]) for lines in readers)) for step in readers[0]}
    DIGESTS.parent.mkdir(exist_ok=True)
    DIGESTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")


def keep(folder: Path, scenario: str, steps: Mapping[str, list[str]]) -> Path:
    """Write the whole text of a scenario."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{scenario}.jsonl.xz"
    with lzma.open(path, "wt", encoding="utf-8", newline="\n", preset=6) as stream:
        for step, lines in steps.items():
            stream.write(f"{HEAD}{step}\n")
            stream.writelines(f"{line}\n" for line in lines)
    return path


def kept(scenario: str, *folders: Path) -> dict[str, list[str]] | None:
    """Return the whole text of a scenario from the first folder that has it, by step; None where none has."""
    for folder in folders:
        path = folder / f"{scenario}.jsonl.xz"
        if path.exists():
            return _steps(path)
    return None


def _steps(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        for line in stream:
            text = line.removesuffix("\n")
            if text.startswith(HEAD):
                lines = found.setdefault(text.removeprefix(HEAD), [])
            else:
                lines.append(text)
    return found
