"""What became of a table beside its rows: columns nothing names, parts of a mapping that made nothing, hidden rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from db.statements import Account
from importers.documents.faults import shown
from importers.table.cells import ITEM, CellError, TableRow, has_column, lines_in_words, numbered, same_column, tidy
from importers.table.contents import Contents
from importers.table.fits import Laid
from importers.table.grids import Grid, RawRow
from importers.table.language.mapping import Block, MappedTable
from importers.table.language.values import MappedColumn

_NAMED = 12
"""Columns that a message names."""
_TELLING = frozenset(("key", "to", "from", "value", "text"))
"""Keys without which a part of a record says nothing, beside those that its shape requires."""
_IDLE = 3
"""Parts of a mapping that a message names."""


@dataclass(slots=True)
class Tally:
    """How often each part of a mapping's table made something, by its path."""

    made: Counter[str] = field(default_factory=Counter)
    held: Counter[str] = field(default_factory=Counter)
    """How often the conditions of a part held."""


def unused(table: MappedTable, headings: Sequence[str], rows: Iterable[TableRow], also: Iterable[str]) -> list[str]:
    """The columns of a file that a table's mapping names nowhere, as the file writes them; empty ones aside."""
    named = {same_column(path) for column in table.columns for path in column.paths}
    named |= {same_column(path) for path in (*table.fill_down, *table.indexed, *also)}
    # A path such as `address.town` uses `address`, unless a heading is called that.
    named |= {name.partition(".")[0] for name in named}
    left = {
        name: tidy(heading) or name
        for name, heading in zip(numbered(headings), headings, strict=True)
        if name not in named
    }
    empty = set(left)
    for row in rows:
        if not empty:
            break
        empty.difference_update([name for name in empty if _is_filled(row.values.get(name))])
    return [
        text if name == same_column(text) or not name.endswith(")") else name
        for name, text in left.items()
        if name not in empty
    ]


def _is_filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def doubled(table: MappedTable, headings: Sequence[str]) -> list[str]:
    """What to say of headings that stand twice and that the mapping names."""
    names = numbered(headings)
    counts = Counter(same_column(heading) for heading in headings if same_column(heading))
    named = {same_column(path) for column in table.columns for path in column.paths}
    said: list[str] = []
    for heading, count in counts.items():
        if count > 1 and heading in named:
            others = [name for name in names if name.startswith(f"{heading} (") and name not in named]
            if others:
                said.append(
                    f"has {count} columns {shown(heading)}: the mapping means the first; "
                    + ", ".join(f"{{{name}}}" for name in others)
                    + " would be the other"
                    + "s" * (len(others) > 1)
                )
    return said


def idle(table: MappedTable, tally: Tally, headings: Sequence[str], rows: Collection[TableRow]) -> list[str]:
    """The parts of a table's mapping that made nothing of any row, each with the reason."""
    if not rows:
        return []
    known = frozenset(numbered(headings))
    return [f"{block.path} ({_reason(block, tally, known, rows)})" for block in _outermost(table.records, tally)]


def _outermost(blocks: Iterable[Block], tally: Tally) -> Iterator[Block]:
    for block in blocks:
        if not tally.made[block.path]:
            yield block
        else:
            for inner in block.blocks.values():
                yield from _outermost(inner, tally)


def _reason(block: Block, tally: Tally, known: frozenset[str], rows: Iterable[TableRow]) -> str:
    columns = [one for one in dict.fromkeys(_columns(block)) if same_column(one.paths[0]).partition(".")[0] != ITEM]
    absent = [one for one in columns if not has_column(known, one.paths)]
    if absent:
        return f"column {shown(absent[0].paths[0])} is not there"
    empty = [one for one in columns if not any(_has(row, one) for row in rows)]
    if empty:
        return f"column {shown(empty[0].paths[0])} is empty in every row"
    if block.conditions.when or block.conditions.unless:
        if not tally.held[block.path]:
            return "no row meets its conditions"
    return "no row gives all that it needs"


def _has(row: TableRow, column: MappedColumn) -> bool:
    try:
        return any(row.has(path) for path in column.paths)
    except CellError:
        return True


def _columns(block: Block) -> Iterator[MappedColumn]:
    """The columns that a part needs to make anything: those of its values, conditions and of what it goes through."""
    if block.each is not None:
        yield block.each.column
    wanted = {one.name for one in block.shape.fields if one.required} | _TELLING
    for name in wanted & block.values.keys() or block.values.keys():
        for choice in block.values[name].choices[:1]:
            yield from choice.template.columns
    for test in block.conditions.when:
        column = getattr(test.of, "column", None)
        if isinstance(column, MappedColumn) and test.filled is not False:
            yield column


def in_words(names: Sequence[str], most: int = _NAMED) -> str:
    """Some names, and how many more there are."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def remarks(unused: Sequence[str], idle: Sequence[str]) -> list[str]:
    """What to say of them."""
    said: list[str] = []
    if unused:
        said.append(f"the mapping names nowhere the column{'s' * (len(unused) > 1)} {in_words([*map(shown, unused)])}")
    if idle:
        said.append(f"nothing came of {in_words(idle, _IDLE)}")
    return said


def hidden_remarks(contents: Contents, laid: Sequence[Laid], hidden: bool, account: Account) -> list[str]:
    """What to say of hidden sheets and rows of a workbook, counted in the account."""
    if not contents.is_workbook:
        return []
    said: list[str] = []
    counts: Counter[str] = Counter()
    looked_at = {grid.sheet for _, grid in laid if isinstance(grid, Grid)}
    for sheet in contents.sheets():
        if sheet.hidden and sheet.rows and sheet.sheet not in looked_at:
            counts["left_out"] += len(sheet.rows)
            rows = "1 row" if len(sheet.rows) == 1 else f"{len(sheet.rows):,} rows"
            said.append(f"sheet {shown(sheet.sheet or '')} is hidden and was left out, with {rows}; --hidden takes it")
    for fit, grid in laid:
        if isinstance(grid, Grid):
            said += _hidden_rows(grid.rows.since(fit.first), grid.sheet or "", hidden or fit.table.hidden, counts)
    account.hidden = {name: count for name, count in counts.items() if count}
    return said


def _hidden_rows(rows: Iterable[RawRow], sheet: str, hidden: bool, counts: Counter[str]) -> list[str]:
    """What to say of the hidden rows of a sheet, which are counted."""
    said: list[str] = []
    by_hand: list[int] = []
    total = filtered = 0
    for row in rows:
        total += 1
        filtered += row.filtered
        if row.hidden:
            by_hand.append(row.line)
    counts["taken" if hidden else "left_out"] += len(by_hand)
    counts["filtered"] += filtered
    if by_hand and not hidden:
        named = lines_in_words(by_hand, "row")
        verb = "was" if len(by_hand) == 1 else "were"
        said.append(f"sheet {shown(sheet)}: {named} hidden by hand {verb} left out; --hidden takes what is hidden")
    if filtered:
        said.append(f"sheet {shown(sheet)}: {filtered:,} of {total:,} rows are hidden by a filter; they were taken")
    return said
