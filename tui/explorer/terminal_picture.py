"""What the terminal shows, cell by cell: of each picture, only cells that differ from it are written.

Textual writes whole widgets, each piece of text with all of its colours; over a slow line that is what one waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, repeat
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual.strip import Strip

_NEAR = 5
"""Cells that stay and are written all the same, where to go over them would be longer."""


class Look(NamedTuple):
    """How a cell looks: what the terminal is told of its attributes, its colour and that of its ground."""

    attributes: str
    colour: str
    ground: str

    def after(self, other: Look | None) -> str:
        """Return what turns the look before into this one."""
        if other is not None and other.attributes == self.attributes:
            changed = (mine for mine, theirs in zip(self[1:], other[1:], strict=True) if mine != theirs)
            return f"\x1b[{';'.join(changed)}m"
        told = (self.attributes, "" if self.colour == "39" else self.colour, "" if self.ground == "49" else self.ground)
        return f"\x1b[{';'.join(['0', *filter(None, told)])}m"


Cell = tuple[str, Look]
"""A character, with what is written over it; empty behind one that takes two cells."""

Placed = tuple[int, int, Strip]
"""Row, column, and what is to stand from there on."""


class TerminalPicture:
    """What was written last of each row, as far as that is known."""

    def __init__(self) -> None:
        self._rows: dict[int, list[Cell | None]] = {}
        self._uneven: set[int] = set()
        """Rows with characters of which terminals do not agree how wide they are: they may shift what follows."""
        self._looks: dict[Style | None, Look] = {}
        self._colours = ColorSystem.TRUECOLOR

    def forget(self) -> None:
        """Take nothing for known: somebody else may have written to the terminal, or it has another size."""
        self._rows.clear()
        self._uneven.clear()

    def of(self, update: ChopsUpdate | LayoutUpdate) -> CompositorUpdate:
        """Return what is to be written of an update when its turn comes."""
        return ChangedCells(self, update)

    def write(self, placed: Iterable[Placed], colours: ColorSystem) -> str:
        """Return what makes the terminal show these strips, and take them for shown."""
        if colours is not self._colours:
            self._colours = colours
            self._looks.clear()
        written: list[str] = []
        last: Look | None = None
        for y, x, strip in placed:
            row = self._rows.setdefault(y, [])
            for start, end in self._taken(y, x, self._cells(strip)):
                written.append(f"\x1b[{y + 1};{start + 1}H")
                for look, run in groupby(filter(None, row[start:end]), key=_look):
                    if look != last:
                        written.append(look.after(last))
                        last = look
                    written += [text for text, _ in run]
        return "".join([*written, "\x1b[0m"]) if written else ""

    def _taken(self, y: int, x: int, cells: list[Cell]) -> Iterable[tuple[int, int]]:
        """Take cells for shown in a row, and return from where to where it is to be written."""
        row, stop = self._rows[y], x + len(cells)
        row += [None] * (stop - len(row))
        before = row[x:stop]
        if before == cells:
            return ()
        row[x:stop] = cells
        if any(len(text) != 1 for text, _ in cells):
            self._uneven.add(y)
        if y in self._uneven:
            known = next((n for n in range(stop, len(row)) if row[n] is None), len(row))
            return ((x, stop), (stop, known)) if known > stop else ((x, stop),)
        return ((x + start, x + end) for start, end in _differing(before, cells))

    def _cells(self, strip: Strip) -> list[Cell]:
        cells: list[Cell] = []
        for text, style, _ in strip:
            look = self._looks.get(style) or self._looked_up(style)
            if text.isascii():
                cells += zip(text, repeat(look))
                continue
            for char in text:
                taken = cell_len(char)
                if taken == 0 and cells:
                    cells[-1] = (cells[-1][0] + char, cells[-1][1])
                else:
                    cells += [(char, look), *[("", look)] * (taken - 1)]
        return cells

    def _looked_up(self, style: Style | None) -> Look:
        style_ = style or Style.null()
        attributes = Strip.render_ansi(style_.without_color, self._colours)
        colour, ground = (
            ";".join(one.downgrade(self._colours).get_ansi_codes(is_colour)) if one else usual
            for one, is_colour, usual in ((style_.color, True, "39"), (style_.bgcolor, False, "49"))
        )
        return self._looks.setdefault(style, Look(attributes, colour, ground))


def _look(cell: Cell) -> Look:
    return cell[1]


def _differing(before: list[Cell | None], cells: list[Cell]) -> Iterator[tuple[int, int]]:
    """Yield from where to where cells differ, those that are close to each other in one."""
    start = end = -1
    for n, (was, now) in enumerate(zip(before, cells, strict=True)):
        if was == now:
            continue
        if start < 0:
            start = n
        elif n - end > _NEAR:
            yield start, end
            start = n
        end = n + 1
    if start >= 0:
        yield start, end


class ChangedCells(CompositorUpdate):
    """An update of which only what differs is written."""

    def __init__(self, picture: TerminalPicture, update: ChopsUpdate | LayoutUpdate) -> None:
        self._picture = picture
        self._update = update

    def render_segments(self, console: Console) -> str:
        """Return what is to be written."""
        placed = _laid_out(self._update) if isinstance(self._update, LayoutUpdate) else _chopped(self._update)
        return self._picture.write(placed, console._color_system or ColorSystem.TRUECOLOR)


def _laid_out(update: LayoutUpdate) -> Iterator[Placed]:
    """Yield the strips of a whole picture."""
    left = update.region.x
    for y, strips in enumerate(update.strips, update.region.y):
        x = left
        for strip in strips:
            yield y, x, strip
            x += strip.cell_length


def _chopped(update: ChopsUpdate) -> Iterator[Placed]:
    """Yield the strips of the parts that may have changed; those beside them may be of what lies below."""
    for y, begin, end in update.spans:
        for stop, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=True):
            if strip is not None and x < end and stop > begin:
                yield y, x, strip
