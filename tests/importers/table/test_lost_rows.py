"""No row is lost without a word: damage costs its own row, and what is left out, doubled or unused is told."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.statements import Reading, RowSaid
from importers.base import ReadOptions
from importers.csv_rows import lines_of
from importers.csv_rows import rows as csv_rows
from importers.table.source import read
from tests.depth import cases
from tests.importers import things
from tests.importers.table.made import (
    CLUBS,
    mapping,
    reading,
    reasons,
    record,
    rows,
    sheet_xml,
    statements,
    workbook,
    workbook_of,
)

HOSPITALS = """\
format: interlock-map/1
id: hospitals
records:
  - kind: site
    key: "site:{name|slug}"
    name: "{name}"
    type: hospital
    address: {town: "{town}", postcode: "{postcode}"}
    links: [{type: operated-by, to: "org:{trust|slug}", name: "{trust}"}]
"""


def told(content: bytes | str, said: str, name: str = "table.csv") -> list[str]:
    """What is remarked on a file when its rows have been read."""
    found = reading(content, said, name)
    list(found.rows)
    return list(found.remarks)


def keys(content: bytes | str, said: str, name: str = "table.csv") -> list[str]:
    """The keys of what is taken."""
    found = rows(content, said, name)
    return [one.key for row in found if isinstance(row, RowSaid) for one in row.statements]


@pytest.mark.parametrize("end", ["", "\n", "\r\n", "X1D,Moor\n"])
def test_a_quote_left_open_costs_its_own_row(end: str) -> None:
    content = f'code,name\nX1A,"Riverside Trust\nX1B,Hill\nX1C,Dale\n{end}'
    assert reasons(content, CLUBS) == [(2, "a quote is opened and not closed")]
    assert keys(content, CLUBS)[:2] == ["ods:X1B", "ods:X1C"]


def test_a_quote_that_another_cell_seems_to_close_costs_its_own_row() -> None:
    content = 'code,name\nX1A,"Riverside Trust\n"X1B","Hill"\nX1C,Dale "The Best"\nX1D,Moor\n'
    assert reasons(content, CLUBS) == [(2, "a quote is opened and not closed")]
    assert keys(content, CLUBS) == ["ods:X1B", "ods:X1C", "ods:X1D"]


def test_a_cell_that_seems_to_hold_further_rows_is_told() -> None:
    content = 'code,name\nX1A,"Riverside\nX1B,Hill"\nX1C,Dale\n'
    assert any("line 2: a cell goes over lines that look like 1 more row" in one for one in told(content, CLUBS))
    assert told('code,name\nX1A,"Riverside\nTrust"\n', CLUBS) == []


@settings(max_examples=cases(60))
@given(st.lists(st.sampled_from(["X1A", "a", '"', '""', ",", "\n", '"b"', '"b\nc"', " "]), max_size=24))
def test_every_line_of_any_text_is_in_a_row_that_is_taken_or_refused(parts: list[str]) -> None:
    content = "code,name\n" + "".join(parts)
    lines = content.split("\n")
    covered = {1}
    for row in csv_rows(lines_of(content)):
        over = 0 if row.problem else sum(cell.count("\n") for cell in row.cells)
        covered |= set(range(row.line, row.line + 1 + over))
    assert [line for number, line in enumerate(lines, 1) if line.strip(' "') and number not in covered] == []
    places = [row.line or 0 for row in rows(content, CLUBS)]
    assert places == sorted(set(places))


def test_each_line_is_read_in_its_own_encoding_and_that_is_told() -> None:
    content = "code,name\nX1A,Ynys M\u00f4n\n".encode() + "X1B,St George\u2019s\n".encode("cp1252")
    assert [one.names[0].name for one in statements(content, CLUBS)] == ["Ynys M\u00f4n", "St George\u2019s"]
    assert told(content, CLUBS) == ["is UTF-8, but for line 3 in Windows-1252; each line was read as what it is"]


def test_one_of_two_columns_of_one_heading_can_be_named_and_which_is_meant_is_told() -> None:
    content = "code,name,Name\nX1A,Riverside Trust,RIVERSIDE OLD\n"
    assert any(
        one == "has 2 columns 'name': the mapping means the first; {name (2)} would be the other"
        for one in told(content, CLUBS)
    )
    said = record('name: "{name}"\nnames: [{name: "{name (2)}", kind: former}]')
    (found,) = statements(content, said)
    assert [name.name for name in found.names] == ["Riverside Trust", "RIVERSIDE OLD"]
    assert told(content, said) == []
    (found,) = statements("code,name,name (2),name\nX1A,One,Two,Three\n", record('name: "{name (3)}"'))
    assert found.names[0].name == "Three"


def test_a_heading_that_ends_in_a_question_mark_is_that_heading() -> None:
    said = record('name: "{name}"\nfacts: [{property: place, text: "{Where?}"}]')
    (found,) = statements("code,name,Where?\nX1A,One,Dale\n", said)
    assert [fact.text for fact in found.facts] == ["Dale"]


def test_a_part_of_the_mapping_that_makes_nothing_is_told_with_the_reason() -> None:
    said = record(
        'name: "{name}"\nfacts:\n  - {property: place, text: "{where?}"}\n  - {property: relation, text: "{note}"}\n'
        '  - {property: programme, text: "{name}", when: {name: Nobody}}'
    )
    account = reading("code,name,note,more,\nX1A,One,,yes,x\nX1B,Two,,,\n", said)
    list(account.rows)
    assert account.account is not None
    assert account.account.unused == ("more", "column 5")
    assert account.account.idle == [
        "records[0].facts[0] (column 'where' is not there)",
        "records[0].facts[1] (column 'note' is empty in every row)",
        "records[0].facts[2] (no row meets its conditions)",
    ]
    assert account.account.made == {"records[0]": 2}
    assert list(account.remarks) == [
        "the mapping names nowhere the columns 'more', 'column 5'",
        "nothing came of " + ", ".join(account.account.idle),
    ]


def test_a_blank_name_in_a_workbook_makes_no_empty_record() -> None:
    table = [("code", "name"), ("X1A", ""), ("X1B", "Hill")]
    assert reasons(workbook(Clubs=table), CLUBS, "t.xlsx") == [(2, "says nothing that the mapping takes (name empty)")]


def _hiding(attributes: dict[int, str], after: str = "", before: str = "", state: str = "") -> bytes:
    table = [("code", "name"), *((f"X1{number}", f"Club {number}") for number in range(2, 8))]
    xml = sheet_xml(table)
    for row, attribute in attributes.items():
        xml = xml.replace(f'<row r="{row}">', f'<row r="{row}" {attribute}>')
    xml = xml.replace("<sheetData>", f"{before}<sheetData>").replace("</sheetData>", f"</sheetData>{after}")
    book = workbook_of({"Clubs": xml, "Notes": sheet_xml([("code", "name"), ("X1Z", "Noted")])})
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(into, "w") as new:
        for part in old.infolist():
            text = old.read(part).decode()
            if part.filename == "xl/workbook.xml" and state:
                text = text.replace('name="Notes"', f'name="Notes" state="{state}"')
            new.writestr(part.filename, text)
    return into.getvalue()


def _options(content: bytes, said: str, hidden: bool) -> Reading:
    found = read(things.given(content, "t.xlsx"), ReadOptions(hidden=hidden), mapping(said))
    list(found.rows)
    return found


def test_rows_that_a_filter_hides_are_data_and_counted() -> None:
    hidden = {3: 'hidden="1"', 4: 'hidden="true"'}
    content = _hiding(hidden, '<autoFilter ref="A1:B7"><filterColumn colId="0"/></autoFilter>')
    found = _options(content, CLUBS, hidden=False)
    assert len(list(found.rows)) == 7
    assert list(found.remarks) == ["sheet 'Clubs': 2 of 6 rows are hidden by a filter; they were taken"]
    assert found.account is not None and found.account.hidden == {"filtered": 2}


@pytest.mark.parametrize("after", ["", '<autoFilter ref="A1:B7"/>'])
def test_rows_hidden_by_hand_are_left_out_named_and_taken_on_request(after: str) -> None:
    content = _hiding({3: 'hidden="1"', 5: 'hidden="1"', 6: 'hidden="1"'}, after)
    found = _options(content, CLUBS, hidden=False)
    assert len(list(found.rows)) == 4
    assert list(found.remarks) == [
        "sheet 'Clubs': rows 3, 5 to 6 hidden by hand were left out; --hidden takes what is hidden"
    ]
    assert found.account is not None and found.account.hidden == {"left_out": 3}
    for taken in (
        _options(content, CLUBS, hidden=True),
        _options(content, "hidden: true\n".join(_top()), hidden=False),
    ):
        assert len(list(taken.rows)) == 7
        assert list(taken.remarks) == []


def _top() -> tuple[str, str]:
    first, rest = CLUBS.split("id: clubs\n")
    return first + "id: clubs\n", rest


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_left_out_named_and_taken_on_request(state: str) -> None:
    content = _hiding({}, state=state)
    found = _options(content, CLUBS, hidden=False)
    assert len(list(found.rows)) == 6
    assert list(found.remarks) == ["sheet 'Notes' is hidden and was left out, with 2 rows; --hidden takes it"]
    assert len(list(_options(content, CLUBS, hidden=True).rows)) == 7
    named = _options(content, "sheet: Notes\n".join(_top()), hidden=False)
    assert [row.line for row in named.rows] == [2]


def test_bodies_of_one_name_in_several_places_are_several() -> None:
    table = (
        "name,town,postcode,trust\n"
        "St Mary's,Newport,PO30 5TG,Wight Trust\nSt Mary's,London,W2 1NY,Imperial Trust\n"
        "St Mary's,LONDON,w21ny,Imperial Trust\nHill,Hilltop,HL1 1AA,Hill Trust\nHill,,,Hill Trust\n"
    )
    made = [key for key in keys(table, HOSPITALS) if key.startswith("site:")]
    assert made == [
        "site:st-marys-newport", "site:st-marys-london", "site:st-marys-london", "site:hill", "site:hill",
    ]  # fmt: skip
    assert told(table, HOSPITALS) == [
        "site:st-marys is the name of 2 bodies, which differ in place or parent: "
        "site:st-marys-newport, site:st-marys-london"
    ]


def test_bodies_of_one_name_under_several_parents_are_several() -> None:
    table = "name,town,postcode,trust\nWard 1,,,Hill Trust\nWard 1,,,Dale Trust\nWard 1,,,\n"
    made = [key for key in keys(table, HOSPITALS) if key.startswith("site:")]
    assert made == ["site:ward-1-hill-trust", "site:ward-1-dale-trust", "site:ward-1"]
    assert told(table, HOSPITALS)[-1] == "line 4: which of these is meant cannot be told, so it stays site:ward-1"


def test_a_mapping_may_say_that_one_name_is_one_body() -> None:
    table = "name,town,postcode,trust\nWard 1,,,Hill Trust\nWard 1,,,Dale Trust\n"
    said = HOSPITALS.replace("records:", "same_name: one\nrecords:")
    assert [key for key in keys(table, said) if key.startswith("site:")] == ["site:ward-1", "site:ward-1"]


@settings(max_examples=cases(40))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B"]),
            st.sampled_from(["", "Dale", "Hill"]),
            st.sampled_from(["", "D1 1AA", "H1 1AA"]),
            st.sampled_from(["", "T1", "T2"]),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_no_two_rows_of_other_postcodes_make_one_body_whatever_their_order(table: list[tuple[str, ...]]) -> None:
    content = "name,town,postcode,trust\n" + "".join(",".join(row) + "\n" for row in table)
    found = statements(content, HOSPITALS)
    sites = [one for one in found if one.kind == "site"]
    assert len(sites) == len(table)
    postcodes: dict[str, set[str]] = {}
    for one, row in zip(sites, table, strict=True):
        if row[2]:
            postcodes.setdefault(one.key, set()).add(row[2])
    assert all(len(codes) == 1 for codes in postcodes.values())
    turned = "name,town,postcode,trust\n" + "".join(",".join(row) + "\n" for row in reversed(table))
    again = [one.key for one in statements(turned, HOSPITALS) if one.kind == "site"]
    assert sorted(again) == sorted(one.key for one in sites)


def test_codes_are_written_in_one_way_and_damaged_ones_refused() -> None:
    codes = ["RLQ", "RLQ\u200b", "\uff32\uff2c\uff31", "rlq", "5.00E+01", "Total", "2016-05-01", "TRUE", "50"]
    table = "code,name\n" + "".join(f"{code},Wye\n" for code in codes)
    assert set(keys(table, CLUBS)) == {"ods:RLQ"}
    assert [line for line, reason in reasons(table, CLUBS) if "ODS code" in reason] == [6, 7, 8, 9, 10]


def test_two_keys_of_json_that_differ_in_case_are_two_columns() -> None:
    said = record('name: "{name}"\nnames: [{name: "{name (2)}", kind: former}]')
    (found,) = statements('[{"code": "X1A", "name": "One", "NAME": "Uno"}]', said, "t.json")
    assert [name.name for name in found.names] == ["One", "Uno"]
