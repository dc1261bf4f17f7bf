"""Made-up registers: records of several kinds, with links of several types, some past, planned, listed or undated."""

from __future__ import annotations

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
_DAYS = st.sampled_from((None, None, "2012", "2016-04-01", "2019-06", "2030"))
_LISTED = st.sampled_from((None, "2015-01-01", "2019-04", "2026-11"))
_STATUSES = st.sampled_from((None, None, "current", "planned", "past"))
_KINDS = st.sampled_from(("organisation", "organisation", "arrangement", "person", "site"))


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


@st.composite
def plans(draw: st.DrawFn, most_records: int = 7, most_links: int = 14) -> Plan:
    """Make up a register; no link ties a record to itself."""
    kinds = draw(st.lists(_KINDS, min_size=2, max_size=most_records))
    records = [_record(draw, kind) for kind in kinds]
    ends = st.tuples(st.integers(0, len(records) - 1), st.integers(0, len(records) - 1)).filter(
        lambda two: two[0] != two[1]
    )
    links = [
        MadeLink(
            draw(st.integers(0, len(TYPES) - 1)), *draw(ends), draw(_DAYS), draw(_DAYS),
            draw(_STATUSES), draw(_LISTED), draw(st.integers(0, 9)) == 0,
        )
        for _ in range(draw(st.integers(0, most_links)))
    ]  # fmt: skip
    return Plan(records, links)


def _record(draw: st.DrawFn, kind: str) -> MadeRecord:
    is_open = draw(st.sampled_from((1, 1, 1, None, 0)))
    return MadeRecord(kind, is_open, draw(_DAYS), draw(_DAYS) if is_open == 0 else None)
