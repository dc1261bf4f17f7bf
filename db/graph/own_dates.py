"""What the dates, the names and the roles of a record tell, and what was recorded of it, as entries of its timeline."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from db.dates import earliest, latest, order
from db.model import OPENED, Evidence, Record, StatedValue, TimelineEntry
from db.reading.names_on import DatedName, dated_names
from db.reading.role_periods import role_period
from db.same_value import disagree, same_value

_ROLE = "ods-role"
_DAYS = (("opened", "opened", "legal_start"), ("closed", "closed", "legal_end"))
"""Kind of the entry, and the details that have its operational and its legal date."""
_NAMED = ("official", "former")

Dated = tuple[str, str | None]
"""A date, and the family of dates that it is of."""


def own_entries(record: Record) -> Iterator[TimelineEntry]:
    """Yield what a record's own dates, names and roles tell, and what was recorded of it."""
    proofs = {one.id: one for one in record.evidence}
    for kind, operational, legal in _DAYS:
        dates = families(getattr(record, operational), getattr(record, legal))
        for date, family in dates:
            what = legal if family == "legal" else operational
            stated = [one for one in record.values if one.what == what]
            for value, also, evidence, is_chosen in told(date, stated, record.own_evidence):
                yield TimelineEntry(
                    value, kind, evidence, family=family if is_chosen else None, told_also=also, is_chosen=is_chosen,
                    is_inferred=is_inferred(evidence, proofs),
                    or_before=kind == "opened" and value == record.type_days.coded,
                )  # fmt: skip
    if record.unlisted and record.gone and earliest(record.unlisted):
        yield TimelineEntry(record.unlisted, "unlisted", record.own_evidence, listed_last=record.listed_last)
    for name in record.names:
        if name.start:
            yield TimelineEntry(name.start, "named", name.evidence, label=name.name)
        if name.end:
            yield TimelineEntry(name.end, "name-lost", name.evidence, label=name.name)
    for fact in record.facts:
        if fact.property == _ROLE and fact.text:
            yield from _role(fact.text, fact.evidence)
    for event in record.events:
        yield TimelineEntry(event.date, event.kind, event.evidence, text=event.text)


def _role(text: str, evidence: tuple[int, ...]) -> Iterator[TimelineEntry]:
    role = role_period(text)
    dates = (("role-gained", role.start, role.legal_start), ("role-lost", role.end, role.legal_end))
    for kind, operational, legal in dates:
        for date, family in families(operational, legal):
            yield TimelineEntry(date, kind, evidence, label=role.label, family=family)


def families(operational: str | None, legal: str | None) -> tuple[Dated, ...]:
    """Return the dates that the two families tell: one where they are the same."""
    if operational == legal:
        return ((operational, "both"),) if operational else ()
    if operational and legal:
        return (operational, "operational"), (legal, "legal")
    return ((operational, None),) if operational else ((legal or "", "legal"),)


def told(
    date: str, stated: Sequence[StatedValue], evidence: tuple[int, ...]
) -> Iterator[tuple[str, tuple[str, ...], tuple[int, ...], bool]]:
    """Yield the date of something and every other that sources give for it where they disagree: each with the others,
    who says so, and whether it is the one that is shown. What nobody states otherwise has the `evidence` of its owner.
    """
    shown = next((one for one in stated if one.chosen and one.value == date), None)
    by: dict[str, tuple[int, ...]] = {date: shown.evidence if shown else evidence}
    for one in stated:
        if not one.chosen and one.why != OPENED and disagree(one.what, date, one.value) and earliest(one.value):
            by[one.value] = (*by.get(one.value, ()), *one.evidence)
    for value, cited in by.items():
        others = tuple(sorted((other for other in by if other != value), key=order))
        yield value, others, tuple(dict.fromkeys(cited)), value == date


def is_inferred(evidence: Iterable[int], proofs: Mapping[int, Evidence]) -> bool:
    """Tell whether nobody states it."""
    return {proofs[one].basis for one in evidence if one in proofs} == {"inferred"}


def renamings(connection: sqlite3.Connection, record_id: int, record: Record) -> Iterator[TimelineEntry]:
    """Yield the official names that lists give in place of earlier ones, each on the day of the first that does."""
    undated = [one for one in record.names if one.kind in _NAMED and not (one.start or one.end)]
    if len(undated) < 2:
        return
    wanted = {(one.name, one.kind): one.evidence for one in undated}
    names = dated_names(connection, (record_id,))[record_id]
    listed = [one for one in names if one.listed_first and (one.name, one.kind) in wanted]
    for before, after in pairwise(sorted(listed, key=lambda one: order(one.listed_first))):
        if _gave_way(before, after) and same_value(before.name) != same_value(after.name):
            evidence = wanted[after.name, after.kind]
            yield TimelineEntry(after.listed_first, "renamed", evidence, label=after.name, before=before.name)


def _gave_way(before: DatedName, after: DatedName) -> bool:
    """Tell whether lists gave one name and later another; the later ones may name a former one beside it."""
    first = earliest(after.listed_first) or ""
    until = before.listed_first if (before.kind, after.kind) == ("former", "official") else before.listed_last
    return (latest(until) or "~") < first
