"""Small things in words."""

from __future__ import annotations

import pytest

from db.dates import today
from db.graph.own_dates import own_entries
from db.model import Evidence, Fact, Name, SourceRef, TypeDays
from db.parties import ClosedParty, Follower
from db.reading.as_of import NOT_YET_OPEN
from db.reports import SourceInfo, Stats
from db.results import Brief, HeldPost
from tests.tui.fake_register import ANNOUNCEMENT, EVIDENCE, link, record
from tui.text import evidence_words, fact_words, link_phrases, phrases, timeline
from tui.text.held_posts import posts_in_short
from tui.text.in_lists import remark
from tui.text.page_details import details_apart
from tui.text.record_standing import standing


@pytest.mark.parametrize(
    ("date", "words"),
    [("2016", "2016"), ("2016-07", "July 2016"), ("2016-07-08", "8 July 2016"),
     ("XXXX-07-08", "8 July, year unknown"),
     ("XXXX-07", "July, year unknown"), (None, "date unknown"), ("soon", "soon"), ("2016-99", "2016-99"),
     ("2016-07-08-09", "2016-07-08-09")],
)  # fmt: skip
def test_dates_say_what_is_known_of_them(date: str | None, words: str) -> None:
    assert phrases.date(date) == words


@pytest.mark.parametrize(
    ("start", "end", "status", "words"),
    [("2010", "2013", None, "2010 to 2013"), ("2013", None, None, "since 2013"),
     (None, "2013", None, "until 2013"),
     ("2010", None, "past", "from 2010, end unknown"), (None, None, "past", "dates unknown"), (None, None, None, "")],
)  # fmt: skip
def test_periods_say_which_end_is_unknown(start: str | None, end: str | None, status: str | None, words: str) -> None:
    assert phrases.period(start, end, status) == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [({}, "open"), ({"opened": "1993"}, "open since 1993"),
     ({"status": "planned", "status_label": "planned", "own_evidence": (1,)}, "planned, undated source"),
     ({"own_evidence": (1,)}, "open, undated source"),
     ({"open": False, "status": "closed", "status_label": "closed"}, "closed, end unknown"),
     ({"open": False, "status": "closed", "status_label": "closed", "closed": "2013-03-31"}, "closed 31 March 2013"),
     ({"open": False, "status": "open", "closed": "2013"}, "closed 2013"),
     ({"status": None, "status_label": None, "open": None}, "status unknown"),
     ({"status": None, "status_label": None, "open": None, "opened": "2020-04"}, "opened April 2020, status unknown"),
     ({"status": NOT_YET_OPEN, "status_label": NOT_YET_OPEN, "open": False, "opened": "2022-07-01", "closed": "2026"},
      "not yet open, opened 1 July 2022"),
     ({"closed": "2027-03"}, "open, to end March 2027"), ({"closed": "2026-10"}, "open, was to end October 2026"),
     ({"closed": "2026-10", "as_of": "2026-10-31"}, "open, to end October 2026"),
     ({"placeholder": True}, "open, no name given, described by no source"),
     ({"gone": "file:list", "unlisted": "List of July"}, "open, no longer listed in List of July"),
     ({"gone": "file:list", "status": "unlisted", "status_label": "no longer listed", "open": None,
       "unlisted": "2026-07", "listed_last": "2025-12"}, "no longer listed: last in December 2025, not in July 2026"),
     ({"placeholder": True, "status": None, "status_label": None, "open": None},
      "no name given, described by no source"),
     ({"kind": "person"}, ""), ({"kind": "document", "status": None, "status_label": None, "open": None}, ""),
     ({"kind": "person", "placeholder": True, "key": "person:x", "name": "x", "names": ()}, "described by no source"),
     ({"placeholder": True, "name": "Stockton Teaching", "open": None, "status": None, "status_label": None,
       "names": (Name("Stockton Teaching", "short", None, None, None, (1,)),)},
      f"named only, by {ANNOUNCEMENT.title}"),
     ({"status": "planned", "status_label": "planned"}, "planned"),
     ({"status_last": today()}, "open"), ({"status_last": "2019-04"}, "open, listed to April 2019"),
     ({"status_last": "2019-04", "opened": "1974"}, "open since 1974, listed to April 2019"),
     ({"status_last": "2019-04", "as_of": "2021-03-31"}, "open"),
     ({"status_last": "2019-04", "as_of": "2021-04-01"}, "open"),
     ({"status_last": "2019-04", "as_of": "2021-04-02"}, "open, listed to April 2019"),
     ({"status_last": "2019-04", "as_of": "2011"}, "open"),
     ({"status_last": "2019-04", "gone": "file:list", "unlisted": "2020"}, "open, no longer listed in 2020"),
     ({"status": "announced", "status_label": "announced", "opened": "2019-05-01", "status_last": "2019-04"},
      "announced from 1 May 2019, as of April 2019"),
     ({"status": "announced", "status_label": "announced", "opened": "2999", "status_last": "2019-04"},
      "announced from 2999")],
)  # fmt: skip
def test_status_says_where_a_record_stands(changes: dict[str, object], words: str) -> None:
    dated = record("ods:X", "organisation", "X")._replace(own_evidence=(1, 3))
    assert standing(dated._replace(**changes)) == words  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("opened", "days", "words"),
    [("2001-04-01", TypeDays("2004-04-01", None, True), "open since 1 April 2001, NHS foundation trust later"),
     ("2004-04-01", TypeDays("2004-04-01", None, True), "open since 1 April 2004, NHS foundation trust then or later"),
     ("2004", TypeDays("2004-04-01", None, True), "open since 2004, NHS foundation trust then or later"),
     ("2001-04-01", TypeDays("2004-04-01"), "open since 1 April 2001"),
     ("2019-10-01", TypeDays(None, "2019-10-01"), "open since 1 October 2019 or before"),
     ("2020-04-01", TypeDays(None, "2019-10-01"), "open since 1 April 2020"),
     (None, TypeDays("2004-04-01", "2019-10-01", True), "open")],
)  # fmt: skip
def test_a_body_is_not_told_to_have_been_what_it_is_since_it_opened(
    opened: str | None, days: TypeDays, words: str
) -> None:
    told = record("ods:X", "organisation", "X")._replace(
        opened=opened, type="nhs-foundation-trust", type_label="NHS foundation trust", type_days=days
    )
    assert standing(told._replace(own_evidence=(1, 3))) == words


