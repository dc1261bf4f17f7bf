"""Which links count: those that are not past, or as of a day those that nothing rules out, as `standing` judges."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from db.dates import today
from db.parameters import id_list
from db.parties import Party
from db.reading.as_of import Day
from db.reading.standing import Tie, TieEnd, standing, stood

_ENDS = """
SELECT l.id, t.name, t.category, l.since, l.until, l.status, l.gone IS NOT NULL, g.published,
       a.status, a.open, a.opened, a.closed, b.status, b.open, b.opened, b.closed
  FROM json_each(?) j CROSS JOIN link l ON l.id = j.value
  JOIN link_type t ON t.id = l.type_id JOIN record a ON a.id = l.source_id JOIN record b ON b.id = l.target_id
  LEFT JOIN source g ON g.id = l.gone"""
_NOBODY = Party("", "")


def day_asked(as_of: Day | None) -> Day | None:
    """Return the day as of which links count, None where it is today: what stands now stands as of today."""
    return None if as_of is None or as_of.iso == today() else as_of


class Holding:
    """Tells which links count on a day, or today where it is None.

    The days of lists, which take evidence to read, do not bear on that: they tell what is current of what counts.
    """

    def __init__(self, connection: sqlite3.Connection, day: Day | None, acts: Collection[int]) -> None:
        self._connection = connection
        self._day = day
        self._now = Day(today())
        done = f"l.type_id IN ({','.join(map(str, sorted(acts)))})"
        closed = "near.open IS 0 OR far.open IS 0"
        if day is None:
            self.ruled_out = f"(l.status IS 'past' OR NOT {done} AND (l.gone IS NOT NULL OR {closed}))"
            self.plain = f"(l.until IS NULL OR {done})"
        else:
            dates = ("l.since", "l.until", "l.gone", "near.opened", "near.closed", "far.opened", "far.closed")
            self.ruled_out = "0"
            self.plain = f"coalesce({', '.join(dates)}) IS NULL"

    ruled_out: str
    """SQL of link `l` between `near` and `far` that is true only of some that do not count."""
    plain: str
    """SQL that is true only of links that count, of those that are not ruled out: it saves judging each."""

    def among(self, links: Sequence[int]) -> Iterator[int]:
        """Yield those of some links, by their numbers, that count."""
        for row in self._connection.execute(_ENDS, (id_list(links),)):
            if self._counts(row):
                yield row[0]

    def _counts(self, row: Sequence[Any]) -> bool:
        _, name, category, since, until, status, gone, gone_day, *ends = row
        near, far = (
            TieEnd(_NOBODY, state, None if is_open is None else bool(is_open), opened, closed)
            for state, is_open, opened, closed in (ends[:4], ends[4:])
        )
        tie = Tie(name, category, since, until, status, near, far, None, None, bool(gone), gone_day)
        return standing(tie, self._now).status != "past" if self._day is None else stood(tie, self._day) is not False
