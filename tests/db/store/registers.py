"""Small registers for tests of writing: what goes in, and all that is in them afterwards, ids aside."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import cache

from db.database.upgrade import upgrade
from db.logged_rows import COLUMNS
from db.reports import Run
from db.statements import Cite, End, LinkSaid, NameSaid, Reading, RowSaid, SourceSaid, Statement
from db.store.session import ImportSession


class _Passing(sqlite3.Connection):
    """A connection that closes when nobody holds it any more; Python 3.13 warns of one that is left open."""

    def __del__(self) -> None:
        self.close()


@cache
def _image() -> bytes:
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        upgrade(connection)
        return connection.serialize()


def empty() -> sqlite3.Connection:
    """A connection to a register in memory that holds nothing yet; it closes by itself, in whichever thread."""
    return _opened(_image())


def copied(register: sqlite3.Connection) -> sqlite3.Connection:
    """A register in memory that holds what another holds, for tests that go on from what is made once."""
    return _opened(register.serialize())


def _opened(image: bytes) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None, factory=_Passing, check_same_thread=False)
    connection.deserialize(image)
    return connection


def take(connection: sqlite3.Connection, source: SourceSaid, statements: Sequence[Statement]) -> Run:
    """Import statements, a row each."""
    rows = [RowSaid(line, (statement,)) for line, statement in enumerate(statements, start=1)]
    with ImportSession.in_memory(connection, command="a test") as session:
        session.take(Reading(source, rows), format="test")
        return session.finish()


def trust(code: str, name: str, **more: object) -> Statement:
    """A statement about a trust."""
    return Statement(f"ods:{code}", "organisation", names=(NameSaid(name),), **{"status": "open", **more})  # type: ignore[arg-type]


def member(code: str, *cites: Cite, role: str = "member") -> LinkSaid:
    """A participation, as an arrangement states it."""
    return LinkSaid("participates-in", End(f"ods:{code}"), outward=False, role=role, cites=cites)


def listing(name: str, published: str | None, series: str = "list", *, full: bool = True) -> SourceSaid:
    """A source that is one of a series of lists."""
    return SourceSaid(f"file:{name}", name, published=published, series=series, full=full)


def written(name: str, published: str | None = None, *, complete: bool = False) -> SourceSaid:
    """A source that somebody wrote by hand."""
    return SourceSaid(f"file:{name}", name, published=published, complete=complete)


def everything(connection: sqlite3.Connection) -> set[str]:
    """All that the tables for readers say, with keys and texts in place of ids, so that registers can be compared.

    A placeholder stays when the last link to it goes, so only those that something names count.
    """
    named = "(r.placeholder = 0 OR r.id IN (SELECT source_id FROM link UNION SELECT target_id FROM link))"
    queries = (
        "SELECT 'record', r.key, r.kind, r.type, r.name, r.status, r.open, r.opened, r.closed, r.summary,"
        " r.placeholder, s.key FROM record r LEFT JOIN source s ON s.id = r.gone WHERE {named}",
        "SELECT 'name', r.key, n.name, n.kind, n.since, n.until FROM name n JOIN record r ON r.id = n.record_id",
        "SELECT 'identifier', r.key, scheme, value FROM identifier i JOIN record r ON r.id = i.record_id WHERE {named}",
        "SELECT 'link', a.key, b.key, type_id, role, since, until, l.status, g.key FROM link l"
        " JOIN record a ON a.id = source_id JOIN record b ON b.id = target_id LEFT JOIN source g ON g.id = l.gone",
        "SELECT 'fact', r.key, property, value, unit, as_of, text FROM fact f JOIN record r ON r.id = f.record_id",
        "SELECT 'event', r.key, e.date, e.kind, e.text FROM event e JOIN record r ON r.id = e.record_id",
        "SELECT 'record evidence', r.key, s.key, e.locator FROM _citation c JOIN evidence e ON e.id = c.evidence_id"
        " JOIN source s ON s.id = e.source_id JOIN record r ON r.id = c.subject_id WHERE c.subject = 'record'",
        "SELECT 'link evidence', a.key, b.key, l.since, s.key, e.locator FROM _citation c"
        " JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id"
        " JOIN link l ON l.id = c.subject_id JOIN record a ON a.id = l.source_id JOIN record b ON b.id = l.target_id"
        " WHERE c.subject = 'link'",
        "SELECT 'value', coalesce(r.key, a.key), b.key, l.since, what, value, chosen, why, s.key, e.locator, e.note"
        " FROM value v LEFT JOIN record r ON r.id = v.record_id LEFT JOIN link l ON l.id = v.link_id"
        " LEFT JOIN record a ON a.id = l.source_id LEFT JOIN record b ON b.id = l.target_id"
        " JOIN _citation c ON c.subject = 'value' AND c.subject_id = v.id"
        " JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id",
    )
    return {json.dumps(row) for query in queries for row in connection.execute(query.format(named=named))}


def rows(connection: sqlite3.Connection) -> dict[str, list[object]]:
    """Every row of every table that a run may change, ids included."""
    tables: Iterable[str] = (*COLUMNS, "_citation")
    return {table: sorted(connection.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}
