"""`interlock show`: one record in full."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui.cli import brief, page, shapes
from tui.cli.arguments import AS_OF, Arguments, Command, Option
from tui.cli.commands import COMMANDS
from tui.cli.database import open_chosen
from tui.cli.lists import flat, write, write_flat, write_json
from tui.cli.terminal import columns, palette
from tui.text.safe import json_text

if TYPE_CHECKING:
    from db.model import Record
    from db.register import Register

COMMAND = Command(
    name="show",
    summary=COMMANDS["show"],
    usage="KEY",
    options=(Option("--brief", "the most telling of it, in ten lines"), AS_OF),
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
        key = register.resolve(arguments.phrase)
        if arguments.flag("--brief"):
            write_brief(register, key, arguments)
        else:
            is_table = arguments.text("--format") in (None, "table")
            most = page.GROUP if is_table else None
            _write(register.record(key, as_of=arguments.text("--as-of"), most=most), arguments)
    return 0


def write_brief(register: Register, key: str, arguments: Arguments) -> None:
    """Write a record in ten lines; formats for programs hold it whole."""
    as_of, form = arguments.text("--as-of"), arguments.text("--format") or "table"
    record = register.record(key, as_of=as_of)
    if form not in ("table", "markdown"):
        _write(record, arguments)
        return
    others = brief.companions(register, record, as_of)
    if form == "markdown":
        lines = brief.markdown_brief(record, others, as_of)
    else:
        lines = brief.text_brief(record, others, as_of, columns(), palette(arguments.text("--color")))
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _write(record: Record, arguments: Arguments) -> None:
    form = arguments.text("--format") or "table"
    if form in ("table", "markdown"):
        if form == "markdown":
            lines = page.markdown_page(record)
        else:
            lines = page.text_page(record, columns(), palette(arguments.text("--color")))
        sys.stdout.writelines(f"{line}\n" for line in lines)
        return
    shape = shapes.record(record)
    if form == "json":
        write_json({"record": shape, **({"as_of": record.as_of} if record.as_of else {})})
    elif form == "jsonl":
        write([json_text(shape)])
    else:
        row = flat(shape)
        write_flat(_FIELDS, [[row.get(field) for field in _FIELDS]], form)
