"""A record as a page: what it tells, how it is cut, and tables that fit."""

from __future__ import annotations

import io

import pytest

from db.model import Evidence, Identifier, Link, Name, Record, StatedValue
from tests.tui.samples import NASTY, RECORD, SOURCE, STATED, link
from tui.cli.page import markdown_page, text_page
from tui.cli.tables import Cell, TableColumn, table, wrap
from tui.cli.terminal import Palette, wants_colour
from tui.text.page_links import link_groups
from tui.text.page_parts import PageSection
from tui.text.record_page import record_page
from tui.text.safe import width
from tui.text.values import why_name

PLAIN = Palette()


def page(record: object = RECORD, line_width: int | None = None) -> str:
    """The page as text."""
    return "\n".join(text_page(record, line_width, PLAIN))  # type: ignore[arg-type]


def test_a_name_is_kept_as_what_it_is() -> None:
    told = [why_name(Name("X", kind, None, None, None, (1,)), RECORD) for kind in ("as-written", "former")]
    assert told == ["kept as a source writes it", "kept as former name"]


def test_the_page_opens_with_what_the_record_is() -> None:
    lines = page().splitlines()
    assert lines[0] == "Foundation Group"
    assert lines[1] == "arrangement, group model · planned from July 2016  arr:group  [1]"


def test_facts_are_said_with_unit_date_and_reference() -> None:
    assert "expected savings:  about £2m  says A B  [2]" in page()
    assert "share:  86 % (as of 2016)  says A B  [2]" in page()


def test_facts_of_one_kind_stand_under_one_heading() -> None:
    record = RECORD._replace(facts=(RECORD.facts[0], RECORD.facts[0]))
    assert page(record).count("expected savings:") == 1


def test_evidence_of_links_that_are_left_out_is_left_out_too() -> None:
    proofs = tuple(RECORD.evidence[0]._replace(id=number, locator=f"row {number}") for number in range(41, 61))
    links = tuple(link(number, evidence=(number + 45,)) for number in range(1, 13))
    shown = page(RECORD._replace(links=links, evidence=(*proofs,)))
    assert "row 55  stated" in shown
    assert "row 56" not in shown


def test_a_long_group_of_links_says_how_many_it_left_out() -> None:
    shown = page()
    assert "participants  12" in shown
    assert "Trust 10  ods:X10" in shown
    assert "Trust 11" not in shown
    assert "… 2 more" in shown


def test_as_of_a_day_what_lists_of_other_years_have_stands_apart_from_what_nothing_dates() -> None:
    def named(number: int, name: str, listed: str | None, status: str | None = None) -> Link:
        return link(number)._replace(name=name, listed_first=listed, listed_last=listed, status=status)

    tied = (named(1, "Undated", None), named(2, "Over", "2026", "past"), named(3, "Later", "2026"))
    fact = RECORD.facts[0]._replace(text="for later years")
    lines = page(RECORD._replace(as_of="2016-07-08", not_dated=tied, facts_of_other_years=(fact,))).splitlines()
    undated, others = lines.index("Not dated"), lines.index("Known only from other years")

    def found(text: str) -> int:
        return next(place for place, line in enumerate(lines) if text in line)

    caution = (
        "Of 8 July 2016 no more is known than that it was planned; "
        "below is what is not dated and what lists of other years say, which may not have held then"
    )
    assert caution not in lines, "a link holds on the day"
    bare = RECORD._replace(as_of="2016-07-08", links=(), facts=(), not_dated=tied)
    assert page(bare).splitlines().index(caution) < page(bare).splitlines().index("Not dated")
    assert undated < found("  Undated  ") < found("  Over  ") < others < found("  Later  ") < found("for later years")


