"""Records taken by the batch make the same register as records taken one by one, whatever comes before and after."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from db.errors import InputError, InterlockError
from db.search.check import check
from db.store.sole_statements import sole_statements
from importers.base import IrregularError
from tests.db.entities.test_match import named
from tests.db.entities.test_one_body import merge, unmerge
from tests.db.store.registers import copied, empty, written
from tests.db.store.registers import take as said_by_hand
from tests.db.store.test_undo import take_back
from tests.importers.ods_xml.mutations import mutated, numbers
from tests.importers.ods_xml.taking import bare, body, fragment, register, said, take
from tests.national.country import Country
from tests.national.making import make
from tests.national.markup import document
from tests.national.things import File, Followed, Held, Span, Tied
from tests.national.truth import Truth
from tests.national.zips import release


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Truth]:
    """A small country as a release."""
    path = tmp_path_factory.mktemp("national") / "release.zip"
    return path, make(path, 150, 11)


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same a month on."""
    path = tmp_path_factory.mktemp("national") / "later.zip"
    make(path, 150, 11, published="2026-09-25", changed=0.1)
    return path


Registers = Callable[[bool], sqlite3.Connection]


@pytest.fixture(scope="module")
def registers(made: tuple[Path, Truth]) -> Registers:
    """A register of the country for a test to change, which took it by the batch or not: a copy of one made once."""
    once = {batches: register(made[0], batches=batches) for batches in (True, False)}
    return lambda batches: copied(once[batches])


ITEMS = {
    "record": "SELECT r.*, NULL FROM record r WHERE 1",
    "name": "SELECT r.key, i.name, i.kind, i.since, i.until, i.verbatim FROM name i JOIN record r ON r.id = record_id",
    "identifier": "SELECT r.key, i.scheme, i.value FROM identifier i JOIN record r ON r.id = record_id",
    "fact": "SELECT r.key, i.property, i.value, i.unit, i.as_of, i.text FROM fact i JOIN record r ON r.id = record_id",
    "link": "SELECT s.key, t.key, type_id, i.role, i.since, i.until, i.legal_since, i.legal_until, i.status "
    "FROM link i JOIN record s ON s.id = source_id JOIN record t ON t.id = target_id",
    "value": "SELECT r.key, s.key, t.key, l.type_id, l.since, i.what, i.value, i.chosen, i.why, "
    "(SELECT group_concat(place) FROM (SELECT o.key || ' ' || e.locator AS place FROM _citation c JOIN evidence e "
    "ON e.id = c.evidence_id JOIN source o ON o.id = e.source_id WHERE c.subject = 'value' AND c.subject_id = i.id "
    "ORDER BY 1)) FROM value i LEFT JOIN record r ON r.id = record_id LEFT JOIN link l ON l.id = link_id "
    "LEFT JOIN record s ON s.id = l.source_id LEFT JOIN record t ON t.id = l.target_id",
}  # fmt: skip
EVIDENCE = """
SELECT e.subject, CASE e.subject
         WHEN 'record' THEN (SELECT key FROM record WHERE id = e.subject_id)
         WHEN 'link' THEN (SELECT s.key || ' ' || t.key || ' ' || l.type_id || coalesce(l.since, '')
           FROM link l JOIN record s ON s.id = l.source_id JOIN record t ON t.id = l.target_id
          WHERE l.id = e.subject_id)
       END,
       (SELECT s.key || ' ' || v.locator FROM evidence v JOIN source s ON s.id = v.source_id WHERE v.id = e.evidence_id)
  FROM item_evidence e WHERE e.subject IN ('record', 'link')"""


def contents(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that readers see, without the numbers that only order it."""
    found = {table: sorted(connection.execute(query).fetchall(), key=repr) for table, query in ITEMS.items()}
    gone = dict(connection.execute("SELECT id, key FROM source"))
    place = [row[1] for row in connection.execute("PRAGMA table_info (record)")].index("gone")
    found["record"] = sorted(
        ((*row[1:place], gone.get(row[place]), *row[place + 1 :]) for row in found["record"]), key=repr
    )
    found["evidence"] = sorted(connection.execute(EVIDENCE).fetchall(), key=repr)
    return found


def dump(connection: sqlite3.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the log of runs and what SQLite keeps of the search index."""
    tables = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '_search%' AND name NOT LIKE 'sqlite%' "
        "AND name NOT IN ('run', 'run_source', 'reject', '_change', 'term', 'link_type', 'source', 'meta')"
    ).fetchall()
    return {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for (name,) in tables}


def same(one: sqlite3.Connection, other: sqlite3.Connection) -> None:
    """Compare two registers, table by table, so that a failure shows what differs."""
    ours, theirs = contents(one), contents(other)
    for table in ours:
        assert set(ours[table]) - set(theirs[table]) == set(theirs[table]) - set(ours[table]) == set(), table
        assert ours[table] == theirs[table], table


