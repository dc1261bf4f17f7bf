"""Counts, sources and imports, as the register remembers them."""

from __future__ import annotations

from pathlib import Path

from db.model import Reject, SourceReport
from tests.db.reading.small import Small


def _run(small: Small, run: int, started: str, undone: str | None = None) -> None:
    small.insert("run", id=run, started=started, seconds=0.5, command=f"import {run}", undone=undone)
    small.insert(
        "run_source", run_id=run, source="file:a", format="ods-csv", published="2025-07", read=5, added=1, updated=1,
        unchanged=1, closed=1, rejected=1, records=2, links=3, placeholders=4, gone=5,
    )  # fmt: skip


def test_every_kind_is_counted_and_every_link_type_in_use(small: Small) -> None:
    unused = small.link_type("unused", "f", "r")
    runs = small.link_type("runs", "runs", "is run by", position=2)
    owns = small.link_type("owns", "owns", "is owned by", position=1)
    first, second = small.record("ods:A", "A"), small.record("arr:b", "B", "arrangement")
    for kind in (runs, runs, owns):
        small.link(kind, first, second)

    stats = small.register().stats()

    assert stats.records == {"organisation": 1, "arrangement": 1, "person": 0, "site": 0, "document": 0}
    assert list(stats.links.items()) == [("owns", 1), ("runs", 2)]
    assert unused
    assert stats.bytes


def test_a_source_counts_the_records_it_speaks_of_now_and_its_last_import_that_stands(small: Small) -> None:
    file = small.source("file:a", title="Trusts", publisher="P", published="2025-07", licence="L", format="ods-csv")
    small.source("doc:cited", title="Cited only")
    _run(small, 1, "2026-01-01T00:00:00Z")
    _run(small, 2, "2026-02-01T00:00:00Z")
    _run(small, 3, "2026-03-01T00:00:00Z", undone="2026-03-02T00:00:00Z")
    for key in ("ods:A", "ods:B", "ods:C"):
        record = small.record(key, key)
        for line in range(2):
            withdrawn = 2 if key == "ods:C" else None
            small.insert("said", record_id=record, source_id=file, line=line, digest=b"", body="", withdrawn=withdrawn)

    trusts, cited = small.register().stats().sources

    assert (trusts.key, trusts.title, trusts.published, trusts.licence) == ("file:a", "Trusts", "2025-07", "L")
    assert (trusts.records, trusts.imported, trusts.format) == (2, "2026-02-01T00:00:00Z", "ods-csv")
    assert (cited.records, cited.imported) == (0, None)


def test_a_register_in_a_file_knows_its_size(tmp_path: Path) -> None:
    made = Small(tmp_path / "register.db")

    assert made.register().stats().bytes == (tmp_path / "register.db").stat().st_size
    made.connection.close()


def test_runs_come_newest_last_with_their_sources_and_rejects(small: Small) -> None:
    _run(small, 2, "2026-02-01T00:00:00Z", undone="2026-02-02T00:00:00Z")
    _run(small, 1, "2026-01-01T00:00:00Z")
    small.insert("run", id=3, started="2026-03-01T00:00:00Z", seconds=1.0, command="import nothing")
    small.insert("reject", run_id=1, source="file:a", line=7, reason="no code", value="x")

    first, second, third = small.register().runs()

    assert (first.run, first.undone, first.command) == (1, False, "import 1")
    assert first.sources == (SourceReport("file:a", "ods-csv", "2025-07", 5, 1, 1, 1, 1, 1, 2, 3, 4, 5),)
    assert first.rejects == (Reject("file:a", 7, "no code", "x"),)
    assert (second.run, second.undone, second.rejects) == (2, True, ())
    assert (third.run, third.sources) == (3, ())
