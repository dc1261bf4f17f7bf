"""A record's page as a briefing: what people look for first stands first, said once, with who shares it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db import open_register
from db.model import Record
from db.reading import headings
from db.vocabularies import load_vocabularies
from tests.db.reading.small import Small
from tui.text.page_parts import PageGroup, PageLine
from tui.text.record_page import record_page

RULES = json.loads(Path(headings.__file__).with_suffix(".json").read_text("utf-8"))["headings"]


def built_in(key: str) -> Record:
    """Return a record of the built-in register."""
    with open_register(builtin=True) as register:
        return register.record(key)


def groups(record: Record, section: str, most: int | None = None) -> list[PageGroup]:
    """Return the groups of a section of a record's page."""
    found = record_page(record, lambda _: most, printed=True).sections
    return [group for one in found if one.name == section for group in one.groups]


def said(line: PageLine) -> list[tuple[str, str]]:
    """Return what stands under a line."""
    return [(one.label, one.text) for one in line.under]


def test_every_heading_names_links_and_types_that_there_are_and_no_arrangement_has_two() -> None:
    terms, link_types = load_vocabularies()
    types = {term.name for term in terms if term.vocabulary.endswith("_types")}
    assert {rule["link"] for rule in RULES if "link" in rule} <= {one.name for one in link_types}
    named = [one for rule in RULES if rule.get("link") == "participates-in" for one in rule["types"]]
    assert len(named) == len(set(named))
    assert {one for rule in RULES for one in rule.get("types", [])} <= types


def test_links_stand_first_the_group_before_people_and_these_before_partners() -> None:
    record = built_in("ods:RLQ")
    assert record_page(record, lambda _: None, printed=True).sections[0].name == "links"
    order = [group.label for group in groups(record, "links")]
    assert order == ["group", "people", "alliances and collaboratives"]


def test_a_group_says_who_shares_it() -> None:
    first, second = groups(built_in("ods:RLQ"), "links")[0].lines
    assert first.text == "Foundation Group"
    assert said(first) == [("with", "South Warwickshire NHS Foundation Trust")]
    assert said(second)[0] == ("with", "South Warwickshire NHS Foundation Trust")


def test_what_a_body_keeps_in_a_group_is_told_once_on_its_page_and_once_on_the_groups() -> None:
    (kept,) = groups(built_in("ods:RLQ"), "separate")
    assert kept.label == "in Foundation Group · planned · undated source"
    assert [line.text for line in kept.lines][:2] == ["Keeps its own board.", "Stays accountable locally."]
    group = built_in("arr:foundation-group")
    assert any(line.text == "Each trust keeps its own board." for line in groups(group, "separate")[0].lines)
    members = next(one for one in groups(group, "links") if one.label == "participants")
    assert [said(line) for line in members.lines] == [[], []]


def test_a_link_that_is_inferred_says_so() -> None:
    serves = next(one for one in groups(built_in("ods:RN7"), "links") if one.label == "serves the same people as")
    assert [line.about for line in serves.lines] == ["undated source · inferred"]


@pytest.fixture
def board() -> Small:
    """A trust, its board that three labels name, and the councils whose people it serves."""
    small = Small()
    trust = small.record("ods:RXX", "A Trust")
    icb = small.record("ods:QXX", "A Board", type="integrated-care-board")
    serves, area, partner = (
        small.link_type(name, label, f"{label}, turned round", position=place)
        for place, (name, label) in enumerate(
            [("serves", "serves"), ("in-geography-of", "in the area of"), ("partner-to", "partner to")]
        )
    )
    today = small.today()
    for link_type in (partner, area):
        small.cite("link", small.link(link_type, trust, icb, status="current"), today)
    for number, share in enumerate([0.1, 0.5, 0.2]):
        council = small.record(f"ods:C{number}", f"Council {number}", type="county-council")
        link = small.link(serves, trust, council, status="current")
        small.insert("fact", link_id=link, property="patient-share", value=share, unit="share")
        small.cite("link", link, today)
    return small


