"""Records by what identifies them: keys, and codes with their scheme or bare."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

    from db.search.memory import Memory


def by_code(conn: sqlite3.Connection, text: str, memory: Memory | None = None) -> list[int]:
    """Return the numbers of the records whose key or code is `text`, in any case, with its scheme or bare."""
    code = text.strip()
    if not code or len(code) > 200 or any(map(str.isspace, code)):
        return []
    scheme, colon, value = code.partition(":")
    if colon:
        scheme = scheme.lower()
        spelt = sorted({f"{scheme}:{value}", f"{scheme}:{value.upper()}", f"{scheme}:{value.lower()}"})
        sql = f"SELECT id FROM record WHERE key IN ({','.join('?' * len(spelt))})"
        found = [row[0] for row in conn.execute(sql, spelt)]
        sql = "SELECT record_id FROM identifier_row WHERE scheme = ? AND value = ? COLLATE NOCASE"
        return found or [row[0] for row in conn.execute(sql, (scheme, value))]
    spelt = sorted({f"{one}:{value}" for one in _known(conn, memory) for value in (code, code.upper(), code.lower())})
    marks = ",".join("?" * len(spelt))
    sql = (
        f"SELECT id FROM record WHERE key IN ({marks})"
        " UNION SELECT record_id FROM identifier_row WHERE value = ? COLLATE NOCASE LIMIT 50"
    )
    return [row[0] for row in conn.execute(sql, (*spelt, code))]


def _known(conn: sqlite3.Connection, memory: Memory | None) -> list[str]:
    if memory is None:
        return _schemes(conn)
    memory.schemes = memory.schemes or _schemes(conn)
    return memory.schemes


def _schemes(conn: sqlite3.Connection) -> list[str]:
    """Return the schemes that keys begin with, each found by one step in the index of keys."""
    found: list[str] = []
    after = ""
    while (key := conn.execute("SELECT min(key) FROM record WHERE key > ?", (after,)).fetchone()[0]) is not None:
        scheme = str(key).partition(":")[0]
        found.append(scheme)
        after = f"{scheme};"
    return found
