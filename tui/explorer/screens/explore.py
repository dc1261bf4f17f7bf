"""The one screen of the explorer: search above, results and record beside each other, who says so below."""

from __future__ import annotations

from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Input, Static

from tui.explorer.history import SearchState, Visit, find_words
from tui.explorer.keymap import bindings
from tui.explorer.list_state import ListState
from tui.explorer.messages import (
    ContentsRead,
    ItemChosen,
    ItemMarked,
    Noticed,
    OpenFailed,
    RegisterChanged,
    RegisterOpened,
    ResultsFound,
    SearchFailed,
    StatsRead,
)
from tui.explorer.pages.hints import Place, hints
from tui.explorer.pages.items import AGAIN, ListItem
from tui.explorer.pages.landing import LAST_TIME, about_items, last_time_items, type_items
from tui.explorer.pages.results import MORE, result_items
from tui.explorer.read_ahead import Beginning
from tui.explorer.screens.choosing import TYPING
from tui.explorer.screens.commanding import views_of_commands
from tui.explorer.screens.narrowing import NarrowingScreen
from tui.explorer.session import Session
from tui.explorer.sizes import size_classes
from tui.explorer.views.show import page_of
from tui.explorer.widgets.bars import DayBar, FacetBar, KeysBar, NoticeBar, RegisterBar, TrailBar
from tui.explorer.widgets.command_box import CommandBox
from tui.explorer.widgets.evidence_bar import EvidenceBar
from tui.explorer.widgets.line_inputs import SearchInput
from tui.explorer.widgets.line_view import Builder
from tui.explorer.widgets.panes import EvidenceView, RecordView, ResultsView
from tui.text.page_parts import Target
from tui.text.safe import width

LIMIT = 50
"""Results that are asked for at first."""

_AROUND_SEARCH = 6
"""Cells of the line of the search that are neither typed in nor say anything: margins, the prompt."""
_BRAND = 10
_LABEL = 12
"""Cells in which the name of a register still says something."""

RESTS = 0.15
"""Seconds that the mark rests on a result before it is shown beside them."""


