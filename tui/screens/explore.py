"""The one screen of the explorer: search above, results and record beside each other, who says so below."""

from __future__ import annotations

from functools import partial

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.getters import query_one
from textual.widgets import Input, Static

from tui import wording
from tui.clipboard import copy
from tui.keymap import bindings
from tui.messages import ItemChosen, ItemMarked, Noticed, OpenFailed, RegisterOpened, ResultsFound, StatsRead
from tui.pages.items import Target
from tui.pages.results import MORE, result_items
from tui.screens.travelling import TravellingScreen
from tui.session import Session
from tui.widgets.bars import KeysBar, NoticeBar, RegisterBar, TrailBar
from tui.widgets.panes import EvidenceView, RecordView, ResultsView
from tui.widgets.search_input import SearchInput

LANDING = "kind:arrangement"
"""What is searched before anything is typed: the arrangements, which the register is about."""

LIMIT = 50
"""Results that are asked for at first."""


class ExploreScreen(TravellingScreen, inherit_bindings=False):
    """Search and results, the panes and the lines around them; each key is an action, each answer a message."""

    BINDINGS = bindings("explore")
    AUTO_FOCUS = None

    search_input = query_one("#search", SearchInput)
    results_view = query_one("#results", ResultsView)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._closed_too = False
        self._limit = LIMIT
        self._asked = ""
        self._answered: str | None = None
        self._open_when_found: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out the lines and panes."""
        symbols = self.session.symbols
        with Horizontal(id="top"):
            yield Static(Content("interlock"), id="brand")
            yield Static(Content(symbols.prompt), id="prompt")
            yield SearchInput(symbols)
            yield RegisterBar(symbols, id="register")
        with Horizontal(id="panes"):
            yield ResultsView(symbols, id="results")
            with Vertical(id="reading"):
                yield RecordView(symbols, id="record")
                yield EvidenceView(symbols, id="evidence")
        yield NoticeBar(symbols)
        yield TrailBar(symbols)
        yield KeysBar(symbols)

    def on_mount(self) -> None:
        """Paint first; the register is opened meanwhile."""
        self.set_class(self.session.symbols.plain, "-ascii")
        self.bindings_updated_signal.subscribe(self, lambda _screen: self.tell_keys())
        self.tell_register()
        self.go_to(self.record_view if self.session.start else self.search_input)
        self.open_register()

    def on_resize(self, event: events.Resize) -> None:
        """Fit the lines to the new width."""
        self.tell_register()
        self.tell_trail()
        self.tell_keys()

    @on(RegisterOpened)
    def _begin(self, message: RegisterOpened) -> None:
        self.session.label = message.label
        self.tell_register()
        if self.session.keymap.problems:
            self.notice(*self.session.keymap.problems)
        if message.key:
            self.open(Target(message.key, message.key, ""), jumped=True)
        self._search()

    @on(OpenFailed)
    def _give_up(self, message: OpenFailed) -> None:
        self.session.failure = message.text
        self.app.exit(return_code=message.exit_code)

    @on(StatsRead)
    def _counted(self, message: StatsRead) -> None:
        self.session.stats = message.stats
        self.tell_register()

    @on(Noticed)
    def _noticed(self, message: Noticed) -> None:
        self.notice(*message.lines)

    @on(Input.Changed, "#search")
    def _typed(self) -> None:
        self._limit = LIMIT
        self.notice()
        self._search()

    def _search(self) -> None:
        """Ask for results; whatever was asked before is stopped."""
        self._asked, self._answered = self.search_input.value, None
        number = self.session.desk.searches.number()
        self.ask_results(number, self._asked.strip() or LANDING, self._limit, self._closed_too)

    @on(ResultsFound)
    def _show_results(self, message: ResultsFound) -> None:
        if not self.session.desk.searches.is_newest(message.number):
            return
        self._answered, results = self._asked, message.results
        item = self.results_view.item
        keep = item.ident if item and self._limit > LIMIT else ""
        if self.reading.has_focus_within and self.history.current:
            keep = self.history.current.key
        self.results_view.show(partial(result_items, results, symbols=self.session.symbols), keep)
        typed = bool(self._asked.strip())
        words = f"{results.counted} found" if typed else wording.count(results.total, "arrangement")
        self.results_view.entitle(f"{words}{', closed ones too' if self._closed_too else ''}")
        if not results.hits:
            self.drop_preview()
        if self._open_when_found == self._answered:
            self.action_open_result()
        self._open_when_found = None

    @on(ItemMarked, "#record")
    def _count_evidence(self) -> None:
        self.tell_keys()

    @on(ItemMarked, "#results")
    def _look(self, message: ItemMarked) -> None:
        if message.item.target and not self.reading.has_focus_within:
            self.preview(message.item.target)

    @on(ItemChosen, "#results")
    def _open_result(self, message: ItemChosen) -> None:
        if message.item.more == MORE:
            self._limit *= 4
            self._search()
        elif message.item.target:
            self._enter(message.item.target)

    def _enter(self, target: Target) -> None:
        self.open(target, jumped=True)
        self.go_to(self.record_view)

    def action_open_result(self) -> None:
        """Open the marked result, or the first as soon as the search for what has been typed has found it."""
        if self._answered != self.search_input.value:
            self._open_when_found = self.search_input.value
        elif self.results_view.item is not None:
            self.results_view.action_choose()

    def action_mark(self, steps: int) -> None:
        """Move the mark in the results while typing goes on."""
        self.results_view.action_move(steps)

    def action_search(self) -> None:
        """Go to the search, what was typed selected so that typing replaces it."""
        self.go_to(self.search_input)
        self.search_input.action_select_all()

    def action_step_back(self) -> None:
        """Step back: hide the evidence, else record → results → an empty search → results."""
        if self.evidence_view.display and self.reading.has_focus_within:
            self.hide_evidence()
        elif self.reading.has_focus_within:
            self.go_to(self.results_view)
        elif self.results_view.has_focus:
            self.search_input.value = ""
            self.go_to(self.search_input)
        else:
            self.go_to(self.results_view)

    def action_to_results(self) -> None:
        """Go back to the results."""
        self.go_to(self.results_view)

    def action_next_pane(self) -> None:
        """Go to the next pane."""
        self._turn(1)

    def action_previous_pane(self) -> None:
        """Go to the pane before."""
        self._turn(-1)

    def _turn(self, step: int) -> None:
        panes = [self.search_input, self.results_view, self.record_view]
        panes += [self.evidence_view] if self.evidence_view.display else []
        at = next((n for n, pane in enumerate(panes) if pane.has_focus), 0)
        self.go_to(panes[(at + step) % len(panes)])

    def action_closed(self) -> None:
        """Search closed organisations too, or no longer."""
        self._closed_too = not self._closed_too
        self._search()

    def action_copy_key(self) -> None:
        """Copy the key of the record shown, or of the marked result."""
        item = self.results_view.item
        if self.results_view.has_focus:
            self._copy(item.target.key if item and item.target else "")
        else:
            self._copy(self.record.key if self.record else "")

    def action_copy_row(self) -> None:
        """Copy the marked line."""
        views = (self.results_view, self.record_view, self.evidence_view)
        view = next((view for view in views if view.has_focus), self.record_view)
        self._copy(view.item.copy if view.item else "")

    def _copy(self, text: str) -> None:
        copied = copy(text, self.session.environ)
        if copied.sequence and self.app._driver is not None:
            # Textual's own copy_to_clipboard knows no multiplexer, no limit and no failure.
            self.app._driver.write(copied.sequence)
        self.notice(copied.notice)

    def action_help(self) -> None:
        """Explain the keys that work here, and the words."""
        from tui.screens.help import HelpScreen  # most sessions never ask

        self.app.push_screen(HelpScreen(self.session, self._places(), self._words()))

    def _places(self) -> tuple[str, ...]:
        """Return the places whose keys work now, the nearest first."""
        if self.search_input.has_focus:
            return ("search", "explore", "app")
        nearest = "results" if self.results_view.has_focus else "record" if self.record_view.has_focus else "panes"
        return tuple(dict.fromkeys((nearest, "panes", "lists", "explore", "app")))

    def _words(self) -> frozenset[str]:
        """Return the words on the page that the vocabulary may explain."""
        record = self.record
        if record is None:
            return frozenset()
        words = {record.kind, record.type, record.type_label, record.status, record.status_label, record.form}
        words |= {record.legal_form, record.basis_status}
        words |= {word for link in record.links for word in (link.type, link.role, link.role_label)}
        words |= {fact.property for fact in record.facts}
        return frozenset(word.casefold() for word in words if word)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Entering the record opens what was only looked at; narrow screens show the pane that has the focus."""
        inside = self.reading.has_focus_within
        if inside:
            self.settle()
        self.set_class(inside, "-reading")
        self.tell_keys()

    @property
    def at_rest(self) -> bool:
        """Whether what was typed has been answered and the record that is wanted is shown."""
        return self._answered == self.search_input.value and not self.waiting

    def tell_register(self) -> None:
        """Show which register it is and how current."""
        room = max(self.size.width * 3 // 5, 10)
        self.query_one(RegisterBar).tell(self.session.label, self.session.stats, room)

    def tell_keys(self) -> None:
        """Show the keys that work here."""
        active = frozenset(active.binding.id or "" for active in self.active_bindings.values())
        words = {"choose": "open"} if self.results_view.has_focus else {}
        words |= {} if self.history.can_go_back or self.previewing else {"back": ""}
        words |= {} if self.history.can_go_forward else {"forward": ""}
        words["step-back"] = "results" if not self.results_view.has_focus else "new search"
        if self.evidence_view.display and self.reading.has_focus_within:
            words["step-back"] = "hide evidence"
        item = self.record_view.item
        if item is not None and self.record_view.has_focus:
            words["choose"] = "follow" if item.target else "show more" if item.more else ""
        if item is not None and item.evidence:
            words["evidence"] = f"who says so ({len(item.evidence)})"
        if self.search_input.has_focus:
            words["quit-now"] = "quit"
        session, typing = self.session, self.search_input.has_focus
        bar = self.query_one(KeysBar)
        bar.tell(active, session.keymap, self.size.width - 2, words, typing=typing)
