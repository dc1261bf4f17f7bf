"""Tables for people, as a spreadsheet opens them: CSV, TSV or a workbook on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from db.errors import UsageError
from tui.cli.arguments import Arguments, Option
from tui.cli.lists import write_flat
from tui.text.safe import ENCODING_MARK, for_spreadsheet

SHEETS = ("csv", "tsv", "xlsx")
SHEET = Option(
    "--sheet", "as a table for people, whole, with who says so: " + ", ".join(SHEETS), "FORM", choices=SHEETS
)


def sheet_asked(arguments: Arguments) -> str | None:
    """Return in which form a table for people is wanted. Raises UsageError where it could go nowhere."""
    form = arguments.text("--sheet")
    if form and arguments.text("--format"):
        raise UsageError("--sheet and --format are two ways to write the answer: leave one out")
    if form == "xlsx" and sys.stdout.isatty():
        raise UsageError("--sheet xlsx is no text for a terminal: send it to a file, with > list.xlsx behind it")
    return form


def write_sheet(headings: Sequence[str], rows: Iterable[Sequence[str]], form: str) -> None:
    """Write a table; a CSV begins with `ENCODING_MARK`."""
    if form != "xlsx":
        sys.stdout.write(ENCODING_MARK if form == "csv" else "")
        write_flat(headings, rows, form)
        return
    from tui.text.workbook import workbook  # with zipfile 22 ms, which few answers need

    safe = ([for_spreadsheet(one) for one in row] for row in (headings, *rows))
    sys.stdout.flush()
    sys.stdout.buffer.write(workbook(safe))
