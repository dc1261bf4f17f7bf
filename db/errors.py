"""The one error tree: every error a user can cause is one line that says what, where and what to do."""

from __future__ import annotations


class InterlockError(Exception):
    """Base of every error a user can cause; `exit_code` is what the command line returns for it."""

    exit_code = 1


class NotFoundError(InterlockError):
    """Nothing answers to the key or text that was given."""

    exit_code = 1


class UsageError(InterlockError):
    """The command, option or key was not usable as given."""

    exit_code = 2


class AmbiguousKeyError(UsageError):
    """A text stood for a key, and several records answer to it equally well; `candidates` lists their keys."""

    def __init__(self, message: str, candidates: tuple[str, ...]) -> None:
        super().__init__(message)
        self.candidates = candidates


class InputError(InterlockError):
    """A source could not be read or is not what it claims to be; nothing was written."""

    exit_code = 3


class DatabaseError(InterlockError):
    """The database is locked past the wait, newer than this program, older, corrupt or not one of ours."""

    exit_code = 4


class OutputError(InterlockError):
    """The answer could not be written to where it should go."""

    exit_code = 5


class QueryInterruptedError(DatabaseError):
    """A read was ended before its answer: by a newer keystroke, or at a limit of time, memory or size."""


IMPOSSIBLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What is raised over a value that no import writes and only a damaged register holds, or by a mistake of ours."""


_SHOWN = 60
"""Characters of a person's own text that an error repeats."""


def printable(text: str) -> str:
    """Return `text` with a mark for each character that a terminal may obey, for a message to show."""
    return "".join(mark if mark.isprintable() else "�" for mark in text)


def quoted(text: str) -> str:
    """Return `text` in quotes and on one line, cut where it is long, for an error to repeat."""
    line = " ".join(text.split())
    return f"'{line[: _SHOWN - 1]}…'" if len(line) > _SHOWN else f"'{line}'"


def no_record(key: str) -> NotFoundError:
    """Return the error that tells that no record has a key, whoever was asked for it."""
    return NotFoundError(f"no record has the key {quoted(key)}: `interlock find` searches for one")


def no_run(run: int) -> NotFoundError:
    """Return the error that tells that there is no run of a number."""
    return NotFoundError(f"there is no run {run}; interlock runs lists them")
