"""Which view a command of the `:` line opens: one line for each command that shows something."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

from db.errors import UsageError, quoted
from tui.cli.arguments import Arguments, Command, Option, number
from tui.explorer.command_line import ListedLine, in_quotes, query_of, read
from tui.explorer.outlook import WITHIN
from tui.explorer.views.after import AfterView
from tui.explorer.views.calendar import CalendarView
from tui.explorer.views.compare import CompareView
from tui.explorer.views.gaps import GapsView
from tui.explorer.views.path import PathView
from tui.explorer.views.places import PlacesView
from tui.explorer.views.review import ReviewView
from tui.explorer.views.runs import DiffView, RunsView
from tui.explorer.views.shared import SharedView
from tui.explorer.views.show import ShowView
from tui.explorer.views.sources import SourcesView
from tui.explorer.views.timeline import TimelineView
from tui.explorer.views.tree import TreeView
from tui.explorer.views.view import View
from tui.text import timeline, tree, ways


class ViewMaker(NamedTuple):
    """How a view is made of the keys (or, where no record is named, the words) behind a command, and its options."""

    make: Callable[[tuple[str, ...], Arguments], View]
    options: tuple[str, ...] = ()
    """Names of those options of the command of the same name that the view takes."""


def _run(words: tuple[str, ...], _: Arguments) -> View:
    try:
        return DiffView(run=number(words[0]))
    except ValueError:
        raise UsageError(f":diff takes the number of an import, not {quoted(words[0])}; :runs lists them") from None


LINKS = ("--type", "--not", "--all")
"""Options that say which links are looked at."""


def _path(keys: tuple[str, ...], arguments: Arguments) -> PathView:
    count, hops = arguments.number("-k", ways.COUNT), arguments.number("--max-hops", ways.HOPS)
    return PathView(keys[0], keys[1], count, hops, arguments.links)


def _shared(keys: tuple[str, ...], arguments: Arguments) -> SharedView:
    # Of a record beside itself nothing is asked but with whom it shares most.
    return SharedView(tuple(dict.fromkeys(keys)), arguments.limit(None), arguments.links)


def _tree(keys: tuple[str, ...], arguments: Arguments) -> TreeView:
    depth, width = arguments.number("--depth", tree.DEPTH), arguments.number("--width", tree.WIDTH)
    return TreeView(keys[0], depth, width, arguments.text("--direction"), arguments.links)


def _timeline(keys: tuple[str, ...], arguments: Arguments) -> TimelineView:
    return TimelineView(keys[0], arguments.number("--limit", timeline.LIMIT), arguments.flag("--all"))


MAKERS: dict[str, ViewMaker] = {
    "show": ViewMaker(lambda keys, _: ShowView(keys[0]), ("--as-of",)),
    "compare": ViewMaker(lambda keys, _: CompareView(keys[0], keys[1]), ("--as-of",)),
    "gaps": ViewMaker(
        lambda words, given: GapsView(given.many("--kind"), query_of(words), given.flag("--all")), ("--kind", "--all")
    ),
    "calendar": ViewMaker(
        lambda words, given: CalendarView(given.text("--within") or WITHIN, query_of(words)), ("--within", "--as-of")
    ),
    "map": ViewMaker(lambda keys, _: PlacesView(keys[0])),
    "places": ViewMaker(lambda words, _: PlacesView(query_of(words))),
    "review": ViewMaker(
        lambda _, given: ReviewView(
            given.many("--kind"),
            given.text("--name"),
            given.number("--above", 0) if "--above" in given.given else None,
            given.number("--run", 0) if "--run" in given.given else None,
        ),
        ("--kind", "--name", "--above", "--run"),
    ),
    "runs": ViewMaker(lambda _, __: RunsView()),
    "diff": ViewMaker(_run),
    "sources": ViewMaker(lambda _, __: SourcesView()),
    "path": ViewMaker(_path, ("-k", "--max-hops", *LINKS, "--as-of")),
    "shared": ViewMaker(_shared, ("--limit", *LINKS, "--as-of")),
    "tree": ViewMaker(_tree, ("--depth", "--width", "--direction", *LINKS, "--as-of")),
    "timeline": ViewMaker(_timeline, ("--limit", "--all", "--as-of")),
    "after": ViewMaker(lambda keys, _: AfterView(keys[0])),
}
"""By the word of the action in `tui.explorer.actions`."""


def view_of(words: Sequence[str], as_of: str | None) -> View | None:
    """Return the view that says of itself that these are its words, None where that cannot be told."""
    try:
        asked = read(" ".join(map(in_quotes, words)), None, options_of(words[0]))
        if isinstance(asked, ListedLine):
            return None
        return MAKERS[words[0]].make(asked.words, asked.arguments).on(as_of)
    except (UsageError, KeyError, IndexError):
        return None


def options_of(word: str) -> tuple[Option, ...]:
    """Return the options that a command takes in the explorer, as the command line declares them."""
    maker = MAKERS.get(word)
    if maker is None or not maker.options:
        return ()
    command = import_module(f"tui.cli.commands.{word}").COMMAND
    assert isinstance(command, Command)
    return tuple(option for option in command.options if option.name in maker.options)
