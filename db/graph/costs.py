"""Over which links ways may lead, and what each of them costs: what `costs.json` says, and what was asked for."""

from __future__ import annotations

import json
import sqlite3
from bisect import bisect_right
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from db.acts import is_act
from db.graph.choice import LinkChoice
from db.reading.link_rows import type_names

_STEP = 100
"""How many times a step's own 1 a cost of 1 counts: of two ways that cost the same, that of fewer steps comes first."""
LONGEST = _STEP - 1
"""Steps that a way may have at most."""
SLACK = (0, 2 * _STEP, 4 * _STEP)
"""By how much a way may cost more than the shortest, tried one after another: two close ties at the most."""
_UNKNOWN = "other"
"""The category by which a link costs whose own is not in the list."""


class Costs(NamedTuple):
    """What links cost by the numbers of their types, and which records no way leads through."""

    links: dict[int, int]
    acts: frozenset[int]
    """Types of what was done on a day."""
    left_out: frozenset[int] = frozenset()
    """Types of links that are left out because everything is connected by such."""
    types: tuple[str, ...] = ()
    """Types of records that are left out on the way."""
    kinds: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()

    @property
    def leaves_out(self) -> bool:
        """Whether anything is left out on the way."""
        return bool(self.types or self.kinds or self.keys)


def costs(connection: sqlite3.Connection, wanted: LinkChoice) -> Costs:
    """Return what links cost; what connects everything is left out unless it is asked for. Raises UsageError.

    A type that is left out otherwise comes in by its name, and then so do the records.
    """
    told = listed()
    named, without = type_names(connection, wanted.types), type_names(connection, wanted.without)
    links: dict[int, int] = {}
    acts: set[int] = set()
    left_out: set[int] = set()
    everything = wanted.everything
    for number, name, category in connection.execute("SELECT id, name, category FROM link_type ORDER BY position, id"):
        about = told["links"].get(category) or told["links"][_UNKNOWN]
        is_left_out = about.get("left_out", False)
        if name in without or (named and name not in named):
            continue
        if is_left_out and not (named or everything):
            left_out.add(number)
            continue
        everything = everything or is_left_out
        links[number] = about["cost"] * _STEP + 1
        if is_act(name, category):
            acts.add(number)
    if everything:
        return Costs(links, frozenset(acts), frozenset(left_out))
    by = {what: tuple(one[what] for one in told["records"] if what in one) for what in ("type", "kind", "key")}
    return Costs(links, frozenset(acts), frozenset(left_out), by["type"], by["kind"], by["key"])


def toll(links: int) -> int:
    """Return what it costs to pass through a record of so many links."""
    links_from, tolls = _hubs()
    return tolls[bisect_right(links_from, links)]


@cache
def _hubs() -> tuple[list[int], list[int]]:
    """Return from how many links on passing costs more, and what it costs below and from each of these on."""
    steps = listed()["hubs"]
    return [one["links"] for one in steps], [0, *(one["cost"] * _STEP for one in steps)]


@cache
def closest() -> frozenset[tuple[str, str]]:
    """Return the types of arrangements, and the categories of links, that tie bodies the closest: those of leaders."""
    return frozenset((what, one[what]) for one in listed()["closest"] for what in ("type", "category") if what in one)


@cache
def listed() -> dict[str, Any]:
    """Return the list as it stands in the file."""
    found: dict[str, Any] = json.loads(Path(__file__).with_name("costs.json").read_text("utf-8"))
    return found
