"""Keys, mouse and pastes out of the bytes of a terminal; bytes that are no text, and answers to queries, are dropped.

Textual's own parser types what it does not know, letter by letter. Here a sequence is first cut out whole, as ECMA-48
and xterm's ctlseqs write it, so that what the parser makes nothing of can be left out whole.
"""

from __future__ import annotations

import re
from codecs import getincrementaldecoder
from collections.abc import Generator, Iterator
from time import monotonic

from textual import constants, events
from textual._xterm_parser import XTermParser
from textual.message import Message

SEQUENCE_PATIENCE = 1.0
"""Seconds that the rest of a sequence may be on its way, over a slow line, before its beginning is forgotten."""

PASTE_PATIENCE = 5.0
"""Seconds that a paste may pause before what has come of it is taken for the whole."""

_ESCAPE = 0x1B
_PASTE_START = b"\x1b[200~"
_PASTE_END = b"\x1b[201~"

_LONGEST_KEY = 32
"""Characters of the longest sequence that Textual's parser tries to understand."""

_LONGEST_ANSWER = 1 << 20
"""Bytes of an answer, such as a clipboard, that are held before the rest is waited for no longer."""

_ANSWER = rb"\x1b(?:\][0-9lLI]|P[0-9;<=>?!$+|]|_G)[^\x07\x18\x1a\x1b]*"
"""OSC, DCS and APC up to what ends them: colours, versions, settings, pictures. People type none of the beginnings."""

_WHOLE = re.compile(
    _ANSWER + rb"(?:[\x07\x18\x1a]|\x1b\\)"  # an answer that is a string
    rb"|\x1b\[M[\x00-\xff]{3}"  # the mouse, as terminals told of it before they had decimals
    rb"|\x1b\[\[[A-E]"  # F1 to F5 on the Linux console
    rb"|\x1b\[[0-9]+\$(?!y)"  # shifted keys of rxvt
    rb"|\x1b\[(?!M)[0-?]*[ -/]*[@-Z\\-~]"  # all other control sequences
    rb"|\x1bO[0-9;]*[@-~]"  # keys of the application keypad
    rb"|\x1b[^\x1b\x80-\xff\[\]OP_]"  # a key with Alt
)
_BEGUN = re.compile(_ANSWER + rb"\x1b?|\x1b\[M[\x00-\xff]{0,2}|\x1b\[\[|\x1b\[[0-?]*[ -/]*|\x1bO[0-9;]*|\x1b[\]P_]?")
_BROKEN = re.compile(_ANSWER + rb"|\x1b\[\[|\x1b\[[0-?]*[ -/]*|\x1bO[0-9;]*|\x1b[\]P_]?")

_LATE_ANSWER = re.compile(rb"\[[?>=][0-9;]+\$?[a-zA-Z]|\[[0-9]+(?:;[0-9]+)*[Rntx]|\][0-9]+;|P[0-9]?[>!$+|]")
"""What an answer looks like when the line stalled just after its first byte, which then was taken for Escape."""


class TerminalInput:
    """Takes in bytes as they come, however they are split, and gives what Textual calls messages."""

    def __init__(self) -> None:
        self._parser = XTermParser()
        self._decoder = getincrementaldecoder("utf-8")("ignore")
        self._held = b""
        self._pasting = False
        self._waits_until: float | None = None
        self._escaped_at = float("-inf")

    def feed(self, data: bytes, now: float | None = None) -> Iterator[Message]:
        """Give what the bytes complete; an unfinished sequence is held."""
        now = monotonic() if now is None else now
        if now - self._escaped_at < SEQUENCE_PATIENCE and _LATE_ANSWER.match(data):
            data = b"\x1b" + data
        self._escaped_at = float("-inf")
        self._held += data
        while self._held and (yield from self._next()):
            pass
        self._waits_until = now + self._patience() if self._held or self._pasting else None

    def tick(self, now: float | None = None) -> Iterator[Message]:
        """Give what no longer waits for more: a lone escape byte is Escape, the beginning of a sequence is nothing."""
        now = monotonic() if now is None else now
        if self._waits_until is None or now < self._waits_until:
            return
        held, self._held, self._waits_until = self._held, b"", None
        if self._pasting:
            self._pasting = False
            yield _paste(held)
        elif held == b"\x1b":
            self._escaped_at = now
            yield _escape()

    def wait(self, longest: float, now: float | None = None) -> float:
        """Return the seconds after which `tick` is due, at most `longest`."""
        now = monotonic() if now is None else now
        return longest if self._waits_until is None else max(0.0, min(longest, self._waits_until - now))

    def _patience(self) -> float:
        if self._pasting:
            return PASTE_PATIENCE
        return constants.ESCAPE_DELAY if self._held == b"\x1b" else SEQUENCE_PATIENCE

    def _next(self) -> Generator[Message, None, bool]:
        """Give what the first thing held means; return whether there was a whole one."""
        if self._pasting:
            pasted, end, rest = self._held.partition(_PASTE_END)
            if not end:
                return False
            self._held, self._pasting = rest, False
            yield _paste(pasted)
        elif self._held[0] != _ESCAPE:
            text, escape, rest = self._held.partition(b"\x1b")
            self._held = escape + rest
            yield from self._typed(text, final=bool(escape))
        elif self._held.startswith(b"\x1b\x1b"):
            self._held = self._held[1:]
            yield _escape()
        elif whole := _WHOLE.match(self._held):
            self._held = self._held[whole.end() :]
            yield from self._sequence(whole.group())
        elif _BEGUN.fullmatch(self._held) and len(self._held) < _LONGEST_ANSWER:
            return False
        else:
            self._held = _BROKEN.sub(b"", self._held, count=1)
        return True

    def _typed(self, text: bytes, *, final: bool) -> Iterator[Message]:
        """Give the keys of a text; a letter may be cut off at its end unless it is `final`."""
        for letter in self._decoder.decode(text, final):
            if not "\x80" <= letter <= "\x9f":
                yield from self._understood(letter)

    def _sequence(self, sequence: bytes) -> Iterator[Message]:
        """Give what a whole sequence means, nothing where it is no key and no event."""
        if sequence == _PASTE_START:
            self._pasting = True
        elif len(sequence) <= _LONGEST_KEY and sequence[1] not in b"]P_":
            yield from self._understood(sequence.decode("latin-1"))

    def _understood(self, sequence: str) -> Iterator[Message]:
        """Give what Textual's parser makes of a letter or of a whole sequence."""
        parser = self._parser
        try:
            yield from list(parser.feed(sequence))
            # A parser that still waits does not know the sequence: it is told that nothing more comes.
            if parser._timeout_time is not None:
                parser._timeout_time = 0.0
                as_letters = list(parser.tick())
                if len(sequence) == 2:
                    yield from as_letters
        except (ValueError, ArithmeticError):
            # Numbers that no terminal sends have ended its generator.
            self._parser = XTermParser()
            self._parser.mouse_pixels, self._parser.terminal_size = parser.mouse_pixels, parser.terminal_size
            self._parser.terminal_pixel_size = parser.terminal_pixel_size


def _escape() -> events.Key:
    return events.Key("escape", "\x1b")


def _paste(text: bytes) -> events.Paste:
    return events.Paste(text.decode("utf-8", "ignore"))
