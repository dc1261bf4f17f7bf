"""Which of many words are near a misspelt one, found without comparing it with each of them.

One typing error changes at most two neighbouring letters. So where there is only one, either the first half of the word
is as typed, or what follows that half is: only words that share the one or the other need to be compared.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_LAST = "\U0010ffff"


class Spread:
    """Sorted words, spread by how long they are; words may be only the beginnings of others."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._by_length: dict[int, tuple[list[str], str]] = {}
        self._beginnings: dict[int, tuple[list[str], str]] = {}

    def near(self, word: str, errors: int, *, beginnings: bool) -> list[tuple[str, int]]:
        """Return the words within so many errors of `word`, with how many; or the `beginnings` of longer words."""
        # Costs some 10 ms, and most queries are answered without it.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found: list[tuple[str, int]] = []
        for length in range(max(1, len(word) - errors), len(word) + errors + 1):
            words, joined = self._of_length(length, beginnings)
            some = _sharing_a_half(word, words, joined, length) if errors == 1 else words
            hits = extract(word, some, scorer=OSA.distance, score_cutoff=errors, limit=None)
            found += ((near, int(distance)) for near, distance, _ in hits)
        return found

    def _of_length(self, length: int, beginnings: bool) -> tuple[list[str], str]:
        kept = self._beginnings if beginnings else self._by_length
        found = kept.get(length)
        if found is None:
            if beginnings:
                words = list(dict.fromkeys([word[:length] for word in self._words if len(word) > length]))
            else:
                words = [word for word in self._words if len(word) == length]
            found = kept[length] = (words, f"{' '.join(words)} ")
        return found


def _sharing_a_half(word: str, words: list[str], joined: str, length: int) -> list[str]:
    """Return the words that begin like the first half of `word` or end like what follows its second."""
    half = len(word) // 2
    start, end = word[:half], word[half + 1 :]
    found = set(words[bisect_left(words, start) : bisect_left(words, start + _LAST)])
    end += " "
    place = joined.find(end)
    while place >= 0:
        found.add(joined[place + len(end) - 1 - length : place + len(end) - 1])
        place = joined.find(end, place + len(end))
    return list(found)
