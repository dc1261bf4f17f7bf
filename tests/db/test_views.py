"""The views for people: both ends named, with codes, dates and sources, and looked up by indexes."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from db.database.connection import open_writing
from db.database.upgrade import upgrade
from db.keys import CODE_ONLY
from tests.db.old_registers import old_register


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    """A register with the built-in records, two months of releases, a list, and records of one's own."""
    path = old_register("schema-5", tmp_path_factory.mktemp("views") / "r.db")
    with closing(open_writing(path)) as connection:
        upgrade(connection, path)
        connection.row_factory = sqlite3.Row
        yield connection


def rows(register: sqlite3.Connection, query: str, *values: str) -> list[dict[str, Any]]:
    """What a query finds, by column."""
    return [dict(row) for row in register.execute(query, values)]


def test_a_participation_names_both_ends(register: sqlite3.Connection) -> None:
    (one,) = rows(register, "SELECT * FROM participations WHERE body_code = 'G84001'")
    assert one.pop("id") > 0
    assert one == {
        "arrangement_key": "ods:UZ002",
        "arrangement_code": "UZ002",
        "arrangement": "Furness PCN",
        "body_key": "ods:G84001",
        "body_code": "G84001",
        "body": "Barrow Surgery",
        "role": "partner",
        "status": "current",
        "since": "2019-07-01",
        "until": None,
        "legal_since": None,
        "legal_until": None,
        "listed_first": "2026-07-31",
        "listed_last": "2026-08-28",
        "unlisted": None,
        "ended_with": None,
        "sources": "NHS Organisation Data Service: XML release, 31 July 2026",
    }


def test_what_cites_nothing_of_its_own_has_the_sources_of_its_arrangement(register: sqlite3.Connection) -> None:
    found = rows(register, "SELECT body, role, sources FROM participations WHERE arrangement_key = 'arr:bay-alliance'")
    assert sorted((one["body"], one["role"]) for one in found) == [
        ("Bay Council", "commissioner"),
        ("Morecambe Bay University Hospitals NHS Foundation Trust", "provider"),
        ("The Lakes Medical Practice", "steward"),
    ]
    assert {one["sources"] for one in found} == {"Bay newsletter"}


def test_a_post_has_its_person_body_and_dates(register: sqlite3.Connection) -> None:
    found = rows(register, "SELECT * FROM posts WHERE person = 'Ann Example' ORDER BY since")
    told = [(one["role"], one["body_code"], one["body"], one["since"], one["until"]) for one in found]
    trust = "Morecambe Bay University Hospitals NHS Foundation Trust"
    assert told == [("chair", "RZ1", trust, "2023", "2025-06-30"), ("leader", None, "Bay Council", "2024-05", None)]


def test_a_succession_is_read_from_either_end(register: sqlite3.Connection) -> None:
    (one,) = rows(register, "SELECT * FROM successions WHERE predecessor_code = 'RZ2'")
    assert (one["predecessor"], one["successor_code"], one["date"]) == ("Lune Valley NHS Trust", "RZ1", "2021-04-01")
    (same,) = rows(register, "SELECT * FROM successions WHERE successor_code = 'RZ1'")
    assert same == one


def test_what_follows_comes_after_what_it_follows(register: sqlite3.Connection) -> None:
    followed = rows(register, "SELECT * FROM successions WHERE link_type = 'follows'")
    links = rows(
        register,
        "SELECT s.key AS later, t.key AS earlier FROM link l JOIN link_type y ON y.id = type_id AND y.name = 'follows' "
        "JOIN record s ON s.id = source_id JOIN record t ON t.id = target_id",
    )
    ends = {(one["later"], one["earlier"]) for one in links}
    assert ends
    assert {(one["successor_key"], one["predecessor_key"]) for one in followed} == ends


def test_every_organisation_and_arrangement_is_there_once(register: sqlite3.Connection) -> None:
    named = f"SELECT id FROM record WHERE kind = ? AND NOT ({CODE_ONLY}) ORDER BY id"
    for view, kind in (("organisations", "organisation"), ("arrangements", "arrangement")):
        ids = [one["id"] for one in rows(register, f"SELECT id FROM {view} ORDER BY id")]
        assert ids == [one["id"] for one in rows(register, named, kind)]


def test_a_body_is_found_by_its_code(register: sqlite3.Connection) -> None:
    (one,) = rows(register, "SELECT code, name, type FROM organisations WHERE code = 'RZ1'")
    assert one["code"] == "RZ1"
    assert one["type"] == "NHS foundation trust"


def test_who_takes_part_is_counted(register: sqlite3.Connection) -> None:
    (one,) = rows(register, "SELECT participants, sources FROM arrangements WHERE key = 'arr:bay-alliance'")
    assert one == {"participants": 3, "sources": "Bay newsletter"}


@pytest.mark.parametrize(
    ("view", "column"),
    [
        *(("organisations", column) for column in ("key", "code")),
        *(("arrangements", column) for column in ("key", "code")),
        *(("participations", f"{end}_{what}") for end in ("body", "arrangement") for what in ("key", "code")),
        *(("posts", column) for column in ("person_key", "body_key", "body_code")),
        *(("successions", f"{end}_{what}") for end in ("predecessor", "successor") for what in ("key", "code")),
    ],
)
def test_a_key_or_code_is_looked_up_and_no_table_is_read_whole(
    register: sqlite3.Connection, view: str, column: str
) -> None:
    plan = [row[3] for row in register.execute(f"EXPLAIN QUERY PLAN SELECT * FROM {view} WHERE {column} = 'ods:X'")]
    assert not [step for step in plan if step.startswith("SCAN") and "subquery" not in step]
    assert not [step for step in plan if "(type_id=?)" in step], "all links of a type"


def test_the_views_can_be_read_whole(register: sqlite3.Connection) -> None:
    for view in ("organisations", "arrangements", "participations", "posts", "successions"):
        found = rows(register, f"SELECT * FROM {view}")
        assert len({one["id"] for one in found}) == len(found) > 0
