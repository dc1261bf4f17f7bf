"""A record's page says each thing once: what its head, a link or a place in a source tells is not told again."""

from __future__ import annotations

import pytest

from db.model import Link, Name, Record
from tests.tui.samples import RECORD, SOURCE, link
from tests.tui.test_page import lines, page, sections, stated
from tui.text.page_links import link_groups
from tui.text.record_page import record_page

UNDATED, UNDATED_TOO = (link(n, start=None, status=None) for n in (1, 2))


def test_a_fact_that_the_page_says_anyway_is_not_said_again() -> None:
    def facts(*told: tuple[str, str]) -> list[str]:
        made = tuple(RECORD.facts[0]._replace(property=one, label=one, value=None, text=text) for one, text in told)
        chair = link(1, kind="person", key="person:a-b", name="Ann Bell", label="people", category="post")
        record = RECORD._replace(type_label="sub-ICB location", links=(chair,), facts=made)
        found = {one.name: one for one in record_page(record, lambda _: None, printed=True).sections}
        return [line.text for group in found["facts"].groups for line in group.lines] if "facts" in found else []

    assert facts(("ods-role", "sub-ICB location"), ("note", "Ann Bell"), ("note", "Dame Ann Bell")) == []
    told = facts(("ods-role", "commissioning hub"), ("note", "Ann Bell; on trial"), ("note", "in place of Ann Bell"))
    assert told == ["commissioning hub", "Ann Bell; on trial", "in place of Ann Bell"]


def test_who_takes_part_is_not_listed_again_for_lying_in_the_area() -> None:
    def area(number: int) -> Link:
        lies = link(number, type="in-geography-of", label="in its area", category="geography", heading="in its area")
        return lies._replace(
            id=number + 100,
            role=None,
            role_label=None,
            start=None,
            status=None,
            listed_first="2023",
            listed_last="2023",
        )

    def told(*links: Link, counts: dict[str, int]) -> list[str]:
        shown = page(RECORD._replace(links=links, heading_counts=counts, facts=())).splitlines()
        return [line.split("  [")[0] for line in shown[shown.index("Links") + 1 : shown.index("Timeline")] if line]

    members = (link(1, heading="participants"), link(2, heading="participants"))
    counts = {"participants": 2, "in its area": 2}
    assert told(*members, area(1), area(2), counts=counts) == [
        "  participants  2", "    Trust 1  ods:X1  member · since 2016", "      in its area:  listed 2023",
        "    Trust 2  ods:X2  member · since 2016", "      in its area:  listed 2023",
    ]  # fmt: skip
    assert "  in its area  2" in told(*members, area(1), area(3), counts=counts)
    assert "  in its area  9" in told(*members, area(1), area(2), counts={**counts, "in its area": 9})


def test_what_a_heading_tells_of_its_links_is_not_said_of_each() -> None:
    serves = link(1, type="serves", label="serves", category="service", heading="councils whose people it serves",
                  role=None, role_label=None)  # fmt: skip
    assert "Trust 1  ods:X1  since 2016  [1]" in page(RECORD._replace(links=(serves,)))
    partner = serves._replace(type="partner-to", label="partner to", category="commissioning", heading="care board")
    assert "Trust 1  ods:X1  partner to · since 2016  [1]" in page(RECORD._replace(links=(partner,)))
    part = partner._replace(label="part of", category="structure", heading="part of the programme")
    assert "Trust 1  ods:X1  since 2016  [1]" in page(RECORD._replace(links=(part,)))


def test_what_a_record_was_before_contradicts_nothing_of_what_it_is() -> None:
    def types(why: str) -> bool:
        told = (stated("type", "group-model", 41), stated("type", "alliance", 43, chosen=False, why=why))
        return "alliance, says A list" in page(RECORD._replace(values=told))

    assert [types(why) for why in ("newer", "passing", "order")] == [False, False, True]


def test_who_runs_a_place_is_one_line_however_many_types_of_links_say_so() -> None:
    runs = link(1, type="operated-by", label="run by", category="site", direction="out", heading="run by", role=None,
                role_label=None)  # fmt: skip
    also = runs._replace(id=2, type="operates", label="operated by", direction="in", start="2018")
    shown = page(RECORD._replace(links=(runs, also), heading_counts={"run by": 2}))
    assert "  run by  1\n    Trust 1  ods:X1  since 2016  [1]\n      operated by:  since 2018" in shown
    apart = page(RECORD._replace(links=(runs, runs._replace(id=2, start="2020")), heading_counts={"run by": 2}))
    assert "  run by  2" in apart


