"""Releases made for a test, read on their own or taken into a register in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from pathlib import Path

from db.reports import Run
from db.statements import RejectSaid, RowSaid, Statement
from db.store.session import ImportSession
from importers.base import IrregularError, ReadOptions
from importers.inputs import Inputs
from importers.plan import Plan, plan
from tests.db.store.registers import empty
from tests.importers.things import installed
from tests.national.markup import document, organisation
from tests.national.things import File, Held, Org, Span
from tests.national.zips import release

by_batch: ContextVar[bool] = ContextVar("by_batch", default=False)
"""Whether rows are taken by the batch where a test does not say."""


def body(code: str, name: str = "A BODY", role: str = "RO157", **more: object) -> Org:
    """A record that is open and plain."""
    return Org(code, name, **{"roles": (Held(role, Span("2001-04-01"), primary=True),), **more})  # type: ignore[arg-type]


def written(folder: Path, full: Sequence[Org] = (), archive: Sequence[Org] = ()) -> Path:
    """A release with these records in its two files."""
    return release(folder / "release.zip", File(list(full)), File(list(archive), archive=True))


def bare(folder: Path, orgs: Iterable[Org], name: str = "full.xml", **more: object) -> Path:
    """One file of a release by itself."""
    path = folder / name
    path.write_text(document(File(list(orgs), **more)), "utf-8")  # type: ignore[arg-type]
    return path


def fragment(folder: Path, *orgs: Org) -> Path:
    """Records without a manifest."""
    path = folder / "some.xml"
    path.write_text(f"<Organisations>{''.join(map(organisation, orgs))}</Organisations>", "utf-8")
    return path


def planned(*paths: Path) -> Plan:
    """What would be read."""
    with Inputs([str(path) for path in paths]) as inputs:
        return plan(inputs, installed())


def rows(*paths: Path, **options: str) -> list[RowSaid | RejectSaid]:
    """Every row that the paths hold."""
    with Inputs([str(path) for path in paths]) as inputs:
        return [
            row
            for entry in plan(inputs, installed()).planned
            for row in entry.choice.importer.read(entry.source, ReadOptions(**options)).rows  # type: ignore[arg-type]
        ]


def said(*paths: Path) -> dict[str, Statement]:
    """What is said of each record, by its code."""
    found = [one for row in rows(*paths) if isinstance(row, RowSaid) for one in row.statements]
    return {one.key.removeprefix("ods:"): one for one in found}


def take(connection: sqlite3.Connection, *paths: Path, batches: bool | None = None, older: bool = False) -> Run:
    """Import the paths, their rows by the batch or one by one.

    Where a test does not say which, what is not as releases usually are is taken one by one, as a whole import does it.
    """
    asked = by_batch.get() if batches is None else batches
    try:
        return _take(connection, paths, asked, older)
    except IrregularError:
        if batches is not None:
            raise
        return _take(connection, paths, False, older)


def _take(connection: sqlite3.Connection, paths: Sequence[Path], asked: bool, older: bool) -> Run:
    with Inputs([str(path) for path in paths]) as inputs, ImportSession.in_memory(connection, command="t") as session:
        for entry in plan(inputs, installed()).planned:
            reading = entry.choice.importer.read(entry.source, ReadOptions(batches=asked))
            session.take(reading, format=entry.choice.importer.name, older=older)
        return session.finish()


def register(*paths: Path, batches: bool | None = None) -> sqlite3.Connection:
    """A register that holds what the paths say and nothing else."""
    connection = empty()
    take(connection, *paths, batches=batches)
    return connection


def one(connection: sqlite3.Connection, query: str, *values: object) -> tuple[object, ...]:
    """The only row that a query finds."""
    found = connection.execute(query, values).fetchall()
    assert len(found) == 1, found
    row: tuple[object, ...] = found[0]
    return row


def links(connection: sqlite3.Connection, type: str) -> list[tuple[str, str, str | None]]:
    """The links of a type: source, target and role."""
    return connection.execute(
        "SELECT substr(s.key, 5), substr(t.key, 5), l.role FROM link l JOIN link_type y ON y.id = l.type_id "
        "JOIN record s ON s.id = l.source_id JOIN record t ON t.id = l.target_id WHERE y.name = ? ORDER BY 1, 2, 3",
        (type,),
    ).fetchall()


def address(connection: sqlite3.Connection, code: str) -> dict[str, object]:
    """The address of a record."""
    query = "SELECT address, town, county, postcode, country FROM record WHERE key = ?"
    lines, *rest = one(connection, query, f"ods:{code}")
    told = dict(zip(("town", "county", "postcode", "country"), rest, strict=True))
    return {"lines": str(lines).split("\n") if lines else [], **told}
