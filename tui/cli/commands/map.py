"""`interlock map`: drafts a mapping from a file's headings and values."""

from __future__ import annotations

from db.errors import UsageError
from tui.cli import memory
from tui.cli.arguments import Arguments, Command
from tui.cli.lists import note, write
from tui.text.safe import visible

COMMAND = Command(
    name="map",
    usage="FILE",
    options=(memory.OPTION,),
    least=1,
    most=1,
    epilogue="The draft is YAML on stdout, ready for `interlock import FILE --map DRAFT` and to be corrected by hand: "
    "what is a guess says so. docs/mapping.md has an example.",
)


def run(arguments: Arguments) -> int:
    """Write the draft of a mapping for one file to stdout."""
    limits = memory.limits(arguments)
    from importers.inputs import Inputs  # reads files and zips, 50 ms
    from importers.table.draft.draft import draft  # compiles mappings, 170 ms

    (source,) = arguments.words
    with Inputs([source], allowed=limits) as inputs:
        found = list(inputs)
        if len(found) != 1:
            raise UsageError(f"{source}: stands for {len(found)} files; name one, for a mapping is of one table")
        text = draft(found[0])
    write(visible(line) for line in text.splitlines())
    note(f"a draft: correct it, keep it as MAP.yaml, and see: interlock import {source} --map MAP.yaml --dry-run")
    return 0
