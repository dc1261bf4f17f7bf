"""Results as they are shown: which of a record's names, or other words, made it match; and as they stood on a day."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from functools import lru_cache

from db.keys import is_code
from db.parameters import marks
from db.reading.as_of import Day
from db.reading.posts import posts_of
from db.results import KINDS_OF_MATCH, Brief, Hit, Match
from db.search.called import as_board, nicknames, place_in, without_article
from db.search.codes import by_code
from db.search.hospitals import hospitals_in_towns, towns_of_arrangements
from db.search.layout import APART, WITHIN
from db.search.match import FUZZY_PLACE, PLACE, SUBSTRING, TIED, Sureness
from db.search.memory import SearchText, Shown
from db.search.text import expanded, forms, needed_words, plain

_FIELDS = {"official": "name", "as-written": "name as written", "acronym": "acronym", "title": "title"}
_LONGEST = 160
_MOST_LINKS = 500
"""Links of a record that are looked through for what one of them tells."""


@lru_cache(maxsize=4096)
def _spellings(name: str) -> tuple[str, ...]:
    """What `forms` returns, of names that are shown again with the next keystroke."""
    return forms(name)


def brief(shown: Shown) -> Brief:
    """Return a record in one line."""
    is_open = None if shown.open is None else bool(shown.open)
    place = shown.town or shown.postcode
    return Brief(shown.key, shown.kind, shown.type, shown.name, shown.status, is_open, place, shown.gone)


def matched(conn: sqlite3.Connection, shown: Shown, candidate: SearchText, found: Sureness, text: str) -> Match:
    """Return what made a record match: the name as its source writes it, or the place, summary or tied name needed."""
    how = KINDS_OF_MATCH[found.kind]
    if how == "code":
        return _by_code(conn, shown, found.name, how)
    depth = found.where + PLACE - FUZZY_PLACE if found.kind >= SUBSTRING else found.where
    if depth >= PLACE and found.missing:
        return _other(conn, shown, candidate, found, depth, how)
    if found.name and found.name in _spellings(shown.name):
        return Match(_field("official"), shown.name, how)
    if found.name and (named := _named(conn, shown, candidate, found.name, how)):
        return named
    if how == "acronym":
        return Match("initials", shown.name, how)
    needed = needed_words(expanded(plain(text)) or " ")
    name, kind = max(_names(conn, shown), key=lambda one: _shared(needed, _spellings(one[0])))
    return Match(_field(kind), name, how)


def _by_code(conn: sqlite3.Connection, shown: Shown, code: str, how: str) -> Match:
    """Return the code by which a record was found, or the name of which the end of a joined record's key was made."""
    same = ((name, kind) for name, kind in _names(conn, shown) if plain(name) == plain(code))
    name, kind = next(same, ("", ""))
    return Match(_field(kind), name, how) if name and not is_code(name, shown.key) else Match("code", code, how)


def _names(conn: sqlite3.Connection, shown: Shown) -> list[tuple[str, str]]:
    sql = "SELECT name, kind FROM name WHERE record_id = ? ORDER BY id"
    return [(shown.name, "official"), *conn.execute(sql, (shown.record_id,)).fetchall()]


def _named(conn: sqlite3.Connection, shown: Shown, candidate: SearchText, name: str, how: str) -> Match | None:
    """Return which of its names, or of what it is called besides, matched, or None where that is a part of a name."""
    if f"{WITHIN}{name}" in candidate.own.split(APART):
        return Match("place", place_in(name, _spellings(shown.name)), how)
    names = _names(conn, shown)
    for one, kind in names:
        if name in _spellings(one):
            return Match(_field(kind), one, how)
    for one, kind in names:
        if name in without_article((one,)):
            return Match(_field(kind), one, how)
    if shown.town and name in _spellings(shown.town):
        return Match("place", shown.town, how)
    if f" {name} " in f" {candidate.place} ":
        place = _place(conn, shown, name.split())
        if name in _spellings(place.partition(", ")[0]):
            return Match("place", place, how)
    nicks = nicknames(conn, shown.key).get(shown.key, ())
    for one, _ in nicks:
        if name in (*_spellings(one), as_board(one)):
            return Match("nickname", one, how)
    return next(
        (Match("tied", one, how) for one in _names_of_tied(conn, shown.record_id) if name in _spellings(one)), None
    )


