"""What is told of a record, read back from the rows that it was packed into."""

from __future__ import annotations

import sqlite3

from db.model import Address
from db.packing import as_date, as_status, verbatim_text
from db.told import FactTold, LinkTold, RoleTold, Told, far_kind


def told_of(connection: sqlite3.Connection, record: int) -> Told | None:
    """Return what is told of a record, None where several sources speak of it or none."""
    row = connection.execute(
        "SELECT t.line, r.key, r.kind, r.type, r.name, t.verbatim, r.status, r.opened, r.closed, r.legal_opened, "
        "r.legal_closed, r.address, r.town, r.county, r.postcode, r.country "
        "FROM told t JOIN record r ON r.id = t.id WHERE t.id = ?",
        (record,),
    ).fetchone()
    if row is None:
        return None
    line, key, kind, type_name, name, verbatim, status, *dates, lines, town, county, postcode, country = row
    opened, closed, legal_opened, legal_closed = dates
    address = None
    if lines is not None:
        address = Address(tuple(lines.split("\n")) if lines else (), town, county, postcode, country)
    return Told(
        line, key, kind, type_name, name, verbatim_text(name, verbatim), status, opened, closed, legal_opened,
        legal_closed, address,
        _roles(connection, record), _facts(connection, record), _links(connection, record),
    )  # fmt: skip


def _roles(connection: sqlite3.Connection, record: int) -> tuple[RoleTold, ...]:
    rows = connection.execute(
        "SELECT w.word, w.label, main, active, since, until, legal_since, legal_until "
        "FROM told_role JOIN told_word w ON w.id = role WHERE record_id = ? ORDER BY place",
        (record,),
    )
    return tuple(
        RoleTold(word, label, bool(main), bool(active), *map(as_date, days))
        for word, label, main, active, *days in rows
    )


def _facts(connection: sqlite3.Connection, record: int) -> tuple[FactTold, ...]:
    rows = connection.execute(
        "SELECT w.word, value, text FROM told_fact JOIN told_word w ON w.id = property "
        "WHERE record_id = ? ORDER BY place",
        (record,),
    )
    return tuple(map(FactTold._make, rows))


def _links(connection: sqlite3.Connection, record: int) -> tuple[LinkTold, ...]:
    """Links as the record's own row states them: from it, then to it."""
    columns = "y.name, r.key, l.role, l.since, l.until, l.legal_since, l.legal_until, l.status"
    query = (
        f"SELECT {columns} FROM told_link l JOIN link_type y ON y.id = l.type_id JOIN record r ON r.id = l.{{}} "
        "WHERE l.{} = ? AND l.teller IN ({}) ORDER BY l.source_id, l.place"
    )
    found: list[LinkTold] = []
    for outward, parts in ((True, ("target_id", "source_id", "0, 1")), (False, ("source_id", "target_id", "1, 2"))):
        for type_name, key, role, *days, status in connection.execute(query.format(*parts), (record,)):
            standing = as_status(status)
            start, end, legal_start, legal_end = map(as_date, days)
            found.append(
                LinkTold(
                    type_name, key, far_kind(type_name), outward, role, start, end, legal_start, legal_end, standing
                )
            )
    return tuple(found)
