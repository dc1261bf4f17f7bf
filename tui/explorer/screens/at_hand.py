"""Pages that are at hand: those shown last, and the one that the marked link leads to, read while the mark rests."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual import on

from tui.explorer.messages import ItemMarked, ViewRead
from tui.explorer.screens.evidence import EvidenceScreen
from tui.explorer.session import Session
from tui.explorer.views.show import ShowView
from tui.explorer.views.view import View, ViewPage

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.explorer.pages.items import ListItem

AHEAD_AFTER: float | None = 0.15
"""Seconds that the mark rests on a link until the page that it leads to is read; None: never."""
_KEPT = 6
"""Pages that are kept of those that were shown."""


class _AskedAhead(NamedTuple):
    """A view that is being read ahead, and the number of that question."""

    number: int
    view: View


class AtHandScreen(EvidenceScreen, inherit_bindings=False):
    """Holds which view is wanted and what is known of others, all of it only until the register is another."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.as_of: str | None = None
        """The day as of which everything is read, None for now: that of the view that is open."""
        self._wanted: View | None = None
        self._failed = False
        self._pages: dict[View, ViewPage] = {}
        """Pages that were shown last, the newest at the end, so that going back to one takes no time."""
        self._behind_link: ViewRead | None = None
        """What was read of the page behind the marked link."""
        self._asked_ahead: _AskedAhead | None = None
        self._until_ahead: Timer | None = None

    @property
    def waiting(self) -> bool:
        """Whether a view is on its way that is not shown yet."""
        return self._wanted is not None and self.view != self._wanted and not self._failed

    def page_at_hand(self, view: View) -> ViewPage | None:
        """Return the page of a view where it need not be read."""
        ahead = self._behind_link.page if self._behind_link and self._behind_link.view == view else None
        return self._pages.get(view, ahead)

    def keep_page(self, view: View, page: ViewPage) -> None:
        """Keep the page that is shown."""
        self._pages.pop(view, None)
        self._pages[view] = page
        for oldest in list(self._pages)[:-_KEPT]:
            del self._pages[oldest]

    def forget_pages(self) -> None:
        """Keep none of the pages that were read, as the register may be another."""
        self._stop_reading_ahead()
        self._pages.clear()
        self._behind_link = None

    @on(ItemMarked, "#record")
    def _await_rest(self, message: ItemMarked) -> None:
        self.read_ahead_of(message.item)

    def read_ahead_of(self, item: ListItem | None) -> None:
        """Read what an item leads to once the mark has rested on it; what was being read of another is stopped."""
        self._stop_reading_ahead()
        if AHEAD_AFTER is not None and item and item.target:
            self._until_ahead = self.set_timer(AHEAD_AFTER, partial(self._read_ahead, item))

    def _read_ahead(self, item: ListItem) -> None:
        records = self.session.desk.records
        is_marked = item is self.record_view.item and self.record_view.has_focus
        if not is_marked or self.waiting or self.record_view.lacks_lines or records.is_busy:
            return
        if item.target and not isinstance(item.view, View):
            view = ShowView.of(item.target, self.as_of)
            if self.page_at_hand(view) is None:
                self._asked_ahead = _AskedAhead(records.number(), view)
                self.ask_view(*self._asked_ahead)

    def _stop_reading_ahead(self) -> None:
        if self._until_ahead:
            self._until_ahead.stop()
        if self._asked_ahead and self.session.desk.records.is_newest(self._asked_ahead.number):
            self.session.desk.records.number()
        self._asked_ahead = None

    def number_ahead(self, view: View) -> int | None:
        """Return the number of the question for a view that is being read ahead, which from here on is wanted."""
        asked = self._asked_ahead
        if asked and asked.view == view and self.session.desk.records.is_newest(asked.number):
            self._asked_ahead = None
            return asked.number
        self._stop_reading_ahead()
        return None

    def keeps_ahead(self, message: ViewRead) -> bool:
        """Keep an answer that nobody wants to see yet; tell whether it is one."""
        if message.view == self._wanted:
            return False
        self._behind_link, self._asked_ahead = message, None
        return True

    def fails_ahead(self, number: int) -> bool:
        """Tell whether what could not be read was read ahead: whoever follows the link then is told why."""
        failed = self._asked_ahead is not None and self._asked_ahead.number == number
        if failed:
            self._asked_ahead = None
        return failed
