"""Every action of the explorer, as data: its id, its usual keys, its word on the `:` line, what it does and where.

Keys, footer, help, palette, `:` line and docs/keys.md are made of this; nothing else says what there is to do.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do; `hint` is its word in the footer, empty where it is only told in the help."""

    id: str
    keys: tuple[str, ...]
    place: str
    words: str
    run: str
    """The Textual action it calls on the widget of its place."""
    hint: str = ""
    priority: bool = False
    command: str = ""
    """How it is typed on the `:` line: its word, then what may stand behind it, as `path [A] B`."""

    @property
    def word(self) -> str:
        """Its word on the `:` line, empty where it has none."""
        return self.command.partition(" ")[0]


PLACES: dict[str, str] = {
    "app": "Everywhere",
    "explore": "In the explorer",
    "search": "In the search",
    "command": "In the line of a command",
    "palette": "In the list of all actions",
    "lists": "In every list",
    "panes": "In the results, the record and the evidence",
    "results": "In the results",
    "record": "In the record",
    "help": "In the help",
    "visits": "In the history",
    "editing": "Wherever something is typed",
}
"""Where actions work, in the order in which the help explains them."""

CHAINS: tuple[tuple[str, ...], ...] = (
    ("search", "editing", "explore", "app"),
    ("command", "editing", "app"),
    ("palette", "editing", "app"),
    ("results", "panes", "lists", "explore", "app"),
    ("record", "panes", "lists", "explore", "app"),
    ("panes", "lists", "explore", "app"),
    ("lists", "help", "app"),
    ("lists", "visits", "app"),
)
"""Places whose keys work at the same time: within a chain a key can mean one thing only.

What is typed for a command or chosen from the palette comes before all keys of the explorer.
"""


def _follow(number: int) -> Action:
    words = f"Follow the link numbered {number}"
    hint = "the link of that number" if number == 1 else ""
    return Action(f"follow-{number}", (str(number),), "panes", words, f"follow({number})", hint)


def _narrow(number: int) -> Action:
    words = f"Narrow the results to what stands above them at this key, number {number}"
    hint = "narrow the results" if number == 1 else ""
    return Action(f"narrow-{number}", (f"f{number + 1}",), "explore", words, f"narrow({number})", hint)


