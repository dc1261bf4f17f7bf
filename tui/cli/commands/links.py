"""`interlock links`: what a record is linked to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli import shapes
from tui.cli.arguments import AS_OF, Arguments, Command, Option, number
from tui.cli.database import open_chosen
from tui.cli.lists import ROWS_ALONE, Listing, note, write, write_listing
from tui.cli.tables import Cell, TableColumn
from tui.cli.terminal import status_style
from tui.text import link_phrases, phrases

if TYPE_CHECKING:
    from db.model import Link, LinkPage
    from db.results import Brief

LIMIT = 100

COMMAND = Command(
    name="links",
    usage="KEY",
    options=(
        Option("--type", "only links of this type; again, or after a comma, for more types", "TYPE", many=True),
        Option("--direction", "only links that point in or out", "in|out", choices=("in", "out")),
        Option("--limit", f"how many to show (unless asked: {LIMIT}; in CSV, TSV and JSONL all)", "N", number),
        Option("--offset", "how many to pass over first", "N", number),
        AS_OF,
        Option(
            "--not-dated",
            "with --as-of, in CSV, TSV and JSONL: also what nothing dates or only lists of other years have; "
            "the column on_day says so",
        ),
    ),
    least=1,
)

_FIELDS = (
    "record_key", "record_name", "type", "label", "direction", "role", "start", "end", "status", "key", "kind",
    "name", "evidence", "code", "other_code", "listed_first", "listed_last", "basis", "unlisted", "ended_with_key",
    "ended_with_name", "ended_with_closed", "code_only",
)  # fmt: skip
_COLUMNS = (
    TableColumn("link"),
    TableColumn("name", style="title"),
    TableColumn("role"),
    TableColumn("dates"),
    TableColumn("status"),
    TableColumn("key", cut=False, style="key"),
)


def run(arguments: Arguments) -> int:
    """Write the links of the record that the words stand for."""
    form = arguments.form
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
    with_not_dated = arguments.flag("--not-dated") and form in ROWS_ALONE
    write_listing(_listing(asked, found, form, with_not_dated=with_not_dated), arguments)
    if with_not_dated:
        return 0
    if found.total_not_dated:
        _write_not_dated(found, arguments)
    if len(found.links) < found.total:
        note(f"{len(found.links):,} of {found.total:,} shown; --limit N and --offset N show others")
    elif not found.total:
        such = "such " if arguments.many("--type") or arguments.text("--direction") else ""
        note(f"{asked.name} has no {such}links")
    return 0


def _listing(asked: Brief, found: LinkPage, form: str, *, with_not_dated: bool) -> Listing:
    ends: shapes.Shape = {"record_key": asked.key, "record_name": asked.name, "code": found.code}
    if with_not_dated:
        told = [(tie, "yes") for tie in found.links] + [(tie, link_phrases.apart_on(tie)) for tie in found.not_dated]
        rows = [{**shapes.link(tie), **ends, "on_day": on_day} for tie, on_day in told]
        return Listing("links", rows, (*_FIELDS, "on_day"), (), ())
    return Listing(
        name="links",
        rows=[{**shapes.link(tie), **ends} for tie in found.links],
        fields=_FIELDS,
        columns=_COLUMNS,
        cells=(_cells(tie, found.as_of) for tie in found.links),
        before={"key": found.key, "total": found.total, "truncated": found.truncated},
        after=_beside(asked, found) if form == "json" else {},
    )


def _beside(asked: Brief, found: LinkPage) -> shapes.Shape:
    """Return what JSON says beside the links."""
    return {
        "name": asked.name,
        "evidence": [shapes.evidence(proof) for proof in found.evidence],
        **_as_of(found),
    }


def _as_of(found: LinkPage) -> shapes.Shape:
    """Return the day as of which links are told, with those that nothing dates."""
    if found.as_of is None:
        return {}
    not_dated = [shapes.link(tie) for tie in found.not_dated]
    return {"as_of": found.as_of, "not_dated": not_dated, "total_not_dated": found.total_not_dated}


def _write_not_dated(found: LinkPage, arguments: Arguments) -> None:
    """Write the links that nothing dates apart from the others: below them, or how many there are."""
    number = f"{found.total_not_dated:,} more not dated: no source tells whether on {phrases.date(found.as_of)}"
    if arguments.form not in ("table", "markdown"):
        note(f"{number}; JSON has them" if arguments.form != "json" else number)
        return
    shown = len(found.not_dated)
    write(["", f"{number}; {shown:,} shown:" if shown < found.total_not_dated else f"{number}:"])
    apart = Listing(
        "links", [{} for _ in found.not_dated], (), _COLUMNS, [_cells(tie, found.as_of) for tie in found.not_dated]
    )
    write_listing(apart, arguments)


def _cells(tie: Link, day: str | None) -> tuple[str | Cell, ...]:
    return (
        tie.label,
        _name(tie),
        phrases.role(tie),
        link_phrases.time(tie),
        Cell(link_phrases.status(tie, day), status_style(tie.status)),
        tie.key,
    )


def _name(tie: Link) -> str:
    then = link_phrases.then_called(tie)
    return f"{phrases.in_a_list(tie.name, tie.key)}{f' ({then})' if then else ''}"
