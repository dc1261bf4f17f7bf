"""What was fetched speaks as records of the day of fetching, and fetching it again changes nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from db.errors import InputError, UsageError
from db.reports import Run
from db.statements import RejectSaid, RowSaid
from db.store.session import ImportSession
from importers.base import Input, ReadOptions
from importers.detect import detect
from importers.ods_api import fetched_text
from importers.ods_api.importer import importer
from importers.plan import plan
from importers.registry import load
from tests.db.store.registers import empty
from tests.importers.ods_api.server import TODAY, Clock, Reply, Server, fetcher, held, linked
from tests.importers.ods_json.things import record, rel, role
from tests.importers.things import given


def fetched(tmp_path: Path, clock: Clock, *sources: str, since: str | None = None, today: date = TODAY) -> list[Input]:
    """What the sources stand for."""
    spools = iter(tmp_path / f"{number}-{today}" for number in range(99))
    with fetcher(clock, "", since, today) as known:
        known.spool = lambda: str(next(spools))
        return [known.fetch(source) for source in sources]


def take(connection: sqlite3.Connection, inputs: Sequence[Input]) -> Run:
    """Import what was fetched."""
    with ImportSession.in_memory(connection, command="t") as session:
        for source in inputs:
            session.take(importer.read(source, ReadOptions()), format=importer.name)
        return session.finish()


def test_a_key_is_asked_for_and_known_by_its_heading(server: Server, clock: Clock, tmp_path: Path) -> None:
    server.answer("organisations/RX1", record())
    (source,) = fetched(tmp_path, clock, "ods:rx1")
    assert (source.label, source.path) == ("ods:RX1", f"{server.base}/organisations/RX1")
    assert detect(source, load()).importer.name == "ods-api"
    reading = importer.read(source, ReadOptions())
    assert (reading.source.published, reading.source.format) == ("2026-07-08", "ods-api")
    (row,) = reading.rows
    assert isinstance(row, RowSaid)
    assert row.statements[0].key == "ods:RX1"


def test_a_record_is_open_or_closed_as_of_the_day_of_fetching(server: Server, clock: Clock, tmp_path: Path) -> None:
    ended = {"Type": "Operational", "Start": "2001-04-01", "End": "2026-07-07"}
    server.answer("organisations/RX1", record(Date=[ended]))
    (row,) = importer.read(fetched(tmp_path, clock, "ods:RX1")[0], ReadOptions()).rows
    assert isinstance(row, RowSaid)
    assert row.statements[0].status == "closed"


def test_the_same_answer_on_another_day_is_the_same_source_of_that_day(
    server: Server, clock: Clock, tmp_path: Path
) -> None:
    server.answer("organisations/RX1", record(Rels={"Rel": [rel("RE6", "RX2")]}))
    connection = empty()
    for day in range(3):
        run = take(connection, fetched(tmp_path, clock, "ods:RX1", today=TODAY + timedelta(days=day)))
        assert (run.sources[0].added, run.sources[0].unchanged) == ((1, 0) if day == 0 else (0, 1))
    assert connection.execute("SELECT published FROM source WHERE format = 'ods-api'").fetchall() == [("2026-07-10",)]


def test_an_earlier_name_stays_as_a_former_one(server: Server, clock: Clock, tmp_path: Path) -> None:
    connection = empty()
    for day, name in enumerate(("ONE TRUST", "ANOTHER TRUST")):
        server.answer("organisations/RX1", record("RX1", name))
        take(connection, fetched(tmp_path, clock, "ods:RX1", today=TODAY + timedelta(days=day)))
    assert held(connection) == [("ods:RX1", "Another Trust")]
    assert connection.execute("SELECT name, kind FROM name ORDER BY kind").fetchall() == [
        ("One Trust", "former"),
        ("Another Trust", "official"),
    ]


def test_roles_are_called_as_the_api_calls_them(server: Server, clock: Clock, tmp_path: Path) -> None:
    server.answer("organisations/RX1", record(Roles={"Role": [role("RO999", primaryRole=True)]}))
    server.answer("roles", {"Roles": [{"id": "RO999", "displayName": "NEW NHS BODY"}]})
    reading = importer.read(fetched(tmp_path, clock, "ods:RX1")[0], ReadOptions())
    assert [term.name for term in reading.terms] == ["new-nhs-body"]
    (row,) = reading.rows
    assert isinstance(row, RowSaid)
    assert row.statements[0].type == "new-nhs-body"


def test_all_that_changed_is_one_source_and_every_link_one_row(server: Server, clock: Clock, tmp_path: Path) -> None:
    server.answer("sync", linked("RX1", "RX9", "RX2"))
    for code in ("RX1", "RX2"):
        server.answer(f"organisations/{code}", record(code, Status="Odd" if code == "RX2" else "Active"))
    reading = importer.read(fetched(tmp_path, clock, "ods-api", since="2026-07-01")[0], ReadOptions())
    rows = list(reading.rows)
    assert len(reading.rows) == len(rows) == 3  # type: ignore[arg-type]
    assert isinstance(rows[0], RowSaid)
    assert [(row.line, row.reason, row.value) for row in rows if isinstance(row, RejectSaid)] == [
        (2, "the API knows no record of RX9, though it lists it as changed", "RX9"),
        (3, "has the unknown status 'Odd' (Active and Inactive are known)", "ONE NHS TRUST"),
    ]
    assert (reading.source.full, reading.source.series) == (False, "ods-xml")


def test_keys_and_changes_share_one_pace(server: Server, clock: Clock, tmp_path: Path) -> None:
    server.answer("organisations/RX1", record("RX1"))
    server.answer("organisations/RX2", record("RX2"))
    begun = clock()
    fetched(tmp_path, clock, "ods:RX1", "ods:RX2")
    assert clock() - begun >= 0.25


@pytest.mark.parametrize("source", ["ods:", "ods:../x", "ods:RX1/../..", "ods:RX 1", "ods:" + "X" * 50])
def test_what_is_no_code_is_never_asked_for(server: Server, clock: Clock, tmp_path: Path, source: str) -> None:
    with pytest.raises(UsageError, match="names no ODS code; write one such as ods:RLQ"):
        fetched(tmp_path, clock, source)
    assert server.asked == []


def test_an_unknown_code_is_one_line(server: Server, clock: Clock, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^ods:RX1: the API knows no record of RX1; check the code$"):
        fetched(tmp_path, clock, "ods:RX1")


HEADING = fetched_text.heading("2026-07-08", "https://example.org/sync")


@pytest.mark.parametrize(
    "content",
    [
        HEADING,
        f"{HEADING}\n",
        f'{HEADING}\n{{"Organisation":{{}}}}\n',
        '{"interlock":"ods-api/1","fetched":"some day"}\n{"names":{}}\n',
        '{"interlock":"ods-api/\n{"names":{}}\n',
        f'{HEADING}\n{{"names":\n',
    ],
)
def test_a_text_that_is_not_whole_is_refused(content: str) -> None:
    with pytest.raises(InputError, match="fetch it again"):
        importer.read(given(content, "changes.jsonl"), ReadOptions())


@pytest.mark.parametrize("line", ["nonsense", "[" * 50, '{"Organisation":{}}', "{}", '"\x85"', '{"refused":{}}'])
def test_a_line_that_is_no_record_is_a_row_that_is_refused(line: str) -> None:
    (row,) = importer.read(given(f'{HEADING}\n{line}\n{{"names":{{}}}}\n', "changes.jsonl"), ReadOptions()).rows
    assert isinstance(row, RejectSaid)
    assert row.line == 1


def test_a_line_longer_than_any_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.ods_api.source.LONGEST_LINE", 1024 * 1024)
    with pytest.raises(InputError, match="holds a line of more than 1 MB; refused"):
        importer.read(given(f"{HEADING}\n{' ' * 2 * 1024 * 1024}\n", "changes.jsonl"), ReadOptions())


def test_nothing_of_an_import_is_taken_where_one_key_cannot_be_had(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importers.inputs import Inputs

    monkeypatch.setattr("importers.ods_api.client.INTERVAL", 0.0)
    server.answer("organisations/RX1", record())
    server.answer("organisations/RX2", Reply(403))
    with Inputs(["ods:RX1", "ods:RX2"]) as inputs, pytest.raises(InputError, match="it lets nobody in"):
        plan(inputs, load())
