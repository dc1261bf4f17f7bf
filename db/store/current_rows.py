"""What the register holds of some records at the moment: the rows that resolving anew is compared with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from db.logged_rows import COLUMNS, SUBJECTS
from db.parameters import chunks

Natural = tuple[Any, ...]


@dataclass(slots=True)
class RowsByKey:
    """Rows of one table that belong to one record, by what makes each of them itself: id, and values without the id."""

    by_key: dict[Natural, tuple[int, tuple[Any, ...]]] = field(default_factory=dict)


@dataclass(slots=True)
class CurrentRecord:
    """Everything held of one record; `cited` is by (subject, row)."""

    record: tuple[Any, ...] | None = None
    names: RowsByKey = field(default_factory=RowsByKey)
    identifiers: RowsByKey = field(default_factory=RowsByKey)
    facts: RowsByKey = field(default_factory=RowsByKey)
    events: RowsByKey = field(default_factory=RowsByKey)
    values: RowsByKey = field(default_factory=RowsByKey)
    links: RowsByKey = field(default_factory=RowsByKey)
    link_facts: dict[int, RowsByKey] = field(default_factory=dict)
    link_values: dict[int, RowsByKey] = field(default_factory=dict)
    cited: dict[tuple[str, int], frozenset[int]] = field(default_factory=dict)

    def own(self) -> Iterator[tuple[str, RowsByKey]]:
        """Yield the rows that hang on the record by their tables, what hangs on others of them first."""
        yield from (("fact", rows) for rows in self.link_facts.values())
        yield from (("value", rows) for rows in self.link_values.values())
        yield from (("value", self.values), ("link", self.links), ("name", self.names), ("fact", self.facts))
        yield from (("event", self.events), ("identifier", self.identifiers))


def natural_name(values: Sequence[Any]) -> Natural:
    """What makes a row of table name itself: how it is written but for its capitals, so that none is passed over."""
    return (values[1].casefold(),)


def natural_fact(values: Sequence[Any]) -> Natural:
    """What makes a row of table fact itself, beside what it is on."""
    return (values[2], repr(values[3]), *values[4:7])


def natural_event(values: Sequence[Any]) -> Natural:
    """What makes a row of table event itself."""
    return tuple(values[1:4])


def natural_value(values: Sequence[Any]) -> Natural:
    """What makes a row of table value itself, beside what it is on."""
    return tuple(values[2:4])


def natural_identifier(values: Sequence[Any]) -> Natural:
    """What makes a row of table identifier itself."""
    return (values[1], values[2])


def natural_link(values: Sequence[Any]) -> Natural:
    """What makes a row of table link itself: ends, type, role and start."""
    return tuple(values[0:5])


def load_current(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, CurrentRecord]:
    """Load everything held of some records (at most CHUNK of them)."""
    found = {row: CurrentRecord() for row in ids}
    marks = ",".join("?" * len(ids))
    for record in _select(connection, "record", f"id IN ({marks})", ids):
        found[record[0]].record = record[1:]
    for table, attribute, natural in (
        ("name", "names", natural_name),
        ("identifier", "identifiers", natural_identifier),
        ("fact", "facts", natural_fact),
        ("event", "events", natural_event),
        ("value", "values", natural_value),
    ):
        held = {row: getattr(current, attribute).by_key for row, current in found.items()}
        for row in _select(connection, table, f"record_id IN ({marks})", ids):
            values = row[1:]
            held[values[0]][natural(values)] = (row[0], values)
    _load_links(connection, ids, marks, found)
    _load_cited(connection, found)
    return found


def _select(connection: sqlite3.Connection, table: str, where: str, ids: Sequence[int]) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"SELECT {', '.join(COLUMNS[table])} FROM {table} WHERE {where} ORDER BY id", ids
    ).fetchall()


def _load_links(
    connection: sqlite3.Connection, ids: Sequence[int], marks: str, found: dict[int, CurrentRecord]
) -> None:
    columns = ", ".join(f"link.{column}" for column in COLUMNS["link"])
    owners: dict[int, int] = {}
    for end in ("source", "target"):
        rows = connection.execute(
            f"SELECT {columns} FROM link JOIN link_type ON link_type.id = link.type_id "
            f"WHERE link.{end}_id IN ({marks}) AND link_type.owner = ? ORDER BY link.id",
            (*ids, end),
        ).fetchall()
        place = 1 if end == "source" else 2
        for row in rows:
            owners[row[0]] = row[place]
            found[row[place]].links.by_key[natural_link(row[1:])] = (row[0], row[1:])
    for chunk in chunks(owners):
        for row, *values in _select(connection, "fact", f"link_id IN ({','.join('?' * len(chunk))})", chunk):
            rows_of = found[owners[values[1]]].link_facts.setdefault(values[1], RowsByKey())
            rows_of.by_key[natural_fact(values)] = (row, tuple(values))
        for row, *values in _select(connection, "value", f"link_id IN ({','.join('?' * len(chunk))})", chunk):
            rows_of = found[owners[values[1]]].link_values.setdefault(values[1], RowsByKey())
            rows_of.by_key[natural_value(values)] = (row, tuple(values))


def _load_cited(connection: sqlite3.Connection, found: dict[int, CurrentRecord]) -> None:
    whose: dict[str, dict[int, CurrentRecord]] = {subject: {} for subject in SUBJECTS}
    for record, current in found.items():
        whose["record"][record] = current
        for subject, rows in current.own():
            owners = whose[subject]
            for row, _ in rows.by_key.values():
                owners[row] = current
    for subject, owners in whose.items():
        for chunk in chunks(owners):
            marks = ",".join("?" * len(chunk))
            query = f"SELECT subject_id, evidence_id FROM _citation WHERE subject = ? AND subject_id IN ({marks})"
            for row, evidence in connection.execute(query, (subject, *chunk)):
                current = owners[row]
                current.cited[subject, row] = current.cited.get((subject, row), frozenset()) | {evidence}
