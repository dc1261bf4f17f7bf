"""The links of a group, one on a row in columns; those that are past fold by themselves, below the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import overload

from tui.explorer.pages.beside import MANY
from tui.explorer.pages.columns import ColumnsOfLine, FixedColumns, InRows
from tui.explorer.pages.evidence import evidence_of, evidence_of_all
from tui.explorer.pages.folding import FoldHeader, ListFold, ListLines
from tui.explorer.pages.items import AIR, INDENT, NUMBER, LineKeys, ListItem, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import phrases
from tui.text.page_parts import LinkColumns, PageGroup, PageLine

PAST = ":past"
"""Ends the ident of what is past in a group."""

_MEASURED = 500
"""Links of a group by which the columns are made: enough to tell how wide they are."""

_NO_COLUMNS = LinkColumns("", "", "", "")
_COLUMNS = LinkColumns._fields.index("sorted_as")
"""How many of the columns are shown."""

_PREVIEWED = 6
"""Names that the header of a folded group may begin to tell."""


def link_columns(groups: Iterable[PageGroup], cells: int) -> FixedColumns:
    """Return the columns of all links of a page: the same in every group, so that the eye runs down."""
    lines = (_in_columns(line) for group in groups for line in group.lines[:_MEASURED])
    return FixedColumns(lines, cells - INDENT, kept=2)


def link_fold(group: PageGroup, label: str, columns: FixedColumns, symbols: Symbols) -> ListFold:
    """Return a group of links; past ones fold where there are several and others as well."""
    rest = group.total - len(group.lines)
    past = [line for line in group.lines if line.style == "past" and not rest]
    there = [line for line in group.lines if line.style != "past"]
    if rest:
        there = list(group.lines)
    if len(past) < 2 or not there:
        there, past = [*there, *past], []
    header = FoldHeader(label, group.total, phrases.joined(group.breakdown, group.remark), _names(group.lines),
                        evidence=evidence_of_all(group.lines))  # fmt: skip
    inner: tuple[ListFold, ...] = ()
    if past:
        told = FoldHeader(f"{len(past):,} past", None, preview=_names(past), indent=2, evidence=evidence_of_all(past))
        inner = (ListFold(group.ident + PAST, told, _lines(past, columns, symbols)),)
    return ListFold(group.ident, header, _lines(there, columns, symbols, rest), inner, rest=rest)


def _names(lines: Sequence[PageLine]) -> str:
    """Return the names of the first links, each after how it stands where it is not simply so: the end may be cut."""
    return phrases.joined(*map(_with_status, lines[:_PREVIEWED]), "…" if len(lines) > _PREVIEWED else "")


def _with_status(line: PageLine) -> str:
    status = line.columns.status if line.columns else ""
    return f"{status}: {line.text}" if status else line.text


def _in_columns(line: PageLine) -> ColumnsOfLine:
    """Return what a link says in columns, and what follows where there is room: a name of then, with whom, a fact."""
    columns = line.columns or _NO_COLUMNS
    more = columns.then or next((_under(one) for one in line.under), "")
    return ColumnsOfLine(line.text, tuple(columns)[:_COLUMNS], more)


def _under(one: PageLine) -> str:
    """Return what is said of a link below it."""
    return f"{one.label}: {one.text}" if one.label else one.text


def _lines(lines: Sequence[PageLine], columns: FixedColumns, symbols: Symbols, rest: int = 0) -> ListLines:
    """Return links, of few each on as many rows as it takes; `rest` more have not been read."""
    is_few = len(lines) + rest <= MANY
    rows = sum(columns.height(_in_columns(line)) for line in lines) if is_few else len(lines)
    in_rows = columns.rows if rows > len(lines) else columns.in_one_row
    return ListLines(LinkKeys(lines), lambda n: _item(lines[n], columns, in_rows, symbols), rows > len(lines), rows)


class LinkKeys(Sequence[LineKeys]):
    """What tells links before their lines are made; itself made when it is asked for."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> LineKeys: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[LineKeys]: ...
    def __getitem__(self, at: int | slice) -> LineKeys | Sequence[LineKeys]:
        if isinstance(at, slice):
            return LinkKeys(self._lines[at])
        line = self._lines[at]
        kind = line.columns.sorted_as if line.columns else line.kind
        return LineKeys(line.ident, f"{line.text} {line.about} {line.key}", line.text, line.since, kind)


def _item(line: PageLine, columns: FixedColumns, in_rows: InRows, symbols: Symbols) -> ListItem:
    """Return a link's number, sign, name and columns; unfolded, all that is said of it."""
    over = line.style == "past"
    status = "standing" if line.style == "standing" else "dim"
    styles = ("dim" if over else "link", "dim", "dim", "dim", status, "dim")
    first, *others = in_rows(_in_columns(line), styles)
    rows: list[Row] = [(NUMBER, piece(f"{symbols.of(line.kind)} ", f"kind-{line.kind}"), *first)]
    rows += [(AIR, *row) for row in others]
    said = [words for words in (line.about, *(_under(one) for one in line.under)) if words]
    under = [(AIR, piece(text, "dim")) for words in said for text in wrap(words, columns.room, 12)]
    if not others and length((piece(line.text),)) > columns.room:
        under = [*((AIR, piece(text, "link")) for text in wrap(line.text, columns.room, 12)), *under]
    return ListItem(tuple(rows), line.ident, line.target, evidence=evidence_of(line), claims=line.claims,
                    copy=copied(*line.copy), under=tuple(under), told=(line.text, *said))  # fmt: skip
