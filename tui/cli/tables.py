"""Plain tables and wrapped text, measured in terminal cells."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from tui.cli.terminal import Palette
from tui.text.safe import clip, pad, visible, width

GAP = "  "
NARROWEST = 8
"""Cells that a column keeps, however narrow the terminal."""


class TableColumn(NamedTuple):
    """A column of a table: its heading, whether it holds figures, whether it may be cut, and its style."""

    heading: str
    figures: bool = False
    cut: bool = True
    style: str = ""


class Cell(NamedTuple):
    """A cell with a style of its own, such as a status that tells good from bad."""

    text: str
    style: str


def without_zeros(
    columns: Sequence[TableColumn], rows: Sequence[Sequence[str | Cell]], keep: str
) -> tuple[tuple[TableColumn, ...], list[tuple[str | Cell, ...]]]:
    """Return a table without its columns of figures that hold nothing but 0, apart from the one headed `keep`."""
    places = [
        place
        for place, column in enumerate(columns)
        if not column.figures or column.heading == keep or any(row[place] != "0" for row in rows)
    ]
    return tuple(columns[place] for place in places), [tuple(row[place] for place in places) for row in rows]


def table(
    columns: Sequence[TableColumn], rows: Iterable[Sequence[str | Cell]], line_width: int | None, palette: Palette
) -> Iterator[str]:
    """Yield the lines of a table, heading first, cut to `line_width` cells where that is given."""
    rows = list(rows)
    texts = [[visible(cell.text if isinstance(cell, Cell) else cell) for cell in row] for row in rows]
    widths = [
        max(width(column.heading), *(width(row[place]) for row in texts)) if texts else width(column.heading)
        for place, column in enumerate(columns)
    ]
    if line_width is not None:
        _shrink(widths, columns, line_width)
    yield palette.paint("dim", _line([column.heading for column in columns], columns, widths))
    for row, shown in zip(rows, texts, strict=True):
        cells = [_fit(text, column, cells) for text, column, cells in zip(shown, columns, widths, strict=True)]
        yield _painted(cells, row, columns, palette)


def _shrink(widths: list[int], columns: Sequence[TableColumn], line_width: int) -> None:
    """Take cells from the widest columns that may be cut until the line fits or nothing is left to take."""
    surplus = sum(widths) + len(GAP) * (len(widths) - 1) - line_width
    while surplus > 0:
        able = [place for place, column in enumerate(columns) if column.cut and widths[place] > NARROWEST]
        if not able:
            return
        widest = max(able, key=lambda place: widths[place])
        second = max((widths[place] for place in able if place != widest), default=NARROWEST)
        step = min(surplus, max(1, widths[widest] - max(second, NARROWEST)))
        widths[widest] -= step
        surplus -= step


def _fit(text: str, column: TableColumn, cells: int) -> str:
    if column.figures:
        return " " * (cells - width(text)) + clip(text, cells)
    return pad(text, cells)


def _line(texts: Sequence[str], columns: Sequence[TableColumn], widths: Sequence[int]) -> str:
    fitted = (_fit(text, column, cells) for text, column, cells in zip(texts, columns, widths, strict=True))
    return GAP.join(fitted).rstrip()


def _painted(cells: list[str], row: Sequence[str | Cell], columns: Sequence[TableColumn], palette: Palette) -> str:
    """Join a row's cells, each in its style; blanks at the end of the line are left out."""
    while len(cells) > 1 and not cells[-1].strip():
        cells.pop()
    cells[-1] = cells[-1].rstrip()
    styles = (cell.style if isinstance(cell, Cell) else column.style for cell, column in zip(row, columns, strict=True))
    return GAP.join(palette.paint(style, text) for style, text in zip(styles, cells, strict=False))


def wrap(text: str, line_width: int | None, indent: int = 0, hang: int = 0) -> list[str]:
    """Return safe text broken at blanks into lines of at most `line_width` cells; later ones `hang` cells deeper."""
    lead = " " * indent
    if line_width is None or width(text) + indent <= line_width:
        return [lead + text]
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        room = max(line_width - len(lead), NARROWEST)
        if line and width(line) + 1 + width(word) > room:
            lines.append(lead + line)
            lead = " " * (indent + hang)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, lead + line]
