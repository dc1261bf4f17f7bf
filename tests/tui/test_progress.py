"""What an import says while it runs."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from threading import Event

import pytest

from importers.run import ImportOptions, Progress, import_sources
from tui.cli import progress as shown
from tui.cli.making import CLEAR
from tui.cli.progress import ProgressLine, describe


def test_progress_says_rows_rate_and_time_left() -> None:
    said = describe(Progress("a/b/etr.csv", 2, 3, 1_000, 5_000, 0.5), 0.5)
    assert said == "2/3 etr.csv  1,000 of 5,000 rows · 2,000/s · 2.0 s left"


def test_progress_of_unknown_length_guesses_no_time() -> None:
    assert describe(Progress("stdin", 1, 1, 1_000, None, 0.5), 0.5) == "stdin  1,000 rows · 2,000/s"


def test_progress_says_what_is_done_once_all_is_read() -> None:
    said = describe(Progress("etr.csv", 1, 1, 5_000, 5_000, 2.0, "indexing"), 12.4)
    assert said == "etr.csv  5,000 rows · indexing, 12 s so far"


def test_progress_of_fetching_says_what_is_left_as_well() -> None:
    said = describe(Progress("ods-api", 1, 1, 40, 120, 10.0, "fetching"), 10.0)
    assert said == "ods-api  40 of 120 rows · 4/s · 20 s left"


def test_a_hostile_file_name_is_shown_safely() -> None:
    assert "\x1b" not in describe(Progress("\x1b[2J.csv", 1, 1, 1, 1, 1.0), 1.0)


def test_a_quick_import_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressLine(enabled=True) as line:
        line(Progress("etr.csv", 1, 1, 1, 1, 0.1))
    assert capsys.readouterr().err == ""


class Screen(io.StringIO):
    """A terminal that tells when something is written on it."""

    def __init__(self) -> None:
        super().__init__()
        self.touched = Event()

    def write(self, text: str) -> int:
        """Keep the text and tell."""
        self.touched.set()
        return super().write(text)


def test_a_long_import_shows_its_line_and_leaves_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "PATIENCE", 0.0)
    monkeypatch.setattr(sys, "stderr", screen := Screen())
    line = ProgressLine(enabled=True)
    line(Progress("etr.csv", 1, 1, 10, 20, 0.1))
    with line:
        assert screen.touched.wait(10)
    assert screen.getvalue().startswith(f"{CLEAR}etr.csv  10 of 20 rows")
    assert screen.getvalue().endswith(CLEAR)


def test_an_import_in_a_pipe_is_quiet(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "PATIENCE", 0.0)
    with ProgressLine(enabled=False) as line:
        line(Progress("etr.csv", 1, 1, 10, 20, 9.0))
    assert capsys.readouterr().err == ""


def test_an_import_tells_of_every_phase(tmp_path: Path) -> None:
    file = tmp_path / "bodies.jsonl"
    file.write_text(
        '{"format": "interlock-records/1", "id": "bodies"}\n{"kind": "organisation", "key": "org:a", "name": "A"}\n'
    )
    told: list[Progress] = []
    options = ImportOptions(command="import bodies.jsonl", dry_run=True)
    imported = import_sources(tmp_path / "new.db", [str(file)], options, told.append)
    assert imported.run.run == 0
    assert told[-1].phase == "indexing"
    assert {(one.number, one.sources) for one in told} == {(1, 1)}
    assert imported.reasons[0]
    assert not (tmp_path / "new.db").exists()
