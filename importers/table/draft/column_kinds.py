"""What each column of a table seems to hold, by its heading and its values."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial

from db import identifiers
from importers.table.cells import tidy
from importers.table.draft.columns import ENOUGH, DraftColumn
from importers.table.draft.headings import heading_words, plain_words, words
from importers.table.language import date_patterns
from importers.table.language.leads import people_named

LIKELY = 0.9
"""The share of values that must be dates."""
PATTERNS = (
    "YYYYMMDD", "YYYY-MM-DD", "DD/MM/YYYY", "DD-MM-YYYY", "DD.MM.YYYY", "D/M/YYYY", "D Month YYYY", "DD-Mon-YYYY",
    "D Mon YYYY", "Month YYYY", "YYYY-MM-DD hh:mm:ss", "YYYY-MM-DDThh:mm:ssZ", "DD/MM/YYYY hh:mm", "YYYY-MM",
    "MM/YYYY", "DD/MM/YY", "D/M/YY", "DD.MM.YY", "D.M.YY", "D.M.YYYY", "D-Mon-YY", "D Mon YY", "Mon-YY", "Mon YY",
    "YYYY",
)  # fmt: skip
"""Patterns of dates that are tried, the usual ones first."""

_POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.I)
_NUMBER = re.compile(r"-?[\d,]*\.?\d+(?:[eE][-+]?\d+)?%?")
_WEBSITE = re.compile(r"(?:https?://|www\.)\S+", re.I)
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.\w+")
_TELEPHONE = re.compile(r"\+?\d[\d ()-]{8,18}")
_USUAL = re.compile(
    r"[A-Z0-9]{3}|[A-Z0-9]{3}[A-Z0-9]{2}|P[A-Z0-9]{3}|[A-Z]\d{5}|[A-Z]{3}\d{3}|[A-Z]{2}\d{6}|[A-Z]\d{7,8}"
)
"""Shapes that nearly all ODS codes have: bodies and sites, practices, schools, branches."""
_YEARS = re.compile(r"(?:1[89]|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")


def recognised(
    headings: Sequence[str], rows: Sequence[Sequence[str]], lists: Collection[str] = ()
) -> list[DraftColumn]:
    """The columns of a table; `rows` are cells by row, `lists` the columns that hold lists, with semicolons between."""
    found: list[DraftColumn] = []
    for place, heading in enumerate(headings, 1):
        values = [tidy(row[place - 1]) if place <= len(row) else "" for row in rows]
        column = DraftColumn(place, tidy(heading) or f"column {place}", values, heading_words=heading_words(heading))
        column.kind = _listed(column) if heading in lists else _kind(column)
        if column.filled and any(one.values == values for one in found):
            column.kind = "text"
        found.append(column)
    _number_members(found)
    stems = [one.stem for one in found if one.kind in ("ods", "gss", "code")]
    for column in found:
        if (
            column.kind in ("text", "maybe", "type", "county", "country", "town")
            and column.stem
            and column.stem in stems
        ):
            column.kind = "name"
    return found


def _number_members(columns: Sequence[DraftColumn]) -> None:
    """Take columns that only a number tells apart (`Org 1`, `Org 2`) for a member of the row's arrangement each."""
    for column in columns:
        *before, number = column.heading_words or ("",)
        if not (number.isdigit() and before and before[-1] in words()["member"]):
            continue
        alike = [one for one in columns if one.heading_words[:-1] == tuple(before) and one.heading_words[-1].isdigit()]
        if len(alike) > 1 and column.kind in ("name", "maybe", "text", "type", "ods", "empty"):
            column.kind = "member"


def _listed(column: DraftColumn) -> str:
    """What a list of JSON holds."""
    column.split = ";"
    known = words()["columns"]
    for kind in ("other_names", "members"):
        if column.says(known[kind]):
            return kind
    return "list" if column.filled else "empty"


def _kind(column: DraftColumn) -> str:
    """What a column holds; what its values plainly are outweighs its heading."""
    if not column.filled:
        return "empty"
    if column.says(words()["no_bodies"]):
        return "text"
    by_value = _by_value(column)
    if by_value is not None:
        return by_value
    known: Mapping[str, list[str]] = words()["columns"]
    for kind, phrases in known.items():
        if kind != "name" and column.says(phrases) and _may_be(column, kind):
            return kind
    mark = _mark(column)
    if mark is not None:
        column.split = mark
        return "members" if column.says(known["members"]) else "list"
    if column.share(_NUMBER.fullmatch) >= 0.9:
        return "number"
    if column.says(["code", "id", "identifier", "key", "reference", "ref", "number", "no"]):
        return "code" if column.share(lambda text: len(text) <= 30 and " " not in text) >= ENOUGH else "text"
    if column.says(known["name"]) or _are_bodies(column):
        return "name"
    return "maybe" if _may_be_names(column) else "text"