def _names_of_tied(conn: sqlite3.Connection, record_id: int) -> list[str]:
    """Return the names of those to whom a record is tied in the index."""
    tied = "SELECT tied_id FROM _search_tie WHERE record_id = ?1"
    sql = f"SELECT name FROM name WHERE record_id IN ({tied}) UNION ALL SELECT name FROM record WHERE id IN ({tied})"
    return [row[0] for row in conn.execute(sql, (record_id,))]


def _names_of_linked(conn: sqlite3.Connection, record_id: int) -> list[str]:
    """Return the names of those at the other ends of a record's links."""
    far = " UNION ".join(
        f"SELECT * FROM (SELECT {far} FROM link WHERE {near} = ?1 LIMIT {_MOST_LINKS})"
        for near, far in (("source_id", "target_id"), ("target_id", "source_id"))
    )
    return [row[0] for row in conn.execute(f"SELECT name FROM record WHERE id IN ({far}) ORDER BY key", (record_id,))]


def _field(kind: str) -> str:
    return _FIELDS.get(kind, f"{kind} name")


def _shared(needed: Iterable[str], spellings: Iterable[str]) -> int:
    words = f" {' '.join(spellings)}"
    return sum(f" {one}" in words for one in needed)


def _best_of(words: Iterable[str], names: Iterable[str]) -> tuple[str, int]:
    """Return which of some names has most of those words, the shorter one, and how many."""
    best = max(names, key=lambda name: (_shared(words, _spellings(name)), -len(name)), default="")
    return best, _shared(words, _spellings(best))


def _other(
    conn: sqlite3.Connection, shown: Shown, candidate: SearchText, found: Sureness, depth: int, how: str
) -> Match:
    """Return the place, summary, fact or tied name that most of the missing words are in."""
    if depth == TIED and found.name:
        return _coded(conn, shown, found, how)
    if depth == PLACE:
        return Match("place", _place(conn, shown, found.missing) or candidate.place, how)
    if depth >= TIED:
        best, has = _best_of(found.missing, _names_of_tied(conn, shown.record_id))
        # No name or role has a misspelt word as it was typed: where the rest is found, nothing has more.
        if has < _shared(found.missing, (candidate.text,)):
            linked, shared = _best_of(found.missing, _names_of_linked(conn, shown.record_id))
            best, has = (linked, shared) if shared > has else (best, has)
            roles = _roles(conn, shown)
            role = max(roles, key=lambda one: _shared(found.missing, _spellings(one)), default="")
            if _shared(found.missing, forms(role)) > has:
                return Match("role", role, how)
        return Match("tied", best, how)
    sql = (
        "SELECT r.summary, (SELECT label FROM term WHERE name = r.type AND vocabulary LIKE '%_types' LIMIT 1)"
        " FROM record r WHERE r.id = ?"
    )
    summary, label = conn.execute(sql, (shown.record_id,)).fetchone()
    if label and _shared(found.missing, forms(label)) == len(found.missing):
        return Match("type", label, how)
    told = [("summary", summary or "")]
    told += (("fact", text) for (text,) in conn.execute(_FACTS, (shown.record_id,)) if isinstance(text, str))
    if shown.kind == "person":
        told += (("post", post) for post in posts_of(conn, (shown.record_id,)).get(shown.record_id, ()))
    else:
        told += (("role", role) for role in _roles(conn, shown))
    field, text = max(told, key=lambda one: _shared(found.missing, expanded(plain(one[1])).split()))
    return Match(field, _cut(text or label or ""), how)


def _place(conn: sqlite3.Connection, shown: Shown, words: Iterable[str]) -> str:
    """Return the address that most of those words are in: its own, or that of a hospital it runs."""
    one = shown.record_id
    towns = towns_of_arrangements(conn, (one,)).get(one, ()) if shown.town is None else ()
    listed = [", ".join(filter(None, (shown.town, *towns, shown.postcode)))]
    if shown.kind == "organisation":
        ties = conn.execute("SELECT tied_id FROM _search_tie WHERE record_id = ?", (one,))
        listed += (f"{town}, {name}" for town, name in hospitals_in_towns(conn, {one: [row[0] for row in ties]})[one])
    return max(listed, key=lambda place: _shared(words, forms(place)))


