"""Finding the mapping of an input: the one named with `--map`, or a shipped one whose columns the file has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from db.errors import InputError, UsageError
from db.files.read_whole import read_whole
from importers.documents.faults import nearest, shown
from importers.table.language.map_file import MAX_BYTES, load_map
from importers.table.language.mapping import TableMap


@cache
def shipped() -> tuple[TableMap, ...]:
    """The mappings that come with the program, by name."""
    folder = files("importers.table").joinpath("maps")
    entries = sorted((one for one in folder.iterdir() if one.name.endswith(".yaml")), key=lambda one: one.name)
    return tuple(load_map(one.read_bytes(), one.name, one.name) for one in entries)


def named(name: str) -> TableMap:
    """The mapping in a file or the shipped one of that name; raises `UsageError` where there is neither."""
    path = Path(name)
    try:
        return load_map(read_whole(path, MAX_BYTES), name, path.name)
    except FileNotFoundError as error:
        known = {one.id: one for one in shipped()}
        if name in known:
            return known[name]
        near = nearest(name, known)
        more = f"; did you mean the shipped '{near}'?" if near else f"; shipped are {', '.join(known)}"
        raise UsageError(f"--map: there is no file {shown(name)}{more}") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(f"--map: {shown(name)} cannot be read ({reason})") from error


def titles(maps: Sequence[TableMap]) -> str:
    """The names of mappings for a message."""
    return ", ".join(one.id for one in maps)
