"""`interlock export`: writes records out."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from db.errors import NotFoundError, UsageError, quoted
from tui.cli.arguments import Arguments, Command, Option
from tui.cli.database import open_chosen

if TYPE_CHECKING:
    from db.register import Register

TARGETS = ("records",)
LATER = ("ftm", "graphml", "mermaid", "dot", "csv", "jsonl")

COMMAND = Command(
    name="export",
    usage="[KEY…]",
    options=(
        Option("--to", "what to write: " + ", ".join(TARGETS), "FORMAT"),
        Option("--source", "the records of which this source says something, such as a file of yours", "SOURCE"),
    ),
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
    from importers.export import export_lines  # loads YAML, 60 ms

    with open_chosen(arguments) as register:
        keys = tuple(register.resolve(word) for word in arguments.words) or None
        if source := arguments.text("--source"):
            keys = (*(keys or ()), *_said_by(register, source))
        sys.stdout.writelines(f"{line}\n" for line in export_lines(register, keys))
    return 0


def _said_by(register: Register, source: str) -> Iterator[str]:
    """Yield the keys of the records of which a source says something. Raises NotFoundError where there is none."""
    found = register.find(f'source:"{source}"', limit=None, closed=True).hits
    if not found:
        raise NotFoundError(f"--source: no record rests on a source {quoted(source)}; interlock stats lists them")
    for hit in found:
        yield hit.brief.key