def test_a_body_that_several_labels_name_is_one_line_with_all_of_them(board: Small) -> None:
    found = {group.label: group for group in groups(board.register().record("ods:RXX"), "links")}
    (line,) = found["integrated care board"].lines
    (about, _, _), (also,) = line.about.partition(" · "), said(line)
    assert (about, also[0]) == ("in the area of", "partner to")
    assert found["integrated care board"].total == 1


def test_councils_come_by_the_share_that_is_told_of_them(board: Small) -> None:
    found = {group.label: group for group in groups(board.register().record("ods:RXX"), "links")}
    assert [line.text for line in found["councils whose people it serves"].lines] == [
        "Council 1", "Council 2", "Council 0",
    ]  # fmt: skip


def test_a_board_whose_people_a_trust_treats_is_not_for_that_the_board_of_the_trust(board: Small) -> None:
    (serves,) = board.connection.execute("SELECT id FROM link_type WHERE name = 'serves'").fetchone()
    (trust,) = board.connection.execute("SELECT id FROM record WHERE key = 'ods:RXX'").fetchone()
    beside = board.record("ods:QNN", "Board Next Door", type="integrated-care-board")
    board.cite("link", board.link(serves, trust, beside, status="current"), board.today())
    found = {
        group.label: [line.text for line in group.lines]
        for group in groups(board.register().record("ods:RXX"), "links")
    }
    assert found["integrated care board"] == ["A Board"]
    assert found["boards whose people it serves"] == ["Board Next Door"]


def test_a_board_says_which_councils_are_its_partners_or_lie_in_its_area_beside_the_trust(board: Small) -> None:
    (partner,) = board.connection.execute("SELECT id FROM link_type WHERE name = 'partner-to'").fetchone()
    (icb,) = board.connection.execute("SELECT id FROM record WHERE key = 'ods:QXX'").fetchone()
    council = board.record("ods:C9", "Borough Council", type="unitary-authority")
    for other in (council, board.record("ods:RYY", "Another Trust", type="nhs-trust")):
        board.cite("link", board.link(partner, other, icb, status="current"), board.today())
    (lies_in,) = board.connection.execute("SELECT id FROM link_type WHERE name = 'in-geography-of'").fetchone()
    left_out = board.record("ods:C8", "Dale Council", type="metropolitan-district")
    for other in (council, left_out):
        board.cite("link", board.link(lies_in, other, icb, status="current"), board.today())
    found = {group.label: group for group in groups(board.register().record("ods:RXX"), "links")}
    (line,) = found["integrated care board"].lines
    assert ("councils listed with it", "Borough Council; Dale Council") in said(line)


def test_a_page_that_is_cut_says_how_many_there_are_under_each_heading(board: Small) -> None:
    cut = board.register().record("ods:RXX", most=1)
    found = {group.label: (len(group.lines), group.total) for group in groups(cut, "links", 1)}
    assert found == {"councils whose people it serves": (1, 3), "integrated care board": (1, 2)}
    assert cut.link_counts == board.register().record("ods:RXX").link_counts


def test_of_what_has_closed_what_came_of_it_stands_first() -> None:
    small = Small()
    closed = small.record("ods:13W", "Old", open=0, status="closed", closed="2020-03-31")
    group = small.record("arr:g", "Group", "arrangement", type="group-model")
    small.link(small.link_type("participates-in", "takes part in", "participants"), closed, group)
    small.link(
        small.link_type("succeeded-by", "succeeded by", "succeeds", category="succession", position=9),
        closed, small.record("ods:92A", "New"), since="2020-04-01",
    )  # fmt: skip
    assert [one.label for one in groups(small.register().record("ods:13W"), "links")] == ["became", "group"]


def test_what_is_part_of_a_programme_says_that_it_is_one() -> None:
    under = [
        headings.heading("part-of", "out", "part of", "arrangement", one).name for one in ("planning-programme", None)
    ]
    assert under == ["part of the programme", "part of"]
