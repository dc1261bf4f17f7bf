"""Which records were there on a day, and whether they were open: asked of many at once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.parameters import id_list
from db.reading.as_of import Day

# A date is held against as much of the day as it tells: `2016` is after 2015 and before 2017. `XXXX-07` tells nothing.
_THERE = """
SELECT r.id,
       CASE WHEN r.closed < substr(:day, 1, length(r.closed)) THEN 2
            WHEN r.open = 0 THEN iif(r.closed NOT LIKE 'X%', 0, 2)
            WHEN r.open THEN 0 ELSE 1 END AS shut
  FROM json_each(:ids) j CROSS JOIN record r ON r.id = j.value
 WHERE (r.opened IS NULL OR r.opened LIKE 'X%' OR r.opened <= substr(:day, 1, length(r.opened)))
   AND (:closed OR coalesce(r.closed >= substr(:day, 1, length(r.closed)), 1)
        AND (shut < 2 OR r.kind NOT IN ('organisation', 'site')))
"""


def there_on(conn: sqlite3.Connection, ids: Iterable[int], day: Day, *, closed: bool) -> dict[int, int]:
    """Return how open those of some records were that existed on a day, by their numbers: 0 is open, 1 unknown, 2 shut.

    Organisations and sites that were shut are left out unless `closed`.
    """
    return dict(conn.execute(_THERE, {"ids": id_list(ids), "day": day.iso, "closed": closed}).fetchall())
