"""A record's page as data: sections of groups of lines, each with its words, its evidence and what it leads to.

`show` prints it and the explorer's record pane lays it out, so that both say the same; a new field of a record gets its
line in `page_details`. Texts are the data's own; whoever shows them makes them safe.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from db.dates import earliest, order
from db.keys import JOINED_BY_HAND, OWN_SCHEMES
from db.reading.as_of import NOT_YET_OPEN
from db.search.text import initials, plain
from tui.text import link_phrases, phrases, timeline, values
from tui.text.page_details import detail_groups
from tui.text.page_facts import Most, fact_groups, kept_groups, told_of
from tui.text.page_links import link_groups
from tui.text.page_parts import HeadEvidence, PageGroup, PageLine, PageSection, RecordPage
from tui.text.page_sources import copied, source_lines
from tui.text.parts import only_part
from tui.text.record_standing import known_of_a_day, opened_apart, standing, who_state_it

if TYPE_CHECKING:
    from db.model import Evidence, Name, Record

NOT_DATED = "not dated "
OTHER_YEARS = "other years "
"""Begin what tells groups of what nothing dates from others."""


def record_page(
    record: Record, most: Most, *, printed: bool, part: str | None = None, headed: bool = True
) -> RecordPage:
    """Return the page of a record with at most so many lines of each group, or one part of it without a summary.

    Where only its sections are read, it is not `headed`: these then tell the days that its head tells.

    A printed one ends with the sources of what it says, the places in each under it. On a screen, where these are a key
    away for each line, it ends with all sources. Raises UsageError for a part that there is not.
    """
    proofs = _told_here(record, printed=printed)
    separate, facts = fact_groups(told_of(record), most, proofs)
    separate = (*separate, *kept_groups(record, proofs))
    undated = [link for link in record.not_dated if not link_phrases.is_of_other_years(link)]
    sections = [
        PageSection("links", "Links", tuple(link_groups(record, record.links, "", most, printed=printed))),
        PageSection("not-dated", "Not dated", tuple(link_groups(record, undated, NOT_DATED, most, printed=printed))),
        PageSection("other-years", "Known only from other years", tuple(_other_years(record, most, printed=printed))),
        PageSection("separate", "Stays separate", separate),
        PageSection("facts", _facts_title(record), facts),
        PageSection("timeline", "Timeline", _timeline(record, most)),
        PageSection("names", "Names", _single("names", _names(record))),
        PageSection("codes", "Codes", _single("codes", _codes(record))),
        PageSection("details", "Details", tuple(detail_groups(record, headed=headed))),
    ]
    if part is not None:
        sections = only_part((one for one in sections if one.groups), part)
    head = _head_evidence(record)
    only = _cited(head, sections) if printed else None
    sources = tuple(source_lines(record.evidence, only, with_places=printed))
    shown = sources if printed else sources[: most("sources")]
    group = PageGroup("sources", "", shown, len(sources), counted=True)
    sections.append(PageSection("evidence", "Evidence", (group,) if sources else ()))
    return RecordPage(
        record.key,
        record.name,
        record.kind,
        phrases.kind(record),
        phrases.joined(standing(record), phrases.as_of(record.as_of)),
        "about" if record.open is not False and record.status in (None, "open") else "standing",
        _summary(record) if part is None else "",
        head,
        values.claims(record.values, _HEAD),
        tuple(section for section in sections if section.groups),
        _caution(record),
    )


def _summary(record: Record) -> str:
    """Return the summary; as of a day with the day of whoever wrote it, as it may tell of other times."""
    text = (record.summary or "").strip()
    if not text or record.as_of is None:
        return text
    told = record.evidence_of("summary")
    days = sorted(one.source.date for one in record.evidence if one.id in told and one.source.date)
    when = phrases.as_of(days[-1]) if days else phrases.AS_TOLD
    return f"{phrases.capital(when)}: {text}"


def _facts_title(record: Record) -> str:
    """Return what facts stand under: as of a day, that they are not dated, where none of them is."""
    is_undated = record.as_of is not None and not any(fact.as_of for fact in record.facts)
    return "Facts, not dated" if is_undated else "Facts"


def _caution(record: Record) -> str:
    """Return that as of a day nothing is known to have held on it, and of which other times the page tells."""
    others = {
        "what is not dated": any(not link_phrases.is_of_other_years(link) for link in record.not_dated),
        "what lists of other years say": bool(record.facts_of_other_years)
        or any(map(link_phrases.is_of_other_years, record.not_dated)),
    }
    holds = record.links or any(fact.as_of for fact in record.facts) or record.kind == "document"
    if record.as_of is None or holds:
        return ""
    day, left = phrases.date(record.as_of), [words for words, is_there in others.items() if is_there]
    known = known_of_a_day(record)
    if record.status == NOT_YET_OPEN and not left:
        return ""
    told = f"Of {day} no more is known than {known}" if known else f"Nothing is known of {day}"
    return f"{told}; below is {' and '.join(left)}, which may not have held then" if left else told


def _cited(head: HeadEvidence, sections: Iterable[PageSection]) -> set[int]:
    """Return the evidence of all that a page says."""

    def of(lines: Iterable[PageLine]) -> Iterator[int]:
        for line in lines:
            yield from line.evidence
            yield from (one for _, told in line.apart for one in told)
            yield from of(line.under)

    groups = (group for section in sections for group in section.groups)
    return {*head.every, *(one for group in groups for one in of(group.lines))}


def _head_evidence(record: Record) -> HeadEvidence:
    """Return who says what the head of the page says: what the record is, how it stands, its summary.

    Who gives the name alone does not say what the record is: they are cited here of a record that has no names to list.
    """
    kind = record.evidence_of("type") if record.type else ()
    named = () if kind and any(_names(record)) else (one.evidence for one in record.names if one.name == record.name)
    about = tuple(dict.fromkeys((*kind, *(number for evidence in named for number in evidence))))
    shown, more = _newest(record, about or record.own_evidence)
    summary = record.evidence_of("summary") if record.summary else ()
    if since := opened_apart(record):
        opened = (since, record.evidence_of("opened"))
        return HeadEvidence(shown, record.evidence_of("status"), summary, more, opened)
    return HeadEvidence(shown, who_state_it(record), summary, more)


def _newest(record: Record, evidence: tuple[int, ...]) -> tuple[tuple[int, ...], int]:
    """Return evidence as a head has room for it, and how many sources are left out: of many, a place in the newest."""
    wanted = frozenset(evidence)
    first: dict[str, Evidence] = {}
    for one in record.evidence:
        if one.id in wanted:
            first.setdefault(one.source.key, one)
    copies = copied(one.source for one in first.values())
    first = {key: one for key, one in first.items() if key not in copies}
    if len(first) <= _SOURCES:
        few = not copies and len(evidence) <= 2 * _SOURCES
        return evidence if few else tuple(one.id for one in first.values()), 0
    newest = sorted(first.values(), key=lambda one: earliest(one.source.date) or "", reverse=True)
    return tuple(one.id for one in newest[:_SOURCES]), len(first) - _SOURCES


_SOURCES = 4
"""That a head cites at most for what the record is: most lists name it."""
_HEAD = ("type", "status", "closed", "summary")
"""Details that the head of a page tells."""


def _single(ident: str, lines: Iterable[PageLine]) -> tuple[PageGroup, ...]:
    """Return a section's one group, which needs no label; nothing where it has no lines."""
    found = tuple(lines)
    return (PageGroup(ident, "", found, len(found)),) if found else ()


