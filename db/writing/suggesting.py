"""Suggestions: what an import believes and leaves for a person to confirm."""

from __future__ import annotations

import json
from collections.abc import Iterable

from db.writing.books import RecordBook
from db.writing.ledger import Ledger


def suggest(
    ledger: Ledger,
    records: RecordBook,
    namesakes: Iterable[tuple[str, str]],
    conflicts: list[tuple[int, int, str]],
) -> None:
    """Write down people who share a name, and identifiers that two records claim; each once however often it is met."""
    for key, namesake in namesakes:
        _add(
            ledger, records.find(key), "same-name", f"{key} and {namesake} have the same name: are they one?", namesake
        )
    for record, holder, identifier in conflicts:
        ledger.flush_table("record")
        found = ledger.connection.execute("SELECT key FROM record WHERE id = ?", (holder,)).fetchone()
        if found is not None:  # else the two have been joined since
            _add(ledger, record, "same-identifier", f"{identifier} is given for two records: are they one?", found[0])
    conflicts.clear()


def _add(ledger: Ledger, record: int | None, rule: str, what: str, candidate: str) -> None:
    ledger.flush_table("suggestion")
    there = ledger.connection.execute(
        "SELECT 1 FROM suggestion WHERE record_id IS ? AND rule = ? AND what = ?", (record, rule, what)
    ).fetchone()
    if not there:
        ledger.insert("suggestion", (ledger.run, record, rule, what, None, json.dumps([candidate]), "open"))
