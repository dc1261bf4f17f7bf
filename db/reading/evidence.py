"""Who says so: the evidence of items, their own or that of the record which owns them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from db.model import Evidence, SourceRef
from db.reading.ids import id_list

if TYPE_CHECKING:
    from db.model import Event, Fact, Identifier, Link, Name

    Evidenced = Name | Identifier | Fact | Link | Event


class Subject:
    """What an evidence is for, as table `subject` numbers it."""

    RECORD = 1
    NAME = 2
    IDENTIFIER = 3
    LINK = 4
    FACT = 5
    EVENT = 6


def cited(connection: sqlite3.Connection, subject: int, ids: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """Return the evidence that items of one table have of their own, by item id; items without any are left out."""
    found: dict[int, list[int]] = {}
    for subject_id, evidence_id in connection.execute(
        """SELECT c.subject_id, c.evidence_id
             FROM json_each(?) j CROSS JOIN cited c ON c.subject = ? AND c.subject_id = j.value
            ORDER BY c.evidence_id""",
        (id_list(ids), subject),
    ):
        found.setdefault(subject_id, []).append(evidence_id)
    return {subject_id: tuple(evidence) for subject_id, evidence in found.items()}


def in_order_of_use(own: tuple[int, ...], *items: Iterable[Evidenced]) -> Iterator[int]:
    """Yield the ids of all evidence that is used, each once, in the order in which a reader meets it."""
    met: dict[int, None] = dict.fromkeys(own)
    for group in items:
        for item in group:
            met.update(dict.fromkeys(item.evidence))
    return iter(met)


def details(connection: sqlite3.Connection, ids: Iterable[int]) -> tuple[Evidence, ...]:
    """Return evidence in full, in the order of `ids`."""
    sources: dict[int, SourceRef] = {}
    found: list[Evidence] = []
    for row in connection.execute(
        """SELECT e.id, e.source_id, e.locator, e.quote, e.basis, e.confidence, c.key, c.name, e.note,
                  s.key, s.title, s.publisher, s.published, s.url
             FROM json_each(?) j CROSS JOIN evidence e ON e.id = j.value
             JOIN source s ON s.id = e.source_id
             LEFT JOIN record c ON c.id = e.claimant_id
            ORDER BY j.id""",
        (id_list(ids),),
    ):
        evidence_id, source_id, *said = row[:9]
        source = sources.get(source_id)
        if source is None:
            source = sources[source_id] = SourceRef(*row[9:])
        found.append(Evidence(evidence_id, source, *said))
    return tuple(found)
