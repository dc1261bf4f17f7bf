"""A record's page printed: for the terminal, cut and coloured, and as Markdown, whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from tui.cli.printed import Numbers, Piece, Printed, markdown_line, marks, numbered, source_print, text_line
from tui.cli.terminal import Palette
from tui.text.page_parts import PageGroup, PageLine, PageSection, RecordPage
from tui.text.phrases import count, joined
from tui.text.record_page import record_page
from tui.text.safe import markdown, visible

if TYPE_CHECKING:
    from db.model import Record

GROUP = 10
"""Links shown of each group unless all are wanted."""


def text_page(record: Record, line_width: int | None, palette: Palette, part: str | None = None) -> Iterator[str]:
    """Yield the page's lines, or those of a part of it, for the terminal, broken to its width where that is given."""
    most = GROUP if part is None else None
    page = record_page(record, lambda ident: most if ident.startswith("links:") else None, printed=True, part=part)
    numbers = _numbers(page)
    yield palette.paint("title", visible(page.name))
    yield from text_line(Printed(tuple(_head(page, numbers)), 0), None, palette)
    for title, lines in _sections(page, numbers):
        yield ""
        if title:
            yield palette.paint("title", title)
        for line in lines:
            yield from text_line(line, line_width, palette)


def markdown_page(record: Record, part: str | None = None) -> Iterator[str]:
    """Yield the page's lines, or those of a part of it, as Markdown, uncut."""
    page = record_page(record, lambda _: None, printed=True, part=part)
    numbers = _numbers(page)
    yield f"# {markdown(page.name)}"
    yield ""
    yield markdown_line(tuple(_head(page, numbers)))
    for title, lines in _sections(page, numbers):
        yield ""
        if title:
            yield f"## {title}"
            yield ""
        for line in lines:
            shown = markdown_line(line.pieces)
            yield "  " * (line.depth - 1) + f"- {shown}" if line.depth else shown


def _numbers(page: RecordPage) -> Numbers:
    """Return the numbers of the evidence, in the order in which the page lists it."""
    return numbered(_evidence(page.sections))


def _head(page: RecordPage, numbers: Numbers) -> Iterator[Piece]:
    """Yield what stands under the name: what the record is, where it stands, its key, and who says so."""
    about, standing = marks(page.evidence.about, numbers), marks(page.evidence.standing, numbers)
    about += f" and {count(page.evidence.more, 'more source')}" if page.evidence.more else ""
    since, told = page.evidence.opened
    status, at, rest = page.standing.partition(since) if since else ("", "", page.standing)
    if not page.standing or (standing == about and not at):
        yield joined(page.about, page.standing), "dim"
        yield page.key, "key"
        yield about, "reference"
        return
    yield page.about, "dim"
    yield about, "reference"
    if at:
        yield status.rstrip(), "dim"
        yield standing, "reference"
    yield at + rest, "dim"
    yield marks(told, numbers) if at else standing, "reference"
    yield page.key, "key"


def _sections(page: RecordPage, numbers: Numbers) -> Iterator[tuple[str, list[Printed]]]:
    """Yield the sections with their lines; the first, without a title, are a caution and the summary."""
    if page.caution:
        yield "", [Printed(((page.caution, ""),), 0)]
    if page.summary:
        yield "", list(_summary(page, numbers))
    for section in page.sections:
        is_evidence = section.name == "evidence"
        lines = source_print(_evidence((section,)), numbers) if is_evidence else _lines(section, numbers)
        yield section.title, list(lines)


def _summary(page: RecordPage, numbers: Numbers) -> Iterator[Printed]:
    """Yield the paragraphs of the summary; the last with who gives it, where that is not who names the record."""
    *others, last = page.summary.splitlines()
    told = marks(page.evidence.summary, numbers)
    told = "" if told == marks(page.evidence.about, numbers) else told
    for paragraph in others:
        yield Printed(((paragraph.strip(), ""),), depth=0)
    yield Printed(((last.strip(), ""), (told, "reference")), depth=0)


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
    """Yield a group under its label and number, and of one that is cut how many lines were left out of what."""
    is_cut = len(group.lines) < group.total
    yield Printed(
        (
            (group.label, ""),
            (f"{group.total:,}", "dim"),
            (joined(group.breakdown if is_cut else "", group.remark), "dim"),
        )
    )
    for line in group.lines:
        yield from _line(line, numbers, 2)
    if is_cut:
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
        (marks(line.evidence, numbers), "reference"),
        *(piece for what, told in line.apart for piece in _who_states(what, marks(told, numbers))),
    )
    yield Printed(pieces, depth)
    for one in line.under:
        yield from _line(one, numbers, depth + 1)


def _who_states(what: str, told: str) -> tuple[Piece, Piece]:
    """Return by which evidence a line tells one of its details."""
    return (f"{what}: see", "dim"), (told, "reference")


def _evidence(sections: Iterable[PageSection]) -> list[PageLine]:
    """Return the sources that a page lists."""
    groups = (group for section in sections if section.name == "evidence" for group in section.groups)
    return [line for group in groups for line in group.lines]
