"""The help: what the keys do here, what the words mean, and what the register is made of."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events, on, work
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Static

from tui.explorer.keymap import FILE, bindings
from tui.explorer.messages import Noticed, TermsRead
from tui.explorer.pages.help import help_items
from tui.explorer.pages.hints import list_hints
from tui.explorer.screens.questions import ReadingScreen
from tui.explorer.session import Session
from tui.explorer.user_toml import user_file
from tui.explorer.widgets.bars import KeysBar, NoticeBar, RegisterBar
from tui.explorer.widgets.line_view import LineView

if TYPE_CHECKING:
    from db.reports import Term


def _short(path: Path) -> str:
    """Return a path as people write it, the home folder as `~`."""
    home = Path(os.path.expanduser("~"))  # which stays as it is where no home is known
    return str(Path("~") / path.relative_to(home)) if path.is_relative_to(home) else str(path)


class HelpScreen(ReadingScreen, inherit_bindings=False):
    """Explains the keys of the place it was called from, and the words on the page, before all others."""

    BINDINGS = bindings("help")
    view = query_one("#help", LineView)

    def __init__(self, session: Session, places: tuple[str, ...], here: frozenset[str]) -> None:
        super().__init__(session)
        self._places = places
        self._here = here
        self._terms: tuple[Term, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the heading, the text and the keys."""
        with Horizontal(id="top"):
            yield Static(Content("Help"), id="title")
            yield RegisterBar(self.session.symbols, id="register")
        yield LineView(self.session.symbols, id="help")
        yield NoticeBar(self.session.symbols)
        yield KeysBar(self.session.symbols)

    def on_mount(self) -> None:
        """Show the keys at once, the words when they have been read."""
        self.set_class(self.session.symbols.plain, "-ascii")
        self.bindings_updated_signal.subscribe(self, lambda _screen: self._tell_keys())
        self._show()
        self._read_terms()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the new width."""
        self.query_one(RegisterBar).tell(self.session.label, self.session.stats, self.size.width - 12)
        self._tell_keys()

    def _tell_keys(self) -> None:
        active = frozenset(active.binding.id or "" for active in self.active_bindings.values())
        typing, filtered = self.view.is_typing, bool(self.view.state.filters)
        words = list_hints("close-help", typing=typing, filtered=filtered)
        words |= {} if typing else {"page-down": "further"}
        self.query_one(KeysBar).tell(active, self.session.keymap, self.size.width - 2, words, typing=typing)

    @work(thread=True, exclusive=True, exit_on_error=False, group="terms")
    def _read_terms(self) -> None:
        records = self.session.desk.records
        self._tell(records, None, lambda reader: TermsRead(reader.terms()), lambda why: Noticed((why,)))

    @on(Noticed)
    def _noticed(self, message: Noticed) -> None:
        self.query_one(NoticeBar).tell(message.lines, self.size.width - 2)

    @on(TermsRead)
    def _explain(self, message: TermsRead) -> None:
        self._terms = message.terms
        self._show()

    def _show(self) -> None:
        session = self.session
        self.view.show(
            partial(
                help_items, session.keymap, self._places, _short(user_file(FILE)), self._terms, session.stats,
                self._here, symbols=session.symbols,
            ),
            self.view.item.ident if self.view.item else "",
            round(self.view.scroll_y),
        )  # fmt: skip

    def action_close_help(self) -> None:
        """Go back to where the help was called; where it is filtered, show all of it first."""
        if self.view.step_back():
            self._tell_keys()
        else:
            self.app.pop_screen()
