"""What was typed as words of a command, as one text that a search reads."""

from __future__ import annotations

from collections.abc import Sequence

from db.search.query import FILTERS


def query(words: Sequence[str]) -> str:
    """Return the words as one query; a filter's value that the shell took the quotes from gets them back.

    A word with further filters in it is a whole query that was quoted, and stays as it is.
    """
    return " ".join(_requoted(word) for word in words)


def _requoted(word: str) -> str:
    name, colon, value = word.partition(":")
    several = any(part.lstrip("-").partition(":")[0] in FILTERS for part in value.split() if ":" in part)
    if colon and name.lstrip("-").isalpha() and " " in value and '"' not in value and not several:
        return f'{name}:"{value}"'
    return word
