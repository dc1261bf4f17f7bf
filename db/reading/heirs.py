"""To which of several heirs of a closed body a link passed: the one that a later source ties as that body was tied."""

import json
import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

from db.dates import earliest, latest
from db.parties import Follower
from db.reading.citations import own_or_inherited

_TIED = """
SELECT j.key, h.key, l.id, iif(t.owner = 'target', l.target_id, l.source_id), l.since
  FROM json_each(?) j JOIN record o ON o.key = j.value ->> 1 JOIN link_type t ON t.name = j.value ->> 0
  JOIN link l ON l.type_id = t.id AND l.{other}_id = o.id JOIN record h ON h.id = l.{heir}_id
 WHERE j.value ->> 2 = '{heir}'"""


class SplitTie(NamedTuple):
    """A link that ended with a body which several followed, as it asks for the one that it passed to."""

    type: str
    other: str
    """The key of its end that did not close."""
    end: str
    """Which end closed: source or target."""
    closed: str
    heirs: tuple[Follower, ...]


def heirs_of_links(connection: sqlite3.Connection, asked: Iterable[SplitTie]) -> list[tuple[Follower, ...]]:
    """Return for each link the heir that alone is tied as it was by what is later than the closing; else all heirs."""
    listed = list(asked)
    if not listed:
        return []
    packed = json.dumps([one[:3] for one in listed])
    rows = [
        row
        for heir, other in (("source", "target"), ("target", "source"))
        for row in connection.execute(_TIED.format(heir=heir, other=other), (packed,))
        if row[1] in {one.key for one in listed[row[0]].heirs}
    ]
    evidence, days = own_or_inherited(connection, "link", {link: owner for _, _, link, owner, _ in rows})
    tied: dict[int, set[str]] = {}
    for number, heir, link, _, since in rows:
        told = (since, *(days[one][0] for one in evidence[link]))
        if any((earliest(day) or "") > (latest(listed[number].closed) or "~") for day in told):
            tied.setdefault(number, set()).add(heir)
    return [_passed_to(one.heirs, tied.get(number, set())) for number, one in enumerate(listed)]


def _passed_to(heirs: tuple[Follower, ...], tied: set[str]) -> tuple[Follower, ...]:
    if len(tied) != 1:
        return heirs
    return tuple(one._replace(of_several=True) for one in heirs if one.key in tied)
