"""A record as a page to read: the same sections for the terminal and for Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from db.keys import OWN_SCHEMES
from db.reading.links import group_links
from tui.output import words
from tui.output.tables import wrap
from tui.output.terminal import Palette
from tui.safe import markdown, visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from db.model import Evidence, Fact, Link, Record

GROUP = 10
"""Links shown of each group unless all are wanted."""


class Part(NamedTuple):
    """A piece of a line and its style."""

    text: str
    style: str = ""


class Line(NamedTuple):
    """A line of a section: how deep it stands, its pieces, and whether it heads a group."""

    parts: tuple[Part, ...]
    depth: int = 1
    heading: bool = False


class Section(NamedTuple):
    """A titled part of the page; the first has no title."""

    title: str
    lines: tuple[Line, ...]


def sections(record: Record, group: int | None = GROUP) -> list[Section]:
    """Return the page's sections in reading order, those without content left out."""
    proofs = _by_source(record, _cited(record, group))
    number = {proof.id: place for place, proof in enumerate(proofs, 1)}
    page = [
        Section("", tuple(_opening(record))),
        Section("Names", tuple(_names(record, number))),
        Section("Identifiers", tuple(_identifiers(record, number))),
        Section("Details", tuple(_details(record, number))),
        Section("Facts", tuple(_facts(record.facts, number))),
        Section("Links", tuple(_links(record, number, group))),
        Section("Events", tuple(_events(record, number))),
        Section("Evidence", tuple(_evidence(proofs, number))),
    ]
    return [section for section in page if section.lines]


def _cited(record: Record, group: int | None) -> set[int]:
    """Return the evidence of what the page shows: links beyond `group` of a kind are left out of it."""
    cited = set(record.own_evidence)
    for items in (record.names, record.identifiers, record.facts, record.events):
        cited.update(*(one.evidence for one in items))
    for shown in group_links(record, group):
        for link in shown.links:
            cited.update(link.evidence, *(fact.evidence for fact in link.facts))
    return cited


def _by_source(record: Record, cited: set[int]) -> list[Evidence]:
    """Return the evidence cited with that of one source together, sources in the order of their first."""
    groups: dict[str, list[Evidence]] = {}
    for proof in record.evidence:
        if proof.id not in cited:
            continue
        groups.setdefault(proof.source.key, []).append(proof)
    return [proof for group in groups.values() for proof in group]


def _marks(evidence: tuple[int, ...], number: dict[int, int]) -> Part:
    """Return the references that stand behind a statement: `[1][3]`."""
    known = sorted({number[one] for one in evidence if one in number})
    return Part("".join(f"[{one}]" for one in known), "reference")


def _opening(record: Record) -> Iterator[Line]:
    if record.summary:
        for paragraph in record.summary.strip().splitlines():
            yield Line((Part(paragraph.strip()),), depth=0)
    if record.placeholder:
        yield Line((Part("Only links speak of this record; no source describes it.", "dim"),), depth=0)
    if record.gone:
        yield Line((Part(f"No longer listed in {record.gone}.", "soon"),), depth=0)


def _names(record: Record, number: dict[int, int]) -> Iterator[Line]:
    for name in record.names:
        about = ", ".join(part for part in (words.words(name.kind), words.span(name.start, name.end)) if part)
        written = f"written {name.verbatim}" if name.verbatim and name.verbatim != name.name else ""
        yield Line((Part(name.name), Part(about, "dim"), Part(written, "dim"), _marks(name.evidence, number)))


def _identifiers(record: Record, number: dict[int, int]) -> Iterator[Line]:
    for code in record.identifiers:
        if code.scheme in OWN_SCHEMES:
            continue
        yield Line((Part(f"{code.scheme}:{code.value}", "key"), _marks(code.evidence, number)))


def _details(record: Record, number: dict[int, int]) -> Iterator[Line]:
    legal = words.span(record.legal_start, record.legal_end)
    basis = record.legal_basis
    if record.basis_status and (basis or record.basis_status != "unknown"):
        basis = f"{basis or 'not named'} ({words.words(record.basis_status)})"
    details = (
        ("opened", record.opened, ("opened",)),
        ("closed", record.closed, ("closed",)),
        ("legal dates", legal, ("legal_start", "legal_end")),
        ("form", words.words(record.form), ("form",)),
        ("legal form", words.words(record.legal_form), ("legal_form",)),
        ("legal basis", basis, ("legal_basis",)),
        ("address", words.where(record.address) if record.address else "", ("address",)),
    )
    for label, value, fields in details:
        if value:
            yield Line((Part(f"{label}:", "dim"), Part(value), _marks(record.evidence_of(*fields), number)))


