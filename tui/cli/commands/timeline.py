"""`interlock timeline`: a record's dated events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.dates import order
from tui.cli import shapes
from tui.cli.arguments import AS_OF, Arguments, Command
from tui.cli.commands import COMMANDS
from tui.cli.database import open_chosen
from tui.cli.lists import Listing, note, write_listing
from tui.cli.tables import TableColumn
from tui.cli.terminal import palette
from tui.text import phrases

if TYPE_CHECKING:
    from db.model import Record

COMMAND = Command(name="timeline", summary=COMMANDS["timeline"], usage="KEY", options=(AS_OF,), least=1)

_FIELDS = ("key", "name", "date", "kind", "text", "evidence")
_COLUMNS = (TableColumn("date", cut=False), TableColumn("what", style="dim"), TableColumn("text"))


def run(arguments: Arguments) -> int:
    """Write the events of the record that the words stand for, oldest first, undated ones last."""
    with open_chosen(arguments) as register:
        record = register.record(register.resolve(arguments.phrase), as_of=arguments.text("--as-of"))
    form = arguments.text("--format") or "table"
    write_listing(_listing(record, form), form, palette(arguments.text("--color")))
    if not record.events:
        note(f"{record.name} has no events")
    return 0


def _listing(record: Record, form: str) -> Listing:
    events = sorted(record.events, key=lambda event: order(event.date))
    # Rows that travel alone say whose events they are; in JSON the object around them does.
    whose: shapes.Shape = {} if form == "json" else {"key": record.key, "name": record.name}
    cited = {one for event in events for one in event.evidence}
    return Listing(
        name="events",
        rows=[{**whose, **shapes.event(event)} for event in events],
        fields=_FIELDS,
        columns=_COLUMNS,
        cells=[(phrases.date(event.date), phrases.readable(event.kind), event.text) for event in events],
        before={"key": record.key},
        after={
            "name": record.name,
            "evidence": [shapes.evidence(proof) for proof in record.evidence if proof.id in cited],
            **({"as_of": record.as_of} if record.as_of else {}),
        },
    )
