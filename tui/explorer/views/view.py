"""The framework of views: a place one can be at, and what the reading pane shows there.

A view is a question of the command line with its arguments. The screen asks it in a worker, remembers it in the
history, and does the same for all of them: back and forward, trail, evidence, copying, "could not be read".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Self

from db.register import Register
from tui.explorer.list_state import ListState
from tui.explorer.pages.folding import ListPart
from tui.explorer.symbols import Symbols
from tui.explorer.views.question import ViewQuestion
from tui.text.page_parts import Target

if TYPE_CHECKING:
    from db.model import Evidence, Record

ItemsOf = Callable[[int, Symbols, ListState], tuple[ListPart, ...]]
"""Lays an answer out for a width, as a reader has arranged it; pure."""


def however_arranged(items: Callable[[int, Symbols], tuple[ListPart, ...]]) -> ItemsOf:
    """Return what lays an answer out that has nothing in it for a reader to arrange."""
    return lambda cells, symbols, _state: items(cells, symbols)


@dataclass(frozen=True)
class ViewPage:
    """The answer to a view's question, read and ready to be laid out for any width."""

    name: str
    """What the trail and the history call it."""
    title: str
    """What stands over the pane."""
    items: ItemsOf
    evidence: tuple[Evidence, ...] = ()
    """All that its items cite."""
    about: Target | None = None
    """The record that it is about, as the view's key says."""
    record: Record | None = None
    """The same in full, where that is what it shows."""
    cites: bool = True
    """Whether its lines say what sources say."""
    proofs_beside: bool = True
    """Whether these have a pane of their own where there is room, as most lines have some."""


@dataclass(frozen=True, kw_only=True)
class View(ViewQuestion):
    """A question to the register, and how its answer is shown."""

    NEEDS_WIDTH: ClassVar[bool] = False
    """Whether it stands in columns that need the width of the screen, which the results then leave to it."""

    def ask(self, reader: Register) -> ViewPage:
        """Ask the register, in a worker; raises InterlockError."""
        raise NotImplementedError

    def entire(self) -> Self:
        """Return the same, which leaves nothing for later where its answer would be long."""
        return self
