"""What the commands write: the JSON contract key by key, and that no format lets the data act."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from importlib import import_module

import pytest

from db.reports import Change, Changed, Diff
from tests.tui.samples import HOSTILE, NASTY, SampleRegister
from tui.cli.arguments import FORMATS, parse

READING = {
    "find": ["fou"],
    "show": ["x"],
    "links": ["x"],
    "timeline": ["x"],
    "runs": [],
    "diff": ["3"],
    "stats": [],
    "sql": ["s"],
}
"""Commands that read the register, with words that do for each."""


def answer(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    *options: str,
    register: SampleRegister | None = None,
) -> str:
    """What a command writes to stdout when it reads the sample register."""
    module = import_module(f"tui.cli.commands.{command}")
    monkeypatch.setattr(module, "open_chosen", lambda _: register or SampleRegister())
    module.run(parse(module.COMMAND, [*READING[command], *options]))
    written = capsys.readouterr().out
    assert isinstance(written, str)
    return written


KEYS = {
    "find": ["version", "query", "total", "truncated", "results", "total_is_exact"],
    "show": ["version", "record"],
    "links": ["version", "key", "total", "truncated", "links", "name", "evidence"],
    "timeline": ["version", "key", "events", "name", "evidence", "total", "truncated", "left_out"],
    "runs": ["version", "runs"],
    "diff": ["version", "run", "added", "updated", "closed", "reopened", "gone", "rejects", "rejects_left_out"],
    "stats": ["version", "records", "links", "sources", "bytes", "described"],
    "sql": ["version", "columns", "rows", "truncated"],
}


@pytest.mark.parametrize("command", READING)
def test_json_is_one_object_with_the_version_first(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = answer(monkeypatch, capsys, command, "--format", "json")
    assert written.count("\n") == 1
    assert written.startswith('{"version":1,')
    assert list(json.loads(written)) == KEYS[command]


def start(shape: dict[str, object], *keys: str) -> None:
    """Assert that an object begins with the contract's keys, in its order."""
    assert list(shape)[: len(keys)] == list(keys)


