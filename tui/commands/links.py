"""`interlock links`: what a record is linked to."""

from __future__ import annotations

from tui.arguments import AS_OF, Arguments, Command, Option, number
from tui.commands import COMMANDS
from tui.database import open_chosen
from tui.output import shapes, words
from tui.output.listing import ROWS_ALONE, Listing, note, write_listing
from tui.output.tables import Cell, Column
from tui.output.terminal import palette

TYPE_CHECKING = False
if TYPE_CHECKING:
    from db.model import Link, LinkPage
    from db.results import Brief

LIMIT = 100

COMMAND = Command(
    name="links",
    summary=COMMANDS["links"],
    usage="KEY",
    options=(
        Option("--type", "only links of this type; again, or after a comma, for more types", "TYPE", many=True),
        Option("--direction", "only links that point in or out", "in|out", choices=("in", "out")),
        Option("--limit", f"how many to show (unless asked: {LIMIT}; in CSV, TSV and JSONL all)", "N", number),
        Option("--offset", "how many to pass over first", "N", number),
        AS_OF,
    ),
    least=1,
)

_FIELDS = (
    "record_key",
    "record_name",
    "type",
    "label",
    "direction",
    "role",
    "start",
    "end",
    "status",
    "key",
    "kind",
    "name",
    "evidence",
    "code",
    "other_code",
)
_COLUMNS = (
    Column("link"),
    Column("name", style="title"),
    Column("role"),
    Column("dates"),
    Column("status"),
    Column("key", cut=False, style="key"),
)


def run(arguments: Arguments) -> int:
    """Write the links of the record that the words stand for."""
    form = arguments.text("--format") or "table"
    with open_chosen(arguments) as register:
        key = register.resolve(arguments.phrase)
        asked = register.brief(key)
        found = register.links(
            key,
            types=arguments.many("--type"),
            direction=arguments.text("--direction"),
            limit=arguments.limit(None if form in ROWS_ALONE else LIMIT),
            offset=arguments.number("--offset", 0),
            as_of=arguments.text("--as-of"),
        )
    write_listing(_listing(asked, found), form, palette(arguments.text("--color")))
    if found.truncated:
        note(f"{len(found.links):,} of {found.total:,} shown; --limit N and --offset N show others")
    elif not found.total:
        such = "such " if arguments.many("--type") or arguments.text("--direction") else ""
        note(f"{asked.name} has no {such}links")
    return 0


def _listing(asked: Brief, found: LinkPage) -> Listing:
    ends: shapes.Shape = {"record_key": asked.key, "record_name": asked.name, "code": found.code}
    return Listing(
        name="links",
        rows=[{**shapes.link(tie), **ends} for tie in found.links],
        fields=_FIELDS,
        columns=_COLUMNS,
        cells=[_cells(tie) for tie in found.links],
        before={"key": found.key, "total": found.total, "truncated": found.truncated},
        after={"name": asked.name, "evidence": [shapes.evidence(proof) for proof in found.evidence]},
    )


def _cells(tie: Link) -> tuple[str | Cell, ...]:
    status = words.words(tie.status)
    return (
        tie.label,
        tie.name,
        tie.role_label or words.words(tie.role),
        words.span(tie.start, tie.end),
        Cell(status, words.STATUS_STYLES.get(tie.status or "", "")),
        tie.key,
    )
