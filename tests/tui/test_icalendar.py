"""A calendar file is read back by a parser that is not ours, whatever the texts in it are."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar as ParsedCalendar

from db.model import Evidence, SourceRef
from db.parties import Party
from db.reports import Calendar, CalendarEntry
from tui.cli.icalendar import lines
from tui.text.safe import visible

HOSTILE = st.text(max_size=120) | st.sampled_from(
    ["a\r\nBEGIN:VALARM", "x\nEND:VEVENT", "semi;colon, comma\\n", "\x1b[2J", "‮evil", "ä" * 60, "👩‍⚕️" * 20, "\ud800"]
)
DAYS = st.sampled_from(["2027-02-28", "2027-12-31", "2028-02", "2027-12", "9999-12-31"])


def calendar(*entries: CalendarEntry, title: str = "A list") -> Calendar:
    proof = Evidence(
        1, SourceRef("file:a", title, None, None, None), None, None, "stated", None, None, None, None, None
    )
    return Calendar("2026-11-28", "2028-11-28", entries, (), (), (proof,))


@given(name=HOSTILE, text=HOSTILE, role=HOSTILE, title=HOSTILE, day=DAYS, has_party=st.booleans())
def test_any_text_comes_back_as_it_is_shown(
    name: str, text: str, role: str, title: str, day: str, has_party: bool
) -> None:
    party = Party("ods:X1", name) if has_party else None
    entry = CalendarEntry(day, "review", "arr:a", name, text, party, role, (1,))
    file = "".join(lines(calendar(entry, title=title)))
    written = file.encode("utf-8", "replace")
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in written.split(b"\r\n"))
    assert not re.search(rb"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\n)|(?<!\r)\n", written)
    (event,) = events_in(written.decode("utf-8"))
    assert str(event["SUMMARY"]) == f"{shown(name)}: review due"
    described = str(event["DESCRIPTION"]).split("\n")
    assert described[-2:] == ["arr:a", f"Says: {shown(title)}"]
    assert (event["UID"], event["DTSTAMP"].dt.isoformat()) == (event["UID"], "2026-11-28T00:00:00+00:00")


def events_in(file: str) -> list[Any]:
    parsed = ParsedCalendar.from_ical(file)
    assert parsed.errors == []
    return parsed.walk("VEVENT")


def shown(text: str) -> str:
    return visible(text).encode("utf-8", "replace").decode("utf-8")


def test_days_are_whole_days_and_months_all_of_their_days() -> None:
    entries = [CalendarEntry(day, "end", "arr:a", "Pact", None, None, None, ()) for day in ("2027-12-31", "2028-02")]
    events = events_in("".join(lines(calendar(*entries))))
    spans = [(event["DTSTART"].dt, event["DTEND"].dt) for event in events]
    assert spans == [(date(2027, 12, 31), date(2028, 1, 1)), (date(2028, 2, 1), date(2028, 3, 1))]
    assert len({event["UID"] for event in events}) == 2
