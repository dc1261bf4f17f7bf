"""Who states which value of single details: of a record each that anybody states, of links those that not all state."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping

from db.model import StatedValue
from db.parameters import id_list
from db.reading.citations import Ids, cited


def record_values(
    connection: sqlite3.Connection, record_id: int, shown: Mapping[str, str | None], own: Ids
) -> tuple[StatedValue, ...]:
    """Return each value that is stated of a record's details, the one shown first; `shown` are all details by name.

    What the table does not hold is stated by all of `own`, the evidence of the record.
    """
    rows = connection.execute(
        "SELECT what, value, chosen, why, id, record_id FROM value WHERE record_id = ?", (record_id,)
    )
    told = _by_owner(connection, rows).get(record_id, ())
    disputed = {one.what for one in told}
    agreed = [
        StatedValue(what, value, True, "all", own) for what, value in shown.items() if value and what not in disputed
    ]
    order = list(shown)
    return tuple(sorted((*agreed, *told), key=lambda one: order.index(one.what)))


def link_values(connection: sqlite3.Connection, links: Iterable[int]) -> dict[int, tuple[StatedValue, ...]]:
    """Return by link what is stated of those details that not all of its evidence states as they are shown."""
    rows = connection.execute(
        "SELECT v.what, v.value, v.chosen, v.why, v.id, v.link_id FROM json_each(?) j "
        "CROSS JOIN value v ON v.link_id = j.value",
        (id_list(links),),
    )
    return _by_owner(connection, rows)


def _by_owner(
    connection: sqlite3.Connection, rows: Iterable[tuple[str, str, int, str, int, int]]
) -> dict[int, tuple[StatedValue, ...]]:
    """Return rows of table value by what they are on: of each detail the one shown first, then the newest first."""
    kept = list(rows)
    told = cited(connection, "value", (row[4] for row in kept))
    kept.sort(key=lambda row: (row[0], not row[2], -told.place(row[4], ()), row[1]))
    found: dict[int, list[StatedValue]] = {}
    for what, value, chosen, why, row, owner in kept:
        found.setdefault(owner, []).append(StatedValue(what, value, bool(chosen), why, told.of(row, ())))
    return {owner: tuple(values) for owner, values in found.items()}
