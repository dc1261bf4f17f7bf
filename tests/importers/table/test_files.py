"""Files in every form: delimiters, encodings, headings, JSON, and what cannot be a table."""

from __future__ import annotations

import pytest

from db.errors import InputError, UsageError
from db.statements import RowSaid
from importers.base import ReadOptions
from importers.table.source import read
from tests.importers.table.made import CLUBS, reading, reasons, record, rows, statements, workbook
from tests.importers.things import given

WANTED = [("ods:AAA", "Caf\u00e9 One"), ("ods:BBB", "Two, Three")]
PLAIN = [("code", "name"), ("AAA", "Caf\u00e9 One"), ("BBB", "Two, Three")]


def table(mark: str, end: str = "\n") -> str:
    """The same two rows between other marks."""
    return end.join(mark.join(f'"{text}"' if mark in text else text for text in line) for line in PLAIN) + end


FORMS: dict[str, tuple[str, bytes | str]] = {
    "comma": ("t.csv", table(",")),
    "tab": ("t.tsv", table("\t")),
    "semicolon": ("t.csv", table(";")),
    "bar": ("t.txt", table("|")),
    "line ends of Windows": ("t.csv", table(",", "\r\n")),
    "line ends of old": ("t.csv", table(",", "\r")),
    "a mark at its start": ("t.csv", "\ufeff" + table(",")),
    "Windows-1252": ("t.csv", table(",").encode("cp1252")),
    "UTF-16": ("t.csv", table("\t").encode("utf-16")),
    "headings in another case": ("t.csv", table(",").replace("code,name", " CODE ,\u00a0Name")),
    "headings on two lines": ("t.csv", table(",").replace("code", '"co\nde"').replace("code", "code")),
    "notes above the heading": ("t.csv", "A list\n\nof,two\n" + table(",")),
    "JSON": ("t.json", '[{"code": "AAA", "name": "Caf\\u00e9 One"},\n {"name": "Two, Three", "code": "BBB"}]'),
    "JSONL": ("t.jsonl", '{"code": "AAA", "name": "Caf\u00e9 One"}\n\n{"name": "Two, Three", "code": "BBB"}\n'),
    "JSONL by another name": ("t", '{"code": "AAA", "name": "Caf\u00e9 One"}\n{"name": "Two, Three", "code": "BBB"}\n'),
    "workbook": ("t.xlsx", workbook(Clubs=PLAIN)),
    "workbook with a sheet besides": ("t.xlsx", workbook(Notes=[("About", "this")], Clubs=[("Clubs",), ("",), *PLAIN])),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_a_table_says_the_same(form: str) -> None:
    name, content = FORMS[form]
    said = CLUBS.replace("{code}", "{co de}") if form == "headings on two lines" else CLUBS
    found = statements(content, said, name)
    assert [(one.key, one.names[0].name) for one in found] == WANTED


def test_a_table_without_headings_gets_them_from_the_mapping() -> None:
    said = record('name: "{name}"', "header: none\ncolumns: [code, name]\n")
    assert [one.key for one in statements("AAA,One\nBBB,Two\n", said)] == ["ods:AAA", "ods:BBB"]


def test_a_heading_can_be_on_a_line_that_the_mapping_names() -> None:
    said = record('name: "{name}"', "header: 3\n")
    assert [one.key for one in statements("code,name\nXXX,No\ncode,name\nAAA,One\n", said)] == ["ods:AAA"]


def test_headings_may_have_short_names_and_several_spellings() -> None:
    said = record('name: "{name}"', "columns: {code: [ODS code, Code | old], name: 'Name {of} it'}\n")
    for heading in ("ods CODE", "Code | old"):
        assert statements(f"{heading},Name {{of}} it\nAAA,One\n", said)[0].key == "ods:AAA"


def test_a_short_name_leaves_a_heading_of_other_capitals_alone() -> None:
    said = record('name: "{NAME} ({name})"', "columns: {name: Short}\n")
    assert statements("code,Name,Short\nAAA,One,O\n", said)[0].names[0].name == "One (O)"


def test_of_two_headings_that_are_the_same_the_second_has_a_number() -> None:
    said = record('name: "{name (2)}"')
    assert statements("code,name,name\nAAA,One,Two\n", said)[0].names[0].name == "Two"


def test_a_column_with_a_question_mark_may_be_missing() -> None:
    said = record('name: "{name}"\nfacts:\n  - {property: place, text: "{town?}"}')
    assert statements("code,name\nAAA,One\n", said)[0].facts == ()
    assert statements("code,name,town\nAAA,One,Hill\n", said)[0].facts[0].text == "Hill"


def test_merged_cells_say_what_the_cell_above_says() -> None:
    said = record('name: "{name}"\nfacts:\n  - {property: place, text: "{Town}"}', "fill_down: [Town]\n")
    found = statements("code,name,town\nAAA,One,Hill\nBBB,Two,\nCCC,Three,Dale\n", said)
    assert [one.facts[0].text for one in found] == ["Hill", "Hill", "Dale"]


def test_a_column_to_fill_down_has_to_be_there() -> None:
    with pytest.raises(InputError, match=r"m\.yaml:2: column 'Twon' is not in table\.csv; did you mean 'town'\?"):
        reading("code,name,town\nAAA,One,Hill\n", record('name: "{name}"', "fill_down: [Twon]\n"))


def test_json_may_have_its_rows_at_a_path_and_values_in_values() -> None:
    said = record('name: "{names.1}"\naddress: {town: "{at.town}"}\nsummary: "{names}"', "rows: data.items\n")
    text = '{"data": {"items": [{"code": "AAA", "names": ["One", "Two"], "at": {"town": "Hill"}}]}}'
    (one,) = statements(text, said, "t.json")
    assert (one.names[0].name, one.summary) == ("One", "One, Two")
    assert one.address is not None
    assert one.address.town == "Hill"


def test_a_list_that_is_not_where_the_mapping_says_is_told() -> None:
    with pytest.raises(InputError, match=r"t\.json:1: has no 'item', which `rows: item` wants, did you mean 'items'\?"):
        reading('{"items": []}', record('name: "{name}"', "rows: item\n"), "t.json")
    with pytest.raises(InputError, match="has to name the list of rows in it, such as `rows: items`"):
        reading('{"items": []}', CLUBS, "t.json")


def test_lines_of_json_are_refused_one_by_one() -> None:
    text = '{"code": "AAA", "name": "One"}\n{"code": \n[1]\n"x"\n{"code": "BBB", "name": {"x": 1}}\n'
    found = reasons(text, CLUBS, "t.jsonl")
    assert [line for line, _ in found] == [2, 3, 4, 5]
    assert found[1][1] == "is not an object with names and values"
    assert found[3][1] == "records[0].name: 'name' holds several values; name one of them, such as name.x"


def test_a_sheet_can_be_named_and_evidence_tells_sheet_and_row() -> None:
    said = record('name: "{name}"', "sheet: clubs\n")
    book = workbook(Other=[("code", "name"), ("XXX", "No")], Clubs=PLAIN)
    first, _ = statements(book, said, "t.xlsx")
    assert first.key == "ods:AAA"
    assert [cite.locator for cite in first.cites] == ["sheet Clubs, row 2"]
    with pytest.raises(InputError, match="has no sheet 'clubs' with rows in it, only 'Other'"):
        reading(workbook(Other=PLAIN), said, "t.xlsx")


def test_every_sheet_that_has_the_columns_is_read() -> None:
    found = rows(workbook(A=PLAIN, Notes=[("nothing",)], B=PLAIN), CLUBS, "t.xlsx")
    assert [row.line for row in found] == [2, 3, 2, 3]


def test_a_quote_that_is_never_closed_costs_its_own_line() -> None:
    found = rows('code,name,town\nAAA,"One,Hill\nBBB,Two,Hill\nCCC,Three,Dale\n', CLUBS)
    assert [(row.line, isinstance(row, RowSaid)) for row in found] == [(2, False), (3, True), (4, True)]


def test_a_cell_with_a_nul_refuses_its_row() -> None:
    assert reasons("code,name\nAAA,One\nBBB,T\x00o\n", CLUBS) == [(3, "holds a NUL byte")]


def test_what_is_no_table_is_one_line() -> None:
    for content, name, said in (
        ("", "t.csv", "is empty, there is nothing to import"),
        (b"\x00\x01\x02", "t.csv", "is neither a workbook nor a table in plain text"),
        ("code,name\n" + "x" * 2_000_000, "t.csv", "t.csv:2: is longer than 1 MB, the most"),
        ('[{"code": 1]', "t.json", "t.json:1: is not JSON here"),
    ):
        with pytest.raises(InputError, match=said):
            reading(content, CLUBS, name)


def test_a_named_encoding_is_held_to() -> None:
    said = record('name: "{name}"', "encoding: mac-roman\n")
    assert statements("code,name\nAAA,Caf\u00e9\n".encode("mac-roman"), said)[0].names[0].name == "Caf\u00e9"
    with pytest.raises(InputError, match=r"table\.csv:2: is not utf-8 \(byte 0x8e\)"):
        reading("code,name\nAAA,Caf\u00e9\n".encode("mac-roman"), record('name: "{name}"', "encoding: utf-8\n"))


def test_the_date_of_a_source_is_given_or_in_its_name_or_in_its_rows() -> None:
    text, said = "code,name,on\nAAA,One,02/2016\nBBB,Two,?\nCCC,Three,11/2015\n", record('name: "{name}"', (
        "dates: [MM/YYYY]\ndated_by: [on]\ntitle: Clubs\n"
    ))  # fmt: skip
    assert reading(text, said).source.published == "2016-02"
    assert reading(text, said, "clubs-2017-03.csv").source.published == "2017-03"
    given = reading(text, said, "clubs-2017-03.csv", published="2018").source
    assert (given.published, given.key, given.title) == ("2018", "file:m-2018", "Clubs, 2018")
    assert reading(text, said.replace("dated_by", "blanks")).source.published is None
    with pytest.raises(UsageError, match="--published"):
        reading(text, said, published="soon")


def test_editions_of_a_series_follow_one_another() -> None:
    source = reading(
        table(","), record('name: "{name}"', "series: clubs\nfull: true\nid: clubs\n"), "c-2016.csv"
    ).source
    assert (source.key, source.series, source.full, source.published) == ("file:clubs-2016", "clubs", True, "2016")


@pytest.mark.parametrize(
    ("title", "wanted"),
    [
        ("Partnership list as at 3 March 2024", "2024-03-03"),
        ("Partners, March 2024", "2024-03"),
        ("Partners since 1992", "2025-01"),
        ("Partners as at 3 March 2999", "2025-01"),
    ],
)
def test_a_line_above_the_headings_tells_the_day_before_the_file_s_name_does(title: str, wanted: str) -> None:
    text = f"{title},\ncode,name\nAAA,Hill\n"
    said = record('name: "{name}"')
    assert reading(text, said, "partners-2025-01.csv").source.published == wanted
    assert reading(text, said, "partners-2025-01.csv", published="2020").source.published == "2020"


def test_that_a_file_is_damaged_is_told_before_that_no_mapping_fits_it() -> None:
    for name, content in (("t.xlsx", workbook(Clubs=PLAIN)[:-40]), ("t.json", '[{"code": "AAA"')):
        with pytest.raises(InputError) as raised:
            read(given(content, name), ReadOptions(), None)
        assert "mapping" not in str(raised.value)
