"""`interlock export`: writes records out."""

from __future__ import annotations

import sys

from db.errors import UsageError
from tui.arguments import Arguments, Command, Option
from tui.commands import COMMANDS
from tui.database import open_chosen

TARGETS = ("records",)
LATER = ("ftm", "graphml", "mermaid", "dot", "csv", "jsonl")

COMMAND = Command(
    name="export",
    summary=COMMANDS["export"],
    usage="[KEY…]",
    options=(Option("--to", "what to write: " + ", ".join(TARGETS), "FORMAT"),),
    epilogue="Without a KEY all records are written. A name of several words needs quotes here. What `--to records` "
    "writes can be edited and imported again; its format is in docs/records.md.",
)


def run(arguments: Arguments) -> int:
    """Write the records that the words stand for, or all."""
    target = arguments.text("--to")
    if target is None:
        raise UsageError("export needs --to FORMAT; in this version: " + ", ".join(TARGETS))
    if target not in TARGETS:
        when = "not in this version" if target in LATER else "not known"
        raise UsageError(f"--to: {target!r} is {when}; it may be " + ", ".join(TARGETS))
    if arguments.text("--format"):
        raise UsageError("export has its own formats: leave --format out, --to says which")
    from importers.export import export_records  # loads YAML, which only this needs

    with open_chosen(arguments) as register:
        keys = tuple(register.resolve(word) for word in arguments.words) or None
        sys.stdout.write(export_records(register, keys))
    return 0
