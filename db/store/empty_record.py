"""What is left of a record of which nobody says anything any more."""

from __future__ import annotations

from typing import Any

from db.logged_rows import COLUMNS
from db.store.changelog import Changelog
from db.store.current_rows import load_current
from db.store.identity import RecordIndex

_LEADING = "SELECT id FROM link WHERE source_id = ?1 UNION SELECT id FROM link WHERE target_id = ?1"
_CLAIMS = "SELECT 1 FROM evidence WHERE claimant_id = ?1 UNION ALL SELECT 1 FROM source WHERE record_id = ?1"


def empty_record(changelog: Changelog, records: RecordIndex, record: int) -> None:
    """Leave a code of which nothing is known where others lead to it, and else nothing."""
    changelog.flush()
    held = load_current(changelog.connection, [record])[record]
    key, kind = (held.record or ("", ""))[:2]
    links = {row for row, _ in held.links.by_key.values()}
    led_to = {row for (row,) in changelog.connection.execute(_LEADING, (record,))} - links
    stays = bool(led_to) or changelog.connection.execute(_CLAIMS, (record,)).fetchone() is not None
    for table, rows in held.own():
        for natural, (row, _) in rows.by_key.items():
            if not (stays and table == "identifier" and f"{natural[0]}:{natural[1]}" == key):
                changelog.delete(table, row)
                if table == "identifier":
                    records.forget(str(natural[0]), str(natural[1]))
    changelog.uncite("record", record)
    records.forget(*key.split(":", 1))
    if not stays:
        changelog.delete("record", record)
        return
    nothing: dict[str, Any] = dict.fromkeys(COLUMNS["record"][1:])
    nothing |= {"key": key, "kind": kind, "name": key.partition(":")[2], "placeholder": 1}
    changelog.update("record", record, **nothing)
    records.uncall(record)
    changelog.flush()
