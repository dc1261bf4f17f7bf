"""Fixed columns of a list: the name first, then what is said of it, so that lines can be told apart at a glance.

What a line would say too much without (that it is planned, past, inferred; since when) it never loses: where the
columns have no room for that beside the name, it stands below the name, and the rest with it. Where lines have one row
each, the name gives way, but for its beginning: in fewer than some 69 cells the longest dates and standing lose their
end. Of the other columns those next to the name go first; a line says what stood in one at its end, if it has the room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.explorer.pages.items import Piece, Row, length, piece, wrap
from tui.text.safe import clip, visible, width

_GAP = 2
_WIDEST = 26
"""Cells that a column beside the name takes at most."""

_LEAST_REST = 14
"""Cells from which on what is left of the line tells something more."""

_LEAST_NAME = 12
"""Cells that a name keeps where it gives way."""

_OUTLIERS = 5
"""Of what a line must say, every how many-th may be wider than its column: a few long ones leave the others no room."""

_OVER = 8
"""Cells that are left after the columns for those few, so that most of them begin where the others do."""

_NAME_ROWS = 3
"""Rows that a name takes at most."""


_DOT = Piece(" · ", "dim")
"""Between what is said below a name."""


class ColumnsOfLine(NamedTuple):
    """What a line says: its name, the columns after that, the least important first, and what may follow if it fits."""

    name: str
    others: tuple[str, ...]
    rest: str = ""


InRows = Callable[[ColumnsOfLine, Sequence[str]], list[Row]]
"""Makes the rows of a line, in the styles of its name, of each column and of what follows."""


class _Placed(NamedTuple):
    """Some text of a line, of which column it is and where it begins."""

    column: int
    at: int
    text: str
    style: str


class FixedColumns:
    """Where the columns of some lines begin, by how wide they are and how much room there is.

    `kept` of the columns, the last ones, are said of every line that has something in them, whatever the room.
    """

    def __init__(self, lines: Iterable[ColumnsOfLine], room: int, kept: int) -> None:
        every = tuple(lines)
        self.room = max(room, 1)
        self.kept = kept
        names = sorted(_cells(line.name) for line in every) or [0]
        said = [sorted(map(_cells, one)) for one in zip(*(line.others for line in every), strict=True)]
        most = (len(every) - 1) * (_OUTLIERS - 1) // _OUTLIERS
        self.others = [min(cells[most if n >= len(said) - kept else -1], _WIDEST) for n, cells in enumerate(said)]
        self._said = [n for n, cells in enumerate(self.others) if cells]
        over = sum(cells[-1] - taken for cells, taken in zip(said, self.others, strict=True) if cells[-1] <= _WIDEST)
        over = min(over, _OVER)
        wanted = min(names[(len(names) - 1) * 3 // 5], self.room)
        for n, _ in enumerate(self.others):
            if self._left_for_names < wanted + over:
                self.others[n] = 0
        self.name = max(min(names[-1], max(self._left_for_names - over, wanted), self._left_for_names), 0)

    @property
    def has_room(self) -> bool:
        """Whether every column that says something has its own place."""
        return all(self.others[n] for n in self._said)

    @property
    def _left_for_names(self) -> int:
        return self.room - sum(cells + _GAP for cells in self.others if cells)

    def height(self, line: ColumnsOfLine) -> int:
        """Return about how many rows a line takes: more than one where it would lose what it must keep."""
        return 1 + (_cells(line.name) + sum(_cells(text) + _GAP for text in self._kept(line) if text) > self.room)

    def _kept(self, line: ColumnsOfLine) -> tuple[str, ...]:
        return line.others[len(line.others) - self.kept :]

    def row(self, line: ColumnsOfLine, styles: Sequence[str]) -> Row:
        """Return a line on one row, in the styles of its name, of each column and of what follows."""
        after = sum(_cells(text) + _GAP for text in self._kept(line) if text)
        name = clip(visible(line.name[: self.room + 1]), min(max(self.room - after, _LEAST_NAME), self.room))
        parts, at = [Piece(name, styles[0])], width(name)
        placed = list(self._placed(line, styles, at, after))
        for column in placed:
            parts += [Piece(" " * (column.at - at)), Piece(column.text, column.style)]
            at = column.at + width(column.text)
        for one in self._unplaced(line, styles, placed):
            between = _DOT if placed else Piece(" " * _GAP)
            if at + length((between, one)) <= self.room:
                parts += [between, one]
                at += length((between, one))
        start = max(self._end, at) + _GAP
        if line.rest and self.room - start >= _LEAST_REST:
            parts += [Piece(" " * (start - at)), piece(line.rest, styles[-1], self.room - start)]
        return tuple(parts)

    def _placed(self, line: ColumnsOfLine, styles: Sequence[str], at: int, after: int) -> Iterator[_Placed]:
        """Yield what a line says beside its name, which ends `at`: in its column, or where what it keeps has room.

        `after` cells are for what it keeps.
        """
        start = self.name + _GAP
        first_kept = len(line.others) - self.kept
        first_kept_at = start + sum(cells + _GAP for cells in self.others[:first_kept] if cells)
        for n, (text, cells, style) in enumerate(zip(line.others, self.others, styles[1:], strict=False)):
            takes = _cells(text)
            least = at + _GAP
            if text and n >= first_kept:
                after -= takes + _GAP
                place = max(min(start if cells else first_kept_at, self.room - after - takes), least)
                if (left := self.room - after - place) > 0:
                    yield _Placed(n, place, clip(visible(text), left), style)
                    at = place + min(takes, left)
            elif text and cells and least <= (place := min(start, self.room - after - min(takes, cells))):
                yield _Placed(n, place, clip(visible(text), cells), style)
                at = place + min(takes, cells)
            start += cells + _GAP if cells else 0

    def _unplaced(self, line: ColumnsOfLine, styles: Sequence[str], placed: Iterable[_Placed]) -> Iterator[Piece]:
        """Yield what has no place in a line's columns, the most important first."""
        told = {one.column for one in placed}
        for n in reversed(range(len(line.others) - self.kept)):
            if line.others[n] and n not in told:
                yield Piece(visible(line.others[n]), styles[n + 1])

    @property
    def _end(self) -> int:
        return self.name + sum(cells + _GAP for cells in self.others if cells)

    def in_one_row(self, line: ColumnsOfLine, styles: Sequence[str]) -> list[Row]:
        """Return a line on one row, whatever it has to say."""
        return [self.row(line, styles)]

    def rows(self, line: ColumnsOfLine, styles: Sequence[str]) -> list[Row]:
        """Return a line in its columns, or where it would lose what it must keep, with all that below its name."""
        if self.height(line) == 1:
            return [self.row(line, styles)]
        *names, last = [piece(text, styles[0]) for text in wrap(line.name, self.room, _NAME_ROWS)]
        return [*((name,) for name in names), *self._ended(last, line, styles)]

    def rows_to_the_edge(self, line: ColumnsOfLine, styles: Sequence[str]) -> list[Row]:
        """Return a line with its name, and at the right edge as many of its columns as there is room for."""
        *names, last = [piece(text, styles[0]) for text in wrap(line.name, self.room, _NAME_ROWS)]
        rows: list[Row] = [(name,) for name in names]
        if sum(_cells(text) + _GAP for text in self._kept(line) if text) + length((last,)) > self.room:
            return [*rows, *self._ended(last, line, styles)]
        left = self.room - length((last,))
        beside: Row = ()
        for one in self._by_worth(line, styles):
            if length((one,)) + _GAP <= left:
                beside = (Piece(" " * _GAP), one, *beside)
                left -= length((one,)) + _GAP
        return [*rows, (last, Piece(" " * left), *beside)]

    def _by_worth(self, line: ColumnsOfLine, styles: Sequence[str]) -> list[Piece]:
        """Return what a line says beside its name, the most important first."""
        said = [Piece(visible(text), style) for text, style in zip(line.others, styles[1:], strict=False) if text]
        return said[::-1]

    def _ended(self, name: Piece, line: ColumnsOfLine, styles: Sequence[str]) -> Iterator[Row]:
        """Yield the last row of a name, then all that is said of it, the most important first.

        What a line need not keep is left out where it takes a row of its own.
        """
        told = self._by_worth(line, styles)
        kept = sum(bool(text) for text in self._kept(line))
        row: Row = (name,)
        if length((*row, *told[:kept])) + _GAP + (kept - 1) * length((_DOT,)) > self.room:
            yield row
            row = ()
        between = Piece(" " * _GAP)
        for n, one in enumerate(told):
            joined = (*row, between, one) if row else (one,)
            if length(joined) <= self.room:
                row, between = joined, _DOT
            elif n < kept:
                yield from (row,) if row else ()
                *full, last = wrap(one.text, self.room)
                yield from ((Piece(text, one.style),) for text in full)
                row, between = (Piece(last, one.style),), _DOT
        yield from (row,) if row else ()


def _cells(text: str) -> int:
    return width(visible(text[:200]))
