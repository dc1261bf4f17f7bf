"""`interlock update`: how old the layers of the built-in register are, and what makes them newer."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from db.errors import UsageError
from tui.cli.arguments import Arguments, Command, Option
from tui.cli.commands import import_
from tui.cli.database import open_chosen, writing_path
from tui.cli.lists import Listing, upgrading, waiting, write_listing
from tui.cli.progress import ProgressLine
from tui.cli.tables import TableColumn
from tui.text.ages import age, days_old
from tui.text.phrases import address_of_source

if TYPE_CHECKING:
    from db.reports import SourceInfo
    from importers.builtin_sources import Layer

COMMAND = Command(
    name="update",
    usage="[SOURCE…]",
    options=(
        Option("--shipped", "take the stories and layers that came with this Interlock, all in one run"),
        *import_.COMMAND.options,
    ),
    epilogue="Without a source it lists for each layer of the built-in register the public file that makes it newer, "
    "where its publisher puts that, the day of what the register holds, how old that is, and the day of what came with "
    "this Interlock. A source is taken as import takes it, with its options.",
)

_FIELDS = ("layer", "held", "age_days", "shipped", "file", "publisher", "address", "licence", "source")
_COLUMNS = (
    TableColumn("layer", style="title"),
    TableColumn("held"),
    TableColumn("age"),
    TableColumn("shipped"),
    TableColumn("public file"),
    TableColumn("where", style="dim"),
)


def run(arguments: Arguments) -> int:
    """List the layers, or take what makes them newer. Raises UsageError for sources beside --shipped."""
    if not arguments.flag("--shipped"):
        return import_.run(arguments) if arguments.words else _list(arguments)
    if arguments.words:
        raise UsageError("--shipped takes what came with this Interlock, and no other source; name sources without it")
    return _take_shipped(arguments)


def _list(arguments: Arguments) -> int:
    from importers.builtin_sources import layers  # loads the importers, 60 ms

    with open_chosen(arguments) as register:
        sources = register.sources()
    rows, cells = [], []
    for layer in layers():
        held = _newest(layer, sources)
        day = held.published if held else None
        row = {"layer": layer.title, "held": day, "age_days": days_old(day), "shipped": layer.day, "file": layer.public}
        more = {"publisher": layer.publisher, "address": layer.address, "licence": layer.licence}
        rows.append({**row, **more, "source": held.key if held else None})
        shown = ("not held", "") if held is None else (day or "day unknown", age(day))
        cells.append((layer.title, *shown, layer.day or "day unknown", layer.public, address_of_source(layer.address)))
    listing = Listing("layers", rows, _FIELDS, _COLUMNS, cells)
    write_listing(listing, arguments)
    return 0


def _newest(layer: Layer, sources: tuple[SourceInfo, ...]) -> SourceInfo | None:
    """The newest source of a register that is a file like the layer's; None where there is none."""
    alike = [one for one in sources if one.key == layer.source or _is_dated(one.key, layer.source)]
    return max(alike, key=lambda one: one.published or "", default=None)


def _is_dated(key: str, source: str) -> bool:
    """Tell whether a key is that of a source with its day behind it: other sources begin alike."""
    return key.startswith(f"{source}-") and key.removeprefix(f"{source}-").replace("-", "").isdigit()


def _take_shipped(arguments: Arguments) -> int:
    path = writing_path(arguments)
    from db.files.scratch import ended_by_signals
    from importers.builtin_sources import builtin_plan
    from importers.run import ImportOptions, import_planned  # loads the writing half, 100 ms

    options = ImportOptions(
        command="update --shipped",
        # What came with this Interlock may be older than what the register holds by now, and is taken as that.
        older=True,
        dry_run=arguments.flag("--dry-run"),
        wait=arguments.wait,
    )
    with ended_by_signals(), ProgressLine(sys.stderr.isatty()) as progress:
        imported = import_planned(path, builtin_plan(), options, progress, waiting, upgrading(path))
    # That columns are blank in what was made compact is nobody's news.
    quiet = replace(imported, remarks=tuple(() for _ in imported.remarks))
    import_.write_imported(quiet, arguments, dry_run=options.dry_run)
    return 0
