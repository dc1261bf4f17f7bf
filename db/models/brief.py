"""A record in one line; a named tuple, because making dataclasses costs a search from the shell a sixth of its time."""

from __future__ import annotations

from typing import NamedTuple


class Brief(NamedTuple):
    """A record in one line: what lists, results and breadcrumbs show of it. `open` is None where nobody says."""

    key: str
    kind: str
    type: str | None
    name: str
    status: str | None
    open: bool | None
    place: str | None
    gone: str | None = None
    """Key of the newer list that no longer holds the record."""
