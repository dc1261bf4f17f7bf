"""Reading a JSON tree whose keys may be absent and whose lists of one are sometimes the thing itself."""

from __future__ import annotations

from importers.ods_xml.organisation import RefusedError
from importers.records.nodes import Mapping, Node, Scalar, Sequence

LONGEST = 2_000
"""The most characters of a text; real ones have a hundred."""


def step(node: Node | None, *names: str) -> Node | None:
    """What stands at the end of a path of keys, None where the path ends before."""
    for name in names:
        entry = node.entries.get(name) if isinstance(node, Mapping) else None
        node = entry.value if entry else None
    return node


def text(node: Node | None, *names: str) -> str:
    """The text at a path, empty where there is none; raises `RefusedError` for one that no real record has."""
    found = step(node, *names)
    if not isinstance(found, Scalar) or found.is_null:
        return ""
    if len(found.text) > LONGEST:
        raise RefusedError(f"has a {names[-1] if names else 'text'} of {len(found.text):,} characters")
    if "\x00" in found.text:
        raise RefusedError(f"has a NUL byte in its {names[-1] if names else 'text'}")
    return found.text.strip()


def truth(node: Node | None, *names: str) -> bool | None:
    """True or false at a path, written as such or in quotes; None where neither is."""
    return {"true": True, "false": False}.get(text(node, *names).lower())


def many(node: Node | None, *names: str) -> list[Mapping]:
    """The objects at a path: those of a list, or the one that stands there without a list."""
    found = step(node, *names)
    if isinstance(found, Mapping):
        return [found]
    return [item for item in found.items if isinstance(item, Mapping)] if isinstance(found, Sequence) else []


def first(node: Node | None, *names: str) -> Mapping | None:
    """The first of these objects, None where there is none."""
    found = many(node, *names)
    return found[0] if found else None
