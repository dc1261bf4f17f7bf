"""Back and forward as in a browser."""

from __future__ import annotations

import pytest

from tui.explorer.history import History, Visit
from tui.explorer.list_state import ListState
from tui.explorer.pages.visits import visit_items
from tui.explorer.symbols import Symbols
from tui.explorer.views.show import ShowView


def visited(*keys: str) -> History:
    """A history of these records: the first found by a search, and any in capitals."""
    history = History()
    for key in keys:
        history.visit(Visit(ShowView(key), jumped=key.isupper() or history.current is None))
    return history


def current(history: History) -> str | None:
    """The key of the current visit."""
    return history.current.key if history.current else None


def test_a_new_history_has_nowhere_to_go() -> None:
    history = History()
    assert (history.current, history.back(), history.forward(), history.trail()) == (None, None, None, ((), ()))
    assert not history.can_go_back
    assert not history.can_go_forward


def test_back_and_forward_walk_the_same_way() -> None:
    history = visited("a", "b", "c")
    assert [history.back(), history.back(), history.back()][-1] is None
    assert current(history) == "a"
    assert [visit.key for visit in (history.forward(), history.forward()) if visit] == ["b", "c"]
    assert history.forward() is None


def test_opening_a_record_forgets_what_was_ahead() -> None:
    history = visited("a", "b", "c")
    history.back()
    history.visit(Visit(ShowView("d")))
    assert not history.can_go_forward
    assert [visit.key for visit in history.trail()[0]] == ["a", "b", "d"]


def test_opening_what_is_open_changes_nothing() -> None:
    history = visited("a", "b")
    history.back()
    history.visit(Visit(ShowView("a")))
    assert history.can_go_forward


def test_the_trail_begins_at_the_last_search() -> None:
    history = visited("a", "b", "C", "d", "e", "F")
    history.back()
    history.back()
    behind, ahead = history.trail()
    assert ([visit.key for visit in behind], [visit.key for visit in ahead]) == (["C", "d"], ["e"])


def test_the_place_in_a_record_is_remembered() -> None:
    history = visited("a", "b")
    history.back()
    history.remember(ListState("line", 7))
    history.forward()
    visit = history.back()
    assert visit and visit.state == ListState("line", 7)


def test_a_visit_that_leads_nowhere_is_forgotten() -> None:
    history = visited("a", "b")
    history.forget(ShowView("b"))
    assert current(history) == "a"
    history.forget(ShowView("b"))
    assert current(history) == "a"
    history.forget(ShowView("a"))
    assert current(history) is None


def test_a_visit_takes_the_name_of_its_record() -> None:
    history = visited("a")
    history.describe(ShowView("other"), "Wrong")
    history.describe(ShowView("a", as_of="2016"), "Wrong")
    history.describe(ShowView("a"), "Right", "person")
    assert history.current and (history.current.name, history.current.kind) == ("Right", "person")


@pytest.mark.parametrize("cells", [12, 30, 76])
def test_a_visit_has_the_sign_of_its_record_and_a_view_of_none_has_none(cells: int) -> None:
    visits = (Visit(ShowView("a", name="A"), kind="person"), Visit(ShowView("b", name="Somebody else"), jumped=True))
    newest, oldest = visit_items(visits, cells, Symbols())
    assert "".join(part.text for part in oldest.rows[0]) == "♙ A"
    assert "".join(part.text for part in newest.rows[0]).startswith("  Somebody")


def test_a_long_way_forgets_its_beginning() -> None:
    history = History(limit=3)
    for key in "abcde":
        history.visit(Visit(ShowView(key)))
    assert [visit.key for visit in history.trail()[0]] == ["c", "d", "e"]


def test_the_same_record_as_of_another_day_is_another_visit() -> None:
    history = visited("a")
    history.visit(Visit(ShowView("a", as_of="2016")))
    visit = history.back()
    assert visit and visit.view == ShowView("a") != ShowView("a", as_of="2016")


def test_the_trail_tells_what_was_looked_at_as_of_several_days_once() -> None:
    history = visited("a", "b")
    for day in ("2016", "2017"):
        history.visit(Visit(ShowView("b", as_of=day)))
    history.visit(Visit(ShowView("c", as_of="2017")))
    assert [visit.view for visit in history.trail()[0]] == [
        ShowView("a"), ShowView("b", as_of="2017"), ShowView("c", as_of="2017"),
    ]  # fmt: skip
