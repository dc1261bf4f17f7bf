"""`interlock stats`: how much the register holds, and from where."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tui.cli import report_shapes
from tui.cli.arguments import Arguments, Command, Option
from tui.cli.database import open_chosen
from tui.cli.lists import Listing, Row, markdown_table, note, write, write_flat, write_json, write_listing
from tui.cli.tables import TableColumn, table
from tui.cli.terminal import columns, palette
from tui.text.ages import age, days_old
from tui.text.attribution import TERMS, attribution
from tui.text.phrases import CODE_ONLY, address_of_source, readable
from tui.text.safe import json_text

if TYPE_CHECKING:
    from db.reports import Stats

COMMAND = Command(
    name="stats",
    options=(Option("--sources", "the sources alone, with the line that names each as its licence asks"),),
    most=0,
    epilogue="The records of a source are those that rest on what it says: a release that repeats the one before it "
    "counts the records of which it says something new.",
)

_FIELDS = ("what", "name", "count", "key", "published", "imported", "publisher", "licence", "url", "format")
_SOURCE_FIELDS = (
    "name", "published", "licence", "attribution", "publisher", "url", "imported", "records", "key", "format",
    "age_days",
)  # fmt: skip
_ATTRIBUTED_COLUMNS = (
    TableColumn("published"),
    TableColumn("age"),
    TableColumn("licence"),
    TableColumn("attribution", style="title"),
    TableColumn("key", cut=False, style="key"),
)
_SOURCE_COLUMNS = (
    TableColumn("source", style="title"),
    TableColumn("published"),
    TableColumn("imported"),
    TableColumn("licence"),
    TableColumn("records", figures=True, cut=False),
    TableColumn("address", style="dim"),
    TableColumn("key", cut=False, style="key"),
)


def run(arguments: Arguments) -> int:
    """Write the counts and the sources."""
    with open_chosen(arguments) as register:
        stats, label = register.stats(), register.label
        link_labels = {one.name: one.forward for one in register.link_types()}
    form = arguments.form
    if arguments.flag("--sources"):
        write_listing(_attributed(stats), arguments)
        if form in ("table", "markdown"):
            note(f"{TERMS}; those of your own files and mappings are as these say")
    elif form == "json":
        sources = [report_shapes.source(info) for info in stats.sources]
        counts = {"records": stats.records, "links": stats.links, "sources": sources, "bytes": stats.bytes}
        answer = {**counts, "described": stats.records}
        write_json({**answer, **({"placeholders": stats.placeholders} if stats.placeholders else {})})
    elif form == "jsonl":
        write(json_text(row) for row in _rows(stats))
    elif form in ("csv", "tsv"):
        write_flat(_FIELDS, ([row.get(field) for field in _FIELDS] for row in _rows(stats)), form)
    else:
        colours, line_width = palette(arguments.text("--color")), columns()
        tables = list(_tables(stats, label, link_labels))
        for place, (headings, cells) in enumerate(tables):
            if form == "markdown":
                write(markdown_table([column.heading for column in headings], cells))
            else:
                write(table(headings, cells, line_width, colours))
            if place < len(tables) - 1:
                write([""])
    return 0


def _attributed(stats: Stats) -> Listing:
    """Return the sources with their age, and the line that names each as its licence asks."""
    rows = [
        {**report_shapes.source(info), "attribution": attribution(info), "age_days": days_old(info.published)}
        for info in stats.sources
    ]
    cells = [
        (info.published or "unknown", age(info.published), info.licence or "unknown", attribution(info), info.key)
        for info in stats.sources
    ]
    return Listing("sources", rows, _SOURCE_FIELDS, _ATTRIBUTED_COLUMNS, cells, after={"licences": TERMS})


def _rows(stats: Stats) -> Iterator[Row]:
    """Yield all counts and sources as rows of one list."""
    for kind, number in stats.records.items():
        yield {"what": "records", "name": kind, "count": number}
    for kind, number in stats.placeholders.items():
        yield {"what": "placeholders", "name": kind, "count": number}
    for kind, number in stats.links.items():
        yield {"what": "links", "name": kind, "count": number}
    for info in stats.sources:
        shape = report_shapes.source(info)
        yield {"what": "source", "name": shape.pop("name"), "count": shape.pop("records"), **shape}


def _tables(
    stats: Stats, label: str, link_labels: Mapping[str, str]
) -> Iterator[tuple[tuple[TableColumn, ...], list[tuple[str, ...]]]]:
    """Yield the tables to read: the database, its records, its links, its sources."""
    size = "in memory" if stats.bytes is None else f"{stats.bytes / 1_000_000:,.1f} MB"
    yield (TableColumn("database"), TableColumn("size")), [(label, size)]
    codes = f"{CODE_ONLY}, codes alone, not counted above"
    links = {link_labels.get(name, name): number for name, number in stats.links.items()}
    parts = (("records", stats.records), (codes, stats.placeholders), ("links", links))
    for heading, counts in parts:
        if not counts and heading == codes:
            continue
        figures = TableColumn("", figures=True, cut=False)
        yield (TableColumn(heading), figures), [(readable(name), f"{number:,}") for name, number in counts.items()]
    yield (
        _SOURCE_COLUMNS,
        [
            (
                info.title,
                info.published or "unknown",
                (info.imported or "")[:10],
                info.licence or "unknown",
                f"{info.records:,}",
                address_of_source(info.url),
                info.key,
            )
            for info in stats.sources
        ],
    )
