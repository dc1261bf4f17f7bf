"""The command line: finds the command, runs it, and turns whatever ends it into one line and an exit code."""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Sequence
from importlib import import_module

from db.database.builtin import when_made
from db.errors import IMPOSSIBLE, InterlockError, OutputError, UsageError
from db.nearest_word import nearest_word
from db.shortages import ShortageError, shortage
from tui.cli.arguments import parse, split_command
from tui.cli.commands import COMMANDS, LOOK, MODULES
from tui.cli.database import tell_damage
from tui.cli.making import clear, tell
from tui.cli.streams import abandon_stdout, finish_stdout, prepare_streams
from tui.text.safe import visible

INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run `interlock` with the words given, else with those of the process; return its exit code."""
    given = list(sys.argv[1:] if words is None else words)
    prepare_streams()
    when_made(tell)
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        abandon_stdout()
        return 0
    except KeyboardInterrupt:
        abandon_stdout()
        return INTERRUPTED
    except Exception as error:
        finish_stdout()
        if "--debug" in given:
            _show_traceback(error)
        else:
            _say_no_more()
        clear()
        return _report(error)
    finally:
        clear()


def _run(given: list[str]) -> int:
    """Find and run the command. Raises InterlockError for what the user can mend."""
    name, rest = split_command(given)
    asked_for_help = name == "help"
    if asked_for_help:
        name, rest = split_command([word for word in rest if word != "help"])[0], ["--help"]
    if name is None:
        if set(rest) & {"--help", "-h"}:
            return _help()
        if set(rest) & {"--version", "-V"}:
            return _version()
        name = "open"
    if name not in COMMANDS:
        if asked_for_help:
            raise UsageError(_unknown_command(name))
        if set(rest) & {"--help", "-h"}:
            return _help()
        name, rest = LOOK, given
    module = import_module(f"tui.cli.commands.{MODULES.get(name, name)}")
    arguments = parse(module.COMMAND, rest)
    if arguments.flag("--help"):
        from tui.cli.help import command_help  # 1 ms, and few ask for help

        sys.stdout.write(command_help(module.COMMAND))
        return 0
    if arguments.flag("--version"):
        return _version()
    try:
        code: int = module.run(arguments)
    except IMPOSSIBLE as error:
        tell_damage(arguments, error)
        raise
    return code


def _help() -> int:
    from tui.cli.help import overview  # as above

    sys.stdout.write(overview())
    return 0


def _version() -> int:
    from importlib.metadata import PackageNotFoundError, version  # 28 ms

    try:
        sys.stdout.write(f"interlock {version('interlock')}\n")
    except PackageNotFoundError:
        sys.stdout.write("interlock, not installed\n")
    return 0


def _unknown_command(name: str) -> str:
    near = nearest_word(name, COMMANDS)
    hint = f"did you mean {near}?" if near else f"to search for it: interlock find {name}"
    return f"there is no command {name}; {hint}"


def _report(error: Exception) -> int:
    """Write one line that says what ended the command; return the exit code."""
    if isinstance(error, InterlockError):
        _complain(str(error))
        return error.exit_code
    if isinstance(error, sqlite3.Error):
        _complain(f"the database refused: {error}; run again with --debug to see where")
        return 4
    lacking = shortage(error)
    if lacking:
        _complain(lacking)
        return ShortageError.exit_code
    if isinstance(error, FileNotFoundError) and not error.filename:
        # Only the folder that paths start from has no name.
        _complain("the folder that this was started in is gone; change to one that is there")
        return UsageError.exit_code
    if isinstance(error, OSError):
        said = error.strerror or error
        _complain(f"{error.filename}: {said}" if error.filename else f"could not write the answer: {said}")
        return 3 if error.filename else OutputError.exit_code
    _complain(f"this is a bug in Interlock: {type(error).__name__}: {error}; run again with --debug to see where")
    return 1


def _show_traceback(error: Exception) -> None:
    from traceback import format_exception  # 15 ms

    sys.stderr.write(visible("".join(format_exception(error)), newlines=True))


def _say_no_more() -> None:
    """Keep Python from adding lines of its own to the one of an error, such as of work that was never begun."""
    from warnings import simplefilter  # 0.3 ms, and most commands end well

    simplefilter("ignore")


def _complain(message: str) -> None:
    sys.stderr.write(f"interlock: {visible(' '.join(message.split()))}\n")


if __name__ == "__main__":
    sys.exit(main())
