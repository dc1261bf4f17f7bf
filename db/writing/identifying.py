"""Records that only a code stands for, when another record turns out to have that code: they are one.

Whoever comes first, a list that knows a body by one code and a list that knows it by two speak of one record.
"""

from __future__ import annotations

import json

from db.writing.books import RecordBook, SourceBook
from db.writing.joining import Joiner
from db.writing.ledger import Ledger
from db.writing.materialise import Materialiser
from db.writing.meaning import Meant


def join_codes(ledger: Ledger, records: RecordBook, sources: SourceBook, materialiser: Materialiser) -> set[int]:
    """Join what is asked about as one code of two records where one of them is not described; return what changed."""
    ledger.flush()
    changed: set[int] = set()
    joiner = Joiner(ledger, records, sources, materialiser)
    rows = ledger.connection.execute(
        "SELECT s.id, s.what, s.candidates, r.key FROM suggestion s JOIN record r ON r.id = s.record_id "
        "WHERE s.rule = 'same-identifier' AND s.state = 'open' ORDER BY s.what, r.key"
    ).fetchall()
    for row, what, candidates, key in rows:
        (code,) = json.loads(candidates)
        target = records.find(key)
        own = _own(ledger, code) if code == what.partition(" ")[0] else None
        if own is None or target is None or target == own:
            continue
        ledger.delete("suggestion", row)
        changed |= joiner.join(code, own, Meant(key, inferred=False), target)
    for target, _, code in list(materialiser.declared):
        own = _own(ledger, code)
        meant = records.key(target)
        if own is not None and meant is not None and target != own:
            changed |= joiner.join(code, own, Meant(meant, inferred=False), target)
    return changed


def _own(ledger: Ledger, code: str) -> int | None:
    """Return the record that nothing but a code stands for."""
    row = ledger.connection.execute("SELECT id FROM record WHERE key = ? AND placeholder", (code,)).fetchone()
    return None if row is None else int(row[0])
