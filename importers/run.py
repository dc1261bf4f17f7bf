"""One import from what the user named to what it came to: inputs, their importers, and the session that takes them."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence, Sized
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from db.errors import UsageError
from db.garbage_collection import collecting_seldom
from db.reports import Run
from db.statements import Account, RowSaid
from db.store.session import ImportSession
from importers.base import Input, IrregularError, ReadOptions, Skipped
from importers.inputs import Inputs
from importers.limits import USUAL, Limits
from importers.ods_api.addresses import SOURCE
from importers.plan import Plan, plan
from importers.registry import load
from importers.run_target import OvertakenError, import_target
from importers.table.which_map import named

FIRST_ROWS = 3
"""Rows of a source that a dry run shows as they would be taken."""
_LOOKED_AT = 100
"""Rows among which they are looked for."""

MAPPED = "table"
"""The format of what is read by a mapping."""
_IN_PARTS = frozenset((MAPPED, "ods-csv", "epcmem", "egpam"))
"""Formats of which several files may be one source: those of one mapping or list that tell the same day, or none."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What was asked of an import; `command` is how its run will be remembered."""

    command: str
    as_name: str | None = None
    published: str | None = None
    strict: bool = False
    hidden: bool = False
    """Whether hidden sheets of workbooks, and rows hidden by hand, are taken too."""
    dry_run: bool = False
    map_file: str | None = None
    """A mapping by which tables are read; where there is one, every source is a table."""
    since: str | None = None
    """The day since which the source `ods-api` gives what changed."""
    wait: float = 5.0
    """Seconds to wait for another import to end."""
    older: bool = False
    """Whether a release may be older than the one that the register holds."""
    batches: bool | None = None
    """Whether rows are taken by the batch; None where an importer thinks that they are many."""
    limits: Limits = USUAL
    """What reading the sources may take."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: which of its sources, how many of that one's rows, for how long already, and what now."""

    source: str
    number: int
    sources: int
    rows: int
    total: int | None
    """Rows of the source in all; None where only reading tells."""
    seconds: float
    """Time spent on this source."""
    phase: str = "reading"
    """`fetching` from a server, `reading` rows, `settling` what all sources say of the records met, or `indexing` them
    for the search."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import came to, why each source was read as it was, and what was passed over."""

    run: Run
    reasons: tuple[str, ...]
    """Why its importer was chosen, for each of `run.sources`."""
    skipped: tuple[Skipped, ...]
    warnings: tuple[str, ...]
    refused: bool
    """Whether every row was refused, so that nothing was written."""
    remarks: tuple[tuple[str, ...], ...] = ()
    """What there is to know of how each source was read."""
    accounts: tuple[Account | None, ...] = ()
    """What became of each source's columns, where it is a table."""
    first: tuple[RowSaid, ...] = ()
    """In a dry run the first rows of the sources, as they would be taken."""


@dataclass(slots=True)
class _SourceReports:
    """What sources tell of themselves while they are taken, in their order."""

    remarks: list[tuple[str, ...]] = field(default_factory=list)
    accounts: list[Account | None] = field(default_factory=list)
    first: list[RowSaid] = field(default_factory=list)


@collecting_seldom()
def import_sources(
    path: Path,
    sources: Sequence[str],
    options: ImportOptions,
    progress: Callable[[Progress], None] | None = None,
    waiting: Callable[[], None] | None = None,
    upgrading: Callable[[], None] | None = None,
) -> Imported:
    """Import what the sources stand for into the database at `path`, which is made where it is missing.

    Everything is taken or nothing is. Raises UsageError, InputError, NotFoundError, DatabaseError.
    """
    registry = load()
    if options.map_file is not None:
        named(options.map_file)
    if options.since is not None and SOURCE not in sources:
        raise UsageError(
            f"--since: is for the source {SOURCE} only, as in: interlock import {SOURCE} --since 2026-07-08"
        )

    def on_fetch(label: str, done: int, total: int, seconds: float) -> None:
        (progress or _silent)(Progress(label, 1, 1, done, total, seconds, "fetching"))

    with Inputs(sources, since=options.since, on_fetch=on_fetch, allowed=options.limits) as inputs:
        planned = plan(inputs, registry, options.as_name or (MAPPED if options.map_file else None))
        return import_planned(path, planned, options, progress, waiting, upgrading)


