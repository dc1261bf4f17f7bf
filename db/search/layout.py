"""How the index is laid out: what its writer and its readers must agree on."""

from __future__ import annotations

from binascii import crc32
from functools import lru_cache

APART = ";"
"""Stands between the names of a record, in plain words, in column `own`."""
SHORT = "="
"""Stands before a given acronym there, which is a surer match than a short name."""
CALLED = "@"
"""Stands there before what people call a body that is no name of its own: its town, its name without `NHS Trust`."""
NEARBY = "%"
"""Stands there before a town in which a body has some place, though not the hospital that people go to."""
IMPLIED = "<"
"""Stands there before words that a body has as its own, though nobody calls it by all of them: names of what it came
after, its name with the sort of care that it gives."""
WITHIN = ">"
"""Stands there before a place in the area of a board or a system with the words for its sort."""
PLACE_OF = "+"
"""Stands there before a name of a body that is first that of a hospital it runs: `arrowe park`."""
MARKS = (SHORT, CALLED, NEARBY, IMPLIED, WITHIN, PLACE_OF)
MARK = "~~"
"""Stands before words that are not a record's own. No typed text can hold it, because it is no letter.

As long as the beginnings that the full-text index has lists of, so that all marked words are in one.
"""
SIZE = f"{MARK}n"
"""Stands before the number of letters of a name, in column `first`."""
EVERY = f'"{MARK}" *'
"""The full-text expression for all records: each has the size of a name, if only of one without words."""

RECORD_BITS = 40
RECORD_MASK = (1 << RECORD_BITS) - 1
"""The part of an index id that is the record's number; above it is the record's rank."""
SORT_BITS = RECORD_BITS + 4
"""Above these bits of an index id are openness and sort (public bodies first), below how long the name is."""
HIDDEN = 3
"""Openness of closed organisations and sites, which are found only when asked for."""
OPENNESS_BITS = RECORD_BITS + 6
"""The bits of an index id below its openness."""
FIRST_HIDDEN = HIDDEN << OPENNESS_BITS
"""Index ids from here on are hidden ones."""
FIRST_CLOSED = 2 << OPENNESS_BITS
"""Index ids from here on are those of records that are known to be closed."""
END = 1 << 62
"""No index id comes near."""

TYPE_WORDS = ("organisation_types", "arrangement_types", "site_types", "document_types")
"""Vocabularies of types by which records are found."""
PLAIN_ROLES = frozenset(("member", "core-member", "associate", "partner", "party", "subject"))
"""Roles that tell no more of a body than that it takes part."""

FIRST, USUAL, LAST, PLACEHOLDER = range(4)
"""What `level` returns: which of several records that match alike is meant. First public bodies and hospitals, last
places, codes under which bodies charge, and documents; placeholders have no row in the index, only codes find them."""

STAMP = "search_words"
"""Name of the `meta` row that is the same exactly while the words of the index are the same."""


def openness(row_id: int) -> int:
    """Return 0 for open, 1 for unknown, 2 for closed, 3 for closed and hidden, from an index id."""
    return row_id >> OPENNESS_BITS


def level(row_id: int) -> int:
    """Return FIRST to PLACEHOLDER from an index id: how likely a record is meant among its namesakes."""
    return row_id >> SORT_BITS & 3


def names_in(own: str) -> list[tuple[str, str]]:
    """Return a record's names as column `own` has them, each with the mark before it, one of MARKS or none."""
    return [(name[1:], name[0]) if name[0] in MARKS else (name, "") for name in own.split(APART) if name]


def words_in(own: str) -> list[str]:
    """Return the words of all names that column `own` has."""
    return own.translate(_SPACED).split()


def first_words(own: str) -> str:
    """Return what the full-text index knows names by as wholes: their first words and how many letters they have."""
    if APART not in own and own[:1] not in MARKS:
        return f"{own.partition(' ')[0]} {SIZE}{len(own)}"
    return " ".join(f"{name.partition(' ')[0]} {SIZE}{len(name)}" for name, _ in names_in(own))


_SPACED = str.maketrans({APART: " ", **dict.fromkeys(MARKS)})
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_OPENNESS = ("open", "closed")
"""Statuses that a record's rank tells already."""


def of_kind(kind: str) -> str:
    """Return the word for a kind of record; none for organisations, which most are."""
    return "" if kind == "organisation" else f"{MARK}k{kind[:1]}"


@lru_cache(maxsize=2000)
def of_type(name: str) -> str:
    """Return the word for a type: five digits instead of its long name."""
    number = crc32(name.encode("utf-8", "replace"))
    digits = ""
    for _ in range(5):
        number, digit = divmod(number, 36)
        digits += _DIGITS[digit]
    return f"{MARK}t{digits}"


def of_role(name: str) -> str:
    """Return the word for a role: its name in an arrangement, the number of its code in the ODS."""
    letters = _letters(name)
    return f"{MARK}r{letters[2:] if letters[:2] == 'ro' and letters[2:].isdigit() else letters}"


def of_status(name: str | None) -> str:
    """Return the word for a status; none for open and closed."""
    return "" if name is None or name in _OPENNESS else f"{MARK}s{_letters(name)}"


def _letters(name: str) -> str:
    return "".join(letter for letter in name.lower() if letter.isalnum())


@lru_cache(maxsize=20_000)
def facets(kind: str, kind_type: str | None, status: str | None, roles: tuple[str, ...]) -> str:
    """Return all that filters may ask for of a record, one space apart."""
    found = [of_kind(kind), of_type(kind_type) if kind_type else "", of_status(status), *map(of_role, roles)]
    return " ".join(dict.fromkeys(filter(None, found)))
