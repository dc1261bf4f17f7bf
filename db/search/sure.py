"""Records that hold all words of a text: counted, and taken in blocks, the surest kinds of match first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property

from db.search.candidates import SearchIndex
from db.search.expressions import (
    Beginnings,
    Way,
    acronym_match,
    all_words,
    beginning_match,
    exact_match,
    words_match,
)

BLOCK = 120
"""Records that are compared first where more than that match surely."""
_GROWTH = 4
"""How many times as many have been compared after each further block."""
_MOST_COUNTED = 5_000
_MOST_COUNTED_ONE_BY_ONE = 2_000
"""The same where filters have to be asked of each record."""


class SureMatches:
    """What holds all words of a text, by any of its readings, in an index."""

    def __init__(self, index: SearchIndex, readings: Sequence[str], begun: Beginnings) -> None:
        self._index, self._readings, self._begun = index, readings, begun

    @cached_property
    def _ways(self) -> list[Way]:
        return [all_words(text, self._begun) for text in self._readings]

    def some(self, most: int, *, exactly: bool = False) -> list[int]:
        """Return up to `most` of them, best ranks first, which may lack common words where not asked for `exactly`."""
        return self._index.found_by(self._ways, acronym_match(self._readings), most, exactly=exactly)

    def count(self, without: Collection[int] = ()) -> tuple[int, bool]:
        """Return how many there are but for some index ids, and whether that is exact: not all of many are counted."""
        most = _MOST_COUNTED_ONE_BY_ONE if self._index.conditions.all_of else _MOST_COUNTED
        number = self._index.count_found_by(self._ways, acronym_match(self._readings), most + 1, without)
        return min(number, most), number <= most

    def blocks(self, named: Sequence[int], poll: Callable[[], None]) -> Iterator[tuple[list[int], bool]]:
        """Yield all of them, and some that have the text as a name, in blocks, and of each whether it is the last.

        The blocks do not depend on how many are wanted, and none holds what an earlier one does.
        """
        seen: set[int] = set()
        size = BLOCK
        while True:
            listed = self.some(size + 1)
            is_last = len(listed) <= size
            found = [*named, *listed] if is_last else self._surest(named, listed, size, poll)
            fresh = [one for one in dict.fromkeys(found) if one not in seen]
            yield fresh, is_last
            if is_last:
                return
            seen.update(fresh)
            size *= _GROWTH

    def _surest(
        self, named: Sequence[int], listed: Sequence[int], most: int, poll: Callable[[], None]
    ) -> Iterable[int]:
        """Return up to `most`, the surer kinds first, in each the better ranks; of more, the first are the same."""
        kept: dict[int, None] = {}
        for match in (
            exact_match(self._readings),
            "",
            beginning_match(self._readings, self._begun, whole=True),
            beginning_match(self._readings, self._begun),
            words_match(self._readings, self._begun, whole=True),
            words_match(self._readings, self._begun),
        ):
            poll()
            kept.update(dict.fromkeys(self._index.matching(match, most) if match else named))
            if len(kept) >= most:
                break
        kept.update(dict.fromkeys(listed))
        return list(kept)[:most]
