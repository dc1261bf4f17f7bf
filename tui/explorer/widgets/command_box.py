"""The box over the panes in which commands are typed and actions chosen: the line, below it what is offered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from tui.explorer.pages.offers import Offer, offer_items
from tui.explorer.symbols import Symbols
from tui.explorer.widgets.line_inputs import CommandInput, LineInput, PaletteInput
from tui.explorer.widgets.line_view import LineView

MOST = 16
"""Offers that are seen at once where the screen is high enough; of a very high one half."""

_AROUND = 7
"""Rows of the screen that are left for other things."""


class OffersView(LineView, can_focus=False):
    """What is offered; the keys stay with the line above it."""


class CommandBox(Vertical):
    """Shown while a command is typed or an action looked for; it keeps what is offered."""

    command = query_one("#command", CommandInput)
    palette = query_one("#palette", PaletteInput)
    list = query_one("#offers", OffersView)

    def __init__(self, symbols: Symbols) -> None:
        super().__init__(id="command-box")
        self._symbols = symbols
        self.offers: tuple[Offer, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the offers and the two lines, of which one is shown."""
        with Horizontal(id="command-line"):
            yield Static(Content(":"), id="colon")
            yield CommandInput()
            yield PaletteInput()
        yield OffersView(self._symbols, id="offers")

    def open(self, line: LineInput, title: str) -> None:
        """Show the box with one of its lines, empty."""
        for one in (self.command, self.palette):
            one.display = one is line
            with one.prevent(one.Changed):
                one.value = ""
        self.list.entitle(title)
        self.query_one("#colon").display = line is self.command
        self.display = True

    def offer(self, offers: Sequence[Offer], *, marked: bool) -> None:
        """Show what may be typed or done, as high as it is; the first is `marked` where Enter takes it."""
        self.offers = tuple(offers)
        self.list.display = bool(self.offers)
        high = self.screen.size.height
        self.list.styles.height = min(len(offers), max(MOST, high // 2), max(high - _AROUND, 3)) + 1
        self.list.show(partial(offer_items, self.offers, symbols=self._symbols))
        if not marked:
            self.list.point_at("nothing")

    @property
    def chosen(self) -> Offer | None:
        """The offer that is marked."""
        item = self.list.item
        return self.offers[int(item.ident)] if item else None
