"""What the tables that people read tell of records, as far as the index takes it in."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from db.keys import CODE_ONLY
from db.parameters import chunks, id_list, marks
from db.reading.posts import posts_of
from db.search.areas import NOWHERE, areas_of
from db.search.called import PASSED_ON, area_of_council
from db.search.companies import brands_of
from db.search.heirs import came_after
from db.search.hospitals import (
    HOSPITAL,
    IS_HOSPITAL,
    acute_ones,
    hospitals_in_towns,
    towns_called,
    towns_of_arrangements,
)
from db.search.layout import FIRST, LAST, PLAIN_ROLES, TYPE_WORDS, USUAL
from db.search.linked import hospitals_of, of_types
from db.search.text import plain

_MOST_TIES = 300
TIED_KINDS = ("arrangement", "person")
"""Kinds of record that are found by the names of those at the other end of their links."""
IS_TIED = f"(kind IN {TIED_KINDS} OR {IS_HOSPITAL})"
"""SQL: whether a record is found by the names of all those at the other end of its links."""
PARTNERS = f"""
SELECT l.target_id, l.source_id FROM json_each(?) j CROSS JOIN link l ON l.{{}} = j.value
 AND {of_types("partner-to")}"""
"""SQL: bodies with their partners, with one of the ends given."""
PLACE_FACTS = frozenset(("area-served",))
"""Facts whose texts are words of a place."""
_INDEPENDENT = "Independent Sector"
"""What a list tells of hospitals of companies, and of some of the NHS."""
UNSAID = frozenset(("ods-role", "earlier-type", "uprn", "telephone", "who-runs-it"))
"""Facts whose texts nobody looks for by their words; filters ask for some of them."""


class TypeWords(NamedTuple):
    """The words by which records of a type are found, and whether one of the type is meant first or last."""

    words: str = ""
    meant: str | None = None
    sorts: tuple[str, ...] = ()
    """What a body of the type is said to be beside its name, in plain words: `primary care trust`, `pct`."""
    inherits: bool = False
    """Whether people look for a body of the type by the names of those that it came after."""
    by_area: bool = False
    """Whether people look for one of the type by the places in its area."""

    def level(self, kind: str) -> int:
        """Return how likely a record of the type is meant among its namesakes, as `layout.level` tells it."""
        if self.meant == "first":
            return FIRST
        return LAST if self.meant == "last" or kind in ("site", "document") else USUAL


NO_TYPE = TypeWords()


def is_tied(kind: str, kind_type: str | None) -> bool:
    """Whether a record of that sort is found by the names of those at the other end of its links."""
    return kind in TIED_KINDS or (kind == "site" and kind_type == HOSPITAL)


def is_public(kind: str, kind_type: TypeWords) -> bool:
    """Whether a record is a public body, which people call by shorter names, its town and its hospitals."""
    return kind == "organisation" and kind_type.meant == "first"


class RecordTexts(NamedTuple):
    """A record with what is told of it; `ties` is None where it is not found by those it is tied to."""

    id: int
    kind: str
    type: str | None
    status: str | None
    open: int | None
    names: list[tuple[str, str]]
    """The name it is shown by first, each with its kind."""
    is_called: bool
    """Whether people call it by its town and by a shorter name."""
    is_independent: bool
    """Whether it is a hospital of companies alone: people mean it where they name it, but of a town that of the NHS."""
    is_acute: bool
    """Whether it is a hospital of a public body that gives all sorts of acute care."""
    brands: list[str]
    """Words by which the hospitals of a company are named."""
    town: str | None
    hospitals: list[str]
    """Names of those that it runs."""
    towns: list[str]
    """Those by which people call it: of its office and its hospitals."""
    nearby: list[str]
    """Others in which it has some place."""
    inherited: list[str]
    """Names of those that it came after, by which people look for it."""
    areas: tuple[str, ...]
    """Places in its area, by which people look for it with a word for its sort."""
    county: str | None
    postcode: str | None
    summary: str | None
    places: list[str]
    texts: list[str]
    roles: list[str]
    """Roles of the ODS and of its links, in order."""
    ties: tuple[int, ...] | None
    tied: list[str]
    """Names of those of the records in `ties` that it has links with, and the roles that those play in it."""


def types_known(conn: sqlite3.Connection) -> dict[str, TypeWords]:
    """Return what the vocabularies tell of each type; its words are its label, its name and its short names."""
    found = conn.execute(
        f"SELECT name, label, extra FROM term WHERE vocabulary IN ({marks(TYPE_WORDS)}) ORDER BY vocabulary", TYPE_WORDS
    )
    return {name: _type_words(name, label, extra or "{}") for name, label, extra in found}


@lru_cache(maxsize=1024)
def _type_words(name: str, label: str, told: str) -> TypeWords:
    """Return what a row of the vocabulary tells; the same rows are asked for at the end of each run."""
    extra = json.loads(told)
    aliases = extra.get("aliases", [])
    sorts = dict.fromkeys(map(plain, (label.partition(" (")[0], *aliases, *extra.get("said", ()))))
    return TypeWords(
        " ".join((label, name, *aliases)), extra.get("meant"), tuple(sorts), bool(extra.get("inherits")),
        bool(extra.get("by_area")),
    )  # fmt: skip


def texts_of(
    conn: sqlite3.Connection,
    ids: Sequence[int],
    types: Mapping[str, TypeWords],
    given: Mapping[str, list[tuple[str, str]]],
) -> Iterator[RecordTexts]:
    """Return what is told of those records that exist; of placeholders nothing is, and only their codes find them.

    `types` and `given` are what `types_known` and `nicknames` return, read once for any number of records.
    """
    records = conn.execute(
        "SELECT id, kind, type, name, status, open, summary, county, town, postcode, key FROM record"
        f" WHERE id IN ({marks(ids)}) AND NOT ({CODE_ONLY})",
        ids,
    ).fetchall()
    numbers = [row[0] for row in records]
    found_by_ties = {row[0] for row in records if is_tied(row[1], row[2])}
    first = {row[0] for row in records if is_public(row[1], types.get(row[2] or "", NO_TYPE))}
    before = came_after(conn, [row[0] for row in records if types.get(row[2] or "", NO_TYPE).inherits])
    run = hospitals_of(conn, sorted(first))
    ties = _ties(conn, sorted(found_by_ties)) | _ties_of_public(conn, first, run, before)
    names = _names(conn, sorted(set(numbers).union(*ties.values())))
    known_as = _called(conn, given) if ties else {}
    covering = [row[0] for row in records if types.get(row[2] or "", NO_TYPE).by_area]
    covered = areas_of(conn, covering, before, given) if covering else {}
    public = _public(conn, {other for one in found_by_ties for other in ties.get(one, ())}, types)
    acute = acute_ones(conn, public)
    brands = brands_of(conn, [(row[0], row[3]) for row in records if row[1] == "organisation" and row[0] not in first])
    facts = _facts(conn, numbers, found_by_ties, first)
    roles = _roles(conn, numbers)
    played = _roles_played_in(conn, sorted(found_by_ties))
    held = posts_of(conn, [row[0] for row in records if row[1] == "person"])
    towns = towns_of_arrangements(conn, [row[0] for row in records if row[8] is None and row[1] == "organisation"])
    hospitals = hospitals_in_towns(conn, run)
    for number, kind, kind_type, name, status, is_open, summary, county, town, postcode, key in records:
        about, said = facts.get(number), given.get(key, ())
        called_by = towns_called(town, hospitals.get(number, ()), about.texts if about else ())
        tied = ties.get(number, ()) if number in found_by_ties or number in first else None
        yield RecordTexts(
            id=number, kind=kind, type=kind_type, status=status, open=is_open,
            names=[(name, "official"), *names.get(number, ()), *(one for one in said if one[1] != PASSED_ON)],
            is_called=number in first,
            is_independent=about is not None and _INDEPENDENT in about.texts and public.isdisjoint(tied or ()),
            is_acute=not acute.isdisjoint(tied or ()), brands=brands.get(number, []),
            hospitals=_names_of(conn, names, run.get(number, ())), postcode=postcode, summary=summary,
            town=town, county=county, towns=sorted(called_by[0]), nearby=sorted(called_by[1]),
            inherited=[
                *_names_of(conn, names, before.get(number, ())), *(one for one, what in said if what == PASSED_ON),
            ],
            places=[*(about.places if about else ()), *towns.get(number, ())],
            texts=[*(about.texts if about else ()), *(post.partition(", ")[0] for post in held.get(number, ()))],
            areas=covered.get(number, NOWHERE).names,
            roles=sorted(roles.get(number, ())),
            ties=tied if tied is None else tuple(sorted({*tied, *covered.get(number, NOWHERE).parts})),
            tied=[
                *_names_of(conn, names, tied or ()), *sorted(played.get(number, ())),
                *(label for one in tied or () if kind != "person" for label in known_as.get(one, ())),
            ],
        )  # fmt: skip


def _ties_of_public(
    conn: sqlite3.Connection, ids: set[int], run: Mapping[int, Sequence[int]], before: Mapping[int, Sequence[int]]
) -> dict[int, tuple[int, ...]]:
    """Return by which records public bodies are found: what they run, whom they came after, partners of all these."""
    partners = _partners(conn, sorted(ids.union(*before.values())))
    found: dict[int, tuple[int, ...]] = {}
    for one in ids & {*run, *partners, *before}:
        earlier = before.get(one, ())
        with_them = (partner for body in (one, *earlier) for partner in partners.get(body, ()))
        found[one] = tuple(sorted({*run.get(one, ()), *with_them, *earlier}))
    return found


def _called(conn: sqlite3.Connection, given: Mapping[str, list[tuple[str, str]]]) -> dict[int, list[str]]:
    """Return by number what people call records that have nicknames, but for councils by places in their areas."""
    keys = tuple(given)
    found = conn.execute(f"SELECT id, key FROM record WHERE key IN ({marks(keys)})", keys) if keys else ()
    return {number: [label for label, _ in given[key] if not area_of_council(label)] for number, key in found}


def _public(conn: sqlite3.Connection, ids: Collection[int], types: Mapping[str, TypeWords]) -> set[int]:
    """Return those of some records that are public bodies."""
    sql = "SELECT r.id, r.kind, r.type FROM json_each(?) j JOIN record r ON r.id = j.value"
    found = conn.execute(sql, (id_list(ids),)) if ids else ()
    return {number for number, kind, kind_type in found if is_public(kind, types.get(kind_type or "", NO_TYPE))}


def _ties(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the records at the other end of any link of those records."""
    found: defaultdict[int, set[int]] = defaultdict(set)
    for near, far in (("source_id", "target_id"), ("target_id", "source_id")) if ids else ():
        sql = f"SELECT {near}, {far} FROM link WHERE {near} IN ({marks(ids)})"
        for one, other in conn.execute(sql, ids):
            if one != other:
                found[one].add(other)
    return {one: tuple(sorted(others)[:_MOST_TIES]) for one, others in found.items()}


