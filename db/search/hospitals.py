"""Towns where people look for a body: they ask for a trust where they were treated, not at its office."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from db.parameters import id_list, marks
from db.search.text import expanded, forms, plain, without

HOSPITAL = "hospital"
IS_HOSPITAL = f"kind = 'site' AND type = '{HOSPITAL}'"
"""SQL: whether a record is a hospital, which is found by the names of those who run it, and they by its."""

_OF_ANY = frozenset(("the", "nhs", "foundation", "trust", "hospital", "hospitals"))
"""Words that tell nothing of which hospital is meant, or who runs it."""
_HOSPITAL_WORDS = frozenset(("hospital", "hospitals", "infirmary"))
_ACUTE, _SORTS = "acute", ("ambulance", "community", "mental")
"""Words by which a list tells the sort of a trust: people go to the hospital of an acute one."""
_SPECIALIST = "specialist"
_OF_SOME_CARE = frozenset(
    "child childrens children clinic community cottage day dental eye maternity orthopaedic outpatient private"
    " psychiatric rehabilitation rheumatic surgery women womens".split()
)
"""Words in the names of hospitals that are not meant by that of their town."""
_BY_A_RIVER = frozenset(("by", "in", "on", "super", "under", "upon"))
"""Words from which on people leave out the rest of the name of a town: `stoke`."""


def hospitals_in_towns(conn: sqlite3.Connection, run: Mapping[int, Iterable[int]]) -> dict[int, list[tuple[str, str]]]:
    """Return the towns and names of those hospitals that each record runs, where a town is known."""
    sites = id_list(site for several in run.values() for site in several)
    sql = "SELECT r.id, r.town, r.name FROM json_each(?) j JOIN record r ON r.id = j.value WHERE r.town IS NOT NULL"
    known = {number: (town, name) for number, town, name in conn.execute(sql, (sites,))}
    return {one: [known[site] for site in several if site in known] for one, several in run.items()}


def towns_called(
    town: str | None, hospitals: Iterable[tuple[str, str]], texts: Iterable[str]
) -> tuple[set[str], set[str]]:
    """Return the towns by which people call a public body, and others in which it has some place.

    By that of its office and those of its hospitals, unless it is told to be of a sort that gives other care.
    """
    places = {where for where, _ in hospitals} | ({town} if town else set())
    if _gives_other_care(said_of(texts)):
        return set(), places
    own = {where for where, name in hospitals if not _HOSPITAL_WORDS.isdisjoint(plain(name).split())}
    own |= {town} if town else set()
    return own, places - own


def said_of(texts: Iterable[str]) -> set[str]:
    """Return the words of what is told of a body."""
    return {word for text in texts for word in plain(text).split()}


def _gives_other_care(said: set[str]) -> bool:
    return _ACUTE not in said and not said.isdisjoint(_SORTS)


def acute_ones(conn: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Return those of some public bodies that no list tells to give other care, or that of one sort alone."""
    told: dict[int, list[str]] = {one: [] for one in ids}
    sql = "SELECT f.record_id, f.text FROM json_each(?) j JOIN fact f ON f.record_id = j.value WHERE f.text IS NOT NULL"
    for one, text in conn.execute(sql, (id_list(told),)) if told else ():
        told[one].append(text)
    said = {one: said_of(texts) for one, texts in told.items()}
    return {one for one, words in said.items() if not _gives_other_care(words) and _SPECIALIST not in words}


def named_after_hospitals(said: Iterable[str], name: str, hospitals: Iterable[str]) -> list[str]:
    """Return those of what a body of that name is said to be, in plain words, that begin names of hospitals it runs.

    Not of its own name: `arrowe park` is the hospital, then who runs it; `royal free` may be either.
    """
    run = [f"{without(one, _OF_ANY)} " for one in hospitals]
    own = f"{without(name, _OF_ANY)} "
    bare = ((one, f"{without(one, _OF_ANY)} ") for one in said if run)
    return [
        one
        for one, place in bare
        if place.strip() and not own.startswith(place) and any(other.startswith(place) for other in run)
    ]


def of_town(names: Iterable[str], town: str | None) -> list[str]:
    """Return, in plain words, what people call the hospital of a town, if one of these names is: `derby hospital`."""
    words = [plain(name).split() for name in names]
    if not town or all(_HOSPITAL_WORDS.isdisjoint(one) or not _OF_SOME_CARE.isdisjoint(one) for one in words):
        return []
    return [f"{one} hospital" for one in said_of_town(town)]


def with_town(names: Iterable[str], town: str | None) -> list[str]:
    """Return, in plain words, the names of a hospital with its town, with and without the word for one."""
    found: dict[str, None] = {}
    for name in map(plain, names):
        if _HOSPITAL_WORDS.isdisjoint(name.split()):
            continue
        bare = " ".join(word for word in name.removeprefix("the ").split() if word not in _HOSPITAL_WORDS)
        towns = said_of_town(town or "") if f" {plain(town or '')} " not in f" {name} " else []
        found.update(dict.fromkeys(f"{expanded(one)} {place}" for one in (name, bare) if one for place in towns))
    return list(found)


def said_of_town(town: str) -> list[str]:
    """Return, in plain words, what people call a town: `stoke on trent`, `stoke`."""
    towns = dict.fromkeys(forms(town))
    for one in list(towns):
        listed = one.split()
        end = next((place for place, word in enumerate(listed) if word in _BY_A_RIVER), 0)
        towns.update({" ".join(listed[:end]): None} if end else {})
    return list(towns)


def towns_of_arrangements(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return the towns of the arrangements in which those records play a part, as a network of practices has one."""
    found: dict[int, list[str]] = {}
    sql = (
        "SELECT DISTINCT l.source_id, r.town FROM link l JOIN record r ON r.id = l.target_id"
        f" WHERE l.source_id IN ({marks(ids)}) AND l.role IS NOT NULL AND r.kind = 'arrangement' AND r.town IS NOT NULL"
        " ORDER BY 1, 2"
    )
    for number, town in conn.execute(sql, ids) if ids else ():
        found.setdefault(number, []).append(town)
    return found
