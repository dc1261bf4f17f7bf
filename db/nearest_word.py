"""What a person meant by a word that is none of those there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.errors import UsageError, quoted


def none_of_these(what: str, word: str, known: Sequence[str]) -> UsageError:
    """Return the error to raise for a word that is none of a few: with the nearest of them, or with all."""
    near = nearest_word(word, known)
    meant = f", did you mean '{near}'?" if near else f": write one of {', '.join(known)}"
    return UsageError(f"unknown {what} {quoted(word)}{meant}")


def nearest_word(word: str, known: Iterable[str], alike: float = 0.6) -> str | None:
    """Return the known word that a misspelt one most likely means, None where none is as `alike`, from 0 to 1."""
    from difflib import get_close_matches  # 1 ms, and only what is misspelt needs it

    found = get_close_matches(word.casefold(), list(known), n=1, cutoff=alike)
    return found[0] if found else None
