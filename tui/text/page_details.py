"""The single details of a record or a link on its page: what is shown, by whom it is stated, and who says otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.text import phrases, values
from tui.text.page_parts import PageGroup, PageLine
from tui.text.record_standing import as_known, is_told_with_it, own_day, standing

if TYPE_CHECKING:
    from db.model import Evidence, Link, Record


def detail_groups(record: Record, *, headed: bool = True) -> Iterator[PageGroup]:
    """Yield what the record says of itself in single fields, and below each what contradicts it.

    What the head tells (type and status, the days with the status) is told again only where it is contradicted, or
    where others state a day than whom the head cites; days also where there is no head.
    """
    proofs = {one.id: one for one in record.evidence}
    details = (
        ("type", phrases.kind(record) if _is_disputed(record, "type") else None, ("type",)),
        ("status", standing(record) if _is_disputed(record, "status") else None, ("status",)),
        ("opened", _day(record, "opened", headed=headed), ("opened",)),
        ("closed", _day(record, "closed", headed=headed), ("closed",)),
        ("legal dates", phrases.period(record.legal_start, record.legal_end), ("legal_start", "legal_end")),
        ("form", as_known(record, phrases.readable(record.form), "form"), ("form",)),
        ("legal form", as_known(record, phrases.readable(record.legal_form), "legal_form"), ("legal_form",)),
        ("legal basis", phrases.legal_basis(record), ("legal_basis",)),
    )
    for label, text, fields in details:
        if text:
            yield _detail(record, label, ((text, record.evidence_of(*fields)),), fields, proofs)
    if record.address:
        yield _detail(record, "address", _address(record), values.ADDRESS, proofs)


def _day(record: Record, what: str, *, headed: bool) -> str:
    """Return the day on which a record opened or closed, where no head tells as much."""
    return "" if headed and is_told_with_it(record, what) and not _is_disputed(record, what) else own_day(record, what)


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


def details_apart(link: Link) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the details of a link that not all who state it state, and nobody contradicts: who states each.

    Likewise the closing of the other end, with which it ended: who tells of the link may know nothing of that. Who
    tells of the record's own is said at the head of its page.
    """
    disputed = {one.what for one in values.disputed(link.values, [one.what for one in link.values])}
    for one in link.values:
        if one.chosen and one.evidence and one.what != "status" and one.what not in disputed:
            yield values.label(one.what), one.evidence
    other_closed = link.ended_with is not None and link.ended_with.key == link.key
    if other_closed and link.ended_with and not set(link.ended_with.evidence) <= set(link.evidence):
        yield values.label("closed"), link.ended_with.evidence


def link_details(link: Link, ident: str, proofs: Mapping[int, Evidence]) -> Iterator[PageLine]:
    """Yield the details of a link of which somebody states otherwise: what is shown, and who says what else."""
    for what in dict.fromkeys(one.what for one in link.values if one.what != "status"):
        label, name = values.label(what), f"{ident}:{what}"
        others = tuple(values.others(link.values, (what,), proofs))
        shown = (one for one in link.values if one.what == what and one.chosen and others)
        for one in shown:
            yield PageLine(name, values.shown_words(one), label=label, evidence=one.evidence)
        for n, (text, evidence) in enumerate(others):
            yield PageLine(f"{name}:{n}", text, label=label, evidence=evidence)
