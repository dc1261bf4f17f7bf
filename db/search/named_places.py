"""Whose place it is that a question names: one place has all its words, not several places one each."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Mapping

from db.parameters import id_list
from db.search.layout import RECORD_MASK, names_in, of_kind
from db.search.match import FUZZY_PLACE, PLACE, SUBSTRING, Sureness
from db.search.rank import Ranked, ranked

_PREMISES = of_kind("site")


def not_of_one_place(
    conn: sqlite3.Connection, matches: Mapping[int, Ranked], texts: Collection[str]
) -> dict[int, Ranked]:
    """Return what of some matches needs words of others and is tied to no place that has all, ranked behind the rest.

    `weston general` is asked of who runs Weston General Hospital, not of who runs Weston Park and the Northern General.
    Where one of the texts is the whole name of a place, what has all the words is behind who runs that, too. Nothing
    where no place among the matches has all the words itself.
    """
    places = places_named(matches, texts)
    is_whole = bool(wholly_named(matches, texts))
    of_others = {one: made for one, made in matches.items() if is_whole or made.sureness.by_tie}
    if not places or not of_others:
        return {}
    sql = "SELECT t.record_id FROM json_each(?) j JOIN _search_tie t ON t.tied_id = j.value"
    tied = {row[0] for row in conn.execute(sql, (id_list(places),))}
    return {
        one: ranked(made.candidate, made.sureness._replace(lacks_role=max(made.sureness.lacks_role, 1)))
        for one, made in of_others.items()
        if made.candidate.record_id not in tied
    }


def places_named(matches: Mapping[int, Ranked], texts: Collection[str]) -> list[int]:
    """Return the numbers of the places among some matches that have all the words themselves, by one of some texts.

    Where that is the whole name of some, those alone.
    """
    places = {one & RECORD_MASK: made for one, made in matches.items() if _PREMISES in made.candidate.more}
    whole = wholly_named(matches, texts)
    return whole or [one for one, made in places.items() if _has_all_itself(made.sureness)]


def wholly_named(matches: Mapping[int, Ranked], texts: Collection[str]) -> list[int]:
    """Return the numbers of the places among some matches of which a text is a whole name."""
    return [
        number & RECORD_MASK
        for number, made in matches.items()
        if _PREMISES in made.candidate.more and any(name in texts for name, _ in names_in(made.candidate.own))
    ]


def _has_all_itself(found: Sureness) -> bool:
    return found.where <= (PLACE if found.kind < SUBSTRING else FUZZY_PLACE)
