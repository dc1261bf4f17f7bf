"""What a crosswalk knows as one body is one record with one key, whichever code or name of it comes first."""

from __future__ import annotations

import sqlite3
from itertools import permutations

import pytest

from db.reading.resolve_key import resolve
from db.search.check import check
from db.statements import End, IdentifierSaid, LinkSaid, NameSaid, Statement
from db.store.session import ImportSession
from tests.db.entities.test_match import TABLE, named, partner, suggested
from tests.db.store.registers import empty, everything, listing, rows, take, trust, written
from tests.db.store.test_undo import begun, take_back

LEEDS, GSS = "ods:212", "gss:E08000035"
COUNCIL = Statement(
    "local-authority-code:LDS", "organisation", type="metropolitan-district", status="open",
    names=(NameSaid("Leeds City Council"), NameSaid("Leeds", "short")), identifiers=(IdentifierSaid("gss", GSS[4:]),),
)  # fmt: skip
IN_LEEDS = LinkSaid("in-geography-of", End(GSS, "Leeds"))
PARTS = (
    (listing("councils", "2025"), [COUNCIL]),
    (written("areas", "2024"), [trust("RXX", "Hill NHS Trust", links=(IN_LEEDS,))]),
    (listing("partners", "2022", "partners"), [Statement(LEEDS, "organisation", partial=True, type="local-authority")]),
    (written("mine"), [Statement("gss:E08000035", "organisation", partial=True, names=(NameSaid("LCC", "acronym"),))]),
)  # fmt: skip


def codes(register: sqlite3.Connection) -> set[str]:
    """The codes of all organisations but the trust, with the sources that say each."""
    query = """SELECT DISTINCT i.scheme || ':' || i.value || ' ' || s.key FROM identifier i
      JOIN record r ON r.id = i.record_id AND r.key <> 'ods:RXX'
      JOIN _citation c ON c.subject = 'identifier' AND c.subject_id = i.id
      JOIN evidence e ON e.id = c.evidence_id JOIN source s ON s.id = e.source_id"""
    return {row for (row,) in register.execute(query)}


def test_a_body_has_the_same_key_whichever_of_its_codes_comes_first() -> None:
    found = []
    for order in permutations(PARTS):
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert check(register) == []
        found.append(everything(register))
    assert [row for row in found[0] if "LCC" in row and LEEDS in row]
    assert all(one == found[0] for one in found)


def test_a_source_is_cited_for_no_code_that_only_the_crosswalk_has() -> None:
    register = empty()
    take(register, *PARTS[0])
    assert {row for row in codes(register) if row.startswith(LEEDS)} == {f"{LEEDS} crosswalk:councils"}
    assert f"{GSS} file:councils" in codes(register)
    take(register, *PARTS[2])
    assert {row for row in codes(register) if row.startswith(LEEDS)} == {
        f"{LEEDS} crosswalk:councils", f"{LEEDS} file:partners",
    }  # fmt: skip


def test_a_user_finds_a_body_by_a_code_that_no_source_of_the_register_gives() -> None:
    register = empty()
    take(register, *PARTS[2])
    assert resolve(register, "gss:e08000035") == resolve(register, "local-authority-eng:LDS") == LEEDS


def test_a_record_of_the_user_has_the_key_of_the_body_whose_code_it_gives() -> None:
    found = []
    mine = Statement("mine:1", "organisation", names=(NameSaid("Leeds"),), identifiers=COUNCIL.identifiers)
    for order in permutations(((written("mine"), [mine]), PARTS[2])):
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert resolve(register, "mine:1") == LEEDS
        found.append(everything(register))
    assert found[0] == found[1]


@pytest.mark.parametrize(("plan", "board"), [("gss:E54000010", "ods:QNC"), ("ods:QNC", "gss:E54000010")])
def test_an_arrangement_that_has_the_code_of_a_body_is_not_that_body(plan: str, board: str) -> None:
    register = empty()
    take(register, written("plan"), [Statement(plan, "arrangement", names=(NameSaid("A plan"),))])
    take(register, written("boards"), [Statement(board, "organisation", names=(NameSaid("A Board"),))])
    kinds = register.execute("SELECT key, kind FROM record").fetchall()
    assert kinds == [(plan, "arrangement"), (board, "organisation")]


