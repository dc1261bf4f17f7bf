"""`interlock WORDS`, where the words are no command: a quick look at the record that they clearly mean, else a list."""

from __future__ import annotations

from db.errors import AmbiguousKeyError, NotFoundError, UsageError
from db.nearest_word import nearest_word
from tui.cli.arguments import AS_OF, Arguments, Command, Option, number
from tui.cli.commands import COMMANDS
from tui.cli.commands.show import write_brief
from tui.cli.database import open_chosen
from tui.cli.lists import note

MAYBE, SURELY = 0.6, 0.75
"""How alike the first word and a command have to be for the command to be named: where nothing was found, and else."""

COMMAND = Command(
    name="",
    usage="WORDS…",
    options=(
        Option("--brief", "as it is anyhow"),
        Option("--all", "closed organisations too, where it comes to a list"),
        Option("--limit", "how many to list, where it comes to a list", "N", number),
        Option("--explain", "say why each stands where it does, where it comes to a list"),
        AS_OF,
    ),
    least=1,
    filters=True,
)


def run(arguments: Arguments) -> int:
    """Write the record in ten lines, else what `find` finds; 1 where that is nothing."""
    if arguments.words[0] in COMMANDS:
        early = next(name for name in arguments.given if name in {option.name for option in COMMAND.options})
        raise UsageError(f"there is no option {early} before the command; options of a command stand after it")
    with open_chosen(arguments) as register:
        try:
            key = register.resolve(arguments.phrase)
        except (AmbiguousKeyError, NotFoundError):
            key = None
        if key is not None:
            write_brief(register, key, arguments)
            shown = register.brief(key)
            if arguments.words[0].casefold() not in f"{shown.key} {shown.name}".casefold():
                _tell_command(arguments.words[0], SURELY)
            return 0
    return _list(arguments)


def _list(arguments: Arguments) -> int:
    from tui.cli.commands import find  # loads the search, 20 ms that one clear record does not need

    code = find.run(arguments)
    if code == 0 and not all(":" in word for word in arguments.words):
        note(f"no one record is clearly meant by {arguments.phrase}: this is what find finds; show KEY opens one")
    _tell_command(arguments.words[0], SURELY if code == 0 else MAYBE)
    return code


def _tell_command(word: str, alike: float) -> None:
    """Name the command that a word may be meant for; much that people look for is a little like one."""
    if near := nearest_word(word, COMMANDS, alike):
        note(f"did you mean the command {near}?")
