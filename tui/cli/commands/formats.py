"""`interlock formats`: the importers at hand."""

from __future__ import annotations

from tui.cli.arguments import Arguments, Command
from tui.cli.lists import Listing, note, write_listing
from tui.cli.tables import TableColumn

COMMAND = Command(name="formats", most=0)

_FIELDS = ("name", "describes", "extensions", "from")
_COLUMNS = (
    TableColumn("name", cut=False, style="key"),
    TableColumn("reads"),
    TableColumn("endings"),
    TableColumn("from"),
)


def run(arguments: Arguments) -> int:
    """Write the formats, ours and those of plug-ins; a plug-in that cannot be loaded is named on stderr."""
    from importers.registry import load  # looks through the installed packages, 30 ms

    registry = load()
    listing = Listing(
        name="formats",
        rows=[
            {
                "name": entry.name,
                "describes": entry.importer.describes,
                "extensions": list(entry.importer.extensions),
                "from": entry.origin,
            }
            for entry in registry.installed
        ],
        fields=_FIELDS,
        columns=_COLUMNS,
        cells=[
            (entry.name, entry.importer.describes, ", ".join(entry.importer.extensions), entry.origin)
            for entry in registry.installed
        ],
    )
    write_listing(listing, arguments)
    for broken in registry.broken:
        note(f"warning: {broken.name} of {broken.origin} could not be loaded: {broken.reason}")
    return 0
