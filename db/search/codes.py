"""Records by what identifies them: keys, and codes with their scheme or bare, alone or among other words."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from db.identifiers import in_plain_letters
from db.keys import CODE_ONLY, OWN_SCHEMES
from db.parameters import marks
from db.search.candidates import SearchIndex
from db.search.conditions import NONE
from db.search.layout import PLACEHOLDER, RECORD_BITS, names_in
from db.search.match import CODE, OWN, TIED, WHOLLY_UNTYPED, WORD, Sureness, TextReading, reading
from db.search.memory import Memory, SearchText
from db.search.query import MOST_WORDS
from db.search.text import STOP_WORDS, plain, readings

_LONGEST = 200
_SHORTEST_AMONG_WORDS = 3
"""Letters from which on a word beside others may be a code."""
_MOST_FOUND = 50
_MOST_TIED = 500
_UPRN_LETTERS = range(8, 13)
"""Digits of the numbers of properties; shorter ones are numbers of other things."""
_PLACEHOLDER_RANK = 1 << 6 | PLACEHOLDER << 4
"""Not known to be open."""
_MIXED = "value = {} COLLATE NOCASE AND value <> upper(value) AND value <> lower(value)"
"""Codes in letters of both cases: the words of the index of these, which is all but empty."""
_BETWEEN = str.maketrans(dict.fromkeys('()[]{}<>,;|/"', " "))
_AROUND = ".:!?*#'’‘“”-–—"


def by_code(conn: sqlite3.Connection, text: str, memory: Memory | None = None) -> list[int]:
    """Return the numbers of the records whose key or code is `text`, in any case, with its scheme or bare.

    Brackets, commas and the like around it say nothing: `(RLQ)`, `RLQ,`; nor do full width and what nobody sees.
    """
    code = in_plain_letters(text)
    if not code or len(code) > 2 * _LONGEST:
        return []
    kept = memory or Memory()
    found = [] if any(map(str.isspace, code)) else _found(conn, code, kept)
    pieces = [] if found else pieces_of(code)
    return _found(conn, pieces[0], kept) if len(pieces) == 1 and pieces != [code] else found


def pieces_of(text: str) -> list[str]:
    """Return the words of a text as codes are written: whole with their scheme, without the signs around them."""
    words = in_plain_letters(text).translate(_BETWEEN).split()
    return [piece for word in words if (piece := word.strip(_AROUND))]


def codes_among(conn: sqlite3.Connection, pieces: Iterable[str], memory: Memory | None = None) -> dict[str, list[int]]:
    """Return those of several words that are codes, with the numbers of their records.

    The ends of keys that the register gives itself are none: `together` is a word, `arr:together` is a key.
    """
    kept = memory or Memory()
    long_enough = (one for one in pieces if len(one) >= _SHORTEST_AMONG_WORDS and one.lower() not in STOP_WORDS)
    return {one: found for one in long_enough if (found := _found(conn, one, kept, own_too=False))}


def _found(conn: sqlite3.Connection, code: str, memory: Memory, *, own_too: bool = True) -> list[int]:
    if (code, own_too) not in memory.codes:
        memory.schemes = memory.schemes or _schemes(conn)
        memory.codes[code, own_too] = _asked(conn, code, memory.schemes, own_too)
    return memory.codes[code, own_too]


def _asked(conn: sqlite3.Connection, code: str, schemes: Iterable[str], own_too: bool) -> list[int]:
    if len(code) > _LONGEST:
        return []
    scheme, colon, value = code.partition(":")
    if colon:
        return _with_scheme(conn, scheme.lower(), value)
    found = _bare(conn, code, [one for one in schemes if own_too or one not in OWN_SCHEMES], own_too)
    is_number = code.isascii() and code.isdigit() and len(code) in _UPRN_LETTERS
    return _by_property(conn, code) if is_number and not found else found


def _with_scheme(conn: sqlite3.Connection, scheme: str, value: str) -> list[int]:
    spelt = sorted({f"{scheme}:{value}", f"{scheme}:{value.upper()}", f"{scheme}:{value.lower()}"})
    sql = f"SELECT id FROM record WHERE key IN ({marks(spelt)})"
    found = [row[0] for row in conn.execute(sql, spelt)]
    sql = (
        "SELECT record_id FROM identifier WHERE scheme = ?1 AND value IN (?2, ?3, ?4)"
        f" UNION SELECT record_id FROM identifier WHERE scheme = ?1 AND {_MIXED.format('?2')}"
    )
    return found or [row[0] for row in conn.execute(sql, (scheme, value, value.upper(), value.lower()))]


def _bare(conn: sqlite3.Connection, code: str, schemes: Iterable[str], own_too: bool) -> list[int]:
    spelt = sorted({f"{one}:{value}" for one in schemes for value in (code, code.upper(), code.lower())})
    own = "" if own_too else f" AND scheme NOT IN ({','.join(map(repr, sorted(OWN_SCHEMES)))})"
    sql = (
        f"SELECT id FROM record WHERE key IN ({marks(spelt)})"
        f" UNION SELECT record_id FROM identifier WHERE value IN (?, ?, ?){own}"
        f" UNION SELECT record_id FROM identifier WHERE {_MIXED.format('?')}{own} LIMIT {_MOST_FOUND}"
    )
    return [row[0] for row in conn.execute(sql, (*spelt, code, code.upper(), code.lower(), code))]


def _by_property(conn: sqlite3.Connection, uprn: str) -> list[int]:
    """Return the records at a property's unique reference number, which is no identifier: a building may house many."""
    sql = (
        "SELECT DISTINCT record_id FROM fact WHERE property = 'uprn' AND value = ? AND record_id IS NOT NULL"
        f" ORDER BY record_id LIMIT {_MOST_FOUND}"
    )
    return [row[0] for row in conn.execute(sql, (uprn,))]


