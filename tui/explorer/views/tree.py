"""What hangs on a record, as a view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from db.graph.choice import LinkChoice
from db.register import Register
from tui.explorer.pages.items import ListItem
from tui.explorer.pages.record import HEAD
from tui.explorer.symbols import Symbols
from tui.explorer.views import choice
from tui.explorer.views.outline import Outline
from tui.explorer.views.view import View, ViewPage, however_arranged
from tui.text import tree as words
from tui.text.page_parts import Target

if TYPE_CHECKING:
    from db.graph.answers import Tree

_WIDER = 20
"""How many times more is shown of a branch that is opened by itself."""


@dataclass(frozen=True)
class TreeView(View):
    """A record with what it is linked to, and what that is linked to."""

    root: str
    depth: int = words.DEPTH
    width: int = words.WIDTH
    direction: str | None = None
    wanted: LinkChoice = choice.ANY

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock tree` takes them."""
        depth = choice.option("--depth", self.depth, words.DEPTH)
        width = choice.option("--width", self.width, words.WIDTH)
        direction = choice.option("--direction", self.direction, None)
        return ("tree", self.root, *depth, *width, *direction, *choice.options(self.wanted))

    @property
    def key(self) -> str:
        """The root."""
        return self.root

    def ask(self, reader: Register) -> ViewPage:
        """Read the tree."""
        found = reader.tree(
            self.root, depth=self.depth, width=self.width, direction=self.direction, wanted=self.wanted,
            as_of=self.as_of,
        )  # fmt: skip
        items = however_arranged(partial(tree_items, found, self))
        about = Target(found.root.key, found.root.name, found.root.kind)
        return ViewPage(words.called(found), "what hangs on it", items, found.evidence, about)


def tree_items(found: Tree, view: TreeView, cells: int, symbols: Symbols) -> tuple[ListItem, ...]:
    """Return the tree from its root on; what was left out of a branch opens that branch wider."""
    lines = Outline(cells, symbols)
    for line in words.lines(found):
        if line.is_label:
            lines.heading(line.text, line.about, line.depth)
        elif line.below:
            wider = replace(view, root=line.below, depth=1, width=view.width * _WIDER, name="")
            lines.remark(line.text, depth=line.depth, view=wider)
        else:
            target = Target(line.key, line.text, line.kind)
            ident = "" if line.depth else f"{HEAD}:{line.key}"
            lines.link(
                target, depth=line.depth, ident=ident, about=line.about, style=line.style, evidence=line.evidence
            )
    if found.connecting_all:
        lines.air()
        lines.remark(words.connecting_all(found, "Enter"), view=replace(view, wanted=choice.everything(view.wanted)))
    if found.not_dated:
        lines.air()
        lines.remark(words.not_dated(found))
    return tuple(lines.items)