@pytest.mark.parametrize("kind", ["local-authority", None])
def test_a_name_that_lists_give_to_a_council_means_it_where_a_council_is_meant(kind: str | None) -> None:
    found = []
    for order in permutations(((TABLE, [named("Leeds", kind), partner("Leeds")]), PARTS[2])):
        register = empty()
        for source, said in order:
            take(register, source, said)
        linked = register.execute("SELECT r.key FROM link JOIN record r ON r.id = source_id").fetchall()
        assert linked == [(LEEDS,)] and suggested(register) == []
        found.append(everything(register))
    assert found[0] == found[1]


def test_a_name_that_lists_give_to_a_council_means_no_trust() -> None:
    register = empty()
    take(register, *PARTS[2])
    take(register, TABLE, [named("Leeds", "nhs-trust")])
    assert register.execute("SELECT count(*) FROM record WHERE key = 'org:leeds'").fetchone() == (1,)


def test_an_arrangement_of_two_lists_keeps_the_name_under_its_own_key_and_the_other_as_a_further_one() -> None:
    key, short = "arr:birmingham-and-solihull-and-black-country-icb-cluster", "arr:icb-cluster-bsol-bc"
    pages = (written("pages", "2026-03"), [Statement(key, "arrangement", names=(NameSaid("Birmingham cluster"),))])
    boards = (written("boards", "2026-04"), [Statement(short, "arrangement", names=(NameSaid("ICB cluster BSOL-BC"),))])
    for order in permutations((pages, boards)):
        register = empty()
        for source, said in order:
            take(register, source, said)
        names = register.execute("SELECT r.key, n.name, n.kind FROM name n JOIN record r ON r.id = n.record_id")
        assert sorted(names) == [(key, "Birmingham cluster", "official"), (key, "ICB cluster BSOL-BC", "as-written")]


def test_what_an_older_program_kept_apart_is_joined_when_a_register_is_resolved_anew() -> None:
    register, anew = empty(), empty()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.store.identity.same_body", lambda code: None)
        patch.setattr("db.store.ingest.same_body", lambda code: None)
        for source, said in (PARTS[2], PARTS[0], PARTS[1]):
            take(register, source, said)
    assert register.execute("SELECT count(*) FROM record").fetchone() == (3,)
    with ImportSession.in_memory(register, command="a test") as session:
        session.resolve_anew()
        session.finish()
    for source, said in (PARTS[2], PARTS[0], PARTS[1]):
        take(anew, source, said)
    assert check(register) == []
    assert everything(register) == everything(anew)
    take_back(register, 4)
    assert register.execute("SELECT count(*) FROM record").fetchone() == (3,)


def test_codes_that_only_the_crosswalk_ties_are_parted_for_good_and_joined_again() -> None:
    parts = [
        (listing("councils", "2025"), [COUNCIL]),
        (
            written("mine"),
            [Statement(LEEDS, "organisation", names=(NameSaid("Leeds Town Council"),), summary="A town.")],
        ),
    ]
    for order in permutations(parts):
        register = begun()
        for source, said in order:
            take(register, source, said)
        joined = rows(register)
        with ImportSession.in_memory(register, command="an unmerge") as session:
            assert session.unmerge(LEEDS, "local-authority-code:LDS") == (LEEDS, "local-authority-code:LDS")
            session.finish()
        for source, said in (*order, (written("new", "2026"), [COUNCIL])):
            take(register, source, said)
        query = "SELECT name, summary FROM record WHERE key IN (?, 'local-authority-code:LDS') ORDER BY key DESC"
        assert register.execute(query, (LEEDS,)).fetchall() == [
            ("Leeds Town Council", "A town."), ("Leeds City Council", None),
        ]  # fmt: skip
        assert [resolve(register, key) for key in (LEEDS, GSS)] == [LEEDS, "local-authority-code:LDS"]
        assert check(register) == []
        (last,) = register.execute("SELECT max(id) FROM run").fetchone()
        for run in range(last, 3, -1):
            take_back(register, run)
        assert rows(register) == joined
