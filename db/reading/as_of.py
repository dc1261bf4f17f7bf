"""The register as it stood on a day: what known dates exclude is left out, what is undated stays."""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from db import dates
from db.errors import UsageError

EARLIER_TYPE = "earlier-type"
"""The property of facts that tell what a record was, and until when."""

NOT_YET_OPEN = "not yet open"
"""Status of a record on a day before it opened; no source says it, so no vocabulary holds it."""


_AS_WRITTEN = "as-written"
_NAMED = ("official", "former", _AS_WRITTEN)
"""Kinds of names that may have been what a record was called."""
_WORD = re.compile(r"\w+")
_MONTHS = 6
"""For which a list speaks at least."""


class DatedName(NamedTuple):
    """A name that its record went by, with the dates that are known of it."""

    name: str
    kind: str
    since: str | None
    until: str | None
    listed_first: str | None = None
    """The first day on which a source has it."""
    listed_last: str | None = None


class Kind(NamedTuple):
    """What a record is: its kind, and the type within it."""

    kind: str
    type: str | None


class Day:
    """One day, against which dates that may be partial or unknown are held."""

    __slots__ = ("iso",)

    def __init__(self, text: str) -> None:
        """Take a date, in words or not; a month or a year stands for its last day. Raises UsageError."""
        try:
            last = dates.latest(dates.parse_day(text))
        except ValueError as error:
            raise UsageError(f"as-of date: {error}") from error
        assert last is not None  # it has a year
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

    def is_spoken_for(self, listed: str | None) -> bool:
        """Tell whether a list of the day `listed` speaks for this one, of its year or of the six months after it."""
        first = dates.earliest(listed)
        if first is None or first > self.iso:
            return False
        year, month = divmod(int(first[:4]) * 12 + int(first[5:7]) - 1 + _MONTHS, 12)
        return self.iso <= max(f"{first[:4]}-12-31", f"{year:04d}-{month + 1:02d}-{first[8:]}")

    def is_listed_around(self, first: str | None, last: str | None) -> bool:
        """Tell whether lists have something on the day, or before it and after, by the first and the last that do."""
        around = last is not None and not self.precedes(first) and not self.follows(last)
        return around or self.is_spoken_for(last)

    def name(self, names: Sequence[DatedName], now: str) -> str:
        """Return the name in force on the day: `now`, unless dates tell of another, or the lists of the time."""
        named = [name._replace(kind="official") if name.name == now else name for name in names]
        kept = [name for name in named if name.kind in _NAMED and not self.excludes(name.since, name.until)]
        proper = [name for name in kept if name.kind != _AS_WRITTEN]
        told = [name for name in proper if dates.latest(name.until) or (name.kind == "official" and name.since)]
        if told:
            newest = max(dates.earliest(name.since) or "" for name in told)
            latest_begun = [name for name in told if (dates.earliest(name.since) or "") == newest]
            return min(latest_begun, key=lambda name: dates.latest(name.until) or "~").name
        ruled_out = any(name.name == now for name in names) and not any(name.name == now for name in kept)
        if ruled_out and len(proper) == 1:
            return proper[0].name
        return now if ruled_out else self._listed_name(kept, now)

    def _listed_name(self, names: Sequence[DatedName], now: str) -> str:
        """Return the name that lists of the day gave: those around it, else the last before it or the first after.

        What a list calls it in passing counts only around its own day, where that is no shorter form of a proper name.
        """
        proper = [name for name in names if name.kind != _AS_WRITTEN and name.listed_first]
        proper.sort(key=lambda name: (name.name != now, name.kind != "official"))
        words = [_words(name.name) for name in names if name.kind != _AS_WRITTEN]
        written = [name for name in names if name.kind == _AS_WRITTEN]
        others = [name for name in written if not any(_words(name.name) <= of for of in words)]
        around = [name for name in (*proper, *others) if self.is_listed_around(name.listed_first, name.listed_last)]
        if around:
            return around[0].name
        before = [name for name in proper if not self.precedes(name.listed_first)]
        if before:
            return max(before, key=lambda name: dates.latest(name.listed_last) or "").name
        return min(proper, key=lambda name: dates.earliest(name.listed_first) or "~").name if proper else now


def day_or_none(text: str | None) -> Day | None:
    """Return the day that a text means, None where none is asked for. Raises UsageError."""
    return None if text is None else Day(text)


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold()))


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
