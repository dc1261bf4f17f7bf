"""What a list shows, row by row: items that are made when they are seen, so that length costs nothing."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from tui.explorer.pages.folding import ShownPart, Single, Stretch
from tui.explorer.pages.items import ListItem


class Counted:
    """Running counts over parts, by which the part that holds the nth of something is found."""

    def __init__(self, sizes: Iterable[int]) -> None:
        self.starts: list[int] = []
        self.total = 0
        for size in sizes:
            self.starts.append(self.total)
            self.total += size

    def part_of(self, nth: int) -> int:
        """Return the part that holds the nth; parts without any are passed over."""
        return bisect_right(self.starts, nth) - 1


class Lines(Sequence[ListItem]):
    """The items of a list with their rows; made anew whenever the list shows something else."""

    def __init__(self, parts: Sequence[ShownPart] = ()) -> None:
        self._parts = parts
        self._items = Counted(len(part) if isinstance(part, Stretch) else 1 for part in parts)
        self._rows = Counted(len(part) if isinstance(part, Stretch) else len(part.item.rows) for part in parts)
        self._stops = Counted(len(part) if isinstance(part, Stretch) else int(part.item.stops) for part in parts)
        self._links = Counted(len(part) if isinstance(part, Stretch) else int(part.item.leads) for part in parts)

    def __len__(self) -> int:
        return self._items.total

    @overload
    def __getitem__(self, at: int) -> ListItem: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[ListItem]: ...
    def __getitem__(self, at: int | slice) -> ListItem | Sequence[ListItem]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        if not -len(self) <= at < len(self):
            raise IndexError(at)
        part, within = self._place(at % len(self))
        return part.item(within) if isinstance(part, Stretch) else part.item

    def _place(self, index: int) -> tuple[ShownPart, int]:
        n = self._items.part_of(index)
        return self._parts[n], index - self._items.starts[n]

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return self._rows.total

    @property
    def stop_count(self) -> int:
        """On how many items the mark can stand."""
        return self._stops.total

    def group_of(self, index: int) -> str:
        """Return the group that an item stands in, empty where in none."""
        return self._place(index)[0].group if 0 <= index < len(self) else ""

    def at_row(self, row: int) -> tuple[int, int]:
        """Return the item of a row, and which of its rows it is."""
        n = self._rows.part_of(row)
        within = row - self._rows.starts[n]
        first = self._items.starts[n]
        return (first + within, 0) if isinstance(self._parts[n], Stretch) else (first, within)

    def span(self, index: int) -> tuple[int, int]:
        """Return the first row of an item and the first one after it."""
        n = self._items.part_of(index)
        part, first = self._parts[n], self._rows.starts[n]
        if isinstance(part, Stretch):
            first += index - self._items.starts[n]
            return first, first + 1
        return first, first + len(part.item.rows)

    def group_span(self, group: str) -> tuple[int, int]:
        """Return the first row of a group and the first one after it."""
        of = [n for n, part in enumerate(self._parts) if part.group == group]
        if not of:
            return 0, 0
        last = of[-1] + 1
        return self._rows.starts[of[0]], self._rows.starts[last] if last < len(self._parts) else self._rows.total

    def stop_of(self, ident: str) -> int | None:
        """Return the item of an ident, None where the mark cannot stand on one."""
        return next((first + at for first, part in self._stopping() for at in _found(part, ident)), None)

    def _stopping(self) -> Iterator[tuple[int, ShownPart]]:
        for first, part in zip(self._items.starts, self._parts, strict=True):
            if isinstance(part, Stretch) or part.item.stops:
                yield first, part

    def stop_near(self, index: int) -> int:
        """Return the place among the stops of an item, or of the next one that is a stop."""
        if index < 0 or not self._parts:
            return 0
        n = self._items.part_of(index)
        within = index - self._items.starts[n] if isinstance(self._parts[n], Stretch) else 0
        return self._stops.starts[n] + within

    def nth_stop(self, place: int) -> int:
        """Return the item of a place among the stops, the first or last one where there is no such place."""
        place = max(0, min(place, self._stops.total - 1))
        n = self._stops.part_of(place)
        return self._items.starts[n] + place - self._stops.starts[n]

    def number(self, row: int, top: int) -> int:
        """Return the number of the link on a row: links are counted from the row on `top` of what is on screen."""
        return self._links_before(row) - self._links_before(top) + 1

    def numbered(self, number: int, top: int, height: int) -> int | None:
        """Return the item that shows a number on the screen that begins at `top`."""
        link = self._links_before(top) + number - 1
        if not 0 <= link < self._links.total:
            return None
        n = self._links.part_of(link)
        index = self._items.starts[n] + link - self._links.starts[n]
        return index if self.span(index)[0] < top + height else None

    def _links_before(self, row: int) -> int:
        """Return how many links begin before a row."""
        if row >= self._rows.total:
            return self._links.total
        n = bisect_left(self._rows.starts, row)
        if n and isinstance(part := self._parts[n - 1], Stretch):
            begun = min(row - self._rows.starts[n - 1], len(part))
            return self._links.starts[n - 1] + begun
        return self._links.starts[n] if n < len(self._parts) else self._links.total


def _found(part: ShownPart, ident: str) -> Iterator[int]:
    """Yield where in a part an ident is."""
    if isinstance(part, Single):
        if ident and part.item.ident == ident:
            yield 0
    elif ident:
        yield from (at for at in range(len(part)) if part.ident(at) == ident)
