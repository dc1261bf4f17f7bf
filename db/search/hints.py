"""What helps a person on: filters that are none, closed records left out, what is nearest where nothing was found."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

from db.nearest_word import nearest_word
from db.results import counted
from db.search.by_name import ByName
from db.search.candidates import SearchIndex
from db.search.codes import by_code, pieces_of
from db.search.filters import conditions
from db.search.layout import RECORD_MASK, words_in
from db.search.query import FILTERS, MOST_WORDS, Query
from db.search.spelling import vocabulary
from db.search.steps import Search
from db.search.text import STOP_WORDS, needed_words, readings

_NAMED = 3
_COMPARED = 200
_SHORT = 3
_MOST_WORDS = 8
_VALUES = {
    "kind": "organisation, arrangement, person, site or document",
    "type": "a type of arrangement or a kind of body: pcn, icb, trust, council…",
    "role": "a role: chair, lead, RO197…",
    "place": "a town or a county",
    "source": "words of the name of a source",
    "status": "open, closed, planned, proposed…",
    "postcode": 'LA, LA1 or "LA1 4"',
}


def typing_hints(conn: sqlite3.Connection, query: Query) -> list[str]:
    """Return what is to be said of filters as they were typed."""
    hints = []
    for word in query.unknown:
        if not any(by_code(conn, piece) for piece in pieces_of(query.text)[:MOST_WORDS] if ":" in piece):
            near = nearest_word(word, FILTERS, 0.5)
            known = f"did you mean {near}:?" if near else f"filters are {', '.join(f'{one}:' for one in FILTERS)}"
            hints.append(f"“{word}:” is no filter and was taken as text; {known}")
    hints += [f"{one}: takes {_VALUES[one]}" for one in query.empty if one in _VALUES]
    return hints


def nothing_hint(index: SearchIndex, query: Query, cancelled: Callable[[], bool] | None) -> str | None:
    """Return, where nothing was found, which words are not known, the nearest ones, and what to leave out."""
    if not query.readings:
        passing = _filter_to_leave_out(index, query, cancelled)
        return passing or (f"nothing passes {' '.join(map(str, query.filters))}" if query.filters else None)
    unknown = _unknown_words(index, query)
    said = (
        _with_nearest_words(index, unknown),
        _filter_to_leave_out(index, query, cancelled) or _words_to_leave_out(index, query, unknown, cancelled),
        _nearest_names(index, query),
    )
    return "; ".join(filter(None, said)) or None


def _without(what: str, number: int, is_exact: bool) -> str:
    return f"without {what} there {'is' if number == 1 and is_exact else 'are'} {counted(number, is_exact)}"


def _have(number: int, is_exact: bool) -> str:
    return f"{counted(number, is_exact)} {'has' if number == 1 and is_exact else 'have'}"


def _filter_to_leave_out(index: SearchIndex, query: Query, cancelled: Callable[[], bool] | None) -> str | None:
    for one in query.filters if len(query.filters) > 1 or query.readings else ():
        kept = query._replace(filters=tuple(other for other in query.filters if other != one))
        passing = index.through(conditions(index.conn, kept.filters, index.memory))
        found = Search(passing, kept, cancelled).count() if query.readings else (passing.number(), True)
        if found[0]:
            return _without(str(one), *found)
    return None


def _words_to_leave_out(
    index: SearchIndex, query: Query, unknown: Sequence[str], cancelled: Callable[[], bool] | None
) -> str | None:
    """Return how many records match surely without the words that none has, or without each of few known ones."""
    words = list(dict.fromkeys(query.readings[-1].split()))
    if query.phrases or not 1 < len(words) <= _MOST_WORDS:
        return None

    def without(left_out: Sequence[str]) -> tuple[int, bool]:
        kept = " ".join(word for word in words if word not in left_out)
        if STOP_WORDS.issuperset(kept.split()):
            return 0, True
        return ByName(index, query._replace(readings=readings(kept)), cancelled).count_sure()

    known = [word for word in words if word not in unknown]
    if unknown:
        said = [_without("it" if len(unknown) == 1 else "them", *found)] if (found := without(unknown))[0] else []
    else:
        said = [_without(f"“{word}”", *found) for word in known if (found := without([word]))[0]]
    if said or len(known) < 2:
        return ", ".join(said) or None
    alone = ((word, without([other for other in words if other != word])) for word in known)
    said = [f"{_have(*found)} “{word}”" for word, found in alone if found[0]]
    return f"{', '.join(said)}, and none has all of them" if said else None


def _unknown_words(index: SearchIndex, query: Query) -> list[str]:
    """Return the words that no record has, nor a word that begins with them."""
    words = vocabulary(index.conn)
    return [word for word in needed_words(query.readings[-1])[:_MOST_WORDS] if not words.begins(word)]


def _with_nearest_words(index: SearchIndex, unknown: Sequence[str]) -> str | None:
    """Return words that no record has, each with those that are nearest to it."""
    words = vocabulary(index.conn)
    said = []
    for word in unknown:
        near = list(words.near(word, errors=2, unfinished=True))[:_NAMED]
        said.append(f"“{word}”" + (f" (nearest words: {', '.join(near)})" if near else ""))
    return f"no record has {' or '.join(said)}" if said else None


def _has_alike(own: set[str], word: str, near: dict[str, int]) -> bool:
    begun = len(word) > _SHORT and any(one.startswith(word) for one in own)
    return begun or not own.isdisjoint(near)


def _nearest_names(index: SearchIndex, query: Query) -> str | None:
    """Return the names that share the most words with the text, as they are or nearly so: more than half of them."""
    words = vocabulary(index.conn)
    needed = needed_words(query.readings[-1])[:_MOST_WORDS]
    near = {word: words.near(word, errors=2, unfinished=True) if len(word) > _SHORT else {} for word in needed}
    begun = [f'"{word}" *' if len(word) > _SHORT else f'"{word}"' for word in needed]
    spelt = " OR ".join([*begun, *(f'"{one}"' for word in needed for one in near[word])])
    best: list[tuple[int, int]] = []
    for candidate in index.read(index.matching(f"{{own}} : ({spelt})", _COMPARED)):
        own = set(words_in(candidate.own))
        alike = [2 if word in own else _has_alike(own, word, near[word]) for word in needed]
        if sum(map(bool, alike)) * 2 > len(needed):
            best.append((-sum(alike), candidate.id))
    numbers = [number & RECORD_MASK for _, number in sorted(best)]
    shown = index.shown(numbers)
    names = list(dict.fromkeys(shown[number].name for number in numbers))[:_NAMED]
    return f"nearest names: {', '.join(names)}" if names else None
