"""The shortest ways through made-up graphs: simple, in order, none missed, as NetworkX and plain counting have them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice, pairwise

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.graph.shortest import Course, shortest_ways
from tests.depth import cases

PLENTY = 10_000


class Drawn:
    """A graph in memory that tells no toll of what has one neighbour, as the graph of a register does."""

    def __init__(self, edges: dict[tuple[int, int], int], tolls: dict[int, int]) -> None:
        self._edges: dict[int, dict[int, int]] = {}
        for (one, other), price in edges.items():
            self._edges.setdefault(one, {})[other] = price
            self._edges.setdefault(other, {})[one] = price
        self._tolls = tolls

    def tolls(self, nodes: Iterable[int]) -> dict[int, int | None]:
        return {node: self._tolls.get(node, 0) if len(self._edges.get(node, {})) > 1 else None for node in nodes}

    def edges(self, nodes: Iterable[int]) -> dict[int, dict[int, int]]:
        return {node: self._edges.get(node, {}) for node in nodes}

    def cost(self, nodes: tuple[int, ...]) -> int:
        prices = sum(self._edges[one][other] for one, other in pairwise(nodes))
        return prices + sum(self._tolls.get(node, 0) for node in nodes[1:-1])

    def directed(self, start: int, goal: int) -> nx.DiGraph:
        """The same for NetworkX, where what it costs to pass a node is paid on the way out of it."""
        graph = nx.DiGraph()
        graph.add_nodes_from((start, goal))
        for one, to in self._edges.items():
            toll = 0 if one == start else self._tolls.get(one, 0)
            graph.add_weighted_edges_from((one, other, price + toll) for other, price in to.items())
        return graph


@st.composite
def graphs(draw: st.DrawFn) -> Drawn:
    pairs = st.tuples(st.integers(0, 8), st.integers(0, 8)).filter(lambda two: two[0] < two[1])
    edges = draw(st.dictionaries(pairs, st.sampled_from((201, 201, 301, 401, 801)), max_size=20))
    return Drawn(edges, draw(st.dictionaries(st.integers(0, 8), st.sampled_from((100, 300)), max_size=4)))


def ways(graph: Drawn, most_steps: int = 99, slack: tuple[int, ...] = (0, 200, PLENTY)) -> list[Course]:
    """The first forty ways from node 0 to node 1."""
    return list(islice(shortest_ways(graph, 0, 1, most_steps, slack), 40))


def all_ways(graph: Drawn, most_steps: int) -> Iterator[tuple[int, ...]]:
    """Every simple way from 0 to 1, by going everywhere."""

    def from_there(nodes: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if nodes[-1] == 1:
            yield nodes
        elif len(nodes) <= most_steps:
            for other in graph.edges(nodes[-1:])[nodes[-1]]:
                if other not in nodes:
                    yield from from_there((*nodes, other))

    return from_there((0,))


@settings(max_examples=cases(60), deadline=None)
@given(graphs())
def test_ways_are_those_of_networkx_in_the_order_of_what_they_cost(graph: Drawn) -> None:
    directed = graph.directed(0, 1)
    try:
        theirs = [tuple(one) for one in islice(nx.shortest_simple_paths(directed, 0, 1, weight="weight"), 40)]
    except nx.NetworkXNoPath:
        theirs = []
    ours = ways(graph)
    assert [graph.cost(one) for one in theirs] == [one.cost for one in ours]
    if len(theirs) < 40:
        assert set(theirs) == {one.nodes for one in ours}


@settings(max_examples=cases(60), deadline=None)
@given(graphs(), st.integers(0, 5))
def test_ways_are_simple_and_cost_what_they_say_and_none_of_so_many_steps_is_missed(graph: Drawn, most: int) -> None:
    ours = ways(graph, most, slack=(PLENTY,))
    for one in ours:
        assert len(set(one.nodes)) == len(one.nodes) <= most + 1
        assert one.cost == graph.cost(one.nodes)
    every = sorted(graph.cost(one) for one in all_ways(graph, most))
    assert [one.cost for one in ours] == every[:40]


@settings(max_examples=cases(30), deadline=None)
@given(graphs(), st.sampled_from((0, 200, 400)))
def test_no_way_costs_more_than_the_cheapest_and_the_slack(graph: Drawn, slack: int) -> None:
    every = sorted(graph.cost(one) for one in all_ways(graph, 99))
    assert [one.cost for one in ways(graph, slack=(slack,))] == [one for one in every if one <= every[0] + slack][:40]


@pytest.mark.parametrize("price", [201, 301])
def test_in_a_wide_graph_no_way_is_missed_where_the_search_stops_early(price: int) -> None:
    # A ladder of which 0 and 1 are near the middle: longer ways go round further to either side.
    rungs = [0, 2, 1, *range(3, 40)]
    left, right = [100 + one for one in range(40)], [200 + one for one in range(40)]
    rails = [[*reversed(left), *rungs], [300 + place for place in range(80)]]
    edges = {(min(two), max(two)): price for rail in rails for two in pairwise(rail)}
    edges |= {(min(two), max(two)): price for two in zip(*rails, strict=True)}
    graph = Drawn(edges, {place: 100 for place in right})
    everything = [one.cost for one in islice(shortest_ways(graph, 0, 1, 99, (PLENTY,)), 300)]
    for slack in (0, 1000, 2000, 3000):
        near = [one.cost for one in shortest_ways(graph, 0, 1, 99, (slack,))]
        assert near == [cost for cost in everything if cost <= 2 * price + slack]


def test_a_way_of_more_steps_that_is_cheaper_gives_place_to_one_of_as_many_as_are_allowed() -> None:
    graph = Drawn({(0, 2): 201, (2, 3): 201, (1, 3): 201, (0, 4): 801, (1, 4): 801}, {})
    assert [one.nodes for one in ways(graph, 3)] == [(0, 2, 3, 1), (0, 4, 1)]
    assert [one.nodes for one in ways(graph, 2)] == [(0, 4, 1)]
    assert ways(graph, 1) == []


def test_a_node_that_is_reached_cheaply_in_many_steps_is_passed_in_few_where_these_are_all_that_are_left() -> None:
    edges = {(0, 2): 201, (2, 3): 201, (3, 4): 201, (0, 4): 801, (4, 5): 201, (1, 5): 201, (1, 2): 5001}
    graph = Drawn(edges, {})
    assert ways(graph, 5)[0].nodes == (0, 2, 3, 4, 5, 1)
    assert [one.nodes for one in ways(graph, 4)] == [(0, 4, 5, 1), (0, 2, 1), (0, 4, 3, 2, 1)]
