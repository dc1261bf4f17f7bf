"""What the value of a filter means: words of the register's vocabularies, by name, label or the start of either."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.keys import KINDS
from db.nearest_word import nearest_word
from db.parameters import marks
from db.search.conditions import Statuses
from db.search.layout import HIDDEN, TYPE_WORDS
from db.search.text import plain

_PLURALS = {"people": "person", "persons": "person"}
_MOST_SOURCES = 500


class MeantWords(NamedTuple):
    """The words that a value stands for, and a hint where there are none."""

    names: tuple[str, ...]
    hint: str | None = None
    types: tuple[str, ...] = ()
    """Types of record, where a role is one of the ODS."""


class FilterTerm(NamedTuple):
    """A word of a vocabulary, with what some of them say beside their label."""

    name: str
    label: str
    aliases: str | None
    """Its short names, a line each; several terms may share one, and it stands for them all."""
    ods_role: str | None
    open: int | None


def _unknown(what: str, value: str, words: Sequence[str]) -> str:
    near = nearest_word(value, words, 0.5)
    return f"no {what} “{value}”: did you mean {near}?" if near else f"no {what} “{value}”: use {', '.join(words[:8])}"


def kinds_meant(value: str) -> MeantWords:
    """Return the kinds that a value begins, in the singular or the plural."""
    wanted = plain(value)
    if wanted in _PLURALS:
        return MeantWords((_PLURALS[wanted],))
    found = tuple(kind for kind in KINDS if wanted and f"{kind}s".startswith(wanted))
    return MeantWords(found, None if found else _unknown("kind", value, KINDS))


def _terms(conn: sqlite3.Connection, vocabularies: Sequence[str]) -> list[FilterTerm]:
    aliases = "SELECT group_concat(value, char(10)) FROM json_each(extra, '$.aliases')"
    sql = (
        f"SELECT name, label, ({aliases}), json_extract(extra, '$.ods_role'), json_extract(extra, '$.open')"
        f" FROM term WHERE vocabulary IN ({marks(vocabularies)}) ORDER BY id"
    )
    return [FilterTerm(*row) for row in conn.execute(sql, tuple(vocabularies))]


def _matching(value: str, terms: Iterable[FilterTerm]) -> tuple[str, ...]:
    """Return the terms that hold every word of a value as a word or its start; those that are the value win alone."""
    wanted = plain(value)
    if not wanted:
        return ()
    listed = [(one.name, [*map(plain, (one.name, one.label, *(one.aliases or "").split("\n")))]) for one in terms]
    exact = tuple(name for name, spelt in listed if wanted in spelt)
    if exact:
        return exact
    return tuple(
        name
        for name, spelt in listed
        if all(any(has.startswith(word) for has in " ".join(spelt).split()) for word in wanted.split())
    )


def types_meant(conn: sqlite3.Connection, value: str) -> MeantWords:
    """Return the types that a value stands for, of any kind of record; one outside the vocabularies by its own name."""
    terms = _terms(conn, TYPE_WORDS)
    found = _matching(value, terms)
    if not found and conn.execute("SELECT 1 FROM record WHERE type = ? LIMIT 1", (value,)).fetchone():
        found = (value,)
    return MeantWords(found, None if found else _unknown("type", value, [one.name for one in terms]))


def roles_meant(conn: sqlite3.Connection, value: str) -> MeantWords:
    """Return what a role stands for, whether a role id of the ODS (`RO197`), a role in an arrangement, or a post."""
    of_ods = [one for one in _terms(conn, TYPE_WORDS) if one.ods_role]
    if value[:2].upper() == "RO" and value[2:].isdigit():
        return MeantWords((), None, tuple(one.name for one in of_ods if one.ods_role == value.upper()))
    roles = _terms(conn, ("roles",))
    names, types = _matching(value, roles), _matching(value, of_ods)
    hint = None if names or types else _unknown("role", value, [one.name for one in roles])
    return MeantWords(names, hint, types)


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
        return Statuses("0", (), _unknown("status", value, [one.name for one in terms]), False)
    sql = f"r.status IN ({marks(names)})"
    closed = {one.name for one in terms if one.open == 0}
    return Statuses(sql, names, None, not closed.isdisjoint(names))


def sources_meant(conn: sqlite3.Connection, value: str) -> tuple[int, ...]:
    """Return the numbers of the sources that have the words of a value in their key or title."""
    wanted = plain(value).split()
    found = conn.execute("SELECT id, key, title FROM source ORDER BY id")
    spelt = ((number, f" {plain(key)} {plain(title)}") for number, key, title in found)
    return tuple(number for number, text in spelt if wanted and all(word in text for word in wanted))[:_MOST_SOURCES]
