"""A record's page and a list of results as tables for people: a thing on each row, with who says so beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from db.reading import headings
from tui.text import evidence_words, fact_words, in_lists, link_phrases, phrases
from tui.text.page_details import link_details
from tui.text.page_facts import is_kept
from tui.text.page_links import by_heading, says_more
from tui.text.page_parts import PageSection
from tui.text.parts import LINKS, is_part, no_such_part
from tui.text.record_page import record_page

if TYPE_CHECKING:
    from db.model import Evidence, Link, Particulars, Record
    from db.results import Hit

WHO_SAYS_SO = ("source", "publisher", "published", "address of the source", "where in it")
OF_A_RECORD = (
    "part", "name", "kind", "role", "since", "until", "status", "remarks", "place", "postcode", "code", "other codes",
    *WHO_SAYS_SO, "key", "of", "key of that",
)  # fmt: skip
"""The columns of a record's table."""
OF_RESULTS = (
    "name", "kind", "since", "until", "status", "place", "postcode", "code", "other codes", *WHO_SAYS_SO[:-1], "key",
)  # fmt: skip
"""The columns of a table of results."""

SheetRow = Sequence[str]

_READ_AT = re.compile(r"Read at https?://\S+")
"""What mappings note of a row that names the page on which it was read, or the first of several."""
_ADDRESS = re.compile(r"https?://[^\s;,]+")
_BETWEEN = "; "


def record_sheet(record: Record, part: str | None, told: Mapping[str, Particulars]) -> list[SheetRow]:
    """Return the rows of a record's page, or of a part of it; `told` is of the records that its links lead to.

    Raises UsageError for a part that the page has not.
    """
    proofs = {one.id: one for one in record.evidence}
    sections = record_page(record, lambda _: None, printed=False, headed=False).sections
    rows = [*_links(record, part, told, proofs), *_others(record, sections, part, proofs)]
    if part is not None and not rows:
        raise no_such_part(part, sections)
    return rows


def _links(
    record: Record, part: str | None, told: Mapping[str, Particulars], proofs: Mapping[int, Evidence]
) -> Iterator[SheetRow]:
    """Yield the links, by heading; as of a day last those of which nothing tells that they were there."""
    for links, apart in ((record.links, False), (record.not_dated, True)):
        for heading, several in by_heading(record, links):
            label = heading if any(one.status == "current" for one in several) else headings.as_listed(heading)
            if is_part(part, "Links", heading, label):
                for link in several:
                    yield (label, *_link(link, record.as_of, told.get(link.key), proofs, apart=apart), *_of(record))


def _link(
    link: Link, day: str | None, told: Particulars | None, proofs: Mapping[int, Evidence], *, apart: bool
) -> Iterator[str]:
    evidence = [proofs[one] for one in link.evidence if one in proofs]
    whole = link_phrases.inferred(link, proofs)
    inferred = whole or ("end inferred" if link.basis == "inferred" else "")
    stands = (one for one in link_phrases.stands(link, whole) if one != whole)
    status = link_phrases.status(link, day) or ("" if link.category == "document" else "unknown")
    facts = (f"{one.label}: {fact_words.fact(one)}" for one in link.facts if not is_kept(link, one))
    details = (f"{one.label}: {one.text}" for one in link_details(link, "", proofs))
    on_day = link_phrases.apart_on(link) if apart else ""
    yield from (
        "" if phrases.is_bare(link.name, link.key) else link.name,
        link.other_type or link.kind,
        phrases.joined(says_more(link), phrases.role(link)),
        link.start or "",
        link.end or "",
        ", ".join(filter(None, (status, inferred))),
        _each((on_day, link_phrases.then_called(link), *stands, *facts, *details)),
    )
    yield from _where(told)
    yield from (*_who(evidence), link.key)


def _others(
    record: Record, sections: Iterable[PageSection], part: str | None, proofs: Mapping[int, Evidence]
) -> Iterator[SheetRow]:
    """Yield what a page says besides links; its sources, which each row has, and its dates only where asked for."""
    for section in sections:
        if section.name in LINKS or not is_part(part, section.title, section.name):
            continue
        if part is None and section.name in ("evidence", "timeline"):
            continue
        for group in section.groups:
            for line in group.lines:
                text = ": ".join(filter(None, (group.label or line.label, line.text)))
                evidence = [proofs[one] for one in line.evidence if one in proofs]
                row = (section.title, text, "", "", line.since, "", "", line.about, "", "", "", "")
                yield (*row, *_who(evidence), line.target.key if line.target else "", *_of(record))


def _of(record: Record) -> tuple[str, str]:
    return record.name, record.key


def results_sheet(hits: Iterable[Hit], labels: Mapping[str, str], told: Mapping[str, Particulars]) -> list[SheetRow]:
    """Return the rows of results; of each the newest source that describes it."""
    rows: list[SheetRow] = []
    for brief in (hit.brief for hit in hits):
        one = told.get(brief.key)
        source = one.source if one else None
        rows.append((
            "" if phrases.is_bare(brief.name, brief.key) else brief.name,
            in_lists.what(brief, labels),
            (one and one.opened) or "",
            (one and one.closed) or "",
            phrases.status(brief) or "unknown",
            *_where(one),
            *((source.title, source.publisher or "", source.date or "", source.url or "") if source else ("",) * 4),
            brief.key,
        ))  # fmt: skip
    return rows


def _where(told: Particulars | None) -> tuple[str, str, str, str]:
    """Return where a record is, the code that people know it by, and its other codes with whose they are."""
    if told is None:
        return "", "", "", ""
    codes = phrases.codes_of_others(told.codes)
    others = dict.fromkeys(f"{phrases.scheme(scheme)} {value}" for scheme, value in codes if value != told.code)
    return told.place or "", told.postcode or "", told.code or "", _BETWEEN.join(others)


def _who(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    """Return who says something, in a cell for each of `WHO_SAYS_SO`; where several do, all of them."""
    return (
        _each(one.source.title for one in evidence),
        _each(one.source.publisher for one in evidence),
        _each(one.source.date for one in evidence),
        _each(one.source.url or _read_at(one) for one in evidence),
        _each(phrases.joined(one.locator or "", _how_known(one)) for one in evidence),
    )


def _how_known(one: Evidence) -> str:
    """Return how something is known where it is not simply stated; an address alone has a column of its own."""
    told = one._replace(note=None) if _READ_AT.fullmatch(one.note or "") else one
    words = evidence_words.basis(told)
    return "" if words == "stated" else words


def _read_at(one: Evidence) -> str | None:
    """Return the address at which it was read, or all that it may be from, of a source that has none itself."""
    note = one.note or ""
    return _BETWEEN.join(_ADDRESS.findall(note)) if _READ_AT.match(note) else None


def _each(texts: Iterable[str | None]) -> str:
    return _BETWEEN.join(dict.fromkeys(text for text in texts if text))
