"""A person's own SQL reads, within limits, and can do nothing else."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db.database.builtin import create_register
from db.errors import InterlockError, QueryInterruptedError, UsageError
from db.reading import sql_worker
from tests.db.reading.small import Small

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "


@pytest.fixture
def filled(small: Small) -> Small:
    """A register with one record."""
    small.record("ods:A", "A Trust")
    small.index()
    return small


def test_a_query_returns_columns_and_rows(filled: Small) -> None:
    table = filled.register().sql("SELECT key, type, 1.5 AS half FROM record")

    assert (table.columns, table.rows, table.truncated) == (("key", "type", "half"), (("ods:A", None, 1.5),), False)


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM record",
        "INSERT INTO _meta VALUES ('a', 1)",
        "UPDATE record SET name = 'x'",
        "REPLACE INTO _meta VALUES ('a', 1)",
        "DROP TABLE record",
        "CREATE TABLE t (x)",
        "CREATE TEMP TABLE t (x)",
        "CREATE TEMP VIEW v AS SELECT 1",
        "CREATE VIRTUAL TABLE temp.v USING fts5(x)",
        "ALTER TABLE record ADD COLUMN x",
        "WITH x AS (SELECT 1) INSERT INTO _meta SELECT 'a', 1 FROM x",
        "BEGIN",
        "COMMIT",
        "SAVEPOINT s",
        "VACUUM",
        "REINDEX",
        "ANALYZE",
        "DETACH DATABASE main",
        "PRAGMA query_only = OFF",
        "PRAGMA user_version = 7",
        "PRAGMA user_version(7)",
        "PRAGMA writable_schema = 1",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA wal_checkpoint",
        "PRAGMA optimize",
        "SELECT load_extension('x')",
        "EXPLAIN DELETE FROM record",
        "UPDATE sqlite_master SET sql = NULL",
        "DELETE FROM sqlite_master",
        "INSERT INTO _search (_search) VALUES ('rebuild')",
    ],
)
def test_whatever_does_more_than_read_is_refused_and_changes_nothing(filled: Small, query: str) -> None:
    before = list(filled.connection.iterdump())

    with pytest.raises(UsageError, match="sql: ") as caught:
        filled.register().sql(query)

    assert "\n" not in str(caught.value)
    assert list(filled.connection.iterdump()) == before
    assert filled.register().sql("SELECT count(*) FROM record").rows == ((1,),)


@pytest.mark.parametrize("query", ["ATTACH '{}' AS other", "VACUUM INTO '{}'"])
def test_no_file_is_made(filled: Small, tmp_path: Path, query: str) -> None:
    target = tmp_path / "other.db"

    with pytest.raises(UsageError):
        filled.register().sql(query.format(target))

    assert not target.exists()


@pytest.mark.parametrize(
    "query",
    [
        "PRAGMA table_info(record)",
        "PRAGMA user_version",
        "SELECT name FROM pragma_table_info('record')",
        "SELECT sql FROM sqlite_master",
        "SELECT value FROM json_each('[1, 2]')",
        "SELECT r.key FROM _search s JOIN record r ON r.id = s.rowid & 0xFFFFFFFFFF WHERE _search MATCH 'trust'",
    ],
)
def test_the_schema_the_index_and_table_valued_functions_may_be_read(filled: Small, query: str) -> None:
    assert filled.register().sql(query).rows


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("SELECT nought FROM record", "no such column: nought"),
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM nowhere", "no such table: nowhere"),
        ("SELECT 1; SELECT 2", "one statement at a time"),
        ("SELECT ?", "parameter"),
        ("SELECT :name", "parameter"),
        ("", "no query"),
        ("-- only a comment", "no query"),
        ("SELECT 1 \x00", "null character"),
        ("SELECT json('{')", "malformed JSON"),
    ],
)
def test_a_wrong_query_is_told_in_sqlites_words_on_one_line(filled: Small, query: str, told: str) -> None:
    with pytest.raises(UsageError, match=told) as caught:
        filled.register().sql(query)
    assert "\n" not in str(caught.value)


def test_an_endless_query_is_cut_at_the_row_limit(filled: Small) -> None:
    table = filled.register().sql(ENDLESS + "SELECT x FROM n", limit=3)

    assert (table.rows, table.truncated) == (((1,), (2,), (3,)), True)


def test_as_many_rows_as_the_limit_are_not_truncated(filled: Small) -> None:
    assert not filled.register().sql("VALUES (1), (2)", limit=2).truncated
    assert filled.register().sql("VALUES (1), (2)", limit=0).truncated


def test_a_query_that_never_answers_is_stopped_at_its_time_limit(filled: Small) -> None:
    register = filled.register()

    with pytest.raises(QueryInterruptedError, match=r"limit of 0\.02 seconds.*--seconds"):
        register.sql(ENDLESS + "SELECT count(*) FROM n", seconds=0.02)

    assert register.sql("SELECT 1").rows == ((1,),)
    assert len(list(register.keys())) == 1


@pytest.mark.parametrize("limits", [{"limit": -1}, {"seconds": 0}, {"seconds": float("nan")}])
def test_limits_that_make_no_sense_are_refused(filled: Small, limits: dict[str, int]) -> None:
    with pytest.raises(UsageError, match="makes no sense"):
        filled.register().sql("SELECT 1", **limits)


def test_bytes_broken_text_and_numbers_come_as_something_that_can_be_shown(filled: Small) -> None:
    query = "SELECT x'00ff', CAST(x'41ff' AS TEXT), NULL, 9223372036854775807, 1e999"

    assert filled.register().sql(query).rows == (("x'00ff'", "A\ufffd", None, 2**63 - 1, float("inf")),)


def test_after_a_query_the_connection_is_as_it_was(filled: Small) -> None:
    longest = filled.connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH)
    register = filled.register()
    for query in ("SELECT 1", "DROP TABLE record"):
        try:
            register.sql(query)
        except InterlockError:
            continue

    assert filled.connection.getlimit(sqlite3.SQLITE_LIMIT_LENGTH) == longest
    assert filled.connection.text_factory is str
    assert not filled.connection.in_transaction
    filled.connection.execute("DELETE FROM _meta")


def test_an_answer_too_large_for_memory_is_refused_before_it_is_whole(filled: Small) -> None:
    query = ENDLESS + "SELECT hex(zeroblob(5000000)) FROM n"
    with pytest.raises(QueryInterruptedError, match="the answer is larger than 100 MB; ask for less"):
        filled.register().sql(query, limit=1_000_000, seconds=60)


STEP_OF_MINUTES = """
import sys, time
from db.errors import InterlockError
from db.register import open_register
register = open_register(sys.argv[1])
longest = "printf('%.*c', 9000000, 'a')"
for query in (f"SELECT instr({longest}, substr({longest}, 1, 4000000) || 'b')", "SELECT 1"):
    try:
        register.sql(query, seconds=0.05)
    except InterlockError as error:
        print(error)
