"""A record as prepared lines: head, links by label, what stays separate, facts, timeline, names, details, sources."""

from __future__ import annotations

from collections.abc import Mapping

from db.model import Record
from tui.explorer.pages.details import detail_groups, source_group
from tui.explorer.pages.items import Frame, Item, Row, copied, length, piece, wrap
from tui.explorer.pages.links import link_groups
from tui.explorer.pages.statements import fact_groups, timeline_group
from tui.explorer.symbols import Symbols
from tui.text import wording

HEAD = "head"
"""Ident of the first item: the record itself."""

_PROSE = 96
"""Cells that a line of prose takes at most, so that the eye finds the next."""


def record_items(record: Record, cells: int, symbols: Symbols, shown: Mapping[str, int]) -> tuple[Item, ...]:
    """Return a record's lines for a width; `shown` says how many entries of which group, where not the first ten."""
    frame = Frame(cells)
    separate, facts = fact_groups(record.facts, frame, shown)
    return (
        _head(record, frame.cells, symbols),
        *frame.section(link_groups(record, frame, symbols, shown)),
        *frame.section(separate),
        *frame.section(facts),
        *frame.section([timeline_group(record.events, frame, shown)]),
        *frame.section(detail_groups(record, frame)),
        *frame.section([source_group(record, frame, symbols, shown)]),
    )


def first_stop(items: tuple[Item, ...], came_from: str | None) -> str:
    """Return which item to mark when a record opens: the first link that does not lead straight back."""
    links = [item for item in items if item.target]
    onward = next((item for item in links if item.target and item.target.key != came_from), None)
    chosen = onward or (links[0] if links else None)
    return chosen.ident if chosen else HEAD


def _head(record: Record, cells: int, symbols: Symbols) -> Item:
    """Return what the record is: name, standing, key, summary."""
    sign = piece(f"{symbols.of(record.kind)} ", f"kind-{record.kind}")
    name = wrap(record.name, cells - 2, 3)
    rows: list[Row] = [(sign, piece(name[0], "name")), *((piece("  "), piece(line, "name")) for line in name[1:])]
    kind, status = wording.kind_words(record), wording.status_words(record)
    first, *others = wrap(status or record.key, cells - 2, 3)
    style = "about" if record.open is not False and record.status in (None, "open") else "standing"
    line: Row = (piece("  "), piece(first, style))
    key = piece(record.key, "dim", cells - 2)
    if not status:
        rows.append((piece("  "), key))
    elif not others and length(line) + length((key,)) + 3 <= cells:
        rows.append((*line, piece(symbols.dot, "dim"), key))
    else:
        rows += [line, *((piece("  "), piece(text, style)) for text in others), (piece("  "), key)]
    if record.summary:
        rows.append(())
        rows += [(piece("  "), piece(text, "prose")) for text in wrap(record.summary, min(cells - 2, _PROSE))]
    return Item(tuple(rows), HEAD, evidence=record.own_evidence, copy=copied(record.key, record.name, kind, status))
