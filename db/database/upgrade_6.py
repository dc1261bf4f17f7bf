"""From schema 4 or 5 to 6: what one row of a register alone told of a record becomes rows like all others."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable
from contextlib import closing

from db.database.upgrade_6_ghosts import put_back
from db.store.statement_rows import as_json, digest

_OWNERS = {"name": "record_id", "fact": "record_id", "link": "source_id"}
"""Tables that told rows went to, with the column that tells whose a row is."""
_IMAGE_DIGEST, _IMAGE_BODY = 4, 5
_COMMON = (
    b'"partial":true,"links":[{"type":"commissioned-by","other":{"key":"ods:"},"start":"","end":"20","status":"past"},'
    b'{"type":"operated-by","other":{"key":"ods:"},"start":"1"type":"in-geography-of","other":{"key":"ods:Q"},"start":"20",'
    b'"status":"current"}],"facts":[{"property":"uprn","value":"100},{"property":"telephone","text":"01,'
    b'{"property":"ods-role","value":"RO17","text":", primary, from 20{"key":"ods:","kind":"organisation",'
    b'"type":"gp-practice","status":"closed","opened":"20","closed":"20","legal_start":"20","address":{"lines":["","",'
    b'"The Surgery","High Street"],"town":"London","county":"","postcode":"","country":"England"},"names":[{"name":'
    b'"The Surgery NHS Trust","verbatim":"NHS FOUNDATION TRUST PHARMACY"}],"identifiers":[{"scheme":"ods","value":"'
)
"""What most statements share: they were packed as how they differ from it."""
_WINDOW = -13


def set_aside(connection: sqlite3.Connection, script: Iterable[str]) -> None:
    """Rename the tables there are, by a script of this migration."""
    for statement in script:
        connection.execute(statement)


def take_over(connection: sqlite3.Connection, script: Iterable[str], ghosts: Iterable[str]) -> None:
    """Fill the new tables from those set aside, by two scripts of this migration, and drop these."""
    connection.create_function("unpacked", 1, statement_text, deterministic=True)
    connection.create_function("statement_digest", 1, digest, deterministic=True)
    connection.create_function("statement_image", 1, _image, deterministic=True)
    put_back(connection)
    for statement in script:
        connection.execute(statement)
    for run, first, last in connection.execute(
        "SELECT run_id, first_id, last_id FROM change WHERE tbl = 'told' AND before IS NULL ORDER BY id"
    ).fetchall():
        _log_inserted(connection, run, first, last)
    for statement in ghosts:
        connection.execute(statement)
    _drop_old(connection)


def statement_text(body: bytes) -> str:
    """Return a statement, which `said` kept packed, as the JSON that it is."""
    return zlib.decompressobj(_WINDOW, _COMMON).decompress(body).decode()


def _image(before: str) -> str:
    """Return a row of `said` as the change log held it as one of `_statement`."""
    values = json.loads(before)
    values[_IMAGE_BODY] = statement_text(bytes.fromhex(values[_IMAGE_BODY]))
    values[_IMAGE_DIGEST] = digest(values[_IMAGE_BODY])
    return as_json(values)


def _log_inserted(connection: sqlite3.Connection, run: int, first: int, last: int) -> None:
    """Log the rows that the records told by a run have become."""
    insert = "INSERT INTO _change (run_id, tbl, first_id, last_id) SELECT ?1, ?2, min(id), max(id) FROM "
    for table, owner in _OWNERS.items():
        rows = f"{table} WHERE id > (SELECT coalesce(max(id), 0) FROM old_{table}) AND {owner} BETWEEN ?3 AND ?4"
        connection.execute(f"{insert} {rows} HAVING count(*)", (run, table, first, last))
    # A row of `ghost` has no identifier, but its number is kept free.
    rows = (
        "(SELECT id - (SELECT coalesce(max(id), 0) FROM old_name) + (SELECT coalesce(max(id), 0) FROM old_identifier)"
    )
    rows += " AS id FROM name WHERE id > (SELECT coalesce(max(id), 0) FROM old_name) AND record_id BETWEEN ?3 AND ?4)"
    connection.execute(f"{insert} {rows} HAVING count(*)", (run, "identifier", first, last))
    rows = "_stated_twice JOIN link USING (id) WHERE source_id BETWEEN ?3 AND ?4"
    connection.execute(f"{insert} {rows} HAVING count(*)", (run, "_stated_twice", first, last))
    rows = "(SELECT evidence_id AS id FROM told_evidence WHERE record_id BETWEEN ?3 AND ?4)"
    rows += " WHERE id > (SELECT coalesce(max(id), 0) FROM old_evidence)"
    connection.execute(f"{insert} {rows} HAVING count(*)", (run, "evidence", first, last))


def _drop_old(connection: sqlite3.Connection) -> None:
    with closing(connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")) as listed:
        tables = [name for (name,) in listed]
    for (table,) in connection.execute("SELECT name FROM temp.sqlite_schema WHERE type = 'table'").fetchall():
        connection.execute(f"DROP TABLE temp.{table}")
    for table in tables:
        if table.startswith(("old_", "told")) or table in ("said", "change", "cited", "subject"):
            connection.execute(f"DROP TABLE {table}")
