"""Full-text expressions for what a person typed; each candidate that they find is compared exactly afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.search.layout import SIZE
from db.search.lexicon import STOP_WORDS
from db.search.normalise import is_outward

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

ANYWHERE = "{own place more tied}"
_MOST_BEGUN = 200
"""Words that the start of a word is spelt out to; of more, the full-text index merges the lists itself."""


class Beginnings:
    """The start of a word as an expression: the words of the index that begin so, whose lists are read as needed.

    The full-text index has lists of its own for two letters, and would merge the whole lists for any other number.
    """

    def __init__(self, conn: sqlite3.Connection) -> None:
        self._conn = conn
        self._known: dict[str, str] = {}

    def __call__(self, start: str) -> str:
        """Return the expression for words that begin with `start`."""
        found = self._known.get(start)
        if found is None:
            found = self._known[start] = self._spelt(start)
        return found

    def _spelt(self, start: str) -> str:
        if len(start) == 1:
            return " OR ".join([f'"{start}"', *(f'"{two}" *' for two in self._twos(start))])
        if len(start) == 2:
            return f'"{start}" *'
        sql = "SELECT word FROM search_word WHERE word >= ? AND word < ? LIMIT ?"
        words = [row[0] for row in self._conn.execute(sql, (start, _after(start), _MOST_BEGUN + 1))]
        if len(words) > _MOST_BEGUN:
            return f'"{start}" *'
        return " OR ".join(f'"{word}"' for word in words) or f'"{start}"'

    def _twos(self, letter: str) -> list[str]:
        """Return the first two letters of the words that begin with a letter."""
        found: list[str] = []
        sql = "SELECT word FROM search_word WHERE word >= ? AND word < ? LIMIT 1"
        start, end = letter + "\0", _after(letter)
        while row := self._conn.execute(sql, (start, end)).fetchone():
            found.append(row[0][:2])
            start = _after(found[-1])
        return found


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


def beginning_match(readings: Iterable[str], begun: Beginnings) -> str:
    """Return the expression for names that may begin with the text."""
    return " OR ".join(_beginning(text.split(), begun) for text in readings)


def _beginning(words: list[str], begun: Beginnings) -> str:
    if len(words) == 1:
        return f"{{first}} : ({begun(words[0])})"
    first, *others, last = words
    return "(" + " AND ".join([f'{{first}} : "{first}"', *map(_own, others), f"{{own}} : ({begun(last)})"]) + ")"


def words_match(readings: Iterable[str], begun: Beginnings, *, anywhere: bool, whole: bool = False) -> str:
    """Return the expression for all words, as the starts of words or `whole`: in the names, or `anywhere`."""
    column = ANYWHERE if anywhere else "{own}"
    return " OR ".join(
        "(" + " AND ".join(_word(word, column, begun, whole) for word in needed_words(text)) + ")" for text in readings
    )


def _word(word: str, column: str, begun: Beginnings, whole: bool) -> str:
    if whole:
        return f'{column} : "{word}"'
    if is_outward(word) and column != "{own}":
        # The start of one outward code is another outward code: LA1 is not LA10. A name may go on.
        return f'({column} : "{word}" OR {{own}} : ({begun(word)}))'
    return f"{column} : ({begun(word)})"


def needed_words(text: str) -> list[str]:
    """Return the words that must be found: all but small ones, which people leave out; the last may be unfinished."""
    words = text.split()
    needed = [word for word in words[:-1] if word not in STOP_WORDS]
    return list(dict.fromkeys([*needed, words[-1]]))


def alike_match(text: str, alike: Mapping[str, Mapping[str, int]], begun: Beginnings, *, errors_in: str | None) -> str:
    """Return the expression for all words as they are or, the word `errors_in` or any, as one it may stand for."""
    parts = []
    for word in needed_words(text):
        others = alike.get(word, {}) if errors_in is None or word == errors_in else {}
        parts.append(f"{ANYWHERE} : (" + " OR ".join([begun(word), *(f'"{other}"' for other in others)]) + ")")
    return "(" + " AND ".join(parts) + ")"
