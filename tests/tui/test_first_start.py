"""The first start, on which the built-in register is made: what is typed meanwhile, and how it is broken off."""

from __future__ import annotations

import signal
import sys

import pytest

from tests.terminal import Terminal

MAKES = """
import select, sys
from importers import builtin_image, builtin_register
from tui.cli.main import main
kept = builtin_image.kept_image
def image():
    builtin_image.kept_image = kept
    builtin_register.tell_making(1, 46)
    select.select([0], [], [])
    builtin_register.tell_making(46, 46)
    return builtin_register_image()
builtin_register_image, builtin_register.image = builtin_register.image, image
builtin_image.kept_image = lambda: None
sys.exit(main(sys.argv[1:]))
"""
"""The program as on its first start: what it makes is there as soon as a line has been typed."""

TELLS = "1 of 46 files"


def test_what_is_typed_while_the_register_is_made_is_kept_and_not_echoed() -> None:
    with Terminal("--builtin", program=(sys.executable, "-c", MAKES)) as terminal:
        terminal.wait_for_text(TELLS)
        terminal.type("rlq\r")
        terminal.wait_for_text("Joint board committee")
        before = bytes(terminal.raw).partition(b"\x1b[?1049h")[0]
        assert TELLS.encode() in before
        assert b"rlq" not in before
        terminal.press("ctrl+q")
        assert terminal.exit_status() == 0
        assert terminal.left_on() == []


def test_a_command_that_makes_the_register_leaves_what_is_typed_to_the_shell() -> None:
    with Terminal("show", "RLQ", "--builtin", program=(sys.executable, "-c", MAKES)) as terminal:
        terminal.wait_for_text(TELLS)
        terminal.type("ls\r")
        assert terminal.exit_status() == 0
        assert "Wye Valley" in terminal.text()
        assert b"ls\r\n" not in terminal.raw
        assert terminal.left_on() == []


@pytest.mark.parametrize("words", [("--builtin",), ("show", "RLQ", "--builtin")])
def test_the_making_broken_off_leaves_a_clean_terminal(words: tuple[str, ...]) -> None:
    with Terminal(*words, program=(sys.executable, "-c", MAKES)) as terminal:
        terminal.wait_for_text(TELLS)
        terminal.type("rl")
        terminal.press("ctrl+c")
        assert terminal.exit_status() == 130
        assert terminal.text().strip() == ""
        assert terminal.left_on() == []


def test_a_signal_that_ends_the_making_gives_the_terminal_back() -> None:
    with Terminal("--builtin", program=(sys.executable, "-c", MAKES)) as terminal:
        terminal.wait_for_text(TELLS)
        terminal.signal(signal.SIGTERM)
        assert terminal.exit_status() == -signal.SIGTERM
        assert terminal.left_on() == []
