"""All that is dated of a record, oldest first: its own dates, names and roles, what was recorded of it, its links, and
the successions that lead up and down from it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator

from db.dates import order, today
from db.graph.answers import Timeline
from db.graph.dated_links import LinkDates
from db.graph.ends import end_of, then_called
from db.graph.holds import day_asked
from db.graph.own_dates import families, own_entries, renamings
from db.graph.succession import EARLIER, LATER, Chain, ChainLink, chain, described
from db.model import Link, Record, TimelineEntry
from db.parties import Party
from db.reading.as_of import Day
from db.reading.evidence import details
from db.reading.record import record as read_record
from db.reading.standing import TieEnd

KINDS = (
    "took-over", "opened", "formed", "named", "renamed", "role-gained", "joined", "post-started", "began", "done",
    "ended", "post-ended", "left", "role-lost", "name-lost", "unlisted", "closed", "succeeded",
)  # fmt: skip
"""Kinds of entries, as those of one day are told; what was recorded otherwise stands between what began and ended."""
_RECORDED = KINDS.index("done")
_SAME = {
    "opened": ("opened", "formed"),
    "closed": ("closed",),
    "renamed": ("renamed",),
    "named": ("renamed",),
    "joined": ("joined",),
    "left": ("left",),
    "post-started": ("post-started",),
    "post-ended": ("post-ended",),
    "took-over": ("merged", "succeeded", "became", "separated"),
    "succeeded": ("merged", "succeeded", "became", "separated"),
    "provides-services-at": ("services-started", "services-ended"),
}
"""Kinds of recorded events that tell of a day what dates or links tell of it, by kinds of entries or of links."""


def timeline(
    connection: sqlite3.Connection, key: str, *, limit: int | None, whole: bool, as_of: Day | None
) -> Timeline:
    """Return the timeline of a record, at most so many entries, the oldest. Raises NotFoundError."""
    day = day_asked(as_of)
    record = read_record(connection, key, None, wanted=None)
    held = end_of(connection, record.key, day)
    end = TieEnd(Party(record.key, record.name), record.status, record.open, record.opened, record.closed)
    further, left_out = _further(connection, held.id, record.key)
    entries = [
        *own_entries(record),
        *renamings(connection, held.id, record),
        *LinkDates(connection, held.id, end).entries(day, whole=whole),
        *further,
    ]
    now = Day(today())
    told = [
        one._replace(is_ahead=now.precedes(one.date)) for one in entries if day is None or not day.precedes(one.date)
    ]
    told = sorted(_once(_with_recorded(told)), key=_place)
    then = then_called(connection, ((one.date, one.other) for one in told[:limit] if one.other))
    shown = tuple(one._replace(name_then=one.other and then.get((one.date, one.other))) for one in told[:limit])
    evidence = details(connection, dict.fromkeys(cited for one in shown for cited in one.evidence))
    return Timeline(held.key, held.name, held.kind, shown, len(told), left_out, evidence, as_of.iso if as_of else None)


def with_its_timeline(connection: sqlite3.Connection, record: Record, as_of: Day | None) -> Record:
    """Return a record with its timeline, and the evidence of that beside its own."""
    found = timeline(connection, record.key, limit=None, whole=False, as_of=as_of)
    known = {one.id for one in record.evidence}
    further = (one for one in found.evidence if one.id not in known)
    return record._replace(timeline=found.entries, evidence=(*record.evidence, *further))


def _further(connection: sqlite3.Connection, record_id: int, key: str) -> tuple[list[TimelineEntry], int]:
    """Return the dated successions of predecessors and successors, and how many were met and not looked at."""
    found: list[TimelineEntry] = []
    left_out = 0
    for kind, directions in (("took-over", EARLIER), ("succeeded", LATER)):
        links = chain(connection, record_id, directions)
        left_out += links.left_out
        found += _steps(connection, kind, links, key)
    return found, left_out


def _steps(connection: sqlite3.Connection, kind: str, links: Chain, key: str) -> Iterator[TimelineEntry]:
    """Yield what a chain tells beyond the links of the record itself."""
    names = {}
    further = [one for one in links.links if one.depth > 1]
    if not further:
        return
    for one, link in described(connection, links.links).items():
        names[one.far] = Party(link.key, link.name)
        if one.depth > 1 and link.key != key:
            yield from _step(kind, one, link, names)


def _step(kind: str, one: ChainLink, link: Link, names: dict[int, Party]) -> Iterator[TimelineEntry]:
    for date, family in families(link.start, link.legal_start):
        yield TimelineEntry(
            date, kind, link.evidence, label=link.label, other=Party(link.key, link.name), other_kind=link.kind,
            subject=names[one.near], type=link.type, category=link.category, direction=link.direction,
            family=family, depth=one.depth,
        )  # fmt: skip


def _with_recorded(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Return entries with each recorded event in the one line of what dates or links tell of it on the same day."""
    told = [one for one in entries if not one.text]
    recorded: list[TimelineEntry] = []
    for event in (one for one in entries if one.text):
        for place, one in enumerate(told):
            same = event.date and one.date == event.date and one.depth < 2 and not one.text
            if same and event.kind in (*_SAME.get(one.kind, ()), *_SAME.get(one.type or "", ())):
                cited = tuple(dict.fromkeys((*one.evidence, *event.evidence)))
                told[place] = one._replace(text=event.text, recorded=event.kind, evidence=cited)
                break
        else:
            recorded.append(event)
    return told + recorded


def _once(entries: Iterable[TimelineEntry]) -> Iterator[TimelineEntry]:
    """Yield each thing of a day once, with all who say it."""
    found: dict[tuple[object, ...], TimelineEntry] = {}
    for one in entries:
        known = found.setdefault(_what(one), one)
        cited = tuple(dict.fromkeys((*known.evidence, *one.evidence)))
        also = tuple(sorted({*known.told_also, *one.told_also}, key=order))
        found[_what(one)] = known._replace(evidence=cited, told_also=also, text=known.text or one.text)
    yield from found.values()


def _what(one: TimelineEntry) -> tuple[object, ...]:
    """Return what tells one thing of a day from another."""
    alike = one.date, one.kind, one.family, one.type, one.direction, one.other, one.subject, one.role, one.others
    return *alike, one.label, one.depth, one.text if one.other is None else ""


def _place(one: TimelineEntry) -> tuple[object, ...]:
    """Sort by date, of one day by what it is, then by name."""
    rank = KINDS.index(one.kind) if one.kind in KINDS else _RECORDED
    name = one.other.name if one.other else one.label
    return order(one.date), rank, one.depth, one.family or "", name.casefold(), one.other or (), one.text, one.number
