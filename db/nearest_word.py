"""What a person meant by a word that is none of those there are."""

from __future__ import annotations

from collections.abc import Iterable


def nearest_word(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the known word that a misspelt one most likely means, None where none is as `alike`, from 0 to 1."""
    from difflib import get_close_matches  # late: every command loads this, and only what is misspelt needs it

    found = get_close_matches(word.casefold(), list(known), n=1, cutoff=alike)
    return found[0] if found else None
