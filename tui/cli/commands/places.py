"""`interlock places`: where records are, by postcode area, with a map in characters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import shapes
from tui.cli.arguments import Arguments, Command
from tui.cli.database import open_chosen
from tui.cli.lists import Listing, note, write, write_listing
from tui.cli.tables import TableColumn
from tui.cli.terminal import Palette, columns, palette
from tui.cli.typed import query
from tui.text import places as words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.reports import Places

COMMAND = Command(
    name="places",
    usage="[KEY | FILTERS]",
    filters=True,
    epilogue="A KEY shows where those are that it is linked to now, filters where those are that they let through: "
    "interlock places type:trust\n"
    "The map has England and Wales, a tile for each postcode area; CSV, TSV, JSONL and Markdown have the areas alone.",
)

_WIDE = 80
"""Cells of the map where nobody says how wide the terminal is."""
_FIELDS = ("area", "number", "towns", "records")
_COLUMNS = (
    TableColumn("area", cut=False, style="title"),
    TableColumn("number", figures=True, cut=False),
    TableColumn("towns"),
)


def run(arguments: Arguments) -> int:
    """Write the map, and how many are in which area."""
    form = arguments.form
    with open_chosen(arguments) as register:
        found = register.places(query(arguments.words))
    if form == "table" and found.areas:
        colours = palette(arguments.text("--color"))
        write([colours.paint("title", words.headline(found)), "", *_map(found, colours), ""])
    write_listing(_listing(found, form), arguments)
    if form in ("table", "markdown"):
        for remark in [*([] if found.areas else [words.headline(found)]), *words.remarks(found)]:
            note(remark)
    return 0 if found.total else 1


def _map(found: Places, colours: Palette) -> Iterator[str]:
    rows = words.map_rows(found, columns() or _WIDE)
    for row in rows:
        tiles = (
            colours.paint("title" if tile.number else "dim", f"{tile.area}{tile.number}".ljust(tile.width))
            for tile in row
        )
        yield "".join(tiles).rstrip()
    if words.is_cut(rows):
        yield words.MANY


def _listing(found: Places, form: str) -> Listing:
    subject = {"key": found.subject.key, "name": found.subject.name} if found.subject else {"key": None, "name": None}
    rows: list[shapes.Shape] = [
        {
            "area": one.area,
            "number": one.number,
            "towns": list(one.towns),
            "records": [record.key if form in ("csv", "tsv") else record._asdict() for record in one.records],
        }
        for one in found.areas
    ]
    return Listing(
        "areas",
        rows,
        _FIELDS,
        _COLUMNS,
        [(one.area, f"{one.number:,}", words.towns(one)) for one in found.areas],
        before=subject,
        after={"total": found.total, "without_postcode": found.nowhere},
    )
