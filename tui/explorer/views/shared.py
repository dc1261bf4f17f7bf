"""What records have in common, and with whom one shares most, as a view."""

from __future__ import annotations

from collections.abc import Iterable
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
from tui.text import shared as words
from tui.text.page_parts import Target

if TYPE_CHECKING:
    from db.graph.answers import Ranking, Shared


@dataclass(frozen=True)
class SharedView(View):
    """What several records share; of one alone, with whom it shares most."""

    keys: tuple[str, ...]
    limit: int | None = None
    """How many are shown, where that is not as many as the command shows."""
    wanted: LinkChoice = choice.ANY

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock shared` takes them."""
        return ("shared", *self.keys, *choice.option("--limit", self.limit, None), *choice.options(self.wanted))

    @property
    def key(self) -> str:
        """The first one."""
        return self.keys[0]

    def ask(self, reader: Register) -> ViewPage:
        """Find what is shared."""
        ends = tuple(Target(key, one.name, one.kind) for key in self.keys for one in (reader.brief(key),))
        if len(self.keys) == 1:
            ranked = reader.companions(self.key, limit=self.limit or words.RANKED, wanted=self.wanted, as_of=self.as_of)
            items = however_arranged(partial(ranking_items, ranked, ends, self))
            return ViewPage(words.called(ranked), words.shares_most(ranked), items, ranked.evidence, ends[0])
        found = reader.shared(self.keys, limit=self.limit or words.LIMIT, wanted=self.wanted, as_of=self.as_of)
        items = however_arranged(partial(shared_items, found, ends, self))
        return ViewPage(words.called(found), words.in_common(found), items, found.evidence, ends[0])


def ranking_items(
    found: Ranking, ends: Iterable[Target], view: SharedView, cells: int, symbols: Symbols
) -> tuple[ListItem, ...]:
    """Return those that share most with a record, each leading to what the two have in common."""
    lines = Outline(cells, symbols)
    for end in ends:
        lines.head(end)
    lines.air()
    for one in found.ranked:
        both = replace(view, keys=(view.key, one.key), limit=None, name="")
        about, things = words.shares(one), (words.things(one),)
        lines.link(Target(one.key, one.name, one.kind), about=about, under=things, evidence=one.evidence, view=both)
    if not found.ranked:
        lines.remark(words.nobody(found))
    _more(lines, len(found.ranked), found.total, view)
    return tuple(lines.items)


def shared_items(
    found: Shared, ends: Iterable[Target], view: SharedView, cells: int, symbols: Symbols
) -> tuple[ListItem, ...]:
    """Return the records, then what they share by what it is, each thing with who shares it and as what."""
    lines = Outline(cells, symbols)
    for end in ends:
        lines.head(end)
    _things(lines, words.lines(found, found.things))
    if found.not_dated:
        lines.air()
        lines.remark(words.not_dated(found))
        _things(lines, words.lines(found, found.not_dated))
    if not (found.things or found.not_dated):
        lines.air()
        takes_all = replace(view, wanted=choice.everything(view.wanted)) if found.leaves_out else None
        lines.remark(words.nothing(found, "Enter"), view=takes_all)
    _more(lines, len(found.things), found.total, view)
    return tuple(lines.items)


def _things(lines: Outline, told: Iterable[words.SharedLine]) -> None:
    """Add things, each with those who share it under it."""
    waiting: list[words.SharedLine] = []

    def finish() -> None:
        if waiting:
            thing, *who = waiting
            under = tuple(f"{one.text} {one.about}" for one in who)
            evidence = tuple(dict.fromkeys(cited for one in who for cited in one.evidence))
            lines.link(Target(thing.key, thing.text, thing.kind), under=under, evidence=evidence)
        waiting.clear()

    for line in told:
        if line.depth < 3:
            finish()
        if line.depth == 1:
            lines.heading(line.text)
        else:
            waiting.append(line)
    finish()


def _more(lines: Outline, shown: int, total: int, view: SharedView) -> None:
    if shown < total:
        lines.air()
        lines.remark(words.some(shown, total, "Enter"), view=replace(view, limit=4 * shown))
