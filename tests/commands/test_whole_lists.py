"""Lists for programs are whole unless a limit was asked for, and no list is cut without a word."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.commands.conftest import Interlock, register_of

MEMBERS = 130


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register with a network of so many members that no list shows them all unless it has to."""
    bodies: list[dict[str, object]] = [{"key": f"ods:X{n:03}", "name": f"Body {n:03}"} for n in range(MEMBERS)]
    codes = [{"scheme": "gss", "value": "E06000999"}, {"scheme": "ods", "value": "X000"}]
    bodies[0] = {"key": "org:first-body", "name": "Body 000", "identifiers": codes}
    bodies[1] = {"key": "gb-coh:09506232", "name": "Body 001"}
    bodies[2] = {"key": "org:nameless-body", "name": "Body 002"}
    members = [{"who": body["key"], "role": "member"} for body in bodies]
    network = {"key": "arr:crowd", "name": "Crowded Network", "type": "cancer-network", "participants": members}
    return register_of(tmp_path_factory.mktemp("crowd"), {"organisations": bodies, "arrangements": [network]})


def rows(form: str, text: str) -> list[dict[str, str]]:
    """The rows of an answer in one of the formats that hold nothing but rows."""
    if form == "jsonl":
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(io.StringIO(text), delimiter="\t" if form == "tsv" else ","))


@pytest.mark.parametrize("form", ["csv", "tsv", "jsonl"])
def test_links_for_programs_are_whole_unless_limited(interlock: Interlock, crowd: Path, form: str) -> None:
    whole = interlock("links", "arr:crowd", "--db", crowd, "--format", form)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert len(rows(form, whole.stdout)) == MEMBERS
    limited = interlock("links", "arr:crowd", "--limit", "7", "--db", crowd, "--format", form)
    assert len(rows(form, limited.stdout)) == 7
    assert limited.stderr.startswith("7 of 130 shown")


@pytest.mark.parametrize("form", ["json", "table", "markdown"])
def test_links_for_people_stop_at_a_hundred_and_say_so(interlock: Interlock, crowd: Path, form: str) -> None:
    done = interlock("links", "arr:crowd", "--db", crowd, "--format", form)
    assert done.stderr.startswith("100 of 130 shown")
    if form == "json":
        answer = json.loads(done.stdout)
        assert (len(answer["links"]), answer["total"], answer["truncated"]) == (100, 130, True)


def test_links_carry_the_plain_codes_of_both_ends(interlock: Interlock, crowd: Path) -> None:
    done = interlock("links", "arr:crowd", "--db", crowd, "--format", "csv")
    assert done.stdout.splitlines()[0].endswith(
        ",code,other_code,listed_first,listed_last,basis,unlisted,ended_with_key,ended_with_name,ended_with_closed,"
        "code_only"
    )
    codes = {row["name"]: (row["code"], row["other_code"]) for row in rows("csv", done.stdout)}
    assert codes["Body 000"] == ("", "X000")
    assert codes["Body 001"] == ("", "09506232")
    assert codes["Body 002"] == ("", "")
    assert codes["Body 129"] == ("", "X129")
    (back,) = rows("tsv", interlock("links", "Body 000", "--db", crowd, "--format", "tsv").stdout)
    assert (back["code"], back["other_code"]) == ("X000", "")


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "markdown"])
def test_a_difference_is_whole_unless_limited(interlock: Interlock, crowd: Path, form: str) -> None:
    whole = interlock("diff", "2", "--db", crowd, "--format", form)
    assert whole.stdout.count("Body 1") == 30
    assert "more" not in whole.stderr
    limited = interlock("diff", "2", "--limit", "3", "--db", crowd, "--format", form)
    assert 0 < limited.stdout.count("Body ") <= 3
    if form == "json":
        answer = json.loads(limited.stdout)
        assert (len(answer["added"]), answer["truncated"]) == (3, True)
        assert answer["totals"]["added"] == MEMBERS + 1
    else:
        assert "128 more added" in limited.stderr


def test_a_table_of_a_difference_says_how_many_it_leaves_out(interlock: Interlock, crowd: Path) -> None:
    done = interlock("diff", "2", "--db", crowd)
    assert done.stdout.count("Body ") <= 20
    assert "111 more added; --limit shows more" in done.stderr