def test_a_timeline_says_of_the_first_day_of_a_register_that_a_body_may_be_older() -> None:
    network = record("ods:X", "organisation", "X")._replace(type_days=TypeDays(None, "2019-10-01"))
    opened = [timeline.sentence(one) for day in ("2019-10-01", "2020-04-01")
              for one in own_entries(network._replace(opened=day)) if one.kind == "opened"]  # fmt: skip
    assert opened == ["opened, on this day or before", "opened"]


def test_a_link_says_role_standing_dates_and_a_closed_other_end() -> None:
    planned = link("ods:X", "organisation", "Body X", "participants", role="lead", status="planned", start="2020")
    assert link_phrases.link(planned) == "lead · planned · from 2020"
    closed = link("ods:X", "organisation", "Body X", "parts", status="current", other_open=False, legal_end="2013")
    assert link_phrases.link(closed) == "legally until 2013 · now closed"


def test_of_what_has_passed_on_it_is_not_said_again_that_it_has_closed() -> None:
    before = link("ods:X", "organisation", "Body X", "came from", category="succession", start="2013", other_open=False)
    told = [link_phrases.link(before._replace(direction=way)) for way in ("in", "out")]
    follows = [link_phrases.link(before._replace(type="follows", direction=way)) for way in ("in", "out")]
    assert told == follows[::-1] == ["2013", "2013 · now closed"]


