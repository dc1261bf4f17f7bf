"""Who states the very value that is shown of a record, where several sources describe it and not all of them do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from db.model import Evidence


def stated(
    connection: sqlite3.Connection,
    record_id: int,
    own: tuple[int, ...],
    evidence: tuple[Evidence, ...],
    shown: Mapping[str, object],
) -> dict[str, tuple[int, ...]]:
    """Return the evidence of those values in `shown`, by the names of fields, for which not all of `own` speaks.

    `own` is the evidence of the record itself. A value that nobody states as it is shown is left out.
    """
    sources = {proof.id: proof.source.key for proof in evidence}
    rows = connection.execute(
        "SELECT s.key, d.body FROM _statement d JOIN source s ON s.id = d.source_id"
        " WHERE d.record_id = ? AND d.withdrawn IS NULL",
        (record_id,),
    )
    speakers: dict[str, set[str]] = {}
    for key, body in rows:
        statement = json.loads(body)
        cited = {cite["source"] for cite in statement.get("cites", ())} or {key}
        for name, value in shown.items():
            if value and not statement.get("partial") and _alike(statement.get(name), value):
                speakers.setdefault(name, set()).update(cited)
    told = {name: tuple(one for one in own if sources[one] in keys) for name, keys in speakers.items()}
    return {name: found for name, found in told.items() if found and found != own}


def _alike(said: object, shown: object) -> bool:
    """Whether two values are one, case aside, which is no disagreement; a part that is empty is as good as none."""
    if isinstance(said, dict) and isinstance(shown, dict):
        return all(_alike(said.get(name) or "", shown.get(name) or "") for name in {*said, *shown})
    return str(said).casefold() == str(shown).casefold()
