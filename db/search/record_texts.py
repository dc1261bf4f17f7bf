"""What the tables that people read tell of records, as far as the index takes it in."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from db.keys import CODE_ONLY
from db.reading.posts import posts_of

_AT_ONCE = 400
_MOST_TIES = 300
TYPE_WORDS = ("organisation_types", "arrangement_types", "site_types", "document_types")
"""Vocabularies of types by which records are found."""
TIED_KINDS = ("arrangement", "person")
"""Kinds of record that are found by the names of those at the other end of their links."""
PLACE_FACTS = frozenset(("area-served",))
"""Facts whose texts are words of a place."""
UNSAID = frozenset(("ods-role", "earlier-type", "uprn", "telephone"))
"""Facts whose texts nobody looks for by their words; filters ask for some of them."""


class RecordTexts(NamedTuple):
    """A record with what is told of it; `ties` is None where it is not found by those it is tied to."""

    id: int
    kind: str
    type: str | None
    status: str | None
    open: int | None
    names: list[tuple[str, str]]
    """The name it is shown by first, each with its kind."""
    town: str | None
    county: str | None
    postcode: str | None
    summary: str | None
    places: list[str]
    texts: list[str]
    roles: list[str]
    """Roles of the ODS and of its links, in order."""
    ties: tuple[int, ...] | None
    tied: list[str]
    """Names of the records in `ties`."""


def type_labels(conn: sqlite3.Connection) -> dict[str, str]:
    """Return the words for each type: its label and its name."""
    marks = _marks(TYPE_WORDS)
    found = conn.execute(f"SELECT name, label FROM term WHERE vocabulary IN ({marks}) ORDER BY vocabulary", TYPE_WORDS)
    return {name: f"{label} {name}" for name, label in found}


def texts_of(conn: sqlite3.Connection, ids: Sequence[int]) -> Iterator[RecordTexts]:
    """Return what is told of those records that exist; of placeholders nothing is, and only their codes find them."""
    records = conn.execute(
        "SELECT id, kind, type, name, status, open, summary, county, town, postcode FROM record"
        f" WHERE id IN ({_marks(ids)}) AND NOT ({CODE_ONLY})",
        ids,
    ).fetchall()
    numbers = [row[0] for row in records]
    ties = _ties(conn, [row[0] for row in records if row[1] in TIED_KINDS])
    names = _names(conn, sorted(set(numbers).union(*ties.values())))
    facts = _facts(conn, numbers)
    roles = _roles(conn, numbers)
    held = posts_of(conn, [row[0] for row in records if row[1] == "person"])
    for number, kind, kind_type, name, status, is_open, summary, county, town, postcode in records:
        about = facts.get(number)
        tied = ties.get(number, ()) if kind in TIED_KINDS else None
        yield RecordTexts(
            id=number, kind=kind, type=kind_type, status=status, open=is_open,
            names=[(name, "official"), *names.get(number, ())],
            town=town, county=county, postcode=postcode, summary=summary,
            places=about.places if about else [],
            texts=[*(about.texts if about else ()), *(post.partition(", ")[0] for post in held.get(number, ()))],
            roles=sorted(roles.get(number, ())), ties=tied, tied=_names_of(conn, names, tied or ()),
        )  # fmt: skip


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


def _ties(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the records at the other end of any link of those records."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for near, far in (("source_id", "target_id"), ("target_id", "source_id")) if ids else ():
        sql = f"SELECT {near}, {far} FROM link WHERE {near} IN ({_marks(ids)})"
        for one, other in conn.execute(sql, ids):
            if one != other:
                found[one].add(other)
    return {one: tuple(sorted(others)[:_MOST_TIES]) for one, others in found.items()}


def _names(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return each record's names with their kinds, each as it is shown and as its source writes it."""
    found: dict[int, list[tuple[str, str]]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        where = f"WHERE record_id IN ({_marks(some)}) ORDER BY record_id, id"
        for record_id, name, kind, verbatim in conn.execute(
            f"SELECT record_id, name, kind, verbatim FROM name {where}", some
        ):
            listed = found.setdefault(record_id, [])
            listed.append((name, kind))
            if verbatim:
                listed.append((verbatim, kind))
    return found


def _names_of(conn: sqlite3.Connection, names: dict[int, list[tuple[str, str]]], ids: Sequence[int]) -> list[str]:
    """Return the names of some records, those they are shown by included."""
    if not ids:
        return []
    shown = dict(conn.execute(f"SELECT id, name FROM record WHERE id IN ({_marks(ids)})", ids))
    return [name for one in ids if one in shown for name in (shown[one], *(each for each, _ in names.get(one, ())))]


def _roles(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the roles that each record has by the ODS, and those in links of its own."""
    found: dict[int, set[str]] = {}
    for sql in (
        "SELECT record_id, value FROM fact WHERE property = 'ods-role' AND record_id",
        "SELECT source_id, role FROM link WHERE role IS NOT NULL AND source_id",
    ):
        for number, role in conn.execute(f"{sql} IN ({_marks(ids)})", ids):
            if isinstance(role, str):
                found.setdefault(number, set()).add(role)
    return found


class _Facts(NamedTuple):
    """What the facts of a record add to the words it is found by."""

    places: list[str]
    texts: list[str]


def _facts(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, _Facts]:
    found: dict[int, _Facts] = {}
    sql = (
        f"SELECT record_id, property, coalesce(text, value) FROM fact WHERE record_id IN ({_marks(ids)})"
        f" AND property NOT IN ({_marks(tuple(UNSAID))}) ORDER BY id"
    )
    for record_id, what, text in conn.execute(sql, (*ids, *UNSAID)):
        if isinstance(text, str):
            facts = found.setdefault(record_id, _Facts([], []))
            (facts.places if what in PLACE_FACTS else facts.texts).append(text)
    return found
