"""What the commands answer on the built-in register, as people and scripts ask."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.commands.conftest import Asking, Interlock, register_of


def test_find_puts_the_organisation_meant_first(interlock: Interlock, built_in: Path) -> None:
    found = interlock("find", "wye vally", "--db", built_in, "--format", "json")
    assert found.returncode == 0
    answer = json.loads(found.stdout)
    assert answer["results"][0]["key"] == "ods:RLQ"
    assert found.stderr == "" or "shown" in found.stderr


def test_words_need_no_quotes_and_filters_may_be_turned_round(interlock: Interlock, built_in: Path) -> None:
    found = interlock("--db", built_in, "find", "trust", "-kind:organisation", "--format", "jsonl", "--limit", "3")
    kinds = {json.loads(line)["kind"] for line in found.stdout.splitlines()}
    assert found.returncode == 0
    assert kinds
    assert "organisation" not in kinds


@pytest.mark.parametrize("text", ["RLQ", "ods:rlq", "wye valley nhs trust", "WVT"])
def test_a_record_is_shown_by_key_code_name_or_acronym(asked: Asking, built_in: Path, text: str) -> None:
    assert asked("show", *text.split(), "--db", built_in)["record"]["key"] == "ods:RLQ"


def test_a_record_that_is_not_there_is_exit_code_1(interlock: Interlock, built_in: Path) -> None:
    shown = interlock("show", "ods:ZZZ99", "--db", built_in)
    assert (shown.returncode, shown.stdout) == (1, "")
    assert shown.stderr.startswith("interlock: ")
    assert shown.stderr.count("\n") == 1


def test_a_name_of_several_records_lists_them_with_exit_code_2(interlock: Interlock, tmp_path: Path) -> None:
    bodies = [{"key": key, "name": "The very same board"} for key in ("org:one", "org:two")]
    shown = interlock("show", "the very same board", "--db", register_of(tmp_path, {"organisations": bodies}))
    assert (shown.returncode, shown.stdout) == (2, "")
    assert "org:one" in shown.stderr
    assert "org:two" in shown.stderr
    assert shown.stderr.count("\n") == 1


def test_links_name_both_ends(interlock: Interlock, built_in: Path) -> None:
    shown = interlock("links", "RLQ", "--db", built_in, "--format", "tsv")
    heading, *rows = [line.split("\t") for line in shown.stdout.splitlines()]
    assert heading[:2] == ["record_key", "record_name"]
    assert {tuple(row[:2]) for row in rows} == {("ods:RLQ", "Wye Valley NHS Trust")}
    assert "arr:foundation-group" in {row[heading.index("key")] for row in rows}


def test_links_can_be_asked_for_by_direction_and_in_pages(asked: Asking, built_in: Path) -> None:
    whole = asked("links", "RLQ", "--db", built_in)
    page = asked("links", "RLQ", "--limit", "1", "--offset", "1", "--db", built_in)
    assert page["total"] == whole["total"]
    assert page["truncated"] is True
    assert page["links"] == whole["links"][1:2]
    inward = asked("links", "RLQ", "--direction", "in", "--db", built_in)
    assert {link["direction"] for link in inward["links"]} == {"in"}


def test_the_same_answer_comes_from_the_built_in_register_in_memory(interlock: Interlock, built_in: Path) -> None:
    kept = interlock("show", "RLQ", "--db", built_in, "--format", "json")
    held = interlock("show", "RLQ", "--builtin", "--format", "json")
    assert held.stdout == kept.stdout


def test_every_format_of_every_reading_command_works(interlock: Interlock, built_in: Path) -> None:
    for words in (["show", "RLQ"], ["timeline", "arr:foundation-group"], ["runs"], ["stats"], ["formats"]):
        for form in ("table", "markdown", "csv"):
            done = interlock(*words, "--db", built_in, "--format", form)
            assert done.returncode == 0, done.stderr
            assert done.stdout, (words, form)


def test_a_timeline_without_events_says_so_beside_an_empty_list(interlock: Interlock, built_in: Path) -> None:
    done = interlock("timeline", "doc:foundation-group-announcement", "--db", built_in, "--format", "json")
    assert (json.loads(done.stdout)["events"], done.returncode) == ([], 0)
    assert done.stderr == f"nothing dated is known of {json.loads(done.stdout)['name']}\n"


def test_sql_reads_and_never_writes(interlock: Interlock, built_in: Path) -> None:
    counted = interlock(
        "sql", "select count(*) as n from record where kind = 'person'", "--db", built_in, "--format=json"
    )
    assert json.loads(counted.stdout)["rows"][0][0] >= 1
    before = built_in.read_bytes()
    refused = interlock("sql", "delete from record", "--db", built_in)
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert built_in.read_bytes() == before


def test_stats_count_and_name_the_sources(interlock: Interlock, built_in: Path) -> None:
    stats = json.loads(interlock("stats", "--db", built_in, "--format", "json").stdout)
    assert stats["records"]["organisation"] > 0
    assert stats["bytes"] == built_in.stat().st_size
    assert list(stats["sources"][0])[:4] == ["name", "published", "imported", "records"]
    assert "participates-in" in stats["links"]
    assert "\ntakes part in " in interlock("stats", "--db", built_in).stdout


def test_stats_say_how_many_codes_there_are_beside_the_records(interlock: Interlock, etr: Path, tmp_path: Path) -> None:
    interlock("import", etr, "--db", tmp_path / "r.db")
    table = interlock("stats", "--db", tmp_path / "r.db").stdout
    answer = json.loads(interlock("stats", "--db", tmp_path / "r.db", "--format", "json").stdout)
    assert answer["placeholders"] == {"organisation": 2}
    counted = answer["records"]["organisation"]
    assert counted == answer["described"]["organisation"]
    assert re.search(rf"^organisation +{counted}$", table, re.M)
    assert "no name given, codes alone, not counted above\norganisation" in table


def test_sources_are_listed_with_licence_day_and_the_line_that_names_them(interlock: Interlock, built_in: Path) -> None:
    answer = json.loads(interlock("stats", "--sources", "--db", built_in, "--format", "json").stdout)
    whole = json.loads(interlock("stats", "--db", built_in, "--format", "json").stdout)["sources"]
    told = {"attribution": None, "age_days": None}
    assert [{**one, **told} for one in answer["sources"]] == [{**one, **told} for one in whole]
    (trusts,) = [one for one in answer["sources"] if one["key"] == "doc:ods-nhs-trusts"]
    assert (trusts["published"], trusts["age_days"]) == ("2015-10", 4_046)
    assert all(one["attribution"].startswith(one["name"]) for one in answer["sources"])
    assert answer["licences"].endswith("as read by Interlock's makers, to be checked with each publisher")
    table = interlock("stats", "--sources", "--db", built_in).stdout.splitlines()
    assert table[0].split() == ["published", "age", "licence", "attribution", "key"]
    assert len(table) == 1 + len(whole)


def test_run_1_is_the_built_in_register(asked: Asking, built_in: Path) -> None:
    runs = asked("runs", "--db", built_in)["runs"]
    assert [run["run"] for run in runs] == [1]
    assert all(source["format"] == "records" for source in runs[0]["sources"])


def test_exported_records_come_in_again(asked: Asking, interlock: Interlock, built_in: Path, tmp_path: Path) -> None:
    exported = interlock("export", "arr:foundation-group", "--to", "records", "--db", built_in)
    assert exported.returncode == 0, exported.stderr
    file = tmp_path / "mine.yaml"
    file.write_text(exported.stdout, "utf-8")
    assert asked("import", file, "--db", tmp_path / "new.db")["rejects"] == []


def test_filters_quoted_together_are_several_filters(asked: Asking, built_in: Path) -> None:
    found = {hit["key"] for hit in asked("find", "kind:arrangement status:planned", "--db", built_in)["results"]}
    assert "arr:foundation-group" in found
    assert "arr:together" not in found


def test_every_statement_of_the_built_in_register_has_evidence(asked: Asking, built_in: Path) -> None:
    lacking = " UNION ALL ".join(
        f"SELECT '{item}', id FROM {item}"
        f" WHERE id NOT IN (SELECT subject_id FROM item_evidence WHERE subject = '{item}')"
        for item in ("record", "name", "identifier", "link", "fact", "event")
    )
    assert asked("sql", lacking, "--db", built_in)["rows"] == []
    assert asked("sql", "SELECT count(*) > 400 FROM item_evidence", "--db", built_in)["rows"] == [[1]]


def test_a_new_database_was_made_now_however_old_the_image_it_is_made_from(asked: Asking, tmp_path: Path) -> None:
    environment = {"XDG_DATA_HOME": str(tmp_path)}
    before = datetime.now(UTC).isoformat(timespec="seconds")
    runs = asked("runs", environment=environment)["runs"]
    assert runs[0]["started"] >= before