_FACTS = f"""
SELECT coalesce(text, value) FROM fact WHERE record_id = ?1
 UNION ALL SELECT coalesce(text, value) FROM fact WHERE link_id IN (
   SELECT * FROM (SELECT id FROM link WHERE source_id = ?1 LIMIT {_MOST_LINKS})
    UNION ALL SELECT * FROM (SELECT id FROM link WHERE target_id = ?1 LIMIT {_MOST_LINKS}))"""


def _roles(conn: sqlite3.Connection, shown: Shown) -> list[str]:
    """Return the roles that a record has at others and others have in it: `landlord, Tenancy at Queen Mary's`."""
    return [
        f"{role}, {name}"
        for near, far in (("source_id", "target_id"), ("target_id", "source_id"))
        for role, name in conn.execute(
            "SELECT coalesce((SELECT label FROM term WHERE vocabulary = 'roles' AND name = l.role), l.role), r.name"
            f" FROM (SELECT * FROM link WHERE {near} = ? LIMIT {_MOST_LINKS}) l JOIN record r ON r.id = l.{far}"
            " WHERE l.role IS NOT NULL",
            (shown.record_id,),
        )
    ]


def _coded(conn: sqlite3.Connection, shown: Shown, found: Sureness, how: str) -> Match:
    """Return the tied record whose code was typed, with the code."""
    numbers = ",".join(map(str, by_code(conn, found.name)))
    sql = (
        "SELECT r.name FROM _search_tie t JOIN record r ON r.id = t.tied_id"
        f" WHERE t.record_id = ? AND t.tied_id IN ({numbers}) ORDER BY r.key"
    )
    (name,) = conn.execute(sql, (shown.record_id,)).fetchone()
    return Match("tied", f"{name} ({found.name.upper() if ':' not in found.name else found.name})", how)


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[:_LONGEST].rsplit(" ", 1)[0] + "…"


def with_posts(conn: sqlite3.Connection, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return the hits with the posts of the people among them, as they are told today."""
    keys = [hit.brief.key for hit in hits if hit.brief.kind == "person"]
    if not keys:
        return hits
    numbers = dict(conn.execute(f"SELECT key, id FROM record WHERE key IN ({marks(keys)})", keys).fetchall())
    from db.reading.held_posts import held_posts  # late: 3 ms, where nobody is found

    held = held_posts(conn, numbers.values())
    return tuple(
        hit._replace(brief=hit.brief._replace(posts=held.get(numbers[hit.brief.key], ())))
        if hit.brief.key in numbers
        else hit
        for hit in hits
    )


def stood(record: Shown, day: Day) -> Shown:
    """Return a record as it stood on a day."""
    is_open = None if record.open is None else bool(record.open)
    state, status = day.state(is_open, record.status, record.opened, record.closed)
    return record._replace(open=None if state is None else int(state), status=status)


def as_they_were(conn: sqlite3.Connection, hits: Iterable[Hit], day: Day) -> tuple[Hit, ...]:
    """Return the hits as what they were on a day, under the names of then, and whether anything dates them to it."""
    listed = tuple(hits)
    if not listed:
        return ()
    keys = [hit.brief.key for hit in listed]
    numbers = dict(conn.execute(f"SELECT key, id FROM record WHERE key IN ({marks(keys)})", keys).fetchall())
    from db.reading.kinds_on import Kind, kinds_on  # all late: 5 ms, which a search of today does without
    from db.reading.names_on import names_on
    from db.reading.not_dated import known_on, not_dated

    names = names_on(conn, day, [(numbers[hit.brief.key], hit.brief.name) for hit in listed])
    now = {numbers[hit.brief.key]: Kind(hit.brief.kind, hit.brief.type) for hit in listed}
    then = {**now, **kinds_on(conn, day, now)}
    undated = not_dated(conn, numbers.values(), day)

    def as_it_was(brief: Brief) -> Brief:
        number = numbers[brief.key]
        dated = number not in undated
        is_open, status = known_on(brief.open, brief.status, dated=dated)
        kind, type_name = then[number]
        return brief._replace(name=names[number], kind=kind, type=type_name, status=status, open=is_open, dated=dated)

    return tuple(hit._replace(brief=as_it_was(hit.brief)) for hit in listed)
