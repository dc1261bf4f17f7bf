"""What is typed and what it finds: the results, what the mark in them rests on, and what is opened of them."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from tui.explorer.history import SearchState, find_words
from tui.explorer.list_state import ListState
from tui.explorer.messages import ContentsRead, ItemChosen, ItemMarked, ResultsFound, SearchFailed
from tui.explorer.pages.about import WaysOn, about_items
from tui.explorer.pages.items import AGAIN, ListItem
from tui.explorer.pages.landing import LAST_TIME, last_time_items, type_items
from tui.explorer.pages.results import MORE, result_items
from tui.explorer.read_ahead import Beginning
from tui.explorer.screens.commanding import views_of_commands
from tui.explorer.screens.narrowing import NarrowingScreen
from tui.explorer.session import Session
from tui.explorer.widgets.marked_lines import Builder
from tui.text.page_parts import Target

LIMIT = 50
"""Results that are asked for at first."""

RESTS = 0.15
"""Seconds that the mark rests on a result before it is shown beside them."""


class SearchingScreen(NarrowingScreen, inherit_bindings=False):
    """Asks for results as they are typed for, shows them, and opens what is chosen of them."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._closed_too = False
        self._limit = LIMIT
        self._asked = ""
        self._answered: str | None = None
        self._lists_results = False
        self._open_when_found: str | None = None
        self._stay = False
        self._scroll_then = 0
        self._uncounted = True
        self._resting: Timer | None = None
        self._ahead: Beginning | None = None
        self._arranged_then = ListState()
        """How the results were arranged when new ones were asked for."""

    def read_all_again(self) -> None:
        """Ask anew for what is listed, what is shown and how much there is."""
        self._uncounted = True
        self.tell_register()
        self._search(stay=True)
        super().read_all_again()

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        self._limit, self._scroll_then = LIMIT, 0
        self.notice()
        self.tell_register()
        self._search()

    def _search(self, *, stay: bool = False) -> None:
        """Ask for results; whatever was asked before is stopped. With `stay` the mark keeps its place in them."""
        self._stay = stay
        self._arranged_then = self.results_view.state
        self._asked, self._answered = self.search_input.value, None
        number = self.session.desk.searches.number()
        # Results have a place of their own from now on, or no longer.
        self.place_evidence()
        if self._asked.strip():
            self.ask_results(number, self._asked.strip(), self._limit, self._closed_too, self.as_of)
        elif self._ahead and self._ahead.counts is not None:
            self._show_contents(ContentsRead(number, self._ahead.counts))
        else:
            self.ask_contents(number)

    @on(ContentsRead)
    def _show_contents(self, message: ContentsRead) -> None:
        if not self.session.desk.searches.is_newest(message.number):
            return
        symbols, last = self.session.symbols, self.last_time

        def items(cells: int) -> tuple[ListItem, ...]:
            before = last_time_items(last.view, cells) if last else ()
            return (*before, *type_items(message.counts, cells, symbols, closed_too=self._closed_too))

        self.await_facets("", self._closed_too)
        self._show_answer(items, f"what is in here{' today' if self.as_of else ''}", previewed=False)

    def show_nothing(self) -> None:
        """Show no view, but what the register is where nothing is searched for."""
        super().show_nothing()
        self._tell_about()

    def _tell_about(self) -> None:
        """Tell what the register is where no record is shown or on its way."""
        if not self._wanted and self._answered is not None and not self._answered.strip():
            session = self.session
            self.record_view.entitle(f"about this register{', as of today' if self.as_of else ''}")
            symbols = session.symbols
            ways = WaysOn(views_of_commands().view_of, partial(session.keymap.display, plain=symbols.plain))
            told = partial(about_items, session.label, session.stats, session.runs, session.outlook, ways)
            self.record_view.show(partial(told, symbols=symbols))

    @on(ResultsFound)
    def _show_results(self, message: ResultsFound) -> None:
        if not self.session.desk.searches.is_newest(message.number):
            return
        results, symbols = message.results, self.session.symbols
        key = self.session.keymap.display("closed", plain=symbols.plain)
        hits = partial(result_items, results, symbols=symbols, closed_key=key, types=message.types)
        self._show_answer(hits, f"{results.counted} found", previewed=bool(results.hits))
        self.await_facets(self._asked.strip(), self._closed_too)

    def _show_answer(self, build: Builder, title: str, *, previewed: bool) -> None:
        """Show the answer to what was typed under its title; `previewed` where something in it can be looked at."""
        self._answered = self._asked
        self._lists_results = previewed
        self.place_evidence()
        self._lay_out(build)
        self.results_view.entitle(f"{title}{', closed ones too' if self._closed_too else ''}")
        if not previewed:
            self.drop_preview()
        if self._open_when_found == self._answered:
            self.action_open_result()
        self._open_when_found = None
        self._tell_about()
        self.tell_keys()
        self._count()

    def _lay_out(self, build: Builder) -> None:
        """Show results; marked is what is open if a person reads it, what was marked if they stay, else the first.

        A filter that was begun while they were awaited is one for them.
        """
        view, current = self.results_view, self.history.current
        item, state = view.item, view.state if view.state is not self._arranged_then else None
        if self.reading.has_focus_within and current:
            view.show(build, current.key, view.top if self._stay else self._scroll_then)
            self.tell_trail()
        elif self._stay and item and item.more == MORE:
            view.grow(build)
        elif self._stay:
            view.show(build, item.ident if item else "", view.top, state)
            if item is None and current:
                view.point_at(current.key)
        else:
            view.show(build, state=state)

    @on(SearchFailed)
    def _show_no_results(self, message: SearchFailed) -> None:
        if not self.session.desk.searches.is_newest(message.number):
            return
        self._answered, self._open_when_found = self._asked, None
        self.results_view.entitle("could not be read")
        self.results_view.fail(message.text)
        self._count()

    @on(ItemMarked, "#results")
    def _look(self, message: ItemMarked) -> None:
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(RESTS, partial(self._look_at, message.item)) if RESTS else None
        if self._resting is None:
            self._look_at(message.item)

    def _look_at(self, item: ListItem) -> None:
        """Show beside the results what is marked in them, now that the mark rests there."""
        self._resting = None
        if item.target and item is self.results_view.item and not self.reading.has_focus_within:
            self.preview(item.target)
        self._count()

    @on(ItemChosen, "#results")
    def _open_result(self, message: ItemChosen) -> None:
        if message.item.more == MORE:
            self._limit *= 4
            self._search(stay=True)
        elif message.item.more == AGAIN:
            self._search()
        elif message.item.search:
            self.search_input.value = f"{message.item.search} "
            self.go_to(self.results_view)
        elif message.item.ident == LAST_TIME:
            self.go_back_to_last_time()
        elif message.item.target:
            self._enter(message.item.target)

    def _enter(self, target: Target) -> None:
        if not self.take_choice(target):
            self.open(target, jumped=True)
            self.go_to(self.record_view)

    def action_open_result(self) -> None:
        """Open the marked result, or the first as soon as the search for what has been typed has found it."""
        if self._answered != self.search_input.value:
            self._open_when_found = self.search_input.value
        else:
            self.results_view.action_choose()

    def action_mark(self, steps: int) -> None:
        """Move the mark in the results while typing goes on."""
        self.results_view.action_move(steps)

    def action_closed(self) -> None:
        """Search closed organisations too, or no longer."""
        self._closed_too = not self._closed_too
        self._search(stay=True)

    def results_words(self) -> tuple[str, ...]:
        """Return the words of the command that finds what the results show."""
        asked = SearchState(self.search_input.value, self._closed_too, self._limit)
        return find_words(asked, self.as_of)

    @property
    def has_results(self) -> bool:
        """Whether something stands in the search."""
        return bool(self.search_input.value.strip())

    @property
    def lists_results(self) -> bool:
        """Whether the results of a search are shown, be it those from before what is being typed."""
        return self._lists_results

    def day_changed(self) -> None:
        """Search as of the day that is read now."""
        self.tell_register()
        self.tell_trail()
        self._search(stay=True)

    @property
    def at_rest(self) -> bool:
        """Whether what was typed has been answered and the record that is wanted is shown."""
        return self._answered == self.search_input.value and not self.waiting and self._resting is None

    def _count(self) -> None:
        """Count what is in the register, once nothing else is being read."""
        item = self.results_view.item
        if self._uncounted and self.at_rest and (self._wanted or item is None or item.target is None):
            self._uncounted = False
            # Counting would keep the picture of what has just been read waiting.
            self.call_after_refresh(self.ask_stats)
