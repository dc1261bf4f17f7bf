"""What the index holds of each record, made from the tables that people read: the same for one record as for all."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from db.search.acronyms import initials, squashed
from db.search.layout import CLOSE, HIDDEN, MARKS, OPEN, RECORD_BITS, SHORT
from db.search.normalise import expanded, forms, place_words, plain

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

_AT_ONCE = 400
_MOST_TIES = 300
_PREMISES = ("branch-surgery", "nhs-site", "other-site")
_TYPE_WORDS = ("organisation_types", "arrangement_types", "site_types", "document_types")
_PLACE_FACTS = ("area-served",)


class Row(NamedTuple):
    """A row of `search_text`, with the records whose names it holds."""

    id: int
    record_id: int
    own: str
    initials: str
    place: str
    more: str
    tied: str
    ties: tuple[int, ...]

    def words(self) -> set[str]:
        """Return the words that typing errors are measured against."""
        return {word for part in (self.own, self.place, self.more, self.tied) for word in part.split()} - MARKS


def make_rows(conn: sqlite3.Connection, record_ids: Sequence[int]) -> Iterator[Row]:
    """Return the index rows of those records that exist, in the order given."""
    labels = _labels(conn)
    for start in range(0, len(record_ids), _AT_ONCE):
        yield from _batch(conn, record_ids[start : start + _AT_ONCE], labels)


def _labels(conn: sqlite3.Connection) -> dict[str, str]:
    marks = _marks(_TYPE_WORDS)
    found = conn.execute(f"SELECT name, label FROM term WHERE vocabulary IN ({marks}) ORDER BY vocabulary", _TYPE_WORDS)
    return {name: f"{label} {name}" for name, label in found}


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _batch(conn: sqlite3.Connection, ids: Sequence[int], labels: dict[str, str]) -> Iterator[Row]:
    records = conn.execute(
        f"SELECT id, kind, type, name, open, summary, county, town, postcode FROM record WHERE id IN ({_marks(ids)})",
        ids,
    ).fetchall()
    ties = _ties(conn, [row[0] for row in records if row[1] in ("arrangement", "person")])
    wanted = {row[0] for row in records}.union(*ties.values())
    names = _names(conn, sorted(wanted))
    facts = _facts(conn, [row[0] for row in records])
    for record_id, kind, kind_type, name, is_open, summary, county, town, postcode in records:
        listed = names.get(record_id) or [(name, "official")]
        own, acronyms = _own(listed, kind)
        yield Row(
            id=rank(kind, kind_type, is_open, name) << RECORD_BITS | record_id,
            record_id=record_id,
            own=own,
            initials=acronyms,
            place=place_words(town, county, postcode, *facts[record_id].places),
            more=_once(
                plain(labels.get(kind_type or "", kind_type or "")), *_pieces(summary), *_pieces(facts[record_id].text)
            ),
            tied=_tied(names, ties.get(record_id, ())),
            ties=ties.get(record_id, ()),
        )


def rank(kind: str, kind_type: str | None, is_open: int | None, name: str) -> int:
    """Return what puts a record before others that match as well: openness, then what it is, then a short name."""
    openness = {1: 0, None: 1}.get(is_open, HIDDEN if kind in ("organisation", "site") else 2)
    what = 2 if kind == "document" else 1 if kind == "site" or kind_type in _PREMISES else 0
    return openness << 6 | what << 4 | min(len(name) // 4, 15)


def _ties(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the records at the other end of any link of those records."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for near, far in (("source_id", "target_id"), ("target_id", "source_id")):
        sql = f"SELECT {near}, {far} FROM link WHERE {near} IN ({_marks(ids)})"
        for one, other in conn.execute(sql, ids):
            if one != other:
                found[one].add(other)
    return {one: tuple(sorted(others)[:_MOST_TIES]) for one, others in found.items()}


def _names(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return each record's names, the one it is shown by first, with their kinds."""
    found: dict[int, list[tuple[str, str]]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        for record_id, name in conn.execute(f"SELECT id, name FROM record WHERE id IN ({_marks(some)})", some):
            found[record_id] = [(name, "official")]
        where = f"WHERE record_id IN ({_marks(some)}) ORDER BY record_id, id"
        for record_id, name, kind, verbatim in conn.execute(
            f"SELECT record_id, name, kind, verbatim FROM name {where}", some
        ):
            listed = found.setdefault(record_id, [])
            listed.append((name, kind))
            if verbatim:
                listed.append((verbatim, kind))
    return found


class _Facts(NamedTuple):
    """What the facts of a record add to the words it is found by."""

    places: list[str]
    texts: list[str]

    @property
    def text(self) -> str:
        """All that is no place, as one text."""
        return " ".join(self.texts)


def _facts(conn: sqlite3.Connection, ids: Sequence[int]) -> defaultdict[int, _Facts]:
    found: defaultdict[int, _Facts] = defaultdict(lambda: _Facts([], []))
    sql = f"SELECT record_id, property, coalesce(text, value) FROM fact WHERE record_id IN ({_marks(ids)}) ORDER BY id"
    for record_id, what, text in conn.execute(sql, ids):
        if isinstance(text, str):
            facts = found[record_id]
            (facts.places if what in _PLACE_FACTS else facts.texts).append(text)
    return found


def _own(names: Iterable[tuple[str, str]], kind: str) -> tuple[str, str]:
    """Return all spellings of a record's names between marks, and the acronyms it goes by."""
    spellings: dict[str, None] = {}
    acronyms: set[str] = set()
    for name, short in dict.fromkeys((name, name_kind == "acronym") for name, name_kind in names):
        spelt = forms(name)
        for form in spelt:
            spellings.setdefault(f"{SHORT if short else OPEN} {form} {CLOSE}")
        if short and spelt:
            acronyms.add(squashed(spelt[-1]))
        elif kind in ("organisation", "arrangement"):
            acronyms.update(*map(initials, spelt))
    return " ".join(spellings), " ".join(sorted(acronyms))


def _tied(names: dict[int, list[tuple[str, str]]], ties: Iterable[int]) -> str:
    return _once(*(form for tie in ties for name, _ in names.get(tie, ()) for form in forms(name)))


def _pieces(text: str | None) -> Iterator[str]:
    """Return a long text in plain words, piece by piece, because a single name is cut."""
    words = (text or "").split()[:400]
    for start in range(0, len(words), 20):
        piece = plain(" ".join(words[start : start + 20]))
        yield piece
        yield expanded(piece)


def _once(*texts: str) -> str:
    return " ".join(dict.fromkeys(word for text in texts for word in text.split()))
