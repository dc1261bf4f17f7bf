"""Statements as JSON and back: what table `_statement` keeps of what each source last said."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Hashable
from dataclasses import MISSING, fields
from functools import cache
from json.encoder import encode_basestring_ascii
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
    ValueSaid,
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
    "values": ValueSaid,
}
_SINGLE: dict[str, type] = {"address": Address, "document": DocumentSaid, "other": End}
_PLACE = frozenset({"line"})
"""Where a row stands is kept beside the statement: a list that is only ordered anew says nothing new."""


_Write = Callable[[Any], str]
"""Returns a value as JSON."""


@cache
def _fields(kind: Hashable) -> tuple[Callable[[object], tuple[Any, ...]], tuple[tuple[str, Any, _Write], ...]]:
    """Return what takes all values of a thing at once, and how each field begins, its default and what writes it."""
    if kind is Address:
        found = [(name, Address._field_defaults.get(name, MISSING)) for name in Address._fields]
    else:
        found = [(item.name, item.default) for item in fields(cast(type, kind)) if item.name not in _PLACE]
    written = tuple((f'"{name}":', default, _writes(name)) for name, default in found)
    return attrgetter(*(name for name, _ in found)), written


def _writes(name: str) -> _Write:
    return _list if name in _PARTS else _object if name in _SINGLE else _value


def _value(value: object) -> str:
    return encode_basestring_ascii(value) if type(value) is str else as_json(value)


def _list(things: tuple[object, ...]) -> str:
    return f"[{','.join(map(_object, things))}]"


def _object(thing: object) -> str:
    """Return the fields of a thing that differ from their defaults as JSON; a third of what a general encoder takes."""
    get, named = _fields(cast(Hashable, type(thing)))
    parts = [
        begin + write(value)
        for value, (begin, default, write) in zip(get(thing), named, strict=True)
        if value is not default and (value != default or default is MISSING)
    ]
    return f"{{{','.join(parts)}}}"


def encode(statement: Statement) -> str:
    """Return the statement as JSON text, without its line; equal statements give equal text."""
    return _object(statement)


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
