"""`interlock merge` and `unmerge`: two records are made one and two again, which stays so and can be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands.conftest import Asking, Interlock, Once

MINE = """\
format: interlock-records/1
id: mine
title: Mine
organisations:
  - {key: "org:wye-vale", name: Wye Vale Parking, summary: Where cars stand.}
  - {key: "gb-coh:01234567", name: Wye Vale Parking Limited}
arrangements:
  - key: arr:wye-group
    name: Wye Group
    participants:
      - {who: "org:wye-vale", role: member}
      - {who: "gb-coh:01234567", role: member}
"""


@pytest.fixture
def database(interlock: Interlock, once: Once, tmp_path: Path) -> Path:
    """A register with one company under two keys."""
    mine = tmp_path / "mine.yaml"
    mine.write_text(MINE, "utf-8")
    path = tmp_path / "r.db"

    def make() -> None:
        assert interlock("import", mine, "--db", path).returncode == 0

    return once(path, make)


def test_two_are_one_whatever_is_imported_and_two_again(interlock: Interlock, database: Path) -> None:
    before = interlock("show", "org:wye-vale", "--db", database, "--format", "json").stdout
    done = interlock("merge", "Wye Vale Parking", "gb-coh:01234567", "--db", database, "--format", "json")
    assert done.returncode == 0, done.stderr
    both = {"key": "gb-coh:01234567", "other": "org:wye-vale"}
    assert json.loads(done.stdout) == {"version": 1, "run": 3, **both}
    assert done.stderr == (
        "org:wye-vale is gb-coh:01234567 from run 3 on; interlock unmerge gb-coh:01234567 org:wye-vale parts them, "
        "interlock undo 3 takes the run back\n"
    )
    assert interlock("import", database.parent / "mine.yaml", "--db", database).returncode == 0
    record = json.loads(interlock("show", "org:wye-vale", "--db", database, "--format", "json").stdout)["record"]
    assert (record["key"], record["summary"]) == ("gb-coh:01234567", "Where cars stand.")
    assert [link["key"] for link in record["links"]] == ["arr:wye-group"]
    assert (
        "Joined by hand: org:wye-vale is gb-coh:01234567" in interlock("show", "org:wye-vale", "--db", database).stdout
    )
    parted = interlock("unmerge", "org:wye-vale", "--db", database)
    assert parted.returncode == 0, parted.stderr
    assert interlock("show", "org:wye-vale", "--db", database, "--format", "json").stdout == before


def test_both_runs_can_be_taken_back(asked: Asking, interlock: Interlock, database: Path) -> None:
    assert (
        interlock("merge", "org:wye-vale", "gb-coh:01234567", "--keep", "org:wye-vale", "--db", database).returncode
        == 0
    )
    assert interlock("unmerge", "org:wye-vale", "gb-coh:01234567", "--db", database).returncode == 0
    assert interlock("undo", "4", "--db", database).returncode == 0
    assert asked("show", "gb-coh:01234567", "--db", database)["record"]["key"] == "org:wye-vale"
    assert interlock("undo", "3", "--db", database).returncode == 0
    assert asked("show", "gb-coh:01234567", "--db", database)["record"]["key"] == "gb-coh:01234567"


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["merge", "org:wye-vale", "ods:RQQQZ"], 1, "nothing answers to 'ods:RQQQZ'"),
        (
            ["merge", "org:wye-vale", "arr:wye-group"],
            2,
            "org:wye-vale is of kind organisation and arr:wye-group of kind",
        ),
        (["merge", "org:wye-vale", "Wye Vale Parking"], 2, "org:wye-vale is named twice"),
        (["unmerge", "org:wye-vale"], 2, "nobody joined org:wye-vale with another by hand"),
        (["unmerge", "org:wye-vale", "gb-coh:01234567"], 2, "org:wye-vale and gb-coh:01234567 are two records already"),
        (["merge", "RLQ", "RJL", "--builtin"], 2, "the built-in register cannot be written to"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    interlock: Interlock, database: Path, words: list[str], code: int, said: str
) -> None:
    done = interlock(*words, *([] if "--builtin" in words else ["--db", str(database)]))
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.startswith(f"interlock: {said}")
    assert done.stderr.count("\n") == 1
