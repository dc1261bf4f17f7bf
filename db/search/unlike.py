"""Records that have what was typed unlike it was: as parts of words, misspelt, or in other words of the field."""

from __future__ import annotations

from collections.abc import Callable

from db.search.match import AS_TYPED, OWN_NAMES, SUBSTRING, Sureness, reading
from db.search.roles import roles_in
from db.search.said_otherwise import said_otherwise
from db.search.so_far import ENOUGH, Attempt, SoFar
from db.search.sorts import sort_named

_SHORT = 4
"""Letters up to which a single word that has a sure match is not taken for a misspelling."""


def in_other_words(so_far: SoFar) -> None:
    """Where nothing holds all words itself, add what does in other words of the field for them."""
    if so_far.query.phrases or any(_holds_all_itself(one.sureness) for one in so_far.found.values()):
        return
    texts = list(dict.fromkeys(text for one in so_far.query.readings for text in said_otherwise(one)))
    if texts:
        roles = roles_in(so_far.index, texts)
        named: frozenset[str] = frozenset() if roles else so_far.readings[0].named | sort_named(so_far.index, texts)
        readings = [reading(text, roles=roles, whole=OWN_NAMES, asks=so_far.query.asks, named=named) for text in texts]
        so_far.attempt(Attempt(readings, AS_TYPED), again=True)


def _holds_all_itself(found: Sureness) -> bool:
    """Whether a record has all words itself, without typing errors and without those that it is tied to."""
    return found.kind < SUBSTRING and not found.by_tie


def as_parts(so_far: SoFar) -> None:
    """Look for words that are a part of others."""
    if len(so_far.found) < ENOUGH:
        so_far.poll()
        words = so_far.vocabulary()
        alike = {word: words.containing(word) for one in so_far.readings for word in one.needed}
        if any(alike.values()):
            so_far.attempt(Attempt(so_far.readings, alike))


def misspelt(so_far: SoFar, has_left_out: Callable[[], bool]) -> None:
    """Look for misspelt words, and words run together or torn apart: in one word, then, where few fit, in all.

    Words with two errors are looked for last, because that takes the longest, and not where what was typed is there as
    it stands, be it that it `has_left_out` those.
    """
    text = so_far.query.readings[-1]
    if len(so_far.found) >= ENOUGH or (len(text) <= _SHORT and so_far.has_sure()):
        return
    so_far.poll()
    respaced = (" ".join(one) for one in so_far.vocabulary().respaced(text.split()))
    others = [reading(one, 1) for one in respaced]
    for errors in (1, 2):
        if errors == 2 and (so_far.found or has_left_out()):
            return
        for one_word in (True, False):
            if one_word or (len(so_far.found) < ENOUGH and not so_far.has_sure()):
                # Apart, so that what many records have when it is respaced leaves room for the rest.
                for readings in (so_far.readings, others) if others else (so_far.readings,):
                    so_far.attempt(Attempt(readings, so_far.alike(readings, errors), one_word))
