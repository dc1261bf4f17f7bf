"""How two records are connected: the shortest ways over the links between them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise

from db.errors import UsageError, quoted
from db.graph.answers import Step, WayBetween, Ways
from db.graph.choice import LinkChoice
from db.graph.costs import LONGEST, SLACK, closest, costs
from db.graph.ends import NamedRecord, end_of
from db.graph.holds import day_asked
from db.graph.neighbours import Neighbours
from db.graph.pairs import Pairs
from db.graph.shortest import Course, shortest_ways
from db.model import Link
from db.parties import Party
from db.reading.as_of import Day
from db.reading.evidence import Evidenced, details, in_order_of_use

_MORE = 20
"""Ways looked at beside those that are asked for: as some that cost the same say more, and to count them."""


def paths(
    connection: sqlite3.Connection,
    start: str,
    goal: str,
    *,
    count: int,
    most_hops: int,
    wanted: LinkChoice,
    as_of: Day | None,
) -> Ways:
    """Return the shortest simple ways between two records, given by their keys. Raises NotFoundError, UsageError."""
    day = day_asked(as_of)
    near, far = end_of(connection, start, day), end_of(connection, goal, day)
    if near.id == far.id:
        raise UsageError(f"both are {near.key} ({quoted(near.name)[1:-1]}): name two records")
    weighed = costs(connection, wanted)
    graph = Neighbours(connection, weighed, day, (near.id, far.id))
    pairs = Pairs(connection, weighed.links, graph.holding, day)
    dated: list[Course] = []
    not_dated: list[Course] = []
    courses = shortest_ways(graph, near.id, far.id, min(most_hops, LONGEST), SLACK) if count and most_hops else iter(())
    seen, most = 0, count * 2 + _MORE
    for seen, course in enumerate(islice(courses, most + 1), 1):
        if seen > most:
            break
        known = _known(course, graph, pairs)
        if known is not None:
            (dated if known else not_dated).append(course)
    ways = _best(dated, count, near, graph, pairs)
    apart = _best(not_dated, count, near, graph, pairs) if day is not None else ()
    return Ways(
        Party(near.key, near.name),
        Party(far.key, far.name),
        ways,
        apart,
        details(connection, in_order_of_use((), _told((*ways, *apart)))),
        weighed.leaves_out,
        pairs.labels,
        len(dated) > count,
        as_of.iso if as_of else None,
        len(dated),
        seen <= most,
    )


def _known(course: Course, graph: Neighbours, pairs: Pairs) -> bool | None:
    """Tell whether all links of a way are known to have been there; None where one never was."""
    for near, far in pairwise(course.nodes):
        pairs.read({near: (far,)}, graph.degrees((near, far)))
    best = [pairs.best(near, far) for near, far in pairwise(course.nodes)]
    return None if None in best else all(one.is_dated for one in best if one)


def _best(
    courses: Sequence[Course], count: int, start: NamedRecord, graph: Neighbours, pairs: Pairs
) -> tuple[WayBetween, ...]:
    """Return the first ways, of those that cost the same the ones over leaders first.

    Then come those that are current before planned ones, groups before people, those over what few are linked to, and
    earlier names.
    """

    def order(course: Course) -> tuple[int, int, int, int, int, list[str]]:
        best = [one for near, far in pairwise(course.nodes) if (one := pairs.best(near, far))]
        over = [one.row for one in best[:-1]]
        wide = graph.degrees(course.nodes[1:-1]).values()
        return (
            course.cost,
            sum(not closest() & {("category", row.category), ("type", row.other_type)} for row in over),
            sum(not one.is_current for one in best) + sum(one.is_ahead for one in best),
            sum(row.category == "post" for row in over),
            # Twice as many tell: whether there are three or four says nothing.
            sum(links.bit_length() for links in wide),
            [one.row.name.casefold() for one in best],
        )

    return tuple(_way(course, start, pairs) for course in sorted(courses, key=order)[:count])


def _way(course: Course, start: NamedRecord, pairs: Pairs) -> WayBetween:
    steps = [Step(start.key, start.kind, start.name)]
    for near, far in pairwise(course.nodes):
        first, *also = pairs.links(near, far)
        steps.append(Step(first.key, first.kind, first.name, first, tuple(also)))
    return WayBetween(course.cost, tuple(steps))


def _told(ways: Sequence[WayBetween]) -> Iterator[Evidenced]:
    """Yield the links of ways and what is said of them, in the order in which a reader meets them."""
    for way in ways:
        for step in way.steps:
            links: tuple[Link, ...] = (step.link, *step.also) if step.link else ()
            for link in links:
                yield link
                yield from link.values
                yield from link.facts
