"""Every list in the common columns is read: what its rows are, whom they belong to, however the file is written."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import InputError
from db.statements import FactSaid, LinkSaid, Reading
from importers.base import ReadOptions
from importers.detect import UnknownFormatError, detect
from importers.ods_csv.importer import importer
from importers.ods_csv.lists import lists
from tests.importers.ods_csv.lists import practitioner, refused, row, source, taken, text, trust
from tests.importers.things import installed

HEADING = [
    "Organisation Code", "Name", "National Grouping", "High Level Health Geography", "Address Line 1", "Address Line 2",
    "Address Line 3", "Address Line 4", "Address Line 5", "Postcode", "Open Date", "Close Date", "Null",
    "Organisation Sub-Type Code", "Parent Organisation Code", "Join Parent Date", "Left Parent Date",
    "Contact Telephone Number", "Null", "Null", "Null", "Amended Record Indicator", "Null", "GOR Code", "Null", "Null",
    "Null",
]  # fmt: skip


def place(code: str, name: str, parent: str = "", **cells: str) -> list[str]:
    """A row of a list, with a parent from its opening on where it has one."""
    given = dict(c3="Y63", c4="QZZ", c5="1 MILL LANE", c8="FELLTON", c9="CUMBRIA", c10="FE1 1AA", c11="20060401")
    given |= dict(c15=parent, c16="20060401") if parent else {}
    return row(code, name, **(given | cells))


@dataclass(frozen=True)
class Made:
    """Two rows of a list, and what the first of them is."""

    rows: list[list[str]]
    type: str
    kind: str = "organisation"
    tie: str | None = None


LISTS = {
    "ets": Made([place("RZ101", "MOOR HOSPITAL", "RZ1"), place("RZ1AB", "DALE UNIT", "RZ1")], "nhs-site", "site",
                "operated-by"),
    "ectsite": Made([place("TZA01", "MOOR CLINIC", "TZA"), place("TZA02", "DALE CLINIC", "TZA")], "care-trust-site",
                    "site", "operated-by"),
    "eccgsite": Made([place("99Z01", "FELL HOUSE", "99Z"), place("99Z02", "DALE HOUSE", "99Z")],
                     "clinical-commissioning-group-site", "site", "operated-by"),
    "epct": Made([place("5ZA", "FELL PCT"), place("5ZB", "DALE PRIMARY CARE TRUST")], "primary-care-trust"),
    "ephp": Made([place("NZ1", "FELL CLINICS LTD"), place("AZX", "DALE EYES LTD")],
                 "independent-sector-healthcare-provider"),
    "ephpsite": Made([place("NZ101", "FELL CLINIC", "NZ1"), place("AZX02", "DALE EYE CLINIC", "AZX")],
                     "independent-sector-h-c-provider-site", "site", "operated-by"),
    "enonnhs": Made([place("8ZA01", "FELL HOSPICE"), place("8ZB02", "DALE TRUST FUND")], "non-nhs-organisation"),
    "ecarehomehq": Made([place("A1ZZ", "FELL CARE LTD"), place("A2ZZ", "DALE HOMES")], "social-care-provider"),
    "ecarehomesite": Made([place("VZ001", "FELL LODGE", "A1ZZ"), place("VZ002", "DALE LODGE", "A2ZZ")],
                          "social-care-site", "site", "operated-by"),
    "eschools": Made([place("EE999901", "FELL PRIMARY SCHOOL"), place("EE999902", "DALE SCHOOL")], "school"),
    "eprison": Made([place("YDE01", "HMP FELL"), place("YDE02", "HMP DALE")], "prison-service"),
    "educate": Made([place("YDF01", "FELL DEANERY"), place("YDF02", "DALE DEANERY")], "education-establishment"),
    "lauth": Made([place("901", "FELL COUNTY COUNCIL"), place("902", "DALE DISTRICT COUNCIL")], "local-authority"),
    "lauthsite": Made([place("901AA", "FELL TOWN HALL", "901"), place("901AB", "DEPOT", "901")], "local-authority-site",
                      "site", "operated-by"),
    "eauth": Made([place("Y99", "FELLS REGION"), place("Q99", "DALES AREA TEAM")], "commissioning-region"),
    "espha": Made([place("T9990", "FELL LABORATORY SERVICE"), place("T9991", "DALE AUTHORITY")],
                  "special-health-authority"),
    "ensa": Made([place("YDD01", "FELL SHARED SERVICES"), place("YDD02", "DALE INFORMATICS")], "nhs-support-agency"),
    "ecsu": Made([place("0ZX", "NHS FELL CSU"), place("0ZY", "DALE DSCRO")], "commissioning-support-unit"),
    "ecsusite": Made([place("0ZX01", "FELL OFFICE", "0ZX"), place("0ZX02", "DALE OFFICE", "0ZX")],
                     "commissioning-support-unit-site", "site", "operated-by"),
    "wlhb": Made([place("7Z9", "FELL HEALTH BOARD"), place("7Z8", "DALE HEALTH BOARD")], "local-health-board"),
    "wlhbsite": Made([place("7Z901", "FELL WARD"), place("7Z902", "DALE WARD")], "local-health-board-site", "site"),
    "niorg": Made([place("ZT999", "FELL HEALTH AND SOCIAL CARE TRUST", c13="A"), place("ZC9", "DALE BOARD", c13="C")],
                  "health-and-social-care-trust"),
    "npraccur": Made([place("Z99901", "FELL PRACTICE", c13="A"), place("Z99902", "DALE", c13="A")], "gp-practice"),
    "edispensary": Made([place("FZZ01", "FELL CHEMIST", "PZZ1"), place("FZZ02", "DALE CHEMIST", "PZZ1")], "pharmacy",
                        tie="operated-by"),
    "egdpprac": Made([place("V99901", "FELL DENTISTS", "99Z", c13="A"), place("V99902", "DALE", "99Z", c13="A")],
                     "general-dental-practice", tie="commissioned-by"),
    "eopthq": Made([place("TZZ1", "FELL OPTICIANS"), place("TZZ2", "DALE SIGHT")], "optical-headquarters"),
    "eoptsite": Made([place("TZZ11", "FELL OPTICIANS", "TZZ1"), place("TZZ21", "DALE SIGHT", "TZZ2")], "optical-site",
                     "site", "operated-by"),
    "eplab": Made([place("60901", "FELL LABORATORY", "RZ1"), place("60902", "DALE LABORATORY", "RZ1")],
                  "pathology-laboratory", tie="operated-by"),
}  # fmt: skip
BY_NAME = {
    "etreat": Made([place("RZ1TC", "FELL UNIT"), place("NZ1TC", "DALE SURGICAL CENTRE")], "nhs-site", "site"),
    "ehospice": Made([place("8ZA01", "FELL HOSPICE"), place("RZ1HO", "DALE HOSPICE")], "non-nhs-organisation"),
    "eother": Made([place("X99", "FELL AUTHORITY", "XDZ"), place("QZ9", "NHS DALES INTEGRATED CARE BOARD")],
                   "other-organisation", tie="directed-by"),
    "ejustice": Made([place("JZ001", "FELL CROWN COURT"), place("JZ002", "HMP DALE")], "court"),
}  # fmt: skip


def imported(content: bytes | str, name: str) -> Reading:
    """What the importer that its content chooses makes of a file."""
    choice = detect(source(content, name), installed())
    assert choice.importer.name == "ods-csv"
    return choice.importer.read(source(content, name), ReadOptions(published="2020-06"))


def check(reading: Reading, ods_list: str, made: Made) -> None:
    """See that both rows came out, the first as what it is."""
    first, second = taken(reading)
    assert reading.source.series == f"ods-{ods_list}"
    assert (first.key, second.key) == tuple(f"ods:{cells[0]}" for cells in made.rows)
    assert (first.kind, first.type, first.opened) == (made.kind, made.type, "2006-04-01")
    assert first.address is not None
    assert first.address.postcode == "FE1 1AA"
    ties = [link for link in first.links if link.type != "in-geography-of"]
    parent = made.rows[0][14]
    assert [(link.type, link.other.key, link.start) for link in ties] == (
        [(made.tie, f"ods:{parent}", "2006-04-01")] if parent else []
    )


@pytest.mark.parametrize("ods_list", LISTS)
@pytest.mark.parametrize("width", [27, 26, 24])
def test_a_list_is_told_by_its_rows_in_every_width(ods_list: str, width: int) -> None:
    rows = [cells[:width] for cells in LISTS[ods_list].rows]
    check(imported(text(rows), "export.csv"), ods_list, LISTS[ods_list])


@pytest.mark.parametrize("ods_list", [*LISTS, *BY_NAME])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_with_headings_is_read_in_every_encoding(ods_list: str, encoding: str) -> None:
    made = {**LISTS, **BY_NAME}[ods_list]
    rows = [HEADING, made.rows[0], [made.rows[1][0], f"{made.rows[1][1]} É", *made.rows[1][2:]]]
    reading = imported(text(rows, end="\r").encode(encoding), f"{ods_list}_20200630.csv")
    check(reading, ods_list, made)
    assert taken(reading)[1].names[0].verbatim == f"{made.rows[1][1]} É"


@pytest.mark.parametrize("ods_list", BY_NAME)
def test_a_list_that_rows_do_not_tell_is_told_by_its_name(ods_list: str) -> None:
    check(imported(text(BY_NAME[ods_list].rows), f"{ods_list}-2020-06.csv"), ods_list, BY_NAME[ods_list])


def test_every_family_of_the_data_file_is_made_here_or_by_the_other_tests() -> None:
    made = {*LISTS, *BY_NAME, "etr", "epraccur", "eccg", "ebranchs", "epharmacyhq"}
    together = {"etrust", "ecare", "whbs"}
    others = {"ect", "epctsite", "epracarc", "eiom"}
    assert made | together | others == set(lists().organisations)


@pytest.mark.parametrize("ods_list", ["ect", "epctsite", "epracarc", "eiom"])
def test_lists_that_are_like_others_are_told_from_them_by_name(ods_list: str) -> None:
    rows = {
        "ect": [place("TZA", "FELL CARE TRUST"), place("TZB", "DALE CARE TRUST")],
        "epctsite": [place("5ZA01", "FELL HOUSE", "5ZA"), place("5ZA02", "DALE HOUSE", "5ZA")],
        "epracarc": [place("A99901", "FELL SURGERY", "99Z", c13="C", c12="20100331")],
        "eiom": [place("ZZ9", "FELL ISLE HEALTH")],
    }[ods_list]
    assert imported(text(rows), f"{ods_list}.csv").source.series == f"ods-{ods_list}"


def test_trusts_and_their_sites_together_are_each_what_they_are() -> None:
    reading = imported(text([trust("RZ1"), place("RZ101", "MOOR HOSPITAL", "RZ1")]), "all.csv")
    assert reading.source.series == "ods-etrust"
    assert [(one.kind, one.type) for one in taken(reading)] == [("organisation", "nhs-trust"), ("site", "nhs-site")]


def test_a_treatment_centre_is_the_place_that_its_code_says_with_that_role_beside() -> None:
    trusts, independent = taken(imported(text(BY_NAME["etreat"].rows), "etreat.csv"))
    assert (trusts.type, independent.type) == ("nhs-site", "independent-sector-h-c-provider-site")
    assert trusts.facts == independent.facts == (FactSaid("ods-role", "RO29"),)


def test_a_role_in_column_14_tells_the_type_before_the_list_does() -> None:
    rows = [place("FZZ01", "FELL APPLIANCES", c14="RO94"), place("FZZ02", "DALE CHEMIST")]
    assert [one.type for one in taken(imported(text(rows), "x.csv"))] == ["appliance-contractor", "pharmacy"]


SITES_SINCE_2020 = [place("A1B2C", "FELL CLINIC", "D3E4F"), place("G5H6J", "DALE CLINIC", "D3E4F")]


def test_codes_that_tell_no_list_leave_it_to_the_name_of_the_file() -> None:
    assert imported(text(SITES_SINCE_2020), "ephpsite.csv").source.series == "ods-ephpsite"
    assert imported(text(SITES_SINCE_2020), "ets (1).csv").source.series == "ods-ets"


def test_a_list_that_neither_rows_nor_name_tell_is_refused_in_one_line_that_says_what_to_do() -> None:
    with pytest.raises(UnknownFormatError) as caught:
        imported(text(SITES_SINCE_2020), "export.csv")
    said = str(caught.value)
    assert said.startswith("export.csv: is an ODS list that may be ecarehomesite, eccgsite, ")
    assert said.endswith(" alike; name the file after its list, such as ecarehomesite.csv")
    assert "\n" not in said


UNKNOWN = [place("ZZZZZZ9", "FELL THING", "99Z", c14="X"), place("ZZZZZZ8", "DALE THING")]


def test_a_list_that_nobody_knows_is_read_as_organisations_when_asked_for_by_name() -> None:
    with pytest.raises(UnknownFormatError, match=r"is an ODS list of a kind that its rows do not tell.* --as ods-csv$"):
        imported(text(UNKNOWN), "efells.csv")
    choice = detect(source(text(UNKNOWN), "efells.csv"), installed(), "ods-csv")
    reading = choice.importer.read(source(text(UNKNOWN), "efells.csv"), ReadOptions(published="2020-06", named=True))
    first, second = taken(reading)
    assert (first.kind, first.type, second.type) == ("organisation", None, None)
    assert first.links[0] == LinkSaid("part-of", first.links[0].other, start="2006-04-01", status="current")
    assert (reading.source.series, reading.source.full) == (None, False)


@pytest.mark.parametrize("name", ["egpcur.csv", "list.csv"])
def test_a_list_of_people_is_no_list_of_organisations_even_when_asked_for(name: str) -> None:
    people = source(text([practitioner(), practitioner("C9999902")]), name)
    with pytest.raises(UnknownFormatError, match=r"lists (people who prescribe|general practitioners)"):
        detect(people, installed())
    with pytest.raises(InputError, match="who are no organisations; it is not read"):
        importer.read(people, ReadOptions(named=True))


def test_memberships_of_people_in_practices_are_not_taken_for_those_of_practices() -> None:
    with pytest.raises(UnknownFormatError, match="who are no organisations"):
        detect(source(text([["G9999901", "A99901", "P", "20010401", "", "0"]]), "epracmem.csv"), installed())


def test_content_counts_before_a_name_that_says_otherwise() -> None:
    assert imported(text(LISTS["eschools"].rows), "etr.csv").source.series == "ods-eschools"
    assert imported(text([trust()]), "eschools.csv").source.series == "ods-etr"


@pytest.mark.parametrize("cell", [0, 1, 4, 9, 10])
@pytest.mark.parametrize("place_of_row", [0, 1, 2])
@pytest.mark.parametrize("bad", ["\x00", "\ufffd"])
def test_a_bad_byte_costs_its_row_and_not_the_list(cell: int, place_of_row: int, bad: str) -> None:
    rows = [place(f"RZ10{number}", "MOOR HOSPITAL", "RZ1") for number in range(3)]
    rows[place_of_row][cell] = bad + rows[place_of_row][cell]
    reading = imported(text(rows), "ets.csv")
    came = list(reading.rows)
    assert len(came) == 3
    assert [one.key for one in taken(reading)] == [f"ods:RZ10{number}" for number in range(3) if number != place_of_row]


@pytest.mark.parametrize("bad", [b"\x81", b"\x8d", b"\x8f", b"\x90", b"\x9d"])
def test_a_byte_that_is_no_text_in_any_encoding_costs_its_row(bad: bytes) -> None:
    rows = [place(f"RZ10{number}", f"MOOR {number}", "RZ1") for number in range(3)]
    reading = imported(text(rows).encode().replace(b"MOOR 1", b"MO" + bad + b"R 1"), "ets.csv")
    assert [one.key for one in taken(reading)] == ["ods:RZ100", "ods:RZ102"]
    assert [(one.line, one.reason) for one in refused(reading)] == [(2, "holds bytes that are no text")]


def test_what_changed_since_a_day_is_no_full_list_and_is_of_the_day_it_was_made() -> None:
    content = source(text(LISTS["edispensary"].rows), "edispensary_changes_20250301_to_20250424.csv")
    told = importer.read(content, ReadOptions()).source
    assert (told.full, told.series, told.published) == (False, "ods-edispensary", "2025-04-24")
    assert told.key == "file:ods-edispensary-changes-2025-04-24"


@given(st.sampled_from(sorted(LISTS)), st.sampled_from(sorted(LISTS)), st.integers(1, 3))
def test_a_few_rows_of_another_list_do_not_change_what_a_list_is(one: str, other: str, strays: int) -> None:
    rows = [[*LISTS[one].rows[0]] for _ in range(20)]
    content = text([*rows, *[LISTS[other].rows[0]] * strays])
    try:
        reading = importer.read(source(content, "export.csv"), ReadOptions(published="2020-06"))
    except InputError:
        return
    together = {
        name for name, ods_list in lists().organisations.items() if one in {part.name for part in ods_list.lists}
    }
    assert reading.source.series in {f"ods-{name}" for name in (one, *together)}


@pytest.mark.parametrize("code", ["2016-05-01", "5.00E+01", "RZ 01", "RZ1-1", "#N/A"])
def test_a_code_that_a_spreadsheet_damaged_is_refused(code: str) -> None:
    reading = imported(text([*LISTS["ets"].rows, place(code, "MOOR WARD", "RZ1")]), "ets.csv")
    assert [one.key for one in taken(reading)] == ["ods:RZ101", "ods:RZ1AB"]
    assert [row.line for row in refused(reading)] == [3]


def test_naming_the_format_makes_no_list_of_what_has_other_columns() -> None:
    with pytest.raises(InputError, match="not an ODS list, which has a code, a name and dates"):
        importer.read(source(text([["x"] * 27]), "x.csv"), ReadOptions(named=True))
