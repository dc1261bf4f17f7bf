"""A record's page printed: for the terminal, cut and coloured, and as Markdown, whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tui.cli.tables import GAP, wrap
from tui.cli.terminal import Palette
from tui.text.page_parts import PageGroup, PageLine, PageSection, RecordPage
from tui.text.phrases import joined
from tui.text.record_page import record_page
from tui.text.safe import markdown, visible

if TYPE_CHECKING:
    from db.model import Record

GROUP = 10
"""Links shown of each group unless all are wanted."""
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


def text_page(record: Record, line_width: int | None, palette: Palette) -> Iterator[str]:
    """Yield the page's lines for the terminal, broken to its width where that is given."""
    page = record_page(record, lambda ident: GROUP if ident.startswith("links:") else None, printed=True)
    numbers = _numbers(page)
    yield palette.paint("title", visible(page.name))
    yield from _text_line(Printed(tuple(_head(page, numbers)), 0), None, palette)
    for title, lines in _sections(page, numbers):
        yield ""
        if title:
            yield palette.paint("title", title)
        for line in lines:
            yield from _text_line(line, line_width, palette)


def markdown_page(record: Record) -> Iterator[str]:
    """Yield the page's lines as Markdown, uncut."""
    page = record_page(record, lambda _: None, printed=True)
    numbers = _numbers(page)
    yield f"# {markdown(page.name)}"
    yield ""
    yield _markdown_line(tuple(_head(page, numbers)))
    for title, lines in _sections(page, numbers):
        yield ""
        if title:
            yield f"## {title}"
            yield ""
        for line in lines:
            shown = _markdown_line(line.pieces)
            yield "  " * (line.depth - 1) + f"- {shown}" if line.depth else shown


def _markdown_line(pieces: Sequence[Piece]) -> str:
    """Return the pieces on one line, where no colours part them: a dot between them, none after a label."""
    shown = ""
    for text, style in pieces:
        if text:
            gap = "" if not shown else " " if shown.endswith(":") or style == "reference" else " · "
            shown += gap + markdown(text)
    return shown


def _numbers(page: RecordPage) -> Numbers:
    """Return the numbers of the evidence, in the order in which the page lists it."""
    groups = (group for section in page.sections if section.name == "evidence" for group in section.groups)
    places = (place for group in groups for source in group.lines for place in source.evidence)
    return {place: number for number, place in enumerate(places, 1)}


def _head(page: RecordPage, numbers: Numbers) -> Iterator[Piece]:
    """Yield what stands under the name: what the record is, where it stands, its key, and who says so."""
    about, standing = _marks(page.evidence.about, numbers), _marks(page.evidence.standing, numbers)
    if not page.standing or standing == about:
        yield joined(page.about, page.standing), "dim"
        yield page.key, "key"
        yield about, "reference"
        return
    yield page.about, "dim"
    yield about, "reference"
    yield page.standing, "dim"
    yield standing, "reference"
    yield page.key, "key"


def _sections(page: RecordPage, numbers: Numbers) -> Iterator[tuple[str, list[Printed]]]:
    """Yield the sections with their lines; the first, without a title, is the summary."""
    if page.summary:
        yield "", list(_summary(page, numbers))
    for section in page.sections:
        lines = _sources(section, numbers) if section.name == "evidence" else _lines(section, numbers)
        yield section.title, list(lines)


def _summary(page: RecordPage, numbers: Numbers) -> Iterator[Printed]:
    """Yield the paragraphs of the summary; the last with who gives it, where that is not who names the record."""
    *others, last = page.summary.splitlines()
    marks = _marks(page.evidence.summary, numbers)
    marks = "" if marks == _marks(page.evidence.about, numbers) else marks
    for paragraph in others:
        yield Printed(((paragraph.strip(), ""),), depth=0)
    yield Printed(((last.strip(), ""), (marks, "reference")), depth=0)


def _lines(section: PageSection, numbers: Numbers) -> Iterator[Printed]:
    for group in section.groups:
        if group.counted:
            yield from _counted(group, numbers)
        elif group.label and len(group.lines) > 1:
            yield Printed(((f"{group.label}:", "dim"),))
            for line in group.lines:
                yield from _line(line, numbers, 2)
        else:
            for line in group.lines:
                yield from _line(line, numbers, 1, group.label)


def _counted(group: PageGroup, numbers: Numbers) -> Iterator[Printed]:
    """Yield a group under its label and number, and how many lines of it were left out."""
    yield Printed(((group.label, ""), (f"{group.total:,}", "dim")))
    for line in group.lines:
        yield from _line(line, numbers, 2)
    if len(group.lines) < group.total:
        yield Printed(((f"… {group.total - len(group.lines):,} more", "dim"),), 2)


def _line(line: PageLine, numbers: Numbers, depth: int, label: str = "") -> Iterator[Printed]:
    """Yield a line with the numbers of its evidence, and what is said of the thing itself under it."""
    label = label or line.label
    pieces = (
        (line.date, ""),
        (f"{label}:" if label else "", "dim"),
        (line.text, ""),
        (line.key, "key"),
        (line.about, line.style),
        (_marks(line.evidence, numbers), "reference"),
    )
    yield Printed(pieces, depth)
    for one in line.under:
        yield from _line(one, numbers, depth + 1)


def _marks(evidence: Sequence[int], numbers: Numbers) -> str:
    """Return the references that stand behind a statement: `[1][3]`, and `[5-9]` where many follow one another."""
    told = sorted({numbers[one] for one in evidence if one in numbers})
    rows = [[one for _, one in row] for _, row in groupby(enumerate(told), lambda placed: placed[1] - placed[0])]
    return "".join(f"[{row[0]}-{row[-1]}]" if len(row) >= _MANY else "".join(f"[{one}]" for one in row) for row in rows)


def _sources(section: PageSection, numbers: Numbers) -> Iterator[Printed]:
    for source in (line for group in section.groups for line in group.lines):
        yield Printed(((source.text, ""), (source.about, "dim"), (source.key, "key")))
        if source.url:
            yield Printed(((source.url, "dim"),), 2)
        for place in source.under:
            about = ((place.text, ""), (place.about, place.style), (place.quote, "quote"))
            yield Printed(((_marks(place.evidence, numbers), "reference"), *about), 2)


def _text_line(line: Printed, line_width: int | None, palette: Palette) -> Iterator[str]:
    """Yield a line's text; one that has to be broken goes without styles, because a break may fall inside one."""
    pieces = [(visible(text), style) for text, style in line.pieces if text]
    broken = wrap(GAP.join(text for text, _ in pieces), line_width, 2 * line.depth, 2 if line.depth else 0)
    if len(broken) == 1:
        yield "  " * line.depth + GAP.join(palette.paint(style, text) for text, style in pieces)
    else:
        yield from broken