def test_a_record_in_json_has_the_keys_of_the_contract(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    record = json.loads(answer(monkeypatch, capsys, "show", "--format", "json"))["record"]
    start(record, "key", "kind", "type", "name", "status", "open", "legal_form", "summary", "opened", "closed", "names")
    start(dict(list(record.items())[10:]), "names", "identifiers", "address", "facts", "links", "link_counts", "events")
    start(record["names"][0], "name", "kind", "start", "end", "evidence")
    start(record["identifiers"][0], "scheme", "value", "evidence")
    start(record["facts"][0], "property", "value", "unit", "as_of", "text", "evidence")
    start(record["links"][0], "type", "label", "direction", "role", "start", "end", "status", "key", "kind", "name")
    start(record["events"][0], "date", "kind", "text", "evidence")
    start(record["evidence"][0], "id", "source", "locator", "quote", "confidence")
    assert list(record["evidence"][0]["source"]) == ["key", "title", "publisher", "date", "url"]
    assert record["evidence"][1]["claimant"] == {"key": "person:a-b", "name": "A B"}
    assert len(record["links"]) == 12
    assert record["link_counts"] == {"participants": 12}


class MuchChanged(SampleRegister):
    """A register of whose records one was changed in more ways than a table shows."""

    def diff(self, run: int) -> Diff:
        """One record with twelve changes."""
        changes = tuple(Change("name", None, f"Name {n}") for n in range(12))
        return Diff(run, (), (Changed("ods:X1", "Hill", False, changes),), (), (), (), ())


def test_a_difference_shows_ten_changes_of_a_record_and_says_how_many_more_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [line.strip() for line in answer(monkeypatch, capsys, "diff", register=MuchChanged()).splitlines()]
    assert [line for line in lines if "Name" in line] == [f"+ name: Name {n}" for n in range(10)]
    assert "… 2 more changes" in lines


def test_every_evidence_that_json_names_is_listed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for command, inside in (("show", "record"), ("links", ""), ("timeline", "")):
        written = json.loads(answer(monkeypatch, capsys, command, "--format", "json"))
        shape = written[inside] if inside else written
        listed = {proof["id"] for proof in shape["evidence"]}
        named = {
            one
            for part in ("links", "events", "facts", "names")
            for item in shape.get(part, [])
            for one in item["evidence"]
        }
        assert named <= listed
        assert named


def test_a_result_in_json_says_why_it_was_found(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = json.loads(answer(monkeypatch, capsys, "find", "--format", "json"))
    assert (written["total"], written["truncated"]) == (5, True)
    result = written["results"][0]
    start(result, "key", "kind", "type", "name", "status", "open", "place", "score", "matched")
    assert result["matched"] == {"field": "name", "text": "Foundation Group", "how": "prefix"}
    assert result["score"] == 91.46
    assert "explain" not in result
    explained = json.loads(answer(monkeypatch, capsys, "find", "--format", "json", "--explain"))
    assert explained["results"][0]["explain"] == "prefix of a name"


def test_runs_hold_their_sources_and_refused_rows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = json.loads(answer(monkeypatch, capsys, "runs", "--format", "json"))["runs"][0]
    start(run, "run", "started", "seconds", "command", "sources", "undone")
    source = run["sources"][0]
    start(source, "source", "format", "published", "read", "added", "updated", "unchanged", "closed", "rejected")
    start(dict(list(source.items())[9:]), "records", "links", "placeholders", "gone")
    start(run["rejects"][0], "source", "line", "reason", "value")


def test_what_a_run_did_is_told_from_what_to_what(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    diff = json.loads(answer(monkeypatch, capsys, "diff", "--format", "json"))
    start(diff["added"][0], "key", "name")
    start(diff["updated"][0], "key", "name", "changes")
    assert diff["updated"][0]["changes"][0] == {"what": "name", "before": None, "after": "Foundation Group"}
    start(diff["rejects"][0], "source", "line", "reason", "value")


def test_events_come_oldest_first_and_unknown_dates_last(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    events = json.loads(answer(monkeypatch, capsys, "timeline", "--format", "json"))["events"]
    assert [event["date"] for event in events] == ["2016", "2017", "XXXX-07-08", None]
    start(events[0], "date", "kind", "text", "evidence")
    assert [event["text"] for event in events][:2] == ["Announced.", "Trust 1 joined as member"]


def test_rows_of_links_carry_both_ends(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    ends = {"record_key": "arr:group", "record_name": "Foundation Group", "key": "ods:X1", "name": "Trust 1"}
    line = json.loads(answer(monkeypatch, capsys, "links", "--format", "jsonl").splitlines()[0])
    assert ends.items() <= line.items()
    row = next(csv.DictReader(io.StringIO(answer(monkeypatch, capsys, "links", "--format", "csv"))))
    assert ends.items() <= row.items()
    assert row["evidence"] == "41"


def test_columns_of_one_name_stay_apart_in_objects(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [json.loads(line) for line in answer(monkeypatch, capsys, "sql", "--format", "jsonl").splitlines()]
    assert rows == [{"a": 1, "b": "Foundation Group", "a_2": None}, {"a": 2, "b": "inf", "a_2": 3.5}]
    assert json.loads(answer(monkeypatch, capsys, "sql", "--format", "json"))["columns"] == ["a", "b", "a"]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("command", READING)
@pytest.mark.parametrize("colour", ["never", "always"])
def test_no_format_of_any_command_lets_the_data_act(
    command: str, form: str, colour: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("--format", form, "--color", colour)
    written = answer(monkeypatch, capsys, command, *options, register=SampleRegister(NASTY))
    for style in ("1", "2", "0", "36", "32", "33", "35"):
        written = written.replace(f"\x1b[{style}m", "")
    kept = {char for char in written if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert kept <= ({"\n", "\t"} if form == "tsv" else {"\n"})


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize("command", ["show", "find"])
def test_no_table_for_people_lets_the_data_act(
    command: str, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = answer(monkeypatch, capsys, command, "--sheet", form, register=SampleRegister(NASTY))
    written = written.removeprefix("\ufeff")
    kept = {char for char in written if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp"}}
    assert kept <= ({"\n", "\t"} if form == "tsv" else {"\n"})
    for row in csv.reader(io.StringIO(written), delimiter="\t" if form == "tsv" else ","):
        assert not any(cell.lstrip('" ').startswith(("=", "+", "-", "@")) for cell in row)


@pytest.mark.parametrize("command", READING)
def test_json_gives_hostile_text_back_unchanged(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = answer(monkeypatch, capsys, command, "--format", "json", register=SampleRegister(NASTY))
    assert HOSTILE in strings(json.loads(written))


def strings(value: object) -> set[str]:
    """All texts in a JSON value."""
    if isinstance(value, str):
        return {value}
    if isinstance(value, dict):
        return {text for one in (*value, *value.values()) for text in strings(one)}
    if isinstance(value, list):
        return {text for one in value for text in strings(one)}
    return set()


@pytest.mark.parametrize("command", ["find", "links", "timeline", "runs", "diff", "sql"])
@pytest.mark.parametrize("form", ["csv", "tsv"])
def test_flat_rows_have_one_line_each_and_a_heading(
    command: str, form: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = answer(monkeypatch, capsys, command, "--format", form, register=SampleRegister(NASTY))
    rows = list(csv.reader(io.StringIO(written), delimiter="," if form == "csv" else "\t"))
    assert len(rows) == written.count("\n")
    assert {len(row) for row in rows} == {len(rows[0])}


def test_a_list_without_rows_keeps_its_heading_in_csv(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    written = answer(monkeypatch, capsys, "find", "--format", "csv", register=SampleRegister(hits=0, total=0))
    assert written.startswith("key,kind,type,name,status,open,place,score,")
    assert written.count("\n") == 1


def test_a_table_names_types_as_their_vocabulary_does(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = answer(monkeypatch, capsys, "find")
    assert "Group model" in shown
    assert "name, beginning" in shown
