"""Fixed columns of a list: the name first, then what is said of it, so that lines can be told apart at a glance.

Where it is too narrow for all, the columns next to the name go first, and the name is cut last.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.explorer.pages.items import Piece, Row, piece
from tui.text.safe import clip, visible, width

_GAP = 2
_WIDEST = 26
"""Cells that a column beside the name takes at most."""

_LEAST_REST = 14
"""Cells from which on what is left of the line tells something more."""


class ColumnsOfLine(NamedTuple):
    """What a line says: its name, the columns after that, the least important first, and what may follow if it fits."""

    name: str
    others: tuple[str, ...]
    rest: str = ""


class _Placed(NamedTuple):
    """Some text of a line and where it begins."""

    at: int
    text: str
    style: str


class FixedColumns:
    """Where the columns of some lines begin, by how wide they are and how much room there is.

    What has no column is told of lines only that have nothing in any: the eye would look for another there.
    """

    def __init__(self, lines: Iterable[ColumnsOfLine], room: int) -> None:
        every = tuple(lines)
        self.room = max(room, 1)
        names = sorted(_cells(line.name) for line in every) or [0]
        said = zip(*(line.others for line in every), strict=True)
        self.others = [min(max(map(_cells, one)), _WIDEST) for one in said]
        self._said = [n for n, cells in enumerate(self.others) if cells]
        wanted = min(names[(len(names) - 1) * 3 // 5], self.room)
        for n, _ in enumerate(self.others):
            if self._left_for_names < wanted:
                self.others[n] = 0
        self.name = max(min(names[-1], self._left_for_names), 0)

    @property
    def has_room(self) -> bool:
        """Whether every column that says something has its own place."""
        return all(self.others[n] for n in self._said)

    def row_to_the_edge(self, line: ColumnsOfLine, styles: Sequence[str]) -> Row:
        """Return a line with its name, and at the right edge as many of its columns as there is room for."""
        last = len(line.others) - 1
        chosen = [last] if line.others and line.others[last] else []
        room = self.room - sum(_cells(line.others[n]) + _GAP for n in chosen)
        left = room - _cells(line.name)
        for n in reversed(range(len(line.others))):
            if n not in chosen and line.others[n] and _cells(line.others[n]) + _GAP <= left:
                chosen.insert(0, n)
                left -= _cells(line.others[n]) + _GAP
        name = clip(visible(line.name[: self.room + 1]), max(room, 4))
        told = [Piece(visible(line.others[n]), styles[n + 1]) for n in sorted(chosen)]
        parts = [Piece(name, styles[0]), Piece(" " * max(left, 0))]
        for one in told:
            parts += [Piece(" " * _GAP), one]
        return tuple(parts)

    def _columns(self, line: ColumnsOfLine, styles: Sequence[str]) -> Iterator[_Placed]:
        """Yield what a line says beside its name, where its column begins; what has none would begin at the edge."""
        start = self.name + _GAP
        for text, cells, style in zip(line.others, self.others, styles[1:], strict=False):
            if text:
                yield _Placed(start if cells else -1, clip(visible(text), cells or _WIDEST), style)
            start += cells + _GAP if cells else 0

    @property
    def _end(self) -> int:
        return self.name + sum(cells + _GAP for cells in self.others if cells)

    @property
    def _left_for_names(self) -> int:
        return self.room - sum(cells + _GAP for cells in self.others if cells)

    def row(self, line: ColumnsOfLine, styles: Sequence[str]) -> Row:
        """Return a line in its columns, in the styles of its name, of each column and of what follows."""
        name = clip(visible(line.name[: self.room + 1]), self.room)
        parts, at = [Piece(name, styles[0])], width(name)
        columns = list(self._columns(line, styles))
        placed = [column for column in columns if column.at >= at + _GAP]
        left_out = [column for column in columns if column.at < at + _GAP and (column.at >= 0 or not placed)]
        room = (placed[0].at if placed else self.room + _GAP) - at - 2 * _GAP
        # What has no room in its own column stands where there is some, the more important first.
        for column in reversed(left_out):
            if width(column.text) <= room:
                placed.insert(0, column._replace(at=at + _GAP))
                break
        for column in placed:
            parts += [Piece(" " * (column.at - at)), Piece(column.text, column.style)]
            at = column.at + width(column.text)
        start = self._end + _GAP
        if line.rest and self.room - max(start, at + _GAP) >= _LEAST_REST:
            start = max(start, at + _GAP)
            parts += [Piece(" " * (start - at)), piece(line.rest, styles[-1], self.room - start)]
        return tuple(parts)


def _cells(text: str) -> int:
    return width(visible(text[:200]))
