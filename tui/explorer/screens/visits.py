"""The history to pick from: all places that one has been at, from which one goes to any."""

from __future__ import annotations

from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.screen import Screen
from textual.widgets import Static

from tui.explorer.history import History
from tui.explorer.keymap import bindings
from tui.explorer.messages import ItemChosen
from tui.explorer.pages.hints import list_hints
from tui.explorer.pages.visits import visit_items
from tui.explorer.session import Session
from tui.explorer.widgets.bars import KeysBar, RegisterBar
from tui.explorer.widgets.line_view import LineView


class VisitsScreen(Screen[int | None], inherit_bindings=False):
    """Returns the place in the history that was chosen, None where it was closed."""

    BINDINGS = bindings("visits")
    view = query_one("#visits", LineView)

    def __init__(self, session: Session, history: History) -> None:
        super().__init__()
        self.session = session
        self._history = history

    def compose(self) -> ComposeResult:
        """Lay out the heading, the visits and the keys."""
        with Horizontal(id="top"):
            yield Static(Content("Where you have been"), id="title")
            yield RegisterBar(self.session.symbols, id="register")
        yield LineView(self.session.symbols, id="visits")
        yield KeysBar(self.session.symbols)

    def on_mount(self) -> None:
        """Show the visits, the one that is open marked."""
        self.set_class(self.session.symbols.plain, "-ascii")
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._tell_keys())
        visits = partial(visit_items, self._history.visits, symbols=self.session.symbols)
        self.view.show(visits, str(self._history.place))

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the new width."""
        session = self.session
        self.query_one(RegisterBar).tell(session.label, session.stats, max(self.size.width - 24, 10))
        self._tell_keys()

    def _tell_keys(self) -> None:
        active = frozenset(active.binding.id or "" for active in self.active_bindings.values())
        typing, filtered = self.view.is_typing, bool(self.view.state.filters)
        words = list_hints("close-visits", "go there", typing=typing, filtered=filtered)
        self.query_one(KeysBar).tell(active, self.session.keymap, self.size.width - 2, words, typing=typing)

    @on(ItemChosen)
    def _go_there(self, message: ItemChosen) -> None:
        self.dismiss(int(message.item.ident))

    def action_close_visits(self) -> None:
        """Stay where one is; where the list is filtered, show all of it first."""
        if self.view.step_back():
            self._tell_keys()
        else:
            self.dismiss(None)
