"""The command line: finds the command, runs it, and turns whatever ends it into one line and an exit code."""

from __future__ import annotations

import os
import sys
from importlib import import_module

from db.errors import InterlockError, UsageError
from tui.arguments import parse, split_command
from tui.commands import COMMANDS, LATER, MODULES
from tui.safe import visible

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

INTERRUPTED = 130


def main(words: Sequence[str] | None = None) -> int:
    """Run `interlock` with the words given, else with those of the process; return its exit code."""
    given = list(sys.argv[1:] if words is None else words)
    _prepare_streams()
    try:
        code = _run(given)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        _abandon_stdout()
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        if "--debug" in given:
            _show_traceback(error)
        return _report(error)


def _run(given: list[str]) -> int:
    """Find and run the command. Raises InterlockError for what the user can mend."""
    name, rest = split_command(given)
    if name == "help":
        name, rest = split_command([word for word in rest if word != "help"])[0], ["--help"]
    if name is None:
        if set(rest) & {"--help", "-h"}:
            return _help()
        if set(rest) & {"--version", "-V"}:
            return _version()
        name = "open"
    if name not in COMMANDS:
        raise UsageError(_unknown_command(name, given))
    module = import_module(f"tui.commands.{MODULES.get(name, name)}")
    arguments = parse(module.COMMAND, rest)
    if arguments.flag("--help"):
        from tui.output.help import command_help  # only help pays for it

        sys.stdout.write(command_help(module.COMMAND))
        return 0
    if arguments.flag("--version"):
        return _version()
    code: int = module.run(arguments)
    return code


def _help() -> int:
    from tui.output.help import overview  # only help pays for it

    sys.stdout.write(overview())
    return 0


def _version() -> int:
    from importlib.metadata import PackageNotFoundError, version  # 20 ms that only this answer needs

    try:
        sys.stdout.write(f"interlock {version('interlock')}\n")
    except PackageNotFoundError:
        sys.stdout.write("interlock, not installed\n")
    return 0


def _unknown_command(name: str, given: list[str]) -> str:
    from tui.arguments import GLOBAL_OPTIONS, nearest

    if name in LATER:
        return f"{name} is not in this version; there are {', '.join(COMMANDS)}"
    before = [word for word in given[: given.index(name)] if word.startswith("-")]
    options = {option.name for option in GLOBAL_OPTIONS} | {"-h", "-V"}
    for word in before:
        option = word.partition("=")[0]
        if option not in options:
            near = nearest(option, options)
            hint = f"did you mean {near}?" if near else "options of a command stand after it"
            return f"there is no option {option} before the command; {hint}"
    near = nearest(name, COMMANDS)
    hint = f"did you mean {near}?" if near else f"to search for it: interlock find {name}"
    return f"there is no command {name}; {hint}"


def _report(error: Exception) -> int:
    """Write one line that says what ended the command; return the exit code."""
    if isinstance(error, InterlockError):
        _complain(str(error))
        return error.exit_code
    database = sys.modules.get("sqlite3")
    if database is not None and isinstance(error, database.Error):
        _complain(f"the database refused: {error}; run again with --debug to see where")
        return 4
    if isinstance(error, OSError):
        place = str(error.filename) if error.filename else "the answer could not be written"
        _complain(f"{place}: {error.strerror or error}")
        return 3 if error.filename else 1
    _complain(f"this is a bug in Interlock: {type(error).__name__}: {error}; run again with --debug to see where")
    return 1


def _show_traceback(error: Exception) -> None:
    from traceback import format_exception  # wanted on purpose only

    sys.stderr.write(visible("".join(format_exception(error)), newlines=True))


def _complain(message: str) -> None:
    sys.stderr.write(f"interlock: {visible(' '.join(message.split()))}\n")


def _prepare_streams() -> None:
    """Let no character of the data fail on its way out: what an encoding lacks is written as an escape."""
    # A stream that whoever started the process has closed is None; what is written to it goes nowhere.
    sys.stdin = sys.stdin or open(os.devnull, encoding="utf-8")
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")
    for stream in (sys.stdout, sys.stderr):
        encoding = (stream.encoding or "").replace("-", "").casefold()
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if encoding.startswith("utf"):
            reconfigure(errors="backslashreplace", newline="\n")
        else:
            from tui.output.escapes import ESCAPES  # only terminals without Unicode pay for it

            reconfigure(errors=ESCAPES, newline="\n")


def _abandon_stdout() -> None:
    """Point stdout nowhere, so that nothing fails when Python flushes it at the end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


if __name__ == "__main__":
    sys.exit(main())
