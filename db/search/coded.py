"""Codes among the words of a text, and which records they are taken for."""

from __future__ import annotations

from typing import NamedTuple

from db.search.codes import by_code, codes_among, pieces_of
from db.search.layout import names_in
from db.search.match import CODE, OWN, OWN_NAMES, TIED, WHOLLY_UNTYPED, WORD, Found, Reading, reading
from db.search.query import MOST_WORDS
from db.search.text import plain, readings

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator, Sequence

    from db.search.candidates import Index
    from db.search.memory import Memory, SearchText
    from db.search.rank import Ranked

_MOST_TIED = 500


class Codes(NamedTuple):
    """Those words of a text that are codes, with their records, and the readings of the words beside them."""

    records: dict[str, list[int]]
    beside: tuple[Reading, ...]


def codes_in(conn: sqlite3.Connection, text: str, memory: Memory | None) -> Codes | None:
    """Return the codes that a text holds, or is; None where there are none."""
    pieces = pieces_of(text)[:MOST_WORDS]
    if whole := by_code(conn, text, memory):
        return Codes({pieces[0] if len(pieces) == 1 else text.strip(): whole}, ())
    found = codes_among(conn, pieces, memory) if len(pieces) > 1 else {}
    if not found:
        return None
    beside = " ".join(piece for piece in pieces if piece not in found)
    return Codes(found, tuple(map(reading, readings(beside))))


def coded(codes: Codes, indexes: Sequence[Index]) -> Iterator[tuple[SearchText, Found]]:
    """Yield the records of the codes and those tied to them, as far as the indexes have them, with how they match."""
    for code, records in codes.records.items():
        for candidate in _read(indexes, records):
            yield candidate, Found(CODE, False, 0, OWN, 0, 0, False, 0, code, ())
        for candidate in _read(indexes, _tied_to(indexes[0].conn, records)):
            length = len(next((name for name, _ in names_in(candidate.own)), ""))
            yield candidate, Found(WORD, True, 0, TIED, WHOLLY_UNTYPED, 0, False, length, code, (code,))


def _read(indexes: Sequence[Index], record_ids: Sequence[int]) -> Iterator[SearchText]:
    for index in indexes:
        yield from index.read(index.of_records(record_ids))


def _tied_to(conn: sqlite3.Connection, record_ids: Sequence[int]) -> list[int]:
    """Return the records that are found by the names and codes of some others, being tied to them."""
    among = ",".join(map(str, record_ids))
    sql = f"SELECT record_id FROM search_tie WHERE tied_id IN ({among}) ORDER BY record_id LIMIT {_MOST_TIED}"
    return [row[0] for row in conn.execute(sql)]


def is_by_name(one: Ranked) -> bool:
    """Whether a record's names hold all the words: then what looks like a code among them is a word."""
    return CODE < one.found.kind <= WORD and one.found.where <= OWN_NAMES


def is_word(code: str, known: Callable[[str], bool]) -> bool:
    """Whether a code is also a word, or some words, that names and the like have."""
    return all(map(known, plain(code).split()))
