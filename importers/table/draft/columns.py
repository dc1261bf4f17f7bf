"""What each column of a table seems to hold, by its heading and its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from db import identifiers
from db.search.text import plain
from importers.documents.data_files import load_data
from importers.table.cells import ITEM, tidy
from importers.table.language import date_patterns
from importers.table.language.leads import one_person

MOST = 2_000
"""Values of a column that are looked at."""
ENOUGH = 0.8
"""The share of values that must be of a kind."""

PATTERNS = (
    "YYYYMMDD", "YYYY-MM-DD", "DD/MM/YYYY", "DD-MM-YYYY", "DD.MM.YYYY", "D/M/YYYY", "D Month YYYY", "DD-Mon-YYYY",
    "D Mon YYYY", "Month YYYY", "YYYY-MM-DD hh:mm:ss", "YYYY-MM-DDThh:mm:ssZ", "DD/MM/YYYY hh:mm", "YYYY-MM",
    "MM/YYYY", "YYYY",
)  # fmt: skip
"""Patterns of dates that are tried, the usual ones first."""

_NOISE = frozenset(
    "code codes cd cdh cdo nm nmw name names ods ons gss id identifier number no org organisation organization nhs the"
    " of boundary key uk current official nice full registered england list cy address".split()
)
_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.I)
_NUMBER = re.compile(r"-?[\d,]*\.?\d+(?:[eE][-+]?\d+)?%?")
_WEBSITE = re.compile(r"(?:https?://|www\.)\S+", re.I)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_TELEPHONE = re.compile(r"\+?\d[\d ()-]{8,18}")
_CODE = re.compile(r"[A-Za-z]{0,6}[-_ ]?\d[\w-]{0,14}|[A-Z]{2,6}")
_SUFFIX = re.compile(r"(.*\d)(CD|CDH|CDO|NM|NMW)$", re.I)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_USUAL = re.compile(
    r"[A-Z0-9]{3}|[A-Z0-9]{3}[A-Z0-9]{2}|P[A-Z0-9]{3}|[A-Z]\d{5}|[A-Z]{3}\d{3}|[A-Z]{2}\d{6}|[A-Z]\d{7,8}"
)
"""Shapes that nearly all ODS codes have: bodies and sites, practices, schools, branches."""
_YEARS = re.compile(r"(?:1[89]|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")


@cache
def words() -> Mapping[str, Any]:
    """What words in headings, names and codes mean."""
    found: dict[str, Any] = load_data("importers.table.draft", "words.yaml")
    return found


@dataclass(slots=True)
class Column:
    """A column with its values; `kind` is what it seems to hold: ods, gss, code, name, date, town, status…"""

    place: int
    heading: str
    """Its heading as a mapping may name it."""
    values: list[str]
    """By row, empty where a cell is."""
    kind: str = "text"
    pattern: str | None = None
    """How its dates are written."""
    heading_words: tuple[str, ...] = ()
    split: str | None = None
    """The mark between several values in one cell."""
    _filled: list[str] = field(default_factory=list)

    @property
    def filled(self) -> list[str]:
        """The values that are not empty, as far as they are looked at."""
        if not self._filled:
            self._filled = [text for text in self.values if text][:MOST]
        return self._filled

    @property
    def slot(self) -> str:
        """What a mapping puts between braces: a short name where the heading cannot stand there."""
        return self.heading if not self.needs_alias else "_".join(self.heading_words) or f"column_{self.place}"

    @property
    def needs_alias(self) -> bool:
        """Whether the heading holds what means something between braces."""
        odd = any(mark in self.heading for mark in "{}|") or self.heading.endswith("?")
        return odd or self.heading.casefold() == ITEM or self.heading.casefold().startswith(f"{ITEM}.")

    @property
    def capitals(self) -> bool:
        """Whether its texts are in capitals."""
        letters = [text for text in self.filled if any(mark.isalpha() for mark in text)]
        return bool(letters) and sum(text == text.upper() for text in letters) >= ENOUGH * len(letters)

    def share(self, test: Callable[[str], object]) -> float:
        """Which share of its values pass a test."""
        return sum(bool(test(text)) for text in self.filled) / len(self.filled) if self.filled else 0.0


def heading_words(heading: str) -> tuple[str, ...]:
    """The words of a heading: `ICB22CDH` is `icb22 cdh`, `ParentODSCode` is `parent ods code`."""
    parts: list[str] = []
    for part in re.split(r"[^\w]+|_+", tidy(heading)):
        suffixed = _SUFFIX.match(part)
        for one in suffixed.groups() if suffixed else (part,):
            parts += _CAMEL.split(one) if not suffixed else [one]
    return tuple(plain(part) for part in parts if plain(part))


def recognised(headings: Sequence[str], rows: Sequence[Sequence[str]], lists: Collection[str] = ()) -> list[Column]:
    """The columns of a table; `rows` are cells by row, `lists` the columns that hold lists, with semicolons between."""
    found: list[Column] = []
    for place, heading in enumerate(headings, 1):
        values = [tidy(row[place - 1]) if place <= len(row) else "" for row in rows]
        column = Column(place, tidy(heading) or f"column {place}", values, heading_words=heading_words(heading))
        column.kind = _listed(column) if heading in lists else _kind(column)
        if column.filled and any(one.values == values for one in found):
            column.kind = "text"
        found.append(column)
    stems = [stem(one) for one in found if one.kind in ("ods", "gss", "code")]
    for column in found:
        if (
            column.kind in ("text", "maybe", "type", "county", "country", "town")
            and stem(column)
            and stem(column) in stems
        ):
            column.kind = "name"
    return found


def stem(column: Column) -> frozenset[str]:
    """The words of a heading that tell which body it is about."""
    kept = [word for word in column.heading_words if word not in _NOISE]
    kept += ["local", "authority"] * ("la" in kept)
    return frozenset(re.sub(r"s$", "", word) for word in kept if word != "la")


def _listed(column: Column) -> str:
    """What a list of JSON holds."""
    column.split = ";"
    known = words()["columns"]
    for kind in ("other_names", "members"):
        if says(column, known[kind]):
            return kind
    return "list" if column.filled else "empty"


def says(column: Column, phrases: Sequence[str]) -> bool:
    """Whether a heading has one of some phrases in it, whole words of it."""
    text = f" {' '.join(column.heading_words)} "
    bare = re.sub(r"(?<=[a-z])\d+(?= )", "", text)
    return any(f" {phrase} " in text or f" {phrase} " in bare for phrase in phrases)


def _kind(column: Column) -> str:
    """What a column holds; what its values plainly are outweighs its heading."""
    if not column.filled:
        return "empty"
    if says(column, words()["no_bodies"]):
        return "text"
    by_value = _by_value(column)
    if by_value is not None:
        return by_value
    known: Mapping[str, list[str]] = words()["columns"]
    for kind, phrases in known.items():
        if kind != "name" and says(column, phrases) and _may_be(column, kind):
            return kind
    mark = _mark(column)
    if mark is not None:
        column.split = mark
        return "members" if says(column, known["members"]) else "list"
    if column.share(_NUMBER.fullmatch) >= 0.9:
        return "number"
    if says(column, ["code", "id", "identifier", "key", "reference", "ref", "number", "no"]):
        return "code" if column.share(lambda text: len(text) <= 30 and " " not in text) >= ENOUGH else "text"
    if says(column, known["name"]) or _are_bodies(column):
        return "name"
    return "maybe" if _may_be_names(column) else "text"


def _by_value(column: Column) -> str | None:
    if column.share(lambda text: identifiers.is_one("gss", text)) >= ENOUGH:
        return "gss"
    if column.share(_POSTCODE.fullmatch) >= ENOUGH:
        return "postcode"
    if column.share(_WEBSITE.match) >= ENOUGH:
        return "website"
    if column.share(_EMAIL.fullmatch) >= ENOUGH:
        return "email"
    pattern = _pattern(column)
    if pattern is not None:
        column.pattern = pattern
        return "date"
    if _are_ods(column):
        return "ods"
    if says(column, words()["columns"]["telephone"]) or column.share(_TELEPHONE.fullmatch) >= ENOUGH:
        digits = column.share(lambda text: sum(mark.isdigit() for mark in text) >= 9)
        return "telephone" if digits >= 0.5 else None
    return None


def _pattern(column: Column) -> str | None:
    """How dates are written, None where they are none; numbers of years need a heading that speaks of time."""
    known = words()["columns"]
    dated = says(column, [*known["opened"], *known["closed"], *known["joined"], *known["left"], "date", "day", "when"])
    for pattern in PATTERNS:
        if pattern in ("YYYY", "YYYYMMDD", "YYYY-MM") and not (dated or pattern == "YYYY-MM"):
            continue
        read = date_patterns.reader((pattern,))

        def is_date(text: str, pattern: str = pattern, read: Callable[[str], str] = read) -> bool:
            try:
                return date_patterns.compiled(pattern).fullmatch(text) is not None and bool(read(text))
            except ValueError:
                return False

        if column.share(is_date) >= 0.9:
            return pattern
    return "mixed" if dated and column.share(_YEARS.fullmatch) >= 0.9 else None


def _are_ods(column: Column) -> bool:
    """Whether values are ODS codes: nearly all have the form, and are no words in capitals and no plain numbers."""
    codes = [text for text in column.filled if text == text.upper() and identifiers.is_one("ods", text)]
    if not codes or len(codes) < _codes_wanted(column) * len(column.filled):
        return False
    if says(column, words()["not_ods"]) or not says(column, words()["ods"]):
        return False
    numbers = sum(map(str.isdigit, codes))
    if numbers >= 0.9 * len(codes) and "ods" not in column.heading_words:
        return False
    mixed = sum(any(map(str.isdigit, text)) for text in codes) - numbers
    threes = sum(len(text) == 3 for text in codes)
    usual = sum(_USUAL.fullmatch(text) is not None for text in codes)
    return (mixed >= 0.3 * len(codes) or threes >= 0.9 * len(codes)) and usual >= ENOUGH * len(codes)


def _codes_wanted(column: Column) -> float:
    """Cells of a column that is called codes of ODS may hold other things too, which the draft has to look out for."""
    return 0.35 if says(column, ["ods", "partner code", "org code", "organisation code"]) else 0.85


def _may_be(column: Column, kind: str) -> bool:
    """Whether values can be what a heading says that they are."""
    distinct = len(set(column.filled))
    numbers = column.share(_NUMBER.fullmatch)
    if kind in ("status", "type"):
        return distinct <= max(12, len(column.filled) // 10) and numbers < 0.9 and "date" not in column.heading_words
    if kind in ("opened", "closed", "joined", "left"):
        return False
    if kind == "person":
        people = column.share(one_person)
        return people >= (0.5 if _are_bodies(column) else 0.3)
    if kind in ("short", "former", "town", "county", "country", "address", "note"):
        return numbers < 0.5 and not says(column, ["code", "id"])
    if kind in ("members", "other_names"):
        mark = _mark(column)
        column.split = mark
        return mark is not None or (kind == "other_names" and numbers < 0.1)
    return numbers < 0.9 or kind in ("telephone", "fax")


def _mark(column: Column) -> str | None:
    """The mark between several values of a cell, where enough cells have one."""
    for mark, least, enough in ((";", 1, 0.3), ("|", 1, 0.3), ("\n", 1, 0.3), (",", 2, 0.5)):
        if sum(text.count(mark) >= least for text in column.filled) >= enough * len(column.filled):
            return mark
    return None


def _are_bodies(column: Column) -> bool:
    phrases = [phrase for _, _, phrases in words()["types"] for phrase in phrases if len(phrase) > 2]
    return column.share(lambda text: any(f" {phrase} " in f" {plain(text)} " for phrase in phrases)) >= 0.5


def _may_be_names(column: Column) -> bool:
    """Texts that are short, begin with a capital and hardly ever repeat."""
    short = column.share(lambda text: len(text) <= 90 and text[:1].isupper() and any(map(str.islower, text)))
    return short >= 0.9 and len(set(column.filled)) >= 0.9 * len(column.filled) and len(column.filled) > 2
