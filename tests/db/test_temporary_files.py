"""Where temporary files are, and that none of them keeps a name by which it would stay behind."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import pytest

from db.errors import InputError
from db.files.leftovers import clear_leftovers, temporary_folder
from db.files.scratch import nameless_file, scratch_folder
from importers.inputs import Inputs
from tests.trouble import FORKS, killed_at, small_disk

pytestmark = pytest.mark.skipif(not FORKS, reason="locks and processes are those of Unix")


@pytest.mark.parametrize("known", [True, False], ids=["system makes them nameless", "system makes named ones"])
def test_a_file_without_a_name_leaves_none_whenever_its_process_is_killed(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    if known and not hasattr(os, "O_TMPFILE"):
        pytest.skip("only Linux makes a file that never had a name")
    if not known:
        monkeypatch.delattr(os, "O_TMPFILE", raising=False)
    with nameless_file() as file:
        assert list(temporary.iterdir()) == []
        file.write(b"kept")
        file.seek(0)
        assert file.read() == b"kept"
    number = 1
    while killed_at(number, nameless_file):
        assert not known or list(temporary.iterdir()) == []
        clear_leftovers(str(temporary))
        assert list(temporary.iterdir()) == []
        number += 1
    assert number > (1 if known else 4)


def test_temporary_files_are_looked_for_where_they_are_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path)
    for first in ("", "missing", "file", "there"):
        monkeypatch.setenv("TMPDIR", first)
        monkeypatch.setenv("TEMP", str(tmp_path / "there"))
        assert temporary_folder() == str(tmp_path / "there")
        with scratch_folder() as folder:
            assert folder.parent == tmp_path / "there"
        assert list((tmp_path / "there").iterdir()) == []


def test_what_streams_give_is_kept_without_a_trial_that_a_kill_leaves(temporary: Path) -> None:
    number = 1
    while killed_at(number, lambda: list(Inputs(["-"], stdin=BytesIO(b"a,b\n")))):
        clear_leftovers(str(temporary))
        assert list(temporary.iterdir()) == []
        number += 1
    assert number > 3


def test_where_there_is_no_room_for_a_stream_the_line_names_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "disk", 64 * 1024) as disk:
        monkeypatch.setenv("TMPDIR", str(disk))
        with Inputs(["-"], stdin=BytesIO(b"a,b\n" * 50_000)) as found:
            with pytest.raises(InputError, match=f"No space left on device.*; check the space in {disk}, or name"):
                list(found)
        assert list(disk.iterdir()) == []
