"""Who says so: evidence in full, and which of it items use."""

import sqlite3
from collections.abc import Iterable, Iterator

from db.model import Event, Evidence, Fact, Identifier, Link, Name, SourceRef, StatedValue
from db.parameters import id_list
from db.parties import ClosedParty

Evidenced = Name | Identifier | Fact | Link | Event | StatedValue | ClosedParty


def in_order_of_use(own: tuple[int, ...], *items: Iterable[Evidenced]) -> Iterator[int]:
    """Yield the ids of all evidence that is used, each once, in the order in which a reader meets it."""
    met: dict[int, None] = dict.fromkeys(own)
    for group in items:
        for item in group:
            met.update(dict.fromkeys(item.evidence))
    return iter(met)


def details(connection: sqlite3.Connection, ids: Iterable[int]) -> tuple[Evidence, ...]:
    """Return evidence in full, in the order of `ids`."""
    listed = tuple(ids)
    rows = connection.execute(
        """SELECT e.id, e.source_id, e.locator, e.quote, e.basis, e.confidence, c.key, c.name, e.note,
                  e.as_of, s.key, s.title, s.publisher, s.published, s.url
             FROM json_each(?1) j CROSS JOIN evidence e ON e.id = j.value
             JOIN source s ON s.id = e.source_id
             LEFT JOIN record c ON c.id = e.claimant_id
            ORDER BY j.id""",
        (id_list(listed),),
    )
    sources: dict[int, SourceRef] = {}
    found: list[Evidence] = []
    for evidence_id, source_id, *said in rows:
        source = sources.get(source_id)
        if source is None:
            source = sources[source_id] = SourceRef(*said[8:13])
        found.append(Evidence(evidence_id, source, *said[:8]))
    return tuple(found)
