"""What a register holds follows from what was said, not from when it was imported."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.statements import Cite, End, EventSaid, FactSaid, IdentifierSaid, LinkSaid, NameSaid, SourceSaid, Statement
from tests.db.store.registers import empty, everything, listing, member, take, trust, written
from tests.depth import cases

STORY = written("story")
OLD = listing("list-2015", "2015")
NEW = listing("list-2025", "2025-07")


def one(connection: sqlite3.Connection, query: str, *values: object) -> object:
    """The one value that a query gives."""
    (value,) = connection.execute(query, values).fetchone()
    return value


def names(connection: sqlite3.Connection, key: str) -> dict[str, str]:
    """Names of a record with their kinds."""
    query = "SELECT n.name, n.kind FROM name n JOIN record r ON r.id = n.record_id WHERE r.key = ?"
    return dict(connection.execute(query, (key,)).fetchall())


def test_the_newest_vintage_gives_the_official_name_and_older_ones_become_former() -> None:
    register = empty()
    take(register, NEW, [trust("RJC", "South Warwickshire University NHS Foundation Trust")])
    take(register, OLD, [trust("RJC", "South Warwickshire NHS Foundation Trust")])
    take(register, STORY, [trust("RJC", "South Warwickshire NHS FT")])
    assert names(register, "ods:RJC") == {
        "South Warwickshire University NHS Foundation Trust": "official",
        "South Warwickshire NHS Foundation Trust": "former",
        "South Warwickshire NHS FT": "former",
    }
    assert one(register, "SELECT name FROM record WHERE key = 'ods:RJC'").__str__().startswith("South Warwickshire Uni")


def test_a_name_that_was_official_once_is_former_however_others_write_it_in_passing() -> None:
    register = empty()
    take(register, NEW, [trust("RY3", "East of England Community Health and Care NHS Trust")])
    take(register, OLD, [trust("RY3", "Norfolk Community NHS Trust")])
    passing = tuple(NameSaid(name, "as-written") for name in ("Norfolk Community NHS Trust", "Norfolk Community"))
    take(register, STORY, [Statement("ods:RY3", "organisation", names=passing)])
    assert names(register, "ods:RY3") == {
        "East of England Community Health and Care NHS Trust": "official",
        "Norfolk Community NHS Trust": "former",
        "Norfolk Community": "as-written",
    }


@pytest.mark.parametrize("mine_first", [True, False])
def test_a_summary_told_in_passing_stays_where_the_lists_that_describe_a_body_tell_none(mine_first: bool) -> None:
    register = empty()
    mine = STORY, [Statement("ods:RWA", "organisation", partial=True, summary="Mine.")]
    lists = NEW, [trust("RWA", "Hill Trust")]
    for source, said in (mine, lists) if mine_first else (lists, mine):
        take(register, source, said)
    assert one(register, "SELECT summary FROM record WHERE key = 'ods:RWA'") == "Mine."
    take(register, OLD, [trust("RWA", "Hill Trust", summary="Theirs.")])
    assert one(register, "SELECT summary FROM record WHERE key = 'ods:RWA'") == "Theirs."


@pytest.mark.parametrize("mine_first", [True, False])
@pytest.mark.parametrize("named", [True, False])
def test_an_end_that_is_told_after_the_status_counts_and_one_that_was_told_before_does_not(
    named: bool, mine_first: bool
) -> None:
    name = (NameSaid("Hill Trust"),) if named else ()
    mine = (
        written("mine", "2030-04"),
        [Statement("ods:RWA", "organisation", names=name, partial=not named, closed="2030-03-31")],
    )
    lists = NEW, [trust("RWA", "Hill Trust", status="open")]
    query = "SELECT status, open, closed FROM record WHERE key = 'ods:RWA'"
    register = empty()
    for source, said in (mine, lists) if mine_first else (lists, mine):
        take(register, source, said)
    assert register.execute(query).fetchone() == (None, 0, "2030-03-31")
    take(register, listing("list-2031", "2031"), [trust("RWA", "Hill Trust", status="open")])
    assert register.execute(query).fetchone() == ("open", 1, None)


def test_a_name_written_by_a_person_is_shown_before_one_put_into_readable_case() -> None:
    register = empty()
    take(register, STORY, [trust("RJ1", "Guy's and St Thomas' NHS FT")])
    said = NameSaid("Guy's And St Thomas' NHS FT", verbatim="GUY'S AND ST THOMAS' NHS FT")
    take(register, NEW, [Statement("ods:RJ1", "organisation", names=(said,))])
    rows = register.execute("SELECT name, kind, verbatim FROM name").fetchall()
    assert rows == [("Guy's and St Thomas' NHS FT", "official", "GUY'S AND ST THOMAS' NHS FT")]


def test_importing_the_same_thing_twice_changes_nothing() -> None:
    register = empty()
    statements = [trust("RLQ", "Wye Valley NHS Trust"), trust("RJC", "South Warwickshire NHS FT")]
    take(register, NEW, statements)
    before = everything(register)
    run = take(register, NEW, list(reversed(statements)))
    report = run.sources[0]
    assert (report.read, report.unchanged, report.records, report.links) == (2, 2, 0, 0)
    assert everything(register) == before
    assert one(register, "SELECT count(*) FROM _change WHERE run_id = ?", run.run) == 0


def test_what_a_newer_list_lacks_is_marked_and_not_deleted() -> None:
    register = empty()
    take(register, OLD, [trust("R1A", "Worcestershire Health"), trust("RLQ", "Wye Valley")])
    run = take(register, NEW, [trust("RLQ", "Wye Valley")])
    assert run.sources[0].gone == 1
    assert register.execute("SELECT status, open, placeholder FROM record WHERE key = 'ods:R1A'").fetchone() == (
        "unlisted",
        None,
        0,
    )


def test_a_closed_record_that_a_newer_list_lacks_stays_closed() -> None:
    register = empty()
    take(register, OLD, [trust("RFW", "West Middlesex", status="closed", closed="2015-08-31")])
    take(register, NEW, [trust("RLQ", "Wye Valley")])
    assert register.execute("SELECT status, open FROM record WHERE key = 'ods:RFW'").fetchone() == ("closed", 0)


def test_a_link_that_the_newer_list_no_longer_states_is_past_with_its_end_unknown() -> None:
    register = empty()
    old = LinkSaid("commissioned-by", End("ods:01H"), start="2013-04-01")
    new = LinkSaid("commissioned-by", End("ods:16C"), start="2020-04-01")
    take(register, NEW, [trust("A81001", "Densham", links=(new,))])
    take(register, OLD, [trust("A81001", "Densham", links=(old,))])
    query = "SELECT r.key, l.until, l.status FROM link l JOIN record r ON r.id = l.target_id ORDER BY 1"
    assert register.execute(query).fetchall() == [("ods:01H", None, "past"), ("ods:16C", None, None)]


def test_of_one_link_the_newest_source_counts_and_others_fill_what_it_leaves_out() -> None:
    start = "2013-04-01"
    new = LinkSaid("commissioned-by", End("ods:01H"), start=start, legal_start="2013-03-01")
    old = LinkSaid(
        "commissioned-by", End("ods:01H"), start=start, end="2019-12-31", legal_start="2012-01-01",
        legal_end="2020-03-31", status="current",
    )  # fmt: skip
    query = "SELECT since, until, legal_since, legal_until, status FROM link"
    for sayings in permutations([(written("new", "2022"), new), (written("old", "2020"), old)]):
        register = empty()
        for source, link in sayings:
            take(register, source, [trust("A81001", "Densham", links=(link,))])
        assert register.execute(query).fetchall() == [(start, None, "2013-03-01", "2020-03-31", "current")]


def test_a_record_that_only_has_names_is_called_by_one_of_them_whatever_links_call_it() -> None:
    partial = Statement("ods:318", "organisation", partial=True, names=(NameSaid("St Helens Council", "as-written"),))
    link = LinkSaid("participates-in", End("ods:318", "Saint Helens"), outward=False, role="partner")
    whole = Statement("arr:a", "arrangement", names=(NameSaid("A"),), links=(link,))
    for parts in permutations([(STORY, [partial]), (written("other"), [whole])]):
        register = empty()
        for source, said in parts:
            take(register, source, said)
        assert one(register, "SELECT name FROM record WHERE key = 'ods:318'") == "St Helens Council"


def test_an_undated_fact_that_the_newer_list_no_longer_states_is_gone_and_a_dated_one_stays() -> None:
    register = empty()
    old = (FactSaid("ods-role", "RO76", text="from 2010"), FactSaid("population-served", 9000, as_of="2015"))
    new = (FactSaid("ods-role", "RO76", text="2010 to 2024"),)
    take(register, NEW, [trust("A81001", "Densham", facts=new)])
    take(register, OLD, [trust("A81001", "Densham", facts=old)])
    take(register, STORY, [trust("A81001", "Densham", facts=(FactSaid("character", text="small"),))])
    facts = register.execute("SELECT property, text, as_of FROM fact ORDER BY property").fetchall()
    assert facts == [
        ("character", "small", None),
        ("ods-role", "2010 to 2024", None),
        ("population-served", None, "2015"),
    ]


def test_a_participation_stated_by_the_participant_is_the_one_that_the_arrangement_states() -> None:
    register = empty()
    arrangement = Statement("arr:fg", "arrangement", names=(NameSaid("Group"),), links=(member("RLQ"),))
    outward = LinkSaid("participates-in", End("arr:fg", kind="arrangement"), role="member")
    take(register, STORY, [arrangement])
    run = take(register, written("other"), [trust("RLQ", "Wye Valley", links=(outward,))])
    assert one(register, "SELECT count(*) FROM link") == 1
    assert run.sources[0].links == 0
    evidence = "SELECT count(*) FROM _citation WHERE subject = 'link'"
    assert one(register, evidence) == 2


def test_a_complete_file_withdraws_what_older_sources_said_of_its_records() -> None:
    register = empty()
    group = Statement("arr:fg", "arrangement", names=(NameSaid("Group"),), links=(member("RLQ"), member("RJC")))
    take(register, STORY, [group])
    edited = Statement("arr:fg", "arrangement", names=(NameSaid("The Group"),), links=(member("RLQ"),))
    take(register, written("export", "2026-11-23", complete=True), [edited])
    assert names(register, "arr:fg") == {"The Group": "official"}
    assert one(register, "SELECT count(*) FROM link") == 1


def test_a_record_left_out_of_a_file_that_is_imported_again_is_marked() -> None:
    register = empty()
    take(register, STORY, [trust("RLQ", "Wye Valley"), trust("RJC", "South Warwickshire")])
    run = take(register, STORY, [trust("RLQ", "Wye Valley")])
    assert run.sources[0].gone == 1
    assert one(register, "SELECT status FROM record WHERE key = 'ods:RJC'") == "unlisted"
    take(register, STORY, [trust("RLQ", "Wye Valley"), trust("RJC", "South Warwickshire")])
    assert one(register, "SELECT status FROM record WHERE key = 'ods:RJC'") == "open"


def test_two_sources_that_give_one_identifier_mean_one_record() -> None:
    register = empty()
    code = IdentifierSaid("gb-coh", "01234567")
    take(register, STORY, [Statement("org:navigo", "organisation", names=(NameSaid("Navigo"),), identifiers=(code,))])
    take(register, written("other"), [Statement("gb-coh:01234567", "organisation", names=(NameSaid("NAViGO CIC"),))])
    assert one(register, "SELECT count(*) FROM record") == 1


def test_an_item_with_the_evidence_of_its_record_keeps_no_evidence_of_its_own() -> None:
    register = empty()
    cite = Cite("doc:a", "p1")
    statement = trust(
        "RLQ", "Wye Valley", cites=(cite,), facts=(FactSaid("aim", text="x", cites=(Cite("doc:a", "p2"),)),)
    )
    take(register, STORY, [statement])
    assert register.execute("SELECT subject FROM _citation ORDER BY 1").fetchall() == [("fact",), ("record",)]


def test_a_placeholder_is_called_what_those_who_link_to_it_call_it_in_any_order() -> None:
    results = []
    for ends in (("ods:Q1", None), ("ods:Q1", "North ICB")), (("ods:Q1", "North ICB"), ("ods:Q1", None)):
        register = empty()
        for number, (key, name) in enumerate(ends):
            link = LinkSaid("commissioned-by", End(key, name))
            take(register, written(f"file-{name}"), [trust(f"R{number}", "Trust", links=(link,))])
        results.append(one(register, "SELECT name FROM record WHERE key = 'ods:Q1'"))
    assert results == ["North ICB", "North ICB"]


def test_an_arrangement_that_only_its_member_names_is_called_as_the_member_calls_it() -> None:
    register = empty()
    outward = LinkSaid("participates-in", End("arr:fg", "Foundation Group", "arrangement"), role="member")
    take(register, STORY, [trust("RLQ", "Wye Valley", links=(outward,))])
    assert register.execute("SELECT name, kind, placeholder FROM record WHERE key = 'arr:fg'").fetchall() == [
        ("Foundation Group", "arrangement", 1)
    ]


def _person(post: str) -> Statement:
    link = LinkSaid("holds-post-in", End(post), role="chief-executive")
    return Statement("person:glen-burley", "person", names=(NameSaid("Glen Burley"),), links=(link,))


def test_a_namesake_in_another_source_is_another_person_and_a_suggestion() -> None:
    register = empty()
    take(register, STORY, [_person("ods:RJC")])
    take(register, written("other"), [_person("ods:RXX")])
    take(register, written("other"), [_person("ods:RXX")])
    keys = register.execute("SELECT key FROM record WHERE kind = 'person' ORDER BY 1").fetchall()
    assert keys == [("person:glen-burley",), ("person:glen-burley-2",)]
    assert register.execute("SELECT rule, candidates FROM suggestion").fetchall() == [
        ("same-name", '["person:glen-burley"]')
    ]


def test_namesakes_are_told_apart_where_rows_are_too_many_to_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.store.ingest._KEPT", 1)
    register = empty()
    take(register, STORY, [_person("ods:RJC")])
    take(
        register, written("other"), [trust("RXX", "Hill NHS Trust"), trust("RXY", "Dale NHS Trust"), _person("ods:RXX")]
    )
    keys = register.execute("SELECT key FROM record WHERE kind = 'person' ORDER BY 1").fetchall()
    assert keys == [("person:glen-burley",), ("person:glen-burley-2",)]


def test_a_namesake_with_a_post_in_common_is_the_same_person() -> None:
    register = empty()
    take(register, STORY, [_person("ods:RJC")])
    take(register, written("other"), [_person("ods:RJC")])
    assert one(register, "SELECT count(*) FROM record WHERE kind = 'person'") == 1


def test_each_row_is_counted_once_by_the_strongest_thing_it_did() -> None:
    register = empty()
    take(register, OLD, [trust("R1", "One"), trust("R2", "Two"), trust("R3", "Three")])
    new = [
        trust("R1", "One"),
        trust("R2", "Two renamed"),
        trust("R3", "Three", status="closed", closed="2020-01-01"),
        trust("R4", "Four"),
    ]
    report = take(register, NEW, new).sources[0]
    assert (report.added, report.updated, report.closed, report.unchanged) == (1, 1, 1, 1)


CODES = st.sampled_from(["R1", "R2"])
NAMES = st.sampled_from(["Alpha Trust", "ALPHA TRUST", "Beta Trust", "Gamma"])
DATES = st.sampled_from([None, "2010", "2013-04-01"])


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """A statement about one of two trusts."""
    links = draw(
        st.lists(
            st.builds(
                LinkSaid,
                st.sampled_from(["commissioned-by", "participates-in"]),
                st.builds(End, st.sampled_from(["ods:Q1", "ods:R1", "ods:R2"])),
                role=st.sampled_from([None, "member"]),
                start=DATES,
                end=DATES,
            ),
            max_size=2,
        )
    )
    return trust(
        draw(CODES),
        draw(NAMES),
        status=draw(st.sampled_from([None, "open", "closed"])),
        closed=draw(DATES),
        type=draw(st.sampled_from([None, "nhs-trust"])),
        links=tuple(links),
        facts=tuple(draw(st.lists(st.builds(FactSaid, st.just("aim"), text=NAMES), max_size=1))),
        events=tuple(draw(st.lists(st.builds(EventSaid, DATES, st.just("founded"), NAMES), max_size=1))),
    )


SOURCES = (STORY, OLD, NEW, written("export", "2024", complete=True))


@settings(max_examples=cases(8))
@given(st.lists(st.lists(statements(), max_size=3, unique_by=lambda one: one.key), min_size=4, max_size=4))
def test_the_order_of_imports_never_matters(files: Sequence[Sequence[Statement]]) -> None:
    """Whatever four sources say, every order gives one register."""
    imports: list[tuple[SourceSaid, Sequence[Statement]]] = list(zip(SOURCES, files, strict=True))
    results = []
    for order in list(permutations(imports))[::5]:
        register = empty()
        for source, said in order:
            take(register, source, said)
        results.append(everything(register))
    assert all(result == results[0] for result in results)


def test_what_a_list_dropped_stays_dropped_when_an_export_speaks_of_it() -> None:
    register = empty()
    take(register, OLD, [trust("RJC", "One"), trust("RLQ", "Other")])
    take(register, NEW, [trust("RLQ", "Other")])
    take(register, written("export", "2026-01-01", complete=True), [trust("RJC", "One"), trust("RLQ", "Other")])
    gone = "SELECT r.key, s.key FROM record r JOIN source s ON s.id = r.gone"
    assert register.execute(gone).fetchall() == [("ods:RJC", "file:list-2025")]
