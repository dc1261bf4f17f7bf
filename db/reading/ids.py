"""Handing many ids to one statement, so that the number of statements never grows with the data."""

from __future__ import annotations

from collections.abc import Iterable


def id_list(ids: Iterable[int]) -> str:
    """Return ids as the JSON text that `json_each(?)` reads back, one row an id and none twice."""
    return f"[{','.join(map(str, dict.fromkeys(ids)))}]"
