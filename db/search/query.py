"""What a person typed, taken apart: words, phrases in quotes, and filters. What is no filter is only text."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from db.search.asking import asked
from db.search.text import plain, readings

FILTERS = ("kind", "type", "role", "place", "postcode", "status", "source")
LONGEST_QUERY = 1000
MOST_WORDS = 24
_MOST_FILTERS = 20
_PIECE = (
    r"""(?P<minus>-?)(?P<word>[A-Za-z]+):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s"]*))"""
    r"""|"(?P<phrase>[^"]*)"|(?P<text>\S+)"""
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"', "\0": " "})


class Filter(NamedTuple):
    """A condition on records: `negated` where a minus stands before it."""

    field: str
    value: str
    negated: bool

    def __str__(self) -> str:
        """Return the filter as it would be typed."""
        value = f'"{self.value}"' if " " in self.value else self.value
        return f"{'-' if self.negated else ''}{self.field}:{value}"


class Query(NamedTuple):
    """A search: what was typed without its filters, in all its readings (words, one space apart), and the filters."""

    text: str
    readings: tuple[str, ...]
    shortened: frozenset[str]
    """Those of the readings that leave out the words that only ask."""
    asks: str
    """What a question asks, as `asking` tells it; nothing where it is none, or asks for what is named."""
    phrases: tuple[str, ...]
    filters: tuple[Filter, ...]
    unknown: tuple[str, ...]
    """Words that stand where a filter's name would, but are none."""
    empty: tuple[str, ...]
    """Filters that have no value yet."""


def parse(typed: str) -> Query:
    """Take apart what was typed; no text is wrong, and the work is bounded whatever its length."""
    whole = _pieces(typed)
    if ":" not in whole and '"' not in whole:
        return _query(" ".join(whole.split()))
    text: list[str] = []
    phrases: list[str] = []
    filters: list[Filter] = []
    unknown: list[str] = []
    empty: list[str] = []
    for piece in re.finditer(_PIECE, whole):
        word = piece["word"]
        if piece["phrase"] is not None:
            text.append(piece["phrase"])
            phrases.append(plain(piece["phrase"]))
        elif word is None:
            text.append(piece["text"])
        elif word.lower() in FILTERS:
            value = (piece["quoted"] if piece["quoted"] is not None else piece["value"]).strip()
            if value and len(filters) < _MOST_FILTERS:
                filters.append(Filter(word.lower(), value, bool(piece["minus"])))
            elif not value:
                empty.append(word.lower())
        else:
            text.append(piece[0].replace('"', " "))
            if piece["value"] or piece["quoted"]:
                unknown.append(word)
    return _query(" ".join(text), phrases, filters, unknown, empty)


def _query(
    text: str,
    phrases: Iterable[str] = (),
    filters: Iterable[Filter] = (),
    unknown: Iterable[str] = (),
    empty: Iterable[str] = (),
) -> Query:
    question = asked(text)
    shorter = tuple(_cut(one) for said in question.texts for one in readings(said))
    return Query(
        text,
        tuple(dict.fromkeys((*map(_cut, readings(text)), *shorter))),
        frozenset(shorter),
        question.asks,
        tuple(phrase for phrase in phrases if " " in phrase),
        tuple(filters),
        tuple(unknown),
        tuple(empty),
    )


def _cut(text: str) -> str:
    return " ".join(text.split()[:MOST_WORDS])


def _pieces(typed: str) -> str:
    """Return the text that is read: not too long, quotes straight, without what SQLite could not take."""
    cut = typed[:LONGEST_QUERY].translate(_QUOTES)
    return cut if cut.isascii() else cut.encode("utf-8", "replace").decode("utf-8")
