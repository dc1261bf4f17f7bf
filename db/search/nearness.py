"""Which of many words are near a misspelt one, found without comparing it with each of them.

One typing error leaves all letters before it and all after it as they are. So where there is only one, the sorted words
are walked along the typed one, and at each letter only what one error makes of the rest is looked up.
"""

from __future__ import annotations

from bisect import bisect_left

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_MOST_LENGTHS = 6
"""Lengths whose beginnings are kept, some megabytes each over a national register."""
_LAST = "\U0010ffff"


class Spread:
    """Sorted words, laid out so that those near another are found."""

    def __init__(self, words: Sequence[str]) -> None:
        self._words = words
        self._beginnings: dict[int, list[str]] = {}
        self._by_length: dict[int, list[str]] = {}
        self._last: tuple[str, dict[str, int]] = ("", {})

    def near(self, word: str, errors: int) -> list[tuple[str, int]]:
        """Return the words within so many errors of `word`, with how many."""
        words = self._words
        if errors == 1:
            return [
                (target, int(target != word))
                for target, place in self._with_one_error(word).items()
                if place < len(words) and words[place] == target
            ]
        some = self._of_lengths()
        fitting = [some[length] for length in range(len(word) - errors, len(word) + errors + 1) if length in some]
        return [found for one in fitting for found in _within(word, one, errors)]

    def beginning(self, word: str, errors: int) -> list[tuple[str, int]]:
        """Return the beginnings of longer words within so many errors of `word`, one letter shorter or longer."""
        shortest = max(2, len(word) - 1)
        if errors == 1:
            return [
                (target, int(target != word))
                for target, place in self._with_one_error(word).items()
                if len(target) >= shortest and self._begins_longer(target, place)
            ]
        lengths = range(shortest, len(word) + 2)
        return [found for length in lengths for found in _within(word, self._of_length(length), errors)]

    def _begins_longer(self, target: str, place: int) -> bool:
        words = self._words
        if place < len(words) and words[place] == target:
            place += 1
        return place < len(words) and words[place].startswith(target)

    def _with_one_error(self, word: str) -> dict[str, int]:
        """Return the same as `_one_error_from`, kept because whole words and beginnings are asked for in turn."""
        last, found = self._last
        if last != word:
            found = self._one_error_from(word)
            self._last = (word, found)
        return found

    def _one_error_from(self, word: str) -> dict[str, int]:
        """Return what one error makes of `word`, each with the place that it has among the words.

        Letters that no word has after what stands before them are left out.
        """
        words = self._words
        found = {word: bisect_left(words, word)}
        first, end = 0, len(words)
        for place in range(len(word) + 1):
            before, rest = word[:place], word[place:]
            targets = [before + rest[1:], before + rest[1:2] + rest[:1] + rest[2:]] if rest else []
            for letter in _letters_after(words, before, first, end):
                targets += (before + letter + rest[1:], before + letter + rest)
            for target in targets:
                if target not in found:
                    found[target] = bisect_left(words, target, first, end)
            first = bisect_left(words, word[: place + 1], first, end)
            end = bisect_left(words, word[: place + 1] + _LAST, first, end)
            if first == end:
                break
        return found

    def _of_length(self, length: int) -> list[str]:
        """Return the beginnings of one length that longer words have."""
        found = self._beginnings.get(length)
        if found is None:
            while len(self._beginnings) >= _MOST_LENGTHS:
                self._beginnings.pop(next(iter(self._beginnings)), None)
            found = list(dict.fromkeys([word[:length] for word in self._words if len(word) > length]))
            self._beginnings[length] = found
        return found

    def _of_lengths(self) -> dict[int, list[str]]:
        """Return the words by their lengths."""
        if not self._by_length:
            found: dict[int, list[str]] = {}
            for word in self._words:
                found.setdefault(len(word), []).append(word)
            self._by_length = found
        return self._by_length


def _letters_after(words: Sequence[str], before: str, first: int, end: int) -> Iterator[str]:
    """Yield the letters that follow `before` in the words from `first` to `end`, which all begin so."""
    length = len(before)
    while first < end:
        letter = words[first][length : length + 1]
        if letter:
            yield letter
            first = bisect_left(words, before + letter + _LAST, first, end)
        else:
            first += 1


def _within(word: str, words: Sequence[str], errors: int) -> list[tuple[str, int]]:
    # Costs some 20 ms, and most queries are answered without it.
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    hits = extract(word, words, scorer=OSA.distance, score_cutoff=errors, limit=None)
    return [(near, int(distance)) for near, distance, _ in hits]
