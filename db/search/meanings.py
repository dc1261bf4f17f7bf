"""What the value of a filter means: words of the register's vocabularies, by name, label or the start of either."""

from __future__ import annotations

import json
from typing import NamedTuple

from db.search.layout import HIDDEN
from db.search.text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

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
