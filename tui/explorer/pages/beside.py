"""What stands beside each other in a list: a record and what is told of it, or below it where there is no room."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tui.explorer.pages.folding import FoldHeader, ListFold, ListLines
from tui.explorer.pages.items import AIR, INDENT, NUMBER, LineKeys, ListItem, Piece, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text.page_parts import Target

_GAP = 2
_BESIDE = 84
"""Cells from which on what is told of a record stands beside its name."""
_ROWS = 8
"""Rows that one text takes at most."""
_AROUND, _EACH = 8, 3
"""Rows above and below groups, and rows that a line takes, about."""
MANY = 200
"""Lines of a group up to which each says all that it has to say, on as many rows as that takes."""


def beside(left: Sequence[Row], right: Sequence[Row], column: int) -> Iterator[Row]:
    """Yield rows beside each other, those on the right from a column on."""
    for n in range(max(len(left), len(right))):
        row = left[n] if n < len(left) else ()
        if n < len(right):
            yield (*row, Piece(" " * max(column - length(row), 0)), *right[n])
        else:
            yield row


def named(target: Target, cells: int, symbols: Symbols, *, style: str = "link") -> list[Row]:
    """Return a record's number, its sign where its kind is known, and its name, in rows."""
    sign = piece(f"{symbols.of(target.kind)} ", f"kind-{target.kind}") if target.kind else piece("  ")
    first, *others = wrap(target.name, max(cells - INDENT, 8), 3)
    return [(NUMBER, sign, piece(first, style)), *((AIR, piece(row, style)) for row in others)]


def told_item(
    target: Target, told: Sequence[tuple[str, str]], cells: int, symbols: Symbols, *, ident: str, copy: str = ""
) -> ListItem:
    """Return a record and what is told of it, text and style of each, beside its name or below it."""
    is_wide = cells >= _BESIDE
    column = 2 * cells // 5 if is_wide else INDENT
    name = named(target, column if is_wide else cells, symbols)
    start = column + _GAP if is_wide else INDENT
    words: list[Row] = [(piece(row, look),) for text, look in told if text for row in wrap(text, cells - start, _ROWS)]
    if is_wide:
        rows = list(beside(name, words, start))
    else:
        rows = [*name, *((piece(" " * start), *row) for row in words)]
    copy = copy or copied(target.key, target.name, *(text for text, _ in told))
    return ListItem(tuple(rows), ident, target, copy=copy)


def told_fold(
    ident: str, label: str, keys: Sequence[LineKeys], make: Callable[[int], ListItem], *, preview: str = "",
    is_open: bool = False, column: int = 0,
) -> ListFold:  # fmt: skip
    """Return a group that folds; of one with many lines each is on one row, and says the rest when it is unfolded."""

    def brief(n: int) -> ListItem:
        item = make(n)
        return replace(item, rows=item.rows[:1], under=item.rows[1:])

    tall = len(keys) <= MANY
    lines = ListLines(keys, make if tall else brief, tall)
    return ListFold(ident, FoldHeader(label, len(keys), preview=preview, column=column), lines, is_open=is_open)


def that_fit(numbers: Sequence[int], rows: int) -> list[bool]:
    """Return which groups of so many lines are open to begin with: those that fit on the screen with all headers."""
    left, fit = rows - len(numbers) - _AROUND, []
    for number in numbers:
        fit.append(number * _EACH <= left)
        left -= number * _EACH if fit[-1] else 0
    return fit


def said(
    text: str, cells: int, *, ident: str, style: str = "dim", stops: bool = False, most: int | None = None
) -> ListItem:
    """Return a remark in as many rows as it takes, or at most so many."""
    return ListItem(tuple((piece(row, style),) for row in wrap(text, cells, most)), ident, stops=stops)


def titled(text: str, number: int | None, cells: int, *, ident: str) -> ListItem:
    """Return a title with how many lines stand under it."""
    count = () if number is None else (piece(f"  {number:,}", "count"),)
    rows = wrap(text, max(cells - length(count), 8))
    return ListItem(
        (*((piece(row, "label"),) for row in rows[:-1]), (piece(rows[-1], "label"), *count)), ident, stops=False
    )