ACTIONS: tuple[Action, ...] = (
    Action("quit-now", ("ctrl+q", "ctrl+c"), "app", "Leave", "app.quit", "quit", priority=True),
    Action(
        "redraw", ("ctrl+l",), "app", "Paint the screen anew, where another program has written over it", "app.redraw"
    ),
    Action("suspend", ("ctrl+z",), "app", "Go to the shell; its command fg comes back here", "app.suspend_process"),
    Action("quit", ("q",), "explore", "Leave (in the search, q is a letter)", "app.quit", "quit", command="quit"),
    Action(
        "help",
        ("question_mark", "f1"),
        "explore",
        "Explain the keys and the words (in a search with letters in it, ? is one: F1)",
        "help",
        "help",
        command="help",
    ),
    Action("search", ("slash",), "explore", "Go to the search", "search", "search"),
    Action(
        "command", ("colon",), "explore", "Type a command (in the search, where nothing is typed)", "command", "command"
    ),
    Action("palette", ("ctrl+p",), "explore", "Choose from all that can be done here", "palette", "all actions"),
    Action(
        "step-back",
        ("escape",),
        "explore",
        "Step back: evidence, record, results, search; what was typed stays",
        "step_back",
        "a step back",
    ),
    *(_narrow(number) for number in range(1, 9)),
    Action("next-pane", ("tab",), "explore", "Go to the next pane", "next_pane", "pane"),
    Action("previous-pane", ("shift+tab",), "explore", "Go to the pane before", "previous_pane"),
    Action(
        "history",
        ("H",),
        "explore",
        "Go to one of the places you have been at",
        "history",
        "where you were",
        command="history",
    ),
    Action("show", (), "explore", "Open a record", "command('show ')", command="show KEY…"),
    Action("find", (), "explore", "Search, with filters such as type:trust", "command('find ')", command="find TEXT…"),
    Action("gaps", (), "explore", "What is not known or not right", "command('gaps')", command="gaps [KEY|FILTERS…]"),
    Action("calendar", (), "explore", "What lies ahead", "command('calendar')", command="calendar [KEY|FILTERS…]"),
    Action("places", (), "explore", "Where they are, on a map", "command('places')", command="places [KEY|FILTERS…]"),
    Action("review", (), "explore", "Suggestions that wait for a person", "command('review')", command="review"),
    Action("runs", (), "explore", "What each import did", "command('runs')", command="runs"),
    Action("diff", (), "explore", "What one import changed", "command('diff ')", command="diff RUN"),
    Action("sources", (), "explore", "Where it all comes from", "command('sources')", command="sources"),
    Action("theme", (), "app", "Show other colours", "app.use_theme", command="theme dark|light|terminal"),
    Action(
        "mouse",
        (),
        "app",
        "Use the mouse, or leave it to the terminal",
        "app.use_mouse",
        command="mouse on|off",
    ),
    Action(
        "as-of",
        ("d",),
        "explore",
        "As of which day all is read; without one, today",
        "command('as-of ')",
        "as of a day",
        command="as-of [DAY…]",
    ),
    Action("search-open", ("enter",), "search", "Open the result that is marked", "screen.open_result", "open"),
    Action("search-down", ("down", "ctrl+n"), "search", "Mark the next result", "screen.mark(1)", "choose"),
    Action("search-up", ("up",), "search", "Mark the result before", "screen.mark(-1)"),
    Action("search-page-down", ("pagedown",), "search", "Mark ten results on", "screen.mark(10)"),
    Action("search-page-up", ("pageup",), "search", "Mark ten results back", "screen.mark(-10)"),
    Action("command-run", ("enter",), "command", "Do it", "screen.run_line", "do it"),
    Action(
        "command-complete",
        ("tab",),
        "command",
        "Complete the word; again for the next that fits",
        "screen.complete(1)",
        "complete",
    ),
    Action("command-complete-back", ("shift+tab",), "command", "The one before that fits", "screen.complete(-1)"),
    Action("command-earlier", ("up",), "command", "The line typed before", "screen.earlier(1)", "earlier"),
    Action("command-later", ("down",), "command", "The line typed after it", "screen.earlier(-1)"),
    Action("command-leave", ("escape",), "command", "Leave the line", "screen.leave_line", "leave"),
    Action("palette-run", ("enter",), "palette", "Do what is marked", "screen.run_chosen", "do it"),
    Action("palette-down", ("down", "tab", "ctrl+n"), "palette", "Mark the next", "screen.mark_offer(1)", "choose"),
    Action("palette-up", ("up", "shift+tab", "ctrl+p"), "palette", "Mark the one before", "screen.mark_offer(-1)"),
    Action("palette-page-down", ("pagedown",), "palette", "Mark ten on", "screen.mark_offer(10)"),
    Action("palette-page-up", ("pageup",), "palette", "Mark ten back", "screen.mark_offer(-10)"),
    Action("palette-leave", ("escape",), "palette", "Leave the list", "screen.leave_line", "leave"),
    Action("edit-left", ("left", "ctrl+b"), "editing", "Move a letter left", "cursor_left"),
    Action("edit-right", ("right", "ctrl+f"), "editing", "Move a letter right", "cursor_right"),
    Action("edit-word-left", ("ctrl+left",), "editing", "Move a word left", "cursor_left_word"),
    Action("edit-word-right", ("ctrl+right",), "editing", "Move a word right", "cursor_right_word"),
    Action("edit-start", ("home", "ctrl+a"), "editing", "Move to the start", "home"),
    Action("edit-end", ("end", "ctrl+e"), "editing", "Move to the end", "end"),
    Action("edit-delete-left", ("backspace",), "editing", "Delete the letter before", "delete_left"),
    Action("edit-delete-right", ("delete", "ctrl+d"), "editing", "Delete the letter after", "delete_right"),
    Action("edit-delete-word", ("ctrl+w",), "editing", "Delete the word before", "delete_left_word"),
    Action("edit-delete-all", ("ctrl+u",), "editing", "Clear the search before the cursor", "delete_left_all"),
    Action("edit-delete-rest", ("ctrl+k",), "editing", "Delete everything after", "delete_right_all"),
    Action("down", ("down", "j"), "lists", "Next line", "move(1)"),
    Action("up", ("up", "k"), "lists", "Line before", "move(-1)"),
    Action("page-down", ("pagedown", "ctrl+d", "ctrl+f"), "lists", "A screen on", "page(1)"),
    Action("page-up", ("pageup", "ctrl+u", "ctrl+b"), "lists", "A screen back", "page(-1)"),
    Action("top", ("g", "home"), "lists", "First line", "top"),
    Action("bottom", ("G", "end"), "lists", "Last line", "bottom"),
    Action("choose", ("enter",), "lists", "Follow the link, open the result or the group", "choose", "follow"),
    Action(
        "fold",
        ("space",),
        "lists",
        "Fold or unfold the group, or the line",
        "fold",
        "open or fold",
    ),
    Action("filter", ("f",), "lists", "Filter the group or list by what you type", "filter", "filter"),
    Action("sort", ("o",), "lists", "Sort the group or list: as it comes, by name, since, type", "sort", "sort"),
    Action("fold-group", ("minus",), "lists", "Fold the group that the line is in", "fold_group"),
    Action(
        "back",
        ("backspace", "left_square_bracket", "alt+left"),
        "panes",
        "Back, as in a browser",
        "screen.back",
        "back",
    ),
    Action("forward", ("right_square_bracket", "alt+right"), "panes", "Forward again", "screen.forward", "forward"),
    Action("evidence", ("e",), "panes", "Show or hide who says so, line by line", "screen.evidence", "who says so"),
    Action("zoom", ("plus",), "panes", "Give the pane the whole screen", "screen.zoom", "whole screen"),
    Action("unzoom", ("underscore",), "panes", "Show all panes again", "screen.unzoom", "all panes"),
    Action(
        "path",
        ("p",),
        "panes",
        "How it is connected with another record",
        "screen.path",
        "path to",
        command="path [A] B",
    ),
    Action(
        "shared", ("s",), "panes", "With whom it shares most", "screen.shared", "shares most", command="shared [A] [B]"
    ),
    Action(
        "shared-with",
        ("S",),
        "panes",
        "What it has in common with another record",
        "screen.in_common",
        "has in common with",
    ),
    Action(
        "compare",
        ("equals_sign",),
        "panes",
        "Put it beside another record",
        "screen.compare",
        "compare",
        command="compare [A] B",
    ),
    Action("map", ("M",), "panes", "Where what it is linked to is", "screen.map", "map", command="map [KEY]"),
    Action("tree", ("t",), "panes", "What hangs on it, and on that", "screen.tree", "tree", command="tree [KEY…]"),
    Action(
        "timeline", ("T",), "panes", "All that is dated of it", "screen.timeline", "timeline", command="timeline [KEY…]"
    ),
    Action("after", ("a",), "panes", "What became of it", "screen.after", "what became of it", command="after [KEY…]"),
    Action("copy-key", ("y",), "panes", "Copy the record's key", "screen.copy_key", "copy key"),
    Action("copy-row", ("Y",), "panes", "Copy the line", "screen.copy_row", "copy line"),
    Action(
        "copy-command",
        ("C",),
        "panes",
        "Copy the command that shows the same in a shell",
        "screen.copy_command",
        "copy command",
    ),
    Action(
        "cite",
        ("K",),
        "panes",
        "Copy what the marked line of the record says, with sources, days and licences",
        "screen.cite",
        "cite",
    ),
    Action(
        "export",
        ("x",),
        "panes",
        "Write what is on the screen to a file",
        "screen.export",
        "export",
        command="export FILE",
    ),
    Action("closed", ("c",), "results", "Search closed organisations too, or no longer", "screen.closed", "closed too"),
    Action("to-record", ("right", "l"), "results", "Go into the record", "choose"),
    Action("to-results", ("left", "h"), "record", "Go back to the results", "screen.to_results"),
    Action(
        "answer-yes", ("A",), "record", "Say yes to a question, or that this one is meant", "screen.answer(True)", "yes"
    ),
    Action("answer-no", ("R",), "record", "Say no to a question", "screen.answer(False)", "no"),
    Action(
        "answer-other",
        ("W",),
        "record",
        "Say which other record is meant",
        "screen.answer_other",
        "another",
    ),
    Action(
        "jump",
        ("apostrophe",),
        "panes",
        "Show a letter at each link in view, which follows it",
        "jump",
        "a letter at each link",
    ),
    *(_follow(number) for number in range(1, 10)),
    Action("close-visits", ("escape", "q", "H", "backspace"), "visits", "Stay where you are", "close_visits", "close"),
    Action(
        "close-help",
        ("escape", "q", "question_mark", "f1", "backspace"),
        "help",
        "Close the help",
        "close_help",
        "close",
    ),
)
