"""Help, made from what the commands declare."""

from __future__ import annotations

from collections.abc import Iterable

from tui.cli.arguments import GLOBAL_OPTIONS, Command, Option
from tui.cli.commands import COMMANDS, EXIT_CODES
from tui.cli.tables import wrap
from tui.cli.terminal import columns


def overview() -> str:
    """Return the help of the whole program."""
    lines = [
        "Interlock: organisations and the arrangements between them.",
        "",
        "  interlock                    the explorer",
        "  interlock WORDS …            a quick look at the record that they clearly mean, else what find finds",
        "  interlock COMMAND …          one answer, for people and for scripts",
        "",
        "Commands",
        *_listed(COMMANDS.items()),
        "",
        "Options for every command, before or after it",
        *_options(GLOBAL_OPTIONS),
        "",
        "Wherever a record is asked for: its key (ods:RLQ), a bare code (RLQ), a name, or words that find only it.",
        "Exit codes",
        *_listed((str(code), meaning) for code, meaning in EXIT_CODES.items()),
        "",
        "interlock COMMAND --help tells more about one.",
    ]
    return "\n".join(lines) + "\n"


def command_help(command: Command) -> str:
    """Return the help of one command."""
    lines = [
        f"interlock {command.name} {command.usage}".rstrip(),
        "",
        *wrap(_sentence(COMMANDS[command.name]), _width()),
    ]
    if command.options:
        lines += ["", "Options", *_options(command.options)]
    lines += ["", "Options for every command", *_options(GLOBAL_OPTIONS)]
    if command.epilogue:
        lines.append("")
        for paragraph in command.epilogue.split("\n"):
            lines += wrap(paragraph, _width())
    return "\n".join(lines) + "\n"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _width() -> int:
    return min(columns() or 100, 100)


def _options(options: Iterable[Option]) -> Iterable[str]:
    return _listed((f"{option.name} {option.value or ''}".rstrip(), option.help) for option in options)


def _listed(pairs: Iterable[tuple[str, str]]) -> Iterable[str]:
    kept = list(pairs)
    margin = max(len(name) for name, _ in kept) + 4
    for name, meaning in kept:
        first, *rest = wrap(meaning, _width() - margin)
        yield f"  {name:<{margin - 2}}{first}"
        yield from (" " * margin + line for line in rest)
