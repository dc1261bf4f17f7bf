"""What is read from a terminal: every key is the same as Textual's parser reads it, and nothing else is ever typed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events
from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.message import Message

from tui.explorer.terminal_input import TerminalInput

NO_KEYS = {"\x1b\x1b", *map(chr, range(0x80, 0xA0))}
"""What Textual's table knows and a terminal does not send for one key: Escape twice, and control bytes of ISO 6429."""

NUMBERS = st.lists(st.integers(0, 99999).map(str), max_size=12).map(";".join)
STRINGS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), max_size=60)
ENDS = st.sampled_from(["\x07", "\x1b\\"])

ANSWERS = st.one_of(
    st.builds("\x1b[{}{}{}".format, st.sampled_from("?>="), NUMBERS, st.sampled_from("cnRtxySw")),
    st.builds("\x1b[{}{}".format, NUMBERS.filter(bool), st.sampled_from(["n", "t", "x", "c", "&w"])),
    st.builds("\x1b[{};{}$y".format, NUMBERS.filter(bool), st.integers(0, 4)),
    st.builds("\x1b]{};{}{}".format, st.integers(0, 1337), STRINGS, ENDS),
    st.builds("\x1bP{}{}{}".format, st.sampled_from(["1$r", "1+r", ">|", "!|", "0$r"]), STRINGS, ENDS),
    st.builds("\x1b_G{}{}".format, STRINGS, ENDS),
).map(str.encode)
"""What terminals answer, with every form of number and text in it; `\\x1b[c` and `\\x1b[2$` are keys of rxvt."""


def pieces(data: bytes, cuts: list[int]) -> list[bytes]:
    """The data cut at some places."""
    places = sorted({0, len(data), *(cut % (len(data) + 1) for cut in cuts)})
    return [data[start:end] for start, end in pairwise(places)]


def read(*parts: bytes, apart: float = 0.0) -> list[Message]:
    """What is read where the parts come one after the other, so many seconds apart, and then nothing more."""
    terminal, found, now = TerminalInput(), list[Message](), 0.0
    for part in parts:
        found += [*terminal.tick(now), *terminal.feed(part, now)]
        now += apart
    return [*found, *terminal.tick(now + 60)]


def keys(messages: list[Message]) -> list[str]:
    """The keys among messages."""
    return [message.key for message in messages if isinstance(message, events.Key)]


@given(ANSWERS, st.lists(st.integers(0, 200), max_size=4))
def test_an_answer_of_the_terminal_is_never_typed_however_it_is_split(answer: bytes, cuts: list[int]) -> None:
    assert keys(read(b"a", *pieces(answer, cuts), b"b")) == ["a", "b"]


@given(ANSWERS, st.integers(0, 200))
def test_an_answer_that_stalls_on_its_way_is_not_typed(answer: bytes, cut: int) -> None:
    assert keys(read(*pieces(answer, [2 + cut % (len(answer) - 2)]), apart=0.5)) == []


def test_an_answer_that_stalls_after_its_first_byte_leaves_no_letters_behind() -> None:
    for answer in (b"[?62;c", b"]11;rgb:1e/1e/2e\x07", b"P>|xterm(390)\x1b\\", b"[12;40R", b"[?2026;2$y"):
        assert keys(read(b"\x1b", answer, b"b", apart=0.5)) == ["escape", "b"]


def test_every_key_that_textual_knows_is_read_as_textual_reads_it() -> None:
    differing = []
    for sequence in ANSI_SEQUENCES_KEYS:
        wanted = keys(list(XTermParser().feed(sequence)))
        halves = (sequence[:-1].encode(), sequence[-1:].encode())
        if wanted and sequence not in NO_KEYS and keys(read(*halves)) != wanted:
            differing.append(sequence)
    assert differing == []


@given(st.text(st.characters(codec="utf-8", exclude_categories=["C"])), st.lists(st.integers(0, 200), max_size=6))
def test_text_arrives_whole_however_its_bytes_are_split(text: str, cuts: list[int]) -> None:
    found = read(*pieces(text.encode(), cuts))
    assert "".join(message.character or "" for message in found if isinstance(message, events.Key)) == text


@given(st.lists(st.binary(max_size=40), max_size=8))
def test_no_bytes_whatever_break_the_reading(parts: list[bytes]) -> None:
    found = read(*parts, b"\x18", b"\x1b[201~", b"wye", apart=7.0)
    assert keys(found)[-3:] == ["w", "y", "e"]


@pytest.mark.parametrize(
    ("sent", "wanted"),
    [
        (b"caf\xe9 x", ["c", "a", "f", "space", "x"]),
        (b"\x82", []),
        (b"\x1b[M\x43\xa2\x30x", ["x"]),
        (b"\xc2\x9bx", ["x"]),
        (b"\xe9\x1b[A", ["up"]),
        (b"\x1b[97:65;2ux", ["x"]),
        (b"\x1b[99999999ux", ["x"]),
    ],
)
def test_bytes_that_are_no_text_are_left_out(sent: bytes, wanted: list[str]) -> None:
    assert keys(read(sent)) == wanted


@pytest.mark.parametrize(
    ("parts", "wanted"),
    [
        ((b"\x1b",), ["escape"]),
        ((b"\x1b", b"a"), ["escape", "a"]),
        ((b"\x1b\x1b",), ["escape", "escape"]),
        ((b"\x1b\x1b[A",), ["escape", "up"]),
        ((b"\x1bx",), ["alt+x"]),
        ((b"\x1b]x",), ["x"]),
    ],
)
def test_a_lone_escape_byte_is_the_escape_key(parts: tuple[bytes, ...], wanted: list[str]) -> None:
    assert keys(read(*parts, apart=0.5)) == wanted


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x1b")), st.lists(st.integers(0, 200), max_size=6))
def test_a_paste_is_one_thing_however_it_is_split(text: str, cuts: list[int]) -> None:
    (paste,) = read(*pieces(b"\x1b[200~" + text.encode() + b"\x1b[201~", cuts))
    assert isinstance(paste, events.Paste)
    assert paste.text == text


def test_a_paste_whose_end_never_comes_does_not_keep_the_keys() -> None:
    paste, key = read(b"\x1b[200~wye", b"x", apart=7.0)
    assert isinstance(paste, events.Paste) and paste.text == "wye"
    assert isinstance(key, events.Key) and key.key == "x"
