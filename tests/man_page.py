"""Writes docs/interlock.1, the man page, from what the commands declare (`make docs`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.cli.arguments import GLOBAL_OPTIONS, SHORT, Command, Option
from tui.cli.commands import COMMANDS, EXIT_CODES
from tui.cli.completion import every_command

PAGE = Path(__file__).parents[1] / "docs" / "interlock.1"
_ABOUT = (
    "Alone it opens the explorer. WORDS give a quick look at the record that they clearly mean, else what find finds. "
    "A COMMAND gives one answer, for people and for scripts."
)
_RECORDS = "Wherever a record is asked for: its key (ods:RLQ), a bare code (RLQ), a name, or words that find only it."
_FILES = (
    ("~/.local/share/interlock", "your own register"),
    ("~/.cache/interlock", "the built-in register, ready-made"),
    ("~/.config/interlock/settings.toml, keys.toml", "settings and keys of the explorer"),
    ("~/.local/state/interlock", "where you were in the explorer, and its log of crashes"),
)
_VARIABLES = (
    ("INTERLOCK_DB", "the database to use, where --db does not name one"),
    ("INTERLOCK_TODAY", "the day that counts as today, as YYYY-MM-DD"),
    ("INTERLOCK_NO_STATE", "if set, the explorer neither reads nor writes where you were"),
    ("NO_COLOR, FORCE_COLOR", "no colour, or colour in a pipe too"),
)


def page() -> str:
    """Return the page, as man reads it."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield '.TH INTERLOCK 1 "" "Interlock" "User commands"'
    yield from (".SH NAME", _text("interlock - organisations and the arrangements between them"))
    yield ".SH SYNOPSIS"
    for words in ("", " WORDS …", " COMMAND …"):
        yield from (f".B interlock{_text(words)}", ".br")
    yield from (".SH DESCRIPTION", _text(_ABOUT), ".PP", _text(_RECORDS))
    yield ".SH COMMANDS"
    for command in every_command():
        yield from _command(command)
    yield ".SH OPTIONS"
    yield from _options(GLOBAL_OPTIONS)
    yield ".SH EXIT STATUS"
    yield from _listed((str(code), meaning) for code, meaning in EXIT_CODES.items())
    yield from (".SH ENVIRONMENT", *_listed(_VARIABLES), ".SH FILES", *_listed(_FILES))


def _command(command: Command) -> Iterator[str]:
    usage, summary = f"{command.name} {command.usage}".rstrip(), f"{COMMANDS[command.name]}."
    yield from (f".SS interlock {_text(usage)}", _text(summary))
    yield from _options(command.options)
    for paragraph in filter(None, command.epilogue.split("\n")):
        yield from (".PP", _text(paragraph))


def _options(options: Iterable[Option]) -> Iterator[str]:
    short = {name: letter for letter, name in SHORT.items()}
    return _listed(
        (", ".join(filter(None, (short.get(one.name), f"{one.name} {one.value or ''}".rstrip()))), one.help)
        for one in options
    )


def _listed(pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    for name, meaning in pairs:
        yield from (".TP", f".B {_text(name)}", _text(meaning))


def _text(text: str) -> str:
    """Return a text in which nothing is a request of roff."""
    plain = text.replace("\\", "\\e").replace("-", "\\-")
    return f"\\&{plain}" if plain[:1] in (".", "'") else plain


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
    print(f"renewed {PAGE}")
