"""One record, in one line or in full."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from db.errors import no_record
from db.model import Address, Link, LinkPage, Record, StatedValue
from db.reading import items
from db.reading.as_of import NOT_YET_OPEN, Day
from db.reading.citations import cited
from db.reading.closings import with_who_closed
from db.reading.codes import plain_codes
from db.reading.evidence import Evidenced, details, in_order_of_use
from db.reading.fellows import with_others
from db.reading.first_links import FirstRows, first_link_rows
from db.reading.kinds_on import Kind, kinds_on, with_type_on
from db.reading.link_rows import LinkRow, link_rows
from db.reading.links import LinksOn, as_links, heading_counts, label_counts, links_on
from db.reading.names_on import names_on
from db.reading.not_dated import known_on, not_dated
from db.reading.ties import last_told, listed_before, told_of
from db.reading.type_days import type_days
from db.reading.values import record_values
from db.reading.vocabulary import TYPES, Labels
from db.results import Brief


class RecordRow(NamedTuple):
    """A record's own fields as the table holds them."""

    id: int
    key: str
    kind: str
    type: str | None
    name: str
    status: str | None
    open: bool | None
    opened: str | None
    closed: str | None
    legal_opened: str | None
    legal_closed: str | None
    form: str | None
    legal_form: str | None
    legal_basis: str | None
    basis_status: str | None
    summary: str | None
    address: str | None
    town: str | None
    postcode: str | None
    county: str | None
    country: str | None
    placeholder: int
    gone: str | None
    gone_day: str | None
    gone_title: str | None


_ROW = """
SELECT r.id, r.key, r.kind, r.type, r.name, r.status, r.open, r.opened, r.closed, r.legal_opened, r.legal_closed,
       r.form, r.legal_form, r.legal_basis, r.basis_status, r.summary, r.address, r.town, r.postcode, r.county,
       r.country, r.placeholder, s.key, s.published, s.title
  FROM record r LEFT JOIN source s ON s.id = r.gone WHERE r.key = ?"""

_JOINED = """
SELECT r.key FROM identifier i JOIN record r ON r.id = i.record_id
 WHERE i.scheme = substr(?1, 1, instr(?1, ':') - 1) AND i.value = substr(?1, instr(?1, ':') + 1)"""
"""The record that has a key for a code: that of a record which was joined with it since."""


def brief(connection: sqlite3.Connection, key: str) -> Brief:
    """Return a record in one line. Raises NotFoundError."""
    row = _row(connection, key)
    return Brief(row.key, row.kind, row.type, row.name, row.status, row.open, row.town or row.postcode, row.gone)


class LinksWanted(NamedTuple):
    """Which links are read: all, or those under each heading that has at most `most`, of others the `first`."""

    most: int | None = None
    first: int | None = None


ALL_LINKS = LinksWanted()


def record(connection: sqlite3.Connection, key: str, day: Day | None, wanted: LinksWanted | None = ALL_LINKS) -> Record:
    """Return a record, now or on a day, with all links, those that are wanted or none. Raises NotFoundError."""
    now = _row(connection, key)
    row, dated = (now, True) if day is None else _on(connection, now, day)
    words = Labels(connection)
    described = cited(connection, "record", (row.id,))
    own = described.evidence.get(row.id, ())
    names = items.names(connection, row.id, described, row.name, day)
    identifiers = items.identifiers(connection, row.id, own)
    said = items.record_facts(connection, row.id, own, words, day)
    read = _rows(connection, row.id, wanted, day)
    rows, links, undated = _links(connection, row.id, read.rows, words, day)
    events = items.events(connection, row.id, own, day)
    values = with_type_on(record_values(connection, row.id, _shown(now), own), now.type, row.type, said.every())
    items_met = (values, names, identifiers, said.there, _told(links), said.other_years, _told(undated), events)
    return Record(
        key=row.key,
        kind=row.kind,
        type=row.type,
        type_label=words.label_or_none(TYPES[row.kind], row.type),
        name=row.name,
        status=row.status,
        status_label=words.label_or_none("statuses", row.status),
        open=row.open,
        placeholder=bool(row.placeholder),
        gone=row.gone,
        form=row.form,
        legal_form=row.legal_form,
        legal_basis=row.legal_basis,
        basis_status=row.basis_status,
        summary=row.summary,
        opened=row.opened,
        closed=row.closed,
        legal_start=row.legal_opened,
        legal_end=row.legal_closed,
        address=_address(row),
        names=names,
        identifiers=identifiers,
        facts=said.there,
        links=links,
        link_counts=read.counts or label_counts(rows.there),
        heading_counts=read.under or heading_counts(rows.there),
        heading_types=_labelled(read.types, words),
        events=events,
        evidence=details(connection, in_order_of_use(own, *items_met)),
        own_evidence=own,
        values=values,
        as_of=day.iso if day else None,
        not_dated=undated,
        unlisted=row.gone_day or row.gone_title,
        listed_last=listed_before(connection, described.days.values(), row.gone_day) if row.gone else None,
        facts_of_other_years=said.other_years,
        status_last=_status_last(connection, values),
        type_days=type_days(connection, now.kind, now.type),
        later_type=words.label_or_none(TYPES[now.kind], now.type) if row.type != now.type else None,
        dated=dated,
    )


def _status_last(connection: sqlite3.Connection, values: Iterable[StatedValue]) -> str | None:
    """Return when the status of a record was last told, by those who state what is shown of it."""
    shown = (value for value in values if value.what == "status" and value.chosen)
    return last_told(connection, (one for value in shown for one in value.evidence))


