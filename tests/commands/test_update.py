"""`interlock update`: how old the layers are, and a register of one's own that takes newer ones."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db.database.connection import open_reading
from tests.commands.conftest import Interlock
from tests.db.store.registers import everything

_LAYER = """\
layers:
  - {title: NHS trusts, file: etr-2025-12.csv, format: ods-csv, source: "file:ods-etr", public: etr.csv, publisher: P,
     address: "https://example.org/etr", day: "2025-12", licence: OGL-UK-3.0, attribution: A}
"""
_STORY = """\
format: interlock-records/1
id: story
organisations:
  - {key: "ods:RZ1", names: [Story Trust]}
"""


@pytest.fixture
def folder(etr: Path, tmp_path: Path) -> Path:
    """A folder of what new registers start with: a layer, and a story."""
    made = tmp_path / "start"
    made.mkdir()
    rows = [line for line in etr.read_text("utf-8").splitlines() if not line.startswith('""')]
    (made / "etr-2025-12.csv").write_text("\n".join(rows) + "\n", "utf-8")
    (made / "layers.yaml").write_text(_LAYER, "utf-8")
    (made / "story.yaml").write_text(_STORY, "utf-8")
    return made


@pytest.fixture
def start(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The same, with which registers start."""
    monkeypatch.setenv("INTERLOCK_BUILTIN", str(folder))
    return folder


def named(path: Path, key: str) -> str | None:
    """The name of a record, None where there is none."""
    with closing(open_reading(path)) as connection:
        row = connection.execute("SELECT name FROM record WHERE key = ?", (key,)).fetchone()
    return str(row[0]) if row else None


def test_a_folder_of_ones_own_is_what_a_new_register_starts_with(interlock: Interlock, start: Path) -> None:
    for words in (["find", "trust"], ["find", "trust", "--builtin"]):
        found = json.loads(interlock(*words, "--format", "json", "--all").stdout)
        assert sorted(row["key"] for row in found["results"]) == ["ods:RZ1", "ods:RZ2"]
    assert "Story Trust" in interlock("show", "RZ1", "--builtin").stdout


def test_a_folder_that_is_none_is_one_line(interlock: Interlock, tmp_path: Path) -> None:
    done = interlock("find", "x", "--builtin", environment={"INTERLOCK_BUILTIN": str(tmp_path / "nowhere")})
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("interlock: INTERLOCK_BUILTIN: ") and done.stderr.count("\n") == 1


def test_a_file_that_cannot_be_read_is_one_line_and_leaves_no_register(
    interlock: Interlock, start: Path, tmp_path: Path
) -> None:
    (start / "odd.txt").write_text("neither this nor that", "utf-8")
    done = interlock("find", "x", "--builtin")
    assert done.returncode == 3
    assert done.stderr.startswith("interlock: built-in odd.txt: ") and done.stderr.count("\n") == 1


def test_each_layer_has_its_day_its_age_and_where_a_newer_one_is(interlock: Interlock, start: Path, etr: Path) -> None:
    (layer,) = json.loads(interlock("update", "--format", "json").stdout)["layers"]
    assert layer == {
        "layer": "NHS trusts",
        "held": "2025-12",
        "age_days": 332,
        "shipped": "2025-12",
        "file": "etr.csv",
        "publisher": "P",
        "address": "https://example.org/etr",
        "licence": "OGL-UK-3.0",
        "source": "file:ods-etr-2025-12",
    }
    newer = etr.with_name("etr-2026-03.csv")
    newer.write_text(etr.read_text("utf-8").replace("ONE NHS TRUST", "FIRST NHS TRUST"), "utf-8")
    assert interlock("update", newer).returncode == 0
    assert "2026-03  7 months  2025-12" in interlock("update").stdout
    assert "FIRST" in interlock("find", "RZ1").stdout.upper()


def test_a_newer_start_comes_into_an_older_register_in_one_run_that_can_be_undone(
    interlock: Interlock, start: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own.db"
    (tmp_path / "mine.yaml").write_text(
        "format: interlock-records/1\norganisations:\n  - {key: 'ods:RZ1', names: [{name: Mine, kind: short}]}\n"
    )
    assert interlock("import", tmp_path / "mine.yaml", "--db", own).returncode == 0
    before = content(own)
    layer = (start / "etr-2025-12.csv").read_text("utf-8").replace("ONE NHS TRUST", "FIRST NHS TRUST")
    (start / "etr-2025-12.csv").write_text(layer, "utf-8")
    (start / "story.yaml").write_text(_STORY.replace("Story", "Newer Story"), "utf-8")

    done = json.loads(interlock("update", "--shipped", "--db", own, "--format", "json").stdout)
    assert (done["run"], len(done["sources"])) == (3, 2)
    assert named(own, "ods:RZ1") == "First NHS Trust"
    page = interlock("show", "RZ1", "--db", own).stdout
    assert "Mine" in page and "Newer Story Trust" in page
    fresh = tmp_path / "fresh.db"
    assert interlock("import", tmp_path / "mine.yaml", "--db", fresh).returncode == 0
    assert content(own) ^ content(fresh) == set()

    assert interlock("undo", "3", "--db", own).returncode == 0
    assert content(own) ^ before == set()


def content(path: Path) -> set[str]:
    """All that the tables for readers say."""
    with closing(sqlite3.connect(path)) as connection:
        return everything(connection)


@pytest.mark.parametrize("words", [["--shipped", "etr.csv"], ["--shipped", "--builtin"]])
def test_what_does_not_go_together_is_one_line(interlock: Interlock, start: Path, words: list[str]) -> None:
    done = interlock("update", *words)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
