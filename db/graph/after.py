"""What became of a record: what followed it, what followed that, and what of each arrangement that it took part in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from db.dates import earliest, latest
from db.graph.answers import Aftermath, ArrangementAfter, Successor
from db.graph.ends import end_of, then_called
from db.graph.succession import LATER, ChainLink, chain, described
from db.model import Link, Record
from db.parameters import id_list
from db.parties import Party
from db.reading.evidence import details
from db.reading.link_rows import LinkRow, link_rows, numbered_link_rows
from db.reading.links import as_links
from db.reading.record import record as read_record
from db.reading.ties import successors, told_of, told_of_several
from db.reading.vocabulary import Labels

_PARTICIPATION = "participates-in"
_TAKING_PART = f"""
SELECT l.id, l.target_id FROM json_each(?1) j CROSS JOIN link l ON l.source_id = j.value
 WHERE l.type_id = (SELECT id FROM link_type WHERE name = '{_PARTICIPATION}')
   AND +l.target_id IN (SELECT value FROM json_each(?2))"""
_STATES = "SELECT r.id, r.open, r.opened, r.closed FROM json_each(?) j CROSS JOIN record r ON r.id = j.value"


def after(connection: sqlite3.Connection, key: str) -> Aftermath:
    """Return what became of a record. Raises NotFoundError."""
    record = read_record(connection, key, None, wanted=None)
    held = end_of(connection, record.key, None)
    links = chain(connection, held.id, LATER)
    followed = _successors(connection, links.links, Party(record.key, record.name))
    further = list(dict.fromkeys(one.far for one in links.links if one.far != held.id))
    arrangements = (
        () if record.open and not record.closed else tuple(_arrangements(connection, record, held.id, further))
    )
    standing = record.evidence_of("closed" if record.open is False and record.closed else "status")
    cited = dict.fromkeys(
        (
            *standing,
            *(one for successor in followed for one in successor.link.evidence),
            *(one for part in arrangements for one in _evidence(part)),
        )
    )
    return Aftermath(record, standing, followed, links.left_out, arrangements, details(connection, cited))


def _evidence(part: ArrangementAfter) -> Iterator[int]:
    yield from part.link.evidence
    for _, link in part.to:
        yield from link.evidence


def _successors(connection: sqlite3.Connection, links: Sequence[ChainLink], first: Party) -> tuple[Successor, ...]:
    """Return those that followed, each below what it followed; told once for each pair, by the link that is dated."""
    told = described(connection, links)
    states = {
        number: (None if is_open is None else bool(is_open), opened, closed)
        for number, is_open, opened, closed in connection.execute(_STATES, (id_list({one.far for one in links}),))
    }
    below: dict[int, dict[int, ChainLink]] = {}
    for one in sorted(links, key=lambda one: _order(told[one])):
        below.setdefault(one.near, {}).setdefault(one.far, one)
    root = links[0].near if links else 0
    opened_at: dict[int, ChainLink] = {}
    for one in links:
        opened_at.setdefault(one.far, below[one.near][one.far])
    then = then_called(connection, ((_day(told[one]), _party(told[one])) for one in links))
    found: list[Successor] = []
    waiting = [(one, first) for one in reversed([*below.get(root, {}).values()])]
    while waiting:
        one, of = waiting.pop()
        link = told[one]
        elsewhere = one.far == root or opened_at[one.far] is not one
        name_then = then.get((_day(link), _party(link)))
        found.append(Successor(of, link, one.depth, *states[one.far], elsewhere, name_then))
        if not elsewhere:
            waiting += [(later, _party(link)) for later in reversed([*below.get(one.far, {}).values()])]
    return tuple(found)


def _party(link: Link) -> Party:
    return Party(link.key, link.name)


def _day(link: Link) -> str | None:
    """Return when one thing followed another, in operation or else in law."""
    return link.start or link.legal_start


def _order(link: Link) -> tuple[str, str, str]:
    return _day(link) or "~", link.name.casefold(), link.key


def _arrangements(
    connection: sqlite3.Connection, record: Record, record_id: int, followers: Sequence[int]
) -> Iterator[ArrangementAfter]:
    """Yield what became of the record's part in each arrangement, or is to where its end is told; of what is past alone
    where it may be open."""
    rows = link_rows(connection, record_id, types=(_PARTICIPATION,), direction="out") if _has_parts(connection) else []
    if not rows:
        return
    links = as_links(connection, rows, told_of(connection, record_id, rows), Labels(connection))
    taking_part = _taking_part(connection, followers, {row.other_id for row in rows})
    became = successors(connection, {row.other_id for row in rows if row.open == 0})
    for row, link in zip(rows, links, strict=True):
        if record.open is not False and not record.closed and link.status != "past":
            continue
        to = [(party, their) for party, their in taking_part.get(row.other_id, ()) if _lasted(their, record.closed)]
        yield ArrangementAfter(link, _outcome(link, to), tuple(to), row.closed, became.get(row.other_id, ()))


def _lasted(link: Link, closed: str | None) -> bool:
    """Tell whether a part in an arrangement may have lasted longer than to the day on which the record closed."""
    with_it = link.ended_with.closed if link.ended_with else None
    return link.status != "past" or (latest(link.end or with_it or link.listed_last) or "") > (earliest(closed) or "~")


def _has_parts(connection: sqlite3.Connection) -> bool:
    query = "SELECT 1 FROM link_type WHERE name = ?"
    return connection.execute(query, (_PARTICIPATION,)).fetchone() is not None


def _outcome(link: Link, to: Sequence[tuple[Party, Link]]) -> str:
    """Tell what became of a part in an arrangement: whether those that followed have it, or a source ended it."""
    if to:
        return "passed-on"
    is_over = link.stated_end or link.gone or link.stated_status == "past" or link.other_open is False
    return "ended" if is_over else "dangling"


def _taking_part(
    connection: sqlite3.Connection, followers: Sequence[int], arrangements: Iterable[int]
) -> dict[int, list[tuple[Party, Link]]]:
    """Return by arrangement those of some records that take part in it, or did."""
    found = dict(connection.execute(_TAKING_PART, (id_list(followers), id_list(arrangements))))
    by: dict[int, list[LinkRow]] = {}
    for row in numbered_link_rows(connection, "in", found):
        by.setdefault(found[row.id], []).append(row)
    rows = [row for several in by.values() for row in several]
    taking_part: dict[int, list[tuple[Party, Link]]] = {}
    for link in as_links(connection, rows, told_of_several(connection, by), Labels(connection)):
        taking_part.setdefault(found[link.id], []).append((Party(link.key, link.name), link))
    return taking_part