def test_what_a_day_tells_to_be_over_is_not_called_past_as_well() -> None:
    over = link("ods:X", "organisation", "Body X", "participants", status="past", basis="stated", other_open=False)
    said = {
        "2013 to 2016 · now closed": over._replace(start="2013", end="2016"),
        "from 2013, end unknown · now closed": over._replace(start="2013"),
        "ended by 2019 · now closed": over._replace(listed_first="2019", listed_last="2019"),
        "past · dates unknown · now closed": over,
    }
    assert [link_phrases.link(one) for one in said.values()] == list(said)
    assert link_phrases.columns(over._replace(start="2013", end="2016")).status == ""
    assert link_phrases.columns(over._replace(status=None)).status == "now closed"


def test_a_body_without_a_name_says_that_it_is_a_code() -> None:
    assert link_phrases.link(link("ods:Q72", "organisation", "Q72", "parts", status="current")) == ("no name given")
    assert (phrases.in_a_list("Q72", "ods:Q72"), phrases.in_a_list("Pact", "arr:pact")) == (
        "Q72 (no name given)",
        "Pact",
    )


def test_who_says_that_the_other_end_closed_is_told_of_links_that_ended_with_it() -> None:
    own = ClosedParty("ods:A", "A", "2020-03-31", (3,))
    tie = link("ods:X", "organisation", "X", "parts", ended_with=own)
    assert list(details_apart(tie._replace(end="2020-03-31"))) == []
    assert list(details_apart(tie._replace(ended_with=own._replace(key="ods:X")))) == [("closed", (3,))]


def test_what_is_inferred_is_told_as_of_a_day_on_which_no_list_has_it() -> None:
    told = link("ods:X", "organisation", "Body X", "convenes")
    follows = told._replace(listed_first="2015", listed_last="2019-04")
    assert link_phrases.link(follows, "inferred") == "as of April 2019 · inferred"
    assert link_phrases.columns(follows, inferred="inferred").time == "as of 2019"
    assert link_phrases.link(follows) == "listed 2015 to April 2019"
    assert link_phrases.link(told, "inferred") == "undated source · inferred"


def test_what_was_current_on_a_day_is_not_told_as_current() -> None:
    tie = link("ods:X", "organisation", "Body X", "parts", status="current")
    assert (link_phrases.status(tie, "2016-01-01"), link_phrases.status(tie, None)) == ("then current", "current")


def test_what_is_past_without_dates_says_when_it_was_listed() -> None:
    tie = link("ods:X", "organisation", "Body X", "parts", status="past", listed_first="2017", listed_last="2017")
    assert link_phrases.link(tie._replace(basis="stated")) == "ended by 2017"


@pytest.mark.parametrize(
    ("value", "unit", "text", "as_of", "words"),
    [(0.08216254616632726, "share", None, "2022", "8.2 % (as of 2022)"), (1, "share", None, None, "100 %"),
     (0.0002, "share", None, None, "0.02 %"), (0, "share", None, None, "0 %"),
     (2_000_000, "GBP", None, None, "£2,000,000"), (2_000_000, "GBP", "about £2m", None, "about £2m"),
     (86, "%", "Members feel so.", None, "86 %: Members feel so."),
     (86, "%", "of its members feel so", None, "86 % of its members feel so"),
     (61, "%", "61 per cent of them", None, "61 per cent of them"),
     (None, None, "Keeps its board.", None, "Keeps its board."), (44, "people", None, "2016", "44 people (as of 2016)"),
     (10, "years", "more than ten years", None, "more than ten years"), ("blue", None, None, None, "blue"),
     (3, "people", "A team of three.", None, "A team of three."),
     (30, "people", "A team of three.", None, "30 people: A team of three.")],
)  # fmt: skip
def test_a_fact_says_its_value_once(
    value: str | int | None, unit: str | None, text: str | None, as_of: str | None, words: str
) -> None:
    assert fact_words.fact(Fact("p", "p", value, unit, as_of, text, ())) == words


