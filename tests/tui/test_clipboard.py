"""Copying through the terminal."""

from __future__ import annotations

import base64
import re

import pytest

from tests.tui.fake_register import HOSTILE
from tui.explorer.clipboard import LARGEST, copy

XTERM = {"TERM": "xterm-256color"}


def payload(sequence: str) -> str:
    """The text that a sequence carries."""
    found = re.search(r"\x1b\]52;c;([A-Za-z0-9+/=]*)\x07", sequence)
    assert found
    return base64.b64decode(found[1]).decode()


def test_a_key_is_sent_and_the_notice_does_not_promise_that_it_arrived() -> None:
    copied = copy("ods:RLQ", XTERM)
    assert payload(copied.sequence) == "ods:RLQ"
    assert copied.notice == "Sent to the terminal's clipboard: ods:RLQ"


def test_inside_tmux_the_sequence_is_sent_both_plain_and_wrapped() -> None:
    copied = copy("ods:RLQ", {"TMUX": "/run/tmux,1,0", "TERM": "tmux-256color"})
    assert copied.sequence.startswith("\x1b]52;c;")
    assert "\x1bPtmux;\x1b\x1b]52;c;" in copied.sequence
    assert copied.sequence.endswith("\x1b\\")
    assert "set-clipboard" in copied.notice


@pytest.mark.parametrize("environ", [{"STY": "1.x", "TERM": "xterm"}, {"TERM": "screen"}])
def test_inside_screen_the_sequence_is_sent_in_pieces(environ: dict[str, str]) -> None:
    text = "x" * 300
    copied = copy(text, environ)
    pieces = re.findall(r"\x1bP(.*?)\x1b\\", copied.sequence, re.DOTALL)
    assert max(len(piece) for piece in pieces) <= 76
    assert payload("".join(pieces)) == text


def test_what_is_too_long_is_not_sent_and_the_notice_says_so() -> None:
    assert copy("x" * LARGEST, XTERM).sequence
    copied = copy("x" * (LARGEST + 1), XTERM)
    assert (copied.sequence, copied.notice) == ("", "Not copied: 74,995 bytes, terminals take 74,994")


@pytest.mark.parametrize("term", ["linux", "dumb"])
def test_a_terminal_without_a_clipboard_is_told(term: str) -> None:
    assert copy("x", {"TERM": term}).sequence == ""
    assert "no clipboard" in copy("x", {"TERM": term}).notice


def test_nothing_is_not_copied() -> None:
    assert copy("", XTERM).sequence == ""


def test_hostile_text_is_harmless_where_it_is_pasted() -> None:
    text = payload(copy(HOSTILE, XTERM).sequence)
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e\u2066]", text)
