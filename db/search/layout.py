"""How the index is laid out: what its writer and its readers must agree on."""

from __future__ import annotations

APART = ";"
"""Stands between the names of a record, in plain words, in column `own`."""
SHORT = "="
"""Stands before a given acronym there, which is a surer match than a short name."""
MARK = "~~~"
"""Stands before words that are not a record's own. No typed text can hold it, because it is no letter.

As long as the longest beginnings that the full-text index has lists of, so that all marked words are in one of each.
"""
SIZE = f"{MARK}n"
"""Stands before the number of letters of a name, in column `first`."""
EVERY = f'"{MARK[:2]}" *'
"""The full-text expression for all records: each has the size of a name, if only of one without words."""

RECORD_BITS = 40
RECORD_MASK = (1 << RECORD_BITS) - 1
"""The part of an index id that is the record's number; above it is the record's rank."""
HIDDEN = 3
"""Openness of closed organisations and sites, which are found only when asked for."""
OPENNESS_BITS = RECORD_BITS + 6
"""The bits of an index id below its openness."""
FIRST_HIDDEN = HIDDEN << OPENNESS_BITS
"""Index ids from here on are hidden ones."""
END = 1 << 62
"""No index id comes near."""

DOCUMENT = 2
"""What `premises` returns for documents."""

STAMP = "search_words"
"""Name of the `meta` row that is the same exactly while the words of the index are the same."""


def openness(row_id: int) -> int:
    """Return 0 for open, 1 for unknown, 2 for closed, 3 for closed and hidden, from an index id."""
    return row_id >> OPENNESS_BITS


def premises(row_id: int) -> int:
    """Return 0 for bodies, arrangements and people, 1 for premises, 2 for documents, from an index id."""
    return row_id >> RECORD_BITS >> 4 & 3


def names_in(own: str) -> list[tuple[str, bool]]:
    """Return a record's names as column `own` has them, and whether each is a given acronym."""
    return [(name.removeprefix(SHORT), name[0] == SHORT) for name in own.split(APART) if name]


def words_in(own: str) -> list[str]:
    """Return the words of all names that column `own` has."""
    return own.replace(APART, " ").replace(SHORT, "").split()


def first_words(own: str) -> str:
    """Return what the full-text index knows names by as wholes: their first words and how many letters they have."""
    if APART not in own and own[:1] != SHORT:
        return f"{own.partition(' ')[0]} {SIZE}{len(own)}"
    return " ".join(f"{name.partition(' ')[0]} {SIZE}{len(name)}" for name, _ in names_in(own))