register.close()
"""


def test_a_single_step_that_takes_minutes_is_left_at_the_time_limit_and_the_register_says_so(tmp_path: Path) -> None:
    create_register(tmp_path / "r.db")
    started = time.monotonic()

    done = subprocess.run(
        [sys.executable, "-c", STEP_OF_MINUTES, tmp_path / "r.db"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith("sql: stopped after its limit of 0.05 seconds")
    assert second == "r.db: is still busy with a statement that was stopped; open it again"
    assert time.monotonic() - started < 20


def test_a_statement_is_ended_where_the_process_grows_too_much(filled: Small) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("how much memory a process holds is asked on Linux only")
    query = ENDLESS + "SELECT json_group_array(hex(randomblob(500))) FROM n"
    with pytest.raises(QueryInterruptedError, match="limit of 60 MB of memory; ask for less, or allow more"):
        filled.register().sql(query, megabytes=60, seconds=60)


def test_a_text_longer_than_the_limit_is_named(filled: Small) -> None:
    with pytest.raises(QueryInterruptedError, match=r"too big, larger than 10\.24 MB; take a part of it with substr"):
        filled.register().sql("SELECT length(zeroblob(1000000000))")


def test_what_is_done_between_rows_takes_nothing_of_the_limit_of_time(
    filled: Small, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed = 0.0
    monkeypatch.setattr(sql_worker, "monotonic", lambda: time.monotonic() + passed)
    with filled.register().sql_rows(ENDLESS + "SELECT x FROM n", limit=2000, seconds=30) as rows:
        for _ in rows:
            passed += 60
    assert rows.truncated
