"""The content of a register as plain items: every query of the oracle, and how evidence is told from its number.

Where the schema changes, this file follows by hand; what it yields stays the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

Item = dict[str, Any]

RECORDS = """
SELECT record.key, kind, type, record.name, status, open, opened, closed, legal_opened, legal_closed, form, legal_form,
       legal_basis, basis_status, summary, address, town, county, postcode, country, placeholder, gone.key AS gone,
       record.id AS subject_id
  FROM record LEFT JOIN source AS gone ON gone.id = record.gone"""
NAMES = """
SELECT record.key, name.name, name.kind, since, until, verbatim, name.id AS subject_id
  FROM name JOIN record ON record.id = name.record_id"""
IDENTIFIERS = """
SELECT record.key, scheme, value, identifier.id AS subject_id
  FROM identifier JOIN record ON record.id = identifier.record_id"""
EVENTS = """
SELECT record.key, date, event.kind, text, event.id AS subject_id
  FROM event JOIN record ON record.id = event.record_id"""
FACTS = """
SELECT record.key, property, value, unit, as_of, text, fact.id AS subject_id
  FROM fact JOIN record ON record.id = fact.record_id"""
LINKS = """
SELECT source.key AS key, target.key AS target, link_type.name AS type, role, since, until, legal_since, legal_until,
       link.status, link.id AS subject_id
  FROM link JOIN record AS source ON source.id = link.source_id JOIN record AS target ON target.id = link.target_id
  JOIN link_type ON link_type.id = link.type_id"""
LINK_FACTS = """
SELECT source.key AS key, target.key AS target, link_type.name AS type, role, link.since, link.until,
       property, value, unit, as_of, text, fact.id AS subject_id
  FROM fact JOIN link ON link.id = fact.link_id
  JOIN record AS source ON source.id = link.source_id JOIN record AS target ON target.id = link.target_id
  JOIN link_type ON link_type.id = link.type_id"""
VALUES = """
SELECT record.key, what AS detail, value, chosen, why, value.id AS subject_id
  FROM value JOIN record ON record.id = value.record_id"""
LINK_VALUES = """
SELECT source.key AS key, target.key AS target, link_type.name AS type, role, link.since,
       what AS detail, value, chosen, why, value.id AS subject_id
  FROM value JOIN link ON link.id = value.link_id
  JOIN record AS source ON source.id = link.source_id JOIN record AS target ON target.id = link.target_id
  JOIN link_type ON link_type.id = link.type_id"""
ITEMS = (
    ("record", "record", RECORDS),
    ("name", "name", NAMES),
    ("identifier", "identifier", IDENTIFIERS),
    ("fact", "fact", FACTS),
    ("event", "event", EVENTS),
    ("link", "link", LINKS),
    ("fact of a link", "fact", LINK_FACTS),
    ("value", "value", VALUES),
    ("value of a link", "value", LINK_VALUES),
)
"""What an item is called here, what `item_evidence` calls it, and the query for it."""

SOURCES = """
SELECT source.key, title, publisher, published, url, licence, format, series, "full", complete, living, path,
       record.key AS document, run_id AS run
  FROM source LEFT JOIN record ON record.id = source.record_id"""
TERMS = "SELECT name AS key, vocabulary, label, definition, source FROM term"
LINK_TYPES = """
SELECT name AS key, forward, reverse, category, owner, source_kinds, target_kinds, definition, source FROM link_type"""
SUGGESTIONS = """
SELECT record.key, rule, what, confidence, state, candidates, run_id AS run
  FROM suggestion LEFT JOIN record ON record.id = suggestion.record_id"""
RUNS = "SELECT id AS key, command, undone IS NOT NULL AS undone FROM run"
RUN_SOURCES = """
SELECT run_id AS key, source, file, format, published, read, added, updated, unchanged, closed, rejected, records,
       links, placeholders, gone FROM run_source"""
REJECTS = "SELECT run_id AS key, source, line, reason, value FROM reject"
OTHERS = (
    ("source", SOURCES),
    ("term", TERMS),
    ("link type", LINK_TYPES),
    ("suggestion", SUGGESTIONS),
    ("run", RUNS),
    ("source of a run", RUN_SOURCES),
    ("refused row", REJECTS),
)

ITEM_EVIDENCE = "SELECT subject, subject_id, evidence_id FROM item_evidence"
"""Whether it is inherited is no content: in one form of storage a link has as its own what it inherits in the other."""

EVIDENCE = """
SELECT evidence.id, source.key AS source, locator, quote, basis, confidence, claimant.key AS claimant, note
  FROM evidence JOIN source ON source.id = evidence.source_id LEFT JOIN record AS claimant
    ON claimant.id = evidence.claimant_id"""
SOURCE_KEYS = "SELECT id, key FROM source"


def items(connection: sqlite3.Connection) -> Iterator[Item]:
    """Yield everything that a register holds, keys in place of numbers, without times; evidence beside its item."""
    connection.row_factory = sqlite3.Row
    cited = _Evidence(connection)
    for what, subject, query in ITEMS:
        for row in connection.execute(query):
            item = _filled(row)
            proofs = cited.of(subject, item.pop("subject_id"))
            yield {"what": what, **item, "evidence": proofs}
    for what, query in OTHERS:
        for row in connection.execute(query):
            item = _filled(row)
            if "candidates" in item:
                item["candidates"] = json.loads(item["candidates"])
            yield {"what": what, **item}


def _filled(row: sqlite3.Row) -> Item:
    """A row without what it does not know."""
    return {name: row[name] for name in row.keys() if row[name] is not None}


class _Evidence:
    """The evidence of every item."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        proofs = map(_filled, connection.execute(EVIDENCE))
        self._known = {proof.pop("id"): proof for proof in proofs}
        self._sources: dict[int, str] = dict(connection.execute(SOURCE_KEYS).fetchall())
        self._cited: dict[tuple[str, int], list[Item]] = {}
        for subject, number, evidence in connection.execute(ITEM_EVIDENCE):
            self._cited.setdefault((subject, number), []).append(self._proof(evidence))

    def of(self, subject: str, number: int) -> list[Item]:
        """The evidence of one item, in an order that depends on nothing but what it says."""
        return sorted(self._cited.get((subject, number), ()), key=lambda proof: json.dumps(proof, sort_keys=True))

    def _proof(self, number: int) -> Item:
        """An evidence by its number, which may be that of a source and of its row."""
        if number in self._known:
            return self._known[number]
        return {"source": self._sources[number >> 32], "locator": f"row {number & 0xFFFFFFFF}", "basis": "stated"}
