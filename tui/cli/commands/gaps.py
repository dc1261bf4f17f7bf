"""`interlock gaps`: what the register does not know, or what nobody has put right yet."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from db.search.query import parse
from tui.cli.arguments import Arguments, Command, Option, number
from tui.cli.database import open_chosen
from tui.cli.lists import ROWS_ALONE, Listing, note, write, write_listing
from tui.cli.printed import Printed, Sheet, sheet
from tui.cli.typed import query
from tui.text import gaps as words
from tui.text import phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.parties import ClosedParty, Follower
    from db.register import Register
    from db.reports import Gap

LIMIT = 100
FEW = 5
"""Gaps of each kind that a page shows where several kinds are asked for."""

COMMAND = Command(
    name="gaps",
    usage="[KEY | FILTERS]",
    options=(
        Option("--kind", "only gaps of this kind; again, or after a comma, for more", "KIND", many=True),
        Option("--all", "also what is lacking of a type as a rule, such as links of pharmacies"),
        Option("--limit", f"how many to show (unless asked: {FEW} of each kind, {LIMIT} of one; in CSV, TSV and "
               "JSONL all)", "N", number),
    ),
    filters=True,
    epilogue="Kinds, what is wrong first: closed-participant, past-end, past-review, past-start, likely-twin, "
    "sources-differ, no-commissioner, no-lead, vacant-post, no-post, one-participant, no-basis, unlinked.\n"
    "A KEY shows the gaps of one record, filters those that name a record which they let through: "
    "interlock gaps type:pcn place:Leeds\n"
    "With the gaps stands the command that mends them. One that exports writes the record to a file: state there what "
    "you know, who says so, and interlock import mend.yaml.",
)  # fmt: skip

_FIELDS = (
    "what", "key", "name", "detail", "role", "participant_key", "participant_name", "participant_closed", "became_key",
    "became_name", "listed", "still_named", "other_key", "other_name", "same", "mend", "type", "date", "text", "usual",
)  # fmt: skip


def run(arguments: Arguments) -> int:
    """Write the gaps, those of one kind after those of another."""
    form = arguments.form
    asked = query(arguments.words)
    with open_chosen(arguments) as register:
        everything = register.gaps(arguments.many("--kind"), about=asked)
        closed = not everything and _has_closed(register, asked)
        types = register.type_labels()
    found = [gap for gap in everything if arguments.flag("--all") or not gap.usual]
    counts = Counter(gap.what for gap in found)
    limit = arguments.limit(None if form in ROWS_ALONE else LIMIT)
    if form in ("table", "markdown"):
        shown = _few(found) if len(counts) > 1 and "--limit" not in arguments.given else found[:limit]
        write(_page(shown, counts, types, sheet(arguments)))
    else:
        shown = found[:limit]
        write_listing(_listing(shown, counts, types, form), arguments)
    if len(shown) < len(found):
        more = "--kind KIND or --limit N shows more" if len(counts) > 1 else "--limit N shows more"
        note(f"{len(shown):,} of {len(found):,} shown; {more}")
    elif not found:
        note("no gaps were found" + (f": {words.CLOSED_HAS_NONE}" if closed else ""))
    left_out = Counter(gap.what for gap in everything if gap.usual)
    if left_out and not arguments.flag("--all"):
        note(words.left_out(left_out.total(), left_out))
    return 0


def _has_closed(register: Register, asked: str) -> bool:
    """Whether one record is asked for, and that has closed."""
    return bool(asked.strip()) and not parse(asked).filters and register.brief(register.resolve(asked)).open is False


def _few(found: Sequence[Gap]) -> list[Gap]:
    """Return the first gaps of each kind."""
    return [gap for _, several in groupby(found, key=lambda gap: gap.what) for gap in list(several)[:FEW]]


def _page(shown: Sequence[Gap], counts: Mapping[str, int], types: Mapping[str, str], sheet: Sheet) -> Iterator[str]:
    """Yield the gaps by kind, with what mends them: below each, or once where that is the same command."""
    for place, (what, several) in enumerate(groupby(shown, key=lambda gap: gap.what)):
        if place:
            yield ""
        group = list(several)
        total = counts[what]
        yield sheet.title(f"{phrases.readable(what)}: {total:,}".capitalize())
        alike = words.mended_alike(group)
        if alike:
            yield from sheet.lines([Printed(((alike, "dim"),))])
        for gap in group:
            since = (words.CLOSED_SINCE, "dim") if gap.still_named is False else ("", "")
            lines = [
                Printed(((gap.name, "title"), (gap.key, "key"), since)),
                Printed(((words.detail(gap, types), ""),), 2),
            ]
            yield from sheet.lines(lines if alike else [*lines, Printed(((gap.mend or "", "dim"),), 2)])
        if len(group) < total:
            yield from sheet.lines([Printed(((f"{total - len(group):,} more: interlock gaps --kind {what}", "dim"),))])


def _listing(shown: Sequence[Gap], counts: Mapping[str, int], types: Mapping[str, str], form: str) -> Listing:
    total = sum(counts.values())
    return Listing(
        name="gaps",
        rows=[_row(gap, types, form) for gap in shown],
        fields=_FIELDS,
        columns=(),
        cells=(),
        after={"counts": dict(counts), "total": total, "truncated": len(shown) < total},
    )


def _closed_party(party: ClosedParty) -> dict[str, object]:
    """Return who closed; who says so was not asked for."""
    return {"key": party.key, "name": party.name, "closed": party.closed}


def _follower(one: Follower) -> dict[str, object]:
    """Return what followed a body, of whose links none is told here that passed to one of several."""
    return {"key": one.key, "name": one.name, "name_then": one.name_then}


def _row(gap: Gap, types: Mapping[str, str], form: str) -> dict[str, object]:
    """Return a gap as JSON has it; where rows are flat, only a single successor is named."""
    became: object = [_follower(one) for one in gap.became]
    same: object = list(gap.same)
    if form in ("csv", "tsv"):
        became = _follower(gap.became[0]) if len(gap.became) == 1 else None
        same = " ".join(gap.same)
    return {
        "what": gap.what,
        "key": gap.key,
        "name": gap.name,
        "detail": words.detail(gap, types),
        "role": gap.role,
        "participant": gap.participant and _closed_party(gap.participant),
        "became": became,
        "listed": gap.listed,
        "still_named": gap.still_named,
        "other": gap.other and gap.other._asdict(),
        "same": same,
        "run_by": [one._asdict() for one in gap.run_by],
        "mend": gap.mend,
        "type": gap.type,
        "heirs": [_follower(one) for one in gap.heirs],
        "date": gap.date,
        "text": gap.text,
        "differs": gap.detail,
        "values": [one._asdict() for one in gap.values],
        "usual": gap.usual,
    }
