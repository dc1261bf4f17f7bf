"""Bodies, people and posts that hang in the air: no commissioner, nothing they are linked to, no post, no holder."""

from __future__ import annotations

import sqlite3
from collections import Counter

from db.gaps.mend import by_hand, by_register
from db.gaps.rules import NOT_ENDED, listed, named
from db.parameters import sql_texts
from db.reports import NO_COMMISSIONER, NO_POST, UNLINKED, VACANT_POST, Gap

_COMMISSIONED = f"""
SELECT r.key, r.name, r.type FROM record r
 WHERE r.type IN ({{types}}) AND r.open = 1 AND r.placeholder = 0
   AND NOT EXISTS (
     SELECT 1 FROM link l
       JOIN link_type t ON t.id = l.type_id AND t.name IN ('commissioned-by', 'member-of-commissioner')
       JOIN record o ON o.id = l.target_id AND o.open IS NOT 0
      WHERE l.source_id = r.id AND {NOT_ENDED})
 ORDER BY r.name, r.key"""
_UNLINKED = f"""
SELECT r.key, r.name, r.type, json_extract(t.extra, '$.meant') IS 'first' AS is_public
  FROM record r LEFT JOIN term t ON t.vocabulary = 'organisation_types' AND t.name = r.type
 WHERE r.kind = 'organisation' AND r.open = 1 AND (r.placeholder = 0 OR r.name <> substr(r.key, instr(r.key, ':') + 1))
   AND NOT EXISTS (SELECT 1 FROM link l WHERE l.source_id = r.id AND +l.type_id IN ({{counting}}) AND {NOT_ENDED})
   AND NOT EXISTS (SELECT 1 FROM link l WHERE l.target_id = r.id AND +l.type_id IN ({{counting}}) AND {NOT_ENDED})"""
"""The sign before the type has SQLite look at the few links of a body, and not for each type whether it has such."""
_OPEN = "SELECT type, count(*) FROM record WHERE kind = 'organisation' AND open = 1 GROUP BY type"
_WITHOUT_POST = """
SELECT r.key, r.name FROM record r
 WHERE r.kind = 'person' AND r.kind <> 'organisation'
   AND NOT EXISTS (
     SELECT 1 FROM link l JOIN link_type t ON t.id = l.type_id AND t.category = 'post' WHERE l.source_id = r.id)
 ORDER BY r.name, r.key"""
_VACANT = """
SELECT r.key, r.name, r.type, coalesce(f.text, f.value) FROM fact f JOIN record r ON r.id = f.record_id
 WHERE f.property = 'post-without-holder' AND r.open IS NOT 0
 ORDER BY r.name, r.key, f.id"""


def no_commissioner(connection: sqlite3.Connection) -> list[Gap]:
    """Return open practices that nobody commissions who is there."""
    sql = _COMMISSIONED.format(types=sql_texts(listed()["commissioned"]))
    return [
        Gap(NO_COMMISSIONER, key, name, type=type_, mend=by_register(key))
        for key, name, type_ in connection.execute(sql, named())
    ]


def unlinked(connection: sqlite3.Connection, key: str | None = None) -> list[Gap]:
    """Return open bodies without a link that has not ended, other than to areas and documents.

    That is so as a rule of all but public bodies, as lists of pharmacies name no others, and where it is so of most of
    a type. None where the one record that is asked about, by its key, is none of them.
    """
    types = connection.execute("SELECT id FROM link_type WHERE category NOT IN ('geography', 'document')")
    sql = _UNLINKED.format(counting=",".join(str(number) for (number,) in types))
    if key is not None and not connection.execute(f"{sql} AND r.key = :key", {**named(), "key": key}).fetchone():
        return []
    rows = connection.execute(f"{sql} ORDER BY r.type, r.name, r.key", named()).fetchall()
    alone = Counter(type_ for _, _, type_, _ in rows)
    usual = {type_ for type_, number in connection.execute(_OPEN) if 2 * alone[type_] > number > 1}
    return [
        Gap(UNLINKED, key, name, type=type_, mend=by_register(key), usual=not is_public or type_ in usual)
        for key, name, type_, is_public in rows
    ]


def no_post(connection: sqlite3.Connection) -> list[Gap]:
    """Return people of whom no post is told, not even one that ended."""
    return [Gap(NO_POST, key, name, mend=by_hand(key)) for key, name in connection.execute(_WITHOUT_POST)]


def vacant_post(connection: sqlite3.Connection) -> list[Gap]:
    """Return posts of which a source says that nobody holds them, in what has not closed."""
    return [
        Gap(VACANT_POST, key, name, type=type_, text=text, mend=by_hand(key))
        for key, name, type_, text in connection.execute(_VACANT)
    ]
