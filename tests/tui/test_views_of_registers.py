"""What views of a whole register show: gaps, days, imports, questions, sources; and two records beside each other."""

from __future__ import annotations

from db.parties import Party
from db.reports import (
    Calendar,
    CalendarEntry,
    Candidate,
    Change,
    Changed,
    Diff,
    Gap,
    GapValue,
    Reject,
    Run,
    SourceInfo,
    Suggestion,
)
from tests.tui.fake_register import FakeRegister
from tests.tui.samples import RECORD, STATED, link
from tests.tui.unfolding import lines
from tui.explorer.list_state import ListState
from tui.explorer.pages.calendar import calendar_items
from tui.explorer.pages.compare import compare_items
from tui.explorer.pages.evidence import says_items
from tui.explorer.pages.folding import ListPart, items_of, laid_out
from tui.explorer.pages.gaps import gap_items
from tui.explorer.pages.items import ListItem, Piece
from tui.explorer.pages.review import WRITE, GivenAnswer, command, is_head, question_at, review_items
from tui.explorer.pages.runs import UNDO, diff_items, run_items
from tui.explorer.pages.sources import source_items
from tui.explorer.symbols import Symbols
from tui.explorer.views.commands import view_of
from tui.explorer.views.gaps import GapsView
from tui.explorer.views.review import ReviewView
from tui.explorer.views.runs import DiffView
from tui.text import compare as compared
from tui.text.safe import width
from tui.text.who_says import Says

SIGNS = Symbols()
WIDTHS = (20, 56, 76, 130)


def laid(parts: tuple[ListPart, ...], cells: int = 76, **folds: bool) -> tuple[ListItem, ...]:
    """The items that show of a list, its groups folded or opened as said."""
    state = ListState(folds={name.replace("_", ":"): is_open for name, is_open in folds.items()})
    return tuple(items_of(laid_out(parts, state, cells, ("-", "+"))))


def text(items: tuple[ListItem, ...]) -> str:
    """All that items show."""
    return "\n".join(lines(items))


def flowing(items: tuple[ListItem, ...]) -> str:
    """All that items show, with single blanks for the breaks."""
    return " ".join(text(items).split())


def gap(number: int, what: str = "no-lead", **changes: object) -> Gap:
    """A gap of a group of that number."""
    made = Gap(
        what, f"arr:x{number}", f"Group {number}", mend=f"interlock export arr:x{number} --to records > mend.yaml"
    )
    return made._replace(**changes)  # type: ignore[arg-type]


ALL = GapsView(with_usual=True)
KINDS = {"arr:x1": "arrangement", "arr:a": "arrangement", "ods:X1": "organisation", "ods:A1": "organisation"}
KINDS |= {"ods:A2": "site", "person:a": "person"}
"""What the records of these tests are: of organisations and sites the key does not tell it."""


def test_many_gaps_are_folded_by_kind_with_their_number() -> None:
    found = [*(gap(n) for n in range(400)), gap(500, "past-end", date="2025"), gap(501, usual=True)]
    parts = gap_items(found, {}, KINDS, ALL, 76, SIGNS, ListState(rows=8))
    folded = flowing(laid(parts))
    assert "No lead 400 nobody is named who leads it" in folded
    assert "Group" not in folded
    assert "left out as usual for their type: 1 (no lead 1)" in folded
    assert [item.view for item in laid(parts) if item.view] == [ALL]
    opened = laid(parts, **{"kind_past-end": True})
    assert [item.target.name for item in opened if item.target] == ["Group 500"]
    # Of very many each is on one row.
    assert {len(item.rows) for item in laid(parts, **{"kind_no-lead": True}) if item.target} == {1}


def test_gaps_of_one_kind_tell_once_what_mends_them_and_lead_to_their_records() -> None:
    twin = gap(1, "likely-twin", key="person:a", other=Party("person:a-2", "A"), same=("name",))
    twin = twin._replace(mend="interlock merge person:a person:a-2")
    items = laid(gap_items([twin, twin._replace(name="B")], {}, KINDS, ALL, 76, SIGNS, ListState(rows=8)))
    assert text(items).count("interlock merge KEY KEY") == 1
    assert [item.target.key for item in items if item.target] == ["person:a", "person:a"]
    assert all("interlock merge person:a person:a-2" in item.copy for item in items if item.target)


