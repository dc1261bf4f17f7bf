"""What a person means where a key is taken: a key, a code, a name, or a search with one clear winner."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from db import keys
from db.errors import AmbiguousKeyError, NotFoundError, UsageError, quoted
from db.nearest_word import nearest_word
from db.results import KINDS_OF_MATCH, Hit

MARGIN = 10.0
"""By how many points of score a hit must lead the next to win clearly."""
_COMPARED = 2000
"""Keys that one which is not there is compared with."""
_ALIKE = 0.8
_LISTED = 5
"""Candidates that an error names."""
_TOLD = frozenset(("fact", "place", "summary", "tied", "type"))
"""What is told of a record beside its names and codes; a word that is only a little like one there names no record."""


def resolve(connection: sqlite3.Connection, text: str) -> str:
    """Return the key that `text` stands for. Raises NotFoundError; AmbiguousKeyError where two are equally good."""
    wanted = text.strip()
    if not wanted:
        raise UsageError("no key was given: name a record by its key, code or name")
    return (
        _by_key(connection, wanted)
        or _by_code(connection, wanted)
        or _by_name(connection, wanted)
        or _by_search(connection, wanted)
    )


def _spellings(value: str) -> tuple[str, str, str]:
    """Return a code as written, in capitals and in small letters: schemes differ, people do not care."""
    return value, value.upper(), value.lower()


def _by_key(connection: sqlite3.Connection, text: str) -> str | None:
    """Find the record of a key, or of an identifier written as one."""
    parts = keys.split(text)
    if parts is None:
        return None
    scheme, value = parts
    for spelling in _spellings(value):
        found = connection.execute("SELECT key FROM record WHERE key = ?", (f"{scheme}:{spelling}",)).fetchone()
        if found:
            return str(found[0])
    return _identified(connection, scheme, value) or _by_crosswalk(connection, scheme, value)


def _by_crosswalk(connection: sqlite3.Connection, scheme: str, value: str) -> str | None:
    """Find the record of a body that has a code by a crosswalk, where no source gives it."""
    from db.crosswalk import same_body  # late: 8 ms, and a source gives nearly all codes that are asked for

    bodies = (same_body(f"{scheme}:{spelling}") for spelling in _spellings(value))
    codes = next((body.codes for body in bodies if body is not None), ())
    return next(filter(None, (_identified(connection, *code.split(":", 1)) for code in codes)), None)


def _by_code(connection: sqlite3.Connection, text: str) -> str | None:
    """Find the record of a bare ODS code."""
    return None if any(map(str.isspace, text)) else _identified(connection, "ods", text)


def _identified(connection: sqlite3.Connection, scheme: str, value: str) -> str | None:
    for spelling in _spellings(value):
        found = connection.execute(
            "SELECT key FROM record WHERE key = ?1 || ':' || ?2 UNION ALL SELECT r.key FROM identifier i "
            "JOIN record r ON r.id = i.record_id WHERE i.scheme = ?1 AND i.value = ?2",
            (scheme, spelling),
        ).fetchone()
        if found:
            return str(found[0])
    return None


def _by_name(connection: sqlite3.Connection, text: str) -> str | None:
    """Find the record of an exact name: what is not closed, names in use, and what weighs more before the rest."""
    # Loads the index's way to write names, 2 ms, which keys and codes do without.
    from db.search.exact_names import records_named

    named = records_named(connection, text)
    if not named:
        return None
    first = named[0]
    return _only(text, [(one.key, one.name) for one in named if (one.rank, one.weight) == (first.rank, first.weight)])


def _by_search(connection: sqlite3.Connection, text: str) -> str:
    """Find the one record that a search puts clearly first, closed ones only where there are no others."""
    # Loads rapidfuzz, 40 ms that keys, codes and exact names do without.
    from db.search.find import find

    for closed in (False, True):
        found = find(connection, text, limit=_LISTED + 1, closed=closed, explain=False, as_of=None, cancelled=None)
        hits = () if found.words_left_out else found.hits
        if hits and not (hits[0].matched.how == "fuzzy" and hits[0].matched.field in _TOLD):
            rivals = [hit for hit in hits if not _beats(hits[0], hit)]
            return _only(text, _heaviest(connection, [(hit.brief.key, hit.brief.name) for hit in rivals]))
    near = _nearest(connection, text)
    meant = f"did you mean {_listing([near])}? Else " if near else ""
    how = "try fewer words" if " " in text.strip() else "look for it by name"
    raise NotFoundError(f"nothing answers to {quoted(text)}; {meant}{how} with `interlock find`")


def _nearest(connection: sqlite3.Connection, text: str) -> tuple[str, str] | None:
    """Return the record whose key is most like a key or an ODS code that there is not, of those that begin alike."""
    scheme, value = keys.split(text) or keys.split(f"ods:{text}") or ("", "")
    if not value:
        return None
    begins = f"{scheme}:{value[: max(2, len(value) // 2)]}"
    rows = connection.execute(
        "SELECT key, name FROM record WHERE key >= ?1 AND key < ?1 || char(1114111) LIMIT ?2", (begins, _COMPARED)
    )
    names = {key.casefold(): (key, name) for key, name in rows}
    near = nearest_word(f"{scheme}:{value}", names, _ALIKE)
    return names[near] if near else None


def _heaviest(connection: sqlite3.Connection, named: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return those of some candidates beside which none of the same name weighs more, as of exact names."""
    if len(named) < 2:
        return named
    # As above.
    from db.search.exact_names import weights
    from db.search.text import forms

    weight = {key: 1 for key, _ in named} | weights(connection, [key for key, _ in named])
    least: dict[tuple[str, ...], int] = {}
    for key, name in named:
        least[forms(name)] = min(weight[key], least.get(forms(name), weight[key]))
    return [(key, name) for key, name in named if weight[key] == least[forms(name)]]


def _beats(first: Hit, other: Hit) -> bool:
    """Tell whether a hit wins clearly over another: by a surer kind of match, or by its score.

    One that is only called by the place it is at wins over none: others are there, too.
    """
    if (first.matched.how, first.matched.field) == ("exact", "place"):
        return False
    surer = KINDS_OF_MATCH.index(first.matched.how) < KINDS_OF_MATCH.index(other.matched.how)
    return surer or first.score - other.score >= MARGIN


def _only(text: str, named: Sequence[tuple[str, str]]) -> str:
    """Return the key of the only candidate. Raises AmbiguousKeyError where there are more."""
    if len(named) == 1:
        return named[0][0]
    listed = _listing(named[:_LISTED])
    others = " and others" if len(named) > _LISTED else ""
    raise AmbiguousKeyError(
        f"{quoted(text)} may be {listed}{others}: name one by its key", tuple(key for key, _ in named)
    )


def _listing(named: Iterable[tuple[str, str]]) -> str:
    return ", ".join(f"{key} ({quoted(name)[1:-1]})" for key, name in named)
