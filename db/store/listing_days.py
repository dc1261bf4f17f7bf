"""The last day of which sources tell of records, which decides whether their predecessors have passed on."""

from __future__ import annotations

import json
from collections.abc import Iterable

from db.dates import earliest
from db.store.changelog import Changelog
from db.store.identity import RecordIndex
from db.store.sources import SourceIndex

_SAYING = """
SELECT s.record_id, s.source_id, s.ended IS NULL FROM json_each(?1) j CROSS JOIN _statement s ON s.record_id = j.value
 WHERE s.withdrawn IS NULL AND json_extract(s.body, '$.partial', '$.by_name') = '[null,null]' GROUP BY 1, 2, 3
UNION ALL
SELECT m.id, e.source_id, 1
  FROM json_each(?1) j CROSS JOIN _sole m ON m.id = j.value JOIN evidence e ON e.id = m.evidence_id
"""


def listing_days(
    changelog: Changelog, records: RecordIndex, sources: SourceIndex, keys: Iterable[str]
) -> dict[str, str]:
    """Return the last day of which a source tells that describes a record, by key; none where that is unknown.

    Who knows it by its name alone describes whatever has the name.
    Of a source of a month or a year it is the first day of that: on no later one it need have been so.
    """
    found = {record: key for key in sorted(keys) if (record := records.find(key)) is not None}
    if not found:
        return {}
    days: dict[str, str] = {}
    changelog.flush_table("_statement")
    for record, source, standing in changelog.connection.execute(_SAYING, (json.dumps(list(found)),)):
        voice = (sources.repeating(source) if standing else None) or sources.voice(source)
        day = earliest(voice.published)
        if day is not None:
            days[found[record]] = max(day, days.get(found[record], ""))
    return days
