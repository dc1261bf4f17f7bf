"""Which database a command reads or writes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from db.database import damage
from db.database.connection import default_path, path_named
from db.errors import UsageError
from db.files.leftovers import clear_leftovers, temporary_folder
from db.files.user_folders import user_folder_name
from db.register import Register, open_register
from tui.cli.arguments import Arguments

if TYPE_CHECKING:
    from pathlib import Path


def named_path(arguments: Arguments) -> str | None:
    """Return the database named with `--db`, None where there is none.

    Raises UsageError beside `--builtin`, and for the home folder of a user that there is not.
    """
    named = arguments.text("--db")
    if named is None:
        return None
    if arguments.flag("--builtin"):
        raise UsageError("--builtin and --db name two databases; choose one")
    return path_named(named)


@contextmanager
def open_chosen(arguments: Arguments) -> Iterator[Register]:
    """Open for reading, all of it from one state: the built-in register, the database named, or the user's own.

    The last is made if need be. Raises UsageError where two are asked for at once, DatabaseError where the one named is
    missing or unusable.
    """
    named = named_path(arguments)
    tidy(named)
    with open_register(named, builtin=arguments.flag("--builtin")) as register:
        if named is None and register.path_text is not None:
            clear_leftovers(_folder(register.path_text))
        with register.snapshot():
            yield register


def tidy(path: str | None) -> None:
    """Clear away what killed commands have left: beside a database, in the cache and among temporary files."""
    places = [] if path is None else [_folder(path)]
    with suppress(OSError):
        places.append(user_folder_name("cache"))
    clear_leftovers(*places, temporary_folder())


def _folder(path: str) -> str:
    return os.path.dirname(os.path.realpath(path))


def writing_path(arguments: Arguments) -> Path:
    """Return the database file to write to, whether it is there or not. Raises UsageError for the built-in register."""
    if arguments.flag("--builtin"):
        from tui.text.changes import UNWRITABLE  # loads the words of records, 4 ms: no reading command refuses so

        raise UsageError(UNWRITABLE)
    from pathlib import Path  # with what it loads 8 ms, which reading does without

    path = Path(named_path(arguments) or default_path())
    tidy(str(path))
    return path


def tell_damage(arguments: Arguments, failure: Exception) -> None:
    """Raise DatabaseError where a command failed over damage in its database that reading alone did not notice."""
    if not arguments.flag("--builtin"):
        damage.tell_damage(named_path(arguments) or default_path(), failure)
