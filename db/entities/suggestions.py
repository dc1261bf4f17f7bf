"""Suggestions: what an import believes and leaves for a person to confirm."""

from __future__ import annotations

import json
from collections.abc import Iterable

from db.store.changelog import Changelog
from db.store.identity import RecordIndex

SAME_CODE = "same-identifier"


def add_suggestions(
    changelog: Changelog,
    records: RecordIndex,
    namesakes: Iterable[tuple[str, str]],
    conflicts: list[tuple[int, str]],
) -> None:
    """Write down people who share a name, and identifiers that two records claim; each once however often it is met."""
    for key, namesake in namesakes:
        _add(
            changelog,
            records.find(key),
            "same-name",
            f"{key} and {namesake} have the same name: are they one?",
            namesake,
        )
    for record, identifier in dict.fromkeys(conflicts):
        # Either may have been joined with another record since, the two with each other.
        claimant, holder = records.key(record), records.find(identifier)
        other = None if holder is None or holder == record else records.key(holder)
        if claimant is not None and other is not None:
            _add(changelog, record, SAME_CODE, f"{identifier} is given for two records: are they one?", other)
    conflicts.clear()


def _add(changelog: Changelog, record: int | None, rule: str, what: str, candidate: str) -> None:
    changelog.flush_table("suggestion")
    packed = json.dumps([candidate])
    there = changelog.connection.execute(
        "SELECT id, state, candidates FROM suggestion WHERE record_id IS ? AND rule = ? AND what = ?",
        (record, rule, what),
    ).fetchone()
    if there:
        row, state, candidates = there
        if state == "open" and candidates != packed:
            changelog.update("suggestion", row, candidates=packed)
    else:
        changelog.insert("suggestion", (changelog.run, record, rule, what, None, packed, "open"))