def test_by_which_name_a_source_calls_the_other_end_is_said_once() -> None:
    wording = RECORD.facts[0]._replace(property="wording", value=None, text="The page calls it Dale NHS Trust.")
    tied = link(1, name_then="Dale NHS Trust", facts=(wording,))
    assert page(RECORD._replace(links=(tied,))).count("Dale NHS Trust") == 1
    assert "The page calls it Dale NHS Trust." in page(RECORD._replace(links=(tied._replace(name_then=None),)))


def test_what_is_noted_of_several_places_stands_at_the_first() -> None:
    why = RECORD.evidence[2]._replace(note="The Act has it so.")
    proofs = [why._replace(id=51), why._replace(id=52, locator="s.1"), why._replace(id=53, source=SOURCE)]
    shown = page(RECORD._replace(evidence=tuple(proofs), own_evidence=(51, 52, 53), facts=(), links=()))
    assert shown.count("The Act has it so.") == 1
    assert "[1]  inferred: The Act has it so.\n    [2]  s.1  inferred: see [1]\n" in shown
    assert "[3]  inferred: see [1]" in shown


def test_a_day_that_the_head_tells_with_who_states_it_is_not_told_again() -> None:
    def days(record: Record) -> list[str]:
        return [line.split("  [")[0].strip() for line in page(record).splitlines() if line.startswith("  opened:")]

    assert days(RECORD) == []
    unheaded = record_page(RECORD, lambda _: None, printed=True, headed=False).sections
    assert "July 2016" in [line.text for one in unheaded for group in one.groups for line in group.lines]
    assert days(RECORD._replace(open=False, status="closed", closed="2026")) == ["opened:  July 2016"]
    others, more = (stated("opened", "2016-07", *who) for who in ((43,), (41, 43)))
    assert days(RECORD._replace(values=(others, stated("status", "planned", 41)))) == []
    assert days(RECORD._replace(values=(more, stated("status", "planned", 41)))) == ["opened:  July 2016"]
    against = (stated("opened", "2016-07", 41), stated("opened", "2015", 42, chosen=False))
    assert days(RECORD._replace(values=against)) == ["opened:"]


def test_what_followed_is_called_by_the_name_it_had_then_once_and_not_by_the_type_it_has_now() -> None:
    followed = link(1, category="succession", name_then="Dale CCG", other_type="sub-ICB location")
    record = RECORD._replace(links=(followed,))
    line = record_page(record, lambda _: None, printed=False).sections[0].groups[0].lines[0]
    assert line.text == f"Dale CCG, now {followed.name}"
    assert line.columns is not None
    assert line.columns.type == ""
    assert page(record).count("Dale CCG") == 1
    assert f"  Dale CCG, now {followed.name}  {followed.key}  " in page(record)


def test_a_name_that_is_alone_and_the_title_already_is_not_said_again() -> None:
    plain = Name(RECORD.name, "official", None, None, None, ())
    assert "names" not in sections(RECORD._replace(names=(plain,)))
    assert "names" not in sections(RECORD._replace(names=(plain._replace(kind="as-written"),)))
    assert "names" in sections(RECORD._replace(names=(plain._replace(kind="descriptive"),)))
    former = Name("Old Group", "former", None, "2013", None, ())
    assert lines(sections(RECORD._replace(names=(plain, former)))["names"]) == [
        (RECORD.name, "official name"), ("Old Group", "former name · until 2013"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ((UNDATED, UNDATED_TOO), "participants  2  undated source|member|member"),
        (
            (UNDATED, UNDATED_TOO, link(3)),
            "participants  3  undated source where no time is told|member|member|member · since 2016",
        ),
        ((UNDATED,), "participants  1|member · undated source"),
        ((UNDATED, link(2)), "participants  2|member · undated source|member · since 2016"),
    ],
)  # fmt: skip
def test_that_sources_have_no_day_is_said_once_of_several_links(links: tuple[Link, ...], told: str) -> None:
    shown = page(RECORD._replace(links=links, heading_counts={}, facts=())).splitlines()
    group = shown[shown.index("Links") + 1 : shown.index("Timeline") - 1]
    assert "|".join([group[0].strip(), *(line.split("  ")[4] for line in group[1:])]) == told


def test_a_list_of_links_on_a_screen_says_once_that_sources_have_no_day_and_one_link_by_itself_says_it() -> None:
    (group,) = link_groups(RECORD, (UNDATED, UNDATED_TOO), "", lambda _: 9, printed=False)
    assert group.remark == "undated source"
    assert [line.columns.time for line in group.lines if line.columns] == ["", ""]
    assert [line.about for line in group.lines] == ["member · undated source"] * 2
