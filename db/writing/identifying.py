"""Records that only a code stands for, when another record turns out to have that code: they are one.

Whoever comes first, a list that knows a body by one code and a list that knows it by two speak of one record. Two that
are described are asked about, as long as both have the code.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from db.writing.books import RecordBook, SourceBook
from db.writing.joining import Joiner
from db.writing.ledger import Ledger
from db.writing.materialise import Materialiser
from db.writing.meaning import Meant
from db.writing.settling import Settling
from db.writing.suggesting import SAME_CODE, suggest

_ASKED = f"""
SELECT s.id, s.record_id, s.what, s.candidates, r.key FROM suggestion s JOIN record r ON r.id = s.record_id
 WHERE s.rule = '{SAME_CODE}' AND s.state = 'open' ORDER BY s.what, r.key
"""


def join_codes(
    ledger: Ledger, records: RecordBook, sources: SourceBook, materialiser: Materialiser, touched: Collection[int]
) -> set[int]:
    """Join what is asked about as one code of two records where one of them is not described; return what changed.

    What is asked about touched records follows what they are now.
    """
    ledger.flush()
    changed = _ask_anew(ledger, records, sources, materialiser, touched)
    joiner = Joiner(ledger, records, sources, materialiser)
    for row, _, what, candidates, key in ledger.connection.execute(_ASKED).fetchall():
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


def _ask_anew(
    ledger: Ledger, records: RecordBook, sources: SourceBook, materialiser: Materialiser, touched: Collection[int]
) -> set[int]:
    """Settle the records that claim a code of another where either was touched; ask no more where that is over."""
    wanted = {None, *touched}
    concerned = {
        row: (record, what.partition(" ")[0])
        for row, record, what, candidates, _ in ledger.connection.execute(_ASKED).fetchall()
        if record in touched or records.find(json.loads(candidates)[0]) in wanted
    }
    if not concerned:
        return set()
    claimants = sorted({record for record, _ in concerned.values()})
    Settling(ledger, records, sources, materialiser, {}).settle(claimants)
    claimed = {*materialiser.conflicts, *((record, code) for record, _, code in materialiser.declared)}
    for row, claim in concerned.items():
        if claim not in claimed:
            ledger.delete("suggestion", row)
    suggest(ledger, records, (), materialiser.conflicts)
    ledger.flush()
    return set(claimants)


def _own(ledger: Ledger, code: str) -> int | None:
    """Return the record that nothing but a code stands for."""
    row = ledger.connection.execute("SELECT id FROM record WHERE key = ? AND placeholder", (code,)).fetchone()
    return None if row is None else int(row[0])
