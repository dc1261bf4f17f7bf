"""A record's page laid out for a width and a height: its head, then its groups, folded but for those that fit."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from tui.explorer.list_state import ListState
from tui.explorer.pages.columns import FixedColumns
from tui.explorer.pages.evidence import evidence_of, evidence_of_all, source_rows
from tui.explorer.pages.folding import FoldHeader, ListFold, ListLines, ListPart
from tui.explorer.pages.items import BLANK, PROSE, LineKeys, ListItem, Row, copied, length, piece, wrap
from tui.explorer.pages.link_lines import link_columns, link_fold
from tui.explorer.symbols import Symbols
from tui.text import phrases
from tui.text.page_parts import PageGroup, PageLine, PageSection, RecordPage
from tui.text.parts import LINKS
from tui.text.record_page import NOT_DATED, OTHER_YEARS

HEAD = "head"
"""Ident of the first item: the record itself; those of other views begin so."""

_ROWS = 12
"""Rows that one statement takes at most."""

_APART = {"not-dated": "not dated", "other-years": "other years"}
"""What is said of links beside their heading where they do not stand with the others."""


def page_items(page: RecordPage, cells: int, symbols: Symbols, state: ListState) -> tuple[ListPart, ...]:
    """Return a page's lines for a width; of its groups as many as fit on the screen are open, first before others."""
    head = _head(page, cells, state.rows, symbols)
    linked = (group for section in page.sections if section.name in LINKS for group in section.groups)
    columns = link_columns((group for group in linked if group.counted), cells)
    folds = [fold for one in _ordered(page.sections) for fold in _folds(one, page, columns, cells, symbols)]
    column = max((length((piece(fold.header.label),)) for fold in folds), default=0)
    column = min(column, cells * 3 // 5 if cells >= 60 else max(cells // 2, 4))
    folds = [replace(fold, header=replace(fold.header, column=column)) for fold in folds]
    if any(fold.rest for fold in folds):
        folds = [_at_least(fold) if fold.ident == _SOURCES else fold for fold in folds]
    placed = _opened(folds, state.rows - len(head.rows) - 1)
    return (head, BLANK, *placed) if placed else (head,)


def part_of(group: str) -> str:
    """Return the name of the part of a page that a group is, by its ident; nothing where it is none by itself."""
    kind, _, name = group.partition(":")
    if kind == "section":
        return name
    return name.removeprefix(NOT_DATED).removeprefix(OTHER_YEARS) if kind == "links" else ""


_SOURCES = "section:evidence"


def _at_least(fold: ListFold) -> ListFold:
    """Return the sources of a page of which not all links were read: there may be more of them."""
    return replace(fold, header=replace(fold.header, is_exact=False))


_SHORT = 10
"""Lines of a group up to which what a page is read for is open, whatever room there is."""


def _opened(folds: Sequence[ListFold], rows: int) -> list[ListFold]:
    """Return groups, open the links that fit with the headers of all links, others that fit with all headers."""
    are_links = [fold.ident.startswith("links:") for fold in folds]
    left, others = rows - sum(are_links), len(folds) - sum(are_links)
    placed = []
    for fold, is_of_links in zip(folds, are_links, strict=True):
        takes = _height(fold) + (0 if is_of_links else others)
        fold = replace(fold, is_open=fold.is_open or takes <= left)
        left -= _height(fold) if fold.is_open else 0
        placed.append(fold)
    return placed


def first_stop(items: Sequence[ListItem], came_from: str | None) -> str:
    """Return which item to mark when a record opens: the first link that does not lead straight back, else a group."""
    links = (item for item in items if item.leads and not item.ident.startswith(HEAD))
    first = next(links, None)
    if first and _leads_to(first, came_from):
        first = next((item for item in links if not _leads_to(item, came_from)), first)
    chosen = first or next((item for item in items if item.fold), None)
    return chosen.ident if chosen else HEAD


def _leads_to(item: ListItem, key: str | None) -> bool:
    return item.target is not None and item.target.key == key


def _height(fold: ListFold) -> int:
    """Return how many rows the lines of a group take, what folds in it folded."""
    if fold.lines.rows:
        return fold.lines.rows + fold.rest + len(fold.inner)
    return sum(len(fold.lines.make(n).rows) for n in range(len(fold.lines.keys)))


def _head(page: RecordPage, cells: int, rows_of_screen: int, symbols: Symbols) -> ListItem:
    """Return what the record is: name, standing, code, summary, of which a low screen shows the beginning."""
    sign = piece(f"{symbols.of(page.kind)} ", f"kind-{page.kind}")
    name = wrap(page.name, cells - 2, 3)
    rows: list[Row] = [(sign, piece(name[0], "name")), *((piece("  "), piece(line, "name")) for line in name[1:])]
    rows += [(piece("  "), *row) for row in _standing(page, cells - 2, symbols)]
    rows += [(piece("  "), piece(text, "standing")) for text in wrap(page.caution, cells - 2, 3) if page.caution]
    told: list[Row] = [
        (piece("  "), piece(text, "prose")) for text in wrap(page.summary, min(cells - 4, PROSE)) if page.summary
    ]
    fit = max(rows_of_screen // 8, 2)
    shown, under = told[:fit], told[fit:]
    if under:
        shown[-1] = (*shown[-1], piece(" …", "more"))
    rows += [(), *shown] if shown else []
    copy = copied(page.key, page.name, page.about, page.standing)
    return ListItem(tuple(rows), HEAD, evidence=page.evidence.every, claims=page.claims, copy=copy, under=tuple(under))


def _standing(page: RecordPage, cells: int, symbols: Symbols) -> list[Row]:
    """Return how a record stands, and the code that people know it by, beside each other where both fit."""
    code = piece(phrases.code(page.key), "dim", cells)
    stands: list[Row] = [(piece(text, page.style),) for text in wrap(page.standing, cells, 3) if page.standing]
    if stands and code.text and len(stands) == 1 and length((*stands[0], code)) + 3 <= cells:
        return [(*stands[0], piece(symbols.dot, "dim"), code)]
    return [*stands, (code,)] if code.text else stands


def _ordered(sections: Sequence[PageSection]) -> list[PageSection]:
    """Return the sections with the sources last and before them what lists have of any record."""
    last = ("names", "codes", "details", "evidence")
    return sorted(sections, key=lambda one: last.index(one.name) + 1 if one.name in last else 0)


def _folds(
    section: PageSection, page: RecordPage, columns: FixedColumns, cells: int, symbols: Symbols
) -> Iterator[ListFold]:
    """Yield the groups of a section that fold."""
    if section.name in LINKS:
        for group in section.groups:
            apart = _APART.get(section.name, "")
            label = (
                f"{phrases.capital(group.label)}, {apart}"
                if apart and group.label
                else phrases.capital(group.label or apart)
            )
            if group.counted:
                fold = link_fold(group, label, columns, symbols)
                yield replace(fold, is_open=section.name == "links" and _is_answer(group, page.kind))
            else:
                yield _fold(f"{apart}:{group.ident}", label, (group,), _prose(cells, "prose"))
        return
    total = sum(group.total for group in section.groups)
    ident = f"section:{section.name}"
    style = "separate" if section.name == "separate" else "prose"
    layout = {
        "evidence": _sources(cells, symbols),
        "timeline": _dated(section, cells),
        "names": _told(cells),
        "codes": _told(cells),
    }.get(section.name, _prose(cells, style))
    fold = _fold(ident, section.title, section.groups, layout)
    header = replace(fold.header, total=total, preview=_preview(section, page.name))
    if section.name == "separate":
        header = replace(header, style="separate-label")
    yield replace(fold, header=header)


def _is_answer(group: PageGroup, kind: str) -> bool:
    """Whether few links tell what the page of such a kind of record is read for: arrangements, and with whom."""
    kinds = {line.kind for line in group.lines}
    if kind == "organisation":
        return group.total <= _SHORT and kinds <= {"arrangement", "person"}
    return group.total <= _SHORT and kinds.isdisjoint(("site", "document"))


def _preview(section: PageSection, called: str) -> str:
    """Return what is in a section, as much as a line may hold, but for what the record is called."""
    lines = [line for group in section.groups for line in group.lines]
    if section.name == "timeline":
        dates = [line.date for line in lines if line.date]
        return " – ".join(dict.fromkeys((dates[0], dates[-1]))) if dates else ""
    if section.name == "facts":
        return phrases.joined(*dict.fromkeys(group.label for group in section.groups))
    if section.name == "details":
        return phrases.joined(*(f"{group.label}: {group.lines[0].text}" for group in section.groups))
    return phrases.joined(*(line.text for line in lines[:6] if line.text != called))


Layout = Callable[[PageLine, str], list[Row]]
"""Makes the rows of a line, under a label where it is the first that has it."""


def _fold(ident: str, label: str, groups: Sequence[PageGroup], layout: Layout) -> ListFold:
    """Return groups as one that folds, each line on as many rows as it needs."""
    labelled = [(line, "" if n else group.label) for group in groups for n, line in enumerate(group.lines)]
    keys = [
        LineKeys(line.ident, f"{group_label} {line.label} {line.text} {line.about} {line.date}", line.text, line.since)
        for line, group_label in labelled
    ]

    def make(n: int) -> ListItem:
        line, group_label = labelled[n]
        rows = tuple((piece("  "), *row) for row in layout(line, group_label))
        return ListItem(rows, line.ident, line.target, evidence=evidence_of(line), claims=line.claims,
                        copy=copied(*line.copy))  # fmt: skip

    header = FoldHeader(label, len(labelled), evidence=evidence_of_all([line for line, _ in labelled]))
    return ListFold(ident, header, ListLines(keys, make, tall=True))


def _prose(cells: int, style: str) -> Layout:
    room = min(cells - 2, PROSE)

    def layout(line: PageLine, label: str) -> list[Row]:
        rows: list[Row] = []
        words = f"{label or line.label}: {line.text}" if label or line.label else line.text
        lead = len(words) - len(line.text)
        for n, text in enumerate(wrap(words, room, _ROWS)):
            cut = lead if n == 0 and lead <= len(text) else 0
            rows.append((piece(text[:cut], "dim"), piece(text[cut:], style)))
        return rows + [(piece(text, "dim"),) for text in wrap(line.about, room, 2) if line.about]

    return layout


def _sources(cells: int, symbols: Symbols) -> Layout:
    def layout(line: PageLine, _label: str) -> list[Row]:
        told = phrases.joined(line.about, phrases.count(len(line.evidence), "reference"))
        return source_rows(line, told, cells - 2, symbols)

    return layout


def _dated(section: PageSection, cells: int) -> Layout:
    """Lay out what happened, its date in a column where there is room."""
    room = max(cells - 2, 4)
    dates = [length((piece(line.date, "", room),)) for group in section.groups for line in group.lines]
    column = max(dates, default=0) + 2

    def layout(line: PageLine, _label: str) -> list[Row]:
        when = piece(line.date, "date", room)
        words = f"{line.label}: {line.text}" if line.label else line.text
        if column > room // 2:
            return [(when,), *((piece(text, "prose"),) for text in wrap(words, room, _ROWS))]
        first, *others = wrap(words, min(room - column, PROSE), _ROWS)
        rows: list[Row] = [(when, piece(" " * (column - length((when,)))), piece(first, "prose"))]
        return rows + [(piece(" " * column), piece(text, "prose")) for text in others]

    return layout


def _told(cells: int) -> Layout:
    """Lay out a name or code and what is to be said of it, on one row where both fit."""
    room = max(cells - 2, 4)

    def layout(line: PageLine, _label: str) -> list[Row]:
        value, words = piece(line.text, "prose"), piece(line.about, "dim")
        if length((value, words)) + 2 <= room:
            return [(value, piece("  "), words)]
        rows: list[Row] = [(piece(text, "prose"),) for text in wrap(line.text, room, 6)]
        return rows + [(piece(text, "dim"),) for text in wrap(line.about, room, 2)]

    return layout
