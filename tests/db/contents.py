"""What a register holds, as people read it: the same for a register of an older schema, and once that is upgraded."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator

_RECORD = (
    "key, kind, type, name, status, open, opened, closed, legal_opened, legal_closed, form, legal_form, legal_basis, "
    "basis_status, summary, address, town, county, postcode, country, placeholder, "
    "(SELECT key FROM source WHERE id = gone)"
)
_LINK = (
    "SELECT l.id, s.key, t.key, y.name, l.role, l.since, l.until, l.legal_since, l.legal_until, l.status FROM link l "
    "JOIN record s ON s.id = source_id JOIN record t ON t.id = target_id JOIN link_type y ON y.id = type_id"
)
CONTENT = {
    "record": f"SELECT id, {_RECORD} FROM record",
    "name": "SELECT r.key, n.name, n.kind, since, until, verbatim FROM name n JOIN record r ON r.id = record_id",
    "identifier": "SELECT r.key, scheme, value FROM identifier JOIN record r ON r.id = record_id",
    "fact": "SELECT r.key, property, value, unit, as_of, text FROM fact JOIN record r ON r.id = record_id",
    "fact of a link": "SELECT link_id, property, value, unit, as_of, text FROM fact WHERE link_id IS NOT NULL",
    "link": _LINK.replace("l.id, ", ""),
    "event": "SELECT r.key, date, e.kind, text FROM event e JOIN record r ON r.id = record_id",
    "source": "SELECT id, key, title, publisher, published, url, licence, format, series, full, complete, living, "
    "path, digest, record_id, run_id FROM source",
    "term": "SELECT id, vocabulary, name, label, definition, source, extra FROM term",
    "link type": "SELECT id, name, forward, reverse, owner FROM link_type",
    "run": "SELECT id, started, seconds, command, undone FROM run",
    "run source": "SELECT * FROM run_source",
    "reject": "SELECT * FROM reject",
    "suggestion": "SELECT id, run_id, record_id, rule, what, confidence, candidates, state FROM suggestion",
}
"""What people read, without the numbers of rows that the new schema gives anew."""

_ITEMS = {
    "record": "SELECT id, key FROM record",
    "name": "SELECT n.id, r.key, n.name, n.kind FROM name n JOIN record r ON r.id = record_id",
    "identifier": "SELECT i.id, r.key, scheme, value FROM identifier i JOIN record r ON r.id = record_id",
    "fact": "SELECT f.id, r.key, property, value, text FROM fact f LEFT JOIN record r ON r.id = record_id",
    "link": _LINK,
    "event": "SELECT e.id, r.key, e.text FROM event e JOIN record r ON r.id = record_id",
}


def content(register: sqlite3.Connection) -> dict[str, list[str]]:
    """Everything that people read of a register."""
    found = {name: sorted(map(repr, register.execute(query))) for name, query in CONTENT.items()}
    found["evidence"] = sorted(evidence(register))
    return found


def mark(register: sqlite3.Connection) -> str:
    """A mark of all that imports brought: not of the program's own words, nor of when runs were undone."""
    found = {name: rows for name, rows in content(register).items() if name not in ("term", "link type", "run")}
    return hashlib.sha256(repr(sorted(found.items())).encode()).hexdigest()[:16]


def evidence(register: sqlite3.Connection) -> Iterator[str]:
    """What each item rests on: source, place and the rest of it."""
    rests: dict[tuple[str, int], set[str]] = {}
    stated = {
        row: repr(rest)
        for row, *rest in register.execute(
            "SELECT e.id, s.key, locator, quote, basis, confidence, c.key, note FROM evidence e "
            "JOIN source s ON s.id = source_id LEFT JOIN record c ON c.id = claimant_id"
        )
    }
    keys = dict(register.execute("SELECT id, key FROM source"))
    for subject, item, row in register.execute("SELECT subject, subject_id, evidence_id FROM item_evidence"):
        # The evidence of a told record was the number of its source and of its row in one.
        source, line = divmod(row, 1 << 32)
        told = repr([keys.get(source), f"row {line}", None, "stated", None, None, None])
        rests.setdefault((subject, item), set()).add(told if source else stated[row])
    for subject, query in _ITEMS.items():
        for item, *told in register.execute(query):
            yield repr((subject, told, sorted(rests.get((subject, item), ()))))
