"""What the first screen says of a register: what to type and ask, what lies ahead, what waits, what was imported."""

from __future__ import annotations

import pytest

from db.reports import PAST_END, PAST_START, Calendar, CalendarEntry, Gap, Run, SourceInfo, SourceReport, Stats
from tests.tui.exploring import WIDE, exploring
from tests.tui.fake_register import FakeRegister
from tests.tui.unfolding import lines
from tui.explorer.outlook import Outlook
from tui.explorer.pages.about import WaysOn, about_items
from tui.explorer.pages.items import ListItem
from tui.explorer.symbols import Symbols
from tui.explorer.views.commands import view_of

ENTRY = CalendarEntry("2027-07-08", "decision", "arr:team", "One team", "The council decides.", None, None, (1,))
PASSED = (
    Gap(PAST_END, "arr:a", "Oldest pact", date="2015-03-31", mend=""),
    Gap(PAST_START, "arr:b", "Latest pact", date="2026-04-01", mend=""),
)
KINDS = {key: "arrangement" for key in ("arr:team", "arr:a", "arr:b")}
OUTLOOK = Outlook(Calendar("2026-11-29", "2028-11-29", (ENTRY, ENTRY), (), (), ()), PASSED, KINDS, 1)
RUNS = tuple(
    Run(n, f"2026-11-{n:02}T10:00:00", 1.0, "import x.csv", n == 5,
        (SourceReport("file:x", "ods-csv", None, n, n, 0, 0, 0, 0, n, 0, 0, 0),))
    for n in range(1, 6)
)  # fmt: skip
LONG = "A list of all bodies that take part in anything whatsoever, with the days on which they did"
STATS = Stats({"organisation": 1}, {}, (SourceInfo("file:x", LONG, None, "2026-07", None, None, None, None, 1),), None)


def about(outlook: Outlook | None = OUTLOOK, cells: int = 80, key: str = "t") -> tuple[ListItem, ...]:
    """The pane, all actions on one key."""
    return about_items("x.db", STATS, RUNS, outlook, WaysOn(view_of, lambda _: key), cells, Symbols())


def text(items: tuple[ListItem, ...]) -> str:
    """All that items show, with single blanks for the breaks."""
    return " ".join(" ".join(lines(items)).split())


def test_it_leads_to_what_to_see_to_and_to_what_the_last_imports_changed() -> None:
    items = about(None)
    led = [item.view.words for item in items if item.view]
    assert [words[0] for words in led] == ["calendar", "gaps", "review", "places", "diff", "diff", "diff", "stats"]
    assert [words[1] for words in led[4:7]] == ["4", "3", "2"]
    assert "4 November 2026, 10:00 · 4 rows: 4 added" in text(items)
    assert 'source:"file:x"' in {item.search for item in items}


def test_what_lies_ahead_is_told_once_then_what_has_passed_the_latest_first() -> None:
    shown = text(about())
    assert shown.count("◆ One team decision due 8 July 2027") == 1
    assert shown.index("came so: 2 ◆ Latest pact was to begin 1 April 2026") < shown.index(
        "◆ Oldest pact was to end 31"
    )
    assert [item.target.key for item in about() if item.target] == ["arr:team", "arr:b", "arr:a"]
    assert "1 question that waits for a person" in shown
    without_year = (ENTRY._replace(date="XXXX-07-08"),)
    nothing = OUTLOOK._replace(calendar=OUTLOOK.calendar._replace(dated=(), without_year=without_year), passed=())
    assert "One team" not in text(about(nothing))
    assert "No source tells of a day in the next two years" in text(about(nothing))


def test_the_questions_of_a_record_have_the_keys_of_the_person_and_are_no_links() -> None:
    asked = [item for item in about(key="F9") if item.ident.startswith("ask:")]
    assert text(tuple(asked)).count("F9 ") == len(asked) == 5
    assert not any(item.stops for item in asked)


@pytest.mark.parametrize("cells", [40, 47, 60, 97])
def test_nothing_of_it_is_cut_at_any_width(cells: int) -> None:
    shown = text(about(cells=cells))
    assert "…" not in shown
    for told in (LONG, "filters, to narrow any search", "how it is connected with another record"):
        assert told in shown


async def test_choosing_what_one_may_type_searches_for_it() -> None:
    async with exploring(FakeRegister(), WIDE, search="") as explorer:
        assert "that wait for a person" in explorer.text()
        await explorer.press("tab", "tab", "enter")
        assert explorer.screen.search_input.value == "leeds "


async def test_back_from_what_was_opened_first_leads_to_the_first_screen_and_forward_out_of_it_again() -> None:
    async with exploring(FakeRegister(), WIDE, search="") as explorer:
        at_first = explorer.text()
        await explorer.command("show ods:RLQ", "enter")
        assert explorer.shown() == "ods:RLQ"
        await explorer.press("backspace")
        assert explorer.shown() is None
        assert "about this register" in explorer.text() and "Wye Valley NHS Trust" not in explorer.text()
        await explorer.press("backspace")
        assert "This is where you started" in explorer.text()
        await explorer.press("right_square_bracket")
        assert explorer.shown() == "ods:RLQ"
        await explorer.press("backspace", "slash")
        # What was open is not among what is listed, where nothing is marked until a key moves the mark.
        rows, before = (text.replace("▌", " ").splitlines()[:-1] for text in (explorer.text(), at_first))
        assert rows == before


async def test_back_from_what_was_opened_first_stays_there_while_something_is_searched_for() -> None:
    async with exploring(FakeRegister(), WIDE, search="Wye") as explorer:
        await explorer.press("enter", "backspace")
        assert explorer.shown() == "ods:RLQ"
        assert "This is where you started" in explorer.text()
