"""The shortest simple ways through a graph that is read as the search gets on: pure, and of whatever graph.

First it is told by steps alone which nodes can be on a way at all, as most are too far from one end or the other. From
both ends the search then goes on by cost, all nodes of the same cost together, until no way of some cost can have been
missed. From then on the least that is left to the goal is known of each node on such a way, and of no other; Yen's
algorithm then finds the ways one by one, each by A*.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from heapq import heappop, heappush
from itertools import pairwise
from typing import NamedTuple, Protocol

Nodes = tuple[int, ...]

_NEVER = 1_000_000
_FEW = 10
"""Steps up to which it is worth telling first which nodes can be on a way."""


class Graph(Protocol):
    """Nodes by their numbers, and undirected edges that cost 1 or more."""

    def tolls(self, nodes: Iterable[int]) -> Mapping[int, int | None]:
        """Return what passing through each of some nodes costs, 0 or more; None where no way leads on."""

    def edges(self, nodes: Iterable[int]) -> Mapping[int, Mapping[int, int]]:
        """Return the neighbours of each of some nodes, with what going there costs."""


class Course(NamedTuple):
    """A way from node to node, and what it costs."""

    cost: int
    nodes: Nodes


def shortest_ways(graph: Graph, start: int, goal: int, most_steps: int, slack: Iterable[int]) -> Iterator[Course]:
    """Yield the simple ways between two nodes by what they cost, of at most so many steps.

    None costs more than the cheapest way there is and the last of `slack`, which rises: the search goes no further
    than it has to. Ways that cost the same come in any order.
    """
    among = _among(graph, start, goal, most_steps) if most_steps <= _FEW else None
    if among is not None and goal not in among:
        return
    ends = _Ends(graph, start, goal, among)
    cheapest = ends.meet()
    if cheapest is None:
        return
    given: set[Nodes] = set()
    for more in slack:
        onward = _Onward(graph, ends.left_within(cheapest + more), goal)
        for course in _one_by_one(onward, start, most_steps, cheapest + more):
            if course.nodes not in given:
                given.add(course.nodes)
                yield course


def _among(graph: Graph, start: int, goal: int, most_steps: int) -> set[int]:
    """Return the nodes that are on ways of so many steps, going to where fewer nodes are; none if there is no way."""
    ahead, back = _Steps(start), _Steps(goal)
    for _ in range(most_steps):
        side = min((ahead, back), key=lambda one: len(one.latest))
        if not side.latest:
            break
        tolls = graph.tolls(side.latest)
        going = [node for node, toll in tolls.items() if toll is not None or node in (start, goal)]
        side.number += 1
        side.latest = list({node for to in graph.edges(going).values() for node in to if node not in side.steps})
        side.steps.update(dict.fromkeys(side.latest, side.number))
    on_ways = (node for node in {**ahead.steps, **back.steps} if ahead.least(node) + back.least(node) <= most_steps)
    return set(on_ways)


class _Steps:
    """In how few steps nodes are reached from one end, as far as this was looked at."""

    def __init__(self, start: int) -> None:
        self.steps = {start: 0}
        self.latest = [start]
        self.number = 0

    def least(self, node: int) -> int:
        """Return how many steps it takes to a node, at least; very many where there is no way."""
        return self.steps.get(node, self.number + 1 if self.latest else _NEVER)


class _Reach:
    """How far a search from one end has got: every distance of less than `ahead` is the least."""

    def __init__(self, graph: Graph, start: int, among: Container[int] | None) -> None:
        self._graph = graph
        self._among = among
        self._start = start
        self._arriving: dict[int, list[int]] = {0: [start]}
        self._leaving: dict[int, list[int]] = {}
        self.distances = {start: 0}
        self.pending = 1
        self.ahead: int | None = 0
        """The least cost at which it goes on; None where it has been everywhere."""

    def go_on(self, within: Mapping[int, int] | None = None, most: int = 0) -> list[int]:
        """Go on by the least cost; return the nodes that it got nearer to.

        With `within`, what it costs from the other end to get to nodes, only to those on ways of at most so much.
        """
        cost = self.ahead
        assert cost is not None
        arrived = [node for node in self._arriving.pop(cost, ()) if self.distances[node] == cost]
        for node, toll in self._graph.tolls(arrived).items():
            if node == self._start:
                toll = 0
            if toll is not None:
                self._leaving.setdefault(cost + toll, []).append(node)
        leaving = self._leaving.pop(cost, [])
        if within is not None:
            leaving = [node for node in leaving if node in within and within[node] + cost <= most]
        nearer: list[int] = []
        for to in self._graph.edges(leaving).values():
            for node, price in to.items():
                if self._among is not None and node not in self._among:
                    continue
                if cost + price < self.distances.get(node, cost + price + 1):
                    self.distances[node] = cost + price
                    self._arriving.setdefault(cost + price, []).append(node)
                    nearer.append(node)
        self.pending = sum(map(len, self._arriving.values())) + sum(map(len, self._leaving.values()))
        self.ahead = min((*self._arriving, *self._leaving), default=None)
        return nearer

    def copy(self) -> _Reach:
        """Return a search that goes on from here by itself."""
        other = _Reach(self._graph, self._start, self._among)
        other._arriving = {cost: list(nodes) for cost, nodes in self._arriving.items()}
        other._leaving = {cost: list(nodes) for cost, nodes in self._leaving.items()}
        other.distances, other.pending, other.ahead = dict(self.distances), self.pending, self.ahead
        return other


class _Ends:
    """The two searches that go on towards one another."""

    def __init__(self, graph: Graph, start: int, goal: int, among: Container[int] | None) -> None:
        self._graph = graph
        self._ahead, self._back = _Reach(graph, start, among), _Reach(graph, goal, among)
        self._both = (start, goal)

    def meet(self) -> int | None:
        """Search until it is certain what the cheapest way costs; return that, None where there is no way."""
        best: int | None = None
        while True:
            one, other = sorted((self._ahead, self._back), key=lambda reach: reach.pending)
            if one.ahead is None or other.ahead is None or (best is not None and best <= one.ahead + other.ahead):
                return best
            met = [node for node in one.go_on() if node in other.distances]
            tolls = self._graph.tolls(met)
            for node in met:
                toll = 0 if node in self._both else tolls[node]
                if toll is not None:
                    cost = one.distances[node] + other.distances[node] + toll
                    best = cost if best is None else min(best, cost)

    def left_within(self, most: int) -> dict[int, int]:
        """Return the nodes on all ways that cost so much at most, with what it costs at least from leaving each."""
        ahead, back = self._ahead, self._back
        while ahead.ahead is not None and back.ahead is not None and ahead.ahead + back.ahead <= most:
            min((ahead, back), key=lambda reach: reach.pending).go_on()
        # What the search from the goal has not got to lies where the other one has been.
        rest = back.copy()
        while rest.ahead is not None and rest.ahead <= most:
            rest.go_on(ahead.distances, most)
        return {node: cost for node, cost in rest.distances.items() if cost <= most}


def _one_by_one(onward: _Onward, start: int, most_steps: int, most: int) -> Iterator[Course]:
    """Yield the ways that cost at most so much, the cheapest first."""
    first = _cheapest(onward, (start,), most_steps, most, ())
    found: list[Course] = []
    queue = [(first, 0)] if first else []
    while queue:
        course, parted = heappop(queue)
        yield course
        found.append(course)
        # A way that parts from this one earlier than it parted from its own was found with that.
        for place in range(parted, len(course.nodes) - 1):
            root = course.nodes[: place + 1]
            taken = {one.nodes[place + 1] for one in found if one.nodes[: place + 1] == root}
            other = _cheapest(onward, root, most_steps, most, taken)
            if other:
                heappush(queue, (other, place))


class _Going(NamedTuple):
    """A step from a node: what a way over it costs from there at least, what the step costs, and where it leads."""

    least: int
    cost: int
    node: int


class _Onward:
    """The steps from each node that can be on a way, the most promising first: of a hub’s thousands few are met."""

    def __init__(self, graph: Graph, left: Mapping[int, int], goal: int) -> None:
        self._graph = graph
        self._left = left
        self._steps: dict[int, list[_Going]] = {}
        self.goal = goal

    def steps(self, node: int) -> list[_Going]:
        """Return the steps from a node; what passing through where one leads costs counts to it."""
        if node not in self._steps:
            edges = self._graph.edges((node,))[node]
            to = {other: price for other, price in edges.items() if other in self._left}
            tolls = {**self._graph.tolls(to), self.goal: 0}
            self._steps[node] = sorted(
                _Going(price + toll + self._left[other], price + toll, other)
                for other, price in to.items()
                if (toll := tolls[other]) is not None
            )
        return self._steps[node]

    def spent(self, nodes: Nodes) -> int:
        """Return what a way costs up to where it goes on from its last node."""
        edges, tolls = self._graph.edges(nodes[:-1]), self._graph.tolls(nodes[1:])
        return sum(edges[near][far] for near, far in pairwise(nodes)) + sum(toll or 0 for toll in tolls.values())


class _Label(NamedTuple):
    """A way that may go on: what it costs at least with its next step, which step that is, and what it costs so far."""

    least: int
    shortness: int
    """The less, the more steps it has: of those that cost the same the one that has got furthest goes on first."""
    nodes: Nodes
    place: int
    cost: int


def _cheapest(onward: _Onward, root: Nodes, most_steps: int, most: int, taken: Collection[int]) -> Course | None:
    """Return the cheapest way that begins with `root` and goes on to none of `taken`."""
    queue: list[_Label] = []
    fewest: dict[int, int] = {}

    def put(nodes: Nodes, place: int, cost: int) -> None:
        steps = onward.steps(nodes[-1])
        while place < len(steps) and (steps[place].node in root or (nodes is root and steps[place].node in taken)):
            place += 1
        if place < len(steps) and cost + steps[place].least <= most:
            heappush(queue, _Label(cost + steps[place].least, -len(nodes), nodes, place, cost))

    if len(root) <= most_steps:
        put(root, 0, onward.spent(root))
    while queue:
        _, _, nodes, place, cost = heappop(queue)
        step = onward.steps(nodes[-1])[place]
        put(nodes, place + 1, cost)
        if step.node == onward.goal:
            return Course(cost + step.cost, (*nodes, step.node))
        # What costs more is worth a look only where it has fewer steps.
        if len(nodes) < min(fewest.get(step.node, most_steps), most_steps):
            fewest[step.node] = len(nodes)
            put((*nodes, step.node), 0, cost + step.cost)
    return None