def _partners(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[int]]:
    """Return the partners of each of those records, as a board has the trusts and councils of its area."""
    found: dict[int, list[int]] = {}
    for one, other in conn.execute(PARTNERS.format("target_id"), (id_list(ids),)) if ids else ():
        found.setdefault(one, []).append(other)
    return found


def _names(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """Return each record's names with their kinds, each as it is shown and as its source writes it."""
    found: dict[int, list[tuple[str, str]]] = {}
    for some in chunks(ids):
        where = f"WHERE record_id IN ({marks(some)}) ORDER BY record_id, id"
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
    shown = dict(conn.execute(f"SELECT id, name FROM record WHERE id IN ({marks(ids)})", ids))
    return [name for one in ids if one in shown for name in (shown[one], *(each for each, _ in names.get(one, ())))]


def _roles(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the roles that each record has by the ODS, and those in links of its own."""
    found: dict[int, set[str]] = {}
    for sql in (
        "SELECT record_id, value FROM fact WHERE property = 'ods-role' AND record_id",
        "SELECT source_id, role FROM link WHERE role IS NOT NULL AND source_id",
    ):
        for number, role in conn.execute(f"{sql} IN ({marks(ids)})", ids):
            if isinstance(role, str):
                found.setdefault(number, set()).add(role)
    return found


def _roles_played_in(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the roles that others play in each of those records, in words."""
    found: dict[int, set[str]] = {}
    sql = f"SELECT target_id, role FROM link WHERE role IS NOT NULL AND target_id IN ({marks(ids)})"
    for number, role in conn.execute(sql, ids) if ids else ():
        if isinstance(role, str) and role not in PLAIN_ROLES:
            found.setdefault(number, set()).add(role.replace("-", " "))
    return found


class _Facts(NamedTuple):
    """What the facts of a record add to the words it is found by."""

    places: list[str]
    texts: list[str]


def _facts(
    conn: sqlite3.Connection, ids: Sequence[int], tied: Collection[int], public: Collection[int]
) -> dict[int, _Facts]:
    """Return the facts of records in words, then those of links that `tied` ones have or public bodies own."""
    found: dict[int, _Facts] = {}
    told = f"property NOT IN ({marks(tuple(UNSAID))})"
    sql = (
        f"SELECT record_id, property, coalesce(text, value) FROM fact WHERE record_id IN ({marks(ids)})"
        f" AND {told} ORDER BY id"
    )
    for record_id, what, text in conn.execute(sql, (*ids, *UNSAID)):
        if isinstance(text, str):
            facts = found.setdefault(record_id, _Facts([], []))
            (facts.places if what in PLACE_FACTS else facts.texts).append(text)
    listed = sorted({*tied, *public})
    for near, owner in (("source_id", "source"), ("target_id", "target")) if listed else ():
        sql = (
            f"SELECT l.{near}, y.owner = '{owner}', coalesce(f.text, f.value) FROM link l"
            " JOIN link_type y ON y.id = l.type_id JOIN fact f ON f.link_id = l.id"
            f" WHERE l.{near} IN ({marks(listed)}) AND f.{told} ORDER BY l.{near}, f.id"
        )
        for record_id, is_owned, text in conn.execute(sql, (*listed, *UNSAID)):
            if isinstance(text, str) and (is_owned or record_id in tied):
                found.setdefault(record_id, _Facts([], [])).texts.append(text)
    return found
