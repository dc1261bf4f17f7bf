"""The sources of a register: how old each is, its licence, and how much it tells; choosing one finds what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from db.reports import SourceInfo
from tui.explorer.pages.beside import beside, said, titled
from tui.explorer.pages.items import BLANK, ListItem, Row, copied, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import phrases
from tui.text.ages import age
from tui.text.attribution import attribution

_INDENT, _GAP = 4, 2
_DAY, _AGE, _LICENCE, _NUMBER = 17, 13, 28, 7
"""Cells of the columns beside a title: its day, how old it is, its licence at most, its records."""
_TITLE = 32
"""Cells of a title from which on the rest stands beside it."""
_UNKNOWN = "licence unknown"


def source_items(sources: Sequence[SourceInfo], cells: int, symbols: Symbols) -> tuple[ListItem, ...]:
    """Return the sources that tell of records, the newest first, then those that are named alone."""
    telling = sorted((one for one in sources if one.records), key=_newest_first)
    named = sorted((one for one in sources if not one.records), key=_newest_first)
    items: list[ListItem] = []
    for title, several in (("Sources", telling), ("Named, and telling of no record by themselves", named)):
        if several:
            items += [BLANK] if items else []
            columns = _SourceColumns.of(several, cells)
            head = titled(title, len(several), cells, ident=f"title:{title}")
            items += [_headed(head, columns), *_sources(several, cells, columns, symbols)]
    return tuple(items) or (said("No sources yet.", cells, ident="none"),)


def _newest_first(one: SourceInfo) -> tuple[bool, list[int], str]:
    """Order by day, those of no known day last."""
    day = one.published if one.published and one.published[0] != "X" else ""
    return not day, [-ord(letter) for letter in day], one.title.casefold()


class _SourceColumns(NamedTuple):
    """The cells of a title and of a licence; of a title none where the rest stands below it."""

    title: int
    licence: int

    @classmethod
    def of(cls, several: Sequence[SourceInfo], cells: int) -> _SourceColumns:
        licence = max(min(max(len(one.licence or _UNKNOWN) for one in several), _LICENCE), len(_UNKNOWN))
        title = cells - sum((_DAY, _AGE, licence, _NUMBER)) - 4 * _GAP
        return cls(title if title >= _TITLE else 0, licence)

    def row(self, day: str, old: str, licence: str, number: str) -> Row:
        """Return what is told beside a title."""
        told = ((day, _DAY), (old, _AGE), (licence, self.licence), (number.rjust(_NUMBER), _NUMBER))
        return tuple(part for text, room in told for part in _in_column(text, room))


def _headed(title: ListItem, columns: _SourceColumns) -> ListItem:
    """Return a title with what the columns beside those below it are."""
    if not columns.title:
        return title
    head = columns.row("day", "age", "licence", "records")
    return replace(title, rows=tuple(beside(title.rows, [head], columns.title + _GAP)))


def _sources(
    several: Sequence[SourceInfo], cells: int, columns: _SourceColumns, symbols: Symbols
) -> Iterator[ListItem]:
    for one in several:
        day = phrases.date(one.published) if one.published else "day unknown"
        old = age(one.published)
        old = "" if old in ("unknown", "0 days") else f"{old} old"
        licence, number = one.licence or _UNKNOWN, phrases.count(one.records, "record")
        title = one.title or one.key
        if columns.title:
            left = _titled(title, columns.title, symbols)
            told = columns.row(day, old, licence, f"{one.records:,}")
            rows = list(beside(left, [told], columns.title + _GAP))
        else:
            rows = _titled(title, cells, symbols)
            about = phrases.joined(day, old, f"licence: {one.licence}" if one.licence else licence, number)
            rows += [(piece(" " * _INDENT), piece(row, "dim")) for row in wrap(about, cells - _INDENT, 3)]
        copy = copied(one.key, attribution(one), one.url)
        yield ListItem(tuple(rows), f"source:{one.key}", copy=copy, search=f'source:"{one.key}"' if one.records else "")


def _titled(title: str, cells: int, symbols: Symbols) -> list[Row]:
    """Return a title after the sign of documents, in rows."""
    first, *others = wrap(title, cells - _INDENT, 3)
    rows: list[Row] = [(piece("  "), piece(f"{symbols.document} ", "kind-document"), piece(first, "link"))]
    return [*rows, *((piece(" " * _INDENT), piece(row, "link")) for row in others)]


def _in_column(text: str, room: int) -> Row:
    words = piece(text, "dim", room)
    return words, piece(" " * (room - length((words,)) + _GAP))
