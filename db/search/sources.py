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
    ("name", "record_id"),
    ("identifier", "record_id"),
    ("fact", "record_id"),
    ("event", "record_id"),
    ("link", "source_id"),
    ("link", "target_id"),
)
"""What evidence may be cited for besides records, and the column of the record."""
_LIVING = "(SELECT id FROM source WHERE id IN ({among}) AND living)"
_OWNED = """
SELECT l.{far} FROM _statement s JOIN link l ON l.{near} = s.record_id
  JOIN link_type y ON y.id = l.type_id AND y.owner = '{owner}'
  JOIN _citation c ON c.subject = 'link' AND c.subject_id = l.id
  JOIN evidence e ON e.id = c.evidence_id AND e.source_id IN {living}
 WHERE s.source_id IN {living} AND s.withdrawn IS NULL"""
"""Records at the far end of links that cite living sources, of which nearly all records are the rows: no evidence of
theirs is read that belongs to those."""


def spoken_of_by(conn: sqlite3.Connection, sources: Sequence[int], memory: Memory | None, *, none: bool) -> Condition:
    """Some source among those says something of the record, of its names, codes, facts and events, or of its links.

    Where `none`, none of them does.
    """
    among = ",".join(str(number) for number in sources)
    said = _said(among)
    passes = f"EXISTS (SELECT 1 FROM _sole m WHERE m.id = r.id AND m.source_id IN ({among})) OR r.id IN ({said})"
    sole = f"SELECT id FROM _sole WHERE source_id IN ({among})"
    much = _few(conn, sole, memory) is None
    if none:
        passes = f"NOT ({passes})"
    if none == much:
        wanted = f"SELECT r.id FROM record r WHERE {passes}" if none else f"{sole} UNION {said}"
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
    living = _LIVING.format(among=among)
    cited = "FROM source z JOIN evidence e ON e.source_id = z.id JOIN _citation c ON c.evidence_id = e.id"
    where = f"WHERE z.id IN ({among}) AND NOT z.living"
    parts = [
        f"SELECT record_id FROM _statement WHERE source_id IN ({among}) AND withdrawn IS NULL",
        f"SELECT record_id FROM source WHERE id IN ({among}) AND record_id IS NOT NULL",
        f"SELECT c.subject_id {cited} {where} AND c.subject = 'record'",
        _OWNED.format(near="source_id", far="target_id", owner="source", living=living),
        _OWNED.format(near="target_id", far="source_id", owner="target", living=living),
    ]
    parts += (
        f"SELECT p.{column} {cited} JOIN {table} p ON p.id = c.subject_id"
        f" {where} AND c.subject = '{table}' AND p.{column} IS NOT NULL"
        for table, column in _OWNERS
    )
    return " UNION ".join(parts)
