"""`interlock import --map` as people use it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Interlock

MAP = """\
format: interlock-map/1
id: clubs
title: Clubs
records:
  - kind: organisation
    key: "org:{name|slug}"
    name: "{name}"
    type: company
    facts:
      - {property: place, text: "{town}"}
"""


@pytest.fixture
def clubs(tmp_path: Path) -> Path:
    """A folder with a table, and a mapping for it."""
    (tmp_path / "clubs.csv").write_text("Name,Town\nHill Club,Hilltop\n,Dale\n", encoding="utf-8")
    (tmp_path / "clubs.yaml").write_text(MAP, encoding="utf-8")
    return tmp_path


def test_a_table_is_read_by_the_mapping_named_and_again_without_change(interlock: Interlock, clubs: Path) -> None:
    words = ("import", "clubs.csv", "--map", "clubs.yaml", "--db", "c.db", "--format", "json")
    first, again = (json.loads(interlock(*words, cwd=clubs).stdout) for _ in range(2))
    (source,) = first["sources"]
    assert (source["source"], source["format"], source["read"], source["added"], source["rejected"]) == (
        "file:clubs", "table", 2, 1, 1,
    )  # fmt: skip
    (reject,) = first["rejects"]
    assert (reject["line"], reject["reason"]) == (3, "says nothing that the mapping takes (name empty)")
    assert (again["sources"][0]["unchanged"], again["sources"][0]["added"]) == (1, 0)
    shown = json.loads(interlock("show", "org:hill-club", "--db", "c.db", "--format", "json", cwd=clubs).stdout)
    assert shown["record"]["name"] == "Hill Club"


@pytest.mark.parametrize("series", ("", "series: clubs\n"))
@pytest.mark.parametrize(
    ("table", "places"),
    (
        ("clubs.csv", ("line 2", "line 4", "line 6, row 5 in a spreadsheet")),
        ("clubs.json", ("line 2", "line 5", "line 8")),
    ),
)
def test_evidence_tells_where_in_its_file_a_row_is_found(
    interlock: Interlock, clubs: Path, series: str, table: str, places: tuple[str, ...]
) -> None:
    rows = [{"name": "Hill Club", "town": "Hilltop"}, {"name": "Dale", "town": "By the\nriver"}, {"name": "Moor"}]
    (clubs / "clubs.json").write_text(json.dumps(rows, indent=0).replace(",\n{", ",{"), encoding="utf-8")
    (clubs / "clubs.csv").write_text('Name,Town\nHill Club,Hilltop\n\nDale,"By the\nriver"\nMoor,\n', encoding="utf-8")
    (clubs / "clubs.yaml").write_text(MAP.replace("title:", f"{series}title:"), encoding="utf-8")
    interlock("import", table, "--map", "clubs.yaml", "--db", "c.db", cwd=clubs)
    query = "SELECT DISTINCT locator FROM evidence e JOIN source s ON s.id = source_id WHERE s.key = 'file:clubs'"
    told = interlock("sql", f"{query} ORDER BY 1", "--db", "c.db", "--format", "json", cwd=clubs).stdout
    assert [row[0] for row in json.loads(told)["rows"]] == list(places)


def test_the_mapping_is_remembered_with_the_run(interlock: Interlock, clubs: Path) -> None:
    interlock("import", "clubs.csv", "--map", "clubs.yaml", "--db", "c.db", cwd=clubs)
    assert (
        "import clubs.csv --map clubs.yaml" in interlock("runs", "--db", "c.db", "--format", "json", cwd=clubs).stdout
    )


def test_a_wrong_mapping_is_told_before_the_file_is_looked_for(interlock: Interlock, clubs: Path) -> None:
    (clubs / "clubs.yaml").write_text(MAP.replace("type: company", "type: compny"), encoding="utf-8")
    done = interlock("import", "nowhere.csv", "--map", "clubs.yaml", "--db", "c.db", cwd=clubs)
    assert done.returncode == 1 or done.returncode > 2
    assert done.stderr.startswith("interlock: clubs.yaml:8: records[0].type: unknown organisation type 'compny'")
    assert done.stderr.count("\n") == 1
    assert not (clubs / "c.db").exists()


def test_a_column_that_the_table_lacks_leaves_no_database(interlock: Interlock, clubs: Path) -> None:
    (clubs / "clubs.yaml").write_text(MAP.replace("{town}", "{twon}"), encoding="utf-8")
    done = interlock("import", "clubs.csv", "--map", "clubs.yaml", "--db", "c.db", cwd=clubs)
    assert done.stderr == "interlock: clubs.yaml:10: column 'twon' is not in clubs.csv; did you mean 'Town'?\n"
    assert not (clubs / "c.db").exists()