def test_as_of_a_day_a_summary_and_facts_do_not_stand_there_as_if_they_were_of_it() -> None:
    told = page(RECORD._replace(as_of="2012-07-08", links=(), facts=RECORD.facts[:1]))
    assert "As of July 2016: Two trusts that stay separate." in told
    assert "Of 8 July 2012 no more is known than that it was planned" in told
    assert "Facts, not dated" in told
    unknown = STATED._replace(source=SOURCE._replace(date=None))
    assert "Undated source: Two trusts" in page(RECORD._replace(as_of="2012-07-08", evidence=(unknown,)))
    assert "\nTwo trusts that stay separate." in page(RECORD)


def test_a_link_to_a_closed_body_says_so() -> None:
    record = RECORD._replace(links=(link(1, other_open=False),), link_counts={"participants": 1})
    assert "Trust 1  ods:X1  member · since 2016 · now closed  [1]" in page(record)


def test_a_link_of_a_year_when_the_other_had_another_name_says_that() -> None:
    record = RECORD._replace(links=(link(1, name_then="Dale NHS Trust"),), link_counts={"participants": 1})
    assert "Trust 1  ods:X1  then called Dale NHS Trust · member · since 2016  [1]" in page(record)


def test_evidence_says_who_says_it_where_and_on_what_basis() -> None:
    shown = page()
    assert "The story  A publisher, July 2016  doc:story" in shown
    assert "[1]  p1  stated" in shown
    assert "[2]  p2  claimed by A B (confidence 80%)  “as they say”" in shown
    assert "A list  publisher and date unknown  file:list" in shown
    assert "[3]  inferred: named as host" in shown


def test_evidence_of_one_source_stands_together_and_is_numbered_so() -> None:
    first, second, other = RECORD.evidence
    shown = page(RECORD._replace(evidence=(first, other, second)))
    assert shown.count("The story") == 1
    assert shown.index("[2]  p2") < shown.index("[3]  inferred")
    assert "about £2m  says A B  [2]" in shown


def test_a_date_without_a_year_or_at_all_is_shown_as_that() -> None:
    shown = page()
    assert "8 July, year unknown  decision due:  To be decided.  [2]" in shown
    assert "date unknown  planned:  Some day.  [1]" in shown


def test_a_record_that_no_source_describes_says_who_names_it() -> None:
    assert f"named only, by {RECORD.evidence[0].source.title}" in page(RECORD._replace(placeholder=True))


@pytest.mark.parametrize("line_width", [20, 40, 80])
def test_a_page_is_broken_to_the_terminals_width(line_width: int) -> None:
    record = RECORD._replace(summary="word " * 60)
    lines = page(record, line_width).splitlines()
    assert sum(1 for line in lines if line.startswith("word")) > 2
    assert all(width(line) <= line_width or " " not in line.strip() for line in lines[2:])


def test_markdown_shows_every_link_and_no_markup_of_the_data() -> None:
    shown = "\n".join(markdown_page(RECORD))
    assert "# Foundation Group" in shown
    assert "Trust 12" in shown
    nasty = "\n".join(markdown_page(NASTY))
    assert "<b>" not in nasty.replace("\\<b\\>", "")


def test_a_table_lines_up_by_cells_and_cuts_only_where_it_may() -> None:
    columns = (TableColumn("name"), TableColumn("n", figures=True, cut=False), TableColumn("key", cut=False))
    rows: list[tuple[str | Cell, ...]] = [("東京都庁" * 5, "1", "ods:A"), ("b", "1,000", Cell("ods:BB", "key"))]
    wide = list(table(columns, rows, None, PLAIN))
    assert wide[1].startswith("東京都庁" * 5 + "      1  ods:A")
    narrow = list(table(columns, rows, 30, PLAIN))
    assert all(width(line) <= 30 for line in narrow)
    assert "…" in narrow[1]
    assert narrow[1].endswith("ods:A")
    assert narrow[2].endswith("ods:BB")


def test_a_table_narrower_than_its_keys_keeps_them_whole() -> None:
    lines = list(table((TableColumn("name"), TableColumn("key", cut=False)), [("x" * 50, "ods:LONGKEY")], 5, PLAIN))
    assert lines[1].endswith("ods:LONGKEY")


