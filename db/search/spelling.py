"""Tolerating typing errors: which words of the index a typed word may stand for."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from db.search.layout import STAMP

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

MOST_NEAR = 40
"""Words that one typed word is taken for, the nearest first."""
_MOST_KEPT = 4
_MOST_ANSWERS = 1000
_SHORTEST_PART = 3
_kept: dict[str, Vocabulary] = {}


def errors_allowed(word: str) -> int:
    """Return how many typing errors a word of this length may hold: none in two letters, two from seven on."""
    return 0 if len(word) < 3 else 1 if len(word) < 7 else 2


class Vocabulary:
    """The words of an index, sorted; it is never changed, so threads may share it."""

    def __init__(self, words: list[str]) -> None:
        self._words = sorted(words)
        self._text = f" {' '.join(self._words)} "
        self._answers: dict[tuple[str, str], dict[str, int]] = {}
        self._beginnings: dict[int, dict[str, list[str]]] = {}

    def __len__(self) -> int:
        return len(self._words)

    def has(self, word: str) -> bool:
        """Whether the index holds this very word."""
        place = bisect_left(self._words, word)
        return place < len(self._words) and self._words[place] == word

    def begins(self, beginning: str) -> bool:
        """Whether any word of the index begins like this."""
        place = bisect_left(self._words, beginning)
        return place < len(self._words) and self._words[place].startswith(beginning)

    def containing(self, part: str) -> dict[str, int]:
        """Return words that hold `part` anywhere but at their start, the shortest first, with no errors counted."""
        if len(part) < _SHORTEST_PART:
            return {}
        return self._remembered("containing", part, self._containing)

    def _containing(self, part: str) -> dict[str, int]:
        found: list[str] = []
        text = self._text
        place = text.find(part)
        while place >= 0:
            start, end = text.rindex(" ", 0, place + 1) + 1, text.index(" ", place)
            if start < place:
                found.append(text[start:end])
            place = text.find(part, end)
        return dict.fromkeys(sorted(found, key=len)[:MOST_NEAR], 0)

    def _remembered(self, what: str, word: str, answer: Callable[[str], dict[str, int]]) -> dict[str, int]:
        """Return an answer given before, for every further keystroke asks of the words before it again."""
        found = self._answers.get((what, word))
        if found is None:
            if len(self._answers) >= _MOST_ANSWERS:
                self._answers.clear()
            found = self._answers[what, word] = answer(word)
        return found

    def near(self, word: str, *, unfinished: bool) -> dict[str, int]:
        """Return the words that `word` may be a misspelling of, with the number of errors, the fewest first.

        `unfinished` also takes it for a misspelt beginning. Swapped neighbours count as one error.
        """
        if not errors_allowed(word):
            return {}
        if unfinished:
            return self._remembered("unfinished", word, lambda one: self._near(one, unfinished=True))
        return self._remembered("near", word, lambda one: self._near(one, unfinished=False))

    def _near(self, word: str, *, unfinished: bool) -> dict[str, int]:
        allowed = errors_allowed(word)
        # Costs some 10 ms, and most queries are answered without it.
        from rapidfuzz.distance import OSA
        from rapidfuzz.process import extract

        found = {
            str(near): int(errors)
            for near, errors, _ in extract(word, self._words, scorer=OSA.distance, score_cutoff=allowed, limit=None)
        }
        if unfinished and len(word) > 2:
            for length in range(max(2, len(word) - 1), len(word) + 2):
                beginnings = self._beginning(length)
                near_ones = extract(word, beginnings.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=MOST_NEAR)
                for near, errors, _ in near_ones:
                    for whole in beginnings[near][:MOST_NEAR]:
                        found[whole] = min(found.get(whole, 9), int(errors))
        found.pop(word, None)
        ordered = sorted(found.items(), key=lambda one: (one[1], abs(len(one[0]) - len(word)), one[0]))
        return {near: max(errors, 1) for near, errors in ordered[:MOST_NEAR]}

    def _beginning(self, length: int) -> dict[str, list[str]]:
        """Return the longer words by their first letters; kept, for every keystroke asks."""
        found = self._beginnings.get(length)
        if found is None:
            found = {}
            for word in self._words:
                if len(word) > length:
                    found.setdefault(word[:length], []).append(word)
            self._beginnings[length] = found
        return found

    def respaced(self, words: list[str]) -> list[list[str]]:
        """Return the same words with one space put in or taken out, where that makes words of the index."""
        found: list[list[str]] = []
        for place, word in enumerate(words):
            last = place == len(words) - 1
            if not last:
                joined = word + words[place + 1]
                if self.has(joined) or (place + 2 == len(words) and self.begins(joined)):
                    found.append([*words[:place], joined, *words[place + 2 :]])
            if len(word) > 4 and not self.has(word):
                found += ([*words[:place], *parts, *words[place + 1 :]] for parts in self._parts(word, last))
        return found[: MOST_NEAR // 10]

    def _parts(self, word: str, last: bool) -> list[list[str]]:
        """Return the ways to take a word for several run together."""
        for place in range(len(word) - 1, 1, -1):
            head, tail = word[:place], word[place:]
            if not self.has(head):
                continue
            if self.has(tail) or (last and self.begins(tail)):
                return [[head, tail]]
            if len(tail) > 4 and (deeper := self._parts(tail, last)):
                return [[head, *deeper[0]]]
        return []


def vocabulary(conn: sqlite3.Connection) -> Vocabulary:
    """Return the words of the index, read once for each state of it."""
    row = conn.execute("SELECT value FROM meta WHERE name = ?", (STAMP,)).fetchone()
    stamp = str(row[0]) if row else ""
    found = _kept.get(stamp)
    if found is None:
        joined = conn.execute("SELECT group_concat(word, ' ') FROM search_word").fetchone()[0]
        found = Vocabulary(joined.split() if joined else [])
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[stamp] = found
    return found
