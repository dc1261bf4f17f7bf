"""Made-up registers: records of several kinds, with links of several types, some past, planned, listed or undated."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from tests.db.reading.small import Small

TYPES = (
    ("participates-in", "takes part in", "participants", "participation"),
    ("holds-post-in", "holds a post in", "people", "post"),
    ("succeeded-by", "succeeded by", "succeeds", "succession"),
    ("commissioned-by", "commissioned by", "commissions", "commissioning"),
    ("in-geography-of", "in the geography of", "holds in its geography", "geography"),
)
DAYS = (None, None, "2012", "2016-04-01", "2019-06", "2030")
STATUSES = (None, None, "current", "planned", "past")
LISTED = (None, "2015-01-01", "2019-04", "2026-11")
_KINDS = ("organisation", "organisation", "arrangement", "person", "site")


class MadeRecord(NamedTuple):
    """A record to make."""

    kind: str
    is_open: int | None
    opened: str | None
    closed: str | None


class MadeLink(NamedTuple):
    """A link to make, by the places of its type and of the records at its ends."""

    type: int
    source: int
    target: int
    since: str | None
    until: str | None
    status: str | None
    listed: str | None
    gone: bool


class Plan(NamedTuple):
    """A register to make."""

    records: list[MadeRecord]
    links: list[MadeLink]

    def register(self) -> Small:
        """Make it; the keys are `ods:A0`, `ods:A1` and so on, the numbers of records 1, 2 …"""
        small = Small()
        types = [
            small.link_type(name, forward, reverse, category=category, position=place)
            for place, (name, forward, reverse, category) in enumerate(TYPES)
        ]
        sources: dict[str | None, int] = {None: small.evidence(small.source("file:undated"))}
        later = small.source("file:later", published="2021")
        for place, one in enumerate(self.records):
            small.record(
                f"ods:A{place}", f"Body {place}", one.kind, open=one.is_open, opened=one.opened, closed=one.closed
            )
        for link in self.links:
            made = small.link(
                types[link.type], link.source + 1, link.target + 1, since=link.since, until=link.until,
                status=link.status, gone=later if link.gone else None,
            )  # fmt: skip
            if link.listed not in sources:
                sources[link.listed] = small.evidence(small.source(f"file:{link.listed}", published=link.listed))
            small.cite("link", made, sources[link.listed])
        return small


def key(place: int) -> str:
    """Return the key of a record by its place."""
    return f"ods:A{place}"


def _made(seed: int) -> Plan:
    """Make up a register of one number, as drawing a hundred takes longer than what is tested."""
    chance = Random(seed)
    records = []
    for _ in range(chance.randint(2, 7)):
        is_open = chance.choice((1, 1, 1, None, 0))
        closed = chance.choice(DAYS) if is_open == 0 else None
        records.append(MadeRecord(chance.choice(_KINDS), is_open, chance.choice(DAYS), closed))
    links = []
    for _ in range(chance.randint(0, 14)):
        source, target = chance.sample(range(len(records)), 2)
        links.append(
            MadeLink(
                chance.randrange(len(TYPES)), source, target, chance.choice(DAYS), chance.choice(DAYS),
                chance.choice(STATUSES), chance.choice(LISTED), chance.random() < 0.1,
            )
        )  # fmt: skip
    return Plan(records, links)


def plans() -> st.SearchStrategy[Plan]:
    """Make up registers."""
    return st.integers(0, 1_000_000_000).map(_made)
