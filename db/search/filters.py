"""Filters: which records `kind: type: role: place: postcode: status: source:` let through."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.search.conditions import NEVER, Condition, Conditions, place, postcode, spoken_of_by
from db.search.layout import END, EVERY, HIDDEN, OPENNESS_BITS, of_kind, of_role, of_status, of_type
from db.search.memory import Memory
from db.search.query import Filter
from db.search.text import plain


def conditions(conn: sqlite3.Connection, filters: Sequence[Filter], memory: Memory | None = None) -> Conditions:
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
    return Conditions(
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
    return Condition(f"{what} IN ({','.join('?' * len(names))})", tuple(names), match, True)


def _kinds(names: Sequence[str]) -> Condition:
    if "organisation" not in names:
        return _among("r.kind", names, [of_kind(name) for name in names])
    others = [f'{{more}} : "{of_kind(name)}"' for name in KINDS if name not in names]
    sql = f"r.kind IN ({','.join('?' * len(names))})"
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
    roles, kinds = ",".join("?" * len(names)), ",".join("?" * len(types))
    return Condition(
        f"r.type IN ({kinds})"
        # Table by table, because a view looks up only what it is given as a number.
        f" OR EXISTS (SELECT 1 FROM link_row l WHERE l.source_id = r.id AND l.role IN ({roles}))"
        f" OR EXISTS (SELECT 1 FROM told_link l WHERE l.source_id = r.id AND l.role IN ({roles}))"
        " OR EXISTS (SELECT 1 FROM fact_row f WHERE f.record_id = r.id AND f.property = 'ods-role' AND f.value = ?)"
        " OR EXISTS (SELECT 1 FROM told_role h JOIN told_word w ON w.id = h.role"
        " WHERE h.record_id = r.id AND w.word = ?)",
        (*types, *names, *names, value.upper(), value.upper()),
        match,
        True,
    )


KINDS = ("organisation", "arrangement", "person", "site", "document")
_PLURALS = {"people": "person", "persons": "person"}
_TYPES = ("organisation_types", "arrangement_types", "site_types", "document_types")
_MOST_SOURCES = 500


class Meant(NamedTuple):
    """The words that a value stands for, and a hint where there are none."""

    names: tuple[str, ...]
    hint: str | None = None


class Roles(NamedTuple):
    """What a role stands for: roles in links, and types of record where it is a role of the ODS."""

    names: tuple[str, ...]
    types: tuple[str, ...]
    hint: str | None


class Statuses(NamedTuple):
    """A condition on a record's status; `closed_too` where it asks for something closed."""

    sql: str
    names: tuple[str, ...]
    hint: str | None
    closed_too: bool
    openness: tuple[int, int] | None = None
    """The first and the last openness that is meant, where a status is nothing else."""


def nearest(word: str, words: Iterable[str]) -> str | None:
    """Return the valid word that a mistyped one is nearest to."""
    # Costs 5 ms, and only mistakes need it.
    from difflib import get_close_matches

    found = get_close_matches(word.lower(), list(words), n=1, cutoff=0.5)
    return found[0] if found else None


def _unknown(what: str, value: str, words: Sequence[str]) -> str:
    near = nearest(value, words)
    return f"no {what} “{value}”: did you mean {near}?" if near else f"no {what} “{value}”: use {', '.join(words[:8])}"


def kinds_meant(value: str) -> Meant:
    """Return the kinds that a value begins, in the singular or the plural."""
    wanted = plain(value)
    if wanted in _PLURALS:
        return Meant((_PLURALS[wanted],))
    found = tuple(kind for kind in KINDS if wanted and f"{kind}s".startswith(wanted))
    return Meant(found, None if found else _unknown("kind", value, KINDS))


def _terms(conn: sqlite3.Connection, vocabularies: Sequence[str]) -> list[tuple[str, str, str | None]]:
    marks = ",".join("?" * len(vocabularies))
    sql = f"SELECT name, label, extra FROM term WHERE vocabulary IN ({marks}) ORDER BY id"
    return [(name, label, extra) for name, label, extra in conn.execute(sql, tuple(vocabularies))]


def _matching(value: str, terms: Iterable[tuple[str, str, str | None]]) -> tuple[str, ...]:
    """Return the terms that hold every word of a value as a word or its start; those that are the value win alone."""
    wanted = plain(value)
    if not wanted:
        return ()
    listed = [(name, plain(name), plain(label), *_aliases(extra)) for name, label, extra in terms]
    exact = tuple(name for name, *spelt in listed if wanted in spelt)
    if exact:
        return exact
    return tuple(
        name
        for name, *spelt in listed
        if all(any(has.startswith(word) for has in " ".join(spelt).split()) for word in wanted.split())
    )


def _aliases(extra: str | None) -> list[str]:
    """Return the short names of a term; several terms may share one, and it stands for them all."""
    return [plain(alias) for alias in json.loads(extra)["aliases"]] if extra and '"aliases"' in extra else []


def types_meant(conn: sqlite3.Connection, value: str) -> Meant:
    """Return the types that a value stands for, of any kind of record; one outside the vocabularies by its own name."""
    terms = _terms(conn, _TYPES)
    found = _matching(value, terms)
    if not found and conn.execute("SELECT 1 FROM record WHERE type = ? LIMIT 1", (value,)).fetchone():
        found = (value,)
    return Meant(found, None if found else _unknown("type", value, [name for name, *_ in terms]))


def roles_meant(conn: sqlite3.Connection, value: str) -> Roles:
    """Return what a role stands for, whether a role id of the ODS (`RO197`), a role in an arrangement, or a post."""
    types = _terms(conn, _TYPES)
    of_ods = [(name, label, extra) for name, label, extra in types if extra and "ods_role" in extra]
    if value[:2].upper() == "RO" and value[2:].isdigit():
        coded = (name for name, _, extra in of_ods if json.loads(extra or "{}").get("ods_role") == value.upper())
        return Roles((), tuple(coded), None)
    roles = _terms(conn, ("roles",))
    names, type_names = _matching(value, roles), _matching(value, of_ods)
    known = names or type_names
    return Roles(names, type_names, None if known else _unknown("role", value, [name for name, *_ in roles]))


def statuses_meant(conn: sqlite3.Connection, value: str) -> Statuses:
    """Return the condition for a status: `open` and `closed` as the register counts them, else the status itself."""
    wanted = plain(value)
    if wanted == "open":
        return Statuses("r.open = 1", (), None, False, (0, 0))
    if wanted == "closed":
        return Statuses("r.open = 0", (), None, True, (2, HIDDEN))
    if wanted == "unknown":
        return Statuses("r.open IS NULL", (), None, False, (1, 1))
    terms = _terms(conn, ("statuses",))
    names = _matching(value, terms)
    if not names:
        return Statuses("0", (), _unknown("status", value, [name for name, *_ in terms]), False)
    sql = f"r.status IN ({','.join('?' * len(names))})"
    closed = {name for name, _, extra in terms if extra and json.loads(extra).get("open") is False}
    return Statuses(sql, names, None, not closed.isdisjoint(names))


def sources_meant(conn: sqlite3.Connection, value: str) -> tuple[int, ...]:
    """Return the numbers of the sources that have the words of a value in their key or title."""
    wanted = plain(value).split()
    found = conn.execute("SELECT id, key, title FROM source ORDER BY id")
    spelt = ((number, f" {plain(key)} {plain(title)}") for number, key, title in found)
    return tuple(number for number, text in spelt if wanted and all(word in text for word in wanted))[:_MOST_SOURCES]
