"""The filter `source:`: which records some sources say something of, found from what the sources say."""

from __future__ import annotations

from db.search.conditions import Condition

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from db.search.memory import Memory

_MOST_LISTED = 2000
"""Records up to which those that pass are listed; of more, each record found is asked whether it passes."""
_OWNERS = (
    ("name", "name_row", "record_id"),
    ("identifier", "identifier_row", "record_id"),
    ("fact", "fact_row", "record_id"),
    ("event", "event", "record_id"),
    ("link", "link_row", "source_id"),
    ("link", "link_row", "target_id"),
)
"""What evidence may be cited for besides records, with the table of it and the column of the record."""


def spoken_of_by(conn: sqlite3.Connection, sources: Sequence[int], memory: Memory | None, *, none: bool) -> Condition:
    """Some source among those says something of the record, of its names, codes, facts and events, or of its links.

    Where `none`, none of them does.
    """
    among = ",".join(str(number) for number in sources)
    said = _said(among)
    passes = f"EXISTS (SELECT 1 FROM told t WHERE t.id = r.id AND t.source_id IN ({among})) OR r.id IN ({said})"
    told = f"SELECT id FROM told WHERE source_id IN ({among})"
    much = _few(conn, told, memory) is None
    if none:
        passes = f"NOT ({passes})"
    if none == much:
        wanted = f"SELECT r.id FROM record r WHERE {passes}" if none else f"{told} UNION {said}"
        few = _few(conn, wanted, memory)
        if few is not None:
            return Condition(f"r.id IN ({','.join(map(str, few))})", few=few)
    return Condition(passes)


def _few(conn: sqlite3.Connection, sql: str, memory: Memory | None) -> tuple[int, ...] | None:
    """Return the records that SQL finds, where they are few."""
    kept = memory.listed if memory is not None else {}
    if sql not in kept:
        found = [row[0] for row in conn.execute(f"SELECT * FROM ({sql}) LIMIT {_MOST_LISTED + 1}")]
        kept[sql] = tuple(sorted(found)) if len(found) <= _MOST_LISTED else None
    return kept[sql]


def _said(among: str) -> str:
    """Return SQL for the records that sources say something of, but for those of which one row says all."""
    cited = "FROM evidence e JOIN cited c ON c.evidence_id = e.id"
    parts = [
        f"SELECT record_id FROM said WHERE source_id IN ({among}) AND withdrawn IS NULL",
        f"SELECT record_id FROM source WHERE id IN ({among}) AND record_id IS NOT NULL",
        f"SELECT c.subject_id {cited} WHERE e.source_id IN ({among}) AND c.subject = {_subject('record')}",
    ]
    parts += (
        f"SELECT p.{column} {cited} JOIN {table} p ON p.id = c.subject_id"
        f" WHERE e.source_id IN ({among}) AND c.subject = {_subject(subject)} AND p.{column} IS NOT NULL"
        for subject, table, column in _OWNERS
    )
    return " UNION ".join(parts)


def _subject(name: str) -> str:
    return f"(SELECT id FROM subject WHERE name = '{name}')"
