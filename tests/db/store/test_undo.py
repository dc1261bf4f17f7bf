"""Taking a run back leaves exactly what was there before, and is refused where later runs build on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.doctor import examine
from db.errors import NotFoundError, UsageError
from db.reports import Undone
from db.search.check import check
from db.statements import (
    End,
    FactSaid,
    IdentifierSaid,
    LinkSaid,
    LinkTypeSaid,
    NameSaid,
    Reading,
    RowSaid,
    SourceSaid,
    Statement,
    TermSaid,
)
from db.store.session import ImportSession
from db.store.undo import undo_run
from tests.db.store.registers import empty, everything, listing, member, rows, take, trust, written
from tests.db.store.test_resolve import NEW, OLD, STORY, statements
from tests.depth import cases


def take_back(register: sqlite3.Connection, run: int) -> Undone:
    """Undo a run as `interlock undo` does it; where it is refused, nothing may have changed."""
    register.execute("BEGIN IMMEDIATE")
    register.execute("PRAGMA defer_foreign_keys = ON")
    try:
        undone = undo_run(register, run)
        register.execute("COMMIT")
    except BaseException:
        register.execute("ROLLBACK")
        raise
    return undone


def begun() -> sqlite3.Connection:
    """A register whose run 1, which cannot be undone, has taken nothing."""
    register = empty()
    take(register, written("nothing"), [])
    return register


SOURCES = (STORY, OLD, NEW, written("export", "2024", complete=True), listing("list-2020", "2020"), written("other"))
IMPORTS = st.lists(
    st.tuples(st.sampled_from(SOURCES), st.lists(statements(), max_size=3, unique_by=lambda one: one.key)),
    min_size=2,
    max_size=5,
)
Imports = Sequence[tuple[SourceSaid, Sequence[Statement]]]


@settings(max_examples=cases(9))
@given(IMPORTS)
def test_runs_taken_back_one_by_one_leave_what_was_before_each(imports: Imports) -> None:
    register = begun()
    before = []
    for source, said in imports:
        before.append(rows(register))
        take(register, source, said)
    for run in range(len(imports) + 1, 1, -1):
        take_back(register, run)
        assert rows(register) == before[run - 2]
        assert check(register) == []
    assert register.execute("SELECT count(*) FROM run WHERE undone IS NOT NULL").fetchone() == (len(imports),)


@settings(max_examples=cases(9))
@given(IMPORTS, st.data())
def test_a_run_that_may_be_taken_back_leaves_what_the_others_say(imports: Imports, data: st.DataObject) -> None:
    """Whatever is undone in the middle, the register holds what it would hold had that import never been."""
    sources = {source.key: (source, said) for source, said in imports}
    register = begun()
    for source, said in sources.values():
        take(register, source, said)
    number = data.draw(st.integers(0, len(sources) - 1))
    held = rows(register)
    try:
        take_back(register, number + 2)
    except UsageError as refused:
        assert "\n" not in str(refused)
        assert rows(register) == held
        return
    without = begun()
    for place, (source, said) in enumerate(sources.values()):
        if place != number:
            take(without, source, said)
    assert everything(register) == everything(without)
    assert check(register) == []


def test_a_run_stays_listed_as_undone_and_may_be_imported_again() -> None:
    register = begun()
    take(register, STORY, [trust("RLQ", "Wye Valley")])
    held = rows(register)
    take_back(register, 2)
    assert register.execute("SELECT id, undone IS NULL FROM run").fetchall() == [(1, 1), (2, 0)]
    assert register.execute("SELECT count(*) FROM run_source WHERE run_id = 2").fetchone() == (1,)
    assert take(register, STORY, [trust("RLQ", "Wye Valley")]).run == 3
    # A source keeps the number of the run that first read it.
    assert {name: len(table) for name, table in rows(register).items()} == {
        name: len(table) for name, table in held.items()
    }


def test_what_was_taken_back_is_counted() -> None:
    register = begun()
    link = LinkSaid("commissioned-by", End("ods:QGH", "North ICB"))
    take(register, STORY, [trust("RLQ", "Wye Valley", links=(link,))])
    also = LinkSaid("commissioned-by", End("ods:QJ2", "South ICB"))
    said = [trust("QGH", "NHS North ICB"), trust("RJC", "South Warwickshire", links=(also,))]
    report = take(register, written("other"), said).sources[0]
    undone = take_back(register, 3)
    assert (undone.records, undone.links) == (report.records, report.links) == (2, 1)
    assert undone.restored == 1


def refused(register: sqlite3.Connection, run: int) -> str:
    """What the refusal to undo a run says; nothing may have changed by it."""
    before = rows(register)
    with pytest.raises(UsageError) as caught:
        take_back(register, run)
    assert rows(register) == before
    assert register.execute("SELECT undone FROM run WHERE id = ?", (run,)).fetchone() == (None,)
    return str(caught.value)


def test_the_built_in_register_an_unknown_run_and_an_undone_one_are_refused() -> None:
    register = begun()
    take(register, STORY, [trust("RLQ", "Wye Valley")])
    assert "built-in register" in refused(register, 1)
    with pytest.raises(NotFoundError, match="no run 9"):
        take_back(register, 9)
    take_back(register, 2)
    with pytest.raises(UsageError, match="undone already"):
        take_back(register, 2)


def test_a_refusal_names_the_runs_that_build_on_it_and_undoing_those_helps() -> None:
    register = begun()
    take(register, STORY, [trust("RLQ", "Wye Valley")])
    take(register, written("apart"), [trust("RJC", "South Warwickshire")])
    take(register, NEW, [trust("RLQ", "Wye Valley NHS Trust")])
    assert "run 4 builds on it" in refused(register, 2)
    take(register, written("more"), [trust("RLQ", "Wye Valley", facts=(FactSaid("aim", text="care"),))])
    message = refused(register, 2)
    assert "runs 4 and 5 build on it" in message
    assert message.endswith(
        "beginning with interlock undo 5. In the way: run 5 tells of ods:RLQ Wye Valley NHS Trust (file:more, line 1); "
        "run 4 tells of ods:RLQ Wye Valley NHS Trust (file:list-2025, line 1)"
    )
    take_back(register, 5)
    take_back(register, 4)
    take_back(register, 2)
    assert register.execute("SELECT key FROM record ORDER BY 1").fetchall() == [("ods:RJC",)]


def test_of_much_that_is_in_the_way_the_first_ten_are_told() -> None:
    register = begun()
    bodies = [trust(f"R{n:02}", f"Trust {n}") for n in range(12)]
    take(register, STORY, bodies)
    take(register, NEW, bodies)
    message = refused(register, 2)
    assert message.count("run 3 tells of ods:R") == 10
    assert message.endswith("; and more")


def test_a_tie_to_what_an_earlier_run_told_of_is_named() -> None:
    register = begun()
    take(register, STORY, [trust("RLQ", "Wye Valley")])
    arrangement = Statement("arr:g", "arrangement", names=(NameSaid("Group"),), links=(member("RLQ"),))
    take(register, written("group"), [arrangement])
    assert refused(register, 2).endswith("In the way: run 3 ties arr:g to ods:RLQ Wye Valley")


def test_runs_about_other_records_do_not_hinder() -> None:
    register = begun()
    take(register, STORY, [trust("RLQ", "Wye Valley")])
    take(register, written("apart"), [trust("RJC", "South Warwickshire")])
    take(register, STORY, [trust("RLQ", "Wye Valley")])
    take_back(register, 2)
    assert register.execute("SELECT key FROM record").fetchall() == [("ods:RJC",)]


@pytest.mark.parametrize(
    "later",
    [
        trust("R1", "One", links=(LinkSaid("commissioned-by", End("ods:RLQ")),)),
        trust("R1", "One", links=(LinkSaid("commissioned-by", End("gb-coh:123")),)),
        Statement("gb-coh:123", "organisation", names=(NameSaid("Another name"),)),
        trust("R1", "One", identifiers=(IdentifierSaid("gb-coh", "123"),)),
        trust("R1", "One", links=(LinkSaid("commissioned-by", End("ods:QGH", "Our ICB")),)),
        trust("R1", "One", type="made-up"),
        trust("R1", "One", links=(LinkSaid("is-made-up", End("ods:R2")),)),
    ],
    ids=["link", "link-by-code", "code", "same-code", "placeholder", "word", "link-type"],
)
def test_whatever_refers_to_something_of_the_run_hinders(later: Statement) -> None:
    register = begun()
    take(register, written("first"), [trust("R0", "Zero", links=(LinkSaid("commissioned-by", End("ods:QGH")),))])
    code = (IdentifierSaid("gb-coh", "123"),)
    said = [trust("RLQ", "Wye Valley", identifiers=code), trust("QGH", "North ICB")]
    word = TermSaid("organisation_types", "made-up", "made up", "Made up.", "a test")
    link_type = LinkTypeSaid("is-made-up", "is made up by", "makes up", "other", "Made up.", "a test")
    with ImportSession.in_memory(register, command="a test") as session:
        read = [RowSaid(line, (one,)) for line, one in enumerate(said, 1)]
        session.take(Reading(STORY, read, terms=(word,), link_types=(link_type,)), format="test")
        session.finish()
    take(register, written("later"), [later])
    assert "run 4 builds on it" in refused(register, 3)


def test_a_list_that_drops_what_another_list_held_hinders() -> None:
    register = begun()
    take(register, listing("a-2015", "2015", "a"), [trust("R1", "One"), trust("R2", "Two")])
    take(register, listing("b-2016", "2016", "b"), [trust("R1", "One")])
    take(register, listing("a-2025", "2025", "a"), [trust("R2", "Two")])
    take(register, listing("b-2026", "2026", "b"), [trust("R9", "Nine")])
    assert register.execute("SELECT status FROM record WHERE key = 'ods:R1'").fetchone() == ("unlisted",)
    assert "run 5 builds on it" in refused(register, 4)


def test_a_source_that_weighs_otherwise_since_hinders() -> None:
    register = begun()
    said = [trust("R1", "One"), trust("R2", "Two")]
    take(register, written("undated"), said)
    take(register, replace(written("undated"), published="2026"), said)
    take(register, written("dated", "2020"), [trust("R1", "Another")])
    assert register.execute("SELECT name FROM record WHERE key = 'ods:R1'").fetchone() == ("One",)
    assert "run 4 builds on it" in refused(register, 3)


def test_a_word_of_the_program_stays_when_the_import_that_brought_it_first_is_undone() -> None:
    register = begun()
    row = register.execute("SELECT * FROM term WHERE vocabulary = 'kinds' ORDER BY id LIMIT 1").fetchone()
    register.execute("DELETE FROM term WHERE id = ?", row[:1])
    with ImportSession.in_memory(register, command="a test") as session:
        session.take(Reading(STORY, (), terms=(TermSaid(*row[1:6]),)), format="test")
        session.finish()
    take_back(register, 2)
    assert register.execute("SELECT label FROM term WHERE name = ?", (row[2],)).fetchall() == [(row[3],)]
    assert all(finding.ok for finding in examine(register))


def test_a_role_that_another_list_ends_is_searched_for_no_more() -> None:
    register = begun()
    in_it = LinkSaid("participates-in", End("ods:R1"), role="member")
    take(register, OLD, [Statement("ods:R2", "organisation", names=(NameSaid("Alpha Trust"),), links=(in_it,))])
    assert check(register) == []
    take(register, written("export", "2024", complete=True), [trust("R1", "Beta Trust")])
    assert register.execute("SELECT * FROM link").fetchall() == []
    assert check(register) == []
    take_back(register, 3)
    assert check(register) == []


def asked_otherwise(*imports: tuple[SourceSaid, Sequence[Statement]]) -> sqlite3.Connection:
    """A register after imports of which the last decides or asks something that depends on those before."""
    register = begun()
    for source, said in imports:
        take(register, source, said)
    return register


BY_NAME = Statement("org:hill-nhs-trust", "organisation", names=(NameSaid("Hill NHS Trust"),), by_name=True)


@pytest.mark.parametrize(
    ("said", "later"),
    [
        # Without the run, the name would mean nobody, and the later body would be asked about.
        (trust("R1", "Hill NHS Trust"), trust("R2", "Hill X NHS Trust")),
        # Without the run, the kind of the body is unknown, and the later one would not be asked about.
        (replace(BY_NAME, type="nhs-trust"), trust("R2", "Hills NHS Trust", type="nhs-trust")),
    ],
    ids=["meant", "kind"],
)
def test_a_run_that_a_later_one_would_have_asked_otherwise_without_hinders(said: Statement, later: Statement) -> None:
    imports = ((written("table", "2019"), [BY_NAME]), (NEW, [said]), (written("later", "2026"), [later]))
    register = asked_otherwise(*imports)
    assert "first interlock undo 4" in refused(register, 3)
    take_back(register, 4)
    take_back(register, 3)
    assert rows(register) == rows(asked_otherwise(*imports[:1]))


def test_a_name_stands_where_it_belongs_though_its_source_has_taken_it_back() -> None:
    doubtful = NameSaid("Hill NHS Trust", "as-written")
    one = Statement("ods:R1", "organisation", names=(doubtful,))
    other = Statement("ods:R2", "organisation", names=(doubtful,))
    table = written("table", "2019")
    register = asked_otherwise((OLD, [one]), (table, [BY_NAME, other]), (table, []))
    assert "first interlock undo 4" in refused(register, 2)
    without = asked_otherwise((table, [BY_NAME, other]), (table, []), (OLD, [one]))
    assert everything(register) == everything(without)
