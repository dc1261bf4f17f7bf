"""What the links of a record tell of when things were: who joined and left, what began and ended, what followed what.

Of a label with many dated links, what began or ended in a year is one entry, so that a hub of thousands has a timeline.
In whose area something lies, which lists find out by its postcode, happens to nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from db.acts import is_act
from db.dates import today
from db.graph.own_dates import families, told
from db.graph.succession import LATER
from db.model import Link, TimelineEntry
from db.parties import ClosedParty, Party
from db.reading.as_of import Day
from db.reading.closings import with_who_closed
from db.reading.link_rows import LinkRow, numbered_link_rows
from db.reading.links import as_links
from db.reading.standing import Tie, TieEnd, standing
from db.reading.ties import told_of
from db.reading.vocabulary import Labels

MANY = 10
"""Dated links of one label above which what began or ended in a year is told together."""
FEW = 3
"""Links of a year that are told one by one even so; of more, as many are named."""
_BEGAN = {"participation": "joined", "post": "post-started"}
_ENDED = {"participation": "left", "post": "post-ended"}

_DATED = """
SELECT '{direction}', l.type_id, l.id
  FROM link l CROSS JOIN record o ON o.id = l.{far}
 WHERE l.{near} = ?1 AND l.type_id IN (SELECT id FROM link_type WHERE category <> 'geography')
   AND l.source_id <> l.target_id
   AND (coalesce(l.since, l.until, l.legal_since, l.legal_until) IS NOT NULL
        OR l.gone IS NOT NULL OR (o.open IS 0 AND o.closed IS NOT NULL))"""
_SIDES = " UNION ALL ".join(
    _DATED.format(direction=direction, near=near, far=far)
    for direction, near, far in (("out", "source_id", "target_id"), ("in", "target_id", "source_id"))
)

Numbers = dict[str, list[int]]
"""Links by the direction in which the record has them."""


class _Change(NamedTuple):
    """Something that began or ended, of a link of which there are many."""

    row: LinkRow
    date: str
    kind: str
    family: str | None

    @property
    def alike(self) -> tuple[str, ...]:
        """What those have in common that are told together."""
        return self.row.direction, self.row.label, self.kind, self.family or "", self.date[:4]

    @property
    def places(self) -> tuple[tuple[int, str, str], ...]:
        """What tells it from others, and what other days that sources give for it are told by."""
        return (self.row.id, self.kind, self.date), (self.row.id, self.kind, "")


class LinkDates:
    """The dated links of one record."""

    def __init__(self, connection: sqlite3.Connection, record_id: int, end: TieEnd) -> None:
        """Take the record, and how it stands as an end of its links."""
        self._connection = connection
        self._record = record_id
        self._end = end
        self._forward: dict[str, str] = dict(connection.execute("SELECT name, forward FROM link_type"))

    def entries(self, day: Day | None, *, whole: bool) -> list[TimelineEntry]:
        """Return what the links tell: each alone where `whole`; else what is told together counts up to the day."""
        alone, crowded = self._parted(whole)
        groups = _grouped(change for change in self._changes(crowded) if day is None or not day.precedes(change.date))
        few = {place for group in groups if len(group) <= FEW for change in group for place in change.places}
        many = [group for group in groups if len(group) > FEW]
        wanted = {number for number, _, _ in few} | {change.row.id for group in many for change in group[:FEW]}
        for direction, numbers in crowded.items():
            alone[direction] += [number for number in numbers if number in wanted]
        links = self._links(alone)
        together = set(crowded["out"]) | set(crowded["in"])
        found = [
            entry
            for link in links.values()
            for entry in self._of(link)
            if link.id not in together or (link.id, entry.kind, entry.date if entry.is_chosen else "") in few
        ]
        return found + [self._group(group, [links[one.row.id] for one in group[:FEW]]) for group in many]

    def _parted(self, whole: bool) -> tuple[Numbers, Numbers]:
        """Return the dated links that are told one by one, and those of labels of which there are many."""
        labels: dict[tuple[str, int], list[int]] = {}
        for direction, type_id, link in self._connection.execute(_SIDES, (self._record,)):
            labels.setdefault((direction, type_id), []).append(link)
        alone: Numbers = {"out": [], "in": []}
        crowded: Numbers = {"out": [], "in": []}
        for (direction, _), links in labels.items():
            into = alone if whole or len(links) <= MANY else crowded
            into[direction] += links
        return alone, crowded

    def _links(self, numbers: Numbers) -> dict[int, Link]:
        rows = [row for direction, links in numbers.items() for row in self._rows(direction, links)]
        told_of_them = told_of(self._connection, self._record, rows)
        links = as_links(self._connection, rows, told_of_them, Labels(self._connection))
        return {link.id: link for link in with_who_closed(self._connection, links)}

    def _rows(self, direction: str, links: Collection[int]) -> list[LinkRow]:
        return numbered_link_rows(self._connection, direction, links) if links else []

    def _changes(self, crowded: Numbers) -> Iterator[_Change]:
        """Yield what began and ended of many links, for which no evidence is read."""
        now = Day(today())
        for direction, links in crowded.items():
            for row in self._rows(direction, links):
                is_open = None if row.open is None else bool(row.open)
                far = TieEnd(Party(row.key, row.name), row.other_status, is_open, row.opened, row.closed)
                stands = standing(
                    Tie(row.type, row.category, row.since, row.until, row.status, self._end, far,
                        is_gone=row.gone is not None, gone=row.gone_day),
                    now,
                )  # fmt: skip
                for date, family in families(stands.start, row.legal_since):
                    yield _Change(row, date, _began(row), family)
                if not is_act(row.type, row.category):
                    end = self._ended(stands.end, stands.ended_with) or stands.unlisted
                    for date, family in families(end, row.legal_until):
                        yield _Change(row, date, _ENDED.get(row.category, "ended"), family)

    def _ended(self, end: str | None, closed: ClosedParty | None) -> str | None:
        """Return when a link ended, None where it did so with the record itself, which is told once."""
        return None if closed is not None and closed.key == self._end.party.key else end

    def _of(self, link: Link) -> Iterator[TimelineEntry]:
        """Yield what the dates of one link tell."""
        for date, family in families(link.start, link.legal_start):
            yield from self._dated(link, "legal_start" if family == "legal" else "start", date, family, _began(link))
        if is_act(link.type, link.category):
            return
        end = self._ended(link.end, link.ended_with)
        kind = _ENDED.get(link.category, "ended")
        for date, family in families(end or link.unlisted, link.legal_end):
            yield from self._dated(link, "legal_end" if family == "legal" else "end", date, family, kind)

    def _dated(self, link: Link, what: str, date: str, family: str | None, kind: str) -> Iterator[TimelineEntry]:
        stated = [one for one in link.values if one.what == what]
        by_silence = what == "end" and date == link.unlisted and link.end is None
        closed = link.ended_with if what == "end" and not by_silence else None
        who_closed = closed.evidence if closed else ()
        for value, also, evidence, is_chosen in told(date, stated, link.evidence):
            yield TimelineEntry(
                value, kind, (*who_closed, *(evidence or link.evidence)),
                label=self._forward.get(link.type, link.label), other=Party(link.key, link.name), other_kind=link.kind,
                type=link.type, category=link.category, direction=link.direction, role=link.role,
                role_label=link.role_label, ended_with=closed.key if closed else None,
                family=family if is_chosen else None, depth=int(link.category == "succession"), told_also=also,
                is_chosen=is_chosen, is_inferred=closed is not None,
                listed_last=link.listed_last if by_silence else None,
            )  # fmt: skip

    def _group(self, group: Sequence[_Change], links: Iterable[Link]) -> TimelineEntry:
        """Return what of a label began or ended in a year, or on the day that all of it has; it cites the first few."""
        days = {change.date for change in group}
        first = group[0]
        return TimelineEntry(
            days.pop() if len(days) == 1 else first.date[:4],
            first.kind,
            tuple(dict.fromkeys(one for link in links for one in link.evidence)),
            label=first.row.label,
            type=first.row.type,
            category=first.row.category,
            direction=first.row.direction,
            family=first.family,
            depth=int(first.row.category == "succession"),
            number=len(group),
            others=tuple(Party(change.row.key, change.row.name) for change in group[:FEW]),
        )


def _grouped(changes: Iterable[_Change]) -> list[list[_Change]]:
    """Return what is told together, of links that tell the same of the same record one."""
    groups: dict[tuple[str, ...], dict[tuple[str, str | None, str], _Change]] = {}
    for change in changes:
        groups.setdefault(change.alike, {}).setdefault((change.row.key, change.row.role, change.date), change)
    return [list(group.values()) for group in groups.values()]


def _began(link: Link | LinkRow) -> str:
    """Return the kind of entry with which a link begins, or was done."""
    if link.category == "succession":
        return "succeeded" if LATER.get(link.type) == link.direction else "took-over"
    return "done" if is_act(link.type, link.category) else _BEGAN.get(link.category, "began")
