"""Copying through the terminal (OSC 52): works over SSH and inside tmux or screen, without a mouse and without a tool.

No terminal answers whether it took the text, so the notice says what was done and never that it worked.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from tui.text.safe import clip, visible

LARGEST = 74_994
"""Bytes of text that every terminal with OSC 52 takes: 99,992 once encoded, xterm's limit."""

_SCREEN_CHUNK = 76
"""Bytes of one GNU screen passthrough sequence; longer ones are dropped by some versions."""


@dataclass(frozen=True, slots=True)
class Copy:
    """What to write to the terminal (nothing where it cannot be copied) and what to tell the person."""

    sequence: str
    notice: str


def copy(text: str, environ: Mapping[str, str]) -> Copy:
    """Return the sequence that asks the terminal to take `text`, wrapped for the multiplexer it passes through."""
    text = "\n".join(visible(line) for line in text.split("\n")).replace("\x00", "")
    size = len(text.encode("utf-8", "replace"))
    if not text:
        return Copy("", "Nothing to copy here")
    if size > LARGEST:
        return Copy("", f"Not copied: {size:,} bytes, terminals take {LARGEST:,}")
    encoded = base64.b64encode(text.encode("utf-8", "replace")).decode("ascii")
    plain = f"\x1b]52;c;{encoded}\x07"
    sent = f"Sent to the terminal's clipboard: {clip(text, 48)}"
    if environ.get("TMUX"):
        # tmux takes the plain form where set-clipboard is on, and passes the wrapped one where allow-passthrough is.
        wrapped = "\x1bPtmux;" + plain.replace("\x1b", "\x1b\x1b") + "\x1b\\"
        return Copy(plain + wrapped, f"{sent} (tmux needs set-clipboard or allow-passthrough on)")
    if environ.get("STY") or environ.get("TERM", "").startswith("screen"):
        chunks = [plain[at : at + _SCREEN_CHUNK] for at in range(0, len(plain), _SCREEN_CHUNK)]
        return Copy("".join(f"\x1bP{chunk}\x1b\\" for chunk in chunks), sent)
    if environ.get("TERM") in ("linux", "dumb"):
        return Copy("", "Not copied: this terminal has no clipboard")
    return Copy(plain, sent)
