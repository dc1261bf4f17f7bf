"""The one screen of the explorer: search above, results and record beside each other, who says so below."""

from __future__ import annotations

from dataclasses import replace

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Input, Static

from tui.explorer.history import SearchState, Visit
from tui.explorer.keymap import bindings
from tui.explorer.messages import (
    ItemMarked,
    Noticed,
    OpenFailed,
    OutlookRead,
    RegisterChanged,
    RegisterOpened,
    StatsRead,
)
from tui.explorer.pages.hints import Place, hints
from tui.explorer.screens.choosing import TYPING
from tui.explorer.screens.searching import LIMIT, SearchingScreen
from tui.explorer.session import Session
from tui.explorer.sizes import size_classes
from tui.explorer.views.show import page_of
from tui.explorer.widgets.bars import DayBar, FacetBar, KeysBar, NoticeBar, RegisterBar, TrailBar
from tui.explorer.widgets.command_box import CommandBox
from tui.explorer.widgets.evidence_bar import EvidenceBar
from tui.explorer.widgets.line_inputs import LineInput, SearchInput
from tui.explorer.widgets.panes import EvidenceView, RecordView, ResultsView
from tui.text.page_parts import Target
from tui.text.safe import width

_AROUND_SEARCH = 6
"""Cells of the line of the search that are neither typed in nor say anything: margins, the prompt."""
_BRAND = 10
_LABEL = 12
"""Cells in which the name of a register still says something."""


class ExploreScreen(SearchingScreen, inherit_bindings=False):
    """Search and results, the panes and the lines around them; each key is an action, each answer a message."""

    BINDINGS = bindings("explore")
    AUTO_FOCUS = None

    def __init__(self, session: Session, typed: str = "") -> None:
        super().__init__(session)
        self._typed_before = typed

    def compose(self) -> ComposeResult:
        """Lay out the lines and panes."""
        symbols = self.session.symbols
        self.add_class(*size_classes(self.app.size))
        self.set_class(symbols.plain, "-ascii")
        self.set_class(self.has_room_beside, "-broad")
        self.set_class(self.session.start is not None, "-reading")
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
        for line in self.query(LineInput):
            self.watch(line, "selection", self.tell_keys, init=False)
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

    def _compositor_refresh(self) -> None:
        """Paint, but no list that is still empty and about to be laid out: the first picture takes as long as any."""
        if not (self.results_view.awaits_layout or self.record_view.awaits_layout):
            super()._compositor_refresh()

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

    @on(OpenFailed)
    def _give_up(self, message: OpenFailed) -> None:
        self.session.failure = message.text
        self.app.exit(return_code=message.exit_code)

    @on(StatsRead)
    def _counted(self, message: StatsRead) -> None:
        self.session.stats, self.session.runs = message.stats, message.runs
        self.tell_register()
        self._tell_about()

    @on(OutlookRead)
    def _looked_ahead(self, message: OutlookRead) -> None:
        self.session.outlook = message.outlook
        self._tell_about()

    @on(Noticed)
    def _noticed(self, message: Noticed) -> None:
        self.notice(*message.lines)

    @on(ItemMarked)
    def _fit_keys(self) -> None:
        self.tell_keys()

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
        self.query_one(DayBar).tell(self.day_words)
        current = self.history.current
        if current and self._wanted and not self.previewing and self.reading.has_focus_within:
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

    def tell_keys(self) -> None:
        """Show the keys that work here."""
        active = frozenset(active.binding.id or "" for active in self.active_bindings.values())
        session, pane = self.session, self._places()[0]
        place = self._place(pane)
        words, typing = hints(place), place.takes_letters
        self.query_one(KeysBar).tell(active, session.keymap, self.size.width - 2, words, typing=typing)
        way_in = "" if typing else session.keymap.display("search", plain=session.symbols.plain)
        self.search_input.tell_way_in(way_in)

    def words_of_keys(self, pane: str) -> dict[str, str]:
        """Return what keys are called in a pane; what became of it may be asked of a record that is open as well."""
        place = self._place(pane)
        return hints(replace(place, gone=place.subject))

    def _place(self, pane: str) -> Place:
        """Return where a person is, as the hints for the keys need to know it."""
        views = {"record": self.record_view, "panes": self.evidence_view}
        view = views.get(pane, self.results_view)
        line = self.focused if isinstance(self.focused, LineInput) else self.search_input
        marked = self.record_view.item
        return Place(
            pane,
            view.item,
            view.can_move,
            typed=bool(line.cursor_position or line.selected_text),
            awaited=self._answered != self.search_input.value,
            record=self.page is not None,
            subject=self.subject is not None,
            shown=self.shown_by if pane != "results" else "",
            gone=self.record is not None and self.record.open is False and pane != "results",
            choosing=self.choice is not None,
            evidence=len(marked.evidence) if marked and not marked.fold else 0,
            cites=self.page is not None and self.page.cites,
            evidence_shown=self.evidence_view.display and not self.has_room_beside,
            closed_too=self._closed_too,
            filtered=pane in ("results", "record", "panes") and bool(view.state.filters),
            zoomed=self.is_zoomed,
            filtering=pane in ("results", "record", "panes") and view.is_typing,
            offers=len(self.command_box.offers),
            typed_before=bool(self.session.lines),
            back=(self.history.can_go_back and self._wanted is not None)
            or (self.previewing and self.history.current is not None)
            or (self.at_first_visit and not self.has_results),
            forward=self.history.can_go_forward or (self._wanted is None and self.history.current is not None),
        )
