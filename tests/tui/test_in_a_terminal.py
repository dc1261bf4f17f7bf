"""The explorer as a program in a terminal: type-ahead, what is not typed, signals, suspending, crashes, rest."""

from __future__ import annotations

import re
import signal
import stat
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.terminal import PATIENCE, Terminal

SETTLED = "built-in register"
"""What the first line says once the register has been opened."""

OWNED = "\x1b]0;owned\x07"

RAISES = f"""
import sys
from tui.cli.main import main
from tui.explorer.screens.explore import ExploreScreen
def action_help(self):
    raise KeyError({OWNED!r})
ExploreScreen.action_help = action_help
sys.exit(main(sys.argv[1:]))
"""

WORKER_RAISES = """
import sys
from tui.cli.main import main
from db.register import Register
def find(self, text, **more):
    if text == "wye":
        raise KeyError("no such word")
    return found(self, text, **more)
found, Register.find = Register.find, find
sys.exit(main(sys.argv[1:]))
"""

ANSWERS = (
    "\x1b[?62;c",
    "\x1b[?65;1;2;6;9;15;16;17;18;21;22;28;29c",
    "\x1b[>0;276;0c",
    "\x1b[0n",
    "\x1b[?997;1n",
    "\x1b[12;40R",
    "\x1b[8;24;80t",
    "\x1b[?1u",
    "\x1b[?2026;2$y",
    "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\",
    "\x1b]10;rgb:ff/ff/ff\x07",
    "\x1b]52;c;d3ll\x07",
    "\x1bP>|xterm(390)\x1b\\",
    "\x1bP1$r0m\x1b\\",
    "\x1b_Gi=31;OK\x1b\\",
)
"""What terminals answer when they are asked what they are, how large, in which colours, and what they hold."""


@pytest.fixture(scope="module")
def running() -> Iterator[Terminal]:
    """An explorer that several tests use one after the other."""
    with Terminal("--builtin") as terminal:
        ready(terminal)
        yield terminal


@pytest.fixture
def used(running: Terminal) -> Terminal:
    """The explorer that several tests use, its search empty."""
    running.press("ctrl+e", "ctrl+u")
    running.wait_for_text(" arrangements")
    return running


@pytest.fixture
def explorer() -> Iterator[Terminal]:
    """An explorer of one's own, on the built-in register, its first answer on the screen."""
    with Terminal("--builtin") as terminal:
        ready(terminal)
        yield terminal


def ready(terminal: Terminal) -> None:
    """Wait until the register is open and the first results are there."""
    terminal.wait_for_text(SETTLED)
    terminal.wait_for_text(" arrangements")


def typed(terminal: Terminal) -> str:
    """What stands in the search line."""
    found = re.search(r"❯ (.*?)  .*" + SETTLED, terminal.line(0))
    return found.group(1) if found else ""


def left_well(terminal: Terminal, status: int = 0) -> None:
    """The program ends, with this status, and the terminal is as it was."""
    assert terminal.exit_status() == status
    assert terminal.left_on() == []


# -- What is typed ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", ["", "\x1b[?1049h", "❯"])
def test_what_is_typed_before_the_explorer_is_there_arrives_whole(seen: str) -> None:
    """Typed before the program has started, once it has the terminal, and once the first picture is there."""
    with Terminal("--builtin", early=b"" if seen else b"wye valley") as terminal:
        terminal.wait_for(lambda: seen.encode() in terminal.raw, "the moment to type at")
        if seen:
            terminal.type("wye valley")
        terminal.wait_for(lambda: typed(terminal) == "wye valley", "all that was typed")


def test_enter_typed_before_the_explorer_is_there_opens_what_is_found() -> None:
    with Terminal("--builtin", early=b"rlq\n") as terminal:
        terminal.wait_for_text("Joint board committee")


