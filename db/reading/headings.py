"""Under which heading a record's page has a link, and in which order headings come: what `headings.json` says.

A heading is the label of the links under it, but where a reader looks for less than a label has (the groups among all
that a trust takes part in), or for more (the board that three labels name).
"""

import json
import os
from functools import cache
from typing import Any, NamedTuple


class Heading(NamedTuple):
    """A heading, and who else is linked as the record is to what stands under it: where that is told, as what."""

    name: str
    others: str = ""
    """How the others are told: `with`; empty where they are not."""
    other_types: tuple[str, ...] = ()
    """Of which types those are that are told; all where none is given."""
    other_ties: tuple[str, ...] = ()
    """By which types of links they are tied to it; by that of the link itself where none is given."""


class _Table(NamedTuple):
    rules: dict[tuple[str, str], list[dict[str, Any]]]
    listed: dict[str, str]
    places: dict[str, int]
    last: dict[str, int]


@cache
def heading(link_type: str, direction: str, label: str, kind: str, other_type: str | None) -> Heading:
    """Return the heading for links of a type and direction to records of a kind and type: else their label."""
    for rule in _table().rules.get((link_type, direction), ()):
        if rule.get("kind", kind) == kind and ("types" not in rule or other_type in rule["types"]):
            others, ties = tuple(rule.get("others", ())), tuple(rule.get("tied", ()))
            return Heading(rule["heading"], rule.get("with", ""), others, ties)
    return Heading(label)


def is_one(link_type: str, direction: str) -> bool:
    """Tell whether all links of a type and direction stand under one heading, whatever they lead to."""
    return not any("kind" in rule or "types" in rule for rule in _table().rules.get((link_type, direction), ()))


def place(name: str) -> tuple[int, int]:
    """Return what sorts headings as people read them: those of most interest, those not named, the last ones."""
    table = _table()
    if name in table.last:
        return 2, table.last[name]
    return (0, table.places[name]) if name in table.places else (1, 0)


def as_listed(name: str) -> str:
    """Return what a heading says of links of which no source tells that they are so today."""
    return _table().listed.get(name, name)


@cache
def _table() -> _Table:
    with open(os.path.join(os.path.dirname(__file__), "headings.json"), encoding="utf-8") as file:
        said: dict[str, Any] = json.load(file)
    rules: dict[tuple[str, str], list[dict[str, Any]]] = {}
    places: dict[str, int] = {}
    for rule in said["headings"]:
        places.setdefault(rule["heading"], len(places))
        if "link" in rule:
            rules.setdefault((rule["link"], rule["direction"]), []).append(rule)
    listed = {rule["heading"]: rule["listed"] for rule in said["headings"] if "listed" in rule}
    return _Table(rules, listed, places, {name: n for n, name in enumerate(said["last"])})
