"""Which records were there on a day, and whether they were open: asked of many at once."""

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.parameters import id_list
from db.reading.as_of import Day
from db.search.conditions import Statuses
from db.search.filter_values import statuses_meant
from db.search.query import Filter

# A date is held against as much of the day as it tells: `2016` is after 2015 and before 2017. `XXXX-07` tells nothing.
_THERE = """
SELECT r.id,
       CASE WHEN r.closed < substr(:day, 1, length(r.closed)) THEN 2
            WHEN r.open = 0 THEN iif(r.closed NOT LIKE 'X%', 0, 2)
            WHEN r.open THEN 0 ELSE 1 END AS shut
  FROM json_each(:ids) j CROSS JOIN record r ON r.id = j.value
 WHERE (r.opened IS NULL OR r.opened LIKE 'X%' OR r.opened <= substr(:day, 1, length(r.opened)))
   AND (:closed OR coalesce(r.closed >= substr(:day, 1, length(r.closed)), 1)
        AND (shut < 2 OR r.kind NOT IN ('organisation', 'site')))
"""


_STATED = "SELECT r.id, r.open, r.status, r.opened, r.closed FROM json_each(?) j CROSS JOIN record r ON r.id = j.value"


class StatusFilters(NamedTuple):
    """The statuses that are asked for, which on another day are not those by which the index is arranged."""

    either: tuple[Statuses, ...] = ()
    none_of: tuple[Statuses, ...] = ()

    @property
    def closed_too(self) -> bool:
        """Whether one of them asks for something closed."""
        return any(one.closed_too for one in self.either)

    @property
    def hints(self) -> tuple[str, ...]:
        """What is to be said of those that mean nothing."""
        return tuple(dict.fromkeys(one.hint for one in (*self.either, *self.none_of) if one.hint))

    def let_through(self, status: str | None, shut: int) -> bool:
        """Tell whether a record passes that had a status on the day, and was as open as `there_on` tells."""
        return (not self.either or any(_is(one, status, shut) for one in self.either)) and not any(
            _is(one, status, shut) for one in self.none_of
        )


ANY = StatusFilters()
"""What no filters on statuses come to."""


def status_filters(conn: sqlite3.Connection, filters: Sequence[Filter]) -> StatusFilters:
    """Return what the filters say of statuses."""
    asked = [(one.negated, statuses_meant(conn, one.value)) for one in filters if one.field == "status"]
    return StatusFilters(
        tuple(meant for negated, meant in asked if not negated), tuple(meant for negated, meant in asked if negated)
    )


def there_on(
    conn: sqlite3.Connection, ids: Iterable[int], day: Day, *, closed: bool, asked: StatusFilters = ANY
) -> dict[int, int]:
    """Return how open those of some records were that existed on a day, by their numbers: 0 is open, 1 unknown, 2 shut.

    Organisations and sites that were shut are left out unless `closed`, and what had not the status that is `asked`.
    """
    there = dict(conn.execute(_THERE, {"ids": id_list(ids), "day": day.iso, "closed": closed}).fetchall())
    if asked == ANY:
        return there
    return {
        number: there[number]
        for number, is_open, *told in conn.execute(_STATED, (id_list(there),))
        if asked.let_through(day.state(None if is_open is None else bool(is_open), *told)[1], there[number])
    }


def _is(meant: Statuses, status: str | None, shut: int) -> bool:
    if meant.openness is not None:
        return meant.openness[0] <= shut <= meant.openness[1]
    return status in meant.names
