"""A list as every command answers with: one set of rows, written as a table, JSON, JSONL, CSV, TSV or Markdown."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat
from typing import NamedTuple

from db.results import HeldPost
from tui.cli.arguments import Arguments
from tui.cli.tables import Cell, TableColumn, table
from tui.cli.terminal import Palette, columns, palette
from tui.text.safe import delimited, for_spreadsheet, json_text, markdown, visible

VERSION = 1
"""The version of the JSON contract; additions leave it as it is."""

ROWS_ALONE = ("jsonl", "csv", "tsv")
"""Formats that hold rows and nothing beside them, not even that a list was cut: whole unless a limit is asked for."""

Row = Mapping[str, object]


class Listing(NamedTuple):
    """A list to write: what JSON says before, in and after it, the fields of its flat rows, and its table."""

    name: str
    """The list's key in JSON."""
    rows: Sequence[Row]
    fields: tuple[str, ...]
    """Fields of a flat row; those of a nested object are written `object_field`."""
    columns: tuple[TableColumn, ...]
    cells: Iterable[Sequence[str | Cell]]
    """Made when they are asked for: by a table alone."""
    before: Row = {}
    after: Row = {}
    details: Iterable[Sequence[str]] = ()
    """Lines to set under each row of a table, by row; empty where there are none."""


def held_posts(held: Sequence[HeldPost]) -> Row:
    """Return the posts of a person as JSON has them: in words, and those with how each stands."""
    return {"posts": [one.text for one in held], "posts_held": [one._asdict() for one in held]}


def write(lines: Iterable[str]) -> None:
    """Write lines to stdout."""
    sys.stdout.writelines(line + "\n" for line in lines)


def write_json(answer: Row) -> None:
    """Write an answer as one JSON object, its version first."""
    write([json_text({"version": VERSION, **answer})])


def write_listing(listing: Listing, arguments: Arguments) -> None:
    """Write a list in the format asked for."""
    if arguments.form == "json":
        write_json({**listing.before, listing.name: list(listing.rows), **listing.after})
    else:
        write(listing_lines(listing, arguments.form, palette(arguments.text("--color"))))


def write_one(listing: Listing, arguments: Arguments) -> None:
    """Write a list that has one row; in JSON that is the answer itself."""
    if arguments.form == "json":
        write_json(listing.rows[0])
    else:
        write_listing(listing, arguments)


def listing_lines(listing: Listing, form: str, colours: Palette) -> Iterator[str]:
    """Yield the lines of a list in any format but JSON."""
    if form == "jsonl":
        yield from (json_text(row) for row in listing.rows)
    elif form in ("csv", "tsv"):
        yield from flat_lines(listing.fields, _flat_rows(listing), form)
    elif form == "markdown":
        yield from markdown_table([column.heading for column in listing.columns], listing.cells)
    elif listing.rows:
        yield from _table_lines(listing, colours)


def _flat_rows(listing: Listing) -> Iterator[list[object]]:
    for row in listing.rows:
        values = flat(row)
        yield [values.get(field) for field in listing.fields]


def _table_lines(listing: Listing, colours: Palette) -> Iterator[str]:
    lines = table(listing.columns, listing.cells, columns(), colours)
    yield next(lines)
    for line, details in zip(lines, chain(listing.details, repeat(())), strict=False):
        yield line
        for detail in details:
            yield colours.paint("dim", f"    {visible(detail)}")


def flat(row: Row) -> dict[str, object]:
    """Return a row without objects in it: `{"a": {"b": 1}}` becomes `{"a_b": 1}`, a list of values one text."""
    fields: dict[str, object] = {}
    for name, value in row.items():
        if value is None or isinstance(value, (str, int)):
            fields[name] = value
        elif isinstance(value, Mapping):
            fields.update({f"{name}_{inner}": deep for inner, deep in flat(value).items()})
        elif isinstance(value, (list, tuple)):
            fields[name] = "; ".join(plain(one) for one in value if not isinstance(one, Mapping))
        else:
            fields[name] = value
    return fields


def plain(value: object) -> str:
    """Return a value as text: nothing for unknown, `true` and `false` as JSON has them."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, bytes):
        return f"<{len(value)} bytes>"
    return str(value)


def write_flat(fields: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> None:
    """Write rows as CSV or TSV, heading first."""
    write(flat_lines(fields, rows, form))


def flat_lines(fields: Sequence[str], rows: Iterable[Sequence[object]], form: str) -> Iterator[str]:
    """Yield the lines of a CSV or TSV file, heading first; no text in it can be a formula."""
    mark = "\t" if form == "tsv" else ","
    yield delimited([for_spreadsheet(field) for field in fields], mark)
    for row in rows:
        yield delimited([for_spreadsheet(one) if isinstance(one, str) else plain(one) for one in row], mark)


def markdown_table(headings: Sequence[str], rows: Iterable[Sequence[str | Cell]]) -> Iterator[str]:
    """Yield the lines of a Markdown table."""
    yield "| " + " | ".join(markdown(heading) for heading in headings) + " |"
    yield "|" + " --- |" * len(headings)
    for row in rows:
        yield "| " + " | ".join(markdown(cell.text if isinstance(cell, Cell) else cell) for cell in row) + " |"


def note(text: str) -> None:
    """Write a line for people to stderr, beside the data."""
    sys.stderr.write(visible(text) + "\n")


def waiting() -> None:
    """Tell whoever sits there that an import has to end first."""
    # In a pipe an error has to be the one line that there is.
    if sys.stderr.isatty():
        note("waiting for an import to end…")


def upgrading(path: object) -> Callable[[], None]:
    """Return what tells whoever sits there that a register of an older version is brought up to date first."""

    def tell() -> None:
        # In a pipe an error has to be the one line that there is.
        if sys.stderr.isatty():
            note(f"bringing {path} up to date, with a backup beside it; for a national register that takes a minute…")

    return tell
