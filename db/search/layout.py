"""How the index is laid out: what its writer and its readers must agree on."""

from __future__ import annotations

OPEN = "«"
"""Stands before each name. No typed text can hold a mark, because none is a letter or a digit."""
SHORT = "‹"
"""Stands before a given acronym, which is a surer match than a short name."""
CLOSE = "»"
"""Stands after each name."""
MARKS = frozenset((OPEN, SHORT, CLOSE))

RECORD_BITS = 40
RECORD_MASK = (1 << RECORD_BITS) - 1
"""The part of an index id that is the record's number; above it is the record's rank."""
HIDDEN = 3
"""Openness of closed organisations and sites, which are found only when asked for."""
FIRST_HIDDEN = HIDDEN << 6 << RECORD_BITS
"""Index ids from here on are hidden ones."""
END = 1 << 62
"""No index id comes near."""

STAMP = "search_words"
"""Name of the `meta` row that is the same exactly while the words of the index are the same."""


def openness(row_id: int) -> int:
    """Return 0 for open, 1 for unknown, 2 for closed, 3 for closed and hidden, from an index id."""
    return row_id >> RECORD_BITS >> 6


def premises(row_id: int) -> int:
    """Return 0 for bodies, arrangements and people, 1 for premises, 2 for documents, from an index id."""
    return row_id >> RECORD_BITS >> 4 & 3
