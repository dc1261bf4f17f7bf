"""`interlock runs`: what each import did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from db.refusals import KEPT
from tui.cli import report_shapes
from tui.cli.arguments import Arguments, Command
from tui.cli.database import open_chosen
from tui.cli.lists import Listing, note, write_listing
from tui.cli.reports import ROW_FIGURES, figure_cells, figure_columns
from tui.cli.shapes import Shape
from tui.cli.tables import TableColumn, without_zeros
from tui.text.phrases import count
from tui.text.safe import clip

if TYPE_CHECKING:
    from db.reports import Run, SourceReport

COMMAND = Command(
    name="runs",
    most=0,
    epilogue="JSON and JSONL hold the refused rows too, each with its source, line, reason and value.",
)

_FIELDS = ("run", "started", "seconds", "command", "undone", *report_shapes.REPORT_FIELDS)
_COLUMNS = (
    TableColumn("run", figures=True, cut=False, style="key"),
    TableColumn("started", cut=False),
    TableColumn("source", style="title"),
    TableColumn("published"),
    *figure_columns(ROW_FIGURES),
    TableColumn("", style="past"),
)
MOST_SOURCES = 10
"""Sources of a run that are told one by one."""
COMMAND_WIDTH = 60
"""Columns of the command that stands for them where there are more."""


def run(arguments: Arguments) -> int:
    """Write the imports, oldest first."""
    with open_chosen(arguments) as register:
        runs = register.runs()
    form = arguments.form
    write_listing(_listing(runs, form), arguments)
    refused = sum(len(past.rejects) + past.rejects_left_out for past in runs)
    if refused and form in ("table", "markdown"):
        kept = f"the first {KEPT:,} of each reason" if any(past.rejects_left_out for past in runs) else "them"
        note(f"{count(refused, 'row')} refused; --format json lists {kept}")
    return 0


def _listing(runs: tuple[Run, ...], form: str) -> Listing:
    if form in ("json", "jsonl"):
        rows = [{**report_shapes.run(past), **_refused(past)} for past in runs]
    else:
        rows = [{**report_shapes.run(past), **_reported(report)} for past, report in _each(runs)]
    shown, cells = without_zeros(_COLUMNS, [row for past in runs for row in _lines(past)], keep="read")
    return Listing(
        name="runs",
        rows=rows,
        fields=_FIELDS,
        columns=shown,
        cells=cells,
    )


def _refused(past: Run) -> Shape:
    return {"rejects": [report_shapes.reject(row) for row in past.rejects], "rejects_left_out": past.rejects_left_out}


def _each(runs: Iterable[Run]) -> Iterator[tuple[Run, SourceReport | None]]:
    """Yield each source of each run; a run without any, such as one that rejects suggestions, comes once."""
    for past in runs:
        yield from ((past, report) for report in past.sources or (None,))


def _reported(report: SourceReport | None) -> Shape:
    return report_shapes.report(report) if report is not None else dict.fromkeys(report_shapes.REPORT_FIELDS)


def _lines(past: Run) -> Iterator[tuple[str, ...]]:
    """Yield a line for each source of a run; of many, as the built-in register is made of, one for all."""
    if len(past.sources) <= MOST_SOURCES:
        yield from (_cells(past, report) for _, report in _each([past]))
        return
    sums = (f"{sum(getattr(report, name) for report in past.sources):,}" for name in ROW_FIGURES)
    told = f"{count(len(past.sources), 'source')}: {clip(past.command, COMMAND_WIDTH)}"
    yield (*_when(past), told, "", *sums, "undone" if past.undone else "")


def _when(past: Run) -> tuple[str, str]:
    return str(past.run), past.started[:16].replace("T", " ")


def _cells(past: Run, report: SourceReport | None) -> tuple[str, ...]:
    start = _when(past)
    undone = "undone" if past.undone else ""
    if report is None:
        return (*start, past.command, "", *("0" for _ in ROW_FIGURES), undone)
    return (*start, report.source, report.published or "unknown", *figure_cells(report, ROW_FIGURES), undone)
