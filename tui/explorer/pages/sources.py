"""The sources of a register: how old each is, its licence, and how much it tells; choosing one finds what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.reports import SourceInfo
from tui.explorer.pages.beside import beside, said, titled
from tui.explorer.pages.items import BLANK, ListItem, Row, copied, piece, wrap
from tui.text import phrases
from tui.text.ages import age
from tui.text.attribution import attribution

_BESIDE = 84
_INDENT = 2


def source_items(sources: Sequence[SourceInfo], cells: int) -> tuple[ListItem, ...]:
    """Return the sources that tell of records, the newest first, then those that are named alone."""
    cells = max(cells, 8)
    telling = sorted((one for one in sources if one.records), key=_newest_first)
    named = sorted((one for one in sources if not one.records), key=_newest_first)
    items: list[ListItem] = []
    for title, several in (("Sources", telling), ("Named, and telling of no record by themselves", named)):
        if several:
            items += [BLANK] if items else []
            items += [titled(title, len(several), cells, ident=f"title:{title}"), *_sources(several, cells)]
    return tuple(items) or (said("No sources yet.", cells, ident="none"),)


def _newest_first(one: SourceInfo) -> tuple[bool, list[int], str]:
    """Order by day, those of no known day last."""
    day = one.published if one.published and one.published[0] != "X" else ""
    return not day, [-ord(letter) for letter in day], one.title.casefold()


def _sources(several: Sequence[SourceInfo], cells: int) -> Iterator[ListItem]:
    for one in several:
        old = age(one.published)
        years = "" if old in ("unknown", "0 days") else f"{old} old"
        when = phrases.joined(phrases.date(one.published) if one.published else "day unknown", years)
        about = phrases.joined(when, one.licence or "licence unknown", phrases.count(one.records, "record"))
        title = one.title or one.key
        if cells >= _BESIDE:
            column = cells // 2
            left: list[Row] = [(piece("  "), piece(row, "link")) for row in wrap(title, column - _INDENT, 3)]
            rows = list(beside(left, [(piece(row, "dim"),) for row in wrap(about, cells - column - 2, 3)], column + 2))
        else:
            rows = [(piece("  "), piece(row, "link")) for row in wrap(title, cells - _INDENT, 3)]
            rows += [(piece("    "), piece(row, "dim")) for row in wrap(about, cells - 4, 3)]
        copy = copied(one.key, attribution(one), one.url)
        yield ListItem(tuple(rows), f"source:{one.key}", copy=copy, search=f'source:"{one.key}"' if one.records else "")
