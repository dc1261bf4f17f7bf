"""A statement of one's own ends at its limits of time, memory and size, whatever one step of SQLite does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.commands.conftest import Interlock
from tests.commands.test_manners import command, line

LONG = "printf('%.*c', 9000000, 'a')"
ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
ONE_STEP = {
    "instr": f"SELECT instr({LONG}, printf('%.*c', 4000000, 'a') || 'b')",
    "replace": f"SELECT replace({LONG}, printf('%.*c', 4000000, 'a') || 'b', '')",
    "like": f"SELECT {LONG} LIKE '%' || printf('%.*c', 40000, 'a') || 'b'",
}
"""Statements of which a single step takes minutes."""


@pytest.mark.parametrize("query", [*ONE_STEP.values(), f"{ENDLESS} SELECT count(*) FROM n"], ids=[*ONE_STEP, "rows"])
def test_the_limit_of_time_holds_within_a_single_step_too(interlock: Interlock, built_in: Path, query: str) -> None:
    started = time.monotonic()
    said = line(interlock("sql", query, "--seconds", "0.3", "--db", built_in), 4)
    assert said == "sql: stopped after its limit of 0.3 seconds; ask for less, or allow more with --seconds"
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("query", [ONE_STEP["instr"], f"{ENDLESS} SELECT count(*) FROM n"], ids=["step", "rows"])
def test_an_interrupt_ends_a_statement_at_once_with_130(built_in: Path, cache: Path, query: str) -> None:
    words, environment = command("sql", query, "--seconds", "100", "--db", built_in, cache=cache)
    process = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    busy(process.pid)
    process.send_signal(signal.SIGINT)
    output, errors = process.communicate(timeout=10)
    assert (process.returncode, output, errors) == (130, b"", b"")


def busy(pid: int) -> None:
    """Wait until a process has a second thread, which runs the statement, and has had some work."""
    if not sys.platform.startswith("linux"):
        pytest.skip("what a process does is told by /proc, which is not here")
    deadline = time.monotonic() + 30
    while len(os.listdir(f"/proc/{pid}/task")) < 2 and time.monotonic() < deadline:
        os.sched_yield()
    worker = max(os.listdir(f"/proc/{pid}/task"), key=int)
    while time.monotonic() < deadline:
        # Field 14 counts hundredths of a second of work.
        if int(Path(f"/proc/{pid}/task/{worker}/stat").read_text().rpartition(")")[2].split()[11]) >= 5:
            return
        os.sched_yield()


MEASURE = """
import json, os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
said = process.stderr.read().decode()
_, status, used = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
print(json.dumps([process.returncode, said, used.ru_maxrss // 1024]))
"""
"""In a process of its own, because Linux counts what a process held before it became another program."""


def measured(words: list[str], environment: dict[str, str]) -> tuple[int, str, int]:
    """Run a command; return its exit code, what it complained of, and the most memory that it held, in megabytes."""
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *words], env=environment, capture_output=True, text=True, check=True
    )
    code, said, held = json.loads(done.stdout)
    return code, said, held


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux limits the memory of a process")
@pytest.mark.parametrize(
    ("query", "form"),
    [
        (f"{ENDLESS} SELECT json_group_array(hex(randomblob(200))) FROM n", "table"),
        (f"SELECT {', '.join(['hex(randomblob(4000000))'] * 60)}", "csv"),
        (f"{ENDLESS} SELECT x, printf('%.*c', 400, '€') FROM n", "table"),
        (f"SELECT {LONG} || '😀\u202e'", "csv"),
        (f"SELECT {LONG} || '😀\u202e'", "json"),
    ],
    ids=["aggregate", "row", "table", "csv", "json"],
)
def test_no_statement_takes_more_memory_than_its_limit(built_in: Path, cache: Path, query: str, form: str) -> None:
    words = ("sql", query, "--format", form, "--limit", "10000000", "--seconds", "60", "--db", built_in)
    code, said, held = measured(*command(*words, cache=cache))
    assert held < 256
    if code:
        assert code == 4, said
        assert said.startswith("interlock: sql: ")
        assert said.count("\n") == 1
        assert "--memory" in said


def test_the_limit_of_memory_can_be_raised(interlock: Interlock, built_in: Path) -> None:
    query = f"{ENDLESS} SELECT length(json_group_array(hex(randomblob(100)))) FROM (SELECT x FROM n LIMIT 100000)"
    words = ("sql", query, "--format", "csv", "--seconds", "60", "--db", built_in)
    assert "allow more with --memory" in line(interlock(*words), 4)
    assert interlock(*words, "--memory", "2000").returncode == 0
    too_long = ("sql", "SELECT length(hex(zeroblob(9000000)))", "--format", "csv", "--db", built_in)
    assert "larger than 10.24 MB; take a part of it with substr(), or allow more" in line(interlock(*too_long), 4)
    assert interlock(*too_long, "--memory", "1000").returncode == 0


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "tsv", "markdown", "table"])
def test_an_answer_ends_at_its_limit_of_size(interlock: Interlock, built_in: Path, form: str) -> None:
    words = ("sql", f"{ENDLESS} SELECT x, printf('%.*c', 400, 'a') FROM n", "--limit", "5000", "--format", form)
    done = interlock(*words, "--size", "1", "--db", built_in)
    assert done.returncode == 4
    assert done.stderr == "interlock: sql: the answer is larger than 1 MB; ask for less, or allow more with --size\n"
    assert len(done.stdout) <= 1_000_000
    assert interlock(*words, "--size", "3", "--db", built_in).returncode == 0


def test_a_long_text_is_cut_in_a_table_with_a_word_and_whole_elsewhere(interlock: Interlock, built_in: Path) -> None:
    words = ("sql", f"SELECT 1 AS a, {LONG} AS b UNION ALL SELECT 2, 'x'", "--db", built_in)
    table = interlock(*words)
    assert (table.returncode, len(table.stdout) < 3000) == (0, True)
    assert table.stderr == "1 long text was cut to 500 characters; --format csv or json shows all\n"
    assert len(json.loads(interlock(*words, "--format", "json").stdout)["rows"][0][1]) == 9_000_000
    assert len(interlock(*words, "--format", "csv").stdout) > 9_000_000


def test_a_statement_that_fails_after_some_rows_has_written_none_of_a_short_answer(
    interlock: Interlock, built_in: Path
) -> None:
    query = 'SELECT json(value) FROM json_each(\'["1", "2", "{"]\')'
    assert "malformed JSON" in line(interlock("sql", query, "--format", "csv", "--db", built_in), 2)


@pytest.mark.parametrize(
    "query",
    [
        "ATTACH '/etc/passwd' AS x",
        "PRAGMA writable_schema = ON",
        "PRAGMA hard_heap_limit = 0",
        "SELECT load_extension('x')",
        "SELECT readfile('/etc/passwd')",
        "SELECT writefile('x', 'y')",
        "SELECT * FROM fsdir('/')",
    ],
)
def test_nothing_reaches_beyond_the_database(interlock: Interlock, built_in: Path, query: str) -> None:
    assert line(interlock("sql", query, "--db", built_in), 2).startswith("sql: ")


@pytest.mark.parametrize("option", ["--memory", "--size", "--seconds"])
def test_a_limit_of_nothing_makes_no_sense(interlock: Interlock, built_in: Path, option: str) -> None:
    assert "makes no sense" in line(interlock("sql", "SELECT 1", option, "0", "--db", built_in), 2)
