"""A drafted mapping is accepted as it is, makes sense of what stands in the file, and says what is a guess."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from db.errors import InputError
from db.statements import RejectSaid, RowSaid, Statement
from importers.base import Input, ReadOptions
from importers.table.draft.draft import draft
from importers.table.language.map_file import load_map
from importers.table.source import read
from tests.depth import cases
from tests.importers.table.made import workbook
from tests.importers.things import given

FILES = (
    "stp/stp-partner-mapping-2019-04_footprints.csv",
    "stp/Trust-STP-lookup-2017.csv",
    "arrangements/open_uk_networks.json",
    "arrangements/trust-to-cancer-alliance-2026.csv",
    "icb/LOC22_ICB22_NHSER22_EN_LU.csv",
    "icb/icb-la-lookup.csv",
    "geography/derived_sicbl24_icb24_ltla24.csv",
    "geography/lookup_ltla21_utla21.csv",
    "networks/stroke_units_regions.csv",
    "networks/local_health_boards.json",
    "nations/principal-local-authority.csv",
    "sites/hospitals-2024.json",
)
PARTNERS = (
    "Partnership list,,,,,,\n,,,,,,\n"
    "Name of Partnership,Who leads it?,Lead organisation (ODS),Members,Formed,Live?,Where\n"
    "Hill and Dale Alliance,Dr Ann Example (Chair),RXX,RXX; RYY; 00C,01/04/2019,Yes,Hilltop\n"
    "River Valley Partnership,tbc,RYY,RYY; Valley Hospice,15/07/2020,Yes,Dale\n"
    "Old Moor Network,Bea Sample,RZZ,RZZ,01/02/2015,No,Moor\n"
)


def by_draft(content: bytes | str, name: str = "table.csv") -> list[Statement]:
    """What the rows of a file say by the mapping that is drafted for it; none may be refused."""
    source = given(content, name)
    reading = read(source, ReadOptions(), load_map(draft(source).encode(), "draft", "draft"))
    rows = list(reading.rows)
    assert [row for row in rows if isinstance(row, RejectSaid)] == []
    return [one for row in rows if isinstance(row, RowSaid) for one in row.statements]


def test_a_column_of_bodies_names_no_people_whatever_its_heading_says() -> None:
    found = by_draft(
        "Partnership Name (official),Who's in it,ODS code of org\n"
        "Hill Alliance,Hill Care NHS Foundation Trust,RXX\n"
        "Hill Alliance,Hillshire Council,\n"
        "Dale Board in Common,Royal Dale,RYY\n"
    )
    members = {(link.other.key, link.role) for one in found for link in one.links}
    assert members == {("ods:RXX", "member"), ("org:hillshire-council", "member"), ("ods:RYY", "member")}
    assert [one.key for one in found if one.kind == "person"] == []


def test_a_partnership_list_with_odd_headings_needs_one_try() -> None:
    found = by_draft(PARTNERS)
    hill = next(one for one in found if one.key == "arr:hill-and-dale-alliance")
    assert (hill.status, hill.opened) == ("open", "2019-04-01")
    assert {(link.other.key, link.role) for link in hill.links} == {
        ("ods:RXX", "member"), ("ods:RYY", "member"), ("ods:00C", "member"), ("ods:RXX", "lead"),
    }  # fmt: skip
    assert hill.address is not None and hill.address.town == "Hilltop"
    (ann,) = (one for one in found if one.key == "person:ann-example")
    assert [link.other.key for link in ann.links] == ["arr:hill-and-dale-alliance"]
    river = next(one for one in found if one.key == "arr:river-valley-partnership")
    assert ("org:valley-hospice", "Valley Hospice") in {(link.other.key, link.other.name) for link in river.links}
    assert [fact.text for fact in river.facts] == ["tbc"]
    assert next(one for one in found if one.key == "arr:old-moor-network").status == "closed"


def test_codes_names_and_parents_are_told_from_headings_of_the_statistics_office() -> None:
    rows = "".join(
        f"E3800000{n},{n}0L,NHS Hill ICB - {n}0L,E54000001,QH1,NHS Hill Integrated Care Board,E40000001,Y60,Midlands\n"
        for n in range(1, 6)
    )
    found = by_draft("LOC22CD,LOC22CDH,LOC22NM,ICB22CD,ICB22CDH,ICB22NM,NHSER22CD,NHSER22CDH,NHSER22NM\n" + rows)
    part, board, region = found[:3]
    assert (part.key, part.type, part.names[0].name) == ("ods:10L", "sub-icb-location", "NHS Hill ICB - 10L")
    assert [(link.type, link.other.key) for link in part.links] == [("sub-division-of", "ods:QH1")]
    assert (board.key, board.type) == ("ods:QH1", "integrated-care-board")
    assert [(link.type, link.other.key) for link in board.links] == [("in-geography-of", "ods:Y60")]
    assert (region.key, region.type) == ("ods:Y60", "commissioning-region")
    assert {(one.scheme, one.value) for one in board.identifiers} == {("ods", "QH1"), ("gss", "E54000001")}


def test_hospitals_are_sites_with_address_and_who_runs_them() -> None:
    said = [
        {
            "OrganisationCode": f"RX{n}01", "OrganisationName": f"ST MARY'S HOSPITAL {n}",
            "OrganisationStatus": "Visible",
            "Address1": "HILL ROAD", "City": "DALE", "Postcode": f"D{n} 1AA", "ParentODSCode": f"RX{n}",
            "ParentName": f"HILL {n} NHS TRUST", "Website": "https://www.example.org/",
        }
        for n in range(1, 6)
    ]  # fmt: skip
    site = by_draft(json.dumps(said), "t.json")[0]
    assert (site.key, site.kind, site.type, site.status) == ("ods:RX101", "site", "hospital", "open")
    assert site.address is not None and (site.address.town, site.address.postcode) == ("Dale", "D1 1AA")
    assert [(link.type, link.other.key) for link in site.links] == [("operated-by", "ods:RX1")]
    assert site.names[0].verbatim == "ST MARY'S HOSPITAL 1"


def test_participants_in_lists_of_json_take_part_with_role_and_dates() -> None:
    people = [
        {"role": "lead", "key": "ods:RXX", "name": "One", "since": "2024-04"},
        {"role": "member", "name": "Two Ltd"},
    ]
    said = [
        {"name": f"Group {n}", "type": "group-model", "status": "open", "since": "2024", "participants": people}
        for n in range(4)
    ]
    group = by_draft(json.dumps({"data": {"groups": said}}), "t.json")[0]
    assert (group.key, group.kind, group.type, group.opened) == ("arr:group-0", "arrangement", "group-model", "2024")
    assert [(link.other.key, link.role, link.start) for link in group.links] == [
        ("ods:RXX", "lead", "2024-04"), ("org:two-ltd", "member", None),
    ]  # fmt: skip


def test_each_sheet_of_a_workbook_is_a_table_of_the_draft() -> None:
    networks = [("PCN Code", "PCN Name", "Open Date"), *((f"U1000{n}", f"Hill {n} PCN", "20190701") for n in range(5))]
    members = [
        ("Practice Code", "Practice Name", "PCN Code", "PCN Name", "Relationship Start Date", "Relationship End Date"),
        *((f"A8100{n}", f"Dr {n} Surgery", "U10001", "Hill 1 PCN", "20190701", "") for n in range(5)),
    ]
    found = by_draft(workbook(Networks=networks, Members=members), "t.xlsx")
    assert {one.type for one in found if one.key.startswith("ods:U")} == {"primary-care-network"}
    tied = [(link.other.key, link.start) for one in found if one.key == "ods:U10001" for link in one.links]
    assert ("ods:A81000", "2019-07-01") in tied


def test_codes_that_are_the_same_in_both_columns_tie_nothing_to_itself() -> None:
    rows = "E06000001,Hill,E06000001,Hill\n" + "".join(f"E0700000{n},Dale {n},E10000001,Moor\n" for n in range(1, 6))
    found = by_draft("ltla23_code,ltla23_name,utla23_code,utla23_name\n" + rows)
    assert [one.links for one in found if one.key == "gss:E06000001"] == [(), ()]
    assert sum(link.other.key == "gss:E10000001" for one in found for link in one.links) == 5


def test_a_file_without_headings_gets_names_for_its_columns() -> None:
    content = "".join(f"RX{n},HILL {n} NHS TRUST,D{n} 1AA\n" for n in range(1, 6))
    text = draft(given(content, "t.csv"))
    assert "header: none" in text and "columns: [column 1, column 2, column 3]" in text


def test_dates_that_an_analyst_writes_in_several_forms_are_all_read_and_what_is_none_is_left_over() -> None:
    table = (
        "Alliance,Start,To,Note\nHill Alliance,01/04/2019,31.3.27,May-20\nDale Alliance,Apr-25,31.3.28,see above\n"
        "Moor Alliance,2020-07,,1 May 2020\nVale Alliance,1 May 2021,31.3.98,Apr 21\n"
    )
    text = draft(given(table, "t.csv"))
    assert 'dates: ["DD/MM/YYYY", D Month YYYY, YYYY-MM, Mon-YY]' in text
    assert [one.opened for one in by_draft(table)] == ["2019-04-01", "2025-04", "2020-07", "2021-05-01"]
    assert "#   To: 31.3.27" in text, "a year that may be of the last century is left to a person"
    assert "#   Note: May-20" in text
    assert [one.closed for one in by_draft(table.replace("31.3.98", ""))][:2] == ["2027-03-31", "2028-03-31"]


def test_a_body_is_a_foundation_trust_only_where_its_name_says_so() -> None:
    def types(*names: str) -> list[str | None]:
        rows = "".join(f"{number},{name}\n" for number, name in enumerate(names))
        return [one.type for one in by_draft(f"ref,Trust name\n{rows}")]

    hill, dale = "Hill NHS Trust", "Dale NHS Foundation Trust"
    assert types(hill, "Moor NHS Trust") == ["nhs-trust", "nhs-trust"]
    assert types(dale, "Moor NHS Foundation Trust") == ["nhs-foundation-trust", "nhs-foundation-trust"]
    assert types(hill, dale, "Moor Hospice") == ["nhs-trust", "nhs-foundation-trust", None]
    assert types(hill, "Moor NHS Trust", "Vale Hospice") == ["nhs-trust", "nhs-trust", None]


def test_columns_that_a_number_tells_apart_hold_a_member_each_by_code_or_by_name() -> None:
    found = by_draft(
        "Name,Org 1,Org 2,Org 3,Address 1,Address 2\nHill Place,RXX,Hillshire Council,,1 Mill Lane,Hilltop\n"
        "Dale Place,Dale Hospice,RYY,RZZ,2 Mill Lane,Dale\nMoor Place,RYY,,,,\n"
    )
    hill, dale, moor = (one for one in found if one.kind == "arrangement")
    assert [one.other.key for one in moor.links] == ["ods:RYY"]
    assert (hill.key, hill.kind) == ("arr:hill-place", "arrangement")
    assert [(one.type, one.other.key, one.other.name, one.role) for one in hill.links] == [
        ("participates-in", "ods:RXX", None, "member"),
        ("participates-in", "org:hillshire-council", "Hillshire Council", "member"),
    ]
    assert [one.other.key for one in dale.links] == ["org:dale-hospice", "ods:RYY", "ods:RZZ"]


def test_a_draft_says_how_merged_cells_are_read() -> None:
    table = "Alliance,Org 1,Org 2\nHill Alliance,RXX,RYY\n,RYY,\nDale Alliance,RZZ,\n"
    text = draft(given(table, "t.csv"))
    (told,) = (line for line in text.splitlines() if "fill_down" in line)
    assert told.startswith("# fill_down: [Alliance]  # empty in 1 row: ")
    mapping = load_map(text.replace("# fill_down", "fill_down").encode(), "draft", "draft")
    assert [row for row in read(given(table), ReadOptions(), mapping).rows if isinstance(row, RejectSaid)] == []
    assert "fill_down" not in draft(given(table.replace("\n,RYY,\n", "\n"), "t.csv"))


def test_a_draft_says_how_a_list_is_told_to_be_whole_each_time() -> None:
    text = draft(given(PARTNERS, "partners.csv"))
    told = text.replace("# series", "series").replace("# full", "full")
    source = given(PARTNERS, "partners.csv")
    said = read(source, ReadOptions(), load_map(told.encode(), "draft", "draft")).source
    assert (said.series, said.full) == ("partners", True)
    assert read(source, ReadOptions(), load_map(text.encode(), "draft", "draft")).source.full is False


def test_what_is_a_guess_or_left_over_is_said() -> None:
    text = draft(given("code,name,misc\nRXX,Hill Body,abc\nRYY,Dale Body,def\nRZZ,Moor Body,abc\n", "t.csv"))
    assert "# As it stands it takes 3 of 3 rows." in text
    assert "#   misc: abc" in text and "unsure" in text


@pytest.mark.parametrize("content", ["", "\n\n", "[]", "{}"])
def test_what_holds_no_table_is_told_in_one_line(content: str) -> None:
    with pytest.raises(InputError, match=r"nothing to draft|holds no table"):
        draft(given(content, "t.csv"))


CELL = st.one_of(
    st.sampled_from(
        ["RXX", "E06000001", "2019-04-01", "01/02/2020", "LS1 1AA", "Yes", "No", "tbc", "1.5", "a;b", "", "item"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
HEADING = st.one_of(
    st.sampled_from(
        ["code", "name", "Name", "members", "status", "type", "lead", "opened", "item", "a|b", "x?", "{y}", "ODS code"]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)


@settings(max_examples=cases(30), deadline=None)
@drawn(
    st.lists(HEADING, min_size=1, max_size=5),
    st.lists(st.lists(CELL, min_size=5, max_size=5), max_size=6),
    st.booleans(),
)
def test_any_table_has_a_draft_that_is_accepted_or_one_line(
    headings: list[str], cells: list[list[str]], as_json: bool
) -> None:
    if as_json:
        content = json.dumps([dict(zip(headings, row, strict=False)) for row in cells])
    else:
        lines = [headings, *([row[: len(headings)] for row in cells])]
        content = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) for line in lines)
    source = given(content, "t.json" if as_json else "t.csv")
    try:
        text = draft(source)
    except InputError as error:
        assert "\n" not in str(error)
        return
    assert load_map(text.encode(), "draft", "draft").tables
    assert all(mark.isprintable() for line in text.splitlines() for mark in line)


@pytest.mark.parametrize("name", FILES)
def test_the_draft_for_a_real_table_takes_nearly_all_its_rows(shared: Path, name: str) -> None:
    path = shared / "data" / name
    source = Input(path.name, path.name, lambda: path.open("rb"), path.stat().st_size)
    told = re.match(r"# As it stands it takes ([\d,]+) of (?:the first )?([\d,]+) rows", draft(source))
    assert told is not None
    taken, total = (int(one.replace(",", "")) for one in told.groups())
    assert taken >= 0.95 * total


def test_a_body_beside_an_arrangement_that_no_heading_calls_its_lead_is_a_member() -> None:
    rows = "Hill and Dale Alliance,RXX,RYY\nRiver Valley Partnership,RYY,RZZ\nOld Moor Network,RZZ,RXX\n"
    (first, *_) = by_draft("Name of Partnership,Lead organisation (ODS),Trust code\n" + rows)
    assert ("ods:RYY", "member") in {(link.other.key, link.role) for link in first.links}


def test_the_day_that_a_list_gives_each_row_is_when_it_was_so() -> None:
    found = by_draft(
        "Alliance,Lead trust,As at\nHill Alliance,RXX,2018\nDale Alliance,RYY,2019-12\nMoor Alliance,RZZ,\n"
    )
    days = {one.names[0].name: [cite.as_of for cite in one.cites] for one in found if one.kind == "arrangement"}
    assert days == {"Hill Alliance": ["2018"], "Dale Alliance": ["2019-12"], "Moor Alliance": [None]}
