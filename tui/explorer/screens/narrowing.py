"""Narrowing what a search found: its facets above the results, a key each, shown as a filter in what was typed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual import on, work
from textual.getters import query_one

from tui.explorer.messages import FacetsFound
from tui.explorer.pages.facets import MOST, Facet, facets
from tui.explorer.screens.deeds import DeedsScreen
from tui.explorer.session import Session
from tui.explorer.widgets.bars import FacetBar

if TYPE_CHECKING:
    from textual.timer import Timer

    from db.register import Register

ASKED_AFTER: float | None = 0.3
"""Seconds after results have been shown until their facets are counted, which typing must not wait for; None: never."""


class NarrowingScreen(DeedsScreen, inherit_bindings=False):
    """Counts facets of results on a channel of its own, and adds one to the search."""

    facet_bar = query_one(FacetBar)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._facets: tuple[Facet, ...] = ()
        self._facets_of = ("", False, "")
        self._until_facets: Timer | None = None

    def await_facets(self, text: str, closed: bool) -> None:
        """Count the facets of the results of a text once nothing newer is typed; those of another are taken away."""
        asked = (text, closed, self.as_of or "")
        if asked == self._facets_of:
            return
        self._facets_of, self._facets = asked, ()
        self.tell_facets()
        if self._until_facets:
            self._until_facets.stop()
        number = self.session.desk.facets.number()
        if text and ASKED_AFTER is not None:
            self._until_facets = self.set_timer(ASKED_AFTER, partial(self.ask_facets, number, text, closed, self.as_of))

    @work(thread=True, exclusive=True, exit_on_error=False, group="facets")
    def ask_facets(self, number: int, text: str, closed: bool, as_of: str | None) -> None:
        """Count facets; `number` is that of `desk.facets`."""
        channel = self.session.desk.facets

        def answer(reader: Register) -> FacetsFound:
            ask = partial(reader.find, closed=closed, as_of=as_of, cancelled=lambda: not channel.is_newest(number))
            return FacetsFound(number, facets(lambda query, most: ask(query, limit=most), text, reader.type_labels()))

        self._tell(channel, number, answer, lambda _why: FacetsFound(number, ()))

    @on(FacetsFound)
    def _show_facets(self, message: FacetsFound) -> None:
        if self.session.desk.facets.is_newest(message.number):
            self._facets = message.facets
            self.tell_facets()

    def tell_facets(self) -> None:
        """Show the facets with their keys."""
        plain, keymap = self.session.symbols.plain, self.session.keymap
        keys = [keymap.display(f"narrow-{n}", plain=plain) for n in range(1, MOST + 1)]
        self.facet_bar.tell(self._facets, keys, self.size.width - 2)

    def action_narrow(self, number: int) -> None:
        """Narrow the results to a facet, as if its filter had been typed."""
        if number <= len(self._facets):
            self.search_input.value = f"{self.search_input.value.strip()} {self._facets[number - 1].words} "
            self.search_input.action_end()
            self.go_to(self.search_input if self.search_input.has_focus else self.results_view)
        else:
            self.notice("Nothing stands at this key to narrow the results to")
