"""Two records side by side: what both have stands first, once where it is the same; nothing of either is left out."""

from __future__ import annotations

from tests.tui.exploring import NARROW, exploring
from tests.tui.fake_register import WARWICK, WYE
from tests.tui.samples import RECORD, link
from tui.explorer.views.compare import CompareView
from tui.explorer.views.places import PlacesView
from tui.explorer.views.view import View
from tui.text import compare as words

OTHER = RECORD._replace(key="arr:other", name="Other Group", status="open", status_label="open")


def lines(found: words.Comparison, section: str) -> dict[str, tuple[str, str]]:
    """What the lines of a section say, by their label."""
    return {line.label: line.texts for group in found.groups if group.section == section for line in group.lines}


def test_what_both_are_linked_to_stands_once_with_the_part_of_each() -> None:
    one = RECORD._replace(links=(link(1, role_label="host"), link(2), link(3)))
    other = OTHER._replace(links=(link(2, role_label="lead"), link(1, role_label="host"), link(4)))
    found = words.compare(one, other)
    assert found.common == 2
    common = {line.label: line for group in found.groups if group.section == "common" for line in group.lines}
    assert list(common) == ["Trust 1", "Trust 2"]
    assert common["Trust 1"].is_same
    assert not common["Trust 2"].is_same
    assert [text.split(" · ")[0] for text in common["Trust 2"].texts] == ["member", "lead"]
    only = {group.of: [line.label for line in group.lines] for group in found.groups if group.section == "only"}
    assert only == {0: ["Trust 3"], 1: ["Trust 4"]}


def test_what_links_the_two_to_each_other_is_neither_common_nor_anybodys_own() -> None:
    one = RECORD._replace(links=(link(1, key=OTHER.key, name=OTHER.name),))
    other = OTHER._replace(links=(link(1, key=RECORD.key, name=RECORD.name, label="takes part in"),))
    found = words.compare(one, other)
    assert found.common == 0
    assert list(lines(found, "between").values()) == [("member · since 2016", "takes part in · member · since 2016")]
    assert [group.section for group in found.groups if group.heading] == []


def test_each_label_of_a_page_stands_once_and_says_whose_it_is() -> None:
    one, other = RECORD._replace(legal_form="company"), OTHER._replace(legal_form=None)
    found = words.compare(one, other)
    assert lines(found, "told")["standing"] == (words.compare(one, one).pages[0].standing, "open since July 2016")
    assert lines(found, "only")["legal form"] == ("company", "")
    told = [
        (line.label, who, text)
        for group in found.groups
        for line in group.lines
        for who, text, _ in words.told(line, found)
    ]
    assert ("what it is", "both", "arrangement, group model") in told
    assert ("standing", "Other Group", "open since July 2016") in told
    assert ("legal form", "", "company") in told


def test_as_of_a_day_what_nothing_dates_is_counted_and_not_compared() -> None:
    one = RECORD._replace(as_of="2019-04-01", links=(), not_dated=(link(1),))
    other = OTHER._replace(as_of="2019-04-01", links=(), not_dated=(link(1),))
    found = words.compare(one, other)
    assert found.common == 0
    assert words.left_out(found) == "2 links left out: no source tells whether they were there on 1 April 2019"
    assert words.headline(found).endswith("no links in common · as of 1 April 2019")


async def test_the_open_record_is_put_beside_one_that_the_search_finds() -> None:
    async with exploring(size=NARROW, start=WYE[0]) as explorer:
        await explorer.press("equals_sign")
        await explorer.search("Warwick")
        await explorer.press("enter")
        compared: View | None = explorer.screen.view
        assert compared == CompareView(WYE[0], WARWICK[0])
        assert "What both tell" in explorer.text()
        await explorer.press("M")
        places: View | None = explorer.screen.view
        assert places == PlacesView(WYE[0])
        assert "HR:2" in explorer.text()
