"""Days that are set for something: those ahead, and those that have passed with nothing told since."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from db.reports import Calendar, CalendarEntry, Gap
from tui.explorer.pages.beside import beside, named, said, titled
from tui.explorer.pages.items import BLANK, ListItem, Row, copied, piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import calendar as words
from tui.text import gaps, phrases
from tui.text.page_parts import Target

_DAY = 20
"""Cells for the day and what it is set for, where there is room beside the rest."""
_NARROW = 70


def calendar_items(
    found: Calendar, passed: Sequence[Gap], kinds: Mapping[str, str], cells: int, symbols: Symbols
) -> tuple[ListItem, ...]:
    """Return the days ahead, then those of which the year alone or no year is known, then those that have passed.

    `kinds` are those of their records, by their keys.
    """
    items = [said(words.headline(found), cells, ident="headline", style="name")]
    items += _entries(found.dated, "ahead", kinds, cells, symbols)
    for title, several in ((words.BY_YEAR, found.by_year), (words.WITHOUT_YEAR, found.without_year)):
        if several:
            items += [BLANK, titled(title, len(several), cells, ident=f"title:{title}")]
            items += _entries(several, title, kinds, cells, symbols)
    if passed:
        items += [BLANK, titled(words.PASSED, len(passed), cells, ident="title:passed")]
        items += _passed(passed, kinds, cells, symbols)
    return tuple(items)


def _entries(
    several: Sequence[CalendarEntry], group: str, kinds: Mapping[str, str], cells: int, symbols: Symbols
) -> Iterator[ListItem]:
    for n, one in enumerate(several):
        target = Target(one.key, one.name, kinds.get(one.key, ""))
        day, what, text = words.date(one), words.what(one), words.text(one)
        copy = copied(one.date, one.what, one.key, one.name, text)
        rows = _rows(target, (day, what), text, cells, symbols)
        yield ListItem(rows, f"{group}:{n}:{one.key}", target, evidence=one.evidence, copy=copy)


def _passed(passed: Sequence[Gap], kinds: Mapping[str, str], cells: int, symbols: Symbols) -> Iterator[ListItem]:
    """Yield what has passed, the latest first."""
    for n, one in enumerate(sorted(passed, key=lambda one: one.date or "", reverse=True)):
        target = Target(one.key, one.name, kinds.get(one.key, ""))
        detail = gaps.detail(one)
        rows = _rows(target, (phrases.date(one.date), ""), detail, cells, symbols)
        yield ListItem(
            rows, f"passed:{n}:{one.key}", target, copy=copied(one.date, one.what, one.key, one.name, detail)
        )


def _rows(target: Target, day: tuple[str, str], text: str, cells: int, symbols: Symbols) -> tuple[Row, ...]:
    """Return the record with its day and what is told of it: beside each other, or the day last where it is narrow."""
    if cells < _NARROW:
        told = [(piece("    "), piece(row, "date")) for row in wrap(phrases.joined(*day), cells - 4)]
        told += [(piece("    "), piece(row, "dim")) for row in wrap(text, cells - 4)] if text else []
        return (*named(target, cells, symbols), *told)
    column = _DAY + 4
    words_of_it: list[Row] = [(piece(row, "dim"),) for row in wrap(text, cells - column - 4)] if text else []
    body = [*named(target, cells - column, symbols), *((piece("    "), *row) for row in words_of_it)]
    left: list[Row] = [(piece(row, "date"),) for part in filter(None, day) for row in wrap(part, _DAY + 2)]
    return tuple(beside(left, body, column))