class ExploreScreen(NarrowingScreen, inherit_bindings=False):
    """Search and results, the panes and the lines around them; each key is an action, each answer a message."""

    BINDINGS = bindings("explore")
    AUTO_FOCUS = None

    def __init__(self, session: Session, typed: str = "") -> None:
        super().__init__(session)
        self._typed_before = typed
        self._closed_too = False
        self._limit = LIMIT
        self._asked = ""
        self._answered: str | None = None
        self._open_when_found: str | None = None
        self._stay = False
        self._scroll_then = 0
        self._uncounted = True
        self._resting: Timer | None = None
        self._ahead: Beginning | None = None
        self._arranged_then = ListState()
        """How the results were arranged when new ones were asked for."""

    def compose(self) -> ComposeResult:
        """Lay out the lines and panes."""
        symbols = self.session.symbols
        self.add_class(*size_classes(self.app.size))
        self.set_class(symbols.plain, "-ascii")
        self.set_class(self.has_room_beside, "-broad")
        with Horizontal(id="top"):
            yield Static(Content("interlock"), id="brand")
            yield Static(Content(f"{symbols.prompt} "), id="prompt")
            yield SearchInput()
            yield DayBar(symbols, id="day")
            yield RegisterBar(symbols, id="register")
        yield FacetBar(symbols)
        with Horizontal(id="panes"):
            yield ResultsView(symbols, id="results")
            with Vertical(id="reading"):
                yield RecordView(symbols, id="record")
                yield EvidenceView(symbols, id="evidence")
        yield CommandBox(symbols)
        yield NoticeBar(symbols)
        yield EvidenceBar(symbols)
        yield TrailBar(symbols)
        yield KeysBar(symbols)

    def on_mount(self) -> None:
        """Show what there is by now."""
        self.bindings_updated_signal.subscribe(self, lambda _screen: self.tell_keys())
        self.watch(self.search_input, "selection", self.tell_keys, init=False)
        self.session.desk.tell_change = self._tell_change
        self.tell_register()
        with self.search_input.prevent(Input.Changed):
            self.search_input.value = self._typed_before
        self.search_input.action_end()
        self.go_to(self.record_view if self.session.start else self.search_input)
        # What has been read ahead is in the first picture; else that is painted first, the register opened meanwhile.
        self._ahead = self.session.desk.take_beginning()
        if self._ahead:
            self._begin(RegisterOpened(self._ahead.label, self.session.start))
            self._ahead = None
            self.call_after_refresh(self.open_searches)
        else:
            self.open_register()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the new width."""
        self.tell_register()
        self.tell_choice()
        self.tell_trail()
        self.place_evidence()
        self.tell_evidence()

    @on(RegisterOpened)
    def _begin(self, message: RegisterOpened) -> None:
        self.session.label = message.label
        self.tell_register()
        session = self.session
        self.recall(LIMIT)
        if problems := (*session.keymap.problems, *session.settings.problems, *session.keeper.problems):
            self.notice(*problems)
        if message.key:
            read = self._ahead.opened if self._ahead else None
            self.open(Target(message.key, message.key, ""), jumped=True, page=page_of(read) if read else None)
        elif self.last_time and session.settings.start == "last":
            self.go_back_to_last_time()
        self._search()

    def _tell_change(self, label: str) -> None:
        """Called by a worker."""
        self.post_message(RegisterChanged(label))

    @on(RegisterChanged)
    def _read_all_again(self, message: RegisterChanged) -> None:
        self.session.label = message.label
        self.notice(f"{message.label} has been changed or replaced by another program: read again", seconds=3)
        self.read_all_again()

    def read_all_again(self) -> None:
        """Ask anew for what is listed, what is shown and how much there is."""
        self._uncounted = True
        self.tell_register()
        self._search(stay=True)
        super().read_all_again()

    @on(OpenFailed)
    def _give_up(self, message: OpenFailed) -> None:
        self.session.failure = message.text
        self.app.exit(return_code=message.exit_code)

    @on(StatsRead)
    def _counted(self, message: StatsRead) -> None:
        self.session.stats, self.session.runs = message.stats, message.runs
        self.tell_register()
        self._tell_about()

    @on(Noticed)
    def _noticed(self, message: Noticed) -> None:
        self.notice(*message.lines)

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
        if self._asked.strip():
            self.ask_results(number, self._asked.strip(), self._limit, self._closed_too, self.as_of)
        elif self._ahead:
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

    def _tell_about(self) -> None:
        """Tell what the register is where no record is shown or on its way."""
        if not self._wanted and self._answered is not None and not self._answered.strip():
            session = self.session
            self.record_view.entitle("about this register")
            view_of = views_of_commands().view_of
            self.record_view.show(partial(about_items, session.label, session.stats, session.runs, view_of))

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

    @on(ItemMarked)
    def _fit_keys(self) -> None:
        self.tell_keys()

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

    def day_changed(self) -> None:
        """Search as of the day that is read now."""
        self.tell_register()
        self.tell_trail()
        self._search(stay=True)

    @property
    def at_rest(self) -> bool:
        """Whether what was typed has been answered and the record that is wanted is shown."""
        return self._answered == self.search_input.value and not self.waiting and self._resting is None

    def tell_register(self) -> None:
        """Show which register it is and how current, as far as what is typed leaves room."""
        typed = max(width(self.search_input.value) + 1, TYPING)
        around = _AROUND_SEARCH if self.has_class("-narrow") else _AROUND_SEARCH + _BRAND
        room = min(self.size.width * 3 // 5, self.size.width - around - typed) - self.day_cells
        bar = self.query_one(RegisterBar)
        bar.display = self.choice is None and room >= min(width(self.session.label), _LABEL)
        if bar.display:
            bar.tell(self.session.label, self.session.stats, room)

    def tell_trail(self) -> None:
        """Show the way that led here, and mark in the results what is open, as far as a person is reading it."""
        super().tell_trail()
        self.query_one(DayBar).tell(self.as_of)
        current = self.history.current
        if current and not self.previewing and self.reading.has_focus_within:
            if self._answered == self.search_input.value:
                self.results_view.point_at(current.key)
                self._scroll_then = self.results_view.top
            self.history.beside(SearchState(self.search_input.value, self._closed_too, self._limit), self._scroll_then)
        self._count()

    def _go(self, visit: Visit | None, otherwise: str) -> None:
        """Go to a visit, with the results that stood beside it."""
        asked = visit.asked if visit else None
        shown = SearchState(self.search_input.value, self._closed_too, self._limit), self.as_of
        if asked and visit and (asked, visit.view.as_of) != shown:
            self.as_of = visit.view.as_of
            with self.search_input.prevent(Input.Changed):
                self.search_input.value = asked.text
            self._closed_too, self._limit, self._scroll_then = asked.closed_too, asked.limit, visit.results_scroll
            self._search()
        super()._go(visit, otherwise)

    def _count(self) -> None:
        """Count what is in the register, once nothing else is being read."""
        item = self.results_view.item
        if self._uncounted and self.at_rest and (self._wanted or item is None or item.target is None):
            self._uncounted = False
            # Counting would keep the picture of what has just been read waiting.
            self.call_after_refresh(self.ask_stats)

    def tell_keys(self) -> None:
        """Show the keys that work here."""
        active = frozenset(active.binding.id or "" for active in self.active_bindings.values())
        session, pane = self.session, self._places()[0]
        words, typing = hints(self._place(pane)), pane in ("search", "command", "palette")
        self.query_one(KeysBar).tell(active, session.keymap, self.size.width - 2, words, typing=typing)

    def _place(self, pane: str) -> Place:
        """Return where a person is, as the hints for the keys need to know it."""
        views = {"record": self.record_view, "panes": self.evidence_view}
        view, typed = views.get(pane, self.results_view), self.search_input
        marked = self.record_view.item
        return Place(
            pane,
            view.item,
            view.can_move,
            typed=bool(typed.cursor_position or typed.selected_text),
            awaited=self._answered != typed.value,
            record=self.page is not None,
            subject=self.subject is not None,
            gone=self.record is not None and self.record.open is False and pane != "results",
            choosing=self.choice is not None,
            evidence=len(marked.evidence) if marked and not marked.fold else 0,
            evidence_shown=self.evidence_view.display and not self.has_room_beside,
            closed_too=self._closed_too,
            filtered=pane in ("results", "record", "panes") and bool(view.state.filters),
            zoomed=self.is_zoomed,
            filtering=pane in ("results", "record", "panes") and view.is_typing,
            offers=len(self.command_box.offers),
            typed_before=bool(self.session.lines),
            back=self.history.can_go_back or (self.previewing and self.history.current is not None),
            forward=self.history.can_go_forward,
        )
