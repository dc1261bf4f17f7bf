"""`interlock import`: reads sources into the register."""

from __future__ import annotations

import sys
from shlex import quote
from typing import TYPE_CHECKING

from db.errors import InputError
from db.files.scratch import ended_by_signals
from importers.http import is_url, redacted
from tui.cli import first_rows, memory, report_shapes
from tui.cli.arguments import Arguments, Command, Option, date, seconds
from tui.cli.database import writing_path
from tui.cli.lists import Listing, note, upgrading, waiting, write_listing
from tui.cli.progress import ProgressLine
from tui.cli.reports import ROW_FIGURES, figure_cells, figure_columns, nearby, refused_lines
from tui.cli.tables import TableColumn, without_zeros
from tui.text.phrases import count, duration

if TYPE_CHECKING:
    from db.reports import SourceReport
    from importers.run import Imported

COMMAND = Command(
    name="import",
    usage="SOURCE…",
    options=(
        Option("--as", "read it as this format instead of finding out", "FORMAT"),
        Option("--published", "when the sources were published, where neither name nor content tells", "DATE", date),
        Option("--map", "read tables by this mapping: a file, or the name of a shipped one", "FILE"),
        Option("--hidden", "take hidden sheets of workbooks, and rows hidden by hand, as well"),
        Option("--since", "with the source ods-api: what changed since that day, at most 185 days ago", "DATE", date),
        Option("--dry-run", "say what would change, and change nothing"),
        Option("--older", "take a release although the register holds a newer one"),
        Option("--strict", "refuse everything where one row is refused"),
        memory.OPTION,
        Option("--wait", "how long to wait for another import to end (unless asked: 5)", "SECONDS", seconds),
    ),
    least=1,
    epilogue="A source is a file, a folder, a glob, a zip, a URL, or - for stdin; ods:RLQ or ods-api asks the ORD API. "
    "All of them are taken or none is. "
    "Rows that cannot be taken are listed with file, line, reason and value.",
)

_FIGURES = (*ROW_FIGURES, "records", "links")
_COLUMNS = (
    TableColumn("source", style="title"),
    TableColumn("format"),
    TableColumn("published"),
    *figure_columns(_FIGURES),
)


def run(arguments: Arguments) -> int:
    """Import the sources and write what each came to; what was refused goes to stderr."""
    limits = memory.limits(arguments)
    path = writing_path(arguments)
    from importers.run import ImportOptions, import_sources  # loads the writing half, 100 ms

    options = ImportOptions(
        command=_remembered(arguments),
        as_name=arguments.text("--as"),
        published=arguments.text("--published"),
        map_file=arguments.text("--map"),
        since=arguments.text("--since"),
        older=arguments.flag("--older"),
        strict=arguments.flag("--strict"),
        hidden=arguments.flag("--hidden"),
        dry_run=arguments.flag("--dry-run"),
        wait=arguments.wait,
        limits=limits,
    )
    with ended_by_signals(), ProgressLine(sys.stderr.isatty()) as progress:
        imported = import_sources(path, arguments.words, options, progress, waiting, upgrading(path))
    write_imported(imported, arguments, dry_run=options.dry_run)
    return InputError.exit_code if imported.refused else 0


def write_imported(imported: Imported, arguments: Arguments, *, dry_run: bool) -> None:
    """Write what each source came to; what was refused goes to stderr."""
    write_listing(_listing(imported, dry_run), arguments)
    _tell(imported, arguments.form, dry_run)


def _remembered(arguments: Arguments) -> str:
    """Return the command as its run keeps it: without what a URL keeps secret."""
    sources = (redacted(word) if is_url(word) else word for word in arguments.words)
    given = (
        f"{name} {quote(value)}"
        for name in ("--as", "--published", "--map", "--since")
        if (value := arguments.text(name))
    )
    hidden = ("--hidden",) if arguments.flag("--hidden") else ()
    command = " ".join(("import", *(quote(source) for source in sources), *given, *hidden))
    # A file's name may hold bytes that are no text; the register keeps text only.
    return command.encode("utf-8", "backslashreplace").decode("utf-8")


def _listing(imported: Imported, dry_run: bool) -> Listing:
    run = imported.run
    reports = zip(run.sources, imported.reasons, imported.remarks, imported.accounts, strict=True)
    shown, cells = without_zeros(_COLUMNS, [_cells(report) for report in run.sources], keep="read")
    return Listing(
        name="sources",
        rows=[
            {**report_shapes.report(report), "why": why, "remarks": list(remarks), **report_shapes.account(account)}
            for report, why, remarks, account in reports
        ],
        fields=report_shapes.REPORT_FIELDS,
        columns=shown,
        cells=cells,
        before={"run": run.run or None},
        after={
            "rejects": [report_shapes.reject(reject) for reject in run.rejects],
            "seconds": round(run.seconds, 3),
            "rejects_left_out": run.rejects_left_out,
            "dry_run": dry_run,
            **({"first": first_rows.shapes(imported.first)} if dry_run else {}),
            "skipped": [{"source": skipped.label, "reason": skipped.reason} for skipped in imported.skipped],
        },
    )


def _cells(report: SourceReport) -> tuple[str, ...]:
    return (report.source, report.format, report.published or "unknown", *figure_cells(report, _FIGURES))


def _tell(imported: Imported, form: str, dry_run: bool) -> None:
    """Tell people on stderr what the rows do not: what was skipped and refused, and whether anything was written."""
    run = imported.run
    for warning in imported.warnings:
        note(f"warning: {warning}")
    if form != "json":
        for report, remarks in zip(run.sources, imported.remarks, strict=True):
            for remark in remarks:
                note(f"{nearby(report.file) if report.file else report.source}: {remark}")
        for skipped in imported.skipped:
            note(f"skipped {skipped.label}: {skipped.reason}")
        lists = "--format json" if dry_run else "interlock runs --format json"
        for line in refused_lines(run.rejects, run.rejects_left_out, lists):
            note(line)
        for line in first_rows.lines(imported.first):
            note(line)
    rows = count(sum(report.read for report in run.sources), "row")
    if imported.refused:
        note("interlock: every row was refused, so nothing was written; the reasons stand above")
    elif dry_run:
        note(f"dry run: {rows} read in {duration(run.seconds)}, nothing was written")
    else:
        note(f"run {run.run}: {rows} read in {duration(run.seconds)}")
