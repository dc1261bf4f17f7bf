"""The panes of the explorer beside each other: which one has the keys, what can be copied from it, help for it."""

from __future__ import annotations

from textual import events, on
from textual.widget import Widget

from tui.explorer.clipboard import copy
from tui.explorer.messages import PlaceClicked
from tui.explorer.screens.choosing import ChoosingScreen
from tui.explorer.screens.help import HelpScreen
from tui.explorer.screens.visits import VisitsScreen
from tui.explorer.widgets.line_view import LineView


class PanesScreen(ChoosingScreen, inherit_bindings=False):
    """Goes from the search to the results, the record, the evidence, and back."""

    def action_search(self) -> None:
        """Go to the search, what was typed selected so that typing replaces it."""
        self.go_to(self.search_input)
        self.search_input.action_select_all()

    def action_step_back(self) -> None:
        """Step back: a filter, the evidence, else record → results → search → results; what was typed stays."""
        view = self._focused_view
        if view and view.step_back():
            self.tell_keys()
        elif self.leave_choice():
            return
        elif self.is_zoomed and view:
            self.action_unzoom()
        elif self.evidence_view.has_focus and self.has_room_beside:
            self.go_to(self.record_view)
        elif self.evidence_view.display and self.reading.has_focus_within and not self.has_room_beside:
            self.hide_evidence()
        elif self.reading.has_focus_within:
            self.go_to(self.results_view)
        elif self.results_view.has_focus:
            self.go_to(self.search_input)
        else:
            self.go_to(self.results_view)

    @property
    def _focused_view(self) -> LineView | None:
        return self.focused if isinstance(self.focused, LineView) else None

    def go_to(self, pane: Widget) -> None:
        """Give a pane the focus; the filter that was being typed in another stays as it is."""
        view = self._focused_view
        if view and view is not pane:
            view.end_typing()
        super().go_to(pane)

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

    def action_copy_key(self) -> None:
        """Copy the key of the record shown, or of the marked result."""
        self._copy(self.subject.key if self.subject else "")

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

    def action_history(self) -> None:
        """Let a place be picked of those that one has been at."""
        if self.history.current is None:
            self.notice("You have not been anywhere yet")
            return
        self._remember()
        self.app.push_screen(VisitsScreen(self.session, self.history), self._go_to_place)

    def _go_to_place(self, place: int | None) -> None:
        """Go to a place of the history that was picked."""
        if place is not None:
            self._go(self.history.go(place), "")

    @on(PlaceClicked)
    def _go_along(self, message: PlaceClicked) -> None:
        """Go to a place of the way that was clicked."""
        self._remember()
        self._go_to_place(message.place)

    def action_help(self) -> None:
        """Explain the keys that work here, and the words."""
        self.app.push_screen(HelpScreen(self.session, self._places(), self._words()))

    def words_of_keys(self, pane: str) -> dict[str, str]:
        """Return what keys are called in a pane, empty where they do nothing."""
        raise NotImplementedError

    def _places(self) -> tuple[str, ...]:
        """Return the places whose keys work now, the nearest first."""
        if self.search_input.has_focus:
            return ("search", "editing", "explore", "app")
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
            self.end_choice()
            self.read_ahead_of(self.record_view.item)
        self.set_class(inside, "-reading")
        self.set_class(self.evidence_view.has_focus, "-proving")
        self.place_evidence()
        self.tell_trail()
        self.tell_keys()
