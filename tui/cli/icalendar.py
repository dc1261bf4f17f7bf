"""A calendar as an .ics file (RFC 5545), one all-day event an entry: what calendar programs take in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from db.dates import earliest, latest
from tui.text import calendar as words
from tui.text.safe import visible

if TYPE_CHECKING:
    from db.model import Evidence
    from db.reports import Calendar, CalendarEntry

_LONGEST = 75
"""Octets of a line without its end; what is longer goes on in the next, behind a blank (section 3.1)."""
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def lines(found: Calendar) -> Iterator[str]:
    """Yield the lines of the file, each with its end. What is not known by its month or day is left out."""
    proofs = {proof.id: proof for proof in found.evidence}
    yield from _written("BEGIN:VCALENDAR")
    yield from _written("VERSION:2.0")
    yield from _written("PRODID:-//Interlock//calendar//EN")
    yield from _written("CALSCALE:GREGORIAN")
    for one in found.dated:
        for line in _event(one, found.start, proofs):
            yield from _written(line)
    yield from _written("END:VCALENDAR")


def _event(one: CalendarEntry, day: str, proofs: Mapping[int, Evidence]) -> Iterator[str]:
    """Yield an event; a month is an event of all its days. Its UID is the same in every file that has it."""
    last = date.fromisoformat(latest(one.date) or "")
    says = dict.fromkeys(proofs[proof].source.title for proof in one.evidence if proof in proofs)
    about = (words.text(one), one.key, *(f"Says: {title}" for title in says))
    party = one.party.key if one.party else ""
    named = "|".join((one.key, one.what, one.date, party, one.role or "", one.text or ""))
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(named.encode('utf-8', 'replace')).hexdigest()[:32]}@interlock"
    yield f"DTSTAMP:{day.replace('-', '')}T000000Z"
    yield f"DTSTART;VALUE=DATE:{(earliest(one.date) or '').replace('-', '')}"
    if last < date.max:
        yield f"DTEND;VALUE=DATE:{(last + timedelta(days=1)).strftime('%Y%m%d')}"
    yield f"SUMMARY:{_text([f'{one.name}: {words.what(one)}'])}"
    yield f"DESCRIPTION:{_text(part for part in about if part)}"
    yield f"CATEGORIES:{_text([one.what])}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _text(parts: Iterable[str]) -> str:
    """Return parts as one text, a line each; what could act in it is shown instead."""
    return "\n".join(visible(part) for part in parts).translate(_ESCAPED)


def _written(line: str) -> Iterator[str]:
    """Yield a line folded so that no part is too long, and no character is torn apart."""
    part, size = "", 0
    for char in line:
        octets = len(char.encode("utf-8"))
        if size + octets > _LONGEST:
            yield f"{part}\r\n"
            part, size = " ", 1
        part, size = part + char, size + octets
    yield f"{part}\r\n"
