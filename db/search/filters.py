"""Filters: which records `kind: type: role: place: postcode: status: source:` let through."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from db.errors import UsageError
from db.keys import KINDS
from db.parameters import marks
from db.search.conditions import NEVER, Condition, FilterConditions, Statuses, place, postcode, spoken_of_by
from db.search.filter_values import (
    kinds_meant,
    roles_meant,
    sources_meant,
    statuses_meant,
    types_meant,
)
from db.search.layout import END, EVERY, HIDDEN, OPENNESS_BITS, of_kind, of_role, of_status, of_type
from db.search.memory import Memory
from db.search.query import Filter


def conditions(conn: sqlite3.Connection, filters: Sequence[Filter], memory: Memory | None = None) -> FilterConditions:
    """Return what the filters come to: values of one field are alternatives, different fields must all hold."""
    hints: list[str] = []
    wanted: dict[str, list[Condition]] = {}
    either: list[Condition] = []
    refused: list[Condition] = []
    closed_too = False
    for one in filters:
        condition, hint = _condition(conn, one, memory)
        if hint:
            hints.append(hint)
        if not one.negated:
            wanted.setdefault(one.field, []).append(condition)
            closed_too |= one.field == "status" and statuses_meant(conn, one.value).closed_too
        elif one.field == "source":
            either.append(condition)
        elif condition.others:
            either.append(Condition(f"NOT ({condition.sql})", condition.values, condition.others, exact=True))
        else:
            refused.append(condition)
    either += [_either(some) for some in wanted.values()]
    ranged = [one for one in (*either, *map(_without, refused)) if (one.first, one.end) != (0, END)]
    return FilterConditions(
        (*(one for one in either if not one.exact), *(_turned(one) for one in refused if not _is_refusable(one))),
        " AND ".join(f"({one.match})" for one in either if one.match and not one.others),
        " OR ".join(
            f"({said})"
            for said in (*(one.others for one in either), *(one.match for one in refused if one.exact))
            if said
        ),
        tuple(dict.fromkeys(hints)),
        closed_too,
        max((one.first for one in ranged), default=0),
        min((one.end for one in ranged), default=END),
        min((one.few for one in either if one.few is not None), key=len, default=None),
    )


def _either(some: Sequence[Condition]) -> Condition:
    """Return the condition that any of some holds."""
    if len(some) == 1:
        return some[0]
    return Condition(
        " OR ".join(f"({one.sql})" for one in some),
        tuple(value for one in some for value in one.values),
        " OR ".join(f"({one.match})" for one in some) if all(one.match for one in some) else "",
        all(one.match and one.exact for one in some),
        min(one.first for one in some),
        max(one.end for one in some),
    )


def _without(one: Condition) -> Condition:
    """Return the range of index ids that is left where those at one end are refused."""
    if one.match or not one.exact or (one.first and one.end != END):
        return Condition("1")
    return Condition("1", first=0 if one.first else one.end, end=one.first or END)


def _is_refusable(one: Condition) -> bool:
    """Whether refusing it needs no SQL: an expression says it, or a range at either end of the index does."""
    return one.exact and (bool(one.match) or not (one.first and one.end != END))


def _turned(one: Condition) -> Condition:
    return Condition(f"NOT coalesce(({one.sql}), 0)", one.values)


def _condition(conn: sqlite3.Connection, one: Filter, memory: Memory | None) -> tuple[Condition, str | None]:
    """Return a filter's condition, without its negation but for sources, and a hint where its value means nothing."""
    if one.field == "place":
        return place(conn, one.value), None
    if one.field == "postcode":
        return postcode(conn, one.value), None
    if one.field == "status":
        statuses = statuses_meant(conn, one.value)
        return _status(statuses), statuses.hint
    if one.field == "source":
        sources = sources_meant(conn, one.value)
        if not sources:
            return Condition("1") if one.negated else NEVER, f"no source has “{one.value}” in its title or key"
        return spoken_of_by(conn, sources, memory, none=one.negated), None
    if one.field == "role":
        roles = roles_meant(conn, one.value)
        return _role(roles.names, roles.types, one.value), roles.hint
    if one.field == "kind":
        kinds = kinds_meant(one.value)
        return _kinds(kinds.names), kinds.hint
    types = types_meant(conn, one.value)
    return _among("r.type", types.names, [of_type(name) for name in types.names]), types.hint


def _among(what: str, names: Sequence[str], words: Sequence[str]) -> Condition:
    """Return the condition that a column is among some names, which the index has as those words."""
    if not names:
        return NEVER
    match = " OR ".join(f'{{more}} : "{word}"' for word in words)
    return Condition(f"{what} IN ({marks(names)})", tuple(names), match, True)


def _kinds(names: Sequence[str]) -> Condition:
    if "organisation" not in names:
        return _among("r.kind", names, [of_kind(name) for name in names])
    others = [f'{{more}} : "{of_kind(name)}"' for name in KINDS if name not in names]
    sql = f"r.kind IN ({marks(names)})"
    if not others:
        return Condition(sql, tuple(names), EVERY, True)
    spelt = " OR ".join(others)
    return Condition(sql, tuple(names), f"{EVERY} NOT ({spelt})", True, others=spelt)


def _status(meant: Statuses) -> Condition:
    """Return the condition for a status; whether a record is open is told by where it is in the index."""
    if meant.openness is not None:
        first, last = meant.openness
        end = END if last >= HIDDEN else last + 1 << OPENNESS_BITS
        return Condition(meant.sql, exact=True, first=first << OPENNESS_BITS, end=end)
    usual = [name for name in meant.names if not of_status(name)]
    if usual or not meant.names:
        return Condition(meant.sql, meant.names) if usual else NEVER
    return _among("r.status", meant.names, [of_status(name) for name in meant.names])


def _role(names: Sequence[str], types: Sequence[str], value: str) -> Condition:
    """Has the role in a link of its own, or is of the type or has the fact that an ODS role makes."""
    words = [*map(of_type, types), *map(of_role, (*names, value))]
    match = " OR ".join(f'{{more}} : "{word}"' for word in dict.fromkeys(words) if word)
    roles, kinds = marks(names), marks(types)
    return Condition(
        f"r.type IN ({kinds})"
        f" OR EXISTS (SELECT 1 FROM link l WHERE l.source_id = r.id AND l.role IN ({roles}))"
        " OR EXISTS (SELECT 1 FROM fact f WHERE f.record_id = r.id AND f.property = 'ods-role' AND f.value = ?)",
        (*types, *names, value.upper()),
        match,
        True,
    )


def passing(conn: sqlite3.Connection, filters: Sequence[Filter]) -> tuple[str, tuple[object, ...]]:
    """Return the filters as SQL on `r` alone, for few records that are at hand, with values for its question marks.

    Raises UsageError for a value that means nothing.
    """
    wanted: dict[tuple[str, bool], list[Condition]] = {}
    for one in filters:
        condition, hint = _condition(conn, one, None)
        if hint:
            raise UsageError(hint)
        wanted.setdefault((one.field, one.negated), []).append(condition)
    parts: list[Condition] = []
    for (field, negated), some in wanted.items():
        parts += [_either(some)] if not negated else some if field == "source" else map(_turned, some)
    return " AND ".join(f"({one.sql})" for one in parts), tuple(value for one in parts for value in one.values)
