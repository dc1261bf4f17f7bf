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
        other = ledger.connection.execute(
            "SELECT id FROM record WHERE key = ? AND placeholder AND key = ?", (code, what.partition(" ")[0])
        ).fetchone()
        target = records.find(key)
        if other is None or target is None or target == other[0]:
            continue
        ledger.delete("suggestion", row)
        changed |= joiner.join(code, other[0], Meant(key, inferred=False), target)
    return changed
