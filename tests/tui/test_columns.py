"""What a row says of its name in columns, and what it never loses, whatever room there is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.model import Evidence
from db.results import Brief, HeldPost, Hit, Match, Results
from tests.depth import cases
from tests.tui.fake_register import EVIDENCE, link, record
from tests.tui.unfolding import lines, record_items, shown
from tui.explorer.pages.columns import ColumnsOfLine, FixedColumns
from tui.explorer.pages.results import result_items
from tui.explorer.symbols import Symbols
from tui.explorer.views.outline import Outline
from tui.text.page_parts import Target
from tui.text.safe import width

_STYLES = ("link", "dim", "dim", "dim", "dim", "dim")
_words = st.lists(st.sampled_from(("Wye", "Valley", "Foundation", "of", "Herefordshire")), min_size=1, max_size=12)
_lines = st.builds(
    ColumnsOfLine,
    _words.map(" ".join),
    st.tuples(
        st.sampled_from(("", "NHS foundation trust", "ICB")),
        st.sampled_from(("", "member", "shared chair of the board")),
        st.sampled_from(("", "listed 2026", "since 2017, listed to 2023", "undated source")),
        st.sampled_from(("", "past", "planned", "inferred", "no longer listed · inferred")),
    ),
    st.sampled_from(("", "with: George Eliot Hospital NHS Trust")),
)


def _said(rows: list[str]) -> str:
    """The words on some rows, as one reads on from one to the next."""
    return " ".join(" ".join(rows).split())


@settings(max_examples=cases(40))
@given(st.lists(_lines, min_size=1, max_size=6), st.integers(16, 120))
def test_a_line_says_its_name_since_when_and_how_it_stands_whatever_the_width(
    several: list[ColumnsOfLine], room: int
) -> None:
    columns = FixedColumns(several, room, kept=2)
    for line in several:
        for rows in (columns.rows(line, _STYLES), columns.rows_to_the_edge(line, _STYLES)):
            text = ["".join(part.text for part in row) for row in rows]
            assert max(map(width, text)) <= room
            said = _said(text)
            assert all(words in said for words in line.others[2:])
            assert line.name in said or "…" in said


@settings(max_examples=cases(40))
@given(_lines, st.integers(69, 120))  # the longest dates and standing together want as much
def test_on_one_row_the_name_gives_way_to_how_a_line_stands(line: ColumnsOfLine, room: int) -> None:
    text = "".join(part.text for part in FixedColumns([line], room, kept=2).row(line, _STYLES))
    assert width(text) <= room
    assert all(words in text for words in line.others[2:])
    assert line.name in text or "…" in text


def test_what_has_no_column_stands_at_the_end_of_lines_that_have_room_for_it() -> None:
    several = [
        ColumnsOfLine("Foundation Group of Valleys", ("ICS", "", "since 2017", "")),
        ColumnsOfLine("Strategic partnership of Wye Valley", ("group model", "lead", "listed 2023", "planned")),
    ]
    columns = FixedColumns(several, 55, kept=2)
    rows = ["".join(part.text for part in columns.row(line, _STYLES)) for line in several]
    assert [row.split("  ")[-1].strip() for row in rows] == ["since 2017 · ICS", "planned"]
    assert "group model" not in rows[1]


def test_a_few_long_dates_do_not_take_the_room_of_what_is_said_of_every_line() -> None:
    several = [ColumnsOfLine(f"Network of some Valley {n}", ("", "member", "listed 2026", "")) for n in range(9)]
    long = ColumnsOfLine("Group", ("", "member", "since 2017, listed to 2023", ""))
    columns = FixedColumns([*several, long], 56, kept=2)
    first, last = ("".join(part.text for part in columns.row(line, _STYLES)) for line in (several[0], long))
    assert first == "Network of some Valley 0  member  listed 2026"
    assert last.split()[1:2] == ["member"] and last.endswith("since 2017, listed to 2023")


@pytest.mark.parametrize("cells", [24, 40, 57, 59, 77, 90])
@pytest.mark.parametrize("is_folded", [False, True])
def test_a_page_tells_what_is_planned_past_or_inferred_of_whatever_it_names(cells: int, is_folded: bool) -> None:
    guessed = Evidence(7, EVIDENCE[0].source, None, None, "inferred", None, None, None, None)
    number = 12 if is_folded else 1
    several = [
        link(f"arr:{status}-{n}", "arrangement", "Partnership of a Valley", status)._replace(
            status=status, evidence=evidence,
        )
        for status, evidence in (("planned", (1,)), ("past", (1,)), ("current", (7,)))
        for n in range(number)
    ]  # fmt: skip
    one = record("ods:X", "organisation", "X", *several, evidence=(*EVIDENCE, guessed))
    words = {"planned": "planned", "past": "past", "current": "inferred"}
    told = 0
    for item in shown(record_items(one, cells, Symbols(), 4), cells=cells):
        said = _said(lines([item]))
        if "Partnership" in said:
            assert next(word for status, word in words.items() if status in item.ident) in said
            told += 1
    assert told == 3 or is_folded


@pytest.mark.parametrize("cells", [24, 40, 57, 77, 100])
def test_a_view_and_a_result_tell_to_the_end_how_it_stands(cells: int) -> None:
    name = "Durham, Darlington, Teesside, Hambleton, Richmondshire and Whitby Partnership"
    about = "footprint lead · listed 2019, closed 31 March 2018, became another footprint · inferred"
    outline = Outline(cells, Symbols())
    outline.link(Target("arr:x", name, "arrangement"), depth=3, about=about)
    told = _said(lines(outline.items))
    assert about in told
    assert name in told or cells < 40
    post = HeldPost(f"footprint lead, {name}", "past", None, "2019")
    brief = Brief("person:x", "person", None, "Alan Foster", None, None, None, posts=(post,))
    found = result_items(Results("x", 1, (Hit(brief, 90, Match("name", "Alan Foster", "word")),)), cells, Symbols())
    assert "last known, listed 2019" in _said(lines(found)) or cells < 40
