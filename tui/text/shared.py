"""What records share, in words: what it is, what each has to do with it, and since when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text import link_phrases, phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.graph.answers import RankedRecord, Ranking, Shared, SharedThing
    from db.model import Link, Party

_NAMED = 3
"""Records that are named of those which share a thing."""
_MEMBER = "member"


def part(links: Sequence[Link]) -> str:
    """Return what a record has to do with what it shares: role and time of its closest link, and what else it does."""
    if not links:
        return ""
    first, *others = links
    told = ", ".join(part for part in (_as_what(first), *link_phrases.stands(first)) if part)
    further = dict.fromkeys(_as_what(one) for one in others)
    return f"{told}; also {', '.join(further)}" if further else told


def _as_what(link: Link) -> str:
    return phrases.role(link) or link.label


def parts(thing: SharedThing) -> str:
    """Return who shares a thing and as what, where these are too many for a column each."""
    by: dict[str, list[str]] = {}
    for party, links in thing.by:
        by.setdefault(part(links), []).append(party.name)
    return "; ".join(f"{_several(names)} ({told})" for told, names in by.items())


def _several(names: Sequence[str]) -> str:
    shown = names if len(names) <= _NAMED + 1 else names[:_NAMED]
    more = f" and {len(names) - len(shown)} more" if len(shown) < len(names) else ""
    return ", ".join(shown) + more


def nothing(found: Shared) -> str:
    """Return that records share nothing, and what else may be asked."""
    day = f" {phrases.as_of(found.as_of)}" if found.as_of else ""
    return f"{_named(found.records)} share nothing{day}{left_out(found.leaves_out)}"


def nobody(found: Ranking) -> str:
    """Return that nobody shares anything with a record, or that none of some is linked to anything."""
    day = f" {phrases.as_of(found.as_of)}" if found.as_of else ""
    if len(found.records) == 1:
        return f"nothing shares an arrangement, a person or a site with {found.records[0].name}{day}"
    return f"none of {_named(found.records)} is linked to anything{day}{left_out(found.leaves_out)}"


def left_out(leaves_out: bool) -> str:
    """Return that what connects everything was left out, where it was."""
    return ", leaving out what connects everything (--all takes it in)" if leaves_out else ""


def _named(records: Sequence[Party]) -> str:
    if len(records) > _NAMED:
        return phrases.count(len(records), "record")
    return " and ".join(party.name for party in records)


def things(ranked: RankedRecord) -> str:
    """Return the things by which a record stands in a ranking, the first of them by name."""
    return _several([thing.name for thing in ranked.things])


def number(ranked: RankedRecord) -> str:
    """Return how many things there are, and how many of them are known to be current."""
    if ranked.current is None or ranked.current == len(ranked.things):
        return f"{len(ranked.things):,}"
    return f"{len(ranked.things):,}, {ranked.current or 'none'} known to be current"