@pytest.mark.parametrize(
    ("stands", "words"),
    [(("current", None, "2026-08"), ""), (("planned", None, None), " · planned"),
     (("past", None, "2019-04"), " · last known, listed April 2019"),
     (("past", "2020-03-31", "2019-04"), " · until 31 March 2020"), (("past", None, None), " · past"),
     ((None, None, "2025-09"), " · listed September 2025"),
     ((None, None, None), " · undated source")],
)  # fmt: skip
def test_a_post_that_is_not_one_of_today_says_when_it_was_held(stands: tuple[str | None, ...], words: str) -> None:
    assert posts_in_short([HeldPost("lead, Dale STP", *stands)]) == f"lead, Dale STP{words}"


def test_evidence_says_who_and_how_firmly() -> None:
    stated, claimed, inferred = EVIDENCE
    assert evidence_words.evidence(stated) == "stated, in Two trusts to form a group, paragraph 3"
    assert evidence_words.basis(claimed) == "claimed by Glen Burley"
    assert evidence_words.basis(inferred) == "inferred: the list gives the code (confidence 70%)"
    assert evidence_words.basis(stated._replace(as_of="2019-04")) == "stated as of April 2019"
    nobody = Evidence(1, ANNOUNCEMENT, None, None, "claimed", None, None, None, None)
    assert evidence_words.basis(nobody) == "claimed by somebody the source does not name"


@pytest.mark.parametrize(
    ("changes", "words"),
    [({}, "Hereford"), ({"open": False}, "closed"), ({"status": "being-formalised"}, "being formalised"),
     ({"gone": "file:x"}, "no longer listed"), ({"place": None}, ""),
     ({"name": "X"}, "no name given")],
)  # fmt: skip
def test_a_list_says_the_one_thing_worth_knowing(changes: dict[str, object], words: str) -> None:
    brief = Brief("ods:X", "organisation", None, "Body X", "open", True, "Hereford")
    assert remark(brief._replace(**changes)) == words  # type: ignore[arg-type]


def test_the_register_says_how_current_it_is_in_shorter_and_shorter_words() -> None:
    def source(published: str | None) -> SourceInfo:
        return SourceInfo("k", "t", None, published, None, None, None, None, 1)

    stats = Stats({"organisation": 1, "person": 2}, {}, (source("2015-10"), source(None), source("2026-08")), None)
    words = phrases.register("my.db", stats)
    assert words[0] == "1 organisation · 2 people · my.db · sources to Aug 2026"
    assert words[-1] == "my.db"
    assert [len(one) for one in words] == sorted((len(one) for one in words), reverse=True)
    assert phrases.register("my.db", Stats({}, {}, (source(None),), None))[2] == "my.db · sources undated"
    assert phrases.register("my.db", None) == ("my.db",)


def test_numbers_agree_with_their_words() -> None:
    assert [phrases.count(1, "person"), phrases.count(1204, "person"), phrases.count(0, "site")] == [
        "1 person", "1,204 people", "0 sites",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "words"),
    [({}, "open"), ({"status": "being-formalised"}, "being formalised"), ({"status": None, "open": False}, "closed"),
     ({"gone": "file:x"}, "open, no longer listed"), ({"gone": "file:x", "status": "unlisted"}, "no longer listed"),
     ({"gone": "file:x", "status": None, "open": None}, "no longer listed")],
)  # fmt: skip
def test_a_table_says_the_status_and_that_a_list_has_dropped_the_record(changes: dict[str, object], words: str) -> None:
    brief = Brief("ods:X", "organisation", None, "X", "open", True, "Hereford")
    assert phrases.status(brief._replace(**changes)) == words  # type: ignore[arg-type]


