"""Which database a command reads or writes."""

from __future__ import annotations

import os

from db.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path  # costs 6 ms, and reading does without

    from db.register import Register
    from tui.arguments import Arguments


def named_path(arguments: Arguments) -> str | None:
    """Return the database named with `--db`, None where there is none.

    Raises UsageError beside `--builtin`, and for the home folder of a user that there is not.
    """
    named = arguments.text("--db")
    if named is None:
        return None
    if arguments.flag("--builtin"):
        raise UsageError("--builtin and --db name two databases; choose one")
    path = os.path.expanduser(named)
    if path.startswith("~"):
        home = path.partition("/")[0]
        raise UsageError(f"--db {named}: the home folder {home} is not known; for a folder of that name write ./{path}")
    return path


def open_chosen(arguments: Arguments) -> Register:
    """Open for reading: the built-in register, the database named, or the user's own, which is made if need be.

    Raises UsageError where two are asked for at once, DatabaseError where the one named is missing or unusable.
    """
    from db.register import open_register  # needs sqlite3 and the models, which help and usage errors do not

    return open_register(named_path(arguments), builtin=arguments.flag("--builtin"))


def writing_path(arguments: Arguments) -> Path:
    """Return the database file to write to, whether it is there or not. Raises UsageError for the built-in register."""
    from db.connection import default_path  # needs sqlite3, which help and usage errors do not

    if arguments.flag("--builtin"):
        raise UsageError("the built-in register cannot be written to; leave --builtin out, or name a file with --db")
    from pathlib import Path

    named = named_path(arguments)
    return default_path() if named is None else Path(named)


def tell_damage(arguments: Arguments, failure: Exception) -> None:
    """Raise DatabaseError where a command failed over damage in its database that reading alone did not notice."""
    from db import damage  # as above
    from db.connection import default_path

    if not arguments.flag("--builtin"):
        damage.tell_damage(named_path(arguments) or default_path(), failure)
