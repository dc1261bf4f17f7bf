"""Coming back: where one was last time is offered on the first screen, and kept for the next time."""

from __future__ import annotations

from dataclasses import replace

from textual import work
from textual.timer import Timer

from tui.explorer.history import SearchState, Visit
from tui.explorer.kept_state import LINES_KEPT, KeptPlace, KeptWays
from tui.explorer.list_state import ListState
from tui.explorer.screens.commanding import views_of_commands
from tui.explorer.screens.taking import TakingScreen
from tui.explorer.session import Session

_SOON = 2.0
"""Seconds after which a new place is written down: whoever closes the window ends the program without a word."""


class ReturningScreen(TakingScreen, inherit_bindings=False):
    """Keeps the newest place of the session's register."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._last_time: Visit | None = None
        self._to_keep: Timer | None = None
        self._kept = KeptPlace()
        session.keep_place, session.tell = self.keep_place, self.notice

    def recall(self, usual: int) -> None:
        """Read where one was last time; `usual` is the number of results that are asked for at first."""
        kept = self.session.keeper.place()
        view = views_of_commands().view_of(kept.command, kept.as_of) if kept.command else None
        if view is not None:
            self._kept = kept
            self._last_time = Visit(
                replace(view, name=kept.name),
                jumped=True,
                asked=SearchState(kept.search, kept.closed_too, usual),
                state=ListState(kept.line, kept.scroll, kept.folds, kept.filters, kept.orders, shown=kept.shown),
            )

    @property
    def last_time(self) -> Visit | None:
        """Where one was last time, until one has been anywhere in this session."""
        return self._last_time if self.history.current is None else None

    def go_back_to_last_time(self) -> None:
        """Open what was open last time, as it was left, with the search beside it."""
        if self._last_time:
            self.history.visit(self._last_time)
            self._go(self._last_time, "")

    def tell_trail(self) -> None:
        """Write the place down soon, once it is another."""
        super().tell_trail()
        if self._to_keep is None and self.history.current:
            self._to_keep = self.set_timer(_SOON, self._keep_now)

    def _keep_now(self) -> None:
        self._to_keep = None
        place = self._place_now()
        if place != self._kept:
            self._kept = place
            self._write_down(place)

    @work(thread=True, exclusive=True, exit_on_error=False, group="state")
    def _write_down(self, place: KeptPlace) -> None:
        self.session.keeper.keep(place, self._ways())

    def keep_place(self) -> None:
        """Write down where one is and what was chosen, before leaving."""
        place = self._place_now() if self.history.current else None
        self.session.keeper.keep(place, self._ways())

    def _ways(self) -> KeptWays:
        session = self.session
        return KeptWays(session.theme, session.mouse, tuple(session.lines[-LINES_KEPT:]))

    def _place_now(self) -> KeptPlace:
        """Return the current visit as it stands on the screen."""
        self._remember()
        visit = self.history.current
        if visit is None:
            return KeptPlace()
        asked = visit.asked or SearchState("", False, 0)
        state = visit.state
        return KeptPlace(
            visit.view.words, visit.name, visit.view.as_of, state.line, state.scroll,
            dict(state.folds), dict(state.filters), dict(state.orders), dict(state.shown),
            asked.text, asked.closed_too,
        )  # fmt: skip
