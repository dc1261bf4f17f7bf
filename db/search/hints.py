"""What helps a person on: filters that are none, closed records left out, the nearest names where nothing was found."""

from __future__ import annotations

from db.search.codes import by_code
from db.search.expressions import needed_words
from db.search.layout import END, FIRST_HIDDEN, RECORD_MASK, words_in
from db.search.query import FILTERS
from db.search.searching import Search
from db.search.spelling import vocabulary

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from db.search.candidates import Index
    from db.search.query import Query

_NAMED = 3
_COMPARED = 200
_SHORT = 3
_VALUES = {
    "kind": "organisation, arrangement, person, site or document",
    "status": "open, closed, planned, proposed…",
    "postcode": 'LA, LA1 or "LA1 4"',
}


def typing_hints(conn: sqlite3.Connection, query: Query) -> list[str]:
    """Return what is to be said of filters as they were typed."""
    hints = []
    if query.unknown:
        # Costs 2 ms, and only mistakes need it.
        from db.search.meanings import nearest
    for word in query.unknown:
        if not by_code(conn, query.text):
            near = nearest(word, FILTERS)
            known = f"did you mean {near}:?" if near else f"filters are {', '.join(f'{one}:' for one in FILTERS)}"
            hints.append(f"“{word}:” is no filter and was taken as text; {known}")
    hints += [f"{one}: takes {_VALUES[one]}" for one in query.empty if one in _VALUES]
    return hints


class LeftOut:
    """The closed records that match surely, where they are left out; counted when it is asked for, and once."""

    def __init__(self, index: Index, query: Query, most: int, cancelled: Callable[[], bool] | None) -> None:
        self._index = index._replace(first=FIRST_HIDDEN, end=END)
        self._query, self._most, self._cancelled = query, most, cancelled
        self._number: int | None = None

    def number(self) -> int:
        """Return how many there are."""
        if self._number is None:
            if self._query.readings:
                self._number = Search(self._index, self._query, self._most, self._cancelled).count_sure()
            else:
                self._number = self._index.number()
        return self._number

    def hint(self) -> str:
        """Return how to see them; nothing where there are none."""
        number = self.number()
        if not number:
            return ""
        return f"{number} closed ones match: --all shows them" if number > 1 else "1 closed one matches: --all shows it"


def nothing_hint(index: Index, query: Query, cancelled: Callable[[], bool] | None) -> str | None:
    """Return which filter to drop, or the nearest names, where nothing was found."""
    if query.filters and (said := _filter_to_drop(index, query, cancelled)):
        return said
    if query.readings:
        return _nearest_names(index, query)
    return f"nothing passes {' '.join(map(str, query.filters))}" if query.filters else None


def _filter_to_drop(index: Index, query: Query, cancelled: Callable[[], bool] | None) -> str | None:
    # Loaded already where there are filters, and not needed where there are none.
    from db.search.filters import conditions

    for one in query.filters if len(query.filters) > 1 or query.readings else ():
        kept = query._replace(filters=tuple(other for other in query.filters if other != one))
        without = index._replace(conditions=conditions(index.conn, kept.filters, index.memory))
        if query.readings:
            search = Search(without, kept, cancelled=cancelled)
            search.run()
            number = len(search.matches)
        else:
            number = without.number()
        if number:
            return f"nothing found; without {one} there {'are' if number > 1 else 'is'} {number}"
    return None


def _has_alike(own: set[str], word: str, near: dict[str, int]) -> bool:
    begun = len(word) > _SHORT and any(one.startswith(word) for one in own)
    return begun or not own.isdisjoint(near)


def _nearest_names(index: Index, query: Query) -> str | None:
    """Return the names that share the most words with the text, as they are or nearly so."""
    words = vocabulary(index.conn)
    needed = needed_words(query.readings[-1])[:8]
    near = {word: words.near(word, errors=2, unfinished=True) if len(word) > _SHORT else {} for word in needed}
    begun = [f'"{word}" *' if len(word) > _SHORT else f'"{word}"' for word in needed]
    spelt = " OR ".join([*begun, *(f'"{one}"' for word in needed for one in near[word])])
    best: list[tuple[int, int]] = []
    for candidate in index.read(index.matching(f"{{own}} : ({spelt})", _COMPARED)):
        own = set(words_in(candidate.own))
        shared = sum(2 if word in own else _has_alike(own, word, near[word]) for word in needed)
        best.append((-shared, candidate.id))
    numbers = [number & RECORD_MASK for _, number in sorted(best)]
    shown = index.shown(numbers)
    names = list(dict.fromkeys(shown[number].name for number in numbers))[:_NAMED]
    return f"nothing found; the nearest: {', '.join(names)}" if names else "nothing found"