@collecting_seldom()
def import_planned(
    path: Path,
    planned: Plan,
    options: ImportOptions,
    progress: Callable[[Progress], None] | None = None,
    waiting: Callable[[], None] | None = None,
    upgrading: Callable[[], None] | None = None,
) -> Imported:
    """Import inputs whose importers are chosen, as `import_sources` does. Raises InputError, DatabaseError."""
    refused = False
    while True:
        reports = _SourceReports()
        try:
            run = _import_once(path, planned, options, progress or _silent, waiting, upgrading, reports)
        except OvertakenError:
            continue
        except IrregularError:
            options = replace(options, batches=False)
            continue
        except _RefusedError as error:
            run, refused = error.run, True
        break
    return Imported(
        run,
        tuple(entry.choice.guess.why for entry in planned.planned),
        planned.skipped,
        tuple(failure for entry in planned.planned for failure in entry.choice.failures),
        refused,
        tuple(reports.remarks),
        tuple(reports.accounts),
        tuple(reports.first),
    )


def _import_once(
    path: Path,
    planned: Plan,
    options: ImportOptions,
    progress: Callable[[Progress], None],
    waiting: Callable[[], None] | None,
    upgrading: Callable[[], None] | None,
    reports: _SourceReports,
) -> Run:
    """Import what was planned, and hear what its sources report.

    Raises OvertakenError where that has to be done again, and _RefusedError.
    """
    with (
        import_target(path, options.dry_run) as target,
        ImportSession.begin(
            target,
            command=options.command,
            wait=options.wait,
            dry_run=options.dry_run,
            on_wait=waiting,
            on_upgrade=upgrading,
            draft=target != path,
        ) as session,
    ):
        _take_all(session, planned, options, progress, reports)
        if session.refused_all:
            raise _RefusedError(session.abandon())
        return session.finish()


def _silent(_: Progress) -> None: ...


def _take_all(
    session: ImportSession,
    planned: Plan,
    options: ImportOptions,
    progress: Callable[[Progress], None],
    reports: _SourceReports,
) -> None:
    read_options = ReadOptions(
        published=options.published,
        map_file=options.map_file,
        named=options.as_name is not None,
        hidden=options.hidden,
        batches=options.batches,
    )
    sources = len(planned.planned)
    to_come = _files_of_sources(planned, read_options)
    for number, entry in enumerate(planned.planned, 1):
        started = time.monotonic()
        source = _in_text(entry.source)
        reading = entry.choice.importer.read(source, read_options)
        total = len(reading.rows) if isinstance(reading.rows, Sized) else None

        def on_row(
            rows: int,
            label: str = source.label,
            number: int = number,
            total: int | None = total,
            started: float = started,
        ) -> None:
            phase = "settling" if rows == total else "reading"
            progress(Progress(label, number, sources, rows, total, time.monotonic() - started, phase))

        # An importer of several lists says which of them it was.
        form = reading.source.format or entry.choice.importer.name
        if options.dry_run and isinstance(reading.rows, Sized) and reading.batched is None:
            said = (row for row in islice(reading.rows, _LOOKED_AT) if isinstance(row, RowSaid))
            reports.first += islice(said, FIRST_ROWS)
        to_come[reading.source.key] -= 1
        report = session.take(
            reading, format=form, strict=options.strict, on_row=on_row, older=options.older,
            more=to_come[reading.source.key] > 0,
        )  # fmt: skip
        reports.remarks.append(tuple(reading.remarks))
        reports.accounts.append(reading.account)
        if number == sources:
            seconds = time.monotonic() - started
            progress(Progress(source.label, number, sources, report.read, total, seconds, "indexing"))


def _files_of_sources(planned: Plan, options: ReadOptions) -> Counter[str]:
    """Count the files of each source, by its key, as far as there may be several of one."""
    parts = [entry for entry in planned.planned if entry.choice.importer.name in _IN_PARTS]
    if len(parts) < 2:
        return Counter()
    return Counter(entry.choice.importer.read(_in_text(entry.source), options).source.key for entry in parts)


def _in_text(source: Input) -> Input:
    """Return the input with names that a database can hold: a file's name may hold bytes that are no text."""

    def held(text: str) -> str:
        return text.encode("utf-8", "backslashreplace").decode("utf-8")

    path = None if source.path is None else held(source.path)
    return replace(source, name=held(source.name), label=held(source.label), path=path)


class _RefusedError(Exception):
    """Every row was refused, so that there was nothing to write; `run` says what was wrong with them."""

    def __init__(self, run: Run) -> None:
        super().__init__()
        self.run = run
