"""Which name of a record was in force on a day: by the dates of its names, else by the lists of that time."""

import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.dates import earliest, latest
from db.parameters import id_list
from db.reading.as_of import Day
from db.reading.citations import own_or_inherited
from db.reading.listings import first_and_last, releases

_FORMERLY_NAMED = """
SELECT DISTINCT r.id, r.opened
  FROM json_each(?) j CROSS JOIN name n ON n.record_id = j.value AND n.kind = 'former'
  JOIN record r ON r.id = n.record_id"""
_AS_WRITTEN = "as-written"
_NAMED = ("official", "former", _AS_WRITTEN)
"""Kinds of names that may have been what a record was called."""
_WORD = re.compile(r"\w+")


class DatedName(NamedTuple):
    """A name that its record went by, with the dates that are known of it."""

    name: str
    kind: str
    since: str | None
    until: str | None
    listed_first: str | None = None
    """The first day on which a source has it."""
    listed_last: str | None = None


def names_on(connection: sqlite3.Connection, day: Day, now: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return the name in force on `day` by record id, for pairs of record id and present name."""
    present = dict(now)
    dated = dated_names(connection, present)
    return {record_id: name_on(day, dated.get(record_id, ()), name) for record_id, name in present.items()}


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
    from db.search.text import spellings  # 1 ms, and most records that are read lead to none with a former name

    for text, record, now in wanted:
        day = Day(text)
        then = name_on(day, names.get(record, ()), now)
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
    A list of a year, in which its type began, that is the first to have a name is of no day before that.
    """
    owners = {row: record for record, names in rows.items() for row, _ in names}
    evidence, days = own_or_inherited(connection, "name", owners)
    released, began = releases(connection), _began(connection, rows)
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
            if (day := began.get(record)) and first and (earliest(first) or "") < day <= (latest(first) or ""):
                first = day
            found.setdefault(record, []).append(name._replace(listed_first=first, listed_last=last))
    return found


def _began(connection: sqlite3.Connection, records: Iterable[int]) -> dict[int, str]:
    """Return the first day on which there were bodies of the type that was conferred on records, by their numbers."""
    return dict(
        connection.execute(
            "SELECT r.id, json_extract(t.extra, '$.began') FROM json_each(?) j CROSS JOIN record r ON r.id = j.value"
            " JOIN term t ON t.vocabulary = 'organisation_types' AND t.name = r.type"
            " WHERE json_extract(t.extra, '$.conferred') AND json_extract(t.extra, '$.began') IS NOT NULL",
            (id_list(records),),
        )
    )


def name_on(day: Day, names: Sequence[DatedName], now: str) -> str:
    """Return the name in force on the day: `now`, unless dates tell of another, or the lists of the time."""
    named = [name._replace(kind="official") if name.name == now else name for name in names]
    kept = [name for name in named if name.kind in _NAMED and not day.excludes(name.since, name.until)]
    proper = [name for name in kept if name.kind != _AS_WRITTEN]
    told = [name for name in proper if latest(name.until) or (name.kind == "official" and name.since)]
    if told:
        newest = max(earliest(name.since) or "" for name in told)
        latest_begun = [name for name in told if (earliest(name.since) or "") == newest]
        return min(latest_begun, key=lambda name: latest(name.until) or "~").name
    ruled_out = any(name.name == now for name in names) and not any(name.name == now for name in kept)
    if ruled_out and len(proper) == 1:
        return proper[0].name
    return now if ruled_out else _listed_name(day, kept, now)


def _listed_name(day: Day, names: Sequence[DatedName], now: str) -> str:
    """Return the name that lists of the day gave: those around it, else the last before it or the first after.

    What a list calls it in passing counts only around its own day, where that is no shorter form of a proper name.
    """
    proper = [name for name in names if name.kind != _AS_WRITTEN and name.listed_first]
    proper.sort(key=lambda name: (name.name != now, name.kind != "official"))
    words = [_words(name.name) for name in names if name.kind != _AS_WRITTEN]
    written = [name for name in names if name.kind == _AS_WRITTEN]
    others = [name for name in written if not any(_words(name.name) <= of for of in words)]
    around = [name for name in (*proper, *others) if day.is_listed_around(name.listed_first, name.listed_last)]
    if around:
        return around[0].name
    before = [name for name in proper if not day.precedes(name.listed_first)]
    if before:
        return max(before, key=lambda name: latest(name.listed_last) or "").name
    return min(proper, key=lambda name: earliest(name.listed_first) or "~").name if proper else now


def _words(name: str) -> frozenset[str]:
    return frozenset(_WORD.findall(name.casefold()))
