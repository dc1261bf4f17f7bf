"""Takes away what a run wrote of a record of which one row says all there is, because another row counts instead."""

from __future__ import annotations

import sqlite3


def remove_sole(connection: sqlite3.Connection, record: int) -> int:
    """Remove a record with all rows that are its own, and return how many links were among them."""
    link = "SELECT l.id FROM link l JOIN link_type y ON y.id = l.type_id WHERE"
    owned = f"{link} l.source_id = ?1 AND y.owner = 'source' UNION {link} l.target_id = ?1 AND y.owner = 'target'"
    links: int = connection.execute(f"DELETE FROM link WHERE id IN ({owned})", (record,)).rowcount
    for table, where in (("_sole", "id = ?"), ("_citation", "subject = 'record' AND subject_id = ?")):
        query = f"DELETE FROM {table} WHERE {where} RETURNING evidence_id"
        for evidence in connection.execute(query, (record,)).fetchall():
            connection.execute("DELETE FROM evidence WHERE id = ?", evidence)
    for table in ("name", "identifier", "fact"):
        connection.execute(f"DELETE FROM {table} WHERE record_id = ?", (record,))
    connection.execute("DELETE FROM record WHERE id = ?", (record,))
    return links
