"""`interlock unmerge`: makes two records again of one that is two bodies."""

from __future__ import annotations

from db.errors import InterlockError
from db.keys import slug, split
from db.register import Register
from tui.cli.arguments import WAIT, Arguments, Command
from tui.cli.commands.merge import write_joined
from tui.cli.database import open_chosen, writing_path
from tui.cli.lists import note, upgrading, waiting

COMMAND = Command(
    name="unmerge",
    usage="KEY [KEY]",
    options=(WAIT,),
    least=1,
    most=2,
    epilogue="Two that were joined by hand are as they were before; what was imported since goes to the one that it "
    "spoke of. Two that were joined by themselves, by a name or a code, stay two whatever is imported. Name the key of "
    "the body that leaves, or both where several were joined. interlock undo takes the run back.",
)


def run(arguments: Arguments) -> int:
    """Part the two and write what that came to."""
    path = writing_path(arguments)
    with open_chosen(arguments) as register:
        one, *rest = (_key(register, word) for word in arguments.words)
    from db.entities.by_hand import unmerge  # loads the writing half, 80 ms
    from db.files.scratch import ended_by_signals

    with ended_by_signals():
        parted = unmerge(
            path, one, rest[0] if rest else None, command=" ".join(("unmerge", *arguments.words)),
            wait=arguments.wait, on_wait=waiting, on_upgrade=upgrading(path),
        )  # fmt: skip
    write_joined(parted, arguments, "parted")
    note(
        f"{parted.other} and {parted.key} are two from run {parted.run} on; interlock undo {parted.run} takes that back"
    )
    return 0


def _key(register: Register, word: str) -> str:
    """Return the key that a word is, though the record that it opens may go by another; else the record's."""
    found = register.resolve(word)
    parts = split(word)
    # A bare code, or a name of which a list without codes makes a key.
    for key in [":".join(parts)] if parts else [f"ods:{word.upper()}", f"org:{slug(word)}"]:
        try:
            if register.resolve(key) == found:
                return key
        except InterlockError:
            continue
    return found
