"""Keeping the search index: brought up to date for some records, or made anew, inside the writer's transaction."""

from __future__ import annotations

from db.search.check import check
from db.search.write import Filling, rebuild, refresh, with_tied

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

__all__ = ["Filling", "check", "reindex"]

_SMALL = 400
_REBUILD_SHARE = 4
"""Where more than one record in so many must be indexed anew, indexing all is quicker."""


def reindex(conn: sqlite3.Connection, record_ids: Iterable[int] | None) -> None:
    """Bring the index up to date for records that were added, changed or removed; None means all records.

    Those that hold these records' names because they are tied to them follow by themselves. Call it after the tables it
    reads are settled, in the same transaction.
    """
    if record_ids is not None:
        total = conn.execute("SELECT count(*) FROM record").fetchone()[0]
        affected = with_tied(conn, set(record_ids))
        if len(affected) * _REBUILD_SHARE <= total or total < _SMALL:
            refresh(conn, sorted(affected))
            return
    rebuild(conn)
