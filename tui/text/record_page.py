"""A record's page as data: sections of groups of lines, each with its words, its evidence and what it leads to.

`show` prints it and the explorer's record pane lays it out, so that both say the same; a new field of a record gets its
line here. Texts are the data's own; whoever shows them makes them safe.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from db.dates import order
from db.keys import OWN_SCHEMES
from db.model import Name
from db.reading.links import by_label
from tui.text import phrases, values
from tui.text.values import Claim

if TYPE_CHECKING:
    from db.model import Evidence, Fact, Link, Record, SourceRef

Most = Callable[[str], int | None]
"""How many lines of a group are wanted, by its ident; None is all of them."""

SEPARATE = ("independence", "not-a-merger")
"""Properties that say that bodies stay separate."""


class Target(NamedTuple):
    """The record that choosing a line leads to."""

    key: str
    name: str
    kind: str


class PageLine(NamedTuple):
    """One line: what it says (`text`), what is to be said of that (`about`), and what it rests on."""

    ident: str
    text: str
    about: str = ""
    style: str = "dim"
    """How `about` looks: dim, standing where it is not there yet, past, or basis-… of evidence."""
    date: str = ""
    """When, of what happened."""
    target: Target | None = None
    kind: str = ""
    """Of the record that the line names, whether it has a page or not."""
    key: str = ""
    label: str = ""
    """What the line says of a link or a source, where it stands under one."""
    quote: str = ""
    url: str = ""
    evidence: tuple[int, ...] = ()
    under: tuple[PageLine, ...] = ()
    """What is said of the thing itself: facts of a link, the places in a source."""
    copy: tuple[str | None, ...] = ()
    """Its parts as data, to copy."""
    claims: tuple[Claim, ...] = ()
    """Who states what of the details that it tells, where not all say the same."""


class PageGroup(NamedTuple):
    """Lines under one label; `total` counts those that were left out too, and is shown where `counted`."""

    ident: str
    label: str
    lines: tuple[PageLine, ...]
    total: int
    counted: bool = False


class PageSection(NamedTuple):
    """A titled part of the page."""

    name: str
    title: str
    groups: tuple[PageGroup, ...]


class RecordPage(NamedTuple):
    """The page: what the record is, then its sections in the order in which they are read; empty ones are left out."""

    key: str
    name: str
    kind: str
    about: str
    standing: str
    style: str
    """How the standing looks: standing where it is not simply open, else about."""
    summary: str
    evidence: tuple[int, ...]
    claims: tuple[Claim, ...]
    """As of a line: of what the head tells."""
    sections: tuple[PageSection, ...]


def record_page(record: Record, most: Most, *, printed: bool) -> RecordPage:
    """Return the page of a record with at most so many lines of each group.

    A printed one ends with the sources of what it says, the places in each under it. On a screen, where these are a key
    away for each line, it ends with all sources.
    """
    separate, facts = _facts(record, most)
    sections = [
        PageSection("names", "Names", _single("names", _names(record))),
        PageSection("codes", "Codes", _single("codes", _codes(record))),
        PageSection("details", "Details", tuple(_details(record))),
        PageSection("separate", "Stays separate", separate),
        PageSection("facts", "Facts", facts),
        PageSection("links", "Links", tuple(_links(record, most, printed=printed))),
        PageSection("timeline", "Timeline", _timeline(record, most)),
    ]
    only = _cited(record, sections) if printed else None
    sources = tuple(source_lines(record.evidence, only, with_places=printed))
    shown = sources if printed else sources[: most("sources")]
    group = PageGroup("sources", "", shown, len(sources), counted=True)
    sections.append(PageSection("evidence", "Evidence", (group,) if sources else ()))
    return RecordPage(
        record.key,
        record.name,
        record.kind,
        phrases.kind(record),
        phrases.standing(record),
        "about" if record.open is not False and record.status in (None, "open") else "standing",
        (record.summary or "").strip(),
        _head_evidence(record),
        values.claims(record.values, _HEAD),
        tuple(section for section in sections if section.groups),
    )


def _cited(record: Record, sections: Iterable[PageSection]) -> set[int]:
    """Return the evidence of all that a page says."""

    def of(lines: Iterable[PageLine]) -> Iterator[int]:
        for line in lines:
            yield from line.evidence
            yield from of(line.under)

    groups = (group for section in sections for group in section.groups)
    return {*_head_evidence(record), *(one for group in groups for one in of(group.lines))}


def _head_evidence(record: Record) -> tuple[int, ...]:
    """Return who says what the head of the page says: what the record is, how it stands, and its name."""
    name = (one for one in record.names if one.name == record.name and one.kind == "official")
    own = (number for one in _HEAD if getattr(record, one) for number in record.evidence_of(one))
    found = tuple(dict.fromkeys((*own, *(number for one in name for number in one.evidence))))
    return found or record.own_evidence


_HEAD = ("type", "status", "closed", "summary")
"""Details that the head of a page tells."""


def _single(ident: str, lines: Iterable[PageLine]) -> tuple[PageGroup, ...]:
    """Return a section's one group, which needs no label; nothing where it has no lines."""
    found = tuple(lines)
    return (PageGroup(ident, "", found, len(found)),) if found else ()


