"""A crosswalk as a source: the evidence that codes are of one body where nobody but it says so."""

from __future__ import annotations

from functools import cache

from db.data_files import load_data
from db.statements import SourceSaid

_SCHEME = "crosswalk"
"""Of the keys of crosswalks as sources."""


@cache
def crosswalk_source(crosswalk: str) -> SourceSaid:
    """Return what a register says of a crosswalk that it cites."""
    told = load_data("db", "crosswalks/crosswalks.yaml")[crosswalk]
    words = {name: told.get(name) for name in ("publisher", "published", "url", "licence")}
    return SourceSaid(f"{_SCHEME}:{crosswalk}", told["title"], **words)
