"""Where an answer or a remark cannot be written: one line and exit code 5, or quiet."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.commands.test_manners import command
from tui.cli.arguments import FORMATS

FULL = Path("/dev/full")
NO_SPACE = b"interlock: could not write the answer: No space left on device\n"

pytestmark = pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")


def into_full(words: list[str], environment: dict[str, str]) -> tuple[int, bytes]:
    """Run a command whose answer cannot be written; return its exit code and what it complained of."""
    with FULL.open("wb") as full:
        done = subprocess.run(words, env=environment, stdout=full, stderr=subprocess.PIPE, check=False)
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["--version"],
        ["find", "--help"],
        ["formats"],
        ["stats"],
        ["runs"],
        ["diff", "1"],
        ["doctor"],
        ["find", "wye"],
        ["links", "RLQ"],
        ["export", "--to", "records"],
        *(["show", "RLQ", "--format", form] for form in FORMATS),
        *(["sql", "SELECT * FROM _statement", "--format", form] for form in FORMATS),
    ],
    ids=" ".join,
)
def test_an_answer_that_cannot_be_written_is_one_line_and_exit_code_5(
    built_in: Path, cache: Path, words: list[str]
) -> None:
    assert into_full(*command(*words, "--db", built_in, cache=cache)) == (5, NO_SPACE)


def test_so_it_is_without_buffers_too(built_in: Path, cache: Path) -> None:
    words, environment = command("stats", "--db", built_in, cache=cache)
    assert into_full(words, {**environment, "PYTHONUNBUFFERED": "1"}) == (5, NO_SPACE)


@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize(
    ("words", "code"),
    [(["stats"], 0), (["find", "--nosuch", "x"], 2), (["show", "x", "--debug"], 1), (["sql", "x"], 2)],
)
def test_a_remark_that_cannot_be_written_changes_no_exit_code(
    built_in: Path, cache: Path, words: list[str], code: int, unbuffered: str
) -> None:
    named, environment = command(*words, "--db", built_in, cache=cache)
    environment["PYTHONUNBUFFERED"] = unbuffered
    with FULL.open("wb") as full:
        done = subprocess.run(named, env=environment, stdout=subprocess.PIPE, stderr=full, check=False)
    assert done.returncode == code


def test_an_error_whose_answer_has_begun_and_cannot_be_written_stays_one_line(built_in: Path, cache: Path) -> None:
    query = "SELECT json(value) FROM json_each(json_array('1', '2', '{'))"
    words, environment = command("sql", query, "--format", "csv", "--db", built_in, cache=cache)
    code, said = into_full(words, environment)
    assert (code, said) == (2, b"interlock: sql: malformed JSON\n")


@pytest.mark.parametrize("form", FORMATS)
def test_whoever_closes_the_pipe_hears_nothing_more(built_in: Path, cache: Path, form: str) -> None:
    words, environment = command("sql", "SELECT key FROM record", "--format", form, "--db", built_in, cache=cache)
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(words, env=environment, stdout=write, stderr=subprocess.PIPE, check=False)
    os.close(write)
    assert (done.returncode, done.stderr) == (0, b"")
