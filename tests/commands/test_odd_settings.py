"""Settings that are no file, or files that no program should read whole, and homes that are not there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.files.read_whole import read_whole
from tests.commands.conftest import ROOT, Interlock
from tests.commands.test_manners import line
from tui.cli.main import main
from tui.cli.reports import nearby
from tui.explorer.actions import ACTIONS
from tui.explorer.keymap import FILE, load
from tui.explorer.user_toml import user_file

DEEP = "[" * 100_000


def odd_files(folder: Path) -> dict[str, Path]:
    """Paths that lead to no file that could be read as a whole, by what they are."""
    os.mkfifo(folder / "pipe")
    (folder / "device").symlink_to("/dev/zero")
    with (folder / "huge").open("wb") as file:
        file.truncate(3 * 1024**3)
    return {name: folder / name for name in ("pipe", "device", "huge")} | {"folder": folder}


@pytest.mark.parametrize("what", ["pipe", "device", "huge", "folder"])
def test_keys_that_are_no_small_file_are_said_and_the_usual_ones_work(tmp_path: Path, what: str) -> None:
    user_file(FILE).parent.mkdir(parents=True)
    user_file(FILE).symlink_to(odd_files(tmp_path)[what])
    keymap = load()
    assert len(keymap.problems) == 1
    assert keymap.problems[0].endswith("your keys are not used, the usual ones work")
    assert keymap.keys == {action.id: action.keys for action in ACTIONS}


def test_keys_that_nest_without_end_are_said() -> None:
    user_file(FILE).parent.mkdir(parents=True)
    user_file(FILE).write_text(f"a = {DEEP}")
    assert "nest too deeply" in load().problems[0]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("pipe", "is a pipe or a device and no file"),
        ("device", "is a pipe or a device and no file"),
        ("huge", "is larger than 1,024 KB"),
        ("folder", "Is a directory"),
    ],
)
def test_a_mapping_that_is_no_small_file_is_one_line(
    interlock: Interlock, etr: Path, tmp_path: Path, what: str, said: str
) -> None:
    (tmp_path / "odd").mkdir()
    path = odd_files(tmp_path / "odd")[what]
    assert said in line(interlock("import", etr, "--map", path, "--db", tmp_path / "x.db"), 3)
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"a: {DEEP}", "nest more than 40 deep"),
        (
            "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 39)),
            "more than 250,000 values",
        ),
    ],
    ids=["deep", "bomb"],
)
def test_a_mapping_that_would_explode_is_one_line(
    interlock: Interlock, etr: Path, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "map.yaml").write_text(text)
    assert said in line(interlock("import", etr, "--map", tmp_path / "map.yaml", "--db", tmp_path / "x.db"), 3)


def test_a_pipe_that_a_shell_made_is_read() -> None:
    read, write = os.pipe()
    os.write(write, b"text")
    os.close(write)
    assert read_whole(f"/dev/fd/{read}", 10) == b"text"
    os.close(read)


@pytest.mark.parametrize("words", [["stats"], ["import", "x.csv"], ["undo", "1"]])
def test_a_home_folder_of_nobody_is_one_line(interlock: Interlock, tmp_path: Path, words: list[str]) -> None:
    unknown = {"INTERLOCK_DB": "~nosuchuser/x.db"}
    said = line(interlock(*words, environment=unknown, cwd=tmp_path), 2)
    assert said.startswith("INTERLOCK_DB ~nosuchuser/x.db: the home folder ~nosuchuser is not known")
    assert "~nosuchuser is not known" in line(interlock(*words, "--db", "~nosuchuser/x.db", cwd=tmp_path), 2)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [["stats"], ["import", "x.csv"], ["undo", "1"], ["open"]])
def test_a_path_from_a_folder_that_is_gone_is_one_line(
    tmp_path: Path, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    in_a_folder_that_is_gone(tmp_path, monkeypatch)
    monkeypatch.setenv("TEXTUAL_DRIVER", "any")
    assert main([*words, "--db", "x.db"]) == 2
    said = "interlock: the folder that this was started in is gone; change to one that is there\n"
    assert capsys.readouterr().err == said


def test_files_are_named_in_full_where_the_folder_one_is_in_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert nearby(str(tmp_path / "list.csv")) == "list.csv"
    in_a_folder_that_is_gone(tmp_path, monkeypatch)
    assert nearby(str(tmp_path / "list.csv")) == str(tmp_path / "list.csv")


def in_a_folder_that_is_gone(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Go into a folder and take it away."""
    (where / "gone").mkdir()
    monkeypatch.chdir(where / "gone")
    (where / "gone").rmdir()


HOMELESS = """
import os, pwd, sys
def unknown(number):
    raise KeyError(number)
pwd.getpwuid = unknown
for name in [name for name in os.environ if name == "HOME" or name.startswith("XDG_")]:
    del os.environ[name]
from tui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def homeless(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command as a user whom the system does not know, without a HOME."""
    return subprocess.run(
        [sys.executable, "-c", HOMELESS, *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_without_a_home_the_built_in_register_is_read_and_a_database_can_be_named(tmp_path: Path, etr: Path) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    assert homeless("show", "RLQ", cwd=folder).stdout.startswith("Wye Valley NHS Trust\n")
    said = line(homeless("import", etr, cwd=folder), 4)
    assert said == "your own database: the home folder is not known; set HOME, or name a file with --db"
    assert list(folder.iterdir()) == []
    assert homeless("import", etr, "--db", folder / "x.db", cwd=folder).returncode == 0
    assert [one.name for one in folder.iterdir()] == ["x.db"]
