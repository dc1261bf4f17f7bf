"""What speaks against leaving the explorer: something that is being written, answers that have not been."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from tui.explorer.session import Session

REGISTER = "the register"
"""What `Session.writing` has while the register is written to; a file it has by its name."""


@runtime_checkable
class AnsweredScreen(Protocol):
    """A screen that takes answers to questions and keeps them until they are written."""

    @property
    def unwritten(self) -> int:
        """How many there are."""


def why_not_yet(session: Session, screens: Iterable[object]) -> tuple[str, ...]:
    """Return what would be lost by leaving, and that the same key leaves all the same; nothing where nothing would."""
    key = session.keymap.display("quit-now", plain=session.symbols.plain)
    if session.writing:
        what = " and ".join(sorted(session.writing))
        return f"Writing {what}: you leave when that is done", f"{key} again leaves now, and nothing is written"
    count = sum(screen.unwritten for screen in screens if isinstance(screen, AnsweredScreen))
    if count:
        said = "1 answer has" if count == 1 else f"{count} answers have"
        return f"{said} not been written; the first line of :review writes", f"{key} again leaves without"
    return ()
