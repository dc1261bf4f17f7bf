"""What a mapping may do to a cell's text on its way into a record: `{name|before:, |readable}`."""

from __future__ import annotations

import re
from collections.abc import Callable

from db import identifiers, keys
from importers import care_systems
from importers.readable_case import readable
from importers.records.names import person_slug, without_titles
from importers.table.language.leads import one_person, people_named, rest_of_lead, vacancy

Filter = Callable[[str], str | None]


def _before(mark: str) -> Filter:
    return lambda text: text.partition(mark)[0].strip() or None


def _after(mark: str) -> Filter:
    return lambda text: text.partition(mark)[2].strip() or None


def _without(part: str) -> Filter:
    return lambda text: " ".join(text.replace(part, " ").split()) or None


def _starting(start: str) -> Filter:
    """The first word that starts so, without brackets around it."""

    def word(text: str) -> str | None:
        words = (word.strip("()[],;") for word in text.split())
        return next((word for word in words if word.startswith(start)), None)

    return word


def _first(number: str) -> Filter:
    count = int(number) if number.isdecimal() and 0 < len(number) < 4 else 0
    if not count:
        raise ValueError(f"filter 'first' wants a number of characters, such as first:3, and not {number[:20]!r}")
    return lambda text: text[:count].strip() or None


def _replace(change: str) -> Filter:
    old, arrow, new = change.partition("=>")
    if not old or not arrow:
        raise ValueError("filter 'replace' wants two texts with => between them, such as replace:&=>and")
    return lambda text: " ".join(text.replace(old, new).split()) or None


def _whole(text: str) -> str | None:
    """A number without the fraction of nought that spreadsheets and data frames give it: `1002.0` is `1002`."""
    whole, dot, fraction = text.partition(".")
    return whole if dot and whole.lstrip("-").isdecimal() and not fraction.strip("0") else text


_ENDING = re.compile(r"\.(?:html?|aspx?|php|article)$")
_NUMBER_OF_A_PAGE = re.compile(r"\d{5,}|(?!19|20)\d{4}")
"""What sites number their pages by; a year is none."""
_ENOUGH = 3
"""Words that tell what a page is about."""


def _page(text: str) -> str | None:
    """The words of a page's address, from its end on as many parts as tell something: `two trusts share ceo`."""
    path = text.partition("://")[2].partition("/")[2].partition(" ")[0].strip("/")
    parts = [] if "?" in path else path.split("/")
    told: list[str] = []
    number = 0
    for part in reversed(parts):
        words = [word for word in re.split(r"[-_.]+", _ENDING.sub("", part)) if not _NUMBER_OF_A_PAGE.fullmatch(word)]
        if any(len(word) > 1 and word.isalpha() for word in words):
            told.insert(0, " ".join(filter(None, words)))
            number += len(words)
        if number >= _ENOUGH:
            break
    if told and number < _ENOUGH and _NUMBER_OF_A_PAGE.fullmatch(parts[-1]):
        told.append(parts[-1])
    return ", ".join(told) or None


def _code(text: str) -> str | None:
    """The text where it is a code of ODS as it stands there, in capitals; nothing where it is anything else."""
    plain = identifiers.visible(text)
    return plain if identifiers.is_as_written("ods", plain) else None


PLAIN: dict[str, Filter] = {
    "board": care_systems.board,
    "code": _code,
    "footprint": care_systems.footprint,
    "lower": lambda text: text.lower(),
    "page": _page,
    "people": people_named,
    "person": one_person,
    "person-slug": lambda text: person_slug(text) or None,
    "post": rest_of_lead,
    "readable": readable,
    "slug": lambda text: keys.slug(text) or None,
    "system": care_systems.system,
    "system-name": care_systems.system_name,
    "upper": lambda text: text.upper(),
    "vacancy": vacancy,
    "whole": _whole,
    "without-titles": without_titles,
}
"""Filters by name; each gives a text or, where there is none to give, nothing."""

WITH_TEXT: dict[str, Callable[[str], Filter]] = {
    "after": _after,
    "before": _before,
    "first": _first,
    "replace": _replace,
    "starting": _starting,
    "without": _without,
}
"""Filters that take a text behind a colon."""
