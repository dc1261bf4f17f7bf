"""What was typed in other words of the field: a `surgery` is elsewhere a `practice`, a `medical centre`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product

from db.search.text import told_in

_MOST = 24
"""Texts that one text is said in."""
_LONGEST = 4
"""Words of the longest phrase that is said otherwise."""


@lru_cache(maxsize=256)
def said_otherwise(text: str) -> tuple[str, ...]:
    """Return what else says what a text in plain words does: each of its phrases in the other words for it."""
    said = [(phrase, *_names().get(phrase, ())) for phrase in _phrases(text.split())]
    found = dict.fromkeys(" ".join(one) for one in islice(product(*said), _MOST))
    return tuple(one for one in found if one != text)


def _phrases(words: list[str]) -> Iterator[str]:
    """Yield the phrases of a text, the longest that are known, and the words between them one by one."""
    place = 0
    while place < len(words):
        ends = range(min(place + _LONGEST, len(words)), place + 1, -1)
        end = next((one for one in ends if " ".join(words[place:one]) in _names()), place + 1)
        yield " ".join(words[place:end])
        place = end


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return what people say, in plain words, with what names may have for it."""
    told = told_in("said_otherwise.json")["words"]
    return {said: tuple(one for one in group["names"] if one != said) for group in told for said in group["said"]}
