"""What the commands answer, in this process: JSON without numbers of rows, times and sizes, and what stderr is told."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

from tests.oracle.content import Item
from tui.cli.main import main

_SECONDS = re.compile(r"(rows? read in ).*")
_NUMBER = re.compile(r"(KeyError: )\d+")
"""A row's number, in a failure that had not been foreseen."""

DROPPED = {"started", "seconds", "imported", "bytes"}
"""Keys whose values are of the hour or of the machine."""


def command(*words: str, register: Path) -> tuple[int, str, str]:
    """Run `interlock` with some words on a register; return its exit code and what it writes to its streams."""
    answer, remarks = io.StringIO(), io.StringIO()
    with redirect_stdout(answer), redirect_stderr(remarks):
        code = main([*words, "--db", str(register)])
    return code, answer.getvalue(), remarks.getvalue()


def answer(*words: str, register: Path) -> Item:
    """Return what a command answers as JSON."""
    code, text, remarks = command(*words, "--format", "json", register=register)
    item: Item = {"what": "answer", "key": " ".join(words), "code": code}
    if text:
        item["answer"] = _without_numbers(json.loads(text), {})
    if remarks:
        item["remarks"] = _NUMBER.sub(r"\1", _SECONDS.sub(r"\1", remarks)).splitlines()
    if words[0] in ("import", "diff", "runs"):
        _arrange(item)
    return item


def _arrange(item: Item) -> None:
    """Put refused rows in order: that of a release read by the batch is not that of its records one by one.

    That none were left out is what answers meant before they said so.
    """
    told = item.get("answer", {})
    for holder in (told, *told.get("runs", ())):
        if "rejects" in holder:
            holder["rejects"].sort(key=lambda row: (str(row["source"]), row["line"] or 0))
        if holder.get("rejects_left_out") == 0:
            del holder["rejects_left_out"]
    item.get("remarks", []).sort()


def page(*words: str, register: Path) -> Item:
    """Return what a command writes for people to read."""
    code, text, remarks = command(*words, register=register)
    item: Item = {"what": "page", "key": " ".join(words), "code": code, "lines": text.splitlines()}
    return {**item, "remarks": remarks.splitlines()} if remarks else item


def answers(register: Path, keys: Sequence[str], queries: Sequence[str]) -> Iterator[Item]:
    """Yield what is answered about some records and to some searches, and about the register as a whole."""
    for key in keys:
        for name in ("show", "links", "timeline"):
            yield answer(name, key, register=register)
    for query in queries:
        yield answer("find", *query.split(" "), register=register)
    for words in (("stats",), ("runs",), ("review",)):
        yield answer(*words, register=register)


def _without_numbers(shape: Any, places: dict[int, int]) -> Any:  # noqa: ANN401  JSON of any shape
    """Return an answer without what is dropped; evidence is known by its place in the list of the answer."""
    if isinstance(shape, list):
        return [_without_numbers(one, places) for one in shape]
    if not isinstance(shape, dict):
        return shape
    listed = shape.get("evidence")
    if isinstance(listed, list) and listed and isinstance(listed[0], dict):
        places = {one["id"]: place for place, one in enumerate(listed, start=1)}
    found = {name: _without_numbers(one, places) for name, one in shape.items() if name not in DROPPED | {"id"}}
    for name in ("evidence", "own_evidence"):
        if isinstance(numbers := shape.get(name), list) and all(isinstance(one, int) for one in numbers):
            found[name] = [places[one] for one in numbers]
    return found
