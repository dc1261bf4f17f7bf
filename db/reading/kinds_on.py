"""What records were on a day that were something else then: their kind, and the type within it."""

import sqlite3
from collections.abc import Mapping
from typing import NamedTuple

from db.reading.as_of import Day

EARLIER_TYPE = "earlier-type"
"""The property of facts that tell what a record was, and until when."""


class Kind(NamedTuple):
    """What a record is: its kind, and the type within it."""

    kind: str
    type: str | None


def kinds_on(connection: sqlite3.Connection, day: Day, now: Mapping[int, Kind]) -> dict[int, Kind]:
    """Return kind and type on `day` by record id, for those that were something else then; `now` is what they are."""
    listed = ",".join(map(str, now))
    found: dict[int, tuple[str, str]] = {}
    for record_id, earlier, text in connection.execute(
        f"SELECT record_id, value, text FROM fact WHERE record_id IN ({listed}) AND property = ?", (EARLIER_TYPE,)
    ):
        until = str(text).removeprefix("until ")
        if not day.follows(until) and until < found.get(record_id, ("~", ""))[0]:
            found[record_id] = until, earlier
    kinds = {"arrangement_types": "arrangement", "organisation_types": "organisation", "site_types": "site"}
    words = (
        {
            name: kinds[vocabulary]
            for name, vocabulary in connection.execute(
                "SELECT name, vocabulary FROM term WHERE vocabulary LIKE '%_types'"
            )
            if vocabulary in kinds
        }
        if found
        else {}
    )
    return {record: Kind(words.get(earlier, now[record].kind), earlier) for record, (_, earlier) in found.items()}
