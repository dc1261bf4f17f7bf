"""What records of every JSON form are read with: texts and objects at paths, days, and what a record comes to.

Keys may be absent and lists of one are sometimes the thing itself. A value of another kind than belongs there is
refused, so that nothing is read out of what was never said.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from db.data_files import load_data
from db.errors import printable
from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode, Style, excerpt
from importers.ods.organisation import Dates, Organisation, Period, RefusedError, dates, day

LONGEST = 2_000
"""The most characters of a text; real ones have a hundred."""


@dataclass(frozen=True, slots=True)
class JsonRecord:
    """A record as it is read, the day of its last change, and what its file calls the roles in it."""

    said: Organisation
    changed: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)


@cache
def json_codes() -> dict[str, Any]:
    """Read the data file once."""
    return dict(load_data("importers.ods_json", "codes.yaml"))


def day_of(written: str) -> str:
    """The day of a date or time, as it is written."""
    return written[:10] if written[10:11] in ("T", " ") else written


def day_or_none(written: str) -> str | None:
    """The day of a date or time, None for none, for a filler and for what is no date."""
    try:
        return day(day_of(written))
    except ValueError:
        return None


def dates_of(periods: Iterable[Period], code: str) -> Dates:
    """The first date of each kind that is told, be it a time; raises `RefusedError` for one that is no date."""
    return dates([(family, day_of(start), day_of(end)) for family, start, end in periods], code)


def step(node: Node | None, *names: str) -> Node | None:
    """What stands at the end of a path of keys, None where the path ends before."""
    for name in names:
        entry = node.entries.get(name) if isinstance(node, MappingNode) else None
        node = entry.value if entry else None
    return node


def text(node: Node | None, *names: str) -> str:
    """The text at a path, empty where there is none; raises `RefusedError` for what is none or no real record has."""
    found = step(node, *names)
    if found is not None and not (isinstance(found, ScalarNode) and (found.is_null or found.style is Style.QUOTED)):
        raise RefusedError(f"has {_shown(found)} for {names[-1] if names else 'a text'}, which is no text")
    return written(node, *names)


def written(node: Node | None, *names: str) -> str:
    """The text or number at a path as it is written, empty where neither is; raises `RefusedError` as `text` does."""
    found = step(node, *names)
    if not isinstance(found, ScalarNode) or found.is_null:
        return ""
    if len(found.text) > LONGEST:
        raise RefusedError(f"has a {names[-1] if names else 'text'} of {len(found.text):,} characters")
    if "\x00" in found.text:
        raise RefusedError(f"has a NUL byte in its {names[-1] if names else 'text'}")
    return found.text.strip()


def truth(node: Node | None, *names: str) -> bool | None:
    """True or false at a path, written as such or in quotes, None where nothing is; raises `RefusedError` for else."""
    found = step(node, *names)
    said = written(found).lower()
    if said not in ("", "true", "false") or (found is not None and not isinstance(found, ScalarNode)):
        name = names[-1] if names else "a truth value"
        raise RefusedError(f"has {_shown(found)} for {name}, which is neither true nor false")
    return said == "true" if said else None


def many(node: Node | None, *names: str) -> list[MappingNode]:
    """The objects at a path: those of a list, or the one that stands there without a list.

    Raises `RefusedError` for what is no object.
    """
    found = step(node, *names)
    held = found.items if isinstance(found, SequenceNode) else [] if found is None else [found]
    objects = [item for item in held if not (isinstance(item, ScalarNode) and item.is_null)]
    for item in objects:
        if not isinstance(item, MappingNode):
            name = names[-1] if names else "an object"
            raise RefusedError(f"has {_shown(item)} for {name}, where an object belongs")
    return [item for item in objects if isinstance(item, MappingNode)]


def first(node: Node | None, *names: str) -> MappingNode | None:
    """The first of these objects, None where there is none."""
    found = many(node, *names)
    return found[0] if found else None


def _shown(node: Node | None) -> str:
    """What stands in the place of something else, for a message."""
    if isinstance(node, MappingNode):
        return "an object"
    if node is None or isinstance(node, SequenceNode):
        return "a list"
    shown = printable(excerpt(node, 20))
    return f"'{shown}'" if node.style is Style.QUOTED else shown
