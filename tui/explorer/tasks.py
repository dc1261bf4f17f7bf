"""What people want to do in the explorer, in their order, and by which actions: how the help is arranged."""

from __future__ import annotations

TASKS: dict[str, tuple[str, ...]] = {
    "Find": (
        "search", "search-open", "search-down", "search-up", "search-page-down", "search-page-up", "closed",
        *(f"narrow-{number}" for number in range(1, 9)), "find", "show", "places", "sources",
    ),
    "Read": (
        "fold", "fold-group", "filter", "sort", "evidence", "zoom", "unzoom", "next-pane", "previous-pane", "to-record",
        "to-results", "down", "up", "page-down", "page-up", "top", "bottom",
    ),
    "Follow": (
        "choose", *(f"follow-{number}" for number in range(1, 10)), "jump", "back", "forward", "history", "tree", "map",
        "step-back", "close-visits",
    ),
    "Compare": ("compare", "path", "shared", "shared-with"),
    "In time": ("timeline", "after", "as-of", "calendar"),
    "Take away": ("export", "cite", "copy-row", "copy-key", "copy-command"),
    "Mend": ("answer-yes", "answer-no", "answer-other", "gaps", "review", "runs", "diff"),
    "Command": (
        "command", "command-run", "command-complete", "command-complete-back", "command-earlier", "command-later",
        "command-leave", "palette", "palette-run", "palette-down", "palette-up", "palette-page-down",
        "palette-page-up", "palette-leave",
    ),
    "Leave": ("help", "close-help", "quit", "quit-now", "suspend", "redraw", "theme", "mouse"),
    "Edit": (
        "edit-left", "edit-right", "edit-word-left", "edit-word-right", "edit-start", "edit-end", "edit-delete-left",
        "edit-delete-right", "edit-delete-word", "edit-delete-all", "edit-delete-rest",
    ),
}  # fmt: skip
"""Each action once, under what it is for; the edits of a line come last, as nobody looks for them first."""
