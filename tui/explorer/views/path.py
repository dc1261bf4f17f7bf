"""How two records are connected, as a view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from db.graph.choice import LinkChoice
from db.register import Register
from tui.explorer.pages.items import ListItem
from tui.explorer.symbols import Symbols
from tui.explorer.views import choice
from tui.explorer.views.outline import Outline
from tui.explorer.views.view import View, ViewPage, however_arranged
from tui.text import ways
from tui.text.page_parts import Target

if TYPE_CHECKING:
    from db.graph.answers import Ways


@dataclass(frozen=True)
class PathView(View):
    """The shortest ways between two records; over what connects everything only where that was asked for."""

    start: str
    goal: str
    count: int = ways.COUNT
    most_hops: int = ways.HOPS
    wanted: LinkChoice = choice.ANY

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock path` takes them."""
        hops = choice.option("--max-hops", self.most_hops, ways.HOPS)
        count = choice.option("-k", self.count, ways.COUNT)
        return ("path", self.start, self.goal, *count, *hops, *choice.options(self.wanted))

    @property
    def key(self) -> str:
        """The one that the ways start from."""
        return self.start

    def ask(self, reader: Register) -> ViewPage:
        """Find the ways."""
        found = reader.paths(
            self.start, self.goal, count=self.count, most_hops=self.most_hops, wanted=self.wanted, as_of=self.as_of
        )
        ends = tuple(Target(one.key, one.name, reader.brief(one.key).kind) for one in (found.start, found.goal))
        items = however_arranged(partial(path_items, found, ends, self))
        return ViewPage(ways.called(found), ways.number(found), items, found.evidence, ends[0])


def path_items(
    found: Ways, ends: tuple[Target, ...], view: PathView, cells: int, symbols: Symbols
) -> tuple[ListItem, ...]:
    """Return the two records, then each way in sentences, of which each leads to the record that it introduces."""
    lines = Outline(cells, symbols)
    for end in ends:
        lines.head(end)
    for place, way in enumerate((*found.ways, *found.not_dated), 1):
        if place == len(found.ways) + 1:
            lines.air()
            lines.remark(ways.not_dated(found))
        lines.heading(f"{place}. {ways.heading(way)}")
        for told in ways.sentences(way, found):
            target = Target(told.to.key, told.to.name, told.to.kind)
            lines.sentence(told.text, target=target, evidence=told.evidence)
    if found.truncated:
        lines.air()
        lines.remark(ways.more("Enter"), view=replace(view, count=2 * max(len(found.ways), 1)))
    if not found.ways:
        lines.air()
        takes_all = (
            replace(view, wanted=choice.everything(view.wanted)) if found.leaves_out and not found.not_dated else None
        )
        lines.remark(ways.not_connected(found, view.most_hops, "Enter"), view=takes_all)
    return tuple(lines.items)
