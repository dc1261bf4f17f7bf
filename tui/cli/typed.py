"""What was typed as words of a command, as one text that a search reads."""

from __future__ import annotations

from collections.abc import Sequence

from db.search.query import FILTERS


def query(words: Sequence[str]) -> str:
    """Return the words as one query; a filter's value that the shell took the quotes from gets them back.

    A word with further filters in it is a whole query that was quoted, and stays as it is; so does one whose value
    begins with a word of its vocabulary and goes on with others (`type:stp leeds`).
    """
    return " ".join(_requoted(word) for word in words)


def _requoted(word: str) -> str:
    name, colon, value = word.partition(":")
    several = any(part.lstrip("-").partition(":")[0] in FILTERS for part in value.split() if ":" in part)
    if not (colon and name.lstrip("-").isalpha() and " " in value and '"' not in value and not several):
        return word
    words = value.split()
    length = _known_words(name.lstrip("-"), words)
    if length is None:
        return f'{name}:"{value}"'
    return " ".join([f"{name}:{_quoted(words[:length])}", *words[length:]])


def _quoted(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f'"{" ".join(words)}"'


_VOCABULARIES = {"type": "_types", "status": "statuses"}
"""How the vocabularies end that hold what some filters may say."""


def _known_words(name: str, words: Sequence[str]) -> int | None:
    """Return how many of the words at the beginning are one of a vocabulary; None where all mean one, or none do."""
    if name == "kind":
        return 1
    if name not in _VOCABULARIES:
        return None
    known = _vocabulary(_VOCABULARIES[name])
    starts = tuple(map(_plain, words))
    if any(all(any(part.startswith(start) for part in one.split()) for start in starts) for one in known):
        return None
    return max((n for n in range(1, len(words)) if " ".join(starts[:n]) in known), default=None)


def _vocabulary(ending: str) -> set[str]:
    """Return the names, labels and short names of the words of some vocabularies."""
    from db.vocabularies import load_vocabularies  # 20 ms, and few filters have a value of several words

    known = {"open", "closed", "unknown"}
    for term in load_vocabularies()[0]:
        if term.vocabulary.endswith(ending):
            aliases = term.extra.get("aliases")
            known.update(map(_plain, (term.name, term.label, *(aliases if isinstance(aliases, list) else ()))))
    return known


def _plain(text: object) -> str:
    return str(text).replace("-", " ").casefold()