def _schemes(conn: sqlite3.Connection) -> list[str]:
    """Return the schemes that keys begin with, each found by one step in the index of keys."""
    found: list[str] = []
    after = ""
    while (key := conn.execute("SELECT min(key) FROM record WHERE key > ?", (after,)).fetchone()[0]) is not None:
        scheme = str(key).partition(":")[0]
        found.append(scheme)
        after = f"{scheme};"
    return found


class TypedCodes(NamedTuple):
    """Those words of a text that are codes, with their records, and the readings of the words beside them."""

    records: dict[str, list[int]]
    beside: tuple[TextReading, ...]


def codes_in(conn: sqlite3.Connection, text: str, memory: Memory | None) -> TypedCodes | None:
    """Return the codes that a text holds, or is; None where there are none."""
    pieces = pieces_of(text)[:MOST_WORDS]
    if whole := by_code(conn, text, memory):
        return TypedCodes({pieces[0] if len(pieces) == 1 else text.strip(): whole}, ())
    found = codes_among(conn, pieces, memory) if len(pieces) > 1 else {}
    if not found:
        return None
    beside = " ".join(piece for piece in pieces if piece not in found)
    return TypedCodes(found, tuple(map(reading, readings(beside))))


def by_codes(codes: TypedCodes, indexes: Sequence[SearchIndex]) -> Iterator[tuple[SearchText, Sureness]]:
    """Yield the records of the codes and those tied to them, as far as the indexes have them, with how they match."""
    for code, records in codes.records.items():
        for candidate in (*_read(indexes, records), *_placeholders(indexes[0], records)):
            yield candidate, Sureness(CODE, False, False, 0, OWN, 0, 0, False, 0, code, ())
        # They are found by the names and codes of those that they are tied to.
        among = ",".join(map(str, records))
        sql = f"SELECT record_id FROM _search_tie WHERE tied_id IN ({among}) ORDER BY record_id LIMIT {_MOST_TIED}"
        tied = [row[0] for row in indexes[0].conn.execute(sql)]
        for candidate in _read(indexes, tied):
            length = len(next((name for name, _ in names_in(candidate.own)), ""))
            yield candidate, Sureness(WORD, False, True, 0, TIED, WHOLLY_UNTYPED, 0, False, length, code, (code,))


def _read(indexes: Sequence[SearchIndex], record_ids: Sequence[int]) -> Iterator[SearchText]:
    for index in indexes:
        yield from index.read(index.of_records(record_ids))


def _placeholders(index: SearchIndex, record_ids: Sequence[int]) -> Iterator[SearchText]:
    """Yield those records that are placeholders, of which no filter knows anything."""
    if index.conditions is not NONE:
        return
    sql = f"SELECT id, name FROM record WHERE id IN ({','.join(map(str, record_ids))}) AND {CODE_ONLY}"
    for number, name in index.conn.execute(sql):
        words = plain(name)
        yield SearchText(_PLACEHOLDER_RANK << RECORD_BITS | number, words, "", "", "", "", f" {words} ")


def is_word(code: str, known: Callable[[str], bool]) -> bool:
    """Whether a code is also a word, or some words, that names and the like have."""
    return all(map(known, plain(code).split()))
