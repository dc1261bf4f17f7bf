"""What a list shows when all that folds in it is open, and as a person who has touched nothing sees it."""

from __future__ import annotations

from collections.abc import Sequence

from db.model import Record
from tui.explorer.list_state import ListState
from tui.explorer.pages.folding import ListFold, ListPart, laid_out
from tui.explorer.pages.items import ListItem
from tui.explorer.pages.record import page_items
from tui.explorer.symbols import Symbols
from tui.explorer.widgets.lines import Lines
from tui.text.record_page import record_page

SIGNS = ("▾", "▸")


def record_items(record: Record, cells: int, symbols: Symbols, rows: int = 40) -> tuple[ListPart, ...]:
    """What the explorer shows of a record, worded and laid out."""
    return page_items(record_page(record, lambda _: None, printed=False), cells, symbols, ListState(rows=rows))


def shown(parts: Sequence[ListPart], state: ListState | None = None, cells: int = 90) -> Lines:
    """The items that show."""
    return Lines(laid_out(parts, state or ListState(), cells, SIGNS))


def unfolded(parts: Sequence[ListPart], cells: int = 90) -> Lines:
    """The items that show when every group and every line is open."""
    folds = [part for part in parts if isinstance(part, ListFold)]
    idents = [part.ident for part in parts if isinstance(part, ListItem)]
    for fold in (one for part in folds for one in (part, *part.inner)):
        idents += [fold.ident, *(key.ident for key in fold.lines.keys)]
    return shown(parts, ListState(folds=dict.fromkeys(idents, True)), cells)


def lines(items: Sequence[ListItem]) -> list[str]:
    """The text of items, row by row."""
    return ["".join(part.text for part in row) for item in items for row in item.rows]
