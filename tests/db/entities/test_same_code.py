"""One body under several codes is one record, whichever code comes first, and stays one when a file is read again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from itertools import permutations, product

import pytest

from db.entities.suggestions import add_suggestions
from db.search.check import check
from db.statements import End, IdentifierSaid, LinkSaid, NameSaid, Statement
from db.store.changelog import Changelog
from db.store.current_rows import CurrentRecord
from db.store.identity import RecordIndex
from db.store.outcomes import Outcome
from db.store.projection import Projection
from db.store.resolve import Resolved
from tests.db.entities.test_match import keys, named
from tests.db.store.registers import empty, everything, listing, take, trust, written

COUNCILS = listing("councils", "2023", "councils")
TO_B = LinkSaid("succeeded-by", End("local-authority-code:B"))
OLD = Statement("gss:1", "organisation", names=(NameSaid("Old Council"),), links=(TO_B,))
IS_B = (IdentifierSaid("local-authority-code", "B"),)
NEW = Statement("gss:2", "organisation", names=(NameSaid("New Council"),), identifiers=IS_B)


def again(register: sqlite3.Connection, run: int) -> int:
    """How many changes the register remembers of runs after one."""
    (found,) = register.execute("SELECT count(*) FROM _change WHERE run_id > ?", (run,)).fetchone()
    return int(found)


def test_a_row_may_refer_to_a_code_of_a_later_row_of_its_table() -> None:
    found = []
    for known, said in product(([], [NEW]), permutations((OLD, NEW))):
        register = empty()
        take(register, written("known", "2020"), known)
        take(register, COUNCILS, said)
        assert check(register) == []
        found.append({row for row in everything(register) if "evidence" not in row})
        ends = "SELECT a.key, b.name FROM link l JOIN record a ON a.id = source_id JOIN record b ON b.id = target_id"
        assert register.execute(ends).fetchall() == [("gss:1", "New Council")]
        assert register.execute("SELECT count(*) FROM record").fetchone() == (2,)
        assert register.execute("SELECT count(*) FROM suggestion").fetchone() == (0,)
        take(register, COUNCILS, said)
        assert again(register, 2) == 0
    assert all(one == found[0] for one in found)


def test_what_only_a_code_stood_for_has_the_key_of_whoever_gives_that_code_as_a_further_one() -> None:
    found = []
    naming = (written("naming"), [trust("R1", "Hill", links=(LinkSaid("part-of", End("lei:9", "A board")),))])
    board = Statement("ods:QX", "organisation", names=(NameSaid("A Board"),), identifiers=(IdentifierSaid("lei", "9"),))
    for order in permutations((naming, (COUNCILS, [board]))):
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert keys(register) == {"ods:R1", "ods:QX"}
        assert check(register) == []
        found.append(everything(register))
    assert found[0] == found[1]


def test_a_record_that_one_of_its_codes_finds_keeps_its_own_when_it_is_read_again() -> None:
    register = empty()
    take(register, written("first"), [trust("R1", "Hill", links=(TO_B,))])
    take(register, COUNCILS, [NEW])
    for _ in range(2):
        take(register, COUNCILS, [NEW])
        assert again(register, 2) == 0
        assert register.execute("SELECT count(*) FROM identifier WHERE scheme = 'gss'").fetchone() == (1,)


def test_a_row_may_give_the_code_of_an_earlier_row_that_another_code_found() -> None:
    register = empty()
    take(register, written("first"), [trust("R1", "Hill", links=(TO_B,))])
    code = (IdentifierSaid("gss", "2"),)
    also = Statement("ods:15X", "organisation", names=(NameSaid("New Council"),), identifiers=code)
    for _ in range(2):
        take(register, COUNCILS, [NEW, also])
        assert register.execute("SELECT count(*) FROM record").fetchone() == (2,)
    assert again(register, 2) == 0
    assert register.execute("SELECT count(*) FROM suggestion").fetchone() == (0,)


def test_what_is_kept_under_a_code_is_found_by_it_whoever_no_longer_gives_it() -> None:
    register = empty()
    bare = Statement("local-authority-code:B", "organisation", partial=True, names=(NameSaid("Hill", "short"),))
    take(register, written("bare"), [bare])
    take(register, COUNCILS, [NEW])
    export = written("export", "2024", complete=True)
    said = [Statement("gss:2", "organisation", names=(NameSaid("New Council"),))]
    take(register, export, said)
    take(register, export, said)
    assert again(register, 3) == 0
    assert register.execute("SELECT count(*) FROM record").fetchone() == (1,)


def test_a_record_that_a_name_stood_for_is_not_asked_about_when_it_is_joined_meanwhile() -> None:
    register = empty()
    part = LinkSaid("part-of", End("org:hill", "Hill"))
    take(register, listing("list", "2026"), [named("Vale NHS Foundation Trust", None, part), trust("R1", "Hill")])
    take(register, written("by hand"), [trust("R1", "Hill NHS Trust", identifiers=(IdentifierSaid("org", "hill"),))])
    assert keys(register) == {"ods:R1", "org:vale-nhs-foundation-trust"}
    take(register, listing("list-2019", "2019"), [])
    assert register.execute("SELECT count(*) FROM suggestion WHERE rule = 'same-identifier'").fetchone() == (0,)


def test_a_record_that_claims_a_code_may_be_joined_before_anybody_is_asked() -> None:
    register = empty()
    vale = named("Vale NHS Foundation Trust", None)
    said = trust("R2", "Dale NHS Trust", type="nhs-trust")
    code = (IdentifierSaid("org", "vale-nhs-foundation-trust"),)
    take(register, listing("list", "2026"), [vale, said, trust("R3", "Three", identifiers=code)])
    take(register, written("table"), [named("Dale NHS Trust", identifiers=code)])
    assert keys(register) == {"ods:R2", "ods:R3"}
    asked = "SELECT r.key, s.candidates FROM suggestion s JOIN record r ON r.id = s.record_id"
    assert register.execute(asked).fetchall() == [("ods:R2", '["ods:R3"]')]


def test_a_code_that_only_a_link_names_is_found_though_a_complete_source_outweighs_who_gave_it() -> None:
    register = empty()
    hill = named("Hill NHS Trust", None, identifiers=(IdentifierSaid("gss", "E1"),))
    take(register, written("export", "2024", complete=True), [trust("R3", "Hill NHS Trust")])
    to_it = LinkSaid("commissioned-by", End("gss:E1"))
    take(register, listing("list", "2019"), [hill, named("Dale NHS Trust", None, to_it)])
    assert check(register) == []


def test_a_code_of_two_is_asked_about_as_long_as_both_have_it() -> None:
    register = empty()
    one, other = trust("R1", "One", identifiers=IS_B), trust("R2", "Two", identifiers=IS_B)
    for source, said in (("first", one), ("second", trust("R2", "Two")), ("third", other)):
        take(register, written(source), [said])
    holder = "SELECT r.key FROM identifier i JOIN record r ON r.id = i.record_id WHERE value = 'B'"
    asked = "SELECT count(*) FROM suggestion"
    assert (register.execute(holder).fetchone(), register.execute(asked).fetchone()) == (("ods:R1",), (1,))
    take(register, written("first"), [trust("R1", "One")])
    assert (register.execute(holder).fetchone(), register.execute(asked).fetchone()) == (("ods:R2",), (0,))
    assert check(register) == []


def test_of_two_records_that_claim_one_code_and_are_joined_with_each_other_nothing_is_asked() -> None:
    register = empty()
    take(register, written("first"), [trust("R1", "One", identifiers=IS_B)])
    changelog = Changelog(register, 1)
    records = RecordIndex(changelog)
    joined = records.find("ods:R1")
    assert joined is not None
    add_suggestions(changelog, records, (), [(joined, "local-authority-code:B")])
    changelog.flush()
    assert register.execute("SELECT count(*) FROM suggestion").fetchone() == (0,)


def test_whoever_names_many_by_codes_that_turn_out_to_be_others_is_settled_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register, members = empty(), range(30)
    known = [Statement(f"ods:X{one:02}", "organisation", names=(NameSaid(f"Body {one}"),)) for one in members]
    links = tuple(LinkSaid("participates-in", End(f"lei:L{one:02}"), False, "member") for one in members)
    hub = Statement("arr:hub", "arrangement", names=(NameSaid("Hub"),), links=links)
    both = [replace(said, identifiers=(IdentifierSaid("lei", f"L{one:02}"),)) for one, said in enumerate(known)]
    take(register, written("known", "2020"), known)
    take(register, written("hub", "2021"), [hub])
    written_of: list[str] = []
    write = Projection.write

    def noted(self: Projection, record: int, key: str, resolved: Resolved, current: CurrentRecord) -> Outcome:
        written_of.append(key)
        return write(self, record, key, resolved, current)

    monkeypatch.setattr(Projection, "write", noted)
    take(register, written("both", "2022"), both)
    assert written_of.count("arr:hub") <= 2
    ends = "SELECT r.key FROM link l JOIN record r ON r.id = l.source_id WHERE l.role = 'member' ORDER BY 1"
    assert [key for (key,) in register.execute(ends)] == [one.key for one in known]
    assert check(register) == []
