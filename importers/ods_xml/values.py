"""Values of a record as they stand between quotation marks, made codes and days: each kept, because most come again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Generic, TypeVar

from db.dates import parse
from db.identifiers import is_as_written
from db.packing import UnpackableError, day
from importers.ods_xml.expressions import OtherwiseError
from importers.ods_xml.organisation import FILLERS

Value = TypeVar("Value")

_KEPT = 65_536
_is_date = re.compile(r"\d\d\d\d-\d\d-\d\d").fullmatch


class _Known(dict[bytes | None, Value], Generic[Value]):
    """What values mean, found when they are first asked for; no more of them are kept than a release repeats."""

    def __init__(self, find: Callable[[bytes | None], Value]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, value: bytes | None) -> Value:
        if len(self) >= _KEPT:
            self.clear()
        found = self[value] = self._find(value)
        return found


def _day(value: bytes | None) -> int | None:
    text = value.decode() if value is not None else None
    if text is None or text in FILLERS:
        return None
    if not _is_date(text):
        raise OtherwiseError
    try:
        return day(parse(text))
    except (ValueError, UnpackableError):
        raise OtherwiseError from None


def _date(value: bytes | None) -> str | None:
    return None if value is None or _day(value) is None else value.decode()


def own_key(value: bytes | None) -> str:
    """The key of a record by its code; raises `OtherwiseError` for what is no code."""
    code = value.decode() if value is not None else ""
    if not is_as_written("ods", code):
        raise OtherwiseError
    return f"ods:{code}"


day_of = _Known(_day).__getitem__
"""Days from 1970-01-01 to a date, None for a filler; raises `OtherwiseError`."""
date_of = _Known(_date).__getitem__
"""A date as text, None for a filler; raises `OtherwiseError`."""
key_of = _Known(own_key).__getitem__
"""The same as `own_key`, for codes that many records speak of."""
