"""The lists of the explorer that keys go to: what was found, the record, and who says so."""

from __future__ import annotations

from tui.explorer.keymap import bindings
from tui.explorer.widgets.line_view import LineView


class Pane(LineView):
    """A list in the explorer, from which one can go back, copy and ask for evidence."""

    BINDINGS = bindings("panes")


class ResultsView(Pane):
    """What the search found."""

    BINDINGS = bindings("results")


class RecordView(Pane):
    """The record."""

    BINDINGS = bindings("record")


class EvidenceView(Pane):
    """Who says what the marked line of the record says."""