def _by_value(column: DraftColumn) -> str | None:
    if column.share(lambda text: identifiers.is_one("gss", text)) >= ENOUGH:
        return "gss"
    if column.share(_POSTCODE.fullmatch) >= ENOUGH:
        return "postcode"
    if column.share(_WEBSITE.match) >= ENOUGH:
        return "website"
    if column.share(_EMAIL.fullmatch) >= ENOUGH:
        return "email"
    patterns = _patterns(column)
    if patterns is not None:
        column.patterns = patterns
        return "date"
    if _are_ods(column):
        return "ods"
    if column.says(words()["columns"]["telephone"]) or column.share(_TELEPHONE.fullmatch) >= ENOUGH:
        digits = column.share(lambda text: sum(mark.isdigit() for mark in text) >= 9)
        return "telephone" if digits >= 0.5 else None
    return None


def _patterns(column: DraftColumn) -> tuple[str, ...] | None:
    """How dates are written, None where they are none; numbers of years and several forms need a heading about time."""
    known = words()["columns"]
    ends = [phrase for name in ("opened", "closed", "joined", "left", "as_of") for phrase in known[name]]
    dated = column.says([*ends, "date", "day", "when"])
    several: list[str] = []
    left = column.filled
    for pattern in PATTERNS:
        if pattern in ("YYYY", "YYYYMMDD") and not dated:
            continue
        unread = [text for text in left if not _is_date(text, pattern)]
        if len(left) == len(unread):
            continue
        if column.share(partial(_is_date, pattern=pattern)) >= LIKELY:
            return (pattern,)
        several.append(pattern)
        left = unread
    if not dated:
        return None
    if column.share(_YEARS.fullmatch) >= LIKELY:
        return ()
    return tuple(several) if len(left) <= (1 - LIKELY) * len(column.filled) else None


def _is_date(text: str, pattern: str) -> bool:
    """Whether a text is a date of one pattern; of one that gives two digits of the year, no day far ahead."""
    try:
        day = date_patterns.reader((pattern,))(text) if date_patterns.compiled(pattern).fullmatch(text) else ""
    except ValueError:
        return False
    return bool(day) and ("YYYY" in pattern or day < "2050")


def _are_ods(column: DraftColumn) -> bool:
    """Whether values are ODS codes: nearly all have the form, and are no words in capitals and no plain numbers."""
    codes = [text for text in column.filled if text == text.upper() and identifiers.is_one("ods", text)]
    if not codes or len(codes) < _codes_wanted(column) * len(column.filled):
        return False
    if column.says(words()["not_ods"]) or not column.says(words()["ods"]):
        return False
    numbers = sum(map(str.isdigit, codes))
    if numbers >= 0.9 * len(codes) and "ods" not in column.heading_words:
        return False
    mixed = sum(any(map(str.isdigit, text)) for text in codes) - numbers
    threes = sum(len(text) == 3 for text in codes)
    usual = sum(_USUAL.fullmatch(text) is not None for text in codes)
    return (mixed >= 0.3 * len(codes) or threes >= 0.9 * len(codes)) and usual >= ENOUGH * len(codes)


def _codes_wanted(column: DraftColumn) -> float:
    """Cells of a column that is called codes of ODS may hold other things too, which the draft has to look out for."""
    return 0.35 if column.says(["ods", "partner code", "org code", "organisation code"]) else 0.85


def _may_be(column: DraftColumn, kind: str) -> bool:
    """Whether values can be what a heading says that they are."""
    distinct = len(set(column.filled))
    numbers = column.share(_NUMBER.fullmatch)
    if kind in ("status", "type"):
        return distinct <= max(12, len(column.filled) // 10) and numbers < 0.9 and "date" not in column.heading_words
    if kind in ("opened", "closed", "joined", "left"):
        return False
    if kind == "person":
        people = column.share(people_named)
        return people >= (0.5 if _are_bodies(column) else 0.3)
    if kind in ("short", "former", "town", "county", "country", "address", "note"):
        return numbers < 0.5 and not column.says(["code", "id"])
    if kind in ("members", "other_names"):
        mark = _mark(column)
        column.split = mark
        return mark is not None or (kind == "other_names" and numbers < 0.1)
    return numbers < 0.9 or kind in ("telephone", "fax")


def _mark(column: DraftColumn) -> str | None:
    """The mark between several values of a cell, where enough cells have one."""
    for mark, least, enough in ((";", 1, 0.3), ("|", 1, 0.3), ("\n", 1, 0.3), (",", 2, 0.5)):
        if sum(text.count(mark) >= least for text in column.filled) >= enough * len(column.filled):
            return mark
    return None


def _are_bodies(column: DraftColumn) -> bool:
    phrases = [phrase for _, _, phrases in words()["types"] for phrase in phrases if len(phrase) > 2]
    return column.share(lambda text: any(f" {phrase} " in f" {plain_words(text)} " for phrase in phrases)) >= 0.5


def _may_be_names(column: DraftColumn) -> bool:
    """Texts that are short, begin with a capital and hardly ever repeat."""
    short = column.share(lambda text: len(text) <= 90 and text[:1].isupper() and any(map(str.islower, text)))
    return short >= 0.9 and len(set(column.filled)) >= 0.9 * len(column.filled) and len(column.filled) > 2
