"""Tables for people: what a spreadsheet opens, with names, codes, dates and who says so."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Interlock

HOSTILE = """
format: interlock-records/1
id: hostile
title: +A list
cites: doc:list
documents:
  - {key: doc:list, title: +A list, publisher: "@you", published: 2020, url: "https://example.org/a", evidence: p1}
organisations:
  - {key: org:one, name: "=HYPERLINK(1)", evidence: p1}
arrangements:
  - key: arr:pact
    name: Pact
    type: alliance
    participants:
      - {who: org:one, role: member, start: 2019, evidence: p2}
    evidence: p1
"""


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a table for people."""
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


@pytest.fixture
def hostile(tmp_path: Path, interlock: Interlock) -> Path:
    """A register in which names and sources begin as formulas do."""
    file, database = tmp_path / "file.yaml", tmp_path / "hostile.db"
    file.write_text(HOSTILE, "utf-8")
    done = interlock("import", file, "--db", database)
    assert done.returncode == 0, done.stderr
    return database


def test_a_part_of_a_page_is_a_table_with_each_source_and_no_formula(interlock: Interlock, hostile: Path) -> None:
    done = interlock("show", "arr:pact", "--part", "Participants", "--sheet", "csv", "--db", hostile)
    (row,) = rows(done.stdout)
    told = {
        name: row[name] for name in ("name", "role", "since", "source", "publisher", "address of the source", "key")
    }
    assert list(told.values()) == [
        "'=HYPERLINK(1)", "member", "2019", "'+A list", "'@you", "https://example.org/a", "org:one"
    ]  # fmt: skip
    assert (row["of"], row["key of that"], row["published"]) == ("Pact", "arr:pact", "2020")


def test_what_was_read_on_one_of_several_pages_has_the_address_of_each(interlock: Interlock, tmp_path: Path) -> None:
    file, database = tmp_path / "file.yaml", tmp_path / "read.db"
    note = "Read at https://a.example/x and https://b.example/y, https://c.example/z; which of them is not told"
    told = HOSTILE.replace(', url: "https://example.org/a"', "")
    file.write_text(told.replace("evidence: p2", f'evidence: {{note: "{note}"}}'), "utf-8")
    assert interlock("import", file, "--db", database).returncode == 0
    done = interlock("show", "arr:pact", "--part", "participants", "--sheet", "csv", "--db", database)
    (row,) = rows(done.stdout)
    assert row["address of the source"] == "https://a.example/x; https://b.example/y; https://c.example/z"


def test_a_table_of_a_page_has_all_links_with_what_is_inferred_and_where_they_lead(
    interlock: Interlock, built_in: Path
) -> None:
    found = rows(interlock("show", "ods:RLQ", "--sheet", "csv", "--db", built_in).stdout)
    links = json.loads(interlock("links", "ods:RLQ", "--format", "json", "--limit", "999", "--db", built_in).stdout)
    assert sorted(
        row["key"] for row in found if row["part"] not in ("Codes", "Names", "Facts", "Stays separate", "Details")
    ) == sorted(link["key"] for link in links["links"])
    assert any(row["status"].endswith(", inferred") for row in found)
    assert all(row["source"] for row in found)


def test_a_table_tells_whether_a_link_is_inferred_or_its_end_alone(interlock: Interlock, tmp_path: Path) -> None:
    file, database = tmp_path / "file.yaml", tmp_path / "ended.db"
    closed = 'name: One, status: closed, closed: "2020-03-31"'
    file.write_text(HOSTILE.replace('name: "=HYPERLINK(1)"', closed), "utf-8")
    assert interlock("import", file, "--db", database).returncode == 0
    done = interlock("show", "arr:pact", "--part", "participants", "--sheet", "csv", "--db", database)
    (row,) = rows(done.stdout)
    assert (row["until"], row["status"]) == ("2020-03-31", "past, end inferred")


def test_results_are_a_table_of_all_that_was_found(interlock: Interlock, built_in: Path) -> None:
    whole = json.loads(
        interlock("find", "kind:organisation", "--format", "json", "--limit", "999", "--db", built_in).stdout
    )
    found = rows(interlock("find", "kind:organisation", "--sheet", "csv", "--db", built_in).stdout)
    assert [row["key"] for row in found] == [one["key"] for one in whole["results"]]
    assert {row["code"] for row in found if row["key"] == "ods:RLQ"} == {"RLQ"}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("show", "ods:RLQ", "--part", "group chairs"), "no part of this page; it has group,"),
        (("show", "ods:RLQ", "--part", "group chairs", "--sheet", "csv"), "no part of this page; it has group,"),
        (("show", "ods:RLQ", "--part", "group", "--format", "json"), "leave one of the two out"),
        (("find", "wye", "--sheet", "csv", "--format", "json"), "leave one out"),
    ],
)
def test_what_cannot_be_asked_together_is_one_line(
    interlock: Interlock, built_in: Path, words: tuple[str, ...], said: str
) -> None:
    done = interlock(*words, "--db", built_in)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert said in done.stderr


def test_a_part_is_shown_whole_and_alone(interlock: Interlock, built_in: Path) -> None:
    done = interlock("show", "ods:RLQ", "--part", "GROUP", "--db", built_in)
    titles = [line for line in done.stdout.splitlines()[1:] if line[:1].isalpha()]
    assert titles[1:] == ["Links", "Evidence"]
