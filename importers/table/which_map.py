"""The mapping of an input: the one named with `--map`, or a shipped one whose columns the file has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from db.errors import InputError, UsageError
from db.files.read_whole import read_whole
from importers.base import BY_MAPPING
from importers.documents.faults import nearest, shown
from importers.table.contents import Contents
from importers.table.fits import Fit, Laid, laid_over
from importers.table.language.map_file import MAX_BYTES, load_map
from importers.table.language.mapping import TableMap

MOST_LACKING = 3
"""A table that has more columns of a mapping than it lacks, and more than this, is nearly one of its tables."""


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


def recognised(contents: Contents, hidden: bool) -> tuple[TableMap, list[Laid]]:
    """The shipped mapping that has most columns in common with the file, of those whose columns are all there."""
    fitting: list[tuple[int, TableMap, list[Laid]]] = []
    nearly: list[tuple[Fit, TableMap]] = []
    source = contents.source
    for mapping in shipped():
        try:
            tables = laid_over(contents, mapping, hidden)
        except InputError:
            continue
        whole = [fit for fit, _ in tables if fit.told]
        if whole:
            fitting.append((max(fit.found for fit in whole), mapping, tables))
        elif lacking := [fit for fit, _ in tables if fit.missing]:
            nearly.append((max(lacking, key=lambda fit: fit.found), mapping))
    if not fitting:
        contents.check()
        near, almost = max(nearly, key=lambda pair: pair[0].found, default=(None, None))
        if near is not None and almost is not None and near.found > max(MOST_LACKING, len(near.missing)):
            lacks = shown(near.missing[0].paths[0])
            raise InputError(
                f"{source.label}: is nearly a table of the mapping {almost.id}, but has no column {lacks}; rename the "
                f"one that is meant; or {BY_MAPPING}"
            )
        raise InputError(f"{source.label}: has the columns of no mapping that is known here; {BY_MAPPING}")
    best = max(found for found, _, _ in fitting)
    first, *others = [(mapping, tables) for found, mapping, tables in fitting if found == best]
    if others:
        names = titles([first[0], *(mapping for mapping, _ in others)])
        raise InputError(f"{source.label}: fits the mappings {names} equally well; choose with --map {first[0].id}")
    return first
