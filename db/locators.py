"""Where in its source a row stands, as evidence says it, so that whoever opens the file finds it."""

from __future__ import annotations

_BY_RECORD = frozenset(("ods-api", "ods-json", "ods-xml"))
"""Formats of which a text is no sequence of lines: their rows are counted by the record."""


def locator(format: str | None, number: int, row: int | None = None) -> str:
    """Return where the row of a number stands: `line 12`, `record 12` of a release.

    `row` is what a spreadsheet calls the row, where cells that go over lines make that another number.
    """
    if format in _BY_RECORD:
        return f"record {number}"
    return f"line {number}" if row is None else f"line {number}, row {row} in a spreadsheet"


def number_in(column: str) -> str:
    """Return the number of a row in SQL, by an expression for such a place, which older registers write `row 12`."""
    return f"CAST(substr({column}, instr({column}, ' ') + 1) AS INTEGER)"