def test_a_body_that_links_alone_name_says_whose_links_these_are() -> None:
    named = record("ods:X", "organisation", "Hill Care", link("ods:R1", "organisation", "Hill", "operates"))
    told = named._replace(placeholder=True, open=None, status=None, status_label=None)
    assert standing(told) == f"named only in passing, by {ANNOUNCEMENT.title}"
    assert standing(told._replace(links=())) == "described by no source"


def test_of_an_arrangement_that_all_have_left_it_is_told_since_when() -> None:
    left = [
        link(f"ods:R{n}", "organisation", "X", "participates in", type="participates-in", direction="in", status="past",
             end=f"202{n}-03-31", basis="stated")
        for n in range(3)
    ]  # fmt: skip
    network = record("arr:x", "arrangement", "X")._replace(own_evidence=(3,))
    assert standing(network._replace(links=tuple(left))) == "open, no participant since 31 March 2022"
    for one in (left[0]._replace(end=None, basis="listed"), left[0]._replace(status="current", end=None)):
        assert standing(network._replace(links=(*left, one))) == "open"


def test_what_is_not_there_yet_is_not_said_to_last_since_its_day() -> None:
    assert phrases.period("2027-04", None, "planned") == "from April 2027"
    planned = record("ods:X", "organisation", "X")._replace(status="planned", status_label="planned", opened="2027")
    assert standing(planned) == "planned from 2027, undated source"


def test_a_source_says_its_day_once() -> None:
    one = SourceRef("file:x", "Trusts, July 2025", "NHS England", "2025-07", None)
    assert phrases.source(one) == "NHS England"
    assert phrases.source(one._replace(date="2025")) == "NHS England, 2025"
    assert phrases.source(one._replace(date="2025-08", publisher=None)) == "publisher unknown, August 2025"
    assert phrases.source(one._replace(date=None)) == "NHS England, date unknown"
    assert phrases.source(one._replace(date=None, publisher=None)) == "publisher and date unknown"


def test_what_is_no_longer_listed_says_on_a_day_and_in_a_month() -> None:
    assert (
        phrases.no_longer_listed("2026-07-01", "2025-12")
        == "no longer listed: last in December 2025, not on 1 July 2026"
    )
    assert phrases.no_longer_listed("2026-07-01", None) == "no longer listed on 1 July 2026"


def test_a_unit_that_the_label_says_is_not_said_again() -> None:
    count = Fact("footprints", "footprints", 44, "footprints", None, "as many as leaders", ())
    assert fact_words.fact(count) == "44: as many as leaders"
    assert fact_words.fact(count._replace(label="size")) == "44 footprints: as many as leaders"


def test_what_is_claimed_alone_says_by_whom() -> None:
    claimed = next(one for one in EVIDENCE if one.basis == "claimed")
    assert evidence_words.claim([claimed]) == "says Glen Burley"
    assert (
        evidence_words.claim([claimed, claimed._replace(claimant_name="Ann Example")])
        == "say Glen Burley and Ann Example"
    )
    assert evidence_words.claim([claimed, claimed._replace(basis="stated")]) == evidence_words.claim([]) == ""


def test_codes_say_whose_they_are() -> None:
    assert [phrases.scheme(one) for one in ("ods", "gss", "npda", "local-authority-eng", "x-house")] == [
        "ODS", "ONS (GSS)", "National Paediatric Diabetes Audit", "register of local authorities in England", "x-house",
    ]  # fmt: skip


def test_legal_dates_are_said_where_they_are_others_than_those_of_the_link() -> None:
    same = link("ods:X", "organisation", "Body X", "parts", start="2013", legal_start="2013")
    assert link_phrases.link(same) == "since 2013, undated source"
    assert link_phrases.link(same._replace(legal_start="2012", status="current")) == "since 2013 · legally since 2012"


