"""Typed words in those of a text: as they stand, as the beginning of others, or as what they may stand for."""

from collections.abc import Iterable, Mapping, Sequence

from db.search.spelling import is_usual
from db.search.text import is_outward

FAR = 99
"""The errors of a word that is not there."""


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


def unusual_in(needed: Iterable[str], name: str, alike: Mapping[str, Mapping[str, int]]) -> int:
    """Return how many of the words are in a name only by an error that people seldom make."""
    text, words = f" {name} ", name.split()
    wrong = [(one, others) for one in needed if f" {one}" not in text and (others := alike.get(one))]
    return sum(not any(word in others and is_usual(one, word) for word in words) for one, others in wrong)


def in_step(typed: Sequence[str], words: Sequence[str], alike: Mapping[str, Mapping[str, int]]) -> int | None:
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