def test_a_release_by_the_batch_is_the_register_that_its_records_one_by_one_make(
    made: tuple[Path, Truth], registers: Registers
) -> None:
    _, truth = made
    batch = registers(True)
    assert batch.execute("SELECT count(*) FROM _sole").fetchone()[0] == truth.records
    assert check(batch) == []
    same(batch, registers(False))


def test_indexes_made_late_are_those_that_the_register_has_else(
    made: tuple[Path, Truth], registers: Registers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where a row gives way to another of its code, which looks for what was written of it."""
    expected = registers(True)
    monkeypatch.setattr("db.store.deferred_indexes.MANY", 1)
    monkeypatch.setattr("importers.ods_xml.slices._CHUNK", 4_096)
    asked: list[str] = []
    late = empty()
    late.set_trace_callback(asked.append)
    take(late, made[0], batches=True)
    late.set_trace_callback(None)
    assert sum(one.startswith("DROP INDEX link_source") for one in asked) == 1
    same(late, expected)
    schema = "SELECT type, name, sql FROM sqlite_schema ORDER BY 1, 2"
    assert late.execute(schema).fetchall() == expected.execute(schema).fetchall()
    assert late.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert check(late) == []


@pytest.mark.parametrize(("first", "second"), [(True, True), (True, False), (False, True)])
def test_so_is_what_follows_it(registers: Registers, later: Path, first: bool, second: bool) -> None:
    one, other = registers(first), registers(False)
    run, expected = take(one, later, batches=second), take(other, later)
    same(one, other)
    assert run.sources == expected.sources
    assert check(one) == []


def test_lots_of_changed_rows_make_the_register_that_all_at_once_make(
    made: tuple[Path, Truth], registers: Registers, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "all.zip", 150, 11, published="2026-09-25", changed=1.0)
    monkeypatch.setattr("db.store.batch_ingest._LOT", 7)
    one, other = registers(True), registers(False)
    (report,), (expected,) = (
        take(one, tmp_path / "all.zip", batches=True).sources, take(other, tmp_path / "all.zip").sources
    )  # fmt: skip
    # A row counts as updated or closed by what became of the other ends of its links as well, as far as that is known.
    assert (report.read, report.links, report.added) == (expected.read, expected.links, expected.added)
    same(one, other)
    assert check(one) == []


@pytest.mark.parametrize("both", [True, False])
def test_what_a_changed_row_says_no_more_of_another_record_ends_there(tmp_path: Path, both: bool) -> None:
    gone = body("AA1", followed=(Followed("AA9", "2020-04-01"),) if both else ())
    told = body("AA9", followed=(Followed("AA1", "2020-04-01", forward=False),))
    first, second = (
        release(tmp_path / f"{day}.zip", File([gone, new], published=day), File([], True, day))
        for day, new in (("2026-08-28", told), ("2026-09-25", body("AA9", "ANOTHER NAME")))
    )
    batch, alone = register(first, batches=True), register(first)
    same(batch, alone)
    take(batch, second, batches=True)
    take(alone, second)
    same(batch, alone)


def test_what_others_say_of_told_records_is_settled_with_them(
    made: tuple[Path, Truth], registers: Registers, tmp_path: Path
) -> None:
    some = "SELECT key FROM record WHERE key LIKE 'ods:%' AND kind = '{}' AND id % 7 = 1 ORDER BY key LIMIT 20"
    batch = registers(True)
    before = contents(batch)
    codes = [
        key.removeprefix("ods:")
        for kind in ("arrangement", "organisation", "site")
        for (key,) in batch.execute(some.format(kind))
    ]
    others = fragment(tmp_path, *(body(code, f"ANOTHER NAME {code}") for code in codes))
    alone = registers(False)
    assert take(batch, others).sources == take(alone, others).sources
    same(batch, alone)
    assert check(batch) == []
    first = register(others)
    take(first, made[0], batches=True)
    same(first, alone)
    take_back(batch, 2)
    assert contents(batch) == before


def test_the_same_again_in_any_order_changes_nothing(
    made: tuple[Path, Truth], registers: Registers, tmp_path: Path
) -> None:
    path, truth = made
    make(tmp_path / "turned.zip", 150, 11, turned=True)
    batch = registers(True)
    before = dump(batch)
    for again in (path, tmp_path / "turned.zip"):
        (report,) = take(batch, again, batches=True).sources
        assert (report.read, report.unchanged, report.rejected) == (
            truth.rows, truth.rows - truth.refused, truth.refused,
        )  # fmt: skip
        assert (report.records, report.links, report.placeholders, report.gone) == (0, 0, 0, 0)
        assert dump(batch) == before


AHEAD = ("2026-08-28", "2026-09-05")
"""The day of a release, on which a period of it still runs, and one before the next release."""


@pytest.mark.parametrize("day", AHEAD)
def test_a_day_that_passes_changes_a_record_whose_text_stays(tmp_path: Path, day: str) -> None:
    until, since = Span("2001-04-01", day), Span(day)
    primary = Held("RO157", Span("2001-04-01"), primary=True)
    orgs = [
        body("AA1", span=until),
        body("AA2", legal=until),
        body("AA3", span=since),
        body("AA4", ties=(Tied("RE4", "AA9", "RO157", until), Tied("RE6", "AA9", "RO157", since))),
        body("AA5", roles=(primary, Held("RO104", until))),
        body("AA6", followed=(Followed("AA9", day),)),
        body("AA9"),
    ]
    first, second = (
        release(tmp_path / f"{published}.zip", File(orgs, published=published), File([], True, published))
        for published in ("2026-08-28", "2026-09-25")
    )
    batch, alone = register(first, batches=True), register(first)
    same(batch, alone)
    before = dump(batch)
    (again,) = take(batch, first, batches=True).sources
    assert (again.unchanged, dump(batch)) == (len(orgs), before)
    marks = {mark for (mark,) in batch.execute("SELECT digest FROM _sole")}
    assert take(batch, second, batches=True).sources == take(alone, second).sources
    same(batch, alone)
    assert batch.execute("SELECT status FROM record WHERE key = 'ods:AA1'").fetchone() == ("closed",)
    # Where the day had come when the first was published, the rows of most say the same again.
    told = {"ods:AA9"} if day > "2026-08-28" else {f"ods:AA{number}" for number in (1, 2, 3, 6, 9)}
    assert {key for (key,) in batch.execute("SELECT key FROM record JOIN _sole USING (id)")} == told
    # They stay, and their rows are known by the texts that they have now.
    assert len(marks & {mark for (mark,) in batch.execute("SELECT digest FROM _sole")}) == 1
    take_back(batch, 3)
    assert dump(batch) == before


def test_undoing_gives_back_every_row(made: tuple[Path, Truth], later: Path) -> None:
    connection = empty()
    states = [dump(connection)]
    for path in (made[0], later):
        take(connection, path, batches=True)
        states.append(dump(connection))
    take_back(connection, 2)
    assert dump(connection) == states[1]
    assert check(connection) == []


def test_the_statement_of_a_sole_row_can_be_made_of_its_rows(made: tuple[Path, Truth]) -> None:
    path, _ = made
    batch = register(path, batches=True)
    expected = said(path)
    records = [record for (record,) in batch.execute("SELECT id FROM _sole")]
    (twice,) = batch.execute("SELECT group_concat(DISTINCT type_id) FROM link JOIN _stated_twice USING (id)").fetchone()
    for _, made_of_rows in sole_statements(batch, records, twice).values():
        statement = expected[made_of_rows.key.removeprefix("ods:")]
        assert set(made_of_rows.links) == set(statement.links)
        assert replace(made_of_rows, links=(), facts=()) == replace(statement, links=(), facts=())
        assert made_of_rows.facts == tuple(dict.fromkeys(statement.facts))


def test_an_older_release_is_refused_unless_asked_for(
    made: tuple[Path, Truth], registers: Registers, later: Path
) -> None:
    connection = register(later, batches=True)
    with pytest.raises(InputError, match="is the release of 2026-08-28, and the register holds that of 2026-09-25"):
        take(connection, made[0], batches=True)
    take(connection, made[0], older=True)
    newest_first = contents(connection)
    register_of_both = registers(False)
    take(register_of_both, later)
    oldest_first = contents(register_of_both)
    for table in ("record", "name", "identifier", "link"):
        assert newest_first[table] == oldest_first[table]


def outcome(path: Path, *, batches: bool) -> object:
    """What comes of a file: everything that readers see, or why it is refused."""
    connection = empty()
    try:
        run = take(connection, path, batches=batches)
    except IrregularError:
        return None
    except InterlockError as error:
        return str(error)
    return contents(connection), run.sources, run.rejects


def test_a_damaged_file_comes_to_the_same_by_the_batch_or_is_left_to_the_parser(tmp_path: Path) -> None:
    data = document(File(list(Country(60, 5).orgs(archived=False))[:6])).encode()
    path = tmp_path / "mutated.xml"
    left = 0
    tried = numbers(10)
    for number in tried:
        path.write_bytes(mutated(data, number))
        by_batch = outcome(path, batches=True)
        left += by_batch is None
        if by_batch is not None:
            assert by_batch == outcome(path, batches=False), number
    assert 0 < left < len(tried)


def test_of_a_row_that_gave_way_to_a_later_one_nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importers.ods_xml.slices._CHUNK", 500)
    early = body("AB1", "EARLY", span=Span("1990-04-01"), ties=(Tied("RE4", "CD2", "RO98"),))
    held = register(bare(tmp_path, [early, body("EF3"), body("AB1", "LATE"), body("CD2")]), batches=True)
    assert {place for (place,) in held.execute("SELECT locator FROM evidence")} == {"record 2", "record 3", "record 4"}
    assert held.execute("SELECT count(*) FROM link").fetchone() == (0,)
    assert held.execute("SELECT name FROM record WHERE key = 'ods:AB1'").fetchone() == ("Late",)


def test_who_owns_a_link_that_another_states_is_written_down_with_that_one(tmp_path: Path) -> None:
    old, new = (
        body("AB1", followed=(Followed("CD2", "2020-04-01"),)),
        body("CD2", followed=(Followed("AB1", "2020-04-01", False),)),
    )
    held = register(bare(tmp_path, [old, new, body("EF3")]), batches=True)
    assert held.execute("SELECT count(*) FROM _stated_twice").fetchone() == (1,)
    take(held, fragment(tmp_path, body("CD2", "ANOTHER NAME")))
    sole = held.execute("SELECT r.key FROM _sole m JOIN record r USING (id)").fetchall()
    assert sole == [("ods:EF3",)]
    assert held.execute("SELECT count(*) FROM _stated_twice").fetchone() == (0,)


def test_a_body_that_a_name_means_is_written_down_before_it_is_joined_with_the_name(tmp_path: Path) -> None:
    hill = bare(tmp_path, [body("RAA", "HILL NHS TRUST", "RO197")])
    found = []
    for table_first in (True, False):
        held = empty()
        for is_table in (table_first, not table_first):
            if is_table:
                said_by_hand(held, written("table"), [named("Hill NHS Trust")])
            else:
                take(held, hill, batches=True)
        found.append(
            held.execute("SELECT key, name, type, status, opened FROM record WHERE kind <> 'document'").fetchall()
        )
    assert found == [[("ods:RAA", "Hill NHS Trust", "nhs-trust", "open", "2001-04-01")]] * 2


def test_a_footprint_and_its_board_stay_what_they_are_from_one_release_to_the_next(tmp_path: Path) -> None:
    roles = (Held("RO261", Span("2016-04-01"), primary=True), Held("RO318", Span("2022-07-01")))
    ties = (Tied("RE8", "QOP", "RO261", Span("2017-04-01", "2022-06-30"), False),)
    orgs = [body("R0A", ties=ties), body("QOP", "GREATER MANCHESTER ICB", roles=roles, span=Span("2016-04-01"))]
    first, second = empty(), empty()
    for register_of, batches in ((first, True), (second, False)):
        for day in ("2026-07-31", "2026-08-28"):
            release(tmp_path / "release.zip", File(orgs, published=day), File([], True, day))
            run = take(register_of, tmp_path / "release.zip", batches=batches)
        assert run.sources[0].unchanged == 2
    same(first, second)
    told = "SELECT key, type, opened, closed, gone FROM record WHERE key LIKE '%qop' ORDER BY key DESC"
    assert first.execute(told).fetchall() == [
        ("ods:QOP", "integrated-care-board", "2022-07-01", None, None),
        ("arr:stp-qop", "sustainability-and-transformation-partnership", "2016-04-01", "2022-06-30", None),
    ]


@pytest.mark.parametrize("batches", [True, False])
def test_new_rows_of_a_later_release_lead_to_the_one_of_two_joined_bodies_that_they_name(
    tmp_path: Path, batches: bool
) -> None:
    hubs = [body("AA1", "ONE"), body("AA2", "TWO")]
    new = body("AA3", ties=(Tied("RE4", "AA2", "RO157"),))
    first, second = (
        release(tmp_path / f"{day}.zip", File(those, published=day), File([], True, day))
        for day, those in (("2026-08-28", hubs), ("2026-09-25", [*hubs, new]))
    )
    joined, apart = register(first, batches=batches), register(first, batches=batches)
    both = merge(joined, "ods:AA2", "ods:AA1")
    ends = "SELECT a.key, b.key FROM link JOIN record a ON a.id = source_id JOIN record b ON b.id = target_id"
    for connection in (joined, apart):
        take(connection, second, batches=batches)
    assert joined.execute(ends).fetchall() == [("ods:AA3", "ods:AA1")]
    (run,) = joined.execute("SELECT max(id) FROM run").fetchone()
    take(joined, second, batches=batches)
    assert joined.execute("SELECT count(*) FROM _change WHERE run_id > ?", (run,)).fetchone() == (0,)
    unmerge(joined, *both)
    assert check(joined) == []
    assert joined.execute(ends).fetchall() == [("ods:AA3", "ods:AA2")]
    assert contents(joined)["record"] == contents(apart)["record"]