def _links(
    connection: sqlite3.Connection, record_id: int, rows: list[LinkRow], words: Labels, day: Day | None
) -> tuple[LinksOn, tuple[Link, ...], tuple[Link, ...]]:
    """Return the rows of links by whether they were there, those that were, and those of which that is not dated.

    Those that were there with who else is linked so, and with who says that the other end has closed.
    """
    told = told_of(connection, record_id, rows)
    on = LinksOn(rows, []) if day is None else links_on(connection, rows, told, day)
    links = with_who_closed(connection, as_links(connection, on.there, told, words, day))
    undated = as_links(connection, on.not_dated, told, words, day, there=False)
    return on, with_others(connection, record_id, on.there, links, day), undated


def _rows(connection: sqlite3.Connection, record_id: int, wanted: LinksWanted | None, day: Day | None) -> FirstRows:
    """Return the links of a record that are wanted and how many there are; of a day all."""
    if wanted is None:
        return FirstRows([], {}, {}, {})
    if wanted.most is not None and day is None:
        first = wanted.most if wanted.first is None else wanted.first
        return first_link_rows(connection, record_id, wanted.most, first)
    return FirstRows(link_rows(connection, record_id), {}, {}, {})


def _labelled(types: Mapping[str, Mapping[tuple[str, str | None], int]], words: Labels) -> dict[str, dict[str, int]]:
    """Return how many links under each heading lead to which type, by its label."""
    return {
        name: {words.label(TYPES[kind], one or ""): number for (kind, one), number in several.items()}
        for name, several in types.items()
    }


def _shown(row: RecordRow) -> dict[str, str | None]:
    """Return the details of a record as the table holds them, by the names that they have in table value."""
    return {
        "type": row.type,
        "status": row.status,
        "opened": row.opened,
        "closed": row.closed,
        "legal_start": row.legal_opened,
        "legal_end": row.legal_closed,
        "form": row.form,
        "legal_form": row.legal_form,
        "legal_basis": row.legal_basis,
        "basis_status": row.basis_status,
        "summary": row.summary,
        "address": row.address,
        "town": row.town,
        "county": row.county,
        "postcode": row.postcode,
        "country": row.country,
    }


def link_page(
    connection: sqlite3.Connection,
    key: str,
    types: tuple[str, ...],
    direction: str | None,
    limit: int | None,
    offset: int,
    day: Day | None,
) -> LinkPage:
    """Return some of a record's links, with the evidence of those alone. Raises NotFoundError, UsageError."""
    (record_id, key) = _row(connection, key)[:2]
    page = slice(offset, None if limit is None else offset + limit)
    every = link_rows(connection, record_id, types=types, direction=direction)
    told = told_of(connection, record_id, every[page] if day is None else every)
    rows = LinksOn(every, []) if day is None else links_on(connection, every, told, day)
    words = Labels(connection)
    links = with_who_closed(connection, as_links(connection, rows.there[page], told, words, day))
    not_dated = as_links(connection, rows.not_dated[page], told, words, day, there=False)
    return LinkPage(
        key,
        len(rows.there),
        links,
        details(connection, in_order_of_use((), _told(links), _told(not_dated))),
        plain_codes(connection, {record_id: key}).get(record_id),
        day.iso if day else None,
        not_dated,
        len(rows.not_dated),
    )


def keys_after(connection: sqlite3.Connection, kind: str | None, last: str, count: int) -> list[str]:
    """Return the next keys in order after `last`, at most `count`, of one kind or of all."""
    return [
        key
        for (key,) in connection.execute(
            "SELECT key FROM record WHERE key > ?1 AND (?2 IS NULL OR kind = ?2) ORDER BY key LIMIT ?3",
            (last, kind, count),
        )
    ]


def _told(links: Iterable[Link]) -> Iterator[Evidenced]:
    """Yield links and what is said of them, in the order in which a reader meets them."""
    for link in links:
        yield link
        if link.ended_with:
            yield link.ended_with
        yield from link.values
        yield from link.facts


def _row(connection: sqlite3.Connection, key: str) -> RecordRow:
    found = connection.execute(_ROW, (key,)).fetchone()
    if found is None:
        found = connection.execute(_ROW, connection.execute(_JOINED, (key,)).fetchone() or (None,)).fetchone()
    if found is None:
        raise no_record(key)
    row = RecordRow._make(found)
    return row._replace(open=None if row.open is None else bool(row.open))


def _on(connection: sqlite3.Connection, row: RecordRow, day: Day) -> tuple[RecordRow, bool]:
    """Return a record as it stood on a day, its name and whether it was open, and whether anything tells that it
    was there by then."""
    dated = row.id not in not_dated(connection, (row.id,), day)
    is_open, status = known_on(*day.state(row.open, row.status, row.opened, row.closed), dated=dated)
    name = names_on(connection, day, ((row.id, row.name),))[row.id]
    now = Kind(row.kind, row.type)
    # What a register has since its first day may be older than the register.
    if status == NOT_YET_OPEN and row.opened == type_days(connection, *now).coded:
        is_open, status = None, None
    kind, type_name = kinds_on(connection, day, {row.id: now}).get(row.id, now)
    return row._replace(kind=kind, type=type_name, name=name, open=is_open, status=status), dated


def _address(row: RecordRow) -> Address | None:
    """Return where a record is, or None where nothing is known of it."""
    lines = tuple(row.address.split("\n")) if row.address else ()
    address = Address(lines, row.town, row.county, row.postcode, row.country)
    return None if address == Address((), None, None, None, None) else address
