"""Acronyms made of initials, as people of this field make them: SWFT, GSTT, KCH, NLAG, UHCW."""

from __future__ import annotations

from db.search.text import BODY_WORDS, STOP_WORDS

SHORTEST, LONGEST = 3, 10
_LEFT_OUT = STOP_WORDS.union(BODY_WORDS)


def initials(words: str) -> set[str]:
    """Return the acronyms that a name in plain words may go by: with and without small words and words for a body."""
    listed = words.split()
    if not SHORTEST <= len(listed) <= 24:
        return set()
    if _LEFT_OUT.isdisjoint(listed):
        found = {_first_letters(listed)}
    else:
        found = _with_fewer_bodies(listed)
        if not STOP_WORDS.isdisjoint(listed):
            found |= _with_fewer_bodies([word for word in listed if word not in STOP_WORDS])
    return {one for one in found if SHORTEST <= len(one) <= LONGEST}


def _with_fewer_bodies(words: list[str]) -> set[str]:
    """Return the initials of all words, then with the words for a body left out one after the other."""
    found = {_first_letters(words)}
    for left_out in BODY_WORDS:
        if left_out in words:
            words = [word for word in words if word != left_out]
            found.add(_first_letters(words))
    return found


def _first_letters(words: list[str]) -> str:
    return "".join([word[0] for word in words])


def squashed(words: str) -> str:
    """Return plain words without the spaces, as acronyms are compared: `sel ics` is `selics`."""
    return words.replace(" ", "")
