"""What the search index will hold of a record that was compared with its row, made of the rows that it will have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from operator import itemgetter
from typing import Any

from db.logged_rows import COLUMNS
from db.search.made_rows import OwnText
from db.search.record_texts import NO_TYPE, TypeWords
from db.search.rows import plain_text
from db.store.changed_rows import ChangedPair
from db.store.deferred_changes import Call
from db.store.prepare import RECORD

_of_record = itemgetter(
    *(
        COLUMNS["record"].index(one) - 1
        for one in ("kind", "type", "name", "status", "open", "town", "county", "postcode")
    )
)
_KIND, _TYPE = RECORD.index("kind"), RECORD.index("type")
_ROLE = 3
"""The place of the role in a link as rows are prepared with it."""
Rows = dict[int, tuple[Any, ...]]
"""Rows of a table by their numbers, without these."""


def facts_of(pair: ChangedPair) -> Rows:
    """Return the facts that are held of a record, before those are left out that its rows state alike."""
    return dict(pair.current.facts.by_key.values())


def made_text(pair: ChangedPair, facts: Rows, calls: Iterable[Call], types: Mapping[str, TypeWords]) -> OwnText | None:
    """Return what the index will hold of a record of which one row said all; None where others may tell of it as well.

    `facts` are those that were held of it, `calls` what changes.
    """
    row = pair.row
    if row.found_by is None or row.record is None or any(link[_ROLE] for link in (*pair.links, *row.own, *row.far)):
        return None
    record = pair.current.record or ()
    rows = {"name": dict(pair.current.names.by_key.values()), "fact": facts}
    for what, table, number, *given in calls:
        if table == "record" and what == "replace":
            record = given[1]
        elif table not in rows:
            continue
        elif what == "insert":
            rows[table][number] = given[0]
        elif what == "replace":
            rows[table][number] = given[1]
        elif what == "delete":
            del rows[table][number]
    kind, type_name, name, status, is_open, town, county, postcode = _of_record(record)
    if (kind, type_name) != (row.record[_KIND], row.record[_TYPE]):
        return None
    names = [(name, "official")]
    for _, one, name_kind, _, _, verbatim in rows["name"].values():
        names.append((one, name_kind))
        if verbatim:
            names.append((verbatim, name_kind))
    # A fact upon a link is none of the record.
    said = [(values[2], values[3], values[6]) for values in rows["fact"].values() if values[0] is not None]
    return plain_text(
        kind, type_name, status, is_open, names, said, (), town, county, postcode, types.get(type_name or "", NO_TYPE)
    )
