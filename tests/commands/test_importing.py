"""`interlock import` as people and scripts use it."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from unicodedata import category

import pytest

from db.reports import Reject
from tests.bombs import tables
from tests.commands.conftest import Asking, Interlock
from tests.tui.samples import HOSTILE
from tui.cli.commands.runs import MOST_SOURCES
from tui.cli.report_shapes import REPORT_FIELDS
from tui.cli.reports import reject_line


def test_an_import_accounts_for_every_row(asked: Asking, etr: Path, tmp_path: Path) -> None:
    answer = asked("import", etr, "--db", tmp_path / "new.db")
    assert list(answer)[:5] == ["version", "run", "sources", "rejects", "seconds"]
    assert answer["run"] == 2
    (source,) = answer["sources"]
    assert tuple(source)[: len(REPORT_FIELDS)] == REPORT_FIELDS
    assert source["published"] == "2024-05"
    counted = sum(source[name] for name in ("added", "updated", "unchanged", "closed", "rejected"))
    assert source["read"] == counted == 3
    (reject,) = answer["rejects"]
    assert list(reject)[:4] == ["source", "line", "reason", "value"]
    assert reject["file"] == str(etr)
    assert reject["line"] == 3


def test_the_same_import_again_changes_nothing(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    interlock("import", etr, "--db", database)
    again = json.loads(interlock("import", etr, "--db", database, "--format", "json").stdout)
    assert again["sources"][0]["unchanged"] == 2
    runs = json.loads(interlock("runs", "--db", database, "--format", "json").stdout)["runs"]
    assert [run["run"] for run in runs] == [1, 2, 3]
    assert runs[1]["command"].startswith("import ")


def test_refused_rows_are_named_on_stderr_and_cannot_act(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    done = interlock("import", etr, "--db", tmp_path / "new.db")
    assert done.returncode == 0
    assert done.stdout.startswith("source ")
    assert "\x1b" not in done.stderr
    assert ":3: " in done.stderr
    assert "run 2: 3 rows read" in done.stderr


def test_a_reason_that_quotes_the_value_is_not_followed_by_it_again() -> None:
    said = "'Apr-25' is not a date like DD/MM/YYYY"
    assert reject_line(Reject("file:a", 6, said, "Apr-25")) == f"file:a:6: {said}"
    unknown = "participants[1].since: unknown key, did you mean 'start'?"
    assert reject_line(Reject("file:a", 6, unknown, "since")) == f"file:a:6: {unknown}"
    assert reject_line(Reject("file:a", 6, "has no name", "RXX,,")) == "file:a:6: has no name: RXX,,"


def test_a_run_of_many_sources_is_one_line_of_the_table_and_each_of_them_a_row_for_programs(
    interlock: Interlock, tmp_path: Path
) -> None:
    for number in range(MOST_SOURCES + 1):
        text = f"format: interlock-records/1\norganisations:\n  - {{key: org:b{number}, name: Body {number}}}\n"
        (tmp_path / f"list-{number}.yaml").write_text(text, encoding="utf-8")
    few = sorted(str(one) for one in tmp_path.glob("*.yaml"))[:MOST_SOURCES]
    database = tmp_path / "new.db"
    interlock("import", *few, "--db", database)
    interlock("import", tmp_path, "--db", database)

    def of_run(number: int, *form: str) -> list[str]:
        lines = interlock("runs", "--db", database, *form).stdout.splitlines()
        return [line for line in lines if line.replace(",", " ").split()[0] == str(number)]

    (line,) = of_run(3)
    assert f"{MOST_SOURCES + 1} sources: import " in line and line.split()[-3:] == ["11", "1", "10"]
    assert len(of_run(2)) == MOST_SOURCES
    assert len(of_run(3, "--format", "csv")) == MOST_SOURCES + 1


def test_of_many_refused_rows_the_first_of_a_reason_are_kept_and_all_are_counted(
    interlock: Interlock, tmp_path: Path
) -> None:
    (tmp_path / "clubs.yaml").write_text(tables.CODES, encoding="utf-8")
    file = tables.refused(tmp_path / "clubs.csv", 1_501)
    database = tmp_path / "new.db"
    done = interlock("import", file, "--map", tmp_path / "clubs.yaml", "--db", database)
    assert "… 1,480 more refused rows; interlock runs --format json lists the first 1,000 of each reason" in done.stderr
    assert "refused in all: 1,000 × has 2 columns where the heading has 4; 500 more that were only" in done.stderr
    (*_, run) = json.loads(interlock("runs", "--db", database, "--format", "json").stdout)["runs"]
    assert (run["sources"][0]["rejected"], len(run["rejects"]), run["rejects_left_out"]) == (1_500, 1_000, 500)
    diff = json.loads(interlock("diff", "2", "--db", database, "--format", "json").stdout)
    assert (len(diff["rejects"]), diff["rejects_left_out"]) == (1_000, 500)
    assert "1,500 rows refused" in interlock("diff", "2", "--db", database).stderr
    assert "1,500 rows refused; --format json lists the first 1,000" in interlock("runs", "--db", database).stderr


def test_a_dry_run_writes_nothing_and_says_so(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    done = interlock("import", etr, "--dry-run", "--db", database, "--format", "json")
    answer = json.loads(done.stdout)
    assert (answer["run"], answer["dry_run"]) == (None, True)
    assert answer["sources"][0]["added"] > 0
    assert "nothing was written" in done.stderr
    assert not database.exists()


def test_a_dry_run_leaves_a_database_that_is_there_alone(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    interlock("import", etr, "--db", database)
    before = database.read_bytes()
    other = etr.with_name("etr-2025-01.csv")
    other.write_text(etr.read_text("utf-8").replace("ONE NHS", "OTHER NHS"), "utf-8")
    assert interlock("import", other, "--dry-run", "--db", database).returncode == 0
    assert database.read_bytes() == before


def test_strict_refuses_everything_for_one_row(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    done = interlock("import", etr, "--strict", "--db", database)
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert not database.exists()


def test_what_no_importer_takes_is_refused_in_one_line(interlock: Interlock, tmp_path: Path) -> None:
    page = tmp_path / "trusts.zip"
    page.write_text("<!doctype html><title>Just a moment...</title>")
    done = interlock("import", page, "--db", tmp_path / "new.db")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.count("\n") == 1
    assert "HTML" in done.stderr
    assert not (tmp_path / "new.db").exists()


def test_a_missing_file_and_an_unknown_format_name_what_is_wrong(
    interlock: Interlock, etr: Path, tmp_path: Path
) -> None:
    missing = interlock("import", tmp_path / "missing.csv", "--db", tmp_path / "new.db")
    assert missing.returncode == 3
    assert "missing.csv" in missing.stderr
    misspelt = interlock("import", etr, "--as", "ods-cvs", "--db", tmp_path / "new.db")
    assert misspelt.returncode == 2
    assert "did you mean 'ods-csv'" in misspelt.stderr


def test_stdin_is_a_source(interlock: Interlock, tmp_path: Path) -> None:
    records = '{"format": "interlock-records/1", "id": "mine", "organisations": [{"key": "org:a", "name": "A body"}]}'
    done = interlock("import", "-", "--db", tmp_path / "new.db", "--format", "json", stdin=records)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["sources"][0]["added"] == 1


def test_a_file_name_that_is_no_text_is_no_obstacle(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    odd = os.fsdecode(os.fsencode(tmp_path / "etr-2024-05-") + b"\xff\x1b.csv")
    try:
        os.rename(etr, odd)
    except OSError:
        pytest.skip("this file system takes names of text only")
    assert interlock("import", odd, "--db", tmp_path / "new.db").returncode == 0
    runs = interlock("runs", "--db", tmp_path / "new.db", "--format", "json")
    assert json.loads(runs.stdout)["runs"][1]["command"].startswith("import ")


def test_an_import_into_an_empty_file_makes_it_a_database(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    database.touch()
    assert interlock("import", etr, "--db", database).returncode == 0
    assert interlock("show", "RZ1", "--db", database).returncode == 0


def test_a_folder_of_real_files_is_taken_whole(asked: Asking, shared: Path, tmp_path: Path) -> None:
    file = shared / "data" / "ods-csv" / "etr-2025-07.csv"
    if not file.exists():
        pytest.skip("the list of trusts is not there")
    source = asked("import", file, "--db", tmp_path / "new.db")["sources"][0]
    assert source["read"] == 210
    shown = asked("show", "RJC", "--db", tmp_path / "new.db")["record"]
    assert len({proof["source"]["key"] for proof in shown["evidence"]}) > 1


def test_hostile_text_comes_in_and_goes_out_without_acting(interlock: Interlock, tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    body = {"key": "org:h", "name": f"Hostile {HOSTILE}", "summary": HOSTILE, "names": [HOSTILE]}
    file = tmp_path / "hostile.json"
    file.write_text(json.dumps({"format": "interlock-records/1", "id": "hostile", "organisations": [body]}))
    assert interlock("import", file, "--db", database).returncode == 0
    asked: list[tuple[str, ...]] = [("find", "hostile"), ("show", "org:h"), ("links", "org:h"), ("stats",)]
    asked += [("sql", "select * from record"), ("export", "org:h", "--to", "records"), ("show", HOSTILE.split("\0")[0])]
    for words in asked:
        done = interlock(*words, "--db", database)
        acting = {char for char in done.stdout + done.stderr if category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
        assert acting <= {"\n"}, words


def test_a_locked_database_is_waited_for_and_then_refused(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    database = tmp_path / "new.db"
    interlock("import", etr, "--db", database)
    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        refused = interlock("import", etr, "--db", database, "--wait", "0.1")
        read = interlock("show", "RZ1", "--db", database)
    assert (refused.returncode, refused.stdout) == (4, "")
    assert refused.stderr.splitlines()[-1].startswith(f"interlock: {database}: ")
    assert "--wait" in refused.stderr
    assert read.returncode == 0, read.stderr


def test_an_import_of_nothing_but_refused_rows_writes_nothing_and_ends_with_3(
    interlock: Interlock, tmp_path: Path
) -> None:
    bad = tmp_path / "bad.yaml"
    bad.write_text("format: interlock-records/1\norganisations:\n- {key: ods:RX1, name: One, typo: x}\n", "utf-8")
    done = interlock("import", bad, "--db", tmp_path / "new.db", "--format", "json")
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["run"], len(answer["rejects"])) == (3, None, 1)
    assert "nothing was written" in done.stderr
    assert not (tmp_path / "new.db").exists()


def test_a_list_is_remembered_as_what_it_is_whatever_it_was_called(asked: Asking, etr: Path, tmp_path: Path) -> None:
    assert asked("import", etr, "--as", "epcmem", "--db", tmp_path / "new.db")["sources"][0]["format"] == "ods-csv"


def test_many_refused_rows_are_few_lines_and_counted_by_their_reasons(interlock: Interlock, tmp_path: Path) -> None:
    shares = "".join(f"R{number:02},E0700000{number % 9},0.0{number % 8 + 1}\n" for number in range(80))
    table = tmp_path / "shares.csv"
    table.write_text(f"nhs_trust22_code,ltla21_code,proportion_trust_came_from_ltla\n{shares}R99,E07000001,many\n")
    done = interlock("import", table, "--db", tmp_path / "new.db")
    assert done.returncode == 0, done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) < 30
    assert lines[-2] in interlock("diff", 2, "--db", tmp_path / "new.db").stderr
    assert lines[-3].startswith("… 21 more refused rows")
    assert lines[-2].startswith("refused in all: 40 × less than five in a hundred of the trust's patients; 1 × ")
