"""What became of a record and of its part in arrangements, as a view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from db.register import Register
from tui.explorer.pages.items import ListItem
from tui.explorer.symbols import Symbols
from tui.explorer.views.outline import Outline
from tui.explorer.views.view import View, ViewPage, however_arranged
from tui.text import after as words
from tui.text.page_parts import Target

if TYPE_CHECKING:
    from db.graph.answers import Aftermath


@dataclass(frozen=True)
class AfterView(View):
    """What followed a record, and what of each arrangement that it took part in; told as of now."""

    TAKES_A_DAY = False

    record: str

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock after` takes them."""
        return ("after", self.record)

    @property
    def key(self) -> str:
        """The record's."""
        return self.record

    def ask(self, reader: Register) -> ViewPage:
        """Read what became of it."""
        found = reader.after(self.record)
        items = however_arranged(partial(after_items, found))
        about = Target(found.record.key, found.record.name, found.record.kind)
        return ViewPage(words.called(found), "what became of it", items, found.evidence, about)


def after_items(found: Aftermath, cells: int, symbols: Symbols) -> tuple[ListItem, ...]:
    """Return how the record stands, what followed it, and what became of its part in arrangements."""
    lines = Outline(cells, symbols)
    record = found.record
    stands = next(words.standing(found), None)
    about, evidence = (stands.text, stands.evidence) if stands else ("", ())
    lines.head(Target(record.key, record.name, record.kind), about, evidence)
    followed, parts = list(words.successors(found)), list(words.arrangements(found))
    if followed:
        lines.air()
    for line in followed:
        _add(lines, line)
    if parts:
        lines.heading(words.took_part(found))
    for line in parts:
        _add(lines, line)
    for remark in words.remarks(found):
        lines.air()
        lines.remark(remark)
    return tuple(lines.items)


def _add(lines: Outline, line: words.AfterLine) -> None:
    target = Target(line.key, line.name, line.kind)
    lines.sentence(line.text, depth=line.depth - 1, target=target, about=line.about, evidence=line.evidence)
