"""What an import changed, in the words of a record's page."""

from __future__ import annotations

import pytest

from db.model import Event, Fact, Identifier, Name
from db.reading.diff_items import LinkEnd
from db.reports import Change
from tui.text.changes import change, line

GROUP = LinkEnd("takes part in", "arr:group", "The Group")


def test_a_fact_that_changed_is_told_as_a_page_tells_facts() -> None:
    old, new = (Fact("", "savings", value, "GBP", "2016-07", None, ()) for value in (1_000_000, 2_000_000))
    both = Change("fact: savings", "1000000 GBP (as of 2016-07)", "2000000 GBP (as of 2016-07)", old, new)
    assert line(both) == "  savings: £1,000,000 (as of July 2016) → £2,000,000 (as of July 2016)"


def test_a_link_that_came_names_the_other_end_and_how_one_stands_to_it() -> None:
    link = GROUP.link(role="member", role_label="member", status="planned", dates=("2020-04", None, None, None))
    one = Change("link: takes part in", None, "arr:group The Group, member, from 2020-04, planned", None, link)
    assert line(one) == "+ takes part in: The Group (arr:group) · member · planned · from April 2020"


def test_a_fact_about_a_link_says_which_link_it_is_about() -> None:
    link = GROUP.link(facts=(Fact("", "staff", 3, "people", None, None, ()),))
    one = Change("link: takes part in, staff", "arr:group The Group: 3 people", None, link)
    assert line(one) == "- takes part in, staff: The Group (arr:group): 3 people"


def test_words_that_hide_what_changed_give_way_to_those_of_the_contract() -> None:
    old, new = GROUP.link(), GROUP.link(status="current")
    one = Change("link: takes part in", "arr:group The Group", "arr:group The Group, current", old, new)
    assert change(one)[1:] == ("arr:group The Group", "arr:group The Group, current")


@pytest.mark.parametrize(
    ("one", "words"),
    [(Change("closed", None, "2020-01-01"), "+ closed: 1 January 2020"),
     (Change("status", "being-formalised", "open"), "  status: being formalised → open"),
     (Change("status", "open", "unlisted"), "  status: open → no longer listed"),
     (Change("placeholder", "known only from what others say", None), "- placeholder: described by no source"),
     (Change("name as written", None, "WYE"), "+ name as a source writes it: WYE"),
     (Change("short name", None, "Wye (from 2013)", None, Name("Wye", "short", "2013", None, None, ())),
      "+ short name: Wye · since 2013"),
     (Change("identifier", "ods:RLQ", None, Identifier("ods", "RLQ", ())), "- code: RLQ (ODS)"),
     (Change("event: announced", None, "2016: Told.", None, Event("2016-05", "announced", "Told.", ())),
      "+ announced: May 2016: Told.")],
)  # fmt: skip
def test_each_kind_of_change_has_its_words(one: Change, words: str) -> None:
    assert line(one) == words
