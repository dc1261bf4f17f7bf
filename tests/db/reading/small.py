"""A register small enough to read in a test: rows put into the real schema by hand."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from db.dates import today
from db.register import Register
from db.search.write import rebuild

SCHEMA = [Path(__file__).parents[3] / "db" / "schema" / name for name in ("register.sql", "search.sql")]

Cell = str | int | float | bytes | None


class Small:
    """Rows of a register in memory or in a file, each method returning the id of the row it made."""

    def __init__(self, path: Path | str = ":memory:") -> None:
        self.connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for script in SCHEMA:
            self.connection.executescript(script.read_text("utf-8"))
        self.path = None if path == ":memory:" else Path(path)

    def insert(self, table: str, **values: Cell) -> int:
        """Put one row into a table."""
        marks = ", ".join("?" * len(values))
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def record(self, key: str, name: str, kind: str = "organisation", **values: Cell) -> int:
        """Make a record that is open unless `values` say otherwise, with its official name."""
        fields: dict[str, Cell] = {"key": key, "name": name, "kind": kind, "open": 1}
        row = self.insert("record", **(fields | values))
        self.name(row, name, "official")
        return row

    def name(self, record: int, name: str, kind: str, since: str | None = None, until: str | None = None) -> int:
        """Give a record a further name."""
        return self.insert("name", record_id=record, name=name, kind=kind, since=since, until=until)

    def link_type(
        self,
        name: str,
        forward: str,
        reverse: str,
        *,
        owner: str = "source",
        position: int = 0,
        category: str = "x",
    ) -> int:
        """Define a link type between any kinds of record."""
        return self.insert(
            "link_type", name=name, forward=forward, reverse=reverse, category=category, owner=owner,
            source_kinds="[]", target_kinds="[]", definition="d", source="s", position=position,
        )  # fmt: skip

    def link(self, type_id: int, source: int, target: int, **values: Cell) -> int:
        """Link two records."""
        return self.insert("link", type_id=type_id, source_id=source, target_id=target, **values)

    def source(self, key: str, **values: Cell) -> int:
        """Make a source whose title is its key unless `values` say otherwise."""
        return self.insert("source", **({"key": key, "title": key} | values))

    def evidence(self, source: int, locator: str | None = None, **values: Cell) -> int:
        """Make an evidence, stated unless `values` say otherwise."""
        return self.insert("evidence", **({"source_id": source, "locator": locator, "basis": "stated"} | values))

    def today(self) -> int:
        """Make an evidence in a list of today, which speaks for what is current."""
        key = f"file:today-{self.connection.execute('SELECT count(*) FROM source').fetchone()[0]}"
        return self.evidence(self.source(key, published=today()))

    def cite(self, subject: str, subject_id: int, *evidence: int) -> None:
        """Make evidence speak for an item."""
        for evidence_id in evidence:
            self.insert("_citation", subject=subject, subject_id=subject_id, evidence_id=evidence_id)

    def term(self, vocabulary: str, name: str, label: str, extra: str | None = None) -> int:
        """Define a word."""
        return self.insert(
            "term", vocabulary=vocabulary, name=name, label=label, definition="d", source="s", extra=extra
        )

    def index(self) -> None:
        """Make the search index of the rows put in so far."""
        rebuild(self.connection)

    def register(self) -> Register:
        """Return the register that reads these rows."""
        return Register(self.connection, label="a small register", path=self.path)