def test_letters_do_not_overtake_a_key_that_does_something(used: Terminal) -> None:
    """Over a slow line several keys come at once: `/` goes to the search before the letters after it are typed."""
    used.press("escape")
    used.wait_for(lambda: "Ctrl+q quit" not in used.text(), "the results to have the keys")
    used.type("/trust\x17rlq\r")
    used.wait_for_text("Joint board committee")
    assert typed(used) == "rlq"
    used.type("/")
    used.wait_for_text("Ctrl+q quit")


def test_bytes_that_are_no_text_and_answers_of_the_terminal_are_not_typed(used: Terminal) -> None:
    used.type(b"caf\xe9 \x82a\x1b[M\x43\xa2\x30b")
    for answer in ANSWERS:
        used.type(answer)
    used.type("c")
    used.wait_for(lambda: typed(used) == "caf abc", "what was typed, and nothing else")


def test_a_paste_of_several_lines_becomes_one(used: Terminal) -> None:
    used.type("\x1b[200~\twye\r\n\r\n  valley\t\tnhs\ntrust\n\x1b[201~")
    used.wait_for(lambda: typed(used) == "wye valley nhs trust", "the lines as one")


def test_behind_a_paste_of_hidden_letters_one_types_on(used: Terminal) -> None:
    used.type("\x1b[200~w\u202ey\x07\x1b[201~" + "e")
    used.wait_for(lambda: typed(used) == "w⟨U+202E⟩y␇e", "what was pasted and then typed")


def test_a_lone_escape_byte_is_the_escape_key(used: Terminal) -> None:
    used.press("f1")
    used.wait_for(lambda: used.line(0).startswith(" Help"), "the help")
    used.press("escape")
    used.wait_for(lambda: "❯" in used.line(0), "the end of the help")


# -- How it ends ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["ctrl+q", "ctrl+c"])
def test_the_keys_that_leave_put_the_terminal_right(explorer: Terminal, key: str) -> None:
    explorer.press(key)
    left_well(explorer)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT, signal.SIGINT])
def test_a_signal_ends_it_as_it_ends_any_program_and_the_terminal_is_put_right(
    explorer: Terminal, number: signal.Signals
) -> None:
    explorer.signal(number)
    left_well(explorer, -number)


def test_a_terminal_that_is_closed_ends_it(explorer: Terminal) -> None:
    explorer.hang_up()
    # It may find that nothing can be read any more before the system sends the signal; a shell calls both 129.
    assert explorer.process.wait(PATIENCE) in (-signal.SIGHUP, 128 + signal.SIGHUP)


def test_a_terminal_that_is_closed_ends_it_where_hanging_up_is_ignored() -> None:
    program = ("sh", "-c", 'trap "" HUP; exec "$@"', "sh", sys.executable, "-m", "tui")
    with Terminal("--builtin", program=program) as terminal:
        ready(terminal)
        terminal.hang_up()
        assert terminal.process.wait(PATIENCE) == 128 + signal.SIGHUP


@pytest.mark.parametrize("elsewhere", ["2>file", "2>/dev/full", "2>&-"])
def test_it_is_shown_where_standard_error_leads_elsewhere(elsewhere: str, tmp_path: Path) -> None:
    program = ("sh", "-c", f'cd "$0"; exec "$@" {elsewhere}', str(tmp_path), sys.executable, "-m", "tui")
    with Terminal("--builtin", program=program) as terminal:
        ready(terminal)
        terminal.press("ctrl+q")
        left_well(terminal)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == ([b""] if elsewhere == "2>file" else [])


def job_states(shell: int) -> set[str]:
    """The states of all processes in a shell's session but its own, as the system's letters."""
    states = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, _, _, session, *_ = path.read_text("utf-8", "replace").rpartition(")")[2].split()
            if int(session) == shell and path.parent.name != str(shell):
                states.add(state)
    return states


