"""Which evidence items have and when it was so: their own, or that of the record or link which owns them."""

import sqlite3
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from db.parameters import id_list

Ids = tuple[int, ...]


class Cited(NamedTuple):
    """The evidence that items of one table have of their own, and the places of sources by which to arrange items."""

    evidence: dict[int, Ids]
    """By item id, in the order of its sources; items without any are left out."""
    places: dict[int, int]
    """By evidence id, the place of its source among all of these: undated ones first, whatever was imported first."""
    days: dict[int, tuple[str | None, str | None]] = {}
    """By evidence id, the day on which it was so, that of its source unless it says otherwise; and the series of the
    source where releases repeat what they do not change."""

    def of(self, item: int, inherited: Ids) -> Ids:
        """Return the evidence of an item, its own or what it inherits."""
        return self.evidence.get(item, inherited)

    def place(self, item: int, inherited: Ids) -> int:
        """Return the place of an item's first source."""
        return self.first(self.of(item, inherited))

    def first(self, evidence: Ids) -> int:
        """Return the place of the first source of some evidence."""
        return min((self.places[one] for one in evidence), default=-1)


def cited(connection: sqlite3.Connection, subject: str, ids: Iterable[int], inherited: Iterable[int] = ()) -> Cited:
    """Return the evidence that items of one table have of their own; `inherited` is given places among it."""
    evidence: dict[int, Ids] = {}
    places: dict[int, int] = {}
    sources: dict[int, int] = {}
    days: dict[int, tuple[str | None, str | None]] = {}
    rows = connection.execute(
        """WITH cited (item, evidence_id) AS (
             SELECT c.subject_id, c.evidence_id
               FROM json_each(?1) j CROSS JOIN _citation c ON c.subject = ?2 AND c.subject_id = j.value
              UNION ALL
             SELECT m.id, m.evidence_id FROM json_each(?1) j CROSS JOIN _sole m ON m.id = j.value WHERE ?2 = 'record'
              UNION ALL
             SELECT NULL, value FROM json_each(?3)
           )
           SELECT item, e.id, s.id, s.published, s.key, coalesce(e.as_of, s.published),
                  iif(s.living AND e.as_of IS NULL, s.series, NULL)
             FROM cited CROSS JOIN evidence e ON e.id = evidence_id JOIN source s ON s.id = e.source_id
            ORDER BY 4, 5, 2""",
        (id_list(ids), subject, id_list(inherited)),
    )
    for item, evidence_id, source, _, _, day, series in rows:
        days[evidence_id] = day, series
        places[evidence_id] = sources.setdefault(source, len(sources))
        if item is not None:
            evidence[item] = (*evidence.get(item, ()), evidence_id)
    return Cited(evidence, places, days)


def own_or_inherited(
    connection: sqlite3.Connection, subject: str, owners: Mapping[int, int]
) -> tuple[dict[int, Ids], dict[int, tuple[str | None, str | None]]]:
    """Return the evidence of items, by item, and when each of it was so; given are the records that own the items.

    An item without evidence of its own has that of its owner.
    """
    own = cited(connection, subject, owners)
    inherited = cited(connection, "record", {owner for item, owner in owners.items() if item not in own.evidence})
    evidence = {item: own.of(item, inherited.evidence.get(owner, ())) for item, owner in owners.items()}
    return evidence, own.days | inherited.days
