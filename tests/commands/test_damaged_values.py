"""A register whose values were damaged is called damaged, in one line with exit code 4, and never a bug."""

from __future__ import annotations

import shutil
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from db.database.damage import find_damage
from db.doctor import examine
from db.entities.review import review
from db.errors import DatabaseError
from db.register import Register
from tui.cli.main import main

READING = (
    ["stats"],
    ["runs", "--format", "json"],
    ["diff", "1", "--format", "json"],
    ["find", "foundation", "--all", "--as-of", "2015"],
    ["find", "kind:arrangement"],
    ["show", "arr:foundation-group", "--format", "json"],
    ["links", "arr:foundation-group", "--format", "csv"],
    ["timeline", "arr:foundation-group"],
    ["review"],
    ["doctor"],
    ["export", "--to", "records"],
)
VALUES = ("NULL", "''", "'null'", "x'00ff41'", "-1", "4611686018427387904", "1.5", "'{'", "'[]'", "'2016-13-45'")


def damaged(source: Path, path: Path, seed: int) -> str:
    """Copy a register with a column of a table filled with nonsense; return what was done."""
    shutil.copyfile(source, path)
    random = Random(seed)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        named = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '_search%' AND sql LIKE '%(%'"
        tables = sorted(name for (name,) in connection.execute(named) if not name.startswith(("sqlite_", "_")))
        table = random.choice(tables)
        column = random.choice([row[1] for row in connection.execute(f"PRAGMA table_info({table})")])
        statement = f"UPDATE OR IGNORE {table} SET {column} = {random.choice(VALUES)} WHERE rowid % 3 = 0"
        try:
            connection.execute(statement)
        except sqlite3.Error as error:
            return f"{statement}: {error}"
    return statement


@pytest.mark.parametrize("seed", range(40))
def test_whatever_a_damaged_register_holds_no_command_calls_it_a_bug(
    built_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], seed: int
) -> None:
    done = damaged(built_in, tmp_path / "r.db", seed)
    for words in (READING[seed % len(READING)], READING[(3 * seed + 1) % len(READING)]):
        code = main([*words, "--db", str(tmp_path / "r.db")])
        said = capsys.readouterr().err
        assert code in (0, 1, 4), (done, words, said)
        assert "bug" not in said, (done, words, said)
        assert code == 0 or said.count("\n") <= 1, (done, words, said)


def written(path: Path, statement: str) -> Path:
    """Write what no import would."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute(statement)
    return path


@pytest.mark.parametrize(
    ("statement", "words", "said"),
    [
        (
            "UPDATE record SET name = x'00ff41'",
            ["show", "arr:foundation-group"],
            "table record holds what is no text",
        ),
        ("UPDATE run SET seconds = x'00'", ["runs"], "column seconds of table run holds what is no real"),
    ],
)
def test_damage_that_sqlite_does_not_notice_is_named(
    built_in: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], statement: str, words: list[str], said: str
) -> None:
    shutil.copyfile(built_in, tmp_path / "r.db")
    assert main([*words, "--db", str(written(tmp_path / "r.db", statement))]) == 4
    line = capsys.readouterr().err
    assert "r.db: is damaged (" in line
    assert said in line
    assert line.count("\n") == 1


def test_the_doctor_finds_values_that_no_import_writes(built_in: Path, tmp_path: Path) -> None:
    shutil.copyfile(built_in, tmp_path / "r.db")
    path = written(tmp_path / "r.db", "UPDATE _change SET before = '{' WHERE id = (SELECT min(id) FROM _change)")
    with closing(sqlite3.connect(path)) as connection:
        file = next(iter(examine(connection)))
    assert file.wrong == ("column before of table _change holds what is no JSON",)


def test_a_row_without_its_other_end_is_damage(built_in: Path, tmp_path: Path) -> None:
    shutil.copyfile(built_in, tmp_path / "r.db")
    path = written(tmp_path / "r.db", "DELETE FROM link_type")
    with closing(sqlite3.connect(path)) as connection:
        assert str(find_damage(connection)).endswith("belongs to a row of link_type that is not there")


def test_writing_to_a_damaged_register_says_so_too(built_in: Path, tmp_path: Path) -> None:
    shutil.copyfile(built_in, tmp_path / "r.db")
    path = written(
        tmp_path / "r.db",
        "INSERT INTO suggestion (id, run_id, record_id, rule, what, confidence, candidates, state) "
        "VALUES (1, 1, 1, 'x', 'x', 1, '{', 'open')",
    )
    with pytest.raises(DatabaseError, match=r"is damaged .column candidates of table suggestion holds what is no JSON"):
        review(path, {}, [1], command="review")


def test_what_no_check_explains_is_neither_called_damage_nor_a_bug(
    built_in: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise KeyError("x")

    with closing(sqlite3.connect(built_in)) as connection:
        monkeypatch.setattr(sys.modules["db.register"].words, "type_labels", fail)
        with pytest.raises(DatabaseError, match=r"makes no sense here .KeyError: 'x'.; `interlock"):
            Register(connection, label="r.db").type_labels()
