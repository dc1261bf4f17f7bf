"""What a table says of many records beside their names: where they are, their codes, their days, who describes them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from db.model import Particulars, SourceRef
from db.reading.codes import plain_codes


def particulars(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, Particulars]:
    """Return the particulars of records by key; a key that no record has is left out."""
    asked = json.dumps(list(dict.fromkeys(keys)))
    codes: dict[str, list[tuple[str, str]]] = {}
    for key, scheme, value in connection.execute(
        """SELECT r.key, i.scheme, i.value FROM json_each(?) j CROSS JOIN record r ON r.key = j.value
             JOIN identifier i ON i.record_id = r.id ORDER BY i.id""",
        (asked,),
    ):
        codes.setdefault(key, []).append((scheme, value))
    sources: dict[str, SourceRef] = {}
    for key, *named in connection.execute(
        """WITH described (key, evidence_id) AS (
             SELECT r.key, c.evidence_id FROM json_each(?1) j CROSS JOIN record r ON r.key = j.value
               JOIN _citation c ON c.subject = 'record' AND c.subject_id = r.id
              UNION ALL
             SELECT r.key, m.evidence_id FROM json_each(?1) j CROSS JOIN record r ON r.key = j.value
               JOIN _sole m ON m.id = r.id
           )
           SELECT d.key, s.key, s.title, s.publisher, s.published, s.url
             FROM described d JOIN evidence e ON e.id = d.evidence_id JOIN source s ON s.id = e.source_id
            ORDER BY iif(s.published LIKE 'X%', NULL, s.published), s.key""",
        (asked,),
    ):
        sources[key] = SourceRef(*named)  # the newest comes last
    rows = connection.execute(
        """SELECT r.id, r.key, coalesce(r.town, r.county), r.postcode, r.opened, r.closed
             FROM json_each(?) j CROSS JOIN record r ON r.key = j.value""",
        (asked,),
    ).fetchall()
    known_by = plain_codes(connection, {number: key for number, key, *_ in rows})
    return {
        key: Particulars(
            place, postcode, opened, closed, known_by.get(number), tuple(codes.get(key, ())), sources.get(key)
        )
        for number, key, place, postcode, opened, closed in rows
    }
