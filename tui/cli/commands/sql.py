"""`interlock sql`: a query of one's own, read-only and within limits of time, memory and size."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from math import isfinite
from typing import TYPE_CHECKING

from db.errors import QueryInterruptedError, UsageError
from db.reading.sql_memory import PROGRAM
from tui.cli.arguments import Arguments, Command, Option, number, seconds
from tui.cli.database import open_chosen
from tui.cli.lists import VERSION, Listing, flat_lines, listing_lines, markdown_table, note, plain
from tui.cli.tables import TableColumn
from tui.cli.terminal import palette
from tui.text.safe import json_text

if TYPE_CHECKING:
    from db.reading.sql import QueryRows

LIMIT = 1000
SECONDS = 5.0
MEMORY = 256
SIZE = 100
LONGEST_CELL = 500
"""Characters of a cell in a table: one long text would pad the lines of all other rows."""
_ROW_WEIGHT, _CELL_WEIGHT = 250, 20
"""About how many bytes a row of a table takes in memory, and a cell beside its text."""
_TABLE_SHARE = 800_000
"""Bytes of each megabyte of memory that the rows of a table may take."""
_CHUNK = 1_000_000
"""Characters written at once; a statement that fails before there are as many has written nothing."""

COMMAND = Command(
    name="sql",
    usage='"SELECT …"',
    options=(
        Option("--limit", f"how many rows at most (unless asked: {LIMIT})", "N", number),
        Option("--seconds", f"how long it may take (unless asked: {SECONDS:g})", "SECONDS", seconds),
        Option("--memory", f"how much memory it may take, in megabytes (unless asked: {MEMORY})", "MB", number),
        Option("--size", f"how large the answer may be, in megabytes (unless asked: {SIZE})", "MB", number),
    ),
    least=1,
)


def run(arguments: Arguments) -> int:
    """Run the query and write its rows."""
    memory, size = arguments.number("--memory", MEMORY), arguments.number("--size", SIZE)
    if size < 1:
        raise UsageError(f"--size: a limit of {size} MB makes no sense; write 1 or more")
    with (
        open_chosen(arguments) as register,
        register.sql_rows(
            arguments.phrase,
            limit=arguments.number("--limit", LIMIT),
            seconds=arguments.seconds("--seconds", SECONDS),
            megabytes=memory,
            whole_process=True,
        ) as found,
    ):
        answer = _Answer(found, memory)
        _write(answer.pieces(arguments.form, arguments.text("--color")), size)
    if answer.clipped:
        texts = "1 long text was" if answer.clipped == 1 else f"{answer.clipped:,} long texts were"
        note(f"{texts} cut to {LONGEST_CELL} characters; --format csv or json shows all")
    if found.truncated:
        note(f"only the first {answer.count:,} rows; --limit N shows more")
    return 0


def _write(pieces: Iterable[str], megabytes: int) -> None:
    """Write the pieces of an answer as they come. Raises QueryInterruptedError beyond so many megabytes."""
    held: list[str] = []
    length = total = 0
    for piece in pieces:
        held.append(piece)
        length += len(piece)
        total += len(piece)
        if total > megabytes * 1_000_000:
            raise QueryInterruptedError(
                f"sql: the answer is larger than {megabytes} MB; ask for less, or allow more with --size"
            )
        if length > _CHUNK:
            sys.stdout.writelines(held)
            held, length = [], 0
    sys.stdout.writelines(held)


class _Answer:
    """What a statement answered, on its way out: how many rows there were, and how many texts were cut."""

    def __init__(self, found: QueryRows, megabytes: int) -> None:
        """`megabytes` are the memory that there is for all of it."""
        self.count = 0
        self.clipped = 0
        self._found = found
        self._room = max(megabytes - PROGRAM, 1) * _TABLE_SHARE
        self._columns = found.columns

    def pieces(self, form: str, colour: str | None) -> Iterator[str]:
        """Yield the answer in a format, in pieces that follow one another; only a table is held as a whole."""
        lines: Iterator[str]
        if form == "json":
            yield from self._json()
            return
        if form == "jsonl":
            names = _distinct(self._columns)
            lines = (json_text(dict(zip(names, row, strict=True))) for row in self._rows())
        elif form in ("csv", "tsv"):
            lines = flat_lines(self._columns, self._rows(), form)
        elif form == "markdown":
            lines = markdown_table(self._columns, (list(map(plain, row)) for row in self._rows()))
        else:
            lines = listing_lines(self._table(), form, palette(colour))
        for line in lines:
            yield line + "\n"

    def _rows(self) -> Iterator[list[object]]:
        for row in self._found:
            self.count += 1
            yield [_value(value) for value in row]

    def _json(self) -> Iterator[str]:
        yield json_text({"version": VERSION, "columns": list(self._columns)})[:-1] + ',"rows":['
        for row in self._rows():
            yield ("," if self.count > 1 else "") + json_text(row)
        yield f'],"truncated":{"true" if self._found.truncated else "false"}}}\n'

    def _table(self) -> Listing:
        cells: list[list[str]] = []
        figures: list[bool | None] = [None] * len(self._columns)
        for row in self._rows():
            for place, value in enumerate(row):
                if value is not None and figures[place] is not False:
                    figures[place] = isinstance(value, (int, float))
            texts = [self._clip(plain(value)) for value in row]
            self._room -= _ROW_WEIGHT + sum(_CELL_WEIGHT + sys.getsizeof(text) for text in texts)
            if self._room < 0:
                raise QueryInterruptedError(
                    f"sql: a table of more than {self.count - 1:,} of these rows is too large for its limit of memory; "
                    "write --format csv or json, or allow more with --memory"
                )
            cells.append(texts)
        return Listing(
            name="rows",
            rows=[{}] * len(cells),
            fields=(),
            columns=tuple(
                TableColumn(self._clip(name), figures=bool(number))
                for name, number in zip(self._columns, figures, strict=True)
            ),
            cells=cells,
        )

    def _clip(self, text: str) -> str:
        if len(text) <= LONGEST_CELL:
            return text
        self.clipped += 1
        return text[: LONGEST_CELL - 1] + "…"


def _value(value: object) -> object:
    """Return a value that JSON can hold: infinite numbers and bytes as text."""
    if isinstance(value, bytes) or (isinstance(value, float) and not isfinite(value)):
        return plain(value)
    return value


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Return column names of which none repeats, so that no value is lost in an object."""
    kept: dict[str, None] = {}
    for name in names:
        turn, distinct = 2, name
        while distinct in kept:
            distinct, turn = f"{name}_{turn}", turn + 1
        kept[distinct] = None
    return tuple(kept)
