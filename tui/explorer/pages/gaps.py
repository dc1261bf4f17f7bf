"""What is not known or not put right: a group for each kind, with the number of its records and what mends them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from db.reports import Gap
from tui.explorer.list_state import ListState
from tui.explorer.pages.beside import said, that_fit, told_fold, told_item
from tui.explorer.pages.folding import ListFold, ListPart
from tui.explorer.pages.items import BLANK, LineKeys, ListItem, copied, piece, wrap
from tui.explorer.symbols import Symbols
from tui.explorer.views.view import View
from tui.text import gaps as words
from tui.text import phrases
from tui.text.page_parts import Target
from tui.text.safe import width


def gap_items(
    found: Sequence[Gap],
    types: Mapping[str, str],
    kinds: Mapping[str, str],
    with_usual: View,
    cells: int,
    symbols: Symbols,
    state: ListState,
) -> tuple[ListPart, ...]:
    """Return the gaps of each kind as a group that folds, open where it is the only one or fits on the screen.

    `types` has the labels of types by their names, `kinds` those of records by their keys; `with_usual` is the view of
    those as well that are usually there.
    """
    told = [gap for gap in found if not gap.usual]
    usual = Counter(gap.what for gap in found if gap.usual)
    groups = {what: list(several) for what, several in groupby(told, key=lambda gap: gap.what)}
    column = max((width(phrases.readable(what)) for what in groups), default=0)
    are_open = that_fit([len(several) for several in groups.values()], state.rows) if len(groups) > 1 else [True]
    parts: list[ListPart] = [
        _of_kind(what, several, types, kinds, cells, symbols, is_open, column)
        for (what, several), is_open in zip(groups.items(), are_open, strict=False)
    ]
    if not told:
        parts.append(said("No gaps are known.", cells, ident="none"))
    if told:
        parts += [BLANK, said(f"{words.MENDED}:", cells, ident="mended")]
        parts += [said(f"  {command}", cells, ident=f"mend:{command}") for command in words.mended_by(told)]
    if usual:
        left_out = tuple((piece(row, "more"),) for row in wrap(words.left_out(usual.total(), usual, "Enter"), cells))
        parts += [BLANK, ListItem(left_out, "usual", view=with_usual)]
    return tuple(parts)


def _of_kind(
    what: str,
    several: Sequence[Gap],
    types: Mapping[str, str],
    kinds: Mapping[str, str],
    cells: int,
    symbols: Symbols,
    is_open: bool,
    column: int,
) -> ListFold:
    """Return the gaps of a kind under its name, each with the record that it is of."""
    keys = [
        LineKeys(f"{what}:{n}:{gap.key}", f"{gap.name} {gap.key} {words.detail(gap, types)}", gap.name, gap.date or "")
        for n, gap in enumerate(several)
    ]

    def make(n: int) -> ListItem:
        gap = several[n]
        detail = words.detail(gap, types)
        told = ((phrases.joined(detail, "older list" if gap.still_named is False else ""), "dim"),)
        target = Target(gap.key, gap.name, kinds.get(gap.key, ""))
        copy = copied(gap.key, gap.name, detail, gap.mend)
        item = told_item(target, told, cells, symbols, ident=keys[n].ident, copy=copy)
        return replace(item, says=words.says(gap))

    label = phrases.readable(what).capitalize()
    return told_fold(f"kind:{what}", label, keys, make, preview=words.meaning(what), is_open=is_open, column=column)
