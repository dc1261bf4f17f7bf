"""What a list shows that has no answer, or none yet: why, and the answer it had before, grey and not to be chosen."""

from __future__ import annotations

from dataclasses import replace

from tui.explorer.pages.items import BLANK, NUMBER, ListItem, Piece, piece, wrap

AGAIN = "ask again"
"""What choosing the line that says why asks for."""


def failed_items(why: str, before: tuple[ListItem, ...], cells: int) -> tuple[ListItem, ...]:
    """Return why there is no answer and how to ask again, then the items from before."""
    rows = [(piece(line, "failed"),) for line in wrap(why, cells)]
    rows += [(piece(line, "more"),) for line in wrap("Enter asks again", cells)]
    return _above(ListItem(tuple(rows), "failed", more=AGAIN, copy=piece(why).text), before)


def awaited_items(what: str, before: tuple[ListItem, ...], cells: int) -> tuple[ListItem, ...]:
    """Return what is being read, then the items from before."""
    rows = tuple((piece(line, "more"),) for line in wrap(f"Reading {what}", cells))
    return _above(ListItem(rows, "awaited", stops=False), before)


def _above(head: ListItem, before: tuple[ListItem, ...]) -> tuple[ListItem, ...]:
    return (head, BLANK, *(_greyed(item) for item in before)) if before else (head,)


def _greyed(item: ListItem) -> ListItem:
    rows = tuple(tuple(Piece(part.text if part is not NUMBER else "  ", "stale") for part in row) for row in item.rows)
    return replace(item, rows=rows, target=None, more=None, evidence=(), copy="", stops=False)
