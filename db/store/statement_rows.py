"""Statements as JSON and back: what table `_statement` keeps of what each source last said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable
from dataclasses import MISSING, fields
from functools import cache
from operator import attrgetter
from typing import Any, cast

from db.model import Address
from db.statements import (
    Cite,
    DocumentSaid,
    End,
    EventSaid,
    FactSaid,
    IdentifierSaid,
    LinkSaid,
    NameSaid,
    Statement,
)

as_json = json.JSONEncoder(ensure_ascii=True, separators=(",", ":")).encode
"""Returns what is kept as JSON text; making an encoder for each costs as much as encoding."""
_PARTS: dict[str, type] = {
    "names": NameSaid,
    "identifiers": IdentifierSaid,
    "facts": FactSaid,
    "links": LinkSaid,
    "events": EventSaid,
    "cites": Cite,
}
_SINGLE: dict[str, type] = {"address": Address, "document": DocumentSaid, "other": End}
_PLACE = frozenset({"line"})
"""Where a row stands is kept beside the statement: a list that is only ordered anew says nothing new."""


@cache
def _fields(kind: Hashable) -> tuple[Callable[[object], tuple[Any, ...]], tuple[tuple[str, Any], ...]]:
    """Return what takes all values of a thing at once, and their names and defaults."""
    found = [(item.name, item.default) for item in fields(cast(type, kind)) if item.name not in _PLACE]
    return attrgetter(*(name for name, _ in found)), tuple(found)


def _pack(thing: object) -> dict[str, Any]:
    packed: dict[str, Any] = {}
    values, named = _fields(cast(Hashable, type(thing)))
    for value, (name, default) in zip(values(thing), named, strict=True):
        if value is default or (value == default and default is not MISSING):
            continue
        if name in _PARTS:
            value = [_pack(part) for part in value]
        elif name in _SINGLE:
            value = _pack(value)
        packed[name] = value
    return packed


def encode(statement: Statement) -> str:
    """Return the statement as JSON text, without its line; equal statements give equal text."""
    return as_json(_pack(statement))


def digest(body: str) -> int:
    """Return a number that stands for a body when an import compares what is said with what was."""
    return int.from_bytes(hashlib.blake2b(body.encode(), digest_size=8).digest(), "big", signed=True)


def _unpack(kind: type, packed: dict[str, Any]) -> Any:  # noqa: ANN401 - any of the statement classes
    values: dict[str, Any] = {}
    for name, value in packed.items():
        if name in _PARTS:
            value = tuple(_unpack(_PARTS[name], part) for part in value)
        elif name in _SINGLE:
            value = _unpack(_SINGLE[name], value)
        elif isinstance(value, list):
            value = tuple(value)
        values[name] = value
    return kind(**values)


def decode(body: str, line: int | None) -> Statement:
    """Return the statement that a body holds, at its line."""
    packed: dict[str, Any] = json.loads(body)
    packed["line"] = line
    statement: Statement = _unpack(Statement, packed)
    return statement
