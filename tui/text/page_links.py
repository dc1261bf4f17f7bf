"""The links of a record's page: under the headings by which people look for them, with who else takes part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from db.reading import headings
from tui.text import link_phrases, phrases, values
from tui.text.page_details import details_apart, link_details
from tui.text.page_facts import SEPARATE, Most, fact_line, is_kept, told_of_link
from tui.text.page_parts import PageGroup, PageLine, Target

if TYPE_CHECKING:
    from db.model import Evidence, Fact, Link, Record

FELLOWS = 6
"""Others in an arrangement that are named, beside each link to it."""


def link_groups(record: Record, links: Iterable[Link], apart: str, most: Most, *, printed: bool) -> Iterator[PageGroup]:
    """Yield links of a record by heading, those of most interest first; `apart` tells their groups from others."""
    proofs = {one.id: one for one in record.evidence}
    counts = {} if apart else record.heading_counts
    for label, several in by_heading(record, _beside_taking_part(tuple(links), counts)):
        ident = f"links:{apart}{label}"
        number = max(counts.get(label, 0), len(several))
        remark = _remark(several, number, proofs)
        untold = phrases.AS_TOLD if remark else ""
        seen: dict[str, int] = {}
        lines: list[PageLine] = []
        for before, link in zip((None, *several), several[: most(ident)], strict=False):
            # The same link told twice, as of two terms of office, is two lines.
            one = f"link:{apart}{link.type}:{link.direction}:{link.key}:{link.role}"
            seen[one] = seen.get(one, 0) + 1
            line = _link(record, link, f"{one}:{seen[one]}", proofs, printed=printed, untold=untold)
            if _is_told_with(before, link):
                lines[-1] = _told_as_well(lines[-1], link, line)
            else:
                lines.append(line)
        joined = len(several[: most(ident)]) - len(lines)
        total = number - joined
        is_so = any(link.status == "current" for link in several)
        words = label if is_so else headings.as_listed(label)
        yield PageGroup(
            ident,
            words,
            tuple(lines),
            total,
            counted=True,
            heading=label,
            breakdown=_breakdown(several, number, record.heading_types.get(label, {})),
            remark=remark,
        )


def _remark(links: Sequence[Link], total: int, proofs: Mapping[int, Evidence]) -> str:
    """Return what is said once of several links: that no source of them has a day, of some or of all."""
    told = [link_phrases.time(one, is_inferred=bool(link_phrases.inferred(one, proofs))) for one in links]
    if told.count(phrases.AS_TOLD) < _SEVERAL or not all(told):
        return ""
    is_so_of_all = total == len(links) == told.count(phrases.AS_TOLD)
    return phrases.AS_TOLD if is_so_of_all else f"{phrases.AS_TOLD} where no time is told"


_SEVERAL = 2
"""Links of which it is said once that their sources have no day."""

_NAMED = 3
"""Links that are few enough for their names to tell what they are."""

_NO_TYPE = "type not told"
_TYPES_TOLD = 4
"""Types that a breakdown names; the others are counted together."""


def _breakdown(links: Sequence[Link], total: int, of_types: Mapping[str, int]) -> str:
    """Return what lines of links are: how many hold now, are ahead or past; how many lead to records of which type.

    Of links that were not all read, the types alone.
    """
    if total > len(links):
        return types_told(Counter({link_phrases.short_type(one) or _NO_TYPE: n for one, n in of_types.items()}))
    told_apart = [one for before, one in zip((None, *links), links, strict=False) if not _is_told_with(before, one)]
    stands = Counter(_standing(link) for link in told_apart)
    number = len(told_apart)
    standing = ", ".join(_counted(stands[one], one, number) for one in _STANDINGS if stands[one])
    types = Counter(link_phrases.short_type(link.other_type) or _NO_TYPE for link in told_apart)
    shown = standing if stands["past"] or stands["planned"] else ""
    return phrases.joined(shown, types_told(types) if number > _NAMED else "")


def _counted(some: int, stand: str, of: int) -> str:
    """Return how many of the lines stand so; beside the number of all, that all do: `all past`."""
    return f"{some:,} {stand}" if some != of else f"all {stand}" if of > 1 else stand


def types_told(types: Counter[str]) -> str:
    """Return how many there are of each type, the most first; of one type alone nothing, as it needs no number."""
    named = types.most_common(_TYPES_TOLD if len(types) > _TYPES_TOLD + 1 else None)
    told = [f"{one} {number:,}" for one, number in named]
    left = types.total() - sum(number for _, number in named)
    return phrases.joined(*told, f"others {left:,}" if left else "") if len(types) > 1 else ""


_STANDINGS = ("now", "planned", "past", "not dated")
"""What is counted; of those that lists alone date nothing says how they stand, nor is their number worth the room."""


def _standing(link: Link) -> str:
    """Return in a word whether a link holds today, empty where that is not known."""
    if link.status in phrases.AHEAD:
        return "planned"
    if link.status:
        return "past" if link.status in phrases.OVER else "now"
    return "" if link.start or link.end or link.listed_first or link.listed_last else "not dated"


def _beside_taking_part(links: Sequence[Link], counts: Mapping[str, int]) -> Sequence[Link]:
    """Return links; those of bodies in its area under what they do there, where each of these takes part anyway."""
    coming = [one for one in links if one.direction == "in"]
    takes_part = {one.key: one.heading or one.label for one in coming if one.type in _TAKE_PART}
    in_area = [one for one in coming if one.type == _IN_AREA]
    if (
        not in_area
        or len(in_area) < counts.get(in_area[0].label, 0)
        or any(one.key not in takes_part for one in in_area)
    ):
        return links
    moved = {one.id: one._replace(heading=takes_part[one.key]) for one in in_area}
    return [moved.get(one.id, one) for one in links]


_TAKE_PART = ("participates-in", "partner-to")
_IN_AREA = "in-geography-of"


def by_heading(record: Record, links: Iterable[Link]) -> list[tuple[str, list[Link]]]:
    """Return links under their headings; of what has closed, what came of it stands first."""
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.heading or link.label, []).append(link)
    passed_on = record.open is False

    def place(group: tuple[str, list[Link]]) -> tuple[bool, tuple[int, int]]:
        first = group[1][0]
        return not (passed_on and first.category == "succession" and first.direction == "out"), headings.place(group[0])

    for several in found.values():
        if len({link.label for link in several}) > 1:  # else the register has them in this order
            several.sort(key=_by_name)
        if all(_figure(link) is not None for link in several):
            several.sort(key=lambda link: _figure(link) or 0.0, reverse=True)
    return sorted(found.items(), key=place)


def _by_name(link: Link) -> tuple[bool, bool, str, str, bool]:
    bare, is_in = phrases.is_bare(link.name, link.key), link.direction == "in"
    return bare, link.other_open is False, link.name.casefold(), link.key, is_in


def _figure(link: Link) -> float | None:
    """Return the figure by which links under one heading are sorted, the largest first, where all have one."""
    value = link.facts[0].value if link.facts else None
    return float(value) if isinstance(value, int | float) else None


def _link(
    record: Record, link: Link, ident: str, proofs: Mapping[int, Evidence], *, printed: bool, untold: str
) -> PageLine:
    inferred = link_phrases.inferred(link, proofs)
    more = says_more(link)
    called = link_phrases.followed_as(link)
    told = link if called == link.name else link._replace(name_then=None)
    # What a screen shows of one link by itself stands under no heading.
    about = phrases.joined(more, link_phrases.link(told, inferred, untold if printed else ""))
    stated = link_details(link, ident, proofs)
    claims = proofs if printed else {}
    facts = (
        fact_line(fact, f"{ident}:fact:{n}", claims, fact.label)
        for n, fact in enumerate(told_of_link(link))
        if not is_kept(link, fact) and not _is_said_of_all(record, fact)
    )
    return PageLine(
        ident,
        called,
        about,
        "standing" if link.status in phrases.AHEAD else "past" if link.status in phrases.OVER else "dim",
        target=Target(link.key, link.name, link.kind),
        kind=link.kind,
        key=link.key,
        evidence=link.evidence,
        apart=tuple(details_apart(link)) if printed else (),
        under=(*_others(link, ident), *stated, *facts),
        copy=(link.label, link.key, link.name, about),
        claims=values.link_claims(link),
        columns=None if printed else link_phrases.columns(link, more, inferred, untold),
        since=link.start or link.listed_first or "",
    )


def _is_told_otherwise(link: Link) -> bool:
    """Tell whether a link stands under a heading that other labels share, and is told by its own beside it."""
    is_told = link.heading.startswith(link.label) or link.category in _TOLD_BY_HEADING
    return link.heading != "" and not is_told


_TOLD_BY_HEADING = ("participation", "service", "site", "succession")
"""Categories of links of which a heading tells as much as their labels."""


def _is_told_with(before: Link | None, link: Link) -> bool:
    """Tell whether a link is told on the line of the one before it, as two types of links say who runs a place."""
    if before is None or before.key != link.key:
        return False
    return _is_told_otherwise(link) or (link.category == "site" and before.type != link.type)


def says_more(link: Link) -> str:
    """Return how a link reads where its heading does not tell it."""
    return link.label if _is_told_otherwise(link) and not link.facts else ""


def _told_as_well(line: PageLine, link: Link, other: PageLine) -> PageLine:
    """Return a line with what another link to the same record says under it."""
    about = other.about.removeprefix(link.label).lstrip(" ·")
    text, label = (about, link.label) if about else (link.label, "")
    also = other._replace(text=text, about="", label=label, key="", target=None, under=())
    return line._replace(under=(*line.under, also, *other.under))


def _is_said_of_all(record: Record, fact: Fact) -> bool:
    """Tell of what a participant keeps whether the arrangement says it of all of them."""
    return (
        fact.property in SEPARATE
        and record.kind == "arrangement"
        and any(one.property in SEPARATE for one in record.facts)
    )


def _others(link: Link, ident: str) -> Iterator[PageLine]:
    """Yield who else is linked to what a link leads to: by name as far as a reader counts them, then by number."""
    if link.others:
        names = [one.name for one in link.others]
        shown = names if len(names) <= FELLOWS + 1 else [*names[:FELLOWS], f"{len(names) - FELLOWS} others"]
        yield PageLine(f"{ident}:with", "; ".join(shown), label=link.others_as or "with")
