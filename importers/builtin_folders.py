"""Where the files are that a new register starts with."""

from __future__ import annotations

import os

from db.errors import UsageError

VARIABLE = "INTERLOCK_BUILTIN"
"""The environment variable that names a folder of files with which new registers start instead."""
_SHIPPED = os.path.join(os.path.dirname(__file__), "builtin")


def folders() -> tuple[str, ...]:
    """Return the folders of files that a new register starts with: the stories and the layers, or the one named.

    Raises UsageError where that is no folder.
    """
    named = os.environ.get(VARIABLE)
    if not named:
        return (os.path.join(_SHIPPED, "stories"), os.path.join(_SHIPPED, "layers"))
    folder = os.path.expanduser(named)
    if not os.path.isdir(folder):
        raise UsageError(f"{VARIABLE}: {named} is no folder; name one with the files that new registers start with")
    return (folder,)
