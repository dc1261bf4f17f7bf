"""The views of the record that is open, and choosing another record where a view is of two."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual.content import Content
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Static

from tui.explorer.pages.items import piece
from tui.explorer.screens.evidence import NOBODY
from tui.explorer.screens.travel import TravellingScreen
from tui.explorer.session import Session
from tui.explorer.views.after import AfterView
from tui.explorer.views.compare import CompareView
from tui.explorer.views.path import PathView
from tui.explorer.views.places import PlacesView
from tui.explorer.views.shared import SharedView
from tui.explorer.views.timeline import TimelineView
from tui.explorer.views.tree import TreeView
from tui.explorer.views.view import View
from tui.explorer.widgets.line_inputs import SearchInput
from tui.explorer.widgets.panes import ResultsView
from tui.text import phrases
from tui.text.page_parts import Target
from tui.text.safe import width

TYPING = 34
"""Cells that what is typed has at least, before what stands beside it is told."""


@dataclass(frozen=True)
class Choice:
    """Another record that is being chosen: what for, what it makes, and where the reader was."""

    title: str
    """What is asked for, with `{}` for the name of the record that another is chosen for."""
    name: str
    view_with: Callable[[Target], View]
    text: str
    """What was searched for before."""
    pane: Widget


class ChoosingScreen(TravellingScreen, inherit_bindings=False):
    """Opens the views of a record; for one of two records the search finds the other."""

    search_input = query_one("#search", SearchInput)
    results_view = query_one("#results", ResultsView)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.choice: Choice | None = None

    @property
    def subject(self) -> Target | None:
        """The record that keys for a record apply to: the marked result, else the one that is open."""
        if self.results_view.has_focus:
            return self.results_view.item.target if self.results_view.item else None
        if self.page and not self.waiting:
            return self.page.about
        wanted = self._wanted
        return Target(wanted.key, wanted.called, "") if wanted and wanted.key else None

    @property
    def shown_by(self) -> str:
        """The id of the action that shows what is shown already, empty where that is no view of one record."""
        words = self.view.words if self.view else ()
        return {"places": "map"}.get(words[0], words[0]) if len(words) == 2 and self.view and self.view.key else ""

    def action_tree(self) -> None:
        """Show what hangs on the record."""
        self._open_of(lambda one: TreeView(one.key, as_of=self.as_of))

    def action_timeline(self) -> None:
        """Show all that is dated of the record."""
        self._open_of(lambda one: TimelineView(one.key, as_of=self.as_of))

    def action_after(self) -> None:
        """Show what became of the record; documents do not pass on to others."""
        one = self.subject
        if one and one.kind == "document":
            self.notice("What became of it is asked of organisations and arrangements; this is a document")
            return
        self._open_of(lambda one: AfterView(one.key, as_of=self.as_of))

    def action_shared(self) -> None:
        """Show with whom the record shares most."""
        self._open_of(lambda one: SharedView((one.key,), as_of=self.as_of))

    def action_path(self) -> None:
        """Show how the record is connected with another one."""
        self._choose_with("path from {} to", lambda one, other: PathView(one.key, other.key, as_of=self.as_of))

    def action_in_common(self) -> None:
        """Show what the record has in common with another one."""
        self._choose_with(
            "what {} shares with", lambda one, other: SharedView((one.key, other.key), as_of=self.as_of)
        )  # fmt: skip

    def action_compare(self) -> None:
        """Show the record beside another one."""
        self._choose_with("{} beside", lambda one, other: CompareView(one.key, other.key, as_of=self.as_of))

    def action_map(self) -> None:
        """Show where those are that the record is linked to."""
        self._open_of(lambda one: PlacesView(one.key, as_of=self.as_of))

    def _open_of(self, view_of: Callable[[Target], View]) -> None:
        """Open a view of the record, as from a search where it is a result."""
        one = self.subject
        if one is None:
            self.notice(NOBODY)
            return
        self.open_view(view_of(one), jumped=self.results_view.has_focus)
        self.go_to(self.record_view)

    def _choose_with(self, title: str, view_of: Callable[[Target, Target], View]) -> None:
        """Let the search find another record for a view of two."""
        one = self.subject
        if one is None:
            self.notice(NOBODY)
            return
        self.choose(title, lambda other: view_of(one, other), one.name)

    def choose(self, title: str, view_with: Callable[[Target], View], name: str = "") -> None:
        """Let the search find a record, and open the view that it makes; `name` is the other of two."""
        pane = self.results_view if self.results_view.has_focus else self.record_view
        self.choice = Choice(title, name, view_with, self.search_input.value, pane)
        self.tell_choice()
        self.go_to(self.search_input)
        self.search_input.action_select_all()

    @property
    def day_words(self) -> str:
        """As of which day all is read, in short where there is little room beside it; nothing where that is today."""
        return phrases.as_of(self.as_of, in_short=self.has_class("-narrow"))

    @property
    def day_cells(self) -> int:
        """How many cells the day takes in the line of the search, where it is not today."""
        return width(self.day_words) + 4 if self.as_of else 0

    def tell_register(self) -> None:
        """Show which register it is, as far as what is typed leaves room."""
        raise NotImplementedError

    def take_choice(self, other: Target) -> bool:
        """Open the view with the record that was chosen; tell whether one was being chosen."""
        choice, self.choice = self.choice, None
        if choice is None:
            return False
        self.tell_choice()
        # What was looked at on the way is no visit.
        self._wanted = None
        self.open_view(choice.view_with(other), jumped=choice.pane is self.results_view)
        self.go_to(self.record_view)
        return True

    def leave_choice(self) -> bool:
        """Choose none and go back to where the choice began; tell whether one was being chosen."""
        choice = self.choice
        if choice is None:
            return False
        self.end_choice()
        self.search_input.value = choice.text
        if choice.pane is self.record_view:
            self.drop_preview()
        self.go_to(choice.pane)
        return True

    def end_choice(self) -> None:
        """Choose none, since something else was opened."""
        if self.choice:
            self.choice = None
            self.tell_choice()

    def tell_choice(self) -> None:
        """Say before what is typed what it is to find."""
        symbols, told = self.session.symbols, ""
        if self.choice:
            room = self.size.width - TYPING - width(self.choice.title) - self.day_cells
            told = f"{self.choice.title.format(piece(self.choice.name, limit=max(room, 8)).text)} "
        self.query_one("#prompt", Static).update(Content(symbols.fit(f"{told}{symbols.prompt} ")))
        self.set_class(self.choice is not None, "-choosing")
        self.tell_register()
        self.tell_keys()
