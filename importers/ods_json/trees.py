"""Reading a JSON tree whose keys may be absent and whose lists of one are sometimes the thing itself.

A value of another kind than belongs there is refused, so that nothing is read out of what was never said.
"""

from __future__ import annotations

from importers.documents.nodes import MappingNode, Node, ScalarNode, SequenceNode, Style, excerpt
from importers.ods.organisation import RefusedError

LONGEST = 2_000
"""The most characters of a text; real ones have a hundred."""


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
    shown = "".join(mark if mark.isprintable() else "�" for mark in excerpt(node, 20))
    return f"'{shown}'" if node.style is Style.QUOTED else shown