def _names(record: Record) -> Iterator[PageLine]:
    """Yield the names; one that is alone and says no more than the head of the page is not said again."""
    plain = phrases.name(Name(record.name, "official", None, None, None, ()))
    if all(one.name == record.name and phrases.name(one) == plain for one in record.names):
        return
    for n, one in enumerate(record.names):
        copy = (one.name, one.kind, one.start, one.end)
        yield PageLine(f"name:{n}", one.name, phrases.name(one), evidence=one.evidence, copy=copy)


def _codes(record: Record) -> Iterator[PageLine]:
    for n, code in enumerate(record.identifiers):
        if code.scheme not in OWN_SCHEMES:
            about, copy = phrases.scheme(code.scheme), (code.scheme, code.value)
            yield PageLine(f"code:{n}", code.value, about, evidence=code.evidence, copy=copy)


def _details(record: Record) -> Iterator[PageGroup]:
    """Yield what the record says of itself in single fields, and below each what contradicts it.

    Type and status, which the head tells, are told again only where they are contradicted.
    """
    proofs = {one.id: one for one in record.evidence}
    details = (
        ("type", phrases.kind(record) if _is_disputed(record, "type") else None, ("type",)),
        ("status", phrases.standing(record) if _is_disputed(record, "status") else None, ("status",)),
        ("opened", record.opened and phrases.date(record.opened), ("opened",)),
        ("closed", record.closed and phrases.date(record.closed), ("closed",)),
        ("legal dates", phrases.period(record.legal_start, record.legal_end), ("legal_start", "legal_end")),
        ("form", phrases.readable(record.form), ("form",)),
        ("legal form", phrases.readable(record.legal_form), ("legal_form",)),
        ("legal basis", phrases.legal_basis(record), ("legal_basis",)),
    )
    for label, text, fields in details:
        if text:
            yield _detail(record, label, ((text, record.evidence_of(*fields)),), fields, proofs)
    if record.address:
        yield _detail(record, "address", _address(record), values.ADDRESS, proofs)


def _is_disputed(record: Record, what: str) -> bool:
    return bool(values.disputed(record.values, (what,)))


def _detail(
    record: Record,
    label: str,
    texts: Sequence[tuple[str, tuple[int, ...]]],
    fields: Sequence[str],
    proofs: Mapping[int, Evidence],
) -> PageGroup:
    """Return a detail, in parts where these have evidence of their own, then who says otherwise."""
    claims = values.claims(record.values, fields)
    told = (*texts, *values.others(record.values, fields, proofs))
    lines = tuple(
        PageLine(
            f"field:{label}:{n}" if n else f"field:{label}", text, evidence=evidence, copy=(label, text), claims=claims
        )
        for n, (text, evidence) in enumerate(told)
    )
    return PageGroup(f"details:{label}", label, lines, len(lines))


def _address(record: Record) -> list[tuple[str, tuple[int, ...]]]:
    """Return an address in as many parts as have evidence of their own, each with that."""
    place = record.address
    if place is None:
        return []
    parts = (", ".join(place.lines), place.town, place.county, place.postcode, place.country)
    found: list[tuple[str, tuple[int, ...]]] = []
    for what, part in zip(values.ADDRESS, parts, strict=True):
        evidence = record.evidence_of(what)
        if part and found and found[-1][1] == evidence:
            found[-1] = (f"{found[-1][0]}, {part}", evidence)
        elif part:
            found.append((part, evidence))
    return found


def _facts(record: Record, most: Most) -> tuple[tuple[PageGroup, ...], tuple[PageGroup, ...]]:
    """Return what says that bodies stay separate, and all other facts by what they are about."""
    separate = [fact for fact in record.facts if fact.property in SEPARATE]
    by_label: dict[str, list[Fact]] = {}
    for fact in record.facts:
        if fact.property not in SEPARATE:
            by_label.setdefault(fact.label or phrases.readable(fact.property), []).append(fact)
    others = tuple(_fact_group(label, facts, most) for label, facts in by_label.items())
    return (_fact_group("", separate, most),) if separate else (), others


def _fact_group(label: str, facts: Sequence[Fact], most: Most) -> PageGroup:
    ident = f"facts:{label or 'stays separate'}"
    lines = [_fact(fact, f"{ident}:{n}") for n, fact in enumerate(facts[: most(ident)])]
    return PageGroup(ident, label, tuple(lines), len(facts))