def test_wrapping_loses_no_word() -> None:
    text = "one two three four five"
    assert " ".join(" ".join(wrap(text, 9, 2, 2)).split()) == text


@pytest.mark.parametrize(
    ("choice", "environment", "terminal", "wanted"),
    [
        (None, {}, True, True),
        (None, {}, False, False),
        (None, {"NO_COLOR": "1"}, True, False),
        (None, {"NO_COLOR": ""}, True, True),
        (None, {"FORCE_COLOR": "1"}, False, True),
        (None, {"FORCE_COLOR": "0"}, True, False),
        (None, {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_colour_obeys_the_option_then_the_environment_then_the_terminal(
    choice: str | None, environment: dict[str, str], terminal: bool, wanted: bool
) -> None:
    stream = io.StringIO()
    stream.isatty = lambda: terminal  # type: ignore[method-assign]
    assert wants_colour(choice, stream, environment) is wanted


def sections(record: Record) -> dict[str, PageSection]:
    """The sections of a printed page, by name."""
    return {section.name: section for section in record_page(record, lambda _: None, printed=True).sections}


def lines(section: PageSection) -> list[tuple[str, str]]:
    """What the lines of a section say, and what is said of that."""
    return [(line.text, line.about) for group in section.groups for line in group.lines]


def test_a_short_name_or_an_acronym_that_goes_with_a_former_name_says_so() -> None:
    names = [
        Name(name, kind, None, None, None, (41,))
        for name, kind in (
            ("Vale NHS Trust", "official"), ("Vale", "short"), ("Hill and Dale", "short"), ("HDNT", "acronym"),
            ("Hill and Dale NHS Trust", "former"), ("Old Vale", "short"),
        )
    ]  # fmt: skip
    shown = page(RECORD._replace(name="Vale NHS Trust", names=tuple(names)))
    assert "Vale  short name  [1]" in shown
    assert "Hill and Dale  short for a former name  [1]" in shown
    assert "HDNT  acronym of a former name  [1]" in shown
    assert "Old Vale  short name  [1]" in shown


def test_how_a_name_was_written_is_said_where_it_was_written_otherwise() -> None:
    names = (Name("One Group", "official", None, None, "1 Group", ()), Name("Two", "short", None, None, "TWO", ()))
    found = lines(sections(RECORD._replace(names=names))["names"])
    assert found == [("One Group", "official name · written 1 Group"), ("Two", "short name")]


def test_a_section_without_lines_is_left_out() -> None:
    bare = RECORD._replace(facts=(), links=(), link_counts={}, events=(), identifiers=(), evidence=(), own_evidence=())
    assert list(sections(bare)) == ["details"]


def test_codes_that_are_our_own_are_not_among_the_codes() -> None:
    codes = (Identifier("arr", "group", ()), Identifier("ods", "RLQ", ()))
    assert lines(sections(RECORD._replace(identifiers=codes))["codes"]) == [("RLQ", "ODS")]


def test_what_happened_is_told_oldest_first_and_undated_last() -> None:
    timeline = sections(RECORD)["timeline"].groups[0].lines
    assert [line.text for line in timeline] == ["Announced.", "To be decided.", "Some day."]


def test_the_same_link_told_twice_is_two_lines() -> None:
    twice = (link(1, start="2016", end="2017"), link(1, start="2019"))
    (group,) = sections(RECORD._replace(links=twice))["links"].groups
    assert len({line.ident for line in group.lines}) == len(group.lines) == 2


def stated(what: str, value: str, *evidence: int, chosen: bool = True, why: str = "newer") -> StatedValue:
    """A value of a detail."""
    return StatedValue(what, value, chosen, why, evidence)


def test_a_value_is_marked_with_who_states_it_and_what_contradicts_it_stands_below() -> None:
    values = (stated("opened", "2016-07", 41), stated("opened", "2015-01-02", 43, chosen=False))
    shown = page(RECORD._replace(own_evidence=(41, 43), values=values))
    assert "  opened:\n    July 2016  [1]\n    2 January 2015, says A list  [3]\n" in shown
    assert "- opened:\n  - July 2016 \\[1\\]\n  - 2 January 2015, says A list \\[3\\]" in "\n".join(
        markdown_page(RECORD._replace(own_evidence=(41, 43), values=values))
    )


def test_the_head_cites_each_source_for_what_it_says_alone() -> None:
    values = (stated("closed", "2026-06-30", 43), stated("type", "group-model", 41), stated("summary", "x", 42))
    closed = RECORD._replace(open=False, status="closed", status_label="closed", closed="2026-06-30", values=values)
    lines = page(closed).splitlines()
    assert lines[1] == "arrangement, group model  [1]  closed 30 June 2026, inferred  [3]  arr:group"
    assert lines[3] == "Two trusts that stay separate.  [2]"
    head = "arrangement, group model \\[1\\] · closed 30 June 2026, inferred \\[3\\] · arr:group"
    assert head in list(markdown_page(closed))[2]


def test_the_head_cites_the_newest_of_many_sources_once_each_and_says_how_many_more_there_are() -> None:
    def source(number: int) -> Evidence:
        listed = RECORD.evidence[0].source._replace(
            key=f"file:{number}", title=f"List {number}", date=f"{2000 + number}"
        )
        return RECORD.evidence[0]._replace(id=number, source=listed)

    lists = [source(number) for number in range(1, 7)]
    again = [lists[5]._replace(id=number) for number in range(61, 70)]
    kind = stated("type", "group-model", *(one.id for one in (*lists, *again)), why="all")
    name = Name(RECORD.name, "official", None, None, None, tuple(one.id for one in lists))
    many = RECORD._replace(evidence=(*lists, *again), names=(name,), values=(kind,), links=(), facts=(), events=())
    assert page(many).splitlines()[1].startswith("arrangement, group model  [1-4] and 2 more sources  ")
    assert [f"List {number}" in page(many) for number in range(1, 7)] == [False, False, True, True, True, True]
    few = many._replace(evidence=(*lists[2:], *again))
    assert " more sources" not in page(few)
    assert page(few).splitlines()[1].startswith("arrangement, group model  [1-4]  ")


def test_what_lists_alone_tell_of_who_runs_a_place_says_that_and_no_more() -> None:
    def heading(status: str | None) -> str:
        hospital = link(1, type="operates", status=status, listed_last="2018", heading="hospitals it runs")
        (group,) = sections(RECORD._replace(links=(hospital,)))["links"].groups
        return group.label

    assert (heading("current"), heading(None)) == ("hospitals it runs", "hospitals listed under it")


def test_a_code_that_passed_on_to_nobody_is_told_once() -> None:
    codes = [Identifier(scheme, value, ()) for scheme, value in (("ods-stp", "QMK"), ("ods", "QMK"), ("ods-stp", "QX"))]
    found = lines(sections(RECORD._replace(identifiers=tuple(codes)))["codes"])
    assert found == [("QMK", "ODS"), ("QX", "ODS code of the STP")]


def test_a_coarser_date_and_a_status_of_its_time_contradict_nothing() -> None:
    values = (
        stated("opened", "2016-07", 41), stated("opened", "2016", 43, chosen=False),
        stated("status", "planned", 41), stated("status", "proposed", 43, chosen=False),
    )  # fmt: skip
    shown = page(RECORD._replace(values=values))
    assert "planned from July 2016  arr:group  [1]" in shown
    assert ", says" not in shown
    wider = (stated("type", "group-model", 41, why="passing"), stated("type", "x", 43, chosen=False, why="passing"))
    assert ", says" not in page(RECORD._replace(values=wider))
    undated = (values[2], stated("status", "open", 43, chosen=False, why="dated"))
    assert "    open, says A list  [3]" in page(RECORD._replace(values=undated))


def test_an_address_stands_in_as_many_parts_as_have_evidence_of_their_own() -> None:
    values = (
        stated("address", "County Hospital", 41), stated("address", "Old Hospital", 42, chosen=False),
        stated("town", "Hereford", 41, 42, why="alone"), stated("country", "England", 41, why="alone"),
        stated("postcode", "HR1 2ER", 41, 42, why="alone"), stated("postcode", "HR9 9ZZ", 43, chosen=False),
    )  # fmt: skip
    shown = page(RECORD._replace(values=values))
    lines = ("County Hospital  [1]", "Hereford, HR1 2ER  [1][2]", "England  [1]", "Old Hospital, says The story  [2]")
    assert "address:\n    " + "\n    ".join((*lines, "HR9 9ZZ, says A list  [3]")) in shown
    town = stated("town", "Ledbury", 43, chosen=False)
    assert "    Ledbury, HR9 9ZZ, says A list  [3]" in page(RECORD._replace(values=(*values, town)))
    assert "    town Ledbury, says A list  [3]" in page(RECORD._replace(values=(*values[:-1], town)))


def test_who_states_what_of_a_link_is_said_where_not_all_do_and_what_contradicts_it_stands_below() -> None:
    values = (
        stated("start", "2016", 41, why="alone"),
        stated("end", "2019", 42),
        stated("end", "2018", 43, chosen=False),
    )
    one = link(1, evidence=(41, 42, 43), end="2019", values=values)
    shown = page(RECORD._replace(links=(one,), link_counts={"participants": 1}))
    below = ("end:  2019  [2]", "end:  2018, says A list  [3]")
    assert "[1][2][3]  start: see  [1]\n      " + "\n      ".join(below) in shown
    (group,) = (group for section in record_page(RECORD._replace(links=(one,)), lambda _: None, printed=False).sections
                if section.name == "links" for group in section.groups)  # fmt: skip
    assert [line.label for line in group.lines[0].under] == ["end", "end"]


def test_a_breakdown_counts_the_lines_below_it_in_plain_words() -> None:
    links = [
        link(1, status="past", end="2020", heading="people"),
        link(1, status="past", end="2020", heading="people", label="chair", category="post"),
        link(2, status="past", end="2021", heading="people"),
        link(3, status=None, start=None, heading="people"),
    ]
    (group,) = link_groups(RECORD, links, "", lambda _: 9, printed=False)
    assert (len(group.lines), group.total, group.breakdown) == (3, 3, "2 past, 1 not dated")
    (past,) = link_groups(RECORD, links[:3], "", lambda _: 9, printed=False)
    assert (past.total, past.breakdown) == (2, "all past")
    (one,) = link_groups(RECORD, links[:1], "", lambda _: 9, printed=False)
    assert (one.total, one.breakdown) == (1, "past")


def test_a_group_that_is_cut_says_what_all_of_it_is() -> None:
    several = tuple(link(number, other_type="trust" if number > 4 else "council") for number in range(1, 13))
    assert "  participants  12  trust 8 · council 4" in page(RECORD._replace(links=several)).splitlines()
    assert "  participants  10" in page(RECORD._replace(links=several[:10])).splitlines()


def test_the_head_cites_for_what_a_body_is_only_those_who_say_that() -> None:
    one = RECORD.evidence[0]
    proofs = (one._replace(id=41), one._replace(id=42, source=one.source._replace(key="file:names")))
    named = tuple(
        Name(name, kind, None, None, None, (42,)) for name, kind in ((RECORD.name, "official"), ("G", "short"))
    )
    listed = RECORD._replace(evidence=proofs, own_evidence=(41,), values=(), names=named)
    assert record_page(listed, lambda _: None, printed=True).evidence.about == (41,)
    alone = record_page(listed._replace(names=named[:1]), lambda _: None, printed=True)
    assert alone.evidence.about == (41, 42), "nothing else on the page says who calls it that"
