"""`interlock path`: how two records are connected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import UsageError
from tui.cli import printed, shapes
from tui.cli.arguments import AS_OF, Arguments, Command, Option, number
from tui.cli.database import open_chosen
from tui.cli.lists import note
from tui.text import ways
from tui.text.page_sources import source_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.graph.answers import Step, WayBetween, Ways

COMMAND = Command(
    name="path",
    usage="A B",
    options=(
        Option("-k", f"how many ways, instead of {ways.COUNT}", "N", number),
        Option("--max-hops", f"how many steps a way may have, instead of {ways.HOPS}", "N", number),
        Option("--type", "only over links of this type; again, or after a comma, for more types", "TYPE", many=True),
        Option("--not", "over no links of this type; again, or after a comma, for more types", "TYPE", many=True),
        Option("--all", "also over what connects everything: regions, national bodies, areas, documents"),
        AS_OF,
    ),
    least=2,
    epilogue="A name of several words needs quotes. Exit code 1: the two are not connected.",
)

_FIELDS = (
    "way", "hop", "from_key", "from_name", "type", "label", "direction", "role", "start", "end", "status", "key",
    "kind", "name", "evidence", "dated", "text",
)  # fmt: skip


def run(arguments: Arguments) -> int:
    """Write the shortest ways between the two records that the words stand for."""
    if len(arguments.words) > 2:
        raise UsageError(f"path takes two records, and these are {len(arguments.words)} words: put a name in quotes")
    most_hops = arguments.number("--max-hops", ways.HOPS)
    with open_chosen(arguments) as register:
        start, goal = map(register.resolve, arguments.words)
        found = register.paths(
            start,
            goal,
            count=arguments.number("-k", ways.COUNT),
            most_hops=most_hops,
            wanted=arguments.links,
            as_of=arguments.text("--as-of"),
        )
    printed.write_answer(arguments, found, _shape, _rows, _FIELDS, _page)
    if found.truncated:
        note(ways.more(f"-k {2 * max(len(found.ways), 1)}"))
    elif only := ways.only_directly(found):
        note(only)
    if found.ways:
        return 0
    if not arguments.number("-k", ways.COUNT):
        note(f"no ways were asked for; -k {ways.COUNT} shows {ways.COUNT}")
        return 0
    note(ways.not_connected(found, most_hops))
    return 1


def _page(found: Ways, page: printed.Sheet) -> Iterator[str]:
    """Yield the ways in sentences, and who says so."""
    if not (found.ways or found.not_dated):
        return
    told = [one for way in (*found.ways, *found.not_dated) for one in ways.sentences(way, found)]
    sources = list(source_lines(found.evidence, {cited for one in told for cited in one.evidence}))
    numbers = printed.numbered(sources)
    yield page.title(ways.headline(found))
    for place, way in enumerate(found.ways, 1):
        yield ""
        yield from page.lines(_way(place, way, found, numbers))
    if found.not_dated:
        yield ""
        yield page.title(ways.not_dated(found))
    for place, way in enumerate(found.not_dated, len(found.ways) + 1):
        yield ""
        yield from page.lines(_way(place, way, found, numbers))
    yield from page.part(printed.WHO_SAYS_SO, printed.source_print(sources, numbers))


def _way(place: int, way: WayBetween, found: Ways, numbers: printed.Numbers) -> Iterator[printed.Printed]:
    yield printed.Printed(((f"{place}. {ways.heading(way)}", "title"),))
    for told in ways.sentences(way, found):
        yield printed.Printed(((told.text, ""), (printed.marks(told.evidence, numbers), "reference")), 2)


def _shape(found: Ways) -> shapes.Shape:
    """Return the answer as JSON has it."""
    return {
        "from": found.start.key,
        "to": found.goal.key,
        "paths": [_way_shape(way, found) for way in found.ways],
        "from_name": found.start.name,
        "to_name": found.goal.name,
        "truncated": found.truncated,
        "total": found.total,
        "total_is_exact": found.total_is_exact,
        "evidence": [shapes.evidence(one) for one in found.evidence],
        **(
            {"as_of": found.as_of, "not_dated": [_way_shape(way, found) for way in found.not_dated]}
            if found.as_of
            else {}
        ),
    }


def _way_shape(way: WayBetween, found: Ways) -> shapes.Shape:
    steps = [_step(step, before, found) for before, step in zip((None, *way.steps), way.steps, strict=False)]
    return {"hops": way.hops, "steps": steps, "cost": way.cost}


def _step(step: Step, before: Step | None, found: Ways) -> shapes.Shape:
    shape: shapes.Shape = {**_named(step), "link": None}
    if step.link and before:
        shape["link"] = shapes.tie(step.link)
        shape["also"] = [shapes.tie(one) for one in step.also]
        shape["text"] = ways.sentence(before, step, found)
    return shape


def _named(step: Step) -> shapes.Shape:
    return {"key": step.key, "kind": step.kind, "name": step.name}


def _rows(found: Ways) -> Iterator[shapes.Shape]:
    """Yield a row for each step of each way."""
    for place, way in enumerate((*found.ways, *found.not_dated), 1):
        for hop, (before, step) in enumerate(zip(way.steps, way.steps[1:], strict=False), 1):
            link = shapes.tie(step.link) if step.link else {}
            ends = {
                "from_key": before.key,
                "from_name": before.name,
                "key": step.key,
                "kind": step.kind,
                "name": step.name,
            }
            yield {
                "way": place, "hop": hop, **link, **ends, "dated": place <= len(found.ways),
                "text": ways.sentence(before, step, found),
            }  # fmt: skip