def test_suspending_gives_the_terminal_to_the_shell_and_fg_brings_all_back() -> None:
    with Terminal("-i", program=("sh",), environment={"PS1": "shell> ", "ENV": ""}) as terminal:
        terminal.wait_for_text("shell>")
        # One process more in the job, as with make: the shell notices only when all of them have stopped.
        terminal.type(f"sh -c '{sys.executable} -m tui --builtin; echo left with $?'\r")
        ready(terminal)
        terminal.type("wye")
        terminal.wait_for_text("found")
        began = len(terminal.raw)
        terminal.press("ctrl+z")
        terminal.wait_for(lambda: b"shell> " in terminal.raw[began:], "the prompt of the shell")
        terminal.wait_for(lambda: job_states(terminal.process.pid) == {"T"}, "all of the job stopped")
        assert terminal.left_on() == []
        began = len(terminal.raw)
        terminal.type("fg\r")
        # The emulator keeps the screen of before, so what counts is that it is painted anew.
        terminal.wait_for(lambda: b"found" in terminal.raw[began:], "the screen painted anew")
        terminal.wait_for(lambda: typed(terminal) == "wye", "the screen as it was")
        terminal.type(" valley")
        terminal.wait_for(lambda: typed(terminal) == "wye valley", "what is typed then")
        terminal.press("ctrl+q")
        terminal.wait_for_text("left with 0")
        assert terminal.left_on() == []


def test_it_goes_on_where_there_is_no_shell_to_suspend_to(used: Terminal) -> None:
    began = len(used.raw)
    used.press("ctrl+z")
    used.wait_for(lambda: b"\x1b[?1049h" in used.raw[began:], "the alternate screen again")
    used.type("wye")
    used.wait_for(lambda: typed(used) == "wye", "what is typed after it")


# -- What goes wrong --------------------------------------------------------------------------------------------------


def test_a_crash_is_one_line_that_names_a_log_file_of_the_user_alone(own_environment: Path) -> None:
    with Terminal("--builtin", program=(sys.executable, "-c", RAISES)) as terminal:
        ready(terminal)
        began = len(terminal.raw)
        terminal.press("f1")
        left_well(terminal, 1)
        (log,) = own_environment.rglob("crash.log")
        written = bytes(terminal.raw[began:]).decode().partition("\x1b[?1049l")[2]
    lines = re.sub(r"\x1b\[[0-?]*[@-~]", "", written).splitlines()
    assert lines == [f"interlock: this is a bug in Interlock: KeyError: {OWNED!r}; where it happened is in {log}"]
    assert "in action_help" in log.read_text("utf-8")
    assert "\x1b" not in log.read_text("utf-8")
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_mistake_while_reading_is_told_and_kept_and_the_explorer_goes_on(own_environment: Path) -> None:
    with Terminal("--builtin", program=(sys.executable, "-c", WORKER_RAISES), size=(200, 24)) as terminal:
        ready(terminal)
        terminal.type("wye")
        terminal.wait_for_text("Something went wrong inside Interlock: KeyError")
        terminal.wait_for(lambda: any(own_environment.rglob("crash.log")), "the log file")
        terminal.press("backspace")
        terminal.wait_for(lambda: typed(terminal) == "wy", "the explorer to go on")
    (log,) = own_environment.rglob("crash.log")
    assert "no such word" in log.read_text("utf-8")


# -- At rest ----------------------------------------------------------------------------------------------------------


def test_a_screen_at_rest_writes_nothing(used: Terminal) -> None:
    used.type("wye")
    used.wait_for_text("found")
    used.wait_for(lambda: not used.read(3), "rest, after what is counted once results are there")
    assert not used.read(0.7)


def test_what_another_program_has_written_over_the_screen_is_gone_once_it_is_painted_anew(used: Terminal) -> None:
    used.write_over("\x1b[5;1Ha message to all users")
    assert "a message to all users" in used.line(4)
    used.press("ctrl+l")
    used.wait_for(lambda: "a message to all users" not in used.text(), "the screen without it")
