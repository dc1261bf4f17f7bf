"""Whoever finds a statement wrong is told what a correction needs, and whom to tell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Interlock

OWN = """\
format: interlock-records/1
id: mine
organisations: [{key: org:ours, name: Ours, status: open}]
"""


def told(interlock: Interlock, *words: str | Path) -> list[dict[str, object]]:
    """Return the statements of a report in JSON."""
    done = interlock("report", *words, "--format", "json")
    assert (done.returncode, json.loads(done.stdout)["version"]) == (0, 1)
    found: list[dict[str, object]] = json.loads(done.stdout)["statements"]
    return found


def test_a_statement_comes_with_its_source_the_place_in_it_and_whom_to_tell(
    interlock: Interlock, built_in: Path
) -> None:
    (address,) = told(interlock, "RLQ", "address", "--db", built_in)
    assert address["value"] == "County Hospital, Union Walk, Hereford, Herefordshire, HR1 2ER"
    assert address["place"] == "row RLQ"
    assert address["source"] == {
        "key": "doc:ods-nhs-trusts", "title": "NHS trusts (report etr)",
        "publisher": "NHS Digital, Organisation Data Service", "date": "2015-10", "url": None,
    }  # fmt: skip
    assert address["tell"] == {
        "who": "NHS Digital, Organisation Data Service",
        "where": "https://digital.nhs.uk/services/organisation-data-service/request-a-new-code-or-update-organisation-details",
    }


def test_without_words_it_is_all_that_the_page_says(interlock: Interlock, built_in: Path) -> None:
    what = {one["what"] for one in told(interlock, "RLQ", "--db", built_in)}
    assert {"kind", "status", "summary", "name", "code", "address", "group", "people", "character"} <= what
    assert "stays separate in Foundation Group" in what


def test_what_is_inferred_is_for_us_to_put_right(interlock: Interlock, built_in: Path) -> None:
    (serves,) = told(interlock, "RN7", "serves the same people as bexley", "--db", built_in)
    assert serves["basis"] == "inferred"
    assert serves["tell"] == {"who": "Interlock", "where": "an issue at the project that you have Interlock from"}


def test_what_a_file_of_ones_own_says_is_corrected_there(interlock: Interlock, tmp_path: Path) -> None:
    file, database = tmp_path / "mine.yaml", tmp_path / "own.db"
    file.write_text(OWN, "utf-8")
    assert interlock("import", file, "--db", database).returncode == 0
    done = interlock("report", "org:ours", "name", "--db", database)
    assert f"you: {file}" in done.stdout
    assert done.stderr.splitlines()[-1] == "what a file of yours says is corrected there: edit it and import it again"


@pytest.mark.parametrize("form", ["table", "markdown", "csv", "jsonl"])
def test_every_format_has_the_place_and_whom_to_tell(interlock: Interlock, built_in: Path, form: str) -> None:
    done = interlock("report", "RLQ", "address", "--db", built_in, "--format", form)
    assert done.returncode == 0
    assert "row RLQ" in done.stdout and "digital.nhs.uk" in done.stdout


def test_words_that_are_on_no_line_of_the_page_are_refused_in_a_line(interlock: Interlock, built_in: Path) -> None:
    done = interlock("report", "RLQ", "zzz", "--db", built_in)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "interlock: ods:RLQ: nothing on its page has 'zzz'; interlock show ods:RLQ tells all\n"
    )  # fmt: skip
