"""What tells less never blots out what tells more, in whichever order they are imported."""

from __future__ import annotations

import sqlite3

import pytest

from db.statements import RejectSaid
from db.store.session import ImportSession
from tests.db.store.registers import empty
from tests.importers.ods_csv.lists import read as read_list
from tests.importers.ods_csv.lists import trust
from tests.importers.ods_json.things import line, r4, record, rel, rows, said, take

FULL = record(Rels={"Rel": [rel("RE6", "RX2")]}, Date=[{"Type": "Operational", "Start": "2001-04-01"}])
SEARCH = {
    "Organisations": [
        line(Name="ONE RENAMED TRUST", Status="Inactive", PostCode="ZZ9 9ZZ", LastChangeDate="2025-01-01")
    ]
}


def held(connection: sqlite3.Connection) -> tuple[object, ...]:
    """What the register holds of the trust: status, opening, postcode, roles, and links with their status."""
    status, opened, address = connection.execute(
        "SELECT status, opened, address FROM record WHERE key = 'ods:RX1'"
    ).fetchone()
    links = connection.execute("SELECT count(*) FROM link").fetchone()
    return status, opened, "OX1 2AB" in address, links


def test_a_line_of_a_search_is_brief_and_states_no_role_and_no_date() -> None:
    one = said({"Organisations": [line()]})
    assert (one.brief, one.type, one.status, one.opened, one.facts) == (True, "nhs-trust", "open", None, ())
    assert one.address is not None
    assert one.address.postcode == "OX1 2AB"


def test_a_role_that_only_the_search_names_gives_the_type() -> None:
    one = said({"Organisations": [line(PrimaryRoleId="RO157", PrimaryRoleDescription="NON-NHS ORGANISATION")]})
    assert one.type == "non-nhs-organisation"


def test_lines_and_records_are_not_mixed_since_their_silence_means_different_things() -> None:
    _, other = rows([record(), line("RX2")])
    assert isinstance(other, RejectSaid)
    assert other.reason == "is a line of an ORD search among ORD records; import it by itself"


@pytest.mark.parametrize("order", [(FULL, SEARCH), (SEARCH, FULL)], ids=["record first", "search first"])
def test_a_newer_search_blots_out_nothing_of_a_record(order: tuple[object, ...]) -> None:
    connection = empty()
    for content in order:
        take(connection, content)
    alone = empty()
    take(alone, FULL)
    assert held(connection) == held(alone)


def test_of_two_names_the_newer_one_counts_and_the_older_is_a_former_one() -> None:
    connection = empty()
    take(connection, FULL)
    take(connection, SEARCH)
    assert connection.execute("SELECT name, kind FROM name ORDER BY kind").fetchall() == [
        ("One NHS Trust", "former"),
        ("One Renamed Trust", "official"),
    ]


def test_a_newer_fhir_organization_ends_no_relationship() -> None:
    connection = empty()
    take(connection, FULL)
    statuses = "SELECT status FROM link"
    before = connection.execute(statuses).fetchall()
    take(connection, r4())
    assert connection.execute(statuses).fetchall() == before == [("current",)]


def test_the_same_file_again_changes_nothing() -> None:
    connection = empty()
    take(connection, FULL)
    (again,) = take(connection, FULL).sources
    assert (again.read, again.unchanged, again.added) == (1, 1, 0)


def test_what_a_search_alone_tells_is_described_by_it_and_counted_as_added() -> None:
    connection = empty()
    (report,) = take(connection, SEARCH).sources
    assert (report.added, report.updated) == (1, 0)
    found = connection.execute("SELECT placeholder, status, type FROM record WHERE key = 'ods:RX1'").fetchone()
    assert found == (0, "closed", "nhs-trust")


def test_a_search_keeps_nothing_in_a_list_that_has_dropped_it() -> None:
    connection = empty()
    take(connection, SEARCH)
    for codes, published in ((("RX1", "RX2"), "2020-01"), (("RX2",), "2020-02")):
        listed = read_list([trust(code) for code in codes], published=published)
        with ImportSession.in_memory(connection, command="t") as session:
            session.take(listed, format="ods-csv")
            session.finish()
    assert connection.execute("SELECT key FROM record WHERE gone IS NOT NULL").fetchall() == [("ods:RX1",)]
