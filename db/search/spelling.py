"""Tolerating typing errors: which words of the index a typed word may stand for."""

from __future__ import annotations

from bisect import bisect_left

from db.search.layout import STAMP
from db.search.spelling import Spread, is_usual
from db.search.text import is_outward

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

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
        self._spread = Spread(self._words)

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

    def near(self, word: str, *, errors: int = 2, unfinished: bool) -> dict[str, int]:
        """Return the words that `word` may be a misspelling of, with the number of errors, the fewest first.

        `errors` is the most that are looked for, where a word of this length may hold so many. `unfinished` also takes
        it for a misspelt beginning, unless it is a word. Swapped neighbours count as one error. Words that begin with
        it are left out, being found by it as it stands, but for half a postcode, which stands for no longer one.
        """
        allowed = min(errors, errors_allowed(word))
        if not allowed:
            return {}
        what = f"{allowed}{'+' if unfinished else ''}"
        return self._remembered(what, word, lambda one: self._near(one, allowed, unfinished=unfinished))

    def near_all(
        self, texts: Iterable[Sequence[str]], *, errors: int, poll: Callable[[], None]
    ) -> dict[str, dict[str, int]]:
        """Return what `near` does for the words of several texts, of each of which only the last may be unfinished."""
        found: dict[str, dict[str, int]] = {}
        for words in texts:
            for word in words:
                if word not in found:
                    poll()
                    found[word] = self.near(word, errors=errors, unfinished=word == words[-1])
        return found

    def _near(self, word: str, errors: int, *, unfinished: bool) -> dict[str, int]:
        found = dict(self._spread.near(word, errors))
        if unfinished and not self.has(word):
            for beginning, wrong in _likeliest(word, self._spread.beginning(word, errors)):
                for whole in self._words_from(beginning):
                    found[whole] = min(found.get(whole, 9), wrong)
        return dict(_likeliest(word, found.items()))

    def _words_from(self, beginning: str) -> list[str]:
        """Return some of the longer words that begin like this."""
        place = bisect_left(self._words, beginning)
        longer = self._words[place : place + MOST_NEAR + 1]
        return [word for word in longer if word.startswith(beginning) and word != beginning][:MOST_NEAR]

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


def _likeliest(word: str, found: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """Return the likeliest of what a word may be a misspelling of, first those with the fewest errors."""
    listed = [(near, wrong) for near, wrong in found if wrong and (not near.startswith(word) or is_outward(word))]
    listed.sort(key=lambda one: (one[1], not is_usual(word, one[0]), abs(len(one[0]) - len(word)), one[0]))
    return listed[:MOST_NEAR]


def stamp_of(conn: sqlite3.Connection) -> str:
    """Return the mark of the words of the index, which is another as soon as they are others."""
    row = conn.execute("SELECT value FROM meta WHERE name = ?", (STAMP,)).fetchone()
    return str(row[0]) if row else ""


def vocabulary(conn: sqlite3.Connection, stamp: str | None = None) -> Vocabulary:
    """Return the words of the index, read once for each state of it."""
    stamp = stamp_of(conn) if stamp is None else stamp
    found = _kept.get(stamp)
    if found is None:
        joined = conn.execute("SELECT group_concat(word, ' ') FROM search_word").fetchone()[0]
        found = Vocabulary(joined.split() if joined else [])
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[stamp] = found
    return found