def test_what_is_inferred_is_not_told_in_short_to_be_listed() -> None:
    listed = link("ods:X", "organisation", "Body X", "serves")._replace(listed_last="2024-12", status=None)
    assert link_phrases.remark(listed) == "listed December 2024"
    assert link_phrases.remark(listed, "inferred") == "as of December 2024, inferred"
    assert link_phrases.remark(listed._replace(status="planned"), "inferred") == "planned, inferred"
    assert link_phrases.remark(listed._replace(status="current"), "inferred") == "inferred"


def test_a_link_says_when_it_was_so_and_with_whom_it_ended() -> None:
    told = link("ods:X", "organisation", "Body X", "participants")
    listed = told._replace(listed_first="2015", listed_last="2019-04")
    other, own = ClosedParty("ods:X", "Body X", "2020-03-31"), ClosedParty("ods:A", "A", "2020-03-31")
    heirs = (Follower("ods:Y", "Body Y"), Follower("ods:Z", "Body Z"))
    ended = listed._replace(status="past", basis="inferred", end="2020-03-31", ended_with=other)
    said = {
        "undated source": told,
        "listed 2015 to April 2019": listed,
        "listed April 2019": listed._replace(listed_first="2019-04"),
        "since 2013, listed to April 2019": listed._replace(start="2013"),
        "since April 2019, listed April 2019": listed._replace(start="2019-04"),
        "ended by April 2019": listed._replace(status="past", basis="stated"),
        "planned · undated source": told._replace(status="planned"),
        "planned · as of April 2019": listed._replace(status="planned", basis="stated", listed_first="2019-04"),
        "since 2013": listed._replace(start="2013", status="current"),
        "until 2018": listed._replace(status="past", end="2018"),
        "no longer listed: last in April 2019, not in November 2021":
            listed._replace(status="past", basis="listed", unlisted="2021-11"),
        "from 2013, no longer listed in November 2021":
            told._replace(start="2013", status="past", basis="listed", unlisted="2021-11"),
        "listed 2015 to April 2019, closed 31 March 2020, became Body Y": ended._replace(became=heirs[:1]),
        "listed 2015 to April 2019, closed 31 March 2020, became Body Y (then Y CCG)":
            ended._replace(became=(Follower("ods:Y", "Body Y", "Y CCG"),)),
        "closed 2018, split between Body Y and Body Z: no source says to which this passed, still listed April 2019":
            ended._replace(ended_with=other._replace(closed="2018"), became=heirs),
        "listed 2015 to April 2019, ended 31 March 2020 with it": ended._replace(ended_with=own, became=heirs[:1]),
        "ended 2018 with it, still listed April 2019":
            ended._replace(ended_with=own._replace(closed="2018"), end="2018"),
        "1 April 2020": listed._replace(category="succession", start="2020-04-01"),
        "by 2015": listed._replace(category="succession"),
    }  # fmt: skip
    assert [link_phrases.link(one) for one in said.values()] == list(said)
    at_its_own_page = ended._replace(ended_with=own, end=None)
    assert link_phrases.link(at_its_own_page) == "listed 2015 to April 2019"
    assert link_phrases.link(at_its_own_page._replace(start="2013")) == "since 2013, listed to April 2019"
    assert link_phrases.link(at_its_own_page._replace(listed_first=None, listed_last=None)) == "undated source"
    by_the_year = [
        link_phrases.columns(one).time for one in (at_its_own_page, at_its_own_page._replace(end="2020-03-31"))
    ]
    assert by_the_year == ["listed 2015 to 2019", "ended 2020"], "a lead may have gone long before an STP did"
    closed_before = at_its_own_page._replace(ended_with=own._replace(closed="2018"))
    assert link_phrases.link(closed_before) == "still listed April 2019"
    area = closed_before._replace(category="geography")
    assert link_phrases.link(area) == "as of April 2019"
    assert link_phrases.link(area._replace(end="2018")) == "ended 2018 with it"
    assert link_phrases.link(area._replace(ended_with=other._replace(closed="2018"))) == (
        "closed 2018, still listed April 2019"
    )
