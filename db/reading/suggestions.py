"""The suggestions that wait for a person, with their candidates and who says what each is about."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from db.nearest_word import none_of_these
from db.parameters import id_list
from db.reading.citations import Ids, cited
from db.reading.evidence import details
from db.reading.held_posts import held_posts
from db.reports import KINDS_OF_QUESTIONS, Candidate, Suggestion
from db.search.text import plain

_OPEN = """
SELECT s.id, s.record_id, r.key, r.name, coalesce(r.town, r.postcode), s.what, s.confidence, s.rule, s.candidates,
       s.run_id
  FROM suggestion s LEFT JOIN record r ON r.id = s.record_id WHERE s.state = 'open'
 ORDER BY s.confidence IS NULL, s.confidence DESC, s.id"""
_SUCCESSIONS = """
SELECT l.id FROM link l JOIN link_type t ON t.id = l.type_id AND t.name = 'succeeded-by'
  JOIN record o ON o.id = l.target_id
 WHERE l.source_id = ?1 AND o.key IN (SELECT value FROM json_each(?2)) ORDER BY l.id"""
_NAME = """
SELECT r.id, r.name, coalesce(r.town, r.postcode) FROM record r WHERE r.key = ?1
UNION ALL
SELECT r.id, r.name, coalesce(r.town, r.postcode) FROM identifier i JOIN record r ON r.id = i.record_id
 WHERE i.scheme = substr(?1, 1, instr(?1, ':') - 1) AND i.value = substr(?1, instr(?1, ':') + 1)"""
"""A candidate as it is now, though it may have been joined with another since."""
_LEADS = "SELECT id FROM fact WHERE record_id = ? AND property = 'lead-as-written' ORDER BY id"
_LISTED = """
SELECT e.id FROM json_each(?1) j CROSS JOIN evidence e ON e.id = j.value JOIN source s ON s.id = e.source_id
 WHERE s.key IN (SELECT value FROM json_each(?2)) ORDER BY j.id"""
_RECORDS = "SELECT id FROM record WHERE key IN (SELECT value FROM json_each(?)) ORDER BY key"
_NAMED = """
SELECT e.id FROM json_each(?1) j CROSS JOIN evidence e ON e.id = j.value
 WHERE EXISTS (SELECT 1 FROM _statement s WHERE s.record_id = ?2 AND s.source_id = e.source_id
                  AND s.withdrawn IS NULL AND instr(s.body, ?3)) ORDER BY j.id"""
_NAMED_IN_PASSING = """
SELECT DISTINCT e.id FROM _statement s JOIN evidence e ON e.source_id = s.source_id
                       AND e.locator IN ('line ' || s.line, 'record ' || s.line, 'row ' || s.line)
 WHERE s.record_id = ?1 AND s.withdrawn IS NULL AND instr(s.body, ?2) ORDER BY e.id"""
"""The places of rows that name a record and describe something else, such as its partners."""


def suggestions(connection: sqlite3.Connection) -> tuple[Suggestion, ...]:
    """Return the open suggestions: the surest first, then in the order in which they were made."""
    rows = connection.execute(_OPEN).fetchall()
    proofs = cited(connection, "record", {row[1] for row in rows if row[1] is not None})
    posts = held_posts(connection, {row[1] for row in rows if row[1] is not None})
    found = []
    for number, record, key, name, place, what, confidence, rule, packed, run in rows:
        said = [{"key": one} if isinstance(one, str) else one for one in json.loads(packed)]
        own = () if record is None else _evidence(connection, rule, record, said, proofs.of(record, ()))
        candidates = tuple(_candidate(connection, one) for one in said)
        held = posts.get(record, ())
        said_by = details(connection, own)
        found.append(Suggestion(number, key, name, what, confidence, rule, candidates, said_by, place, held, run))
    return tuple(found)


def _evidence(
    connection: sqlite3.Connection, rule: str, record: int, candidates: Sequence[Mapping[str, Any]], own: Ids
) -> Ids:
    """Return who says what is asked about: succession, name, lead or list; else who describes the record."""
    keys = json.dumps([one["key"] for one in candidates])
    if rule == "passed-on":
        return _of_items(connection, "link", _SUCCESSIONS, (record, keys), own)
    if rule == "unclear-lead":
        return _of_items(connection, "fact", _LEADS, (record,), own)
    if rule == "no-longer-listed":
        lists = json.dumps([one["list"] for one in candidates if "list" in one])
        others = _of_items(connection, "record", _RECORDS, (keys,), ())
        named = connection.execute(_LISTED, (id_list(others), lists))
        return tuple(dict.fromkeys((*(one for (one,) in named), *own)))
    if rule == "name-of-another" and candidates:
        name = json.dumps(candidates[0].get("as"))
        givers = connection.execute(_NAMED, (id_list(own), record, name)).fetchall()
        givers = givers or connection.execute(_NAMED_IN_PASSING, (record, name)).fetchall()
        return tuple(one for (one,) in givers) or own
    return own


def _of_items(
    connection: sqlite3.Connection, subject: str, query: str, parameters: tuple[object, ...], own: Ids
) -> Ids:
    """Return the evidence of the items that a query finds, each once."""
    items = [item for (item,) in connection.execute(query, parameters)]
    told = cited(connection, subject, items)
    return tuple(dict.fromkeys(one for item in items for one in told.of(item, own))) or own


def only(
    found: Iterable[Suggestion], *, run: int | None = None, kinds: Collection[str] = (), name: str | None = None,
    above: float | None = None,
) -> tuple[Suggestion, ...]:  # fmt: skip
    """Return those of a run, of some kinds, with a text in a name or key, and at least so sure (a percentage).

    Raises UsageError for a kind that there is not.
    """
    for kind in kinds:
        if kind not in KINDS_OF_QUESTIONS:
            raise none_of_these("kind of question", kind, KINDS_OF_QUESTIONS)
    return tuple(
        one
        for one in found
        if run in (None, one.run)
        and (not kinds or one.rule in kinds)
        and (name is None or _is_about(one, name))
        and (above is None or (one.confidence is not None and 100 * one.confidence >= above))
    )


def _is_about(asked: Suggestion, text: str) -> bool:
    """Whether a text stands in a name or key of those whom a question is about."""
    wanted = f" {plain(text)} "
    about = [asked.key, asked.name, *(part for one in asked.candidates for part in (one.key, one.name))]
    return any(text.casefold() == one or wanted in f" {plain(one)} " for one in about if one)


def _candidate(connection: sqlite3.Connection, said: Mapping[str, Any]) -> Candidate:
    """A candidate as it is now; some rules keep no more of it than its key."""
    score = float(said["score"]) if isinstance(said.get("score"), int | float) else None
    row = connection.execute(_NAME, (said["key"],)).fetchone()
    if row is None:
        return Candidate(said["key"], said["key"], score)
    number, name, place = row
    return Candidate(said["key"], name, score, place, held_posts(connection, (number,)).get(number, ()))
