"""What reads return, as the JSON contract has it: keys in its order, additions after them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from db.keys import is_code
from tui.text import questions
from tui.text import values as words

if TYPE_CHECKING:
    from db.model import Address, Event, Evidence, Fact, Link, Record, StatedValue
    from db.reports import (
        Change,
        Changed,
        Diff,
        Joined,
        Reject,
        Removed,
        Run,
        SourceInfo,
        SourceReport,
        Suggestion,
        Undone,
    )
    from db.results import Hit
    from db.statements import Account

Shape = dict[str, object]


def hit(found: Hit, explain: bool = False) -> Shape:
    """Return a search result."""
    brief = found.brief
    shape: Shape = {
        "key": brief.key,
        "kind": brief.kind,
        "type": brief.type,
        "name": brief.name,
        "status": brief.status,
        "open": brief.open,
        "place": brief.place,
        "score": round(found.score, 2),
        "matched": {"field": found.matched.field, "text": found.matched.text, "how": found.matched.how},
        "gone": brief.gone,
        "code_only": is_code(brief.name, brief.key),
        "posts": list(brief.posts),
    }
    if explain:
        shape["explain"] = found.explain
    return shape


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
            "why": words.why_identifier(code),
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


def evidence(proof: Evidence) -> Shape:
    """Return an evidence with its source."""
    source = proof.source
    claimant = {"key": proof.claimant, "name": proof.claimant_name} if proof.claimant else None
    return {
        "id": proof.id,
        "source": {
            "key": source.key,
            "title": source.title,
            "publisher": source.publisher,
            "date": source.date,
            "url": source.url,
        },
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
        **({"not_dated": _not_dated(whole)} if whole.as_of else {}),
    }


def _not_dated(whole: Record) -> Shape:
    """Return what no source tells of the day as of which a record is told."""
    return {
        "links": [link(one) for one in whole.not_dated],
        "facts": [fact(one) for one in whole.facts_of_other_years],
    }


REPORT_FIELDS = (
    "source",
    "format",
    "published",
    "read",
    "added",
    "updated",
    "unchanged",
    "closed",
    "rejected",
    "records",
    "links",
    "placeholders",
    "gone",
    "file",
)
"""What is told of a source, in order."""


def report(source: SourceReport) -> Shape:
    """Return what one source of a run came to."""
    return {field: getattr(source, field) for field in REPORT_FIELDS}


def account(told: Account | None) -> Shape:
    """Return what became of the columns of a table and of the parts of its mapping; nothing of any other source."""
    if told is None:
        return {}
    return {
        "mapping": told.mapping,
        "unused": list(told.unused),
        "made": dict(told.made),
        "idle": list(told.idle),
        "hidden": dict(told.hidden),
    }


def reject(row: Reject) -> Shape:
    """Return a refused row."""
    return {"source": row.source, "line": row.line, "reason": row.reason, "value": row.value, "file": row.file}


def run(past: Run) -> Shape:
    """Return an import as it is remembered."""
    return {
        "run": past.run,
        "started": past.started,
        "seconds": round(past.seconds, 3),
        "command": past.command,
        "sources": [report(source) for source in past.sources],
        "undone": past.undone,
    }


def change(one: Change) -> Shape:
    """Return one thing about a record that changed."""
    return {"what": one.what, "before": one.before, "after": one.after}


def changed(record: Changed) -> Shape:
    """Return a record that a run added or changed."""
    changes = [change(one) for one in record.changes]
    return {"key": record.key, "name": record.name, "changes": changes, "placeholder": record.placeholder}


def diff(whole: Diff) -> Shape:
    """Return what a run did."""
    added = [{"key": one.key, "name": one.name, "placeholder": one.placeholder} for one in whole.added]
    return {
        "run": whole.run,
        "added": added,
        "updated": [changed(one) for one in whole.updated],
        "closed": [changed(one) for one in whole.closed],
        "reopened": [changed(one) for one in whole.reopened],
        "gone": [changed(one) for one in whole.gone],
        "rejects": [reject(row) for row in whole.rejects],
        "rejects_left_out": whole.rejects_left_out,
    }


def removed(taken_away: Removed) -> Shape:
    """Return what taking a record away came to."""
    return {"run": taken_away.run, "key": taken_away.key, "sources": list(taken_away.sources)}


def joined(both: Joined) -> Shape:
    """Return what joining two records, or parting them, came to."""
    return {"run": both.run, "key": both.key, "other": both.other}


def undone(taken_back: Undone) -> Shape:
    """Return what taking a run back came to."""
    return {
        "run": taken_back.run,
        "records": taken_back.records,
        "links": taken_back.links,
        "restored": taken_back.restored,
    }


def source(info: SourceInfo) -> Shape:
    """Return a source as `stats` lists it."""
    return {
        "name": info.title,
        "published": info.published,
        "imported": info.imported,
        "records": info.records,
        "key": info.key,
        "publisher": info.publisher,
        "licence": info.licence,
        "url": info.url,
        "format": info.format,
    }


def suggestion(asked: Suggestion) -> Shape:
    """Return a suggestion that waits for a person."""
    return {
        "id": asked.id,
        "what": asked.what,
        "confidence": asked.confidence,
        "rule": asked.rule,
        "candidates": [
            {"key": one.key, "name": one.name, "score": one.score, "place": one.place, "posts": list(one.posts)}
            for one in asked.candidates
        ],
        "evidence": [evidence(one) for one in asked.evidence],
        "key": asked.key,
        "name": asked.name,
        "question": questions.question(asked),
        "place": asked.place,
        "posts": list(asked.posts),
        "run": asked.run,
    }
