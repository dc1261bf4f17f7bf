"""`interlock report`: what whoever corrects a statement that is wrong has to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import NotFoundError, quoted
from tui.cli import shapes
from tui.cli.arguments import Arguments, Command
from tui.cli.database import open_chosen
from tui.cli.lists import Listing, note, write_listing
from tui.cli.tables import TableColumn
from tui.text.corrections import US, YOU, Correction, corrections

if TYPE_CHECKING:
    from db.model import Record

COMMAND = Command(
    name="report",
    usage="KEY [WHAT]",
    least=1,
    epilogue="Without WHAT it is all that the record's page says; WHAT is words of the line that is wrong, such as "
    "address, or a name in it. A KEY of several words needs quotes here.",
)

_FIELDS = (
    "key", "name", "what", "value", "source_key", "source_title", "source_date", "place", "basis", "note", "tell_who",
    "tell_where",
)  # fmt: skip
_COLUMNS = (
    TableColumn("what", style="dim"),
    TableColumn("value", style="title"),
    TableColumn("source"),
    TableColumn("place"),
    TableColumn("tell"),
)


def run(arguments: Arguments) -> int:
    """Write the statements that the words stand for, with who states them and whom to tell."""
    key, *words = arguments.words
    with open_chosen(arguments) as register:
        record = register.record(register.resolve(key))
        sources = {one.key: one for one in register.sources()}
    wanted = " ".join(words).casefold()
    found = [one for one in corrections(record, sources) if wanted in f"{one.what} {one.value}".casefold()]
    if not found:
        raise NotFoundError(
            f"{record.key}: nothing on its page has {quoted(' '.join(words))}; interlock show {record.key} tells all"
        )
    write_listing(_listing(record, found, arguments.form), arguments)
    for line in _advice(found):
        note(line)
    return 0


def _listing(record: Record, found: list[Correction], form: str) -> Listing:
    # Rows that travel alone say of which record they are; in JSON the object around them does.
    whose: shapes.Shape = {} if form == "json" else {"key": record.key, "name": record.name}
    return Listing(
        name="statements",
        rows=[{**whose, **_shape(one)} for one in found],
        fields=_FIELDS,
        columns=_COLUMNS,
        cells=(
            (one.what, one.value, one.evidence.source.title, one.evidence.locator or "", _told(one)) for one in found
        ),
        before={"key": record.key, "name": record.name},
    )


def _shape(one: Correction) -> shapes.Shape:
    return {
        "what": one.what,
        "value": one.value,
        "source": shapes.source(one.evidence.source),
        "place": one.evidence.locator,
        "basis": one.evidence.basis,
        "note": one.evidence.note,
        "tell": {"who": one.whom.who, "where": one.whom.where},
    }


def _told(one: Correction) -> str:
    return f"{one.whom.who}: {one.whom.where}" if one.whom.where else one.whom.who


def _advice(found: list[Correction]) -> list[str]:
    """Return what to do with it: whose mistake it is decides the source, which anyone can look at."""
    lines = ["say which record it is, what it says, in which source and where, and what it should say"]
    if any(one.whom.who not in (US, YOU) for one in found):
        lines.append("where a source does not say so in that place, the mistake is ours: tell Interlock instead")
    if any(one.whom.who == YOU for one in found):
        lines.append("what a file of yours says is corrected there: edit it and import it again")
    return lines
