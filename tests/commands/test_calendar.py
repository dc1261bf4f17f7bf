"""The calendar: what lies ahead, by the day, the month or the year alone, with who says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from tests.commands.conftest import Asking, Interlock, register_of

TOLD = "source:told-ahead"


@pytest.fixture(scope="module")
def ahead(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arrangements, people and bodies with days ahead, and some whose days lie behind."""

    def event(kind: str, date: str, text: str = "In words.") -> dict[str, str]:
        return {"kind": kind, "date": date, "text": text}

    def pact(key: str, **more: object) -> dict[str, object]:
        return {"key": f"arr:{key}", "name": f"Pact {key}", "type": "alliance", "status": "open", **more}

    arrangements = [
        pact("term", opened="2020", closed="2027-03-31", participants=[{"who": "ods:X1", "end": "2027-03-31"},
                                                                        {"who": "ods:X2", "end": "2027-01"}]),
        pact("events", events=[
            event("review-due", "2026-12", "Review; with the council, by December"),
            event("notice-due", "2026-11-28", "Last day."),
            event("decision-due", "XXXX-07-08"),
            event("term-ends", "2027"),
            event("review-due", "2026-11-27"),
            event("review-due", "2029-01-01"),
        ]),
        pact("plan", status="planned", opened="2027-02-01"),
        pact("begun", opened="2026-11"),
        pact("over", status="closed", closed="2026-01-01", events=[event("review-due", "2026-12-01")]),
    ]  # fmt: skip
    bodies = [
        {"key": "ods:X1", "name": "Hill Trust", "type": "nhs-trust", "status": "open", "closed": "2027-04-01"},
        {"key": "ods:F1", "name": "Chemist", "type": "pharmacy", "status": "open", "closed": "2027-04-01"},
    ]
    people = [{"name": "Ann Example", "posts": [{"in": "ods:X1", "role": "chair", "end": "2027-05-01"}]}]
    lists = {"organisations": bodies, "arrangements": arrangements, "people": people}
    return register_of(tmp_path_factory.mktemp("ahead"), {"id": "told-ahead", "title": "told-ahead", **lists})


def entries(interlock: Interlock, register: Path, *words: str) -> list[tuple[str, str, str]]:
    """The days, what they are set for, and of what."""
    done = interlock("calendar", *words, "--db", register, "--format", "json")
    assert done.returncode == 0, done.stderr
    return [(one["date"], one["what"], one["key"]) for one in json.loads(done.stdout)["entries"]]


def test_what_lies_ahead_is_told_in_order_with_what_is_not_known_to_the_day_apart(asked: Asking, ahead: Path) -> None:
    answer = asked("calendar", TOLD, "-type:pharmacy", "--db", ahead)
    assert (answer["from"], answer["to"]) == ("2026-11-28", "2027-05-27")
    assert [(one["date"], one["what"], one["key"], one["precision"]) for one in answer["entries"]] == [
        ("2026-11-28", "notice", "arr:events", "day"),
        ("2026-12", "review", "arr:events", "month"),
        ("2027-01", "end", "arr:term", "month"),
        ("2027-02-01", "begin", "arr:plan", "day"),
        ("2027-03-31", "end", "arr:term", "day"),
        ("2027-04-01", "end", "ods:X1", "day"),
        ("2027-05-01", "end", "ods:X1", "day"),
        ("2027", "end", "arr:events", "year"),
        ("XXXX-07-08", "decision", "arr:events", "no year"),
    ]
    leaving, post = (one for one in answer["entries"] if one["party"])
    assert (leaving["party"]["key"], leaving["text"]) == ("ods:X2", "X2, until then")
    assert (post["party"]["name"], post["text"]) == ("Ann Example", "Ann Example (chair), until then")
    titles = {proof["id"]: proof["source"]["title"] for proof in answer["evidence"]}
    assert all([titles[proof] for proof in one["evidence"]] == ["told-ahead"] for one in answer["entries"])


