"""The option by which commands that read files may take more memory than is usual."""

from __future__ import annotations

from db.errors import UsageError
from importers.limits import LEAST_MEMORY, MEMORY, Limits
from tui.cli.arguments import Arguments, Option, number

OPTION = Option("--memory", f"how much memory it may take, in megabytes (unless asked: {MEMORY})", "MB", number)


def limits(arguments: Arguments) -> Limits:
    """Return what reading files may take; raises UsageError where that is less than any command can do with."""
    memory = arguments.number(OPTION.name, MEMORY)
    if memory < LEAST_MEMORY:
        raise UsageError(f"{OPTION.name}: reading files takes at least {LEAST_MEMORY} MB")
    return Limits(memory)
