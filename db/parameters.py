"""Handing values to SQLite: many of them to one statement, and a person's odd text."""

from __future__ import annotations

from collections.abc import Iterable, Sized


def id_list(ids: Iterable[int]) -> str:
    """Return ids as the JSON text that `json_each(?)` reads back, one row an id and none twice."""
    return f"[{','.join(map(str, dict.fromkeys(ids)))}]"


def marks(values: Sized) -> str:
    """Return a question mark for each of some values, as `IN (…)` takes them."""
    return ",".join("?" * len(values))


def bindable(text: str) -> str:
    """Return `text` as SQLite can take it: without the half characters that undecodable arguments arrive as."""
    return text.encode("utf-8", "replace").decode("utf-8")
