"""Gaps: what the register does not know, or what nobody has put right yet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from importers.run import ImportOptions, import_sources
from tests.commands.conftest import Interlock


@pytest.fixture(scope="module")
def dangling(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Arrangements whose participants have closed, and some that are no gaps."""
    folder = tmp_path_factory.mktemp("gaps")

    def closed(code: str, day: str, *heirs: str) -> dict[str, object]:
        links = [{"type": "succeeded-by", "to": f"ods:{heir}", "start": "2020-04-01"} for heir in heirs]
        return {"key": f"ods:{code}", "name": f"Body {code}", "status": "closed", "closed": day, "links": links}

    bodies = [
        closed("X1", "2020-03-31", "Y1"),
        closed("X2", "2026-03-31", "Y1", "Y2"),
        closed("X3", "2019"),
        *({"key": f"ods:{code}", "name": f"Body {code}", "status": "open"} for code in ("Y1", "Y2")),
    ]
    members = [{"who": f"ods:{code}", "role": "member"} for code in ("X1", "X2", "Y1")]
    members += [{"who": "ods:X3", "role": "lead", "end": "2018-12-31"}, {"who": "ods:X3", "status": "past"}]
    arrangements = [
        {"key": "arr:a", "name": "Pact", "status": "open", "participants": members},
        {"key": "arr:b", "name": "Past pact", "status": "closed", "participants": [{"who": "ods:X1"}]},
    ]
    content = {"format": "interlock-records/1", "id": "c", "organisations": bodies, "arrangements": arrangements}
    (folder / "c.json").write_text(json.dumps(content), "utf-8")
    done = import_sources(
        folder / "c.db", (str(folder / "c.json"),), ImportOptions(command="import c.json", published="2022-06")
    )
    assert not done.run.rejects, done.run.rejects
    return folder / "c.db"


def test_an_arrangement_that_names_a_closed_participant_says_what_followed_it(
    interlock: Interlock, dangling: Path
) -> None:
    answer = json.loads(interlock("gaps", "--db", dangling, "--format", "json").stdout)
    assert answer["counts"] == {"closed-participant": 2}
    first, _ = answer["gaps"]
    assert (first["what"], first["key"], first["name"]) == ("closed-participant", "arr:a", "Pact")
    assert first["participant"] == {"key": "ods:X1", "name": "Body X1", "closed": "2020-03-31"}
    assert first["became"] == [{"key": "ods:Y1", "name": "Body Y1"}]
    assert first["detail"] == "Body X1 (ods:X1) · member · closed 31 March 2020, became Body Y1, still listed June 2022"


def test_who_closed_after_the_list_that_names_it_stands_apart_below(interlock: Interlock, dangling: Path) -> None:
    still, older = json.loads(interlock("gaps", "--db", dangling, "--format", "json").stdout)["gaps"]
    assert (still["listed"], still["still_named"], older["still_named"]) == ("2022-06", True, False)
    words = (
        "listed June 2022, closed 31 March 2026, split between Body Y1 and Body Y2: no source says to which this passed"
    )
    assert older["detail"] == f"Body X2 (ods:X2) · member · {words}"
    assert "closed participant, older list" in interlock("gaps", "--db", dangling).stdout.splitlines()[-1]


def test_a_list_of_gaps_that_is_cut_says_so(interlock: Interlock, dangling: Path) -> None:
    done = interlock("gaps", "--kind", "closed-participant", "--limit", "1", "--db", dangling)
    assert (done.stdout.count("Pact"), done.stderr) == (1, "1 of 2 shown; --limit N shows more\n")
    rows = interlock("gaps", "--db", dangling, "--format", "csv").stdout.splitlines()
    assert len(rows) == 3
    assert rows[2].endswith(",ods:X2,Body X2,2026-03-31,,,2022-06,false,,,,")


def test_a_kind_of_gap_that_there_is_not_names_the_nearest(interlock: Interlock, dangling: Path) -> None:
    done = interlock("gaps", "--kind", "closed-partcipant", "--db", dangling)
    assert (done.returncode, done.stdout) == (2, "")
    assert "did you mean 'closed-participant'?" in done.stderr


def test_likely_twins_are_told_with_what_they_have_in_common_and_what_mends_it(
    interlock: Interlock, tmp_path: Path
) -> None:
    for code in ("X1", "X2"):
        body = {"key": f"ods:{code}", "name": "Hill NHS Trust", "type": "nhs-trust", "address": {"town": "Hilltop"}}
        content = {"format": "interlock-records/1", "id": code, "organisations": [body]}
        (tmp_path / f"{code}.json").write_text(json.dumps(content), "utf-8")
        interlock("import", tmp_path / f"{code}.json", "--db", tmp_path / "c.db")
    answer = json.loads(
        interlock("gaps", "--kind", "likely-twin", "--db", tmp_path / "c.db", "--format", "json").stdout
    )
    assert answer["counts"] == {"likely-twin": 1}
    (gap,) = answer["gaps"]
    assert (gap["key"], gap["other"]) == ("ods:X1", {"key": "ods:X2", "name": "Hill NHS Trust"})
    assert (gap["same"], gap["mend"]) == (["name", "town"], "interlock merge ods:X1 ods:X2")
    assert gap["detail"] == "Hill NHS Trust (ods:X2) · the same name and town · interlock merge ods:X1 ods:X2"
