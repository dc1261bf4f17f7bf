"""Which name of a record was in force on a day: by the dates of its names, else by the lists of that time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.dates import latest
from db.parameters import id_list
from db.reading.as_of import DatedName, Day
from db.reading.citations import own_or_inherited
from db.reading.listings import first_and_last, releases

_FORMERLY_NAMED = """
SELECT DISTINCT r.id, r.opened
  FROM json_each(?) j CROSS JOIN name n ON n.record_id = j.value AND n.kind = 'former'
  JOIN record r ON r.id = n.record_id"""


def names_on(connection: sqlite3.Connection, day: Day, now: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return the name in force on `day` by record id, for pairs of record id and present name."""
    present = dict(now)
    dated = dated_names(connection, present)
    return {record_id: day.name(dated.get(record_id, ()), name) for record_id, name in present.items()}


def names_then(
    connection: sqlite3.Connection, dated: Iterable[tuple[str, int, str]], *, happened: bool
) -> dict[tuple[str, int], str]:
    """Return the former names that records went by on days, by day and record id, where dates or lists of the time
    tell so; on the day on which it opened a record had the first name that lists give it.

    Given are a day, a record id and its present name; another spelling of that is no other name. Where something
    `happened` on the days, a name may have come with it: a list speaks for no day after its own.
    """
    wanted = set(dated)
    opened = dict(connection.execute(_FORMERLY_NAMED, (id_list({record for _, record, _ in wanted}),)))
    names = dated_names(connection, opened)
    found: dict[tuple[str, int], str] = {}
    if not names:
        return found
    from db.search.text import spellings  # late: most records that are read lead to none with a former name

    for text, record, now in wanted:
        day = Day(text)
        then = day.name(names.get(record, ()), now)
        told = (one for one in names.get(record, ()) if one.name == then and one.kind == "former")
        begins = text == opened.get(record)
        if any(_is_told(one, day, begins=begins, happened=happened) for one in told) and (
            spellings(then).isdisjoint(spellings(now))
        ):
            found[text, record] = then
    return found


def _is_told(name: DatedName, day: Day, *, begins: bool, happened: bool) -> bool:
    """Tell whether a name that was in force on a day is told to have been so then."""
    if name.until or (begins and name.listed_first):
        return True
    if happened:
        return name.listed_last is not None and not day.excludes(name.listed_first, name.listed_last)
    return day.is_listed_around(name.listed_first, name.listed_last)


def dated_names(connection: sqlite3.Connection, records: Iterable[int]) -> dict[int, list[DatedName]]:
    """Return the names of records; where one has several, with the days on which sources have them."""
    rows: dict[int, list[tuple[int, DatedName]]] = {}
    # Written out, because a view looks up numbers that it is given and reads all rows for those of a subquery.
    listed = ",".join(map(str, records))
    for row, record_id, *name in connection.execute(
        f"SELECT id, record_id, name, kind, since, until FROM name WHERE record_id IN ({listed}) ORDER BY id"
    ):
        rows.setdefault(record_id, []).append((row, DatedName(*name)))
    several = {record_id: names for record_id, names in rows.items() if len(names) > 1}
    dated = {record_id: [name for _, name in names] for record_id, names in rows.items()}
    return dated | (_listed(connection, several) if several else {})


def _listed(connection: sqlite3.Connection, rows: dict[int, list[tuple[int, DatedName]]]) -> dict[int, list[DatedName]]:
    """Return names with the first and the last day on which sources have them, by record.

    A former name that some go on giving a record was its name up to the last list before one that has an official name.
    """
    owners = {row: record for record, names in rows.items() for row, _ in names}
    evidence, days = own_or_inherited(connection, "name", owners)
    released = releases(connection)
    found: dict[int, list[DatedName]] = {}
    for record, names in rows.items():
        told = {row: [days[one] for one in evidence[row]] for row, _ in names}
        seen = {row: first_and_last(told[row], released) for row in told}
        official = min((seen[row][0] or "~" for row, name in names if name.kind == "official"), default="~")
        for row, name in names:
            first, last = seen[row]
            if name.kind == "former" and last and last >= official:
                before = [one for one in told[row] if (latest(one[0]) or "~") < official]
                last = first_and_last(before, released)[1] or last
            found.setdefault(record, []).append(name._replace(listed_first=first, listed_last=last))
    return found
