"""The keys of records that a person joined with others."""

from __future__ import annotations

import sqlite3

_JOINED = """
SELECT json_extract(j.value, '$.scheme') || ':' || json_extract(j.value, '$.value')
  FROM source o CROSS JOIN _statement s ON s.source_id = o.id CROSS JOIN json_each(s.body, '$.identifiers') j
 WHERE o.format IN ('merge', 'review') AND json_extract(s.body, '$.one_body')
"""


def joined_keys(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the keys that are a code of another record, as a person says."""
    return frozenset(key for (key,) in connection.execute(_JOINED))
