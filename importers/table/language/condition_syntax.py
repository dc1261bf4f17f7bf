"""The conditions of a mapping made ready for use."""

from __future__ import annotations

from dataclasses import dataclass, field

from importers.documents.faults import FaultError, check_keys, fault, faults_at, join, shown
from importers.documents.nodes import MappingNode, Node, Pair, ScalarNode, SequenceNode
from importers.table.language.conditions import RowConditions, Share, Test, number_in
from importers.table.language.map_format import TESTS
from importers.table.language.slots import Slots
from importers.table.language.values import Slot


@dataclass(slots=True)
class AskedColumns:
    """What conditions want to know of other rows."""

    columns: dict[str, None] = field(default_factory=dict)
    """Columns in which they look for a text."""
    shares: dict[str, Share] = field(default_factory=dict)
    """Numbers that they take as shares."""


def compile_conditions(node: MappingNode, path: str, slots: Slots, indexed: AskedColumns) -> RowConditions:
    """`when` and `unless` of a mapping; what they ask of other rows is put into `indexed`."""
    found: dict[str, tuple[Test, ...]] = {}
    for name in ("when", "unless"):
        entry = node.entries.get(name)
        found[name] = _tests(entry.value, join(path, name), slots, indexed) if entry else ()
    return RowConditions(found["when"], found["unless"])


def _tests(node: Node, path: str, slots: Slots, indexed: AskedColumns) -> tuple[Test, ...]:
    if not isinstance(node, MappingNode):
        raise fault(node, path, "a mapping is wanted here, from columns to what they hold, such as {status: current}")
    return tuple(_test(name, entry, path, slots, indexed) for name, entry in node.entries.items())


def _test(name: str, asked: Pair, path: str, slots: Slots, indexed: AskedColumns) -> Test:
    at, line, node = join(path, shown(name)[1:-1]), asked.line, asked.value
    try:
        slot = slots.slot(name, line)
    except ValueError as error:
        raise FaultError(line, at, str(error), name) from error
    if isinstance(node, ScalarNode):
        if node.is_null:
            raise FaultError(line, at, "says nothing; true stands for filled and false for empty", name)
        if node.truth is not None:
            return Test(slot, filled=node.truth)
        return Test(slot, among=frozenset((node.text.casefold(),)))
    if isinstance(node, SequenceNode):
        return Test(slot, among=frozenset(_texts(node, at)))
    return _part_test(slot, node, at, slots, indexed)


def _part_test(slot: Slot, node: MappingNode, at: str, slots: Slots, indexed: AskedColumns) -> Test:
    """A condition on a part of a text, on its letters, or on other rows."""
    check_keys(node, TESTS, at)
    if not node.entries:
        raise fault(node, at, f"wants one of {', '.join(TESTS)}")
    if {"least", "below", "share_of"} & node.entries.keys():
        return _number_test(slot, node, at, slots, indexed)
    same = node.entries.get("same")
    if same is not None:
        return Test(slot, same=_slot(same.value, join(at, "same"), slots))
    parts = {key: _texts(entry.value, join(at, key)) for key, entry in node.entries.items()}
    elsewhere, capitals = node.entries.get("elsewhere"), node.entries.get("capitals")
    column = truth = None
    if capitals is not None:
        truth = capitals.value.truth if isinstance(capitals.value, ScalarNode) else None
        if truth is None:
            raise fault(capitals.value, join(at, "capitals"), "is neither true nor false")
    if elsewhere is not None:
        column = _other_column(elsewhere.value, join(at, "elsewhere"), slots)
        indexed.columns[column] = None
    return Test(
        slot,
        starts=parts.get("starts", ()),
        ends=parts.get("ends", ()),
        holds=parts.get("has", ()),
        capitals=truth,
        elsewhere=column,
    )


def _number_test(slot: Slot, node: MappingNode, at: str, slots: Slots, indexed: AskedColumns) -> Test:
    """A condition on a number, or on its share of those of the rows that have the same in some column."""
    limits: dict[str, float] = {}
    for key in ("least", "below"):
        entry = node.entries.get(key)
        if entry is not None:
            number = number_in(entry.value.text) if isinstance(entry.value, ScalarNode) else None
            if number is None:
                raise fault(entry.value, join(at, key), "a number is wanted here, such as 0.05 or 5%")
            limits[key] = number
    if not limits:
        raise fault(node, at, "wants `least` or `below`, the number to compare with")
    other = sorted(node.entries.keys() - {"least", "below", "share_of"})
    if other:
        raise fault(node, join(at, other[0]), "does not stand beside a number; write two conditions")
    by = node.entries.get("share_of")
    share = _slot(by.value, join(at, "share_of"), slots) if by else None
    name = f"{slot} of {share}"
    if share is not None:
        indexed.shares[name] = Share(name, slot, share)
    return Test(slot, least=limits.get("least"), below=limits.get("below"), share_of=share, number=name)


def _slot(node: Node, path: str, slots: Slots) -> Slot:
    """Another column of the row."""
    if not isinstance(node, ScalarNode):
        raise fault(node, path, "a column is wanted here")
    with faults_at(node, path):
        return slots.slot(node.text, node.line)


def _other_column(node: Node, path: str, slots: Slots) -> str:
    """The column of other rows that a condition looks into."""
    if not isinstance(node, ScalarNode):
        raise fault(node, path, "a column is wanted here")
    with faults_at(node, path):
        return slots.column(node.text, node.line).paths[0]


def texts_of(node: Node, path: str) -> tuple[str, ...]:
    """A text or a list of them."""
    found: list[str] = []
    for one in node.items if isinstance(node, SequenceNode) else [node]:
        if not isinstance(one, ScalarNode):
            raise fault(one, path, "a text is wanted here")
        found.append(one.text)
    return tuple(found)


def _texts(node: Node, path: str) -> tuple[str, ...]:
    """Texts to compare with, in lower case."""
    return tuple(text.casefold() for text in texts_of(node, path))
