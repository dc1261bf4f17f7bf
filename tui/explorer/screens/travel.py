"""Going from view to view: what the reading pane shows, where one has been, where back and forward lead."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from textual import on

from tui.explorer.history import History, Visit
from tui.explorer.list_state import PAGE, STEP, ListState
from tui.explorer.messages import ItemChosen, ViewFailed, ViewRead
from tui.explorer.pages.folding import REST
from tui.explorer.pages.items import AGAIN, ListItem
from tui.explorer.pages.record import first_stop
from tui.explorer.screens.at_hand import AtHandScreen
from tui.explorer.session import Session
from tui.explorer.views.show import ShowView
from tui.explorer.views.view import View, ViewPage
from tui.explorer.widgets.bars import TrailBar
from tui.explorer.widgets.marked_lines import Builder, Picker
from tui.text.page_parts import Target

PATIENCE = 0.3
"""Seconds after which a view that has not been read yet is said to be on its way."""


class TravellingScreen(AtHandScreen, inherit_bindings=False):
    """Holds the way that led to the view that is shown.

    The view shown is either the current visit or, while results are looked through, a preview that becomes a visit as
    soon as the reader enters it.
    """

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.history = History()
        self._opened_with: ViewPage | None = None
        """The page of the record that is being opened, where it has been read already."""
        self._sought: ListState | None = None
        """How the view was left, where the marked line has yet to be read."""

    @property
    def previewing(self) -> bool:
        """Whether the view shown, or on its way, has not been opened."""
        current = self.history.current
        return self._wanted is not None and (current is None or current.view != self._wanted)

    def preview(self, target: Target) -> None:
        """Show a record without opening it."""
        view = ShowView.of(target, self.as_of)
        if self._wanted != view:
            self._remember()
            self._want(view)

    def open(self, target: Target, *, jumped: bool, page: ViewPage | None = None) -> None:
        """Open a record: from a search (`jumped`) or by a link; nothing is asked where its page has been read."""
        self._opened_with = page
        self.open_view(ShowView.of(target, self.as_of), jumped=jumped)

    def open_view(self, view: View, *, jumped: bool = False) -> None:
        """Open a view, from what is open or (`jumped`) from elsewhere; it becomes the current visit at once."""
        if view == self.view and not self.previewing and self.reading.has_focus_within:
            self.notice("This is what is shown already")
        self._remember()
        self.settle()
        self._read_on(view.as_of)
        self.history.visit(Visit(view, jumped))
        if self._wanted != view or self._failed:
            self._want(view)
        self.tell_trail()

    def set_day(self, day: str | None) -> None:
        """Read everything as of another day, None for now; what was read before is a visit that back leads to."""
        current, opened = self.history.current, self._wanted if not self.previewing else None
        if opened is None or current is None:
            self._read_on(day)
        else:
            self.open_view(opened.on(day), jumped=current.jumped)

    def _read_on(self, day: str | None) -> None:
        """Let the rest of the screen follow the day of the view that is opened."""
        if day != self.as_of:
            self.as_of = day
            self.day_changed()

    def day_changed(self) -> None:
        """Ask again what is beside the view."""

    def settle(self) -> None:
        """Make a preview that is on screen a visit."""
        if self.previewing and self._wanted and self.view == self._wanted:
            self.history.visit(Visit(self._wanted, jumped=True))
            self.tell_trail()

    def _want(self, view: View) -> None:
        self._wanted, self._failed, self._sought = view, False, None
        page, self._opened_with = self._opened_with, None
        asked = self.number_ahead(view)
        number = asked or self.session.desk.records.number()
        if page:
            self._show_view(ViewRead(number, view, page))
        elif at_hand := self.page_at_hand(view):
            # As it was read: the pages are forgotten as soon as the register is another.
            self._show_view(ViewRead(number, view, at_hand))
            self.look_for_change(number)
        elif asked is None:
            self.ask_view(number, view)
        self.set_timer(PATIENCE, partial(self._say_what_is_read, number))
        self.tell_trail()

    def _say_what_is_read(self, number: int) -> None:
        """Let the view before it not be taken for one that takes long to read."""
        if self.waiting and self._wanted and self.session.desk.records.is_newest(number):
            self.record_view.entitle("")
            self.record_view.wait(self._wanted.called)

    def _remember(self) -> None:
        """Keep how the reader leaves the current visit, where that is what is shown."""
        current, item = self.history.current, self.record_view.item
        if current and item and self.view == current.view and not self.previewing:
            view = self.record_view
            self.history.remember(replace(view.state, line=item.ident, scroll=view.top, typing=None))

    def read_again(self) -> None:
        """Ask anew for the view that is shown, or could not be; the place in it stays."""
        self._remember()
        self.forget_pages()
        if self._wanted:
            self._want(self._wanted)

    @on(ViewRead)
    def _show_view(self, message: ViewRead) -> None:
        if not self.session.desk.records.is_newest(message.number) or self.keeps_ahead(message):
            return
        page, again = message.page, message.view.asks_as(self.view)
        self.keep_page(message.view, page)
        self.page, self.view = page, replace(message.view, name=page.name)
        sought, self._sought = self._sought, None
        self.place_evidence()
        if self.reading.has_focus_within:
            self.settle()
        visit = self.history.current if not self.previewing else None
        self.history.describe(message.view, page.name, page.record.kind if page.record else "")
        item = self.record_view.item
        mark: str | Picker
        if again and sought:
            state = replace(sought, folds=self.record_view.state.folds)
            mark, scroll = sought.line, sought.scroll
        elif again and item:
            state = self.record_view.state
            mark, scroll = item.ident, self.record_view.top
        elif visit and visit.state.line:
            state = visit.state
            mark, scroll = state.line, state.scroll
        else:
            behind = self.history.trail()[0]
            state, scroll = ListState(), 0
            mark = partial(first_stop, came_from=behind[-2].key if visit and len(behind) > 1 else None)
        self.record_view.show(self._lines_of(page), mark, scroll, state)
        self._entitle(page)
        # In one picture with the page, before the list has told which line is marked.
        self.tell_evidence()
        self.tell_keys()
        self.tell_trail()
        if self.record_view.lacks_lines:
            marked = self.record_view.item
            self._sought = state if state.line and (marked is None or marked.ident != state.line) else None
            self._read_rest()

    def _read_rest(self) -> None:
        """Read what was left for later of the view that is shown; its first lines stay meanwhile."""
        if self.view is not None:
            self.ask_view(self.session.desk.records.number(), self.view.entire())

    def _show_again(self, page: ViewPage) -> None:
        """Show the view that is open where it was said that another is being read."""
        visit = self.history.current
        if visit and self.record_view.item is None:
            self.record_view.show(self._lines_of(page), visit.state.line, visit.state.scroll, visit.state)
            self._entitle(page)

    def _entitle(self, page: ViewPage) -> None:
        """Say over the pane what it shows, and that this is as of today where the rest is not."""
        is_other_day = self.as_of is not None and self.view is not None and not self.view.TAKES_A_DAY
        self.record_view.entitle(f"{page.title}, as of today" if is_other_day else page.title)

    def _lines_of(self, page: ViewPage) -> Builder:
        view, symbols = self.record_view, self.session.symbols
        return lambda cells: page.items(cells, symbols, replace(view.state, rows=view.scrollable_content_region.height))

    @on(ViewFailed)
    def _cannot_show(self, message: ViewFailed) -> None:
        wanted = self._wanted
        if wanted is None or not self.session.desk.records.is_newest(message.number):
            return
        if self.fails_ahead(message.number):
            return
        before = self.history.came_from
        if self.was_typed(wanted):
            self._take_back(wanted)
            self.type_again(message.text)
        elif self.view and self.page and not self.previewing and before and before.view == self.view:
            # The link that was followed leads nowhere: who followed it stays where it is.
            self._take_back(wanted)
            self.notice(message.text)
        else:
            self._failed, self.view, self.page = True, None, None
            self.place_evidence()
            self.record_view.entitle("could not be read")
            self.record_view.fail(f"{wanted.called}: {message.text}")
        self.tell_trail()

    def _take_back(self, wanted: View) -> None:
        """Show what was shown before a view was opened that cannot be read."""
        self.history.forget(wanted)
        if self.view and self.page:
            self._wanted = self.view
            self._read_on(self.view.as_of)
            self._show_again(self.page)
        else:
            self.show_nothing()

    def was_typed(self, view: View) -> bool:
        """Tell whether a view is that of the command typed last, whose reader still waits for it."""
        raise NotImplementedError

    def type_again(self, why: str) -> None:
        """Let the command typed last be put right, and say why it shows nothing."""
        raise NotImplementedError

    @on(ItemChosen, "#record")
    def _follow(self, message: ItemChosen) -> None:
        if self.waiting:
            # What is marked belongs to the view before the one that is open.
            return
        item = message.item
        if item.more == AGAIN:
            self.read_again()
        elif item.more == REST:
            self._read_rest()
        elif item.more:
            view = self.record_view
            shown = {**view.state.shown, item.more: view.state.shown.get(item.more, PAGE) + STEP}
            view.state = replace(view.state, shown=shown)
            view.grow()
        else:
            self._enter_link(item)

    @on(ItemChosen, "#evidence")
    def _follow_source(self, message: ItemChosen) -> None:
        if message.item.target and not self.waiting:
            self.go_to(self.record_view)
            self._enter_link(message.item)

    def _enter_link(self, item: ListItem) -> None:
        """Open what an item leads to."""
        if isinstance(item.view, View):
            self.open_view(item.view.on(self.as_of))
        elif item.target:
            self.open(item.target, jumped=False)

    def action_back(self) -> None:
        """Go back: from a preview to what was open, else to the visit before, from the first to the first screen."""
        self._remember()
        if self.at_first_visit and not self.has_results:
            self.show_nothing()
            self.go_to(self.record_view)
            return
        visit = self.history.current if self.previewing else self.history.back()
        self._go(visit, "This is where you started")

    @property
    def at_first_visit(self) -> bool:
        """Whether what is shown is what was opened first, on the first screen."""
        is_opened = self._wanted is not None and not self.previewing and self.session.start is None
        return is_opened and not self.history.can_go_back

    def action_forward(self) -> None:
        """Go forward again after going back."""
        self._remember()
        visit = self.history.forward() if self._wanted else self.history.current
        self._go(visit, "Nothing ahead: forward goes where back came from")

    def _go(self, visit: Visit | None, otherwise: str) -> None:
        if visit is None:
            self.notice(otherwise)
            return
        self.go_to(self.record_view)
        self._read_on(visit.view.as_of)
        self._want(visit.view)

    @property
    def _record_on_screen(self) -> bool:
        """Whether the view is to be seen: a narrow screen shows one pane, a tall one two."""
        if self.has_class("-reading"):
            return True
        return not self.is_zoomed and (not self.has_class("-narrow") or self.has_class("-tall"))

    def drop_preview(self) -> None:
        """Show what is open again, or nothing, where there is nothing to look at."""
        if not self.previewing:
            return
        visit = self.history.current
        if visit is not None:
            self._want(visit.view)
            return
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show no view, as before the first was opened."""
        self.session.desk.records.number()
        self._wanted = self.view = self.page = None
        self.place_evidence()
        self._failed = False
        self.record_view.entitle("")
        self.record_view.show(lambda _cells: ())
        self.tell_trail()

    def tell_trail(self) -> None:
        """Show the way that led here, and what is only looked at where it is on the screen."""
        preview = self._wanted.called if self._wanted and self.previewing and self._record_on_screen else None
        way = self.history if self._wanted else History()
        self.query_one(TrailBar).tell(way, preview, self.size.width - 2)
