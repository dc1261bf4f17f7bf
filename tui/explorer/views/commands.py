"""Which view a command of the `:` line opens: one line for each command that shows something."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import NamedTuple

from tui.cli.arguments import Arguments, Command, Option
from tui.explorer.views.show import ShowView
from tui.explorer.views.view import View


class ViewMaker(NamedTuple):
    """How a view is made of the keys (or, where no record is named, the words) behind a command, and its options."""

    make: Callable[[tuple[str, ...], Arguments], View]
    options: tuple[str, ...] = ()
    """Names of those options of the command of the same name that the view takes."""


MAKERS: dict[str, ViewMaker] = {
    "show": ViewMaker(lambda keys, _: ShowView(keys[0]), ("--as-of",)),
}
"""By the word of the action in `tui.explorer.actions`."""


def options_of(word: str) -> tuple[Option, ...]:
    """Return the options that a command takes in the explorer, as the command line declares them."""
    maker = MAKERS.get(word)
    if maker is None or not maker.options:
        return ()
    command = import_module(f"tui.cli.commands.{word}").COMMAND
    assert isinstance(command, Command)
    return tuple(option for option in command.options if option.name in maker.options)
