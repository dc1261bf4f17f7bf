"""Facets of what a search found: what its results may be narrowed to, each with how many there would be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from db.results import Brief, Results
from tui.text import phrases
from tui.text.link_phrases import short_type

MOST = 8
"""Facets that are offered: a key each."""

_LOOKED_AT = 200
"""Results among which types and places are looked for; how many have them is asked of all."""

_OFFERED = (("type", 5), ("place", 3))
"""The filters, and how many values of each are offered."""

Ask = Callable[[str, int], Results]
"""Searches for a text, and returns so many results at most."""


class Facet(NamedTuple):
    """One thing to narrow results to: the filter as it is typed, what it is called, and how many there would be."""

    words: str
    label: str
    counted: str


def facets(ask: Ask, query: str, types: Mapping[str, str]) -> tuple[Facet, ...]:
    """Return what the results of a query may be narrowed to; `types` has the labels of types by their names."""
    found = ask(query, _LOOKED_AT)
    briefs = [hit.brief for hit in found.hits]
    return tuple(
        Facet(words, label, narrowed.counted)
        for words, label in _values(briefs, query, types)
        if len(briefs) > 1
        and (narrowed := ask(f"{query} {words}", 1)).total >= _least(words)
        and narrowed.counted != found.counted
    )[:MOST]


def _least(words: str) -> int:
    """Return how many results a filter has to leave: the one in a town is sooner read than chosen."""
    return 2 if words.startswith("place:") else 1


def _values(briefs: list[Brief], query: str, types: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield filters that the query does not have yet, and what they are called, the most frequent of each first."""
    for field, most in _OFFERED:
        # The same filter twice means either, which would find more.
        if f"{field}:" not in query:
            said = Counter(value for brief in briefs if (value := _value(brief, field)))
            for value, _ in said.most_common(most):
                label = short_type(types.get(value) or phrases.readable(value)) if field == "type" else value
                yield f'{field}:"{value}"' if " " in value else f"{field}:{value}", label


def _value(brief: Brief, field: str) -> str | None:
    """Return the type or the place; a postcode is no place."""
    value = brief.type if field == "type" else brief.place
    return value if value and '"' not in value and not (field == "place" and any(map(str.isdigit, value))) else None
