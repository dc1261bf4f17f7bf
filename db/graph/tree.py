"""A record with what it is linked to, what that is linked to, and so on: so deep and so wide, and never in a circle."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from db.errors import UsageError, quoted
from db.graph.answers import Branch, LeftOut, Tree
from db.graph.choice import LinkChoice
from db.graph.ends import NamedRecord, end_of
from db.graph.holds import day_asked
from db.graph.ties import Ties
from db.model import Link
from db.parameters import id_list
from db.reading import headings
from db.reading.as_of import Day
from db.reading.evidence import Evidenced, details, in_order_of_use

WIDEST = 2000
"""Links of a record from which on it is opened only where it is the root."""
_MOST = 3000
"""Records that a tree holds before none is opened any more."""
DIRECTIONS = ("in", "out")


_COLUMNS = (
    "t.position, {reverse}, t.{label}, far.open IS 0, far.name, far.key, coalesce(l.since, ''), l.id, far.id, "
    "t.name, far.kind, far.type"
)
_LEFT_OUT = """
SELECT (SELECT count(*) FROM link WHERE source_id = ?1 AND +type_id IN (SELECT value FROM json_each(?2)))
     + (SELECT count(*) FROM link WHERE target_id = ?1 AND +type_id IN (SELECT value FROM json_each(?2)))"""
_JOINED = " JOIN link_type t ON t.id = l.type_id"
_COUNTS = {
    "out": "(SELECT count(*) FROM link l WHERE l.source_id = j.value AND +l.type_id IN ({types}))",
    "in": "(SELECT count(*) FROM link l WHERE l.target_id = j.value AND +l.type_id IN ({types}))",
}


class _Hanging(NamedTuple):
    """A link by which a record hangs on another."""

    position: int
    is_reverse: bool
    label: str
    is_closed: bool
    name: str
    key: str
    since: str
    link: int
    far: int
    link_type: str
    far_kind: str
    far_type: str | None

    @property
    def place(self) -> tuple[int, int]:
        """Where a record's page has it among others of its label, those of most interest first."""
        found = headings.heading(self.link_type, self.direction, self.label, self.far_kind, self.far_type)
        return headings.place(found.name)

    @property
    def direction(self) -> str:
        return "in" if self.is_reverse else "out"


@dataclass
class _Node:
    """A branch while the tree grows."""

    id: int
    hanging: _Hanging | None = None
    parent: int | None = None
    children: list[_Node] = field(default_factory=list)
    total: int = 0
    left_out: tuple[LeftOut, ...] = ()
    opened: bool = False
    elsewhere: bool = False


def tree(
    connection: sqlite3.Connection,
    key: str,
    *,
    depth: int,
    width: int,
    direction: str | None,
    wanted: LinkChoice,
    as_of: Day | None,
) -> Tree:
    """Return the tree around a record: so many links deep, and of each label so many wide.

    Raises NotFoundError, UsageError.
    """
    if direction not in (None, *DIRECTIONS):
        raise UsageError(f"direction {quoted(direction or '')}: write in or out")
    day = day_asked(as_of)
    end = end_of(connection, key, day)
    grown = _Growth(connection, end, direction, wanted, day)
    grown.grow(depth, width)
    links = grown.links()
    return Tree(
        _branch(grown.root, end, links),
        details(connection, in_order_of_use((), _told(links.values()))),
        grown.not_dated,
        grown.connecting_all(),
        as_of.iso if as_of else None,
    )


