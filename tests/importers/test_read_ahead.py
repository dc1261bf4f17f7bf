"""Small files that a process of its own reads say what they say to this one; what is wrong with them is said here."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from db.errors import InputError
from db.statements import RowSaid
from importers import read_ahead
from importers.builtin_sources import builtin_plan
from importers.read_ahead import readings

STORY = "format: interlock-records/1\nid: {0}\norganisations:\n  - {{key: 'org:{0}', name: Body {0}}}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two small files, with which registers start."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text(STORY.format(name))
    monkeypatch.setenv("INTERLOCK_BUILTIN", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("processes", [0, 2])
def test_they_say_the_same_in_their_order(folder: Path, processes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_ahead, "processes_here", lambda: processes)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    found = [row for reading in readings(builtin_plan().planned) for row in reading.rows]
    said = [one for row in found if isinstance(row, RowSaid) for one in row.statements]
    assert [one.key for one in said] == ["org:one", "org:two"]


@pytest.mark.parametrize("processes", [0, 2])
def test_one_that_is_damaged_is_named_behind_those_before_it(
    folder: Path, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_ahead, "processes_here", lambda: processes)
    monkeypatch.setattr(threading, "active_count", lambda: 1)
    (folder / "two.yaml").write_text("format: interlock-records/1\norganisations: [")
    coming = readings(builtin_plan().planned)
    assert next(coming).source.key == "file:one"
    with pytest.raises(InputError, match=r"built-in two\.yaml:3: "):
        next(coming)
