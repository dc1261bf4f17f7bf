"""Tolerating typing errors: which words of the index a typed word may stand for."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from db.search.layout import STAMP
from db.search.text import is_outward

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

    def __init__(self, words: str) -> None:
        """Take them one space apart."""
        self._words = sorted(words.split())
        self._text = f" {words} "
        self._answers: dict[tuple[str, str], dict[str, int]] = {}
        self._sorted = SortedWords(self._words)

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
        kept = self._answers.get(("containing", part))
        if kept is not None:
            return kept
        found: list[str] = []
        text = self._text
        place = text.find(part)
        while place >= 0:
            start, end = text.rindex(" ", 0, place + 1) + 1, text.index(" ", place)
            if start < place:
                found.append(text[start:end])
            place = text.find(part, end)
        return self._keep("containing", part, dict.fromkeys(sorted(found, key=len)[:MOST_NEAR], 0))

    def _keep(self, what: str, word: str, answer: dict[str, int]) -> dict[str, int]:
        """Remember an answer, for every further keystroke asks of the words before it again."""
        if len(self._answers) >= _MOST_ANSWERS:
            self._answers.clear()
        self._answers[what, word] = answer
        return answer

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
        kept = self._answers.get((what, word))
        if kept is not None:
            return kept
        found = dict(self._sorted.near(word, allowed))
        if unfinished and not self.has(word):
            for beginning, wrong in _likeliest(word, self._sorted.beginning(word, allowed)):
                for whole in self._words_from(beginning):
                    found[whole] = min(found.get(whole, 9), wrong)
        return self._keep(what, word, dict(_likeliest(word, found.items())))

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
    row = conn.execute("SELECT value FROM _meta WHERE name = ?", (STAMP,)).fetchone()
    return str(row[0]) if row else ""


def vocabulary(conn: sqlite3.Connection, stamp: str | None = None) -> Vocabulary:
    """Return the words of the index, read once for each state of it."""
    stamp = stamp_of(conn) if stamp is None else stamp
    found = _kept.get(stamp)
    if found is None:
        words = conn.execute("SELECT group_concat(word, ' ') FROM _search_word").fetchone()[0]
        found = Vocabulary(words or "")
        while len(_kept) >= _MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[stamp] = found
    return found


_MOST_LENGTHS = 6
"""Lengths whose beginnings are kept, some megabytes each over a national register."""
_LAST = "\U0010ffff"


class SortedWords:
    """Sorted words, laid out so that those near another are found without comparing it with each of them.

    One typing error leaves all letters before it and all after it as they are. So where there is only one, the words
    are walked along the typed one, and at each letter only what one error makes of the rest is looked up.
    """

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
        """Return what one error makes of `word`, each with the place that it has among the words.

        Letters that no word has after what stands before them are left out. It is kept, because whole words and
        beginnings are asked for in turn.
        """
        last, kept = self._last
        if last == word:
            return kept
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
        self._last = (word, found)
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


def is_usual(typed: str, meant: str) -> bool:
    """Whether a letter was left out, doubled, or swapped with its neighbour, rather than another one hit or added.

    There is one way to leave out, double or swap a letter, and some 25 ways to hit another, so that of two words that
    are equally near the one that a usual slip explains is the one meant. Of `meant` only what has been typed counts.
    """
    same = 0
    for one, other in zip(typed, meant, strict=False):
        if one != other:
            break
        same += 1
    rest, left = typed[same:], meant[same:]
    left_out = not rest or left[1:].startswith(rest)
    # A last letter that is that of before and not the one meant is another letter hit.
    doubled = same > 0 and rest[:1] == typed[same - 1] and left.startswith(rest[1:]) and (len(rest) > 1 or not left)
    swapped = len(left) > 1 and rest[:2] == left[1::-1] and left[2:].startswith(rest[2:])
    return left_out or doubled or swapped
