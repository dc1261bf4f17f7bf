"""Records, as the JSON contract has them: keys in its order, additions after them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from db.keys import is_code
from tui.text import values as words

if TYPE_CHECKING:
    from db.model import Address, Event, Evidence, Fact, Link, Record, SourceRef, StatedValue

Shape = dict[str, object]


def link(tie: Link) -> Shape:
    """Return a link, seen from the record that was asked about."""
    return {
        "type": tie.type,
        "label": tie.label,
        "direction": tie.direction,
        "role": tie.role,
        "start": tie.start,
        "end": tie.end,
        "status": tie.status,
        "key": tie.key,
        "kind": tie.kind,
        "name": tie.name,
        "evidence": list(tie.evidence),
        "category": tie.category,
        "role_label": tie.role_label,
        "legal_start": tie.legal_start,
        "legal_end": tie.legal_end,
        "open": tie.other_open,
        "other_code": tie.code,
        "facts": [fact(one) for one in tie.facts],
        "values": values(tie.values),
        "listed_first": tie.listed_first,
        "listed_last": tie.listed_last,
        "basis": tie.basis,
        "unlisted": tie.unlisted,
        "ended_with": tie.ended_with and tie.ended_with._asdict(),
        "became": [one._asdict() for one in tie.became],
        "code_only": is_code(tie.name, tie.key),
        "name_then": tie.name_then,
    }


def tie(one: Link) -> Shape:
    """Return a link between two records that are named beside it."""
    names = ("key", "kind", "name", "open", "other_code", "values", "name_then")
    return {field: value for field, value in link(one).items() if field not in names}


def values(stated: Iterable[StatedValue]) -> list[Shape]:
    """Return what sources state of single details."""
    return [
        {
            "what": one.what,
            "value": one.value,
            "evidence": list(one.evidence),
            "chosen": one.chosen,
            "why": words.why(one),
        }
        for one in stated
    ]


def _all_values(whole: Record) -> list[Shape]:
    """Return each value that a source states of a record: its names and codes, and all its details."""
    names: list[Shape] = [
        {
            "what": "name",
            "value": name.name,
            "evidence": list(name.evidence),
            "chosen": name.name == whole.name,
            "why": words.why_name(name, whole),
        }
        for name in whole.names
    ]
    codes: list[Shape] = [
        {
            "what": "identifier",
            "value": f"{code.scheme}:{code.value}",
            "evidence": list(code.evidence),
            "chosen": True,
            "why": words.WHY_A_CODE,
        }
        for code in whole.identifiers
    ]
    return [*names, *codes, *values(whole.values)]


def fact(said: Fact) -> Shape:
    """Return a fact."""
    return {
        "property": said.property,
        "value": said.value,
        "unit": said.unit,
        "as_of": said.as_of,
        "text": said.text,
        "evidence": list(said.evidence),
        "label": said.label,
    }


def event(happened: Event) -> Shape:
    """Return an event."""
    return {
        "date": happened.date,
        "kind": happened.kind,
        "text": happened.text,
        "evidence": list(happened.evidence),
    }


def source(one: SourceRef) -> Shape:
    """Return a source as evidence names it."""
    return {"key": one.key, "title": one.title, "publisher": one.publisher, "date": one.date, "url": one.url}


def evidence(proof: Evidence) -> Shape:
    """Return an evidence with its source."""
    claimant = {"key": proof.claimant, "name": proof.claimant_name} if proof.claimant else None
    return {
        "id": proof.id,
        "source": source(proof.source),
        "locator": proof.locator,
        "quote": proof.quote,
        "confidence": proof.confidence,
        "basis": proof.basis,
        "claimant": claimant,
        "note": proof.note,
        "as_of": proof.as_of,
    }


def address(place: Address | None) -> Shape | None:
    """Return an address, None where nobody gives one."""
    if place is None:
        return None
    return {
        "lines": list(place.lines),
        "town": place.town,
        "county": place.county,
        "postcode": place.postcode,
        "country": place.country,
    }


def record(whole: Record) -> Shape:
    """Return a record in full."""
    return {
        "key": whole.key,
        "kind": whole.kind,
        "type": whole.type,
        "name": whole.name,
        "status": whole.status,
        "open": whole.open,
        "legal_form": whole.legal_form,
        "summary": whole.summary,
        "opened": whole.opened,
        "closed": whole.closed,
        "names": [
            {
                "name": name.name,
                "kind": name.kind,
                "start": name.start,
                "end": name.end,
                "evidence": list(name.evidence),
                "verbatim": name.verbatim,
            }
            for name in whole.names
        ],
        "identifiers": [
            {"scheme": code.scheme, "value": code.value, "evidence": list(code.evidence)} for code in whole.identifiers
        ],
        "address": address(whole.address),
        "facts": [fact(one) for one in whole.facts],
        "links": [link(one) for one in whole.links],
        "link_counts": whole.link_counts,
        "events": [event(one) for one in whole.events],
        "evidence": [evidence(one) for one in whole.evidence],
        **_further(whole),
    }


def _further(whole: Record) -> Shape:
    """Return what a record holds beyond the contract's keys."""
    return {
        "own_evidence": list(whole.own_evidence),
        "type_label": whole.type_label,
        "status_label": whole.status_label,
        "placeholder": whole.placeholder,
        "gone": whole.gone,
        "form": whole.form,
        "legal_basis": whole.legal_basis,
        "basis_status": whole.basis_status,
        "legal_start": whole.legal_start,
        "legal_end": whole.legal_end,
        "values": _all_values(whole),
        **({"unlisted": whole.unlisted, "listed_last": whole.listed_last} if whole.gone else {}),
        **({"not_dated": _not_dated(whole), "later_type": whole.later_type} if whole.as_of else {}),
    }


def _not_dated(whole: Record) -> Shape:
    """Return what no source tells of the day as of which a record is told."""
    return {
        "links": [link(one) for one in whole.not_dated],
        "facts": [fact(one) for one in whole.facts_of_other_years],
    }
