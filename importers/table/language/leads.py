"""Whether a cell that names who leads something names plainly one person: `Dr A B OBE (Chair, C Trust)`, `A B, Chair`.

A cell that may mean nobody (`tbc`) or several people gives no person: better a text that is right than a wrong person.
"""

from __future__ import annotations

import re
from functools import cache

from importers.documents.data_files import load_data
from importers.records.names import without_titles

LONGEST = 400
"""A longer text is prose, not a person."""

_NAME_WORD = re.compile(r"(?:[^\W\d_][^\W\d_'’.-]*)(?:['’.-][^\W\d_]*)*\Z")
_SEVERAL = re.compile(r"[/;:]|\s&\s*[A-Z][a-z]+ [A-Z][a-z]+,")
_PARTICLES = frozenset(("van", "von", "de", "der", "den", "du", "la", "le", "di", "da", "al", "bin", "ap"))


@cache
def _words() -> tuple[re.Pattern[str], frozenset[str]]:
    """A further person in a text, and the words that are no name's."""
    data = load_data("importers.table.language", "leads.yaml")
    posts = "|".join(data["posts"].split())
    another = re.compile(rf"\b[A-Z][\w'’-]+ [A-Z][\w'’-]+ ?[,(] ?(?:{posts})\b")
    return another, frozenset(word.lower() for word in data["not_names"].split())


def _parts(text: str) -> tuple[str, str]:
    """The text up to its first bracket or comma, and the rest with it."""
    found = re.search(r"\s*[,(]", text)
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def one_person(text: str) -> str | None:
    """The name of the one person whom a cell names, titles and honours included; None where it is not plainly one."""
    if len(text) > LONGEST:
        return None
    name, rest = _parts(text)
    if _SEVERAL.search(text) or text.count("(") != text.count(")"):
        return None
    another, not_names = _words()
    words = without_titles(name).split()
    if not 2 <= len(words) <= 5 or any(word.lower() in not_names for word in words):
        return None
    if not all(_NAME_WORD.match(word) and (word[0].isupper() or word in _PARTICLES) for word in words):
        return None
    return None if another.search(_posts_apart(rest)) else name


def _posts_apart(rest: str) -> str:
    """The rest without the post that it starts with, which may itself be two words before a comma."""
    return re.sub(r"^\s*[,(]\s*", "", rest)


def rest_of_lead(text: str) -> str | None:
    """What a cell says of the one person beside the name, such as the post; None where there is nothing."""
    name = one_person(text)
    if name is None:
        return None
    rest = text[len(name) :].strip(" ,")
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1].strip()
    return rest or None
