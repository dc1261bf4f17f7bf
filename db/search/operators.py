"""Who runs a place that a question names, where no public body does that is open: a company, or one that has closed."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from db.parameters import id_list
from db.search.candidates import SearchIndex
from db.search.layout import END, of_kind, openness, words_in
from db.search.match import TIED, WHOLLY_UNTYPED, WORD, Sureness, is_public_body
from db.search.named_places import places_named, wholly_named
from db.search.rank import Ranked, ranked

_OPERATORS = """
SELECT DISTINCT l.target_id FROM json_each(?) j JOIN link l ON l.source_id = j.value
 JOIN link_type y ON y.id = l.type_id WHERE y.name IN ('operated-by', 'subsidiary-of', 'branch-of')"""


def operators_of_places(index: SearchIndex, matches: Mapping[int, Ranked], texts: Collection[str]) -> dict[int, Ranked]:
    """Return who runs the places that have all the words, by index id; nothing where a public body does that is open.

    Of a place of which a text is the whole name, whoever that is.

    One that has closed is behind those that have not, and what it runs no more behind it.
    """
    places = wholly_named(matches, texts)
    if not places:
        if any(is_public_body(one.candidate) and openness(number) < 2 for number, one in matches.items()):
            return {}
        places = places_named(matches, texts) or _places(matches)
    if not places:
        return {}
    found = [row[0] for row in index.conn.execute(_OPERATORS, (id_list(places),))]
    everywhere = index.between(0, END)
    told = tuple(
        dict.fromkeys(word for one in everywhere.read(everywhere.of_records(places)) for word in words_in(one.own))
    )
    return {
        one.id: ranked(
            one,
            Sureness(WORD, int(openness(one.id) > 1), True, 0, TIED, WHOLLY_UNTYPED, 0, False, len(one.own), "", told),
        )
        for one in everywhere.read(everywhere.of_records(found))
    }


def _places(matches: Mapping[int, Ranked]) -> list[int]:
    """Return the numbers of the places among some matches that have nothing before them."""
    best = min(matches.values(), key=lambda one: one.order, default=None)
    return [best.candidate.record_id] if best is not None and of_kind("site") in best.candidate.more.split() else []