def test_a_decision_is_told_of_what_it_is_on_and_not_again_of_each_who_decides(
    interlock: Interlock, ahead: Path
) -> None:
    told = "arr:single-integrated-management-team"
    found = [one for one in entries(interlock, ahead) if one[0] == "XXXX-07-08" and one[2] != "arr:events"]
    assert found == [("XXXX-07-08", "decision", told)] * 2
    board = "arr:blackburn-with-darwen-care-trust-board"
    assert entries(interlock, ahead, board) == [("XXXX-07-08", "decision", board)]


def test_the_page_says_what_when_and_who_says_so(interlock: Interlock, ahead: Path) -> None:
    page = interlock("calendar", "arr:events", "--db", ahead).stdout.splitlines()
    assert page[:6] == [
        "From 28 November 2026 to 27 May 2027: 2 entries",
        "  28 November 2026  notice due  Pact events  arr:events  [1]",
        "    Last day.",
        "  December 2026  review due  Pact events  arr:events  [1]",
        "    Review; with the council, by December",
        "",
    ]
    assert "Known by the year alone" in page
    assert "  8 July  decision due  Pact events  arr:events  [1]" in page
    assert page[page.index("Who says so") + 1].startswith("  told-ahead  ")


@pytest.mark.parametrize(
    ("words", "days"),
    [
        (("--within", "0d"), ["2026-11-28"]),
        (("--within", "3"), ["2026-11-28", "2026-12"]),
        (("--within", "1w"), ["2026-11-28", "2026-12"]),
        (("--within", "26m"), ["2026-11-28", "2026-12", "2029-01-01"]),
        (("--as-of", "2026-11-01", "--within", "29d"), ["2026-11-27", "2026-11-28"]),
        (("--as-of", "2028-12-02", "--within", "1m"), ["2029-01-01"]),
    ],
)
def test_how_far_ahead_and_from_which_day_can_be_said(
    interlock: Interlock, ahead: Path, words: tuple[str, ...], days: list[str]
) -> None:
    found = entries(interlock, ahead, "arr:events", *words)
    assert [date for date, _, _ in found if len(date) > 4 and date[0] != "X"] == days


def test_bodies_that_are_no_public_ones_are_told_where_they_are_asked_for(interlock: Interlock, ahead: Path) -> None:
    assert ("2027-04-01", "end", "ods:F1") not in entries(interlock, ahead)
    assert entries(interlock, ahead, "ods:F1") == [("2027-04-01", "end", "ods:F1")]


def test_a_time_that_is_none_is_refused_in_one_line(interlock: Interlock, ahead: Path) -> None:
    for within in ("soon", "-3d", "5x", "1.5y"):
        done = interlock("calendar", f"--within={within}", "--db", ahead)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
        assert "write 180d, 26w, 6m or 1y" in done.stderr
    assert entries(interlock, ahead, "arr:plan", "--within", "999999y") == [("2027-02-01", "begin", "arr:plan")]


def test_a_calendar_program_reads_the_file(interlock: Interlock, ahead: Path) -> None:
    done = interlock("calendar", "arr:events", "--to", "ics", "--db", ahead)
    events: list[Any] = Calendar.from_ical(done.stdout).walk("VEVENT")
    assert [(str(event["SUMMARY"]), event["DTSTART"].dt.isoformat()) for event in events] == [
        ("Pact events: notice due", "2026-11-28"),
        ("Pact events: review due", "2026-12-01"),
    ]
    assert str(events[1]["DESCRIPTION"]).startswith("Review; with the council, by December\n")
    assert done.stderr == "2 entries left out of the file, known by the year alone or without it\n"


def test_nothing_ahead_is_said_and_the_file_is_whole(interlock: Interlock, ahead: Path) -> None:
    done = interlock("calendar", "arr:over", "--to", "ics", "--db", ahead)
    assert Calendar.from_ical(done.stdout).walk("VEVENT") == []
    assert done.stderr == "nothing is told from 28 November 2026 to 27 May 2027; --within 2y looks further\n"
    within = interlock("calendar", "arr:over", "--within", "2y", "--db", ahead)
    assert within.stderr == "nothing is told from 28 November 2026 to 28 November 2028\n"
