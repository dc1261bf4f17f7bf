"""Counts, sources and imports, as the register remembers them."""

from __future__ import annotations

from pathlib import Path

from db.reading.stats import stats as count
from db.register import Register, open_register
from db.reports import Reject, SourceReport, Stats
from db.store.undo import undo
from importers.run import ImportOptions, import_sources
from tests.db.reading.small import Small
from tests.national.making import make


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


def test_a_code_of_which_nothing_is_known_is_no_organisation_and_one_that_has_a_name_is(small: Small) -> None:
    small.record("ods:A", "Airedale")
    small.record("ods:D", "Devon", placeholder=1)
    small.record("ods:B", "B", placeholder=1)
    small.record("arr:c", "c", "arrangement", placeholder=1)

    stats = small.register().stats()

    assert (stats.records["organisation"], stats.records["arrangement"]) == (2, 0)
    assert stats.placeholders == {"organisation": 1, "arrangement": 1}


def _plainly(register: Register) -> tuple[dict[object, object], dict[object, object]]:
    """Count records and links in the plainest way, through the views that everyone may ask."""
    code = "placeholder AND name = substr(key, instr(key, ':') + 1)"
    records = register.sql(f"SELECT kind, count(*) FROM record WHERE NOT ({code}) GROUP BY kind").rows
    links = register.sql(
        "SELECT t.name, count(*) FROM link l JOIN link_type t ON t.id = l.type_id GROUP BY t.name"
    ).rows
    return {kind: number for kind, number in records}, {name: number for name, number in links}


def _counted(path: Path) -> Stats:
    """What is counted, which has to be what counting row by row comes to."""
    with open_register(path) as register:
        stats = register.stats()
        assert ({kind: n for kind, n in stats.records.items() if n}, stats.links) == _plainly(register)
        return stats


def test_counts_are_those_of_the_rows_after_every_import_and_undo(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    make(tmp_path / "first.zip", 300, 1)
    make(tmp_path / "later.zip", 300, 1, published="2026-09-25", changed=0.2)
    import_sources(path, (str(tmp_path / "first.zip"),), ImportOptions(command="import first.zip"))
    first = _counted(path)
    assert first.records["organisation"] > 150
    import_sources(path, (str(tmp_path / "later.zip"),), ImportOptions(command="import later.zip"))
    assert _counted(path).links != first.links
    undo(path, 3)
    assert (_counted(path).records, _counted(path).links) == (first.records, first.links)


def test_counting_reads_no_large_table_whole(small: Small) -> None:
    asked: list[str] = []
    small.connection.set_trace_callback(asked.append)
    count(small.connection)
    small.connection.set_trace_callback(None)

    plans = [row[3] for query in asked for row in small.connection.execute(f"EXPLAIN QUERY PLAN {query}")]

    assert any(plan.startswith("SCAN record USING COVERING INDEX record_kind") for plan in plans)
    for table in ("record", "link", "_statement", "_citation"):
        whole = [plan for plan in plans if plan.startswith(f"SCAN {table}") and "COVERING INDEX" not in plan]
        assert not whole, whole
    assert not [plan for plan in plans if plan.startswith("CO-ROUTINE link")]


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
            small.insert(
                "_statement", record_id=record, source_id=file, line=line, digest=0, body="", withdrawn=withdrawn
            )

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
