"""What is in a register: how many records there are of each type, which is where a newcomer begins."""

from __future__ import annotations

import sqlite3

from db.keys import CODE_ONLY
from db.reading.vocabulary import TYPES, Labels
from db.results import TypeCount


def contents(connection: sqlite3.Connection) -> tuple[TypeCount, ...]:
    """Count records by kind and type, the most numerous type of each kind first; codes without more are left out."""
    labels = Labels(connection)
    return tuple(
        TypeCount(kind, name, labels.label_or_none(TYPES[kind], name), current, total)
        for kind, name, current, total in connection.execute(
            f"""SELECT kind, type, sum(open IS NOT 0), count(*) FROM record
                 WHERE NOT ({CODE_ONLY})
                 GROUP BY kind, type ORDER BY kind, 3 DESC, 4 DESC, type"""
        )
    )
