"""How commands behave beside their answers: errors, streams, terminals, interrupts, and where the database is."""

from __future__ import annotations

import json
import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.commands.conftest import ROOT, Interlock
from tui.cli.commands import COMMANDS


def line(done: subprocess.CompletedProcess[str], code: int) -> str:
    """The one line on stderr with which a command ended."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("interlock: ")
    return done.stderr.removeprefix("interlock: ").strip()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["help", "fnd"], "there is no command fnd; did you mean find?"),
        (["help", "quux"], "there is no command quux; to search for it: interlock find quux"),
        (["--bultin", "stats"], "stats has no option --bultin; did you mean --builtin?"),
        (["--limit", "3", "find"], "there is no option --limit before the command"),
        (["show"], "show needs KEY: interlock show KEY"),
        (["find", " "], "find needs a text: the one given is empty"),
        (["runs", "7"], "runs does not know what to do with '7'; see interlock runs --help"),
        (["stats", "--db", "a.db", "--builtin"], "--builtin and --db name two databases; choose one"),
        (["import", "x.csv", "--builtin"], "the built-in register cannot be written to"),
        (["import", "x.csv", "--map", "m.yaml"], "--map: there is no file 'm.yaml'"),
        (["export"], "export needs --to FORMAT; in this version: records"),
        (["export", "--to", "ftm"], "--to: 'ftm' is not in this version; it may be records"),
        ([], "the explorer needs a terminal; in a pipe or script use interlock find TEXT"),
        (["open", "RLQ"], "the explorer needs a terminal"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_2(interlock: Interlock, words: list[str], said: str) -> None:
    assert line(interlock(*words), 2).startswith(said)


def test_help_and_version_go_to_stdout(interlock: Interlock) -> None:
    whole = interlock("--help")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert all(f"  {command} " in whole.stdout for command in COMMANDS)
    one = interlock("find", "--help")
    assert one.stdout.startswith("interlock find TEXT… [FILTERS]\n")
    assert interlock("help", "find").stdout == one.stdout
    assert interlock("--version").stdout.startswith("interlock ")


def test_a_database_that_was_named_and_is_missing_is_an_error(interlock: Interlock, tmp_path: Path) -> None:
    missing = tmp_path / "missing.db"
    assert str(missing) in line(interlock("stats", "--db", missing), 4)
    assert str(missing) in line(interlock("stats", environment={"INTERLOCK_DB": str(missing)}), 4)
    assert not missing.exists()


def test_the_users_own_database_is_made_by_the_first_command_that_reads(interlock: Interlock) -> None:
    assert interlock("find", "wye").returncode == 0
    assert (Path(os.environ["XDG_DATA_HOME"]) / "interlock" / "interlock.db").exists()


def test_where_no_database_can_be_made_the_built_in_register_is_read(interlock: Interlock, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    shown = interlock("show", "RLQ", environment={"XDG_DATA_HOME": str(blocked)})
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.startswith("Wye Valley NHS Trust\n")


def test_the_option_comes_before_the_environment(interlock: Interlock, built_in: Path) -> None:
    done = interlock("stats", "--db", built_in, environment={"INTERLOCK_DB": "/nowhere/else.db"})
    assert done.returncode == 0


def test_reading_leaves_the_database_as_it_was(interlock: Interlock, built_in: Path) -> None:
    before = (built_in.read_bytes(), built_in.stat().st_mtime_ns)
    interlock("find", "wye", "--db", built_in)
    assert (built_in.read_bytes(), built_in.stat().st_mtime_ns) == before


def test_what_is_no_database_is_refused_with_exit_code_4(interlock: Interlock, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("These are notes, not a database. " * 100)
    assert "notes.txt" in line(interlock("stats", "--db", file), 4)


def test_a_traceback_is_shown_only_on_purpose(interlock: Interlock) -> None:
    assert "Traceback" not in interlock("show").stderr
    shown = interlock("show", "--debug")
    assert shown.returncode == 2
    assert shown.stderr.startswith("Traceback")
    assert shown.stderr.splitlines()[-1] == "interlock: show needs KEY: interlock show KEY"


def command(*words: str | Path, cache: Path) -> tuple[list[str], dict[str, str]]:
    """The words and environment of a process that runs `interlock`."""
    return [sys.executable, "-m", "tui", *map(str, words)], {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "XDG_CACHE_HOME": str(cache),
    }


def told_to_end_while_it_reads(
    words: list[str], environment: dict[str, str], pipe: Path, number: signal.Signals
) -> tuple[int, bytes, bytes]:
    """Run a command that reads a pipe, and signal it once it does; return its exit code and what it wrote."""
    os.mkfifo(pipe)
    process = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    with open(pipe, "wb"):  # opens once the command has begun to read
        process.send_signal(number)
    # Python may wait for the pipe for ever if the signal comes just before that; now that it is closed it hears of it.
    output, errors = process.communicate()
    return process.returncode, output, errors


def test_an_interrupt_ends_with_130_and_no_traceback(tmp_path: Path, cache: Path) -> None:
    pipe = tmp_path / "pipe"
    words, environment = command("import", pipe, "--db", tmp_path / "x.db", cache=cache)
    code, output, errors = told_to_end_while_it_reads(words, environment, pipe, signal.SIGINT)
    assert (code, output) == (130, b"")
    assert b"Traceback" not in errors
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_import_that_is_told_to_end_leaves_nothing_half_made(
    tmp_path: Path, cache: Path, number: signal.Signals
) -> None:
    (tmp_path / "temporary").mkdir()
    pipe = tmp_path / "pipe"
    words, environment = command("import", pipe, "--db", tmp_path / "x.db", cache=cache)
    environment["TMPDIR"] = str(tmp_path / "temporary")
    assert told_to_end_while_it_reads(words, environment, pipe, number) == (128 + number, b"", b"")
    assert list((tmp_path / "temporary").iterdir()) == []
    assert not (tmp_path / "x.db").exists()


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_terminal_without_unicode_gets_escapes_and_no_error(interlock: Interlock, built_in: Path, form: str) -> None:
    words = ("sql", "select 'Tŷ – 😀' as a", "--db", built_in, "--format", form)
    done = interlock(*words, environment={"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 0, done.stderr
    assert "T\\u0177 \\u2013 \\ud83d\\ude00" in done.stdout


@pytest.mark.parametrize("closed", ["1", "2"])
def test_a_stream_that_was_closed_before_the_start_is_no_error(closed: str, built_in: Path, cache: Path) -> None:
    words, environment = command("stats", "--db", built_in, cache=cache)
    shell = ["sh", "-c", f'exec {closed}>&-; exec "$@"', "sh", *words]
    done = subprocess.run(shell, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize("words", [["import", "-"], ["open"], []])
def test_a_stdin_that_was_closed_before_the_start_is_one_line(words: list[str], tmp_path: Path, cache: Path) -> None:
    words, environment = command(*words, "--db", tmp_path / "x.db", cache=cache)
    shell = ["sh", "-c", 'exec <&-; exec "$@"', "sh", *words]
    done = subprocess.run(shell, env=environment, capture_output=True, check=False)
    assert done.returncode in (2, 3)
    assert done.stderr.count(b"\n") == 1
    assert b"bug" not in done.stderr


def on_terminal(words: list[str], environment: dict[str, str]) -> str:
    """What a command writes on a terminal of 60 columns."""
    parent, child = pty.openpty()
    process = subprocess.Popen(words, env={**environment, "COLUMNS": "60"}, stdout=child, stderr=child, stdin=child)
    os.close(child)
    written = b""
    while process.poll() is None or select.select([parent], [], [], 0)[0]:
        if select.select([parent], [], [], 0.05)[0]:
            try:
                written += os.read(parent, 65536)
            except OSError:
                break
    process.wait()
    os.close(parent)
    return written.decode().replace("\r\n", "\n")


def test_a_terminal_gets_colour_and_lines_that_fit(built_in: Path, cache: Path) -> None:
    words, environment = command("find", "kind:arrangement", "--db", built_in, cache=cache)
    shown = on_terminal(words, environment)
    assert "\x1b[1m" in shown
    assert "…" in shown
    plain = on_terminal([*words, "--color", "never"], environment)
    assert "\x1b" not in plain
    assert "\x1b" not in on_terminal(words, {**environment, "NO_COLOR": "1"})


def test_a_pipe_gets_no_colour_and_whole_names(interlock: Interlock, built_in: Path) -> None:
    words = ("find", "kind:arrangement", "--db", built_in)
    assert "\x1b" not in interlock(*words).stdout
    assert "…" not in interlock(*words, environment={"COLUMNS": "40"}).stdout
    assert "\x1b[1m" in interlock(*words, environment={"FORCE_COLOR": "1"}).stdout


@pytest.mark.parametrize("words", [["help", "--help"], ["help", "--db", "a.db"], ["help", "help"], ["--help", "find"]])
def test_help_is_given_whatever_stands_beside_it(interlock: Interlock, words: list[str]) -> None:
    done = interlock(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Options" in done.stdout


def test_the_version_needs_no_words(interlock: Interlock) -> None:
    assert interlock("find", "--version").stdout == interlock("--version").stdout


@pytest.mark.parametrize("text", ["zzzzqqqq", "kind:nope", "zzzzqqqq kind:site", "*"])
def test_nothing_found_is_one_line(interlock: Interlock, built_in: Path, text: str) -> None:
    done = interlock("find", *text.split(), "--db", built_in)
    assert line(done, 1).startswith(f"nothing found for {text}")
    assert done.stderr.count("nothing found") == 1
    told = interlock("find", *text.split(), "--db", built_in, "--format", "json")
    assert (told.returncode, json.loads(told.stdout)["results"]) == (1, [])
