"""What is not told of an arrangement that is there: who else takes part, who leads it, what it rests on."""

from __future__ import annotations

import sqlite3

from db.acts import PLANNED
from db.all_left import all_left
from db.gaps.mend import by_hand
from db.gaps.rules import NOT_ENDED, THERE, listed, named, types
from db.parameters import sql_texts
from db.parties import Party
from db.reports import NO_BASIS, NO_LEAD, ONE_PARTICIPANT, Gap

_INWARD = "'participates-in', 'part-of', 'constituent-of', 'decides-by', 'appoints'"
_OUTWARD = "'convened-by', 'subsidiary-of'"
_PARTICIPANTS = f"""
SELECT a.id, a.key, a.name, a.type, count(DISTINCT b.id), min(b.key), min(b.name)
  FROM record a LEFT JOIN (
    SELECT a.id AS whole, l.source_id AS part
      FROM record a CROSS JOIN link l ON l.target_id = a.id JOIN link_type t ON t.id = l.type_id
     WHERE {THERE} AND t.name IN ({_INWARD}) AND {NOT_ENDED}
    UNION ALL
    SELECT a.id, l.target_id
      FROM record a CROSS JOIN link l ON l.source_id = a.id JOIN link_type t ON t.id = l.type_id
     WHERE {THERE} AND t.name IN ({_OUTWARD}) AND {NOT_ENDED}
  ) ON whole = a.id LEFT JOIN record b ON b.id = part AND b.kind <> 'document'
 WHERE {THERE} GROUP BY a.id ORDER BY count(DISTINCT b.id) DESC, a.name, a.key"""
_ENDS = """
SELECT l.until FROM link l JOIN link_type t ON t.id = l.type_id WHERE t.name = 'participates-in' AND l.target_id = ?"""
"""When each of those who took part left."""
_LEADS = f"""
SELECT a.key, a.name, a.type FROM record a
 WHERE {THERE} AND coalesce(a.status, '') NOT IN ({{planned}}) AND a.type IN ({{types}})
   AND NOT EXISTS (
     SELECT 1 FROM link l JOIN link_type t ON t.id = l.type_id
      WHERE l.target_id = a.id AND {NOT_ENDED}
        AND (t.category = 'post' OR (t.name = 'participates-in' AND l.role IN ({{leads}}))))
   AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.record_id = a.id AND f.property = 'post-without-holder')
 ORDER BY a.type, a.name, a.key"""
_BASES = f"""
SELECT a.key, a.name, a.type
  FROM record a JOIN term t ON t.vocabulary = 'arrangement_types' AND t.name = a.type
 WHERE {THERE} AND coalesce(a.status, '') NOT IN ({{planned}}) AND a.type NOT IN ({{law}})
   AND json_extract(t.extra, '$.form') IS NULL
   AND a.form IS NULL AND a.legal_basis IS NULL AND coalesce(a.basis_status, 'unknown') = 'unknown'
 ORDER BY a.type, a.name, a.key"""


def one_participant(connection: sqlite3.Connection) -> list[Gap]:
    """Return arrangements of which fewer than two participants, parts and conveners are named.

    Where those of a type may have one alone, or where nobody is named of any of them, that is so as a rule, but not
    where all that took part have left.
    """
    rows = connection.execute(_PARTICIPANTS, named()).fetchall()
    peopled = {type_ for _, _, _, type_, number, _, _ in rows if number}
    alone = types("alone")
    found = []
    for record, key, name, type_, number, member_key, member in rows:
        if number < 2:
            left = None if number else all_left([end for (end,) in connection.execute(_ENDS, (record,))])
            other = Party(member_key, member) if number else None
            usual = left is None and (type_ in alone or type_ not in peopled)
            gap = Gap(ONE_PARTICIPANT, key, name, other=other, type=type_, mend=by_hand(key), date=left, usual=usual)
            found.append(gap)
    return found


def no_lead(connection: sqlite3.Connection) -> list[Gap]:
    """Return arrangements of types that somebody leads, of which neither a body nor a person is named as doing so."""
    led, leads = types("lead"), listed()["leads"]
    sql = _LEADS.format(planned=sql_texts(PLANNED), types=sql_texts(led), leads=sql_texts(leads))
    return [
        Gap(NO_LEAD, key, name, type=type_, mend=by_hand(key), usual=led[type_])
        for key, name, type_ in connection.execute(sql, named())
    ]


def no_basis(connection: sqlite3.Connection) -> list[Gap]:
    """Return arrangements of which nothing tells what they rest on: neither law, paper or form, nor their type."""
    sql = _BASES.format(planned=sql_texts(PLANNED), law=sql_texts(types("law")))
    return [
        Gap(NO_BASIS, key, name, type=type_, mend=by_hand(key)) for key, name, type_ in connection.execute(sql, named())
    ]