def test_where_sources_differ_the_line_names_them_with_what_each_says() -> None:
    values = (GapValue("2020-04", True, ("List A",)), GapValue("2019", False, ("List B",)))
    differing = gap(1, "sources-differ", detail="opened", values=values)
    items = laid(gap_items([differing], {}, KINDS, ALL, 76, SIGNS, ListState(rows=8)))
    (said,) = [item.says for item in items if item.target]
    assert said == (Says(True, "List A", "opened: April 2020"), Says(False, "List B", "opened: 2019"))
    shown = text(says_items(said, 40))
    assert shown.index("✓ List A") < shown.index("opened: April 2020") < shown.index("✗ List B")


def test_the_calendar_has_what_is_ahead_first_and_what_has_passed_last_the_latest_first() -> None:
    ahead = CalendarEntry("2027-03-31", "end", "arr:a", "Pact", "Its term ends.", None, None, (41,))
    found = Calendar("2026-11-28", "2028-11-28", (ahead,), (), (), (STATED,))
    passed = [gap(1, "past-end", date="2019"), gap(2, "past-start", date="2026-04-01")]
    for cells in WIDTHS:
        shown = flowing(calendar_items(found, passed, KINDS, cells, SIGNS))
        assert shown.index("31 March 2027") < shown.index("1 April 2026") < shown.index("was to end 2019")


RUN = Run(7, "2026-11-28T17:57:25+00:00", 2.5, "import lists/a.csv", False, ())
DIFF = Diff(
    7, (Changed("arr:a", "Pact"),), (Changed("ods:X1", "X", changes=(Change("name", "Y", "X"),)),), (), (), (), ()
)


def test_imports_stand_newest_first_and_each_leads_to_what_it_changed() -> None:
    items = run_items([RUN._replace(run=1), RUN._replace(undone=True)], DiffView, 76)
    assert [item.view for item in items if item.view] == [DiffView(7), DiffView(1)]
    assert "28 November 2026, 17:57  undone" in text(items)
    assert "import a.csv" in text(items)


def test_a_run_is_taken_back_only_after_the_question_was_answered() -> None:
    asked = laid(diff_items(RUN, DIFF, "", KINDS, 76, SIGNS, ListState()))
    assert [item.deed for item in asked if item.deed] == []
    assert [item.more for item in asked if item.more] == [UNDO]
    answered = laid(diff_items(RUN, DIFF, "", KINDS, 76, SIGNS, ListState(shown={UNDO: 1})))
    assert [item.deed for item in answered if item.deed] == ["undo 7"]
    assert "name: Y → X" in text(answered)


def test_rows_that_a_run_refused_are_all_counted_however_many_reasons_there_were() -> None:
    rejects = tuple(Reject("file:a", n, f"it is {'abcdefghijkl'[n % 12]}", None) for n in range(24))
    items = laid(diff_items(RUN, DIFF._replace(rejects=rejects, rejects_left_out=5), "", KINDS, 76, SIGNS, ListState()))
    assert [item.ident for item in items].count("refused:0") == 1
    shown = text(items)
    assert "2 × it is a\n" in shown
    assert "8 for other reasons" in shown
    assert "5 more that were only counted" in shown


def test_what_cannot_be_taken_back_says_why_and_offers_nothing() -> None:
    for run, why in ((RUN, "cannot be written"), (RUN._replace(undone=True), ""), (RUN._replace(run=1), "")):
        items = laid(diff_items(run, DIFF, why, KINDS, 76, SIGNS, ListState(shown={UNDO: 1})))
        assert not [item for item in items if item.deed or item.more]
        assert why in text(items)


def test_records_have_the_sign_of_their_kind_in_every_list_of_a_register() -> None:
    entry = CalendarEntry("2027-03-31", "end", "ods:A2", "Site", "Its term ends.", None, None, (41,))
    ahead = Calendar("2026-11-28", "2028-11-28", (entry,), (entry,), (entry,), (STATED,))
    found = [gap(1), gap(2, key="ods:X1", name="X"), gap(3, key="ods:A2", name="Site"), gap(4, key="person:a")]
    lists = {
        "gaps": laid(gap_items(found, {}, KINDS, ALL, 76, SIGNS, ListState(rows=90))),
        "calendar": calendar_items(ahead, found, KINDS, 76, SIGNS),
        "review": review_items([ASKED], {}, "", KINDS, 76, SIGNS),
        "diff": laid(diff_items(RUN, DIFF, "", KINDS, 76, SIGNS, ListState())),
    }
    for called, items in lists.items():
        kinds = [(item.rows[0], KINDS[item.target.key]) for item in items if item.target and not is_head(item.ident)]
        assert len(kinds) >= 2, called
        for row, kind in kinds:
            assert Piece(f"{SIGNS.of(kind)} ", f"kind-{kind}") in row, called
    source = SourceInfo("file:o", "Old list", "P", None, None, None, None, None, 3)
    assert "▤ Old list" in text(source_items([source], 76, SIGNS))


