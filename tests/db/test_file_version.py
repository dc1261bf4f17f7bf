"""Noticing that a register's file has been changed, replaced or taken away while it is open."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from db.database.version import FileVersion
from db.errors import DatabaseError
from db.register import Register, open_register
from importers.builtin_register import create_register


def version(register: Register) -> FileVersion:
    """The version of a register that is in a file."""
    found = register.version()
    assert found
    return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A register in a file."""
    made = tmp_path / "x.db"
    create_register(made)
    return made


def test_a_register_in_memory_has_no_version() -> None:
    assert open_register(builtin=True).version() is None


def test_a_version_stays_as_long_as_nobody_touches_the_file(path: Path) -> None:
    register = open_register(path)
    before = version(register)
    register.stats()
    register.find("wye")
    assert version(register) == before


def test_another_connections_commit_makes_another_version(path: Path) -> None:
    from db.database.connection import open_writing

    register = open_register(path)
    before = version(register)
    writing = open_writing(path)
    writing.execute("UPDATE record SET name = name || '!'")
    assert version(register).differs(before)
    writing.close()


def test_upkeep_of_the_file_is_another_version_of_the_same_contents(path: Path) -> None:
    register = open_register(path)
    before = version(register)
    os.utime(path, (1, 1))
    assert version(register) != before
    assert not version(register).differs(before)


def test_a_file_in_its_place_makes_another_version(path: Path, tmp_path: Path) -> None:
    register = open_register(path)
    before = version(register)
    create_register(tmp_path / "new.db")
    os.replace(tmp_path / "new.db", path)
    assert version(register).differs(before)


def test_a_damaged_file_makes_another_version_and_a_missing_one_is_told(path: Path) -> None:
    register = open_register(path)
    before = version(register)
    path.write_bytes(b"\xff" * path.stat().st_size)
    assert version(register).differs(before) or version(register) != before
    path.unlink()
    with pytest.raises(DatabaseError, match=r"^x\.db: is no longer there; put it back"):
        register.version()
    register.close()
