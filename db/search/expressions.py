"""Full-text expressions for what a person typed; each candidate that they find is compared exactly afterwards."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from db.parameters import marks
from db.search.layout import SIZE, words_in
from db.search.memory import SearchText
from db.search.text import is_outward, needed_words

ANYWHERE = "{own place more tied}"
_MOST_SPELT = 100
"""Words that the start of a word is spelt out to."""
_FEW_USES = 4000
"""Uses up to which the full-text index merges the lists of several words quicker than it reads them one by one."""
_RARE = 50
"""Uses up to which a word is found so seldom that no common one beside it needs to be looked for."""
_COMMON = 2000
_UNKNOWN = 1 << 40


class WordExpression(NamedTuple):
    """An expression for one word, and about how many records hold it."""

    expression: str
    uses: int
    word: str = ""
    others: Mapping[str, int] = {}
    """Words that it may stand for."""
    code: bool = False
    """Whether it begins no other word but in a name."""

    def among(self, candidates: Sequence[SearchText]) -> list[SearchText]:
        """Return those of some records that the expression finds."""
        start, others = f" {self.word}", self.others
        if self.code:
            return [
                one
                for one in candidates
                if f"{start} " in one.text or any(word.startswith(self.word) for word in words_in(one.own))
            ]
        if not others:
            return [one for one in candidates if start in one.text]
        spelt = others.keys()
        return [one for one in candidates if start in one.text or not spelt.isdisjoint(one.text.split())]


class Way(NamedTuple):
    """Words that a record must hold all of, in its names or anywhere else."""

    parts: tuple[WordExpression, ...]

    def among(self, candidates: Sequence[SearchText]) -> Sequence[SearchText]:
        """Return those of some records that hold all the words."""
        for part in reversed(self.parts):
            candidates = part.among(candidates)
        return candidates


class Beginnings:
    """The start of a word as an expression whose lists are read only as far as needed.

    The full-text index has lists of its own for the starts of two letters, and merges whole lists for any other number:
    so one letter is spelt out to two, and three or more to whole words where those are common.
    """

    def __init__(self, conn: sqlite3.Connection, stamp: str = "") -> None:
        """Keep what is asked for the next search, where `stamp` tells when the words are others."""
        self._conn = conn
        self._known, self._uses = _kept_for(stamp) if stamp else ({}, {})

    def __call__(self, start: str) -> WordExpression:
        """Return the expression for words that begin with `start`."""
        found = self._known.get(start)
        if found is not None:
            return found
        if len(start) < 3:
            twos = [f'"{two}" *' for two in self._twos(start)] if len(start) == 1 else []
            spelt = " OR ".join([f'"{start}"', *twos]) if len(start) == 1 else f'"{start}" *'
            found = WordExpression(spelt, _UNKNOWN)
        else:
            among, values = "FROM _search_word WHERE word >= ? AND word < ?", (start, _after(start))
            number, uses = self._conn.execute(f"SELECT count(*), sum(uses) {among}", values).fetchone()
            if number > _MOST_SPELT or (uses or 0) <= _FEW_USES:
                found = WordExpression(f'"{start}" *', uses or 0)
            else:
                words = self._conn.execute(f"SELECT word {among}", values)
                found = WordExpression(" OR ".join(f'"{word}"' for (word,) in words), uses)
        self._known[start] = found
        return found

    def uses(self, words: Iterable[str]) -> int:
        """Return about how many records hold any of some whole words."""
        listed = [word for word in words if word not in self._uses]
        if listed:
            self._uses.update(dict.fromkeys(listed, 0))
            self._uses.update(
                self._conn.execute(f"SELECT word, uses FROM _search_word WHERE word IN ({marks(listed)})", listed)
            )
        return sum(self._uses[word] for word in words)

    def _twos(self, letter: str) -> list[str]:
        """Return the first two letters of the words that begin with a letter."""
        found: list[str] = []
        sql = "SELECT word FROM _search_word WHERE word >= ? AND word < ? LIMIT 1"
        start, end = letter + "\0", _after(letter)
        while row := self._conn.execute(sql, (start, end)).fetchone():
            found.append(row[0][:2])
            start = _after(found[-1])
        return found


_Kept = tuple[dict[str, WordExpression], dict[str, int]]
_MOST_KEPT = 5000
_kept: dict[str, _Kept] = {}


def _kept_for(stamp: str) -> _Kept:
    """Return what searches before this one asked of the same words."""
    found = _kept.get(stamp)
    if found is None or len(found[0]) + len(found[1]) > _MOST_KEPT:
        _kept.clear()
        found = _kept[stamp] = ({}, {})
    return found


def all_of(parts: Sequence[WordExpression], *, exactly: bool = False) -> str:
    """Return the expression for all parts; where it need not hold `exactly`, what it finds may lack common words.

    They are left out beside rare words, to the comparison that follows.
    """
    if not exactly and min(part.uses for part in parts) <= _RARE:
        parts = [part for part in parts if part.uses <= _COMMON]
    return "(" + " AND ".join(part.expression for part in parts) + ")"


def _after(start: str) -> str:
    """Return the first text after all that begin with `start`."""
    last = ord(start[-1])
    # Of surrogates there are no words, and SQLite could not take them.
    return start[:-1] + chr(0xE000 if last + 1 == 0xD800 else min(last + 1, 0x10FFFF))


def exact_match(readings: Iterable[str]) -> str:
    """Return the expression for names that are the text, given acronyms included, and for acronyms that it makes."""
    listed = list(readings)
    return " OR ".join([*map(_whole, listed), acronym_match(listed)])


def name_match(spellings: Iterable[str]) -> str:
    """Return the expression for names that are one of some spellings."""
    return " OR ".join(map(_whole, spellings))


def _whole(text: str) -> str:
    first, *others = text.split()
    return "(" + " AND ".join([f'{{first}} : "{first}"', f'{{first}} : "{SIZE}{len(text)}"', *map(_own, others)]) + ")"


def _own(word: str) -> str:
    return f'{{own}} : "{word}"'


def acronym_match(readings: Iterable[str]) -> str:
    """Return the expression for records whose given or derived acronym the text is, spaces aside."""
    return " OR ".join(f'{{initials}} : "{text.replace(" ", "")}"' for text in readings)


def beginning_match(readings: Iterable[str], begun: Beginnings, *, whole: bool = False) -> str:
    """Return the expression for names that may begin with the text, its last word unfinished or `whole`."""
    found = []
    for text in readings:
        first, *others = text.split()
        last = others[-1] if others else first
        spelt = f'"{last}"' if whole else begun(last).expression
        if others:
            parts = [f'{{first}} : "{first}"', *map(_own, others[:-1]), f"{{own}} : ({spelt})"]
            found.append(f"({' AND '.join(parts)})")
        else:
            found.append(f"{{first}} : ({spelt})")
    return " OR ".join(found)


def words_match(readings: Iterable[str], begun: Beginnings, *, whole: bool = False, exactly: bool = False) -> str:
    """Return the expression for names with all words, as the starts of words or `whole`.

    Where it need not hold `exactly`, what it finds may lack common words.
    """
    found = []
    for text in readings:
        parts = []
        for word in needed_words(text):
            if whole:
                parts.append(WordExpression(_own(word), _UNKNOWN))
            else:
                start = begun(word)
                parts.append(WordExpression(f"{{own}} : ({start.expression})", start.uses))
        found.append(all_of(parts, exactly=exactly))
    return " OR ".join(found)


def all_words(text: str, begun: Beginnings) -> Way:
    """Return the way to records that have all words, as the starts of words, in their names or anywhere else."""
    parts = []
    for word in needed_words(text):
        start = begun(word)
        if is_outward(word):
            # The start of one outward code is another outward code: LA1 is not LA10. A name may go on.
            spelt = f'({ANYWHERE} : "{word}" OR {{own}} : ({start.expression}))'
            parts.append(WordExpression(spelt, start.uses, word, code=True))
        else:
            parts.append(WordExpression(f"{ANYWHERE} : ({start.expression})", start.uses, word))
    return Way(tuple(parts))


def alike_words(text: str, alike: Mapping[str, Mapping[str, int]], begun: Beginnings, *, errors_in: str | None) -> Way:
    """Return the way to records that have all words as they are, but `errors_in`, or any, as one it may stand for."""
    parts = []
    for word in needed_words(text):
        start = begun(word)
        others = alike.get(word, {}) if errors_in is None or word == errors_in else {}
        spelt = " OR ".join([start.expression, *(f'"{other}"' for other in others)])
        parts.append(WordExpression(f"{ANYWHERE} : ({spelt})", start.uses + begun.uses(others), word, others))
    return Way(tuple(parts))
