"""The kept image of the built-in register: checked, made anew where it is damaged, whole or not there."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from db.errors import DatabaseError
from db.register import open_register
from importers import builtin_image, builtin_register
from importers.builtin_register import create_register, image
from tests.trouble import FORKS, killed_at, small_disk
from tui.cli.database import tidy


@pytest.fixture(scope="module")
def made() -> bytes:
    """The image, made once."""
    return builtin_register.make_image()


@pytest.fixture
def kept(made: bytes, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Where it is kept; made anew in no time, as often as that is asked for."""
    monkeypatch.setattr(builtin_register, "make_image", lambda: made)
    image()
    path = Path(builtin_image.kept_at())
    assert path.is_file()
    yield path


def test_a_register_that_begins_as_a_copy_of_it_gives_pages_back(kept: Path, tmp_path: Path) -> None:
    """As one made without it does: whether a file can become smaller is settled before its first table."""
    create_register(tmp_path / "register.db")
    with closing(sqlite3.connect(tmp_path / "register.db")) as register:
        assert register.execute("PRAGMA auto_vacuum").fetchone() == (2,)


def content(found: Path | bytes) -> bytes:
    """What an image holds, kept in a file or not."""
    return found if isinstance(found, bytes) else found.read_bytes()


def flipped(content: bytes, place: int) -> bytes:
    """One bit of it turned round."""
    return content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.9, 1])
def test_an_image_of_which_a_bit_is_wrong_is_made_anew(kept: Path, made: bytes, part: float) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(flipped(whole, int(part * (len(whole) - 1))))
    assert content(image()) == made
    assert kept.read_bytes() == whole


@pytest.mark.parametrize("length", [0, 1, 15, 16, 100, 4096, -1])
def test_an_image_that_was_cut_off_is_made_anew(kept: Path, made: bytes, length: int) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(whole[:length])
    assert content(image()) == made
    assert kept.read_bytes() == whole


def test_a_damaged_image_harms_neither_the_built_in_register_nor_a_new_database(kept: Path, tmp_path: Path) -> None:
    whole = kept.read_bytes()
    for opened in ("built in", "new"):
        kept.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
        if opened == "new":
            create_register(tmp_path / "new.db")
        path = None if opened == "built in" else tmp_path / "new.db"
        with open_register(path, builtin=path is None) as register:
            found = register.ask(lambda connection: connection.execute("PRAGMA integrity_check").fetchall())
            assert [tuple(row) for row in found] == [("ok",)]
            assert register.brief("ods:RLQ").name


@pytest.mark.parametrize("obstacle", ["file", "folder", "link"])
def test_where_no_image_can_be_kept_one_is_made_each_time(kept: Path, made: bytes, obstacle: str) -> None:
    folder = kept.parent
    kept.unlink()
    if obstacle == "folder":
        kept.mkdir()
    else:
        folder.rmdir()
        if obstacle == "file":
            folder.touch()
        else:
            folder.symlink_to("nowhere/at/all")
    assert content(image()) == made


def test_where_the_disk_is_full_nothing_is_kept_and_nothing_left(
    kept: Path, made: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with small_disk(tmp_path / "disk", 64 * 1024) as disk:
        for module in (builtin_image, builtin_register):
            monkeypatch.setattr(module, "kept_at", lambda: str(disk / kept.name))
        assert content(image()) == made
        assert list(disk.iterdir()) == []


@pytest.mark.skipif(not FORKS, reason="processes are those of Unix")
def test_a_kill_while_it_is_kept_leaves_a_whole_one_or_none(kept: Path, made: bytes) -> None:
    for number in range(1, 100):
        kept.unlink(missing_ok=True)
        if not killed_at(number, image):
            break
        if kept.exists():
            assert kept.read_bytes() == made
            tidy(None)
            assert list(kept.parent.iterdir()) == [kept]
        kept.unlink(missing_ok=True)
        assert content(image()) == made
        assert list(kept.parent.iterdir()) == [kept]
    assert number > 5


@pytest.mark.skipif(not FORKS, reason="processes are those of Unix")
def test_a_kill_while_a_new_database_is_made_leaves_a_whole_one_or_none(kept: Path, tmp_path: Path) -> None:
    path = tmp_path / "own" / "r.db"
    for number in range(1, 100):
        if not killed_at(number, lambda: create_register(path)):
            break
        if path.exists():
            with closing(sqlite3.connect(path)) as register:
                assert register.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            path.unlink()
        create_register(path)
        assert os.listdir(path.parent) == ["r.db"]
        path.unlink()
    assert number > 5


@pytest.mark.skipif(not FORKS, reason="processes are those of Unix")
def test_two_that_make_it_at_once_both_have_it(kept: Path, made: bytes) -> None:
    kept.unlink()
    children = []
    for _ in range(4):
        child = os.fork()
        if child == 0:
            try:
                os._exit(0 if content(image()) == made else 1)
            finally:
                os._exit(2)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert content(image()) == made
    assert list(kept.parent.iterdir()) == [kept]


def test_an_error_names_the_database_that_was_to_be_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(builtin_register, "image", lambda: b"no database at all" * 1000)
    with pytest.raises(DatabaseError) as raised:
        create_register(tmp_path / "r.db")
    assert str(raised.value).startswith(f"{tmp_path / 'r.db'}: is not a database")
    assert list(tmp_path.iterdir()) == []
