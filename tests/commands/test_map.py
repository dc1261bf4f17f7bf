"""`interlock map` as people use it, and what `import --dry-run` shows of a mapping."""

from __future__ import annotations

import json
from pathlib import Path

from tests.commands.conftest import Interlock

CLUBS = "ODS code,Name,Town,Note\nX1A,Hill Trust,Dale,\nX1B,Moor Trust,Fell,new\nX1C,Vale Trust,Dale,\n"


def test_a_draft_is_taken_by_import_as_it_is(interlock: Interlock, tmp_path: Path) -> None:
    (tmp_path / "clubs.csv").write_text(CLUBS, encoding="utf-8")
    made = interlock("map", "clubs.csv", cwd=tmp_path)
    assert made.returncode == 0 and made.stdout.startswith("# As it stands it takes 3 of 3 rows.\n")
    assert "interlock import clubs.csv --map MAP.yaml --dry-run" in made.stderr
    (tmp_path / "m.yaml").write_text(made.stdout, encoding="utf-8")
    done = interlock("import", "clubs.csv", "--map", "m.yaml", "--db", "c.db", "--format", "json", cwd=tmp_path)
    (source,) = json.loads(done.stdout)["sources"]
    assert (source["read"], source["added"], source["rejected"]) == (3, 3, 0)
    assert (source["mapping"], source["unused"], source["idle"]) == ("clubs", ["Note"], [])
    assert source["made"]["records[0]"] == 3
    assert source["remarks"] == ["the mapping names nowhere the column 'Note'"]


def test_what_cannot_be_drafted_from_is_one_line(interlock: Interlock, tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    (tmp_path / "two").mkdir()
    for name in ("a.csv", "b.csv"):
        (tmp_path / "two" / name).write_text(CLUBS, encoding="utf-8")
    for file in ("empty.csv", "nowhere.csv", "two"):
        done = interlock("map", file, cwd=tmp_path)
        assert done.returncode in (2, 3) and done.stdout == ""
        assert done.stderr.startswith("interlock: ") and done.stderr.count("\n") == 1
    assert interlock("map", cwd=tmp_path).returncode == 2


def test_what_is_refused_as_too_much_is_read_with_the_memory_that_the_line_names(
    interlock: Interlock, tmp_path: Path
) -> None:
    (tmp_path / "clubs.csv").write_text(CLUBS + f"X1D,Long Trust,Dale,{'x' * 1_100_000}\n", encoding="utf-8")
    refused = interlock("map", "clubs.csv", cwd=tmp_path)
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (3, "", 1)
    assert refused.stderr.endswith("--memory 800 allows more\n")
    assert "it takes 3 of 4 rows" in interlock("map", "clubs.csv", "--memory", "800", cwd=tmp_path).stdout
    assert interlock("map", "clubs.csv", "--memory", "20", cwd=tmp_path).returncode == 2


def test_a_dry_run_shows_the_first_rows_as_they_would_be_taken(interlock: Interlock, tmp_path: Path) -> None:
    (tmp_path / "clubs.csv").write_text(CLUBS + "X1D,,,\n", encoding="utf-8")
    (tmp_path / "m.yaml").write_text(
        'format: interlock-map/1\nid: clubs\nrecords:\n  - kind: arrangement\n    key: "arr:hill"\n    name: Hill\n'
        '    participants: [{who: "ods:{ODS code}", name: "{Name}", role: member}]\n'
        '    facts: [{property: place, text: "{County?}"}]\n',
        encoding="utf-8",
    )
    words = ("import", "clubs.csv", "--map", "m.yaml", "--db", "c.db", "--dry-run")
    told = interlock(*words, cwd=tmp_path).stderr
    assert "clubs.csv: the mapping names nowhere the columns 'Town', 'Note'" in told
    assert "clubs.csv: nothing came of records[0].facts[0] (column 'County' is not there)" in told
    assert (
        "line 2 would be taken as:\n  arr:hill  Hill (arrangement)\n    participants: Hill Trust (ods:X1A), member"
        in told
    )
    answer = json.loads(interlock(*words, "--format", "json", cwd=tmp_path).stdout)
    assert [row["line"] for row in answer["first"]] == [2, 3, 4]
    (link,) = answer["first"][0]["records"][0]["links"]
    assert (link["type"], link["direction"], link["key"], link["role"]) == (
        "participates-in",
        "in",
        "ods:X1A",
        "member",
    )
    assert not (tmp_path / "c.db").exists()
