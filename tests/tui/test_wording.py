"""Records in words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.model import Evidence, Fact
from db.reports import SourceInfo, Stats
from db.results import Brief
from tests.tui.fake_register import ANNOUNCEMENT, EVIDENCE, link, record
from tui import wording


@pytest.mark.parametrize(
    ("date", "words"),
    [("2016", "2016"), ("2016-07", "July 2016"), ("2016-07-08", "8 July 2016"),
     ("XXXX-07-08", "8 July, year not stated"),
     ("XXXX-07", "July, year not stated"), (None, "date not stated"), ("soon", "soon"), ("2016-99", "2016-99"),
     ("2016-07-08-09", "2016-07-08-09")],
)  # fmt: skip
def test_dates_say_what_is_known_of_them(date: str | None, words: str) -> None:
    assert wording.date_words(date) == words


@pytest.mark.parametrize(
    ("start", "end", "status", "words"),
    [("2010", "2013", None, "2010 to 2013"), ("2013", None, None, "since 2013"),
     (None, "2013", None, "until 2013, start unknown"),
     ("2010", None, "past", "from 2010, end unknown"), (None, None, "past", "dates unknown"), (None, None, None, "")],
)  # fmt: skip
def test_periods_say_which_end_is_unknown(start: str | None, end: str | None, status: str | None, words: str) -> None:
    assert wording.period_words(start, end, status) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [({}, "open"), ({"opened": "1993"}, "open since 1993"),
     ({"status": "planned", "status_label": "planned"}, "planned"),
     ({"open": False, "status": "closed", "status_label": "closed"}, "closed, end unknown"),
     ({"open": False, "status": "closed", "status_label": "closed", "closed": "2013-03-31"}, "closed 31 March 2013"),
     ({"open": False, "status": "open", "closed": "2013"}, "closed 2013"),
     ({"status": None, "status_label": None, "open": None}, "status not stated"),
     ({"closed": "2027-03"}, "open, to end March 2027"),
     ({"placeholder": True}, "open, known only from what others say of it"),
     ({"gone": "file:list"}, "open, not in the newest list (file:list)"),
     ({"kind": "person"}, ""), ({"kind": "document", "status": None, "status_label": None, "open": None}, ""),
     ({"kind": "person", "placeholder": True}, "known only from what others say of it")],
)  # fmt: skip
def test_status_says_where_a_record_stands(changes: dict[str, object], words: str) -> None:
    assert wording.status_words(replace(record("ods:X", "organisation", "X"), **changes)) == words  # type: ignore[arg-type]


def test_a_link_says_role_standing_dates_and_a_closed_other_end() -> None:
    planned = link("ods:X", "organisation", "X", "participants", role="lead", status="planned", start="2020")
    assert wording.link_words(planned) == ("lead", "planned", "since 2020")
    closed = link("ods:X", "organisation", "X", "parts", status="current", other_open=False, legal_end="2013")
    assert wording.link_words(closed) == ("legally until 2013, start unknown", "closed")


@pytest.mark.parametrize(
    ("value", "unit", "text", "as_of", "words"),
    [(2_000_000, "GBP", None, None, "£2,000,000"), (2_000_000, "GBP", "about £2m", None, "about £2m"),
     (86, "%", "Members feel so.", None, "86 %: Members feel so."),
     (61, "%", "61 per cent of them", None, "61 per cent of them"),
     (None, None, "Keeps its board.", None, "Keeps its board."), (44, "people", None, "2016", "44 people (as of 2016)"),
     (10, "years", "more than ten years", None, "more than ten years"), ("blue", None, None, None, "blue"),
     (3, "people", "A team of three.", None, "3 people: A team of three.")],
)  # fmt: skip
def test_a_fact_says_its_value_once(
    value: str | int | None, unit: str | None, text: str | None, as_of: str | None, words: str
) -> None:
    assert wording.fact_words(Fact("p", "p", value, unit, as_of, text, ())) == words


def test_evidence_says_who_and_how_firmly() -> None:
    stated, claimed, inferred = EVIDENCE
    assert wording.evidence_words(stated) == "stated, in Two trusts to form a group, paragraph 3"
    assert wording.basis_words(claimed) == "claimed by Glen Burley"
    assert wording.basis_words(inferred) == "inferred: the list gives the code (confidence 70%)"
    nobody = Evidence(1, ANNOUNCEMENT, None, None, "claimed", None, None, None, None)
    assert wording.basis_words(nobody) == "claimed by somebody the source does not name"


@pytest.mark.parametrize(
    ("changes", "words"),
    [({}, "Hereford"), ({"open": False}, "closed"), ({"status": "being-formalised"}, "being formalised"),
     ({"gone": "file:x"}, "no longer listed"), ({"place": None}, "")],
)  # fmt: skip
def test_a_list_says_the_one_thing_worth_knowing(changes: dict[str, object], words: str) -> None:
    brief = Brief("ods:X", "organisation", None, "X", "open", True, "Hereford")
    assert wording.brief_words(brief._replace(**changes)) == words  # type: ignore[arg-type]


def test_the_register_says_how_current_it_is_in_shorter_and_shorter_words() -> None:
    def source(published: str | None) -> SourceInfo:
        return SourceInfo("k", "t", None, published, None, None, None, None, 1)

    stats = Stats({"organisation": 1, "person": 2}, {}, (source("2015-10"), source(None), source("2026-08")), None)
    words = wording.register_words("my.db", stats)
    assert words[0] == "1 organisation · 2 people · my.db · sources to Aug 2026"
    assert words[-1] == "my.db"
    assert [len(one) for one in words] == sorted((len(one) for one in words), reverse=True)
    assert wording.register_words("my.db", Stats({}, {}, (source(None),), None))[2] == "my.db · sources undated"
    assert wording.register_words("my.db", None) == ("my.db",)


def test_numbers_agree_with_their_words() -> None:
    assert [wording.count(1, "person"), wording.count(1204, "person"), wording.count(0, "site")] == [
        "1 person", "1,204 people", "0 sites",
    ]  # fmt: skip
