"""Lines of print with references to numbered evidence: for the terminal, broken and coloured, and as Markdown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple, TypeVar

from tui.cli.arguments import Arguments
from tui.cli.lists import ROWS_ALONE, Listing, Row, write, write_json, write_listing
from tui.cli.tables import GAP, wrap
from tui.cli.terminal import Palette, columns, palette
from tui.text.evidence_words import noted
from tui.text.page_parts import PageLine
from tui.text.safe import markdown, visible

_MANY = 4
"""Numbers in a row from which on only the first and the last of them are printed."""

Piece = tuple[str, str]
"""Some text, and its style."""

Numbers = dict[int, int]
"""By the id of an evidence, the number that stands for it on the page."""


class Printed(NamedTuple):
    """A line of print: its pieces, and how deep it stands."""

    pieces: tuple[Piece, ...]
    depth: int = 1


def numbered(sources: Iterable[PageLine]) -> Numbers:
    """Return the numbers of the evidence, in the order in which its sources are listed."""
    places = (place for source in sources for place in source.evidence)
    return {place: number for number, place in enumerate(places, 1)}


def markdown_line(pieces: Sequence[Piece]) -> str:
    """Return the pieces on one line, where no colours part them: a dot between them, none after a label."""
    shown = ""
    for text, style in pieces:
        if text:
            gap = "" if not shown else " " if shown.endswith(":") or style == "reference" else " · "
            shown += gap + markdown(text)
    return shown


def marks(evidence: Sequence[int], numbers: Numbers) -> str:
    """Return the references that stand behind a statement: `[1][3]`, and `[5-9]` where many follow one another."""
    told = sorted({numbers[one] for one in evidence if one in numbers})
    rows = [[one for _, one in row] for _, row in groupby(enumerate(told), lambda placed: placed[1] - placed[0])]
    return "".join(f"[{row[0]}-{row[-1]}]" if len(row) >= _MANY else "".join(f"[{one}]" for one in row) for row in rows)


def source_print(sources: Iterable[PageLine], numbers: Numbers) -> Iterator[Printed]:
    """Yield sources, each with the places in it under their numbers; what is noted of several stands at the first."""
    first: dict[str, str] = {}
    for source in sources:
        yield Printed(((source.text, ""), (source.about, "dim"), (source.key, "key")))
        if source.url:
            yield Printed(((source.url, "dim"),), 2)
        for place in source.under:
            number = marks(place.evidence, numbers)
            told_at = first.setdefault(place.note, number)
            known = noted(place.about, place.note, "" if told_at == number else told_at)
            about = ((place.text, ""), (known, place.style), (place.quote, "quote"))
            yield Printed(((number, "reference"), *about), 2)


def text_line(line: Printed, line_width: int | None, palette: Palette) -> Iterator[str]:
    """Yield a line's text; one that has to be broken goes without styles, because a break may fall inside one."""
    pieces = [(visible(text), style) for text, style in line.pieces if text]
    broken = wrap(GAP.join(text for text, _ in pieces), line_width, 2 * line.depth, 2 if line.depth else 0)
    if len(broken) == 1:
        yield "  " * line.depth + GAP.join(palette.paint(style, text) for text, style in pieces)
    else:
        yield from broken


class Sheet(NamedTuple):
    """What lines are printed on: a terminal of a width and its colours, or Markdown."""

    form: str
    line_width: int | None
    palette: Palette

    def title(self, text: str) -> str:
        """Return a heading."""
        if self.form == "markdown":
            return f"# {markdown(text)}"
        return self.palette.paint("title", visible(text))

    def lines(self, lines: Iterable[Printed]) -> Iterator[str]:
        """Yield lines as they are read there."""
        for line in lines:
            if self.form == "markdown":
                yield "  " * max(line.depth - 1, 0) + f"- {markdown_line(line.pieces)}"
            else:
                yield from text_line(line, self.line_width, self.palette)

    def part(self, title: str, lines: Iterable[Printed]) -> Iterator[str]:
        """Yield lines under a heading, a blank line before it."""
        yield ""
        yield self.title(title)
        yield from self.lines(lines)


WHO_SAYS_SO = "Who says so"
"""The heading of the sources, at the end of a page."""


def sheet(arguments: Arguments) -> Sheet:
    """Return what a command prints on."""
    return Sheet(arguments.form, columns(), palette(arguments.text("--color")))


Found = TypeVar("Found")


def write_answer(
    arguments: Arguments,
    found: Found,
    shape: Callable[[Found], Row],
    rows: Callable[[Found], Iterable[Row]],
    fields: tuple[str, ...],
    page: Callable[[Found, Sheet], Iterator[str]],
) -> None:
    """Write what is more than a list: as JSON, as rows with these fields for programs, else as a page for people."""
    if arguments.form == "json":
        write_json(shape(found))
    elif arguments.form in ROWS_ALONE:
        write_listing(Listing("rows", list(rows(found)), fields, (), ()), arguments)
    else:
        write(page(found, sheet(arguments)))
