"""Which links the views of the graph look at, as the options of their commands say it."""

from __future__ import annotations

from db.graph.choice import LinkChoice

ANY = LinkChoice()


def options(wanted: LinkChoice) -> tuple[str, ...]:
    """Return the options that ask for these links."""
    types = (word for one in wanted.types for word in ("--type", one))
    without = (word for one in wanted.without for word in ("--not", one))
    return (*types, *without, *(("--all",) if wanted.everything else ()))


def option(name: str, value: int | str | None, usual: int | str | None) -> tuple[str, ...]:
    """Return an option with its value, nothing where that is the usual one."""
    return () if value == usual or value is None else (name, str(value))


def everything(wanted: LinkChoice) -> LinkChoice:
    """Return the same links with those that connect everything."""
    return wanted._replace(everything=True)
