"""Of two files that disagree, each is cited for what it says: on the page, in JSON and in SQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.conftest import Asking, Interlock, Once

FILE = """
format: interlock-records/1
organisations:
  - {{key: ods:ZZ1, name: Riverside Practice, opened: {opened}, address: {{lines: [{lines}], postcode: ZZ1 1ZZ}}}}
"""


@pytest.fixture
def two_files(interlock: Interlock, once: Once, tmp_path: Path) -> Path:
    """A register of two files, neither of which tells its day, that give one body two days of opening."""
    register = tmp_path / "two.db"

    def make() -> None:
        for name, opened, lines in (("one", "2001-01", "Old Mill"), ("two", "2002-01", "OLD MILL.")):
            file = tmp_path / f"{name}.yaml"
            file.write_text(FILE.format(opened=opened, lines=lines), "utf-8")
            done = interlock("import", file, "--db", register)
            assert done.returncode == 0, done.stderr

    return once(register, make)


def test_the_page_says_who_says_what_and_what_contradicts_it(interlock: Interlock, two_files: Path) -> None:
    shown = interlock("show", "ZZ1", "--db", two_files).stdout
    assert "  opened:\n    January 2002  [2]\n    January 2001, says one  [1]\n" in shown
    assert "address:  OLD MILL., ZZ1 1ZZ  [1][2]" in shown


def test_json_has_each_value_with_its_evidence_and_why_it_is_shown(asked: Asking, two_files: Path) -> None:
    record = asked("show", "ZZ1", "--db", two_files)["record"]
    sources = {one["id"]: one["source"]["key"] for one in record["evidence"]}
    told = [
        (one["what"], one["value"], one["chosen"], one["why"], [sources[number] for number in one["evidence"]])
        for one in record["values"]
    ]
    assert ("opened", "2002-01", True, "as new as the other; the names of the files decide", ["file:two"]) in told
    assert ("opened", "2001-01", False, "as new as the one shown", ["file:one"]) in told
    both = ["file:one", "file:two"]
    assert ("name", "Riverside Practice", True, "its only name", both) in told
    assert ("identifier", "ods:ZZ1", True, "every code is kept", both) in told
    assert ("postcode", "ZZ1 1ZZ", True, "all its sources say so", both) in told


def test_sql_finds_where_sources_differ(interlock: Interlock, two_files: Path) -> None:
    query = "SELECT key, what, value.value FROM value JOIN record ON record.id = record_id WHERE NOT chosen"
    assert interlock("sql", query, "--db", two_files, "--format", "csv").stdout.splitlines()[1:] == [
        "ods:ZZ1,opened,2001-01"
    ]