def _facts(facts: tuple[Fact, ...], number: dict[int, int], depth: int = 1) -> Iterator[Line]:
    """Yield facts under what they are about, on its line where there is one only."""
    groups: dict[str, list[Fact]] = {}
    for fact in facts:
        groups.setdefault(fact.label, []).append(fact)
    for label, group in groups.items():
        if len(group) > 1:
            yield Line((Part(f"{label}:", "dim"),), depth)
        for fact in group:
            said = (Part(words.said(fact)), _marks(fact.evidence, number))
            if len(group) > 1:
                yield Line(said, depth + 1)
            else:
                yield Line((Part(f"{label}:", "dim"), *said), depth)


def _links(record: Record, number: dict[int, int], group: int | None) -> Iterator[Line]:
    for label, counted, ties in group_links(record, group):
        total = max(record.link_counts.get(label, 0), counted)
        yield Line((Part(label), Part(f"{total:,}", "dim")), heading=True)
        for tie in ties:
            yield from _link(tie, number)
        if len(ties) < total:
            yield Line((Part(f"… {total - len(ties):,} more", "dim"),), depth=2)


def _link(tie: Link, number: dict[int, int]) -> Iterator[Line]:
    role = tie.role_label or words.words(tie.role)
    status = words.words(tie.status) if tie.status and tie.status != "current" else ""
    legal = words.span(tie.legal_start, tie.legal_end)
    about = (role, words.span(tie.start, tie.end), f"legally {legal}" if legal else "", status)
    closed = "closed" if tie.other_open is False else ""
    yield Line(
        (
            Part(tie.name),
            Part(tie.key, "key"),
            Part(", ".join(part for part in about if part)),
            Part(closed, "past"),
            _marks(tie.evidence, number),
        ),
        depth=2,
    )
    yield from _facts(tie.facts, number, depth=3)


def _events(record: Record, number: dict[int, int]) -> Iterator[Line]:
    for event in record.events:
        date = event.date or "date unknown"
        yield Line((Part(date), Part(words.words(event.kind), "dim"), Part(event.text), _marks(event.evidence, number)))


def _evidence(proofs: list[Evidence], number: dict[int, int]) -> Iterator[Line]:
    last = ""
    for proof in proofs:
        source = proof.source
        if source.key != last:
            about = ", ".join((source.publisher or "publisher unknown", source.date or "date unknown"))
            yield Line((Part(source.title), Part(about, "dim"), Part(source.key, "key")), heading=True)
            if source.url:
                yield Line((Part(source.url, "dim"),), depth=2)
            last = source.key
        yield Line((Part(f"[{number[proof.id]}]", "reference"), *_proof(proof)), depth=2)


def _proof(proof: Evidence) -> Iterator[Part]:
    """Yield where in its source an evidence stands, on what basis, and in which words."""
    yield Part(proof.locator or "")
    if proof.basis == "claimed":
        yield Part(f"claimed by {proof.claimant_name or proof.claimant or 'someone it does not name'}")
    else:
        yield Part(words.words(proof.basis), "dim" if proof.basis == "stated" else "soon")
    if proof.confidence is not None:
        yield Part(f"confidence {proof.confidence:.0%}", "dim")
    if proof.note:
        yield Part(f"({proof.note})")
    if proof.quote:
        yield Part(f"“{proof.quote}”", "dim")


def title(record: Record) -> tuple[str, str]:
    """Return a record's name, and what it is in words: kind, type, status."""
    status = record.status_label or words.status(record.brief)
    kind = record.type_label or words.words(record.type)
    return record.name, " · ".join(part for part in (record.kind, kind, status) if part)


def text_page(record: Record, line_width: int | None, palette: Palette) -> Iterator[str]:
    """Yield the page's lines for the terminal, broken to its width where that is given."""
    name, kind = title(record)
    yield palette.paint("title", visible(name))
    yield f"{palette.paint('dim', visible(kind))}  {palette.paint('key', visible(record.key))}"
    for section in sections(record):
        yield ""
        if section.title:
            yield palette.paint("title", section.title)
        for line in section.lines:
            yield from _text_line(line, line_width, palette)


def _text_line(line: Line, line_width: int | None, palette: Palette) -> Iterator[str]:
    """Yield a line's text; one that has to be broken goes without styles, because a break may fall inside one."""
    parts = [Part(visible(part.text), part.style) for part in line.parts if part.text]
    gap = "  " if line.depth else " "
    broken = wrap(gap.join(part.text for part in parts), line_width, 2 * line.depth, 2 if line.depth else 0)
    if len(broken) == 1:
        painted = gap.join(palette.paint(part.style, part.text) for part in parts)
        yield "  " * line.depth + painted
    else:
        yield from broken


def markdown_page(record: Record) -> Iterator[str]:
    """Yield the page's lines as Markdown, uncut."""
    name, kind = title(record)
    yield f"# {markdown(name)}"
    yield ""
    yield f"{markdown(kind)} · {markdown(record.key)}"
    for section in sections(record, group=None):
        yield ""
        if section.title:
            yield f"## {section.title}"
            yield ""
        for line in section.lines:
            shown = " ".join(markdown(part.text) for part in line.parts if part.text)
            yield "  " * (line.depth - 1) + f"- {shown}" if line.depth else shown
