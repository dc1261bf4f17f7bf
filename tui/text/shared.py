"""What records share, in words: what it is, what each has to do with it, and since when."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tui.text import link_phrases, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.graph.answers import RankedRecord, Ranking, Shared, SharedThing
    from db.model import Evidence, Link
    from db.parties import Party

LIMIT, RANKED = 100, 20
"""How many things are shown that records share, and how many of those that share most, unless asked."""
_NAMED = 3
"""Records that are named of those which share a thing."""


def part(links: Sequence[Link], proofs: Mapping[int, Evidence]) -> str:
    """Return what a record has to do with what it shares: role and time of its closest link, and what else it does."""
    if not links:
        return ""
    first, *others = links
    stands = link_phrases.stands(first, link_phrases.inferred(first, proofs))
    told = ", ".join(part for part in (_as_what(first), *stands) if part)
    further = dict.fromkeys(_in_short(one, proofs) for one in others)
    return f"{told}; also {', '.join(further)}" if further else told


def _in_short(link: Link, proofs: Mapping[int, Evidence]) -> str:
    """Return what a further link is, with how it stands where it is not simply so."""
    stands = link_phrases.remark(link, link_phrases.inferred(link, proofs))
    return f"{_as_what(link)} ({stands})" if stands else _as_what(link)


def _as_what(link: Link) -> str:
    return phrases.role(link) or link.label


class SharedLine(NamedTuple):
    """A line of what is shared: a kind of things with their number, a thing, or who has what to do with it."""

    depth: int
    text: str
    key: str = ""
    about: str = ""
    evidence: tuple[int, ...] = ()
    kind: str = ""
    """Of the thing."""


def headline(found: Shared) -> str:
    """Return who shares how much: `Wye Valley NHS Trust and South Warwickshire …: 4 things in common`."""
    return f"{_named(found.records)}: {in_common(found)}"


def in_common(found: Shared) -> str:
    """Return how many things some records have in common, and as of which day."""
    return f"{phrases.count(found.total, 'thing')} in common{_on(found.as_of)}"


def called(found: Shared | Ranking) -> str:
    """Return what the answer is called in the way that leads to it."""
    if len(found.records) == 1:
        return f"who shares most with {found.records[0].name}"
    return f"in common with {_named(found.records[1:])}"


def shares_most(found: Ranking) -> str:
    """Return what a ranking of those tells that share things with one record."""
    return f"who shares most{_on(found.as_of)}"


def not_dated(found: Shared) -> str:
    """Return what stands over things of which no source tells whether they were shared."""
    return f"Not dated: no source tells whether on {phrases.date(found.as_of)}"


def some(shown: int, total: int, how: str) -> str:
    """Return that not all are shown, and how more are."""
    return f"{shown:,} of {total:,} shown; {how} shows more"


def _on(day: str | None) -> str:
    return f", {phrases.as_of(day)}" if day else ""


def lines(found: Shared, things: Sequence[SharedThing]) -> Iterator[SharedLine]:
    """Yield things of an answer by what they are, each with those who share it, and as what."""
    records, proofs = found.records, {one.id: one for one in found.evidence}
    for what, several in groupby(things, key=lambda thing: (len(thing.by), thing.what)):
        group = list(several)
        by = f",{' each' if len(group) > 1 else ''} shared by {what[0]}" if len(records) > 2 else ""
        yield SharedLine(1, phrases.count(len(group), what[1]) + by)
        for thing in group:
            yield SharedLine(2, thing.name, thing.key, kind=thing.kind)
            yield from _who(thing, records, proofs)


def _who(thing: SharedThing, records: Sequence[Party], proofs: Mapping[int, Evidence]) -> Iterator[SharedLine]:
    """Yield who shares a thing, those together who have the same to do with it."""
    by: dict[str, list[tuple[str, Sequence[Link]]]] = {}
    for party, links in thing.by:
        by.setdefault(part(links, proofs), []).append((party.name, links))
    for told, several in by.items():
        cited = dict.fromkeys(one for _, links in several for link in links for one in link.evidence)
        everyone = len(several) == len(records)
        who = ("both" if len(records) == 2 else "all") if everyone else _several([name for name, _ in several])
        yield SharedLine(3, f"{who}:", about=told, evidence=tuple(cited))


def _several(names: Sequence[str]) -> str:
    shown = names if len(names) <= _NAMED + 1 else names[:_NAMED]
    more = f" and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
    return ", ".join(shown) + more


def nothing(found: Shared, how: str = "--all") -> str:
    """Return that records share nothing, and what else may be asked, and how."""
    day = f" {phrases.as_of(found.as_of)}" if found.as_of else ""
    return f"{_named(found.records)} share nothing{day}{left_out(found.leaves_out, how)}"


def nobody(found: Ranking) -> str:
    """Return that nobody shares anything with a record, or that none of some is linked to anything."""
    day = f" {phrases.as_of(found.as_of)}" if found.as_of else ""
    if len(found.records) == 1:
        return f"nothing shares an arrangement, a person or a site with {found.records[0].name}{day}"
    return f"none of {_named(found.records)} is linked to anything{day}{left_out(found.leaves_out)}"


def left_out(leaves_out: bool, how: str = "--all") -> str:
    """Return that what connects everything was left out, where it was."""
    return phrases.leaving_out(how) if leaves_out else ""


def _named(records: Sequence[Party]) -> str:
    if len(records) > _NAMED:
        return phrases.count(len(records), "record")
    return " and ".join(party.name for party in records)


def things(ranked: RankedRecord) -> str:
    """Return the things by which a record stands in a ranking, the first of them by name."""
    return _several([thing.name for thing in ranked.things])


def shares(ranked: RankedRecord) -> str:
    """Return how many things one shares, where that stands in no column of its own."""
    return f"shares {number(ranked)}"


def number(ranked: RankedRecord) -> str:
    """Return how many things there are, and how many of them are known to be current."""
    if ranked.current is None or ranked.current == len(ranked.things):
        return f"{len(ranked.things):,}"
    return f"{len(ranked.things):,}, {ranked.current or 'none'} known to be current"