def _names(record: Record) -> Iterator[PageLine]:
    """Yield the names; one that is alone and says no more than the head of the page is not said again."""
    from db.model import Name  # 2 ms: the explorer paints before it loads the model

    plain = [phrases.name(Name(record.name, kind, None, None, None, ())) for kind in ("official", "as-written")]
    if all(one.name == record.name and phrases.name(one) in plain for one in record.names):
        return
    former = [one.name for one in record.names if one.kind == "former"]
    for n, one in enumerate(record.names):
        copy = (one.name, one.kind, one.start, one.end)
        about = phrases.name(one, _OF_FORMER[one.kind] if _is_of_former(one, record.name, former) else None)
        yield PageLine(f"name:{n}", one.name, about, evidence=one.evidence, copy=copy)


_OF_FORMER = {"acronym": "acronym of a former name", "short": "short for a former name"}
"""Kinds of names that go with one that the record has no more."""


def _is_of_former(one: Name, now: str, former: Iterable[str]) -> bool:
    """Whether a name is short for a former one of the record, and not for what it is called now."""
    return one.kind in _OF_FORMER and any(_is_short_for(one, of) for of in former) and not _is_short_for(one, now)


def _is_short_for(one: Name, full: str) -> bool:
    """Whether a name is the beginning of another, or one of the words by whose initials it may go."""
    short, words = plain(one.name), plain(full)
    return short in initials(words) if one.kind == "acronym" else f"{words} ".startswith(f"{short} ")


def _codes(record: Record) -> Iterator[PageLine]:
    """Yield the codes, and the keys of records that a person joined with this one."""
    shown = set(phrases.codes_of_others((code.scheme, code.value) for code in record.identifiers))
    joining = {one.id for one in record.evidence if one.source.key.startswith(JOINED_BY_HAND)}
    for n, code in enumerate(record.identifiers):
        key = f"{code.scheme}:{code.value}"
        if (code.scheme, code.value) in shown:
            about, copy = phrases.scheme(code.scheme), (code.scheme, code.value)
            yield PageLine(f"code:{n}", code.value, about, evidence=code.evidence, copy=copy)
        elif code.scheme in OWN_SCHEMES and key != record.key and not joining.isdisjoint(code.evidence):
            yield PageLine(f"code:{n}", key, "joined with it", evidence=code.evidence, copy=(code.scheme, code.value))


def _told_here(record: Record, *, printed: bool) -> Mapping[int, Evidence]:
    """Return the evidence by which facts say whose claim they are; on a screen that is a key away for each line."""
    return {one.id: one for one in record.evidence} if printed else {}


def _other_years(record: Record, most: Most, *, printed: bool) -> Iterator[PageGroup]:
    """Yield what lists of other years alone have: links and facts that may have been there on the day."""
    listed = [link for link in record.not_dated if link_phrases.is_of_other_years(link)]
    yield from link_groups(record, listed, OTHER_YEARS, most, printed=printed)
    for groups in fact_groups(record.facts_of_other_years, most, _told_here(record, printed=printed), OTHER_YEARS):
        yield from groups


def _timeline(record: Record, most: Most) -> tuple[PageGroup, ...]:
    """Return all that is dated of the record, or where that was not asked for what was recorded; undated last."""
    told = record.timeline
    if told is None:
        from db.model import TimelineEntry  # as above

        events = sorted(record.events, key=lambda event: order(event.date))
        told = tuple(TimelineEntry(one.date, one.kind, one.evidence, text=one.text) for one in events)
    lines = []
    for n, one in enumerate(told[: most("timeline")]):
        text, label = timeline.sentence(one), timeline.label(one) if one.text else ""
        copy = (one.date or phrases.date(None), one.kind, text)
        lines.append(
            PageLine(
                f"event:{n}",
                text,
                label=label,
                date=phrases.date(one.date),
                evidence=one.evidence,
                copy=copy,
                since=one.date or "",
            )
        )
    return (PageGroup("timeline", "", tuple(lines), len(told)),) if lines else ()
