"""Which of many words are near a misspelt one, found without comparing it with each of them.

One typing error changes at most two neighbouring letters. So where there is only one, either the first half of the word
is as typed, or what follows that half is: only words that share the one or the other need to be compared.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_MOST_LENGTHS = 6
"""Lengths whose beginnings are kept, some megabytes each over a national register."""
_LAST = "\U0010ffff"


class Spread:
    """Sorted words, laid out so that those near another are found; `joined` has a space before and after each."""

    def __init__(self, words: Sequence[str], joined: str) -> None:
        self._words = words
        self._joined = joined
        self._beginnings: dict[int, tuple[list[str], str]] = {}

    def near(self, word: str, errors: int) -> list[tuple[str, int]]:
        """Return the words within so many errors of `word`, with how many."""
        shortest, longest = len(word) - errors, len(word) + errors
        some = _sharing_a_half(word, self._words, self._joined) if errors == 1 else self._words
        fitting = [other for other in some if shortest <= len(other) <= longest]
        return _within_one(word, fitting) if errors == 1 else _within(word, fitting, errors)

    def beginning(self, word: str, errors: int) -> list[tuple[str, int]]:
        """Return the beginnings of longer words within so many errors of `word`, one letter shorter or longer."""
        found: list[tuple[str, int]] = []
        for length in range(max(2, len(word) - 1), len(word) + 2):
            words, joined = self._of_length(length)
            if errors == 1:
                found += _within_one(word, _sharing_a_half(word, words, joined))
            else:
                found += _within(word, words, errors)
        return found

    def _of_length(self, length: int) -> tuple[list[str], str]:
        found = self._beginnings.get(length)
        if found is None:
            while len(self._beginnings) >= _MOST_LENGTHS:
                self._beginnings.pop(next(iter(self._beginnings)), None)
            words = list(dict.fromkeys([word[:length] for word in self._words if len(word) > length]))
            found = self._beginnings[length] = (words, f" {' '.join(words)} ")
        return found


def _within(word: str, words: Sequence[str], errors: int) -> list[tuple[str, int]]:
    # Costs some 20 ms, and most queries are answered without it.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    hits = extract(word, words, scorer=OSA.distance, score_cutoff=errors, limit=None)
    return [(near, int(distance)) for near, distance, _ in hits]


def _within_one(word: str, words: Iterable[str]) -> list[tuple[str, int]]:
    return [(other, int(other != word)) for other in words if other == word or one_error(word, other)]


def one_error(one: str, other: str) -> bool:
    """Whether a letter that is wrong, missing or too many, or two swapped neighbours, tell two words apart."""
    if len(one) > len(other):
        one, other = other, one
    place, end = 0, len(one)
    while place < end and one[place] == other[place]:
        place += 1
    if len(one) < len(other):
        return one[place:] == other[place + 1 :]
    if one[place + 1 :] == other[place + 1 :]:
        return True
    swapped = one[place : place + 2] == other[place : place + 2][::-1]
    return swapped and one[place + 2 :] == other[place + 2 :]


def _sharing_a_half(word: str, words: Sequence[str], joined: str) -> set[str]:
    """Return the words that begin like the first half of `word` or end like what follows its second."""
    half = len(word) // 2
    start, end = word[:half], f"{word[half + 1 :]} "
    found = set(words[bisect_left(words, start) : bisect_left(words, start + _LAST)])
    place = joined.find(end)
    while place >= 0:
        last = place + len(end) - 1
        found.add(joined[joined.rindex(" ", 0, last) + 1 : last])
        place = joined.find(end, last + 1)
    return found
