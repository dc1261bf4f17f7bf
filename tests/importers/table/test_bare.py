"""Files without headings are told by what their rows look like, where a mapping says so."""

from __future__ import annotations

import pytest

from db.errors import InputError
from importers.detect import detect
from importers.registry import load
from tests.importers.table.made import mapping, reading, reasons, statements
from tests.importers.things import given

NETWORKS = (
    '"U99901","FELL PCN","99Z","NHS FELL CCG","20191001","","1 MILL LANE","","","FELLTON","","FE1 1AA"\n'
    '"U99902","DALE PCN","98Z","NHS DALE CCG","20191001","20200331","2 MILL LANE","","","FELLTON","","FE1 1AB"\n'
)
MEMBERS = (
    '"A99901","BECK SURGERY","99Z","FELL CCG","U99901","FELL PCN","99Z","FELL CCG","20191001","20200831","True"\n'
    '"A99902","HILL SURGERY","99Z","FELL CCG","U99901","FELL PCN","99Z","FELL CCG","20191001","","True"\n'
)
SUCCESSIONS = '"5ZA","99Z","M","20130401","0"\n"99Y","99Y","","20130401","0"\n"99Z","98Z","T","20200401","1"\n'
CCG_MEMBERS = (
    "Partner Organisation Code,Partner Name,Practice Parent CCG Code,Practice Parent CCG Name,PCN Code,PCN Name,"
    "PCN Parent CCG Code,PCN Parent CCG Name,Practice to PCN Relationship Start Date,"
    "Practice to PCN Relationship End Date,Practice CCG and PCN CCG Match\n"
    "A99901,BECK SURGERY,99Z,NHS FELL CCG,U99901,FELL PCN,99Z,NHS FELL CCG,20191001,,TRUE\n"
)
CCG_NETWORKS = (
    'PCN Code,PCN Name,"Current Clinical \r\nCommissioning \r\nGroup Code","Clinical\r\nCommissioning\r\nGroup Name",'
    "Open Date,Close Date,Address Line 1,Address Line 2,Address Line 3,Address Line 4,Address Line 5,Postcode\r\n"
    "U99901,FELL PCN,99Z,NHS FELL CCG,20191001,,1 MILL LANE,,,FELLTON,,FE1 1AA\r\n"
)
MAP = """\
format: interlock-map/1
id: clubs
without_headings:
  - {code: '[A-Z][0-9]{2}'}
  - name
records:
  - kind: organisation
    key: "ods:{code}"
    name: "{name}"
"""


def test_networks_without_headings_say_what_those_with_headings_say() -> None:
    first, second = statements(NETWORKS, None, "epcn.csv")
    assert (first.key, first.type, first.status, first.line) == ("ods:U99901", "primary-care-network", "open", 1)
    assert (second.status, second.closed) == ("closed", "2020-03-31")
    assert [(link.type, link.other.key) for link in first.links] == [("commissioned-by", "ods:99Z")]
    headed = CCG_NETWORKS.splitlines(keepends=True)[:5]
    (same,) = statements("".join(headed) + NETWORKS.splitlines()[0], None, "epcn.csv")
    assert (same.names, same.links, same.address) == (first.names, first.links, first.address)


def test_members_without_headings_join_and_leave_their_network() -> None:
    found = [link for one in statements(MEMBERS, None, "x.csv") for link in one.links if link.role == "core-member"]
    assert [(link.other.key, link.start, link.end, link.status) for link in found] == [
        ("ods:A99901", "2019-10-01", "2020-08-31", "past"),
        ("ods:A99902", "2019-10-01", None, "current"),
    ]


def test_successions_without_headings_go_from_the_old_code_to_the_new() -> None:
    assert [line for line, _ in reasons(SUCCESSIONS, None, "succ.csv")] == [2]
    kept = "".join(SUCCESSIONS.splitlines(keepends=True)[::2])
    links = [(one.key, link.other.key, link.start) for one in statements(kept, None, "succ.csv") for link in one.links]
    assert links == [("ods:5ZA", "ods:99Z", "2013-04-01"), ("ods:99Z", "ods:98Z", "2020-04-01")]


@pytest.mark.parametrize("content", [CCG_MEMBERS, CCG_NETWORKS])
def test_the_workbook_of_2022_calls_commissioners_ccgs(content: str) -> None:
    ties = [link.other.key for one in statements(content, None) for link in one.links if link.type == "commissioned-by"]
    assert ties == ["ods:99Z"]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [(NETWORKS, "epcn"), (MEMBERS, "epcn"), (SUCCESSIONS, "ods-successions"), (CCG_MEMBERS, "epcn")],
)
def test_such_a_file_is_recognised_by_its_rows(content: str, wanted: str) -> None:
    choice = detect(given(content, "export.csv"), load())
    assert choice.importer.name == "table"
    assert f"the mapping {wanted} " in choice.guess.why


def test_rows_that_look_otherwise_are_no_such_table() -> None:
    with pytest.raises(InputError, match="column 'code' is not in"):
        reading("1,One\n2,Two\n", MAP)
    assert [one.key for one in statements("A01,One\nA02,Two\n", MAP)] == ["ods:A01", "ods:A02"]
    assert [one.key for one in statements("name,code\nOne,A01\n", MAP)] == ["ods:A01"]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[A-Z][0-9]{2}", "[A-Z", "without_headings[0].code: is no regular expression"),
        ("{code: '[A-Z][0-9]{2}'}", "code", "without_headings: says of no column what its texts look like"),
        ("{code: '[A-Z][0-9]{2}'}", "{code: A, name: B}", "without_headings[0]: a heading is wanted here"),
    ],
)
def test_what_is_wrong_with_such_a_mapping_is_told_with_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        mapping(MAP.replace(old, new))
    assert said in str(caught.value)


def test_a_table_that_lacks_one_column_of_a_mapping_is_told_which() -> None:
    lacking = CCG_MEMBERS.replace("Practice Parent CCG Code", "Practice Parent Code")
    with pytest.raises(InputError, match="is nearly a table of the mapping epcn, but has no column 'Practice Parent"):
        reading(lacking, None)


def test_a_nul_byte_costs_its_row_and_not_the_table() -> None:
    content = NETWORKS.replace('"U99901"', '"\x00U99901"')
    assert detect(given(content, "epcn.csv"), load()).importer.name == "table"
    assert reasons(content, None, "epcn.csv") == [(1, "holds a NUL byte")]
