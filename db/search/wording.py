"""Finding words in a record: as they are, as the start of others, or as others that they may stand for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from db.search.expressions import needed_words
from db.search.spelling import is_usual
from db.search.text import is_outward

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FAR = 99
"""The errors of a word that is not there."""
WHOLLY_UNTYPED = 4
"""The quarters of a name that has none of the words."""
Spellings = Mapping[str, Mapping[str, int]]
"""What typed words may stand for, and with how many errors; none where the word is only a part of the other."""
AS_TYPED: Spellings = {}


class Words(NamedTuple):
    """How several words were found together."""

    errors: int
    parts: bool
    unfinished: bool


def words_in(needed: Sequence[str], text: str, alike: Spellings) -> Words | None:
    """Match every needed word with the start of a word, or with what it may stand for; None where one has no match."""
    errors = 0
    parts = unfinished = False
    for one in needed:
        best, part, whole = word_in(one, text, alike.get(one))
        if best == FAR:
            return None
        errors += best
        parts |= part
        unfinished |= not whole
    return Words(errors, parts, unfinished)


def word_in(needed: str, text: str, others: Mapping[str, int] | None, *, code: bool = False) -> tuple[int, bool, bool]:
    """Return with how many errors a word is found, whether as part of another, and whether whole.

    `text` has a space before and after each word. Where `code`, half a postcode is no beginning of another.
    """
    if f" {needed} " in text:
        return 0, False, True
    if f" {needed}" in text and not (code and is_outward(needed)):
        return 0, False, False
    best = min((others.get(word, FAR) for word in text.split()), default=FAR) if others else FAR
    return best, best == 0, False


def unusual_in(needed: Iterable[str], name: str, alike: Spellings) -> int:
    """Return how many of the words are in a name only by an error that people seldom make."""
    text, words = f" {name} ", name.split()
    wrong = [(one, others) for one in needed if f" {one}" not in text and (others := alike.get(one))]
    return sum(not any(word in others and is_usual(one, word) for word in words) for one, others in wrong)


def wholeness(text: str, needed: Sequence[str], name: str, errors: int, alike: Spellings) -> int:
    """Return 0 where a text accounts for a whole name, 1 where but for its end, 2 for its beginning, else 3."""
    typed, words = text.split(), name.split()
    if len(typed) == len(words):
        missing = _in_step(typed, words, alike)
        if missing is not None and abs(len(name) - len(text) - missing) <= max(errors, 1):
            return int(missing > 0)
    elif abs(len(name) - len(text)) <= errors:
        # Words run together or torn apart are not compared one by one.
        return 0
    first = needed[0]
    return 2 if word_in(first, f" {needed_words(name)[0]} ", alike.get(first))[0] != FAR else 3


def _in_step(typed: Sequence[str], words: Sequence[str], alike: Spellings) -> int | None:
    """Return how many letters the last word lacks, where typed words stand for as many others one after the other."""
    if any(one != word and word not in alike.get(one, ()) for one, word in zip(typed[:-1], words[:-1], strict=True)):
        return None
    one, word = typed[-1], words[-1]
    if len(one) > 1 and word.startswith(one):
        return len(word) - len(one)
    if one == word:
        return 0
    errors = alike.get(one, {}).get(word)
    return None if errors is None else max(len(word) - len(one) - max(errors, 1), 0)


def share_untyped(needed: Sequence[str], names: Iterable[tuple[str, bool]], alike: Spellings) -> int:
    """Return how many quarters of the name that fits best are words that nobody typed."""
    least = WHOLLY_UNTYPED
    for name, _ in names:
        words = name.split()
        typed = sum(any(word_in(one, f" {word} ", alike.get(one))[0] != FAR for one in needed) for word in words)
        least = min(least, 4 - typed * 4 // max(len(words), 1))
    return least
