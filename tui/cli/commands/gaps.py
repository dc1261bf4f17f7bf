"""`interlock gaps`: what the register does not know, or what nobody has put right yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.arguments import Arguments, Command, Option, number
from tui.cli.commands import COMMANDS
from tui.cli.database import open_chosen
from tui.cli.lists import ROWS_ALONE, Listing, note, write_listing
from tui.cli.tables import TableColumn
from tui.cli.terminal import palette
from tui.text import link_phrases

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.reports import Gap

LIMIT = 100

COMMAND = Command(
    name="gaps",
    summary=COMMANDS["gaps"],
    usage="",
    options=(
        Option("--kind", "only gaps of this kind; again, or after a comma, for more", "KIND", many=True),
        Option("--limit", f"how many to show (unless asked: {LIMIT}; in CSV, TSV and JSONL all)", "N", number),
    ),
    most=0,
    epilogue="closed-participant: an arrangement names a member that has closed, with what followed that. Those that a "
    "list names after they had closed come first, those whose list is older than that last. likely-twin: two "
    "records that may be one, with what both have in common and the command that makes them one.",
)

_FIELDS = (
    "what", "key", "name", "detail", "role", "participant_key", "participant_name", "participant_closed", "became_key",
    "became_name", "listed", "still_named", "other_key", "other_name", "same", "mend",
)  # fmt: skip
_COLUMNS = (
    TableColumn("gap", style="dim"),
    TableColumn("name", style="title"),
    TableColumn("detail"),
    TableColumn("key", cut=False, style="key"),
)


def run(arguments: Arguments) -> int:
    """Write the gaps, those of one kind after those of another."""
    form = arguments.text("--format") or "table"
    with open_chosen(arguments) as register:
        found = register.gaps(arguments.many("--kind"))
    limit = arguments.limit(None if form in ROWS_ALONE else LIMIT)
    shown = found if limit is None else found[:limit]
    write_listing(_listing(shown, found, form), form, palette(arguments.text("--color")))
    if len(shown) < len(found):
        note(f"{len(shown):,} of {len(found):,} shown; --limit N shows more")
    elif not found:
        note("no gaps were found")
    return 0


def _listing(shown: Sequence[Gap], found: Sequence[Gap], form: str) -> Listing:
    counts: dict[str, int] = {}
    for gap in found:
        counts[gap.what] = counts.get(gap.what, 0) + 1
    return Listing(
        name="gaps",
        rows=[_row(gap, form) for gap in shown],
        fields=_FIELDS,
        columns=_COLUMNS,
        cells=[(link_phrases.kind_of_gap(gap), gap.name, link_phrases.gap(gap), gap.key) for gap in shown],
        after={"counts": counts, "total": len(found), "truncated": len(shown) < len(found)},
    )


def _row(gap: Gap, form: str) -> dict[str, object]:
    """Return a gap as JSON has it; where rows are flat, only a single successor is named."""
    became: object = [one._asdict() for one in gap.became]
    same: object = list(gap.same)
    if form in ("csv", "tsv"):
        became = gap.became[0]._asdict() if len(gap.became) == 1 else None
        same = " ".join(gap.same)
    return {
        "what": gap.what,
        "key": gap.key,
        "name": gap.name,
        "detail": link_phrases.gap(gap),
        "role": gap.role,
        "participant": gap.participant and gap.participant._asdict(),
        "became": became,
        "listed": gap.listed,
        "still_named": gap.still_named,
        "other": gap.other and gap.other._asdict(),
        "same": same,
        "run_by": [one._asdict() for one in gap.run_by],
        "mend": gap.mend,
    }
