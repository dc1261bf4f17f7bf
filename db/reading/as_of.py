"""The register as it stood on a day: what known dates exclude is left out, what is undated stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from db import dates
from db.errors import UsageError

EARLIER_TYPE = "earlier-type"
"""The property of facts that tell what a record was, and until when."""

NOT_YET_OPEN = "not yet open"
"""Status of a record on a day before it opened; no source says it, so no vocabulary holds it."""


class DatedName(NamedTuple):
    """A name that its record went by, official at some time, with the dates that are known of it."""

    name: str
    kind: str
    since: str | None
    until: str | None


class Kind(NamedTuple):
    """What a record is: its kind, and the type within it."""

    kind: str
    type: str | None


class Day:
    """One day, against which dates that may be partial or unknown are held."""

    __slots__ = ("iso",)

    def __init__(self, text: str) -> None:
        """Take a date of the EDTF subset; a month or a year stands for its last day. Raises UsageError."""
        try:
            last = dates.latest(dates.parse(text.strip()))
        except ValueError as error:
            raise UsageError(f"as-of date: {error}") from error
        if last is None:
            raise UsageError(f"as-of date: '{text.strip()}' has no year; write 2016, 2016-07 or 2016-07-08")
        self.iso = last

    def precedes(self, start: str | None) -> bool:
        """Tell whether `start` is known to be later than the day."""
        first = dates.earliest(start)
        return first is not None and first > self.iso

    def follows(self, end: str | None) -> bool:
        """Tell whether `end` is known to be earlier than the day; an end's own day still counts."""
        last = dates.latest(end)
        return last is not None and last < self.iso

    def excludes(self, start: str | None, end: str | None) -> bool:
        """Tell whether what is known of `start` and `end` rules the day out."""
        return self.precedes(start) or self.follows(end)

    def state(
        self, is_open: bool | None, status: str | None, opened: str | None, closed: str | None
    ) -> tuple[bool | None, str | None]:
        """Return whether a record was open on the day and its status then, from what they are now and its dates."""
        if self.precedes(opened):
            return False, NOT_YET_OPEN
        if self.follows(closed):
            return False, status if is_open is False else "closed"
        if is_open is False and dates.latest(closed) is not None:
            return True, "open" if status == "closed" else None
        return is_open, status

    def name(self, names: Sequence[DatedName], now: str) -> str:
        """Return the name in force on the day: `now`, unless dates tell of another."""
        kept = [name for name in names if not self.excludes(name.since, name.until)]
        told = [name for name in kept if dates.latest(name.until) or (name.kind == "official" and name.since)]
        if told:
            newest = max(dates.earliest(name.since) or "" for name in told)
            latest_begun = [name for name in told if (dates.earliest(name.since) or "") == newest]
            return min(latest_begun, key=lambda name: dates.latest(name.until) or "~").name
        ruled_out = any(name.name == now for name in names) and not any(name.name == now for name in kept)
        return kept[0].name if ruled_out and len(kept) == 1 else now


def names_on(connection: sqlite3.Connection, day: Day, now: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return the name in force on `day` by record id, for pairs of record id and present name."""
    present = dict(now)
    dated: dict[int, list[DatedName]] = {}
    # Written out, because a view looks up numbers that it is given and reads all rows for those of a subquery.
    listed = ",".join(map(str, present))
    for record_id, *name in connection.execute(
        "SELECT record_id, name, kind, since, until FROM name "
        f"WHERE record_id IN ({listed}) AND kind IN ('official', 'former') ORDER BY id"
    ):
        dated.setdefault(record_id, []).append(DatedName(*name))
    return {record_id: day.name(dated.get(record_id, ()), name) for record_id, name in present.items()}


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
