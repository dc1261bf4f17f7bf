"""Items laid out in rows: which row belongs to which item, where the mark can stand, and which links have numbers."""

from __future__ import annotations

from bisect import bisect_left

from tui.explorer.pages.items import ListItem


class Lines:
    """What a list shows, row by row; made anew whenever it shows something else."""

    def __init__(self, items: tuple[ListItem, ...] = ()) -> None:
        self.items = items
        self.starts: list[int] = []
        """The first row of each item."""
        self.rows: list[tuple[int, int]] = []
        """The item of each row, and which of its rows it is."""
        self._numbered: list[int] = []
        for index, item in enumerate(items):
            self.starts.append(len(self.rows))
            if item.target:
                self._numbered.append(len(self.rows))
            self.rows += [(index, row) for row in range(len(item.rows))]
        self.stops = [n for n, item in enumerate(items) if item.stops]
        """The items that the mark can stand on."""

    def span(self, index: int) -> tuple[int, int]:
        """Return the first row of an item and the first one after it."""
        return self.starts[index], self.starts[index] + len(self.items[index].rows)

    def stop_of(self, ident: str) -> int | None:
        """Return the item of an ident, None where the mark cannot stand on one."""
        return next((n for n in self.stops if ident and self.items[n].ident == ident), None)

    def stop_near(self, index: int) -> int:
        """Return the place among the stops of an item, or of the next one that is a stop."""
        return bisect_left(self.stops, max(index, 0))

    def nth_stop(self, place: int) -> int:
        """Return the item of a place among the stops, the first or last one where there is no such place."""
        return self.stops[max(0, min(place, len(self.stops) - 1))]

    def number(self, row: int, top: int) -> int:
        """Return the number of the link on a row: links are counted from the row on `top` of what is on screen."""
        return bisect_left(self._numbered, row) - bisect_left(self._numbered, top) + 1

    def numbered(self, number: int, top: int, height: int) -> int | None:
        """Return the item that shows a number on the screen that begins at `top`."""
        at = bisect_left(self._numbered, top) + number - 1
        if at >= bisect_left(self._numbered, top + height):
            return None
        return self.rows[self._numbered[at]][0]
