"""What a person is asked: by the names of the bodies, and with who says what it is about."""

from __future__ import annotations

from db.reports import Candidate, Suggestion
from tests.tui.samples import RECORD
from tui.text import questions

ASKED = Suggestion(
    1, "ods:122", "Aylesbury Vale District Council",
    "ods:122 passed on to ods:916 and ods:Q75 on 2020-04-01: was that all of it, so that it closed?", None, "passed-on",
    (Candidate("ods:916", "Buckinghamshire Council", None), Candidate("ods:Q75", "Q75", None)), (), "Aylesbury",
)  # fmt: skip


def test_a_question_names_the_bodies_and_writes_days_out() -> None:
    assert questions.question(ASKED) == (
        "Aylesbury Vale District Council (122, Aylesbury) passed on to Buckinghamshire Council (916) and "
        "Q75 (no name given) on 1 April 2020: was that all of it, so that it closed?"
    )
    assert questions.candidate(Candidate("ods:916", "Bucks", 85.5, "Aylesbury")) == "ods:916  Bucks · Aylesbury  85.5"
    assert questions.candidate(ASKED.candidates[1]) == "ods:Q75  no name given"


def test_what_is_quoted_in_a_question_stays_as_it_is_written() -> None:
    quoted = ASKED._replace(what="ods:122 has “ods:916 on 2020-04-01” for its lead: who is that?")
    assert "has “ods:916 on 2020-04-01” for" in questions.question(quoted)


def test_a_question_that_does_not_say_whom_it_is_about_begins_with_that() -> None:
    twice = ASKED._replace(what="npda:P1 is given for two records: are they one?")
    assert questions.question(twice).startswith("Aylesbury Vale District Council (122, Aylesbury): npda:P1 is ")


def test_a_question_says_who_says_so_and_how_many_more_there_are() -> None:
    first = RECORD.evidence[0]
    rows = [first._replace(id=n, locator=f"line {n}") for n in range(5)]
    others = [first._replace(source=first.source._replace(key=f"file:{n}", title=f"List {n}")) for n in range(4)]
    lines = list(questions.sources(ASKED._replace(evidence=(*rows, *others))))
    assert lines[0].startswith(f"said by {first.source.title} · ")
    assert lines[0].endswith("line 0, line 1, line 2 and 2 more")
    assert lines[-1] == "and by 2 other sources"