ASKED = Suggestion(
    3, "org:x", "X Ltd", "org:x has a name and no code: is it one of these?", 0.95, "name-without-code",
    (Candidate("ods:A1", "X Limited", 95.0), Candidate("ods:A2", "Ex", 90.0)), (STATED,),
)  # fmt: skip


def test_a_question_has_a_line_for_each_record_that_may_be_meant() -> None:
    items = review_items([ASKED], {}, "", KINDS, 76, SIGNS)
    lines = [question_at(item.ident, [ASKED]) for item in items]
    assert [(one.number, one.candidate) for one in lines if one] == [(3, None), *((3, one) for one in ASKED.candidates)]
    assert "X Ltd (org:x) has a name and no code" in flowing(items)
    assert not [item for item in items if item.deed]


def test_answers_are_written_by_one_line_that_says_how_many_there_are() -> None:
    answers = {3: GivenAnswer(True, "ods:A2", "Ex"), 4: GivenAnswer(False), 5: GivenAnswer(True)}
    items = review_items([ASKED], answers, "", KINDS, 76, SIGNS)
    (write,) = [item for item in items if item.ident == WRITE]
    assert write.deed == command(answers) == "review --accept 3=ods:A2 --reject 4 --accept 5"
    assert "3 answers: 2 yes, 1 no" in text((write,))
    assert "yes, Ex" in text(items)
    assert "meant" in text(items)


def test_a_register_that_cannot_be_written_to_takes_no_answers() -> None:
    items = review_items([ASKED], {3: GivenAnswer(True)}, "cannot be written", KINDS, 76, SIGNS)
    assert "cannot be written" in text(items)
    assert not [item for item in items if item.deed]


def test_sources_stand_newest_first_with_licence_and_age_and_lead_to_what_they_say() -> None:
    old = SourceInfo("file:old", "Old list", "P", "2015-10", "OGL-UK-3.0", None, "csv", None, 3)
    none = old._replace(key="file:none", title="No day", published=None, licence=None)
    items = source_items([none, old, old._replace(key="file:new", title="New list", published="2026-08")], 76, SIGNS)
    assert [item.search for item in items if item.search] == [f'source:"file:{one}"' for one in ("new", "old", "none")]
    assert "October 2015 · 11 years old · licence: OGL-UK-3.0 · 3 records" in text(items)
    assert "day unknown · licence unknown · 3 records" in text(items)
    head, first, *_ = text(source_items([old], 110, SIGNS)).splitlines()
    assert [head.index(word) for word in ("day", "age", "licence")] == [
        first.index(word) for word in ("October", "11 years", "OGL")
    ]
    assert head.rstrip().endswith("records") and len(head.rstrip()) == len(first.rstrip())


def test_two_records_fit_every_width_and_lose_nothing() -> None:
    one = RECORD._replace(links=(link(1, role_label="host"), link(2)))
    other = RECORD._replace(key="arr:other", name="Other Group", links=(link(1), link(3)))
    found = compared.compare(one, other)
    for cells in WIDTHS:
        items = laid(compare_items(found, cells, SIGNS), cells)
        assert max(map(width, lines(items))) <= cells
        assert [item.target.key for item in items if item.target] == [
            "arr:group",
            "arr:other",
            "ods:X1",
            "ods:X2",
            "ods:X3",
        ]
        assert flowing(items).count("organisations") == 0
        heads = [row for row in text(items).splitlines() if "Other Group" in row and "Group" in row.split("Other")[0]]
        assert bool(heads) is (cells >= 56), "the names of both over their columns"
    assert "host" in text(items)


def test_a_review_of_some_questions_is_a_command_and_back() -> None:
    view = ReviewView(("same-name",), "wye valley", 90, 2)
    assert view.words == ("review", "--kind", "same-name", "--name", "wye valley", "--above", "90", "--run", "2")
    assert view_of(view.words, None) == view
    register = FakeRegister()
    register.suggestions_there = (ASKED, ASKED._replace(id=4, name="Wye Valley Ltd"))
    page = ReviewView(about="wye valley").ask(register)
    assert next(item.ident for item in laid(page.items(76, SIGNS, ListState())) if item.target) == "asked:4"
