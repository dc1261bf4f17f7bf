"""Who says the marked line is in view without a key: in a pane where there is room, else in one line."""

from __future__ import annotations

import pytest

from db.model import Evidence, SourceRef
from tests.tui.exploring import NARROW, WIDE, exploring
from tests.tui.fake_register import EVIDENCE, FakeRegister, link, record
from tui.explorer.symbols import Symbols
from tui.explorer.widgets.evidence_bar import EvidenceBar
from tui.text.safe import width
from tui.text.values import Claim
from tui.text.who_says import Says, who_says

PROOFS = {proof.id: proof for proof in EVIDENCE}


def line(says: list[Says] | None, cells: int) -> str:
    """The line for some sources."""
    bar = EvidenceBar(Symbols())
    bar.tell(says, "e", cells)
    return str(bar.content)


async def test_the_line_above_the_trail_follows_the_mark_and_gives_way_to_the_pane() -> None:
    async with exploring(size=NARROW, start="arr:foundation-group") as explorer:
        assert "✓ Two trusts to form a group, paragraph 3" in explorer.text().splitlines()[-3]
        view = explorer.screen.record_view
        view.mark(next(n for n, item in enumerate(view.items) if "keeps its own board" in item.copy))
        await explorer.settle()
        assert "paragraph 5, says Glen Burley, “not a" in explorer.text().splitlines()[-3]
        await explorer.press("e")
        assert "✓" not in explorer.text()
        await explorer.press("escape", "escape")
        assert explorer.screen.results_view.has_focus
        assert "paragraph" not in explorer.text()


async def test_where_there_is_room_a_third_pane_shows_it_until_e_hides_it() -> None:
    async with exploring(size=WIDE, start="arr:foundation-group") as explorer:
        assert "paragraph 3  stated" in explorer.text()
        await explorer.press("e")
        assert "paragraph 3  stated" not in explorer.text()
        assert "✓ Two trusts to form a group, paragraph 3" in explorer.text()
        await explorer.press("enter", "e")
        assert explorer.screen.evidence_view.display
        await explorer.press("tab", "escape")
        assert explorer.screen.record_view.has_focus
        await explorer.press("escape")
        assert explorer.screen.results_view.has_focus
        await explorer.pilot.resize_terminal(*NARROW)
        await explorer.settle()
        await explorer.press("tab")
        assert explorer.screen.evidence_view.display


@pytest.mark.parametrize("zooming", [(), ("plus",)])
async def test_evidence_that_is_open_out_of_sight_is_shown_before_it_is_hidden(zooming: tuple[str, ...]) -> None:
    async with exploring(size=NARROW, start="arr:foundation-group") as explorer:
        await explorer.press(*zooming, "e", "left", "e")
        assert "who says so" in explorer.text()
        assert explorer.screen.record_view.has_focus
        await explorer.press("e")
        assert not explorer.screen.evidence_view.display


async def test_the_third_pane_begins_with_all_that_is_said_of_the_line() -> None:
    async with exploring(size=WIDE, start="person:glen-burley") as explorer:
        told = [line.rpartition("│")[2].strip(" ▌") for line in explorer.text().splitlines()]
        sources = next(n for n, line in enumerate(told) if "paragraph 3" in line)
        assert "Wye Valley NHS Trust" in told[:sources]
        assert "chief executive" in " ".join(told[:sources])


async def test_a_source_that_says_otherwise_is_told_after_those_that_say_so() -> None:
    other = Evidence(
        9, SourceRef("file:other", "Another list", None, None, None), "row 1", None, "stated", None, None, None, None
    )
    claims = (Claim("start", "July 2022", "newer", True, (3,)), Claim("start", "April 2018", "older", False, (9,)))
    said = who_says((3, 9), claims, {**PROOFS, 9: other})
    assert [(one.agrees, one.source, one.where) for one in said] == [
        (True, "NHS trusts", "row 12, inferred"), (False, "Another list", "start April 2018"),
    ]  # fmt: skip


def test_the_line_fits_and_says_how_many_sources_it_leaves_out() -> None:
    says = [Says(True, f"List number {n}", f"row {n}") for n in range(9)]
    for cells in (8, 20, 58, 78, 138):
        assert width(line(says, cells)) <= max(cells, 24)
    assert line(None, 78).strip("─ ") == ""
    assert "7 more" in line(says, 78) and " e " in line(says, 78)
    assert "no source is named" in line([], 78)


async def test_a_header_tells_the_sources_of_its_lines_and_never_that_there_are_none() -> None:
    async with exploring(size=NARROW, start="arr:foundation-group") as explorer:
        view = explorer.screen.record_view
        headers = [n for n, item in enumerate(view.items) if item.fold]
        view.mark(next(n for n in headers if view.items[n].evidence))
        await explorer.settle()
        assert "✓ Two trusts to form a group" in explorer.text().splitlines()[-3]
        for n in headers:
            view.mark(n)
            await explorer.settle()
            assert "no source is named" not in explorer.text()


async def test_a_record_that_cannot_be_read_has_no_evidence_and_one_after_it_has() -> None:
    register = FakeRegister(record("ods:T", "organisation", "T", link("ods:RLQ", "organisation", "W", "parts")))
    async with exploring(register, WIDE, start="ods:T") as explorer:
        register.broken["ods:RJC"] = KeyError("a bug")
        await explorer.press("slash")
        await explorer.search("South")
        assert not explorer.screen.evidence_view.display
        await explorer.search("Glen")
        await explorer.press("tab", "tab")
        assert explorer.screen.evidence_view.display


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_where_no_line_is_what_a_source_says_no_room_is_kept_for_who_says_so(size: tuple[int, int]) -> None:
    async with exploring(size=size, start="ods:RLQ") as explorer:
        await explorer.press(*(("e",) if size == NARROW else ()))
        assert "who says so─" in explorer.text()
        await explorer.command("runs", "enter")
        assert "who says so" not in explorer.text()
        await explorer.press("e")
        assert "No line here is what a source says" in explorer.text()
        await explorer.press("backspace")
        assert "who says so─" in explorer.text()


async def test_results_have_the_room_of_who_says_so_until_the_record_is_entered_which_keeps_its_width() -> None:
    async with exploring(size=WIDE, search="") as explorer:
        screen = explorer.screen

        def widths() -> tuple[int, int, bool]:
            return screen.results_view.size.width, screen.record_view.size.width, screen.evidence_view.display

        half = WIDE[0] // 2
        assert widths()[0] < half
        await explorer.search("Wye")
        results, record_, proofs = widths()
        assert results > half and not proofs
        await explorer.press("enter")
        assert widths()[0] < half and widths()[1:] == (record_, True)
        await explorer.press("escape")
        assert widths() == (results, record_, False)
        await explorer.press("e", "escape")
        assert widths()[0] < half and widths()[2]
        await explorer.press("slash")
        await explorer.search("nobody")
        assert widths()[0] < half
