"""What tells a table where headings alone do not: what texts look like, which edition has a heading, what is a list."""

from __future__ import annotations

import json

import pytest

from db.errors import InputError
from importers.base import Sample
from importers.detect import detect
from importers.registry import load
from importers.table.importer import TableImporter
from tests.importers.table.made import mapping, reading, statements
from tests.importers.things import given

MAP = """\
format: interlock-map/1
id: nets
looks: {id: 'NW[0-9]{2}'}
records:
  - kind: arrangement
    key: "org-id:{id}"
    name: "{name}"
"""
NETWORKS = [{"id": "PN01", "name": "Hill"}, {"id": "PN02", "name": "Dale"}]
OTHERS = [{"id": "X1", "name": "Hill"}, {"id": "X2", "name": "Dale"}]


def sniffed(content: str, name: str = "a.json") -> bool:
    """Whether a shipped mapping claims a file."""
    guess = TableImporter().sniff(given(content, name).sample())
    return guess is not None


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a.csv"])
def test_a_table_of_plain_headings_is_told_by_what_its_codes_look_like(name: str) -> None:
    for rows, is_told in ((NETWORKS, True), (OTHERS, False)):
        contents = {
            "a.json": json.dumps(rows),
            "a.jsonl": "\n".join(map(json.dumps, rows)),
            "a.csv": "id,name\n" + "".join(f"{row['id']},{row['name']}\n" for row in rows),
        }
        assert sniffed(contents[name], name) is is_told
        if is_told:
            said = statements(contents[name], None, name)
            assert [(one.key, one.type) for one in said] == [
                ("npda:PN01", "clinical-network"), ("npda:PN02", "clinical-network"),
            ]  # fmt: skip
        else:
            with pytest.raises(InputError, match="has the columns of no mapping"):
                reading(contents[name], None, name)


def test_a_few_odd_codes_do_not_hide_a_table() -> None:
    rows = "".join(f"PN{number:02},Net {number}\n" for number in range(1, 10))
    assert sniffed(f"id,name\n{rows}other,Elsewhere\n", "a.csv")
    assert not sniffed(f"id,name\n{rows}" + "other,Elsewhere\n" * 9, "a.csv")


def test_a_mapping_that_is_named_is_taken_at_its_word() -> None:
    assert [one.key for one in statements(json.dumps(OTHERS), MAP, "a.json")] == ["org-id:X1", "org-id:X2"]


@pytest.mark.parametrize(
    ("looks", "said"),
    [
        ("{id: 'NW[0-9'}", "looks.id: is no regular expression"),
        ("id", "looks: a mapping is wanted here"),
        ("{id: [a]}", "looks.id: a heading is wanted here"),
    ],
)
def test_what_is_wrong_with_looks_is_told_with_its_place(looks: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        mapping(MAP.replace("{id: 'NW[0-9]{2}'}", looks))
    assert said in str(caught.value)


@pytest.mark.parametrize("indent", [None, 1])
def test_one_object_of_json_is_no_table(indent: int | None) -> None:
    record = {"Organisation": {"Name": "Hill", "OrgId": {"extension": "99X"}}, "id": "PN01", "name": "Hill"}
    inner = {"outer": {"id": "PN01", "name": "Hill"}}
    if indent is not None:
        assert not sniffed(json.dumps(record, indent=indent))
    assert not sniffed(json.dumps(inner, indent=indent))
    assert not sniffed(json.dumps([inner], indent=indent))


def test_an_ord_record_is_the_apis_alone() -> None:
    record = {
        "Organisation": {
            "Name": "HILL TRUST", "Status": "Active", "OrgId": {"root": "2.16", "extension": "99X"},
            "Roles": {"Role": [{"id": "RO197", "uniqueRoleId": 1, "primaryRole": True, "Status": "Active"}]},
        }
    }  # fmt: skip
    assert detect(given(json.dumps(record, indent=2), "a.json"), load()).importer.name == "ods-json"


def test_the_start_of_a_list_tells_it_where_the_rest_is_cut_off() -> None:
    whole = json.dumps([*NETWORKS, {"id": "PN03", "name": "x" * 50}], indent=1)
    cut = Sample("a.json", whole[:-30].encode(), whole[:-30], None)
    assert TableImporter().sniff(cut) is not None


@pytest.mark.parametrize(("year", "day"), [("21", "2021"), ("23", "2023")])
def test_a_heading_tells_the_edition_where_the_name_of_the_file_does_not(year: str, day: str) -> None:
    table = f"ltla{year}_code,ltla{year}_name,utla{year}_code,utla{year}_name\nE07000999,Dale,E10000999,Hillshire\n"
    found = reading(table, None, "lookup.csv")
    assert (found.source.key, found.source.published) == (f"file:district-counties-{day}", day)
    (dale,) = statements(table, None, "lookup.csv")
    assert [(link.type, link.other.key) for link in dale.links] == [("in-geography-of", "gss:E10000999")]
    assert reading(table, None, "lookup.csv", published="2019").source.published == "2019"
    assert reading(table, None, "lookup-2020.csv").source.published == "2020"


@pytest.mark.parametrize("published", ["{a_code: soon}", "soon", "[2021]"])
def test_a_date_that_is_none_is_told_with_its_place(published: str) -> None:
    with pytest.raises(InputError, match=r"m\.yaml:3: published"):
        mapping(MAP.replace("looks:", f"published: {published}\nlooks:"))