class _Growth:
    """A tree that grows level by level, so that a record is opened where it stands nearest to the root."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        end: NamedRecord,
        direction: str | None,
        wanted: LinkChoice,
        day: Day | None,
    ) -> None:
        self._connection = connection
        self._day = day
        directions = DIRECTIONS if direction is None else (direction,)
        self.ties = Ties(connection, (end,), wanted, day)
        self.root = _Node(end.id)
        self.not_dated = 0
        self._size = 1
        self._opened: set[int] = set()
        self._hanging = self.ties.graph.query(_COLUMNS, directions, _JOINED)
        types = ",".join(map(str, self.ties.costs.links))
        counts = " + ".join(_COUNTS[one].format(types=types) for one in directions)
        self._count = f"SELECT j.value, {counts} FROM json_each(?) j"

    def connecting_all(self) -> int:
        """Count the links of the root that are left out because everything is connected by such."""
        types = id_list(self.ties.costs.left_out)
        (number,) = self._connection.execute(_LEFT_OUT, (self.root.id, types)).fetchone()
        return int(number)

    def grow(self, depth: int, width: int) -> None:
        """Open what is less deep than that."""
        level = [self.root]
        for _ in range(depth):
            self._count_links(level)
            opened: list[_Node] = []
            for node in level:
                if node.id in self._opened:
                    node.elsewhere = True
                elif node is self.root or (node.total <= WIDEST and self._size <= _MOST):
                    self._opened.add(node.id)
                    opened.append(node)
            self._open(opened, width)
            level = [child for node in opened for child in node.children]
        self._count_links(level)
        for node in level:
            node.elsewhere = node.id in self._opened

    def _count_links(self, nodes: Collection[_Node]) -> None:
        """Count the links of records that are not opened yet, past ones too, but for the one by which each hangs."""
        counts = dict(self._connection.execute(self._count, (id_list(node.id for node in nodes),)))
        for node in nodes:
            node.total = max(counts[node.id] - (node.hanging is not None), 0)

    def _open(self, nodes: Sequence[_Node], width: int) -> None:
        """Hang on records what each is linked to, but for that on which it hangs itself."""
        hanging = self._candidates(nodes)
        for node in nodes:
            groups: dict[tuple[str, str], list[_Hanging]] = {}
            for one in sorted(hanging[node.id], key=_order):
                groups.setdefault((one.label, one.direction), []).append(one)
            node.opened = True
            node.total = len(hanging[node.id])
            node.children = [_Node(one.far, one, node.id) for group in groups.values() for one in group[:width]]
            node.left_out = tuple(
                LeftOut(label, direction, len(group) - width)
                for (label, direction), group in groups.items()
                if len(group) > width
            )
            self._size += len(node.children)

    def _candidates(self, nodes: Sequence[_Node]) -> dict[int, list[_Hanging]]:
        """Return the links that count of records, but for those to where each hangs."""
        parents = {node.id: node.parent for node in nodes}
        found: dict[int, list[_Hanging]] = {node.id: [] for node in nodes}
        for near, *row, is_plain in self._connection.execute(self._hanging, (id_list(parents),)):
            one = _Hanging(*row)
            if one.far != parents[near]:
                found[near].append(one if is_plain else one._replace(link=-one.link))
        unsure = [-one.link for several in found.values() for one in several if one.link < 0]
        counted = set(self.ties.graph.holding.among(unsure)) if unsure else set()
        found = {
            near: [one._replace(link=abs(one.link)) for one in several if one.link > 0 or -one.link in counted]
            for near, several in found.items()
        }
        return found if self._day is None else self._dated(found)

    def _dated(self, found: Mapping[int, Sequence[_Hanging]]) -> dict[int, list[_Hanging]]:
        """Return those links of which sources tell that they were there on the day; count the others."""
        self.ties.read({near: {one.far for one in several} for near, several in found.items()})
        dated: dict[int, list[_Hanging]] = {}
        for near, several in found.items():
            there = {row.id: row for one in several for row in self.ties.pairs.dated(near, one.far)}
            dated[near] = [one._replace(name=there[one.link].name) for one in several if one.link in there]
            self.not_dated += len(several) - len(dated[near])
        return dated

    def links(self) -> dict[tuple[int, int], Link]:
        """Return the links of the tree, by the record that each hangs on and their numbers."""
        nodes = [(node, child) for node in _walk(self.root) for child in node.children]
        pairs: dict[int, set[int]] = {}
        for node, child in nodes:
            pairs.setdefault(node.id, set()).add(child.id)
        self.ties.read(pairs)
        wanted = {(node.id, child.hanging.link) for node, child in nodes if child.hanging}
        rows = [
            (near, row) for near, fars in pairs.items() for far in fars for row in self.ties.pairs.dated(near, far)
            if (near, row.id) in wanted
        ]  # fmt: skip
        described = self.ties.pairs.described([row for _, row in rows])
        return {(near, row.id): link for (near, row), link in zip(rows, described, strict=True)}


def _order(one: _Hanging) -> tuple[int, bool, tuple[int, int], bool, str, str, str, int]:
    return one.position, one.is_reverse, one.place, one.is_closed, one.name.casefold(), one.key, one.since, one.link


def _walk(node: _Node) -> Iterator[_Node]:
    """Yield a node and all that hangs on it."""
    yield node
    for child in node.children:
        yield from _walk(child)


def _branch(node: _Node, end: NamedRecord, links: Mapping[tuple[int, int], Link]) -> Branch:
    """Return a node as it is read."""
    link = links[node.parent, node.hanging.link] if node.hanging and node.parent is not None else None
    key, kind, name = (link.key, link.kind, link.name) if link else (end.key, end.kind, end.name)
    children = tuple(_branch(child, end, links) for child in node.children)
    return Branch(key, kind, name, link, children, node.total, node.left_out, node.opened, node.elsewhere)


def _told(links: Iterable[Link]) -> Iterator[Evidenced]:
    for link in links:
        yield link
        yield from link.values
        yield from link.facts
