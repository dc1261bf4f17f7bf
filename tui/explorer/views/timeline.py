"""All that is dated of a record, as a view."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from db.model import TimelineEntry
from db.register import Register
from tui.explorer.pages.items import ListItem
from tui.explorer.symbols import Symbols
from tui.explorer.views import choice
from tui.explorer.views.outline import Outline
from tui.explorer.views.view import View, ViewPage, however_arranged
from tui.text import phrases
from tui.text import timeline as words
from tui.text.page_parts import Target

if TYPE_CHECKING:
    from db.graph.answers import Timeline


@dataclass(frozen=True)
class TimelineView(View):
    """What is dated of a record, oldest first."""

    record: str
    limit: int = words.LIMIT
    whole: bool = False
    """Whether each of many links of a year is told by itself."""

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock timeline` takes them."""
        limit = choice.option("--limit", self.limit, words.LIMIT)
        return ("timeline", self.record, *limit, *(("--all",) if self.whole else ()))

    @property
    def key(self) -> str:
        """The record's."""
        return self.record

    def ask(self, reader: Register) -> ViewPage:
        """Read what is dated."""
        found = reader.timeline(self.record, limit=self.limit, whole=self.whole, as_of=self.as_of)
        items = however_arranged(partial(timeline_items, found, self))
        about = Target(found.key, found.name, found.kind)
        return ViewPage(words.called(found), "all that is dated of it", items, found.evidence, about)


def timeline_items(found: Timeline, view: TimelineView, cells: int, symbols: Symbols) -> tuple[ListItem, ...]:
    """Return each entry with its date in a column; one that tells of another record leads there."""
    lines = Outline(cells, symbols)
    lines.head(Target(found.key, found.name, found.kind), phrases.as_of(found.as_of))
    lines.air()
    column = max((len(phrases.date(one.date)) for one in found.entries), default=0) + 2
    for one in found.entries:
        label = words.label(one)
        lines.sentence(
            f"{label}: {words.sentence(one)}" if label else words.sentence(one),
            target=_told_of(one),
            evidence=one.evidence,
            style="standing" if one.is_ahead else "prose",
            date=phrases.date(one.date),
            column=column,
        )
    more = (
        (words.nothing(found), None),
        (words.some(found, "Enter"), replace(view, limit=view.limit * 5)),
        (words.together(found, "Enter"), replace(view, whole=True)),
        (words.not_followed(found), None),
    )
    for text, opened in more:
        if text:
            lines.air()
            lines.remark(text, view=opened)
    return tuple(lines.items)


def _told_of(one: TimelineEntry) -> Target | None:
    """Return the other record that an entry tells of, where that is one."""
    if one.other is None or one.number > 1:
        return None
    return Target(one.other.key, one.other.name, one.other_kind)
