"""What a list shows that has no answer, or none yet: why, and the answer it had before, grey and not to be chosen."""

from __future__ import annotations

from dataclasses import replace

from tui.explorer.pages.items import BLANK, NUMBER, Item, Piece, piece, wrap

AGAIN = "ask again"
"""What choosing the line that says why asks for."""


def failed_items(why: str, before: tuple[Item, ...], cells: int) -> tuple[Item, ...]:
    """Return why there is no answer and how to ask again, then the items from before."""
    rows = [(piece(line, "failed"),) for line in wrap(why, cells)]
    rows += [(piece(line, "more"),) for line in wrap("Enter asks again", cells)]
    return _above(Item(tuple(rows), "failed", more=AGAIN, copy=piece(why).text), before)


def awaited_items(what: str, before: tuple[Item, ...], cells: int) -> tuple[Item, ...]:
    """Return what is being read, then the items from before."""
    rows = tuple((piece(line, "more"),) for line in wrap(f"Reading {what}", cells))
    return _above(Item(rows, "awaited", stops=False), before)


def _above(head: Item, before: tuple[Item, ...]) -> tuple[Item, ...]:
    return (head, BLANK, *(_greyed(item) for item in before)) if before else (head,)


def _greyed(item: Item) -> Item:
    rows = tuple(tuple(Piece(part.text if part is not NUMBER else "  ", "stale") for part in row) for row in item.rows)
    return replace(item, rows=rows, target=None, more=None, evidence=(), copy="", stops=False)
