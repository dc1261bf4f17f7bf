"""`interlock show`: one record in full."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from db.errors import UsageError
from tui.cli import brief, page, shapes
from tui.cli.arguments import AS_OF, Arguments, Command, Option
from tui.cli.database import open_chosen
from tui.cli.lists import flat, write, write_flat, write_json
from tui.cli.sheets import SHEET, sheet_asked, write_sheet
from tui.cli.terminal import columns, palette
from tui.text.safe import json_text

if TYPE_CHECKING:
    from db.model import Record
    from db.register import Register

COMMAND = Command(
    name="show",
    usage="KEY",
    options=(
        Option("--brief", "the most telling of it, in ten lines"),
        Option("--part", "one part of the page alone, whole: Alliances, Participants, Facts, Timeline…", "NAME"),
        SHEET,
        AS_OF,
    ),
    least=1,
    epilogue="A table shows 10 links a group; JSON and Markdown show all. CSV and TSV hold the record in one row; "
    "its links are what `interlock links` writes for programs, and `--sheet` for people.",
)

_FIELDS = (
    "key", "kind", "type", "name", "status", "open", "legal_form", "summary", "opened", "closed", "address_lines",
    "address_town", "address_county", "address_postcode", "address_country",
)  # fmt: skip
_MOST = {"table": page.GROUP, "csv": 0, "tsv": 0}
"""Links under a heading that are written, by format; in others all are."""


def run(arguments: Arguments) -> int:
    """Write the record that the words stand for."""
    with open_chosen(arguments) as register:
        key = register.resolve(arguments.phrase)
        if form := sheet_asked(arguments):
            _write_sheet(register, key, arguments, form)
        elif arguments.flag("--brief"):
            write_brief(register, key, arguments)
        else:
            part = _part(arguments)
            most = _MOST.get(arguments.text("--format") or "table") if part is None else None
            asked = register.record(key, as_of=arguments.text("--as-of"), most=most, with_timeline=part is not None)
            _write(asked, arguments, part)
    return 0


def _part(arguments: Arguments) -> str | None:
    """Return which part of the page is wanted. Raises UsageError where what is asked for has no parts."""
    part = arguments.text("--part")
    if part is None:
        return None
    form = arguments.text("--format")
    if arguments.flag("--brief") or form not in (None, "table", "markdown"):
        other = "--brief" if arguments.flag("--brief") else f"--format {form}"
        raise UsageError(f"--part is of a page, and {other} writes none: leave one of the two out")
    return part


def _write_sheet(register: Register, key: str, arguments: Arguments, form: str) -> None:
    """Write what a record's page says, or a part of it, as a table for people."""
    from tui.text.sheet import OF_A_RECORD, record_sheet  # 2 ms, as only a table needs it here

    part = arguments.text("--part")
    record = register.record(key, as_of=arguments.text("--as-of"), with_timeline=part is not None)
    told = register.particulars(link.key for link in (*record.links, *record.not_dated))
    write_sheet(OF_A_RECORD, record_sheet(record, part, told), form)


def write_brief(register: Register, key: str, arguments: Arguments) -> None:
    """Write a record in ten lines; formats for programs hold it whole."""
    as_of, form = arguments.text("--as-of"), arguments.form
    if form not in ("table", "markdown"):
        _write(register.record(key, as_of=as_of), arguments)
        return
    record = register.record(key, as_of=as_of, most=brief.ENOUGH)
    others = brief.companions(register, record, as_of)
    if form == "markdown":
        lines = brief.markdown_brief(record, others, as_of)
    else:
        lines = brief.text_brief(record, others, as_of, columns(), palette(arguments.text("--color")))
    sys.stdout.writelines(f"{line}\n" for line in lines)


def _write(record: Record, arguments: Arguments, part: str | None = None) -> None:
    form = arguments.form
    if form in ("table", "markdown"):
        if form == "markdown":
            lines = page.markdown_page(record, part)
        else:
            lines = page.text_page(record, columns(), palette(arguments.text("--color")), part)
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
