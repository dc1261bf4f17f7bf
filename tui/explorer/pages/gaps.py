"""What is not known or not put right: by kind with the number of each, then the records of one kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from db.reports import Gap
from tui.explorer.list_state import PAGE, STEP
from tui.explorer.pages.beside import kind_of, said, titled, told_item
from tui.explorer.pages.items import BLANK, ListItem, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.explorer.views.view import View
from tui.text import gaps as words
from tui.text import phrases
from tui.text.page_parts import Target

ALL_AT_ONCE = 30
"""Gaps up to which those of several kinds are listed, and not counted first."""
FEW = 3
"""Gaps of each kind that stand below the numbers of all."""
_FIRST = 100
"""Gaps of a kind that show at first."""
_KIND = 22
"""Cells for the name of a kind."""


def gap_items(
    found: Sequence[Gap],
    types: Mapping[str, str],
    leads_to: Callable[[str | None], View],
    cells: int,
    symbols: Symbols,
    shown: Mapping[str, int],
) -> tuple[ListItem, ...]:
    """Return gaps: those of one kind or few of several one by one; else how many there are of each, then the first.

    `leads_to` gives the view of a kind, and without one that which leaves out nothing.
    """
    cells = max(cells, 8)
    told = [gap for gap in found if not gap.usual]
    usual = Counter(gap.what for gap in found if gap.usual)
    counts = Counter(gap.what for gap in told)
    items: list[ListItem] = []
    is_overview = len(counts) > 1 and len(told) > ALL_AT_ONCE
    if is_overview:
        items += [_kind(what, number, leads_to(what), cells) for what, number in counts.items()]
    for what, grouped in groupby(told, key=lambda gap: gap.what):
        several = list(grouped)
        items += [BLANK] if items else []
        items += _of_kind(what, several, types, cells, symbols, FEW if is_overview else _most(what, shown))
        left = len(several) - (FEW if is_overview else _most(what, shown))
        if left > 0:
            text = f"    … {left:,} more, Enter shows " + (
                "them" if left <= STEP or is_overview else f"the next {STEP}"
            )
            row = (piece(text, "more", cells),)
            items.append(
                ListItem((row,), f"more:{what}", view=leads_to(what))
                if is_overview
                else ListItem((row,), f"more:{what}", more=what)
            )
    if not told:
        items.append(said("No gaps are known.", cells, ident="none"))
    if usual:
        rows = tuple((piece(row, "more"),) for row in wrap(words.left_out(usual.total(), usual), cells))
        items += [BLANK, ListItem(rows, "usual", view=leads_to(None))]
    return tuple(items)


def _most(what: str, shown: Mapping[str, int]) -> int:
    """Return how many gaps of a kind are shown."""
    return max(shown.get(what, PAGE), _FIRST)


def _kind(what: str, number: int, view: View, cells: int) -> ListItem:
    """Return a kind of gaps with their number, and what they are where there is room."""
    label = piece(phrases.readable(what).capitalize(), "link", max(cells - 8, 8))
    count = piece(f"{number:,}", "count")
    gap = piece(" " * max(_KIND + 8 - length((label, count)), 1))
    meaning = piece(f"  {words.meaning(what)}", "dim")
    row = (label, gap, count)
    rows = ((*row, meaning),) if length((*row, meaning)) <= cells else (row,)
    return ListItem(rows, f"kind:{what}", copy=copied(what, f"{number:,}"), view=view)


def _of_kind(
    what: str, several: Sequence[Gap], types: Mapping[str, str], cells: int, symbols: Symbols, most: int
) -> Iterator[ListItem]:
    """Yield the gaps of a kind under its name, with the commands that mend them."""
    title = phrases.readable(what).capitalize()
    yield titled(title, len(several), cells, ident=f"title:{what}")
    yield said(f"mended by {' or '.join(words.mended_by(several))}", cells, ident=f"mend:{what}")
    for n, gap in enumerate(several[:most]):
        older = "older list" if gap.still_named is False else ""
        detail = words.detail(gap, types)
        told = ((phrases.joined(detail, older), "dim"),)
        copy = copied(gap.key, gap.name, detail, gap.mend)
        yield told_item(
            Target(gap.key, gap.name, kind_of(gap.key)), told, cells, symbols, ident=f"{what}:{n}:{gap.key}", copy=copy
        )
