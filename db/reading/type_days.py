"""What the words for types tell of the days on which such bodies can have opened."""

from __future__ import annotations

import sqlite3

from db.model import TypeDays
from db.reading.vocabulary import TYPES

_EXTRA = """
SELECT json_extract(extra, '$.began'), json_extract(extra, '$.coded'), json_extract(extra, '$.conferred')
  FROM term WHERE vocabulary = ? AND name = ? AND extra IS NOT NULL"""


def type_days(connection: sqlite3.Connection, kind: str, type_name: str | None) -> TypeDays:
    """Return what is known of when there were bodies of a type."""
    found = connection.execute(_EXTRA, (TYPES[kind], type_name)).fetchone()
    return TypeDays(found[0], found[1], bool(found[2])) if found else TypeDays()
