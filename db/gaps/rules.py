"""Of which types something is expected, and where it is lacking as a rule: what `rules.json` says, with reasons."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from db.dates import today

NOT_ENDED = (
    "l.gone IS NULL AND l.status IS NOT 'past' AND (l.until IS NULL OR l.until >= substr(:today, 1, length(l.until)))"
)
"""SQL of link `l` that is true where neither a stated end nor a newer list has ended it; bodies that closed may hang on
it."""
THERE = "a.kind = 'arrangement' AND a.kind <> 'organisation' AND a.open = 1 AND a.placeholder = 0"
"""SQL of record `a` that is true of arrangements known to be there; the second test of the kind is for the index."""


@cache
def listed() -> dict[str, Any]:
    """Return the rules as they stand in the file."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("rules.json").read_text("utf-8"))
    return found


def types(rule: str) -> dict[str, bool]:
    """Return the types of a rule, each with whether what it asks for is lacking as a rule."""
    return {one["type"]: bool(one.get("usual")) for one in listed()[rule]}


def named() -> dict[str, str]:
    """Return the values that the SQL of gaps names."""
    return {"today": today()}
