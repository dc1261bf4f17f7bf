"""What whoever corrects a statement has to know: record, value, source, the place in it, and whom to tell."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui.text import phrases
from tui.text.record_page import record_page

if TYPE_CHECKING:
    from db.model import Evidence, Record
    from db.reports import SourceInfo
    from tui.text.page_parts import PageGroup, PageLine

US = "Interlock"
YOU = "you"


class Whom(NamedTuple):
    """Who can correct a statement, and where to tell them; None where nobody knows a place."""

    who: str
    where: str | None


class Correction(NamedTuple):
    """A statement of a record's page, one of those who state it, and whom to tell if it is wrong."""

    what: str
    value: str
    evidence: Evidence
    whom: Whom


def corrections(record: Record, sources: Mapping[str, SourceInfo]) -> Iterator[Correction]:
    """Yield all that a record's page says, as it says it, once for each of those who state it."""
    proofs = {one.id: one for one in record.evidence}
    for what, value, evidence in _said(record):
        for number in evidence:
            if number in proofs:
                found = proofs[number]
                yield Correction(what, value, found, _whom(found, sources.get(found.source.key)))


def _said(record: Record) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Yield what the page says, line by line: what it is about, its words, its evidence."""
    page = record_page(record, lambda _: None, printed=True, headed=False)
    yield "kind", page.about, page.evidence.about
    if page.standing:
        yield "status", page.standing, page.evidence.standing_and_day
    if page.summary:
        yield "summary", page.summary, page.evidence.summary
    alone = {"names": "name", "codes": "code", "timeline": "event", "separate": "stays separate"}
    for section in page.sections:
        if section.name != "evidence":
            for group in section.groups:
                yield from _group(group, alone.get(section.name, ""))
    if not any(section.name == "names" for section in page.sections):
        yield "name", record.name, tuple(one for name in record.names for one in name.evidence)


def _group(group: PageGroup, alone: str) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    for line in group.lines:
        what = " ".join(filter(None, (alone, group.heading if alone else group.label)))
        yield what, _words(line), line.evidence
        for under in line.under:
            yield f"{what}: {line.text}", _words(under), under.evidence


def _words(line: PageLine) -> str:
    """Return a line as one text."""
    text = f"{line.label}: {line.text}" if line.label else line.text
    named = f"{text} ({line.key})" if line.key else text
    return phrases.joined(line.date, named, line.about)


def _whom(found: Evidence, info: SourceInfo | None) -> Whom:
    """Return who can correct what a source says: who wrote the file, who inferred it, else its publisher."""
    if info is not None and info.path and info.format == "records":
        return Whom(YOU, info.path)
    if found.basis == "inferred" or found.source.publisher in (None, US):
        return Whom(US, _table()["us"]["tell"])
    return Whom(str(found.source.publisher), _places().get(str(found.source.publisher)) or found.source.url)


@cache
def _places() -> dict[str, str]:
    return {name: one["tell"] for one in _table()["publishers"] for name in one["publisher"]}


@cache
def _table() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(Path(__file__).with_name("publishers.json").read_text("utf-8"))
    return found
