"""`interlock show`: one record in full."""

from __future__ import annotations

import sys

from tui.arguments import AS_OF, Arguments, Command
from tui.commands import COMMANDS
from tui.database import open_chosen
from tui.output.terminal import columns, palette
from tui.safe import json_text

COMMAND = Command(
    name="show",
    summary=COMMANDS["show"],
    usage="KEY",
    options=(AS_OF,),
    least=1,
    epilogue="A table shows 10 links a group; JSON and Markdown show all. CSV and TSV hold the record in one row; "
    "its links are what `interlock links` writes.",
)

_FIELDS = (
    "key",
    "kind",
    "type",
    "name",
    "status",
    "open",
    "legal_form",
    "summary",
    "opened",
    "closed",
    "address_lines",
    "address_town",
    "address_county",
    "address_postcode",
    "address_country",
)


def run(arguments: Arguments) -> int:
    """Write the record that the words stand for."""
    with open_chosen(arguments) as register:
        record = register.record(register.resolve(arguments.phrase), as_of=arguments.text("--as-of"))
    form = arguments.text("--format") or "table"
    # Each form loads its own writer: a command's start is most of its time.
    if form in ("table", "markdown"):
        from tui.output import page

        if form == "markdown":
            lines = page.markdown_page(record)
        else:
            lines = page.text_page(record, columns(), palette(arguments.text("--color")))
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return 0
    from tui.output import shapes
    from tui.output.listing import flat, write, write_flat, write_json

    shape = shapes.record(record)
    if form == "json":
        write_json({"record": shape})
    elif form == "jsonl":
        write([json_text(shape)])
    else:
        row = flat(shape)
        write_flat(_FIELDS, [[row.get(field) for field in _FIELDS]], form)
    return 0
