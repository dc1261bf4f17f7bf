"""Where frozen dumps are kept: digests of all, the whole text of some, more of it in folders beside the checkout.

When the oracle was frozen there were two readers of a release, by the batch and record by record. They held the same
content but for what a day that passes changes (by the batch, a body that had been going to close stayed open). They
listed facts, links, evidence and equal results in two orders, and counted what is undone in two ways. Either is
taken for right here: what the second reader made otherwise is kept beside what the first one did.
"""

from __future__ import annotations

import hashlib
import json
import lzma
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "frozen"
DIGESTS = FOLDER / "digests.json"
HEAD = "== "
"""How the line that names a step begins."""
OTHERWISE = "=~ "
"""How the line begins behind which there are answers that are as right."""


_UNLIKE = ("undo ", "diff ")
"""Answers in which the two readers told different things: by the batch, a whole record counted as changed."""


@dataclass
class Frozen:
    """What a step came to, and lines that are as right as those of the same answer."""

    lines: list[str] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Digests:
    """What stands for the lines of a step: as they are, for each reader, and whatever the order within an answer."""

    exact: list[str]
    orderless: list[str]


def digest(lines: Iterable[str]) -> str:
    """Return what stands for the lines of a step."""
    made = hashlib.sha256()
    for line in lines:
        made.update(line.encode() + b"\n")
    return made.hexdigest()[:20]


def orderless(lines: Iterable[str]) -> str:
    """Return what stands for the lines of a step where the order within answers does not matter."""
    content: list[str] = []
    for line in lines:
        if line.find('"what": "answer"') < 0:
            content.append(line)
            continue
        item = json.loads(line)
        told = item.get("answer", {})
        if not item["key"].startswith(_UNLIKE) and not told.get("truncated"):
            content.append(_sorted(told, []))
    return digest(sorted(content))


def _sorted(shape: Any, proofs: list[str]) -> str:  # noqa: ANN401  JSON of any shape
    """Return JSON as text, with lists in an order of their own and evidence in place of its number."""
    if isinstance(shape, list):
        # By the batch, a row that had an evidence of its own as well was listed twice.
        return "[" + ",".join(sorted({_sorted(one, proofs) for one in shape})) + "]"
    if not isinstance(shape, dict):
        return json.dumps(shape, ensure_ascii=False)
    listed = shape.get("evidence")
    if isinstance(listed, list) and listed and isinstance(listed[0], dict):
        proofs = [_sorted(one, []) for one in listed]
    cited = {name for name in ("evidence", "own_evidence") if _are_numbers(shape.get(name))}
    parts = {
        name: str(sorted(proofs[one - 1] for one in value)) if name in cited else _sorted(value, proofs)
        for name, value in shape.items()
    }
    return json.dumps(parts, ensure_ascii=False, sort_keys=True)


def _are_numbers(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, int) for one in value)


def digests() -> dict[str, dict[str, Digests]]:
    """Return the digests of every step of every scenario."""
    found: dict[str, dict[str, dict[str, list[str]]]] = (
        json.loads(DIGESTS.read_text("utf-8")) if DIGESTS.exists() else {}
    )
    return {name: {step: Digests(**those) for step, those in steps.items()} for name, steps in found.items()}


def keep_digests(scenario: str, *readers: Mapping[str, list[str]]) -> None:
    """Write the digests of a scenario, of which each reader made the lines of each step."""
    found: dict[str, object] = json.loads(DIGESTS.read_text("utf-8")) if DIGESTS.exists() else {}
    found[scenario] = {
        step: {
            "exact": list(dict.fromkeys(digest(lines[step]) for lines in readers)),
            "orderless": list(dict.fromkeys(orderless(lines[step]) for lines in readers)),
        }
        for step in readers[0]
    }
    DIGESTS.parent.mkdir(exist_ok=True)
    DIGESTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", "utf-8")


def keep(folder: Path, scenario: str, steps: Mapping[str, Frozen]) -> Path:
    """Write the whole text of a scenario."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{scenario}.jsonl.xz"
    with lzma.open(path, "wt", encoding="utf-8", newline="\n", preset=6) as stream:
        for step, frozen in steps.items():
            for head, lines in ((HEAD, frozen.lines), (OTHERWISE, frozen.otherwise)):
                stream.write(f"{head}{step}\n")
                stream.writelines(f"{line}\n" for line in lines)
    return path


def kept(scenario: str, *folders: Path) -> dict[str, Frozen] | None:
    """Return the whole text of a scenario from the first folder that has it, by step; None where none has."""
    for folder in folders:
        path = folder / f"{scenario}.jsonl.xz"
        if path.exists():
            return _steps(path)
    return None


def _steps(path: Path) -> dict[str, Frozen]:
    found: dict[str, Frozen] = {}
    lines: list[str] = []
    with lzma.open(path, "rt", encoding="utf-8", newline="\n") as stream:
        for line in stream:
            text = line.removesuffix("\n")
            if text.startswith(HEAD):
                lines = found.setdefault(text.removeprefix(HEAD), Frozen()).lines
            elif text.startswith(OTHERWISE):
                lines = found.setdefault(text.removeprefix(OTHERWISE), Frozen()).otherwise
            else:
                lines.append(text)
    return found