def _fact(fact: Fact, ident: str, label: str = "") -> PageLine:
    text = phrases.fact(fact)
    return PageLine(ident, text, label=label, evidence=fact.evidence, copy=(fact.label, text))


def _links(record: Record, most: Most, *, printed: bool) -> Iterator[PageGroup]:
    """Yield the links by label, in the register's order."""
    proofs = {one.id: one for one in record.evidence}
    for label, links in by_label(record.links).items():
        ident = f"links:{label}"
        seen: dict[str, int] = {}
        lines = []
        for link in links[: most(ident)]:
            # The same link told twice, as of two terms of office, is two lines.
            one = f"link:{link.type}:{link.direction}:{link.key}:{link.role}"
            seen[one] = seen.get(one, 0) + 1
            lines.append(_link(link, f"{one}:{seen[one]}", proofs, printed=printed))
        yield PageGroup(ident, label, tuple(lines), max(record.link_counts.get(label, 0), len(links)), counted=True)


def _link(link: Link, ident: str, proofs: Mapping[int, Evidence], *, printed: bool) -> PageLine:
    about = phrases.link(link)
    stated = _stated_of_link(link, ident, proofs, printed=printed)
    facts = (_fact(fact, f"{ident}:fact:{n}", fact.label) for n, fact in enumerate(link.facts))
    return PageLine(
        ident,
        link.name,
        about,
        "standing" if link.status in phrases.AHEAD else "past" if link.status in phrases.OVER else "dim",
        target=Target(link.key, link.name, link.kind),
        kind=link.kind,
        key=link.key,
        evidence=link.evidence,
        under=(*stated, *facts),
        copy=(link.label, link.key, link.name, about),
        claims=values.link_claims(link),
    )


def _stated_of_link(link: Link, ident: str, proofs: Mapping[int, Evidence], *, printed: bool) -> Iterator[PageLine]:
    """Yield the details of a link that not all who state it state, and who says otherwise.

    On a screen, where the evidence of each line is a key away, only what is contradicted.
    """
    for what in dict.fromkeys(one.what for one in link.values if one.what != "status"):
        label, name = values.label(what), f"{ident}:{what}"
        others = tuple(values.others(link.values, (what,), proofs))
        shown = (one for one in link.values if one.what == what and one.chosen and (printed or others))
        for one in shown:
            yield PageLine(name, values.words(what, one.value), label=label, evidence=one.evidence)
        for n, (text, evidence) in enumerate(others):
            yield PageLine(f"{name}:{n}", text, label=label, evidence=evidence)


def _timeline(record: Record, most: Most) -> tuple[PageGroup, ...]:
    """Return what happened, oldest first, undated last."""
    lines = []
    for n, event in enumerate(sorted(record.events, key=lambda event: order(event.date))[: most("timeline")]):
        kind = phrases.event_kind(event)
        copy = (event.date or phrases.date(None), event.kind, event.text)
        lines.append(
            PageLine(f"event:{n}", event.text or kind, label=kind if event.text else "", date=phrases.date(event.date),
                     evidence=event.evidence, copy=copy)
        )  # fmt: skip
    return (PageGroup("timeline", "", tuple(lines), len(record.events)),) if lines else ()


def source_lines(
    evidence: Iterable[Evidence], only: Collection[int] | None = None, *, with_places: bool = True
) -> Iterator[PageLine]:
    """Yield the sources, each with the places in it under it; where `only` is given, those of this evidence alone."""
    by_source: dict[str, list[Evidence]] = {}
    for found in evidence:
        if only is None or found.id in only:
            by_source.setdefault(found.source.key, []).append(found)
    for places in by_source.values():
        source = places[0].source
        yield PageLine(
            f"source:{source.key}",
            source.title,
            phrases.source(source),
            target=_page_of(source),
            kind="document",
            key=source.key,
            url=source.url or "",
            evidence=tuple(place.id for place in places),
            under=tuple(map(_place, places)) if with_places else (),
            copy=(source.key, source.title, source.publisher, source.date, source.url),
        )


def _page_of(source: SourceRef) -> Target | None:
    """Return where a source leads: documents have a page of their own, imported files have not."""
    return Target(source.key, source.title, "document") if source.key.startswith("doc:") else None


def _place(found: Evidence) -> PageLine:
    """Return a place in a source and how firmly it says so; a claim leads to who makes it."""
    claimed_by = Target(found.claimant, found.claimant_name or found.claimant, "") if found.claimant else None
    return PageLine(
        f"place:{found.id}",
        found.locator or "",
        phrases.basis(found),
        f"basis-{found.basis}",
        target=claimed_by,
        quote=f"“{found.quote}”" if found.quote else "",
        evidence=(found.id,),
        copy=(phrases.evidence(found), found.quote),
    )
