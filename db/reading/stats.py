"""How much the register holds, and how current the sources are that it rests on."""

from __future__ import annotations

import sqlite3

from db.reading.contents import numbers, placeholders
from db.reports import SourceInfo, Stats


def stats(connection: sqlite3.Connection) -> Stats:
    """Count records by kind and links by type, and list the sources with how many records each speaks of."""
    codes = placeholders(connection)
    return Stats(
        records=numbers(connection, codes),
        links=_links(connection),
        sources=sources(connection),
        bytes=_bytes(connection),
        placeholders=codes,
    )


def _links(connection: sqlite3.Connection) -> dict[str, int]:
    """Count links by type."""
    links = connection.execute(
        """SELECT t.name, c.total FROM (SELECT type_id, count(*) AS total FROM link GROUP BY type_id) c
             JOIN link_type t ON t.id = c.type_id ORDER BY t.position, t.name"""
    )
    return dict(links.fetchall())


def sources(connection: sqlite3.Connection) -> tuple[SourceInfo, ...]:
    """List all sources in the order in which the register met them; `imported` is the last run that still counts."""
    return tuple(
        SourceInfo(*row)
        for row in connection.execute(
            """SELECT s.key, s.title, s.publisher, s.published, s.licence, s.url, s.format, i.started,
                      coalesce(n.records + coalesce(t.records, 0), t.records, c.records, 0),
                      iif(s.living, s.series, NULL), s.path
                 FROM source s
                 LEFT JOIN (SELECT rs.source, max(r.started) AS started
                              FROM run_source rs JOIN run r ON r.id = rs.run_id
                             WHERE r.undone IS NULL GROUP BY rs.source) i ON i.source = s.key
                 LEFT JOIN (SELECT source_id, count(DISTINCT record_id) AS records
                              FROM _statement WHERE withdrawn IS NULL GROUP BY source_id) n ON n.source_id = s.id
                 LEFT JOIN (SELECT e.source_id, count(*) AS records
                              FROM _sole m CROSS JOIN evidence e ON e.id = m.evidence_id
                             GROUP BY e.source_id) t ON t.source_id = s.id
                 LEFT JOIN (SELECT e.source_id, count(DISTINCT _citation.subject_id) AS records
                              FROM source d JOIN evidence e ON e.source_id = d.id
                              JOIN _citation ON _citation.evidence_id = e.id AND _citation.subject = 'record'
                             WHERE d.format IS NULL GROUP BY e.source_id) c ON c.source_id = s.id
                ORDER BY s.id"""
        )
    )


def _bytes(connection: sqlite3.Connection) -> int:
    """Return the size of the database, on disk or in memory, counted in whole pages."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    return int(pages) * int(size)
