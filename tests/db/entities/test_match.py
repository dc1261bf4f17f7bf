"""Names without codes mean the record that has the name, whichever came first, and only where no other may be meant."""

from __future__ import annotations

import sqlite3
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import UsageError
from db.keys import slug
from db.search.check import check
from db.statements import Cite, End, IdentifierSaid, LinkSaid, NameSaid, SourceSaid, Statement
from tests.db.store.registers import empty, everything, listing, rows, take, trust, written
from tests.db.store.test_undo import begun, take_back
from tests.depth import cases

LIST = listing("list-2019", "2019-04")
TABLE = written("table", "2019-04")
HILL = "Hill NHS Trust"


def named(name: str, type_: str | None = "nhs-trust", *links: LinkSaid, **more: object) -> Statement:
    """A statement about a body of which only the name is known."""
    names = (NameSaid(name),)
    return Statement(f"org:{slug(name)}", "organisation", type=type_, names=names, links=links, by_name=True, **more)  # type: ignore[arg-type]


def partner(name: str) -> Statement:
    """An arrangement in which a body takes part that is known by its name."""
    link = LinkSaid("participates-in", End(f"org:{slug(name)}", name), outward=False, role="partner")
    return Statement("ods:QA1", "arrangement", names=(NameSaid("Hill STP"),), links=(link,))


def keys(register: sqlite3.Connection) -> set[str]:
    """The keys of all organisations."""
    return {key for (key,) in register.execute("SELECT key FROM record WHERE kind = 'organisation'")}


def suggested(register: sqlite3.Connection) -> list[tuple[str, str]]:
    """What is suggested, with the keys of the candidates."""
    query = (
        "SELECT what, group_concat(json_extract(j.value, '$.key')) FROM suggestion s, json_each(s.candidates) j "
        "WHERE state = 'open' GROUP BY s.id ORDER BY 1"
    )
    return [(what.partition(" ")[0], found) for what, found in register.execute(query)]


def test_a_name_means_the_one_record_that_has_it_whichever_comes_first() -> None:
    parts = [(LIST, [trust("RXX", HILL, type="nhs-trust")]), (TABLE, [named(HILL), partner(HILL)])]
    registers = []
    for order in permutations(parts):
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert keys(register) == {"ods:RXX"}
        assert check(register) == []
        registers.append(everything(register))
    assert registers[0] == registers[1]
    query = (
        "SELECT e.basis, e.note <> '' FROM _citation c JOIN evidence e ON e.id = c.evidence_id WHERE c.subject = 'link'"
    )
    assert register.execute(query).fetchall() == [("inferred", 1)]


def test_what_a_list_says_is_not_overridden_by_whom_a_name_is_matched_with() -> None:
    register = empty()
    take(register, LIST, [trust("RXX", HILL, type="nhs-trust")])
    take(register, written("later", "2026"), [named("HILL nhs trust", "nhs-foundation-trust", status="closed")])
    shown = register.execute("SELECT key, name, type, status FROM record").fetchall()
    assert shown == [("ods:RXX", HILL, "nhs-trust", "open")]
    assert register.execute("SELECT scheme, value FROM identifier ORDER BY 1").fetchall() == [
        ("ods", "RXX"), ("org", "hill-nhs-trust"),
    ]  # fmt: skip


def test_importing_again_changes_nothing() -> None:
    register = empty()
    for _ in range(2):
        take(register, TABLE, [named(HILL), partner(HILL), named("Hilly NHS Trust")])
        take(register, LIST, [trust("RXX", HILL, type="nhs-trust")])
    assert register.execute("SELECT count(*) FROM _change WHERE run_id > 2").fetchone() == (0,)
    assert suggested(register) == [("org:hilly-nhs-trust", "ods:RXX")]


def test_two_with_the_name_are_a_suggestion_and_part_what_was_joined() -> None:
    register = empty()
    take(register, TABLE, [named(HILL), partner(HILL)])
    take(register, LIST, [trust("RXX", HILL, type="nhs-trust")])
    take(register, written("other"), [trust("RYY", HILL, type="nhs-trust")])
    assert keys(register) == {"ods:RXX", "ods:RYY", "org:hill-nhs-trust"}
    assert suggested(register) == [("org:hill-nhs-trust", "ods:RXX,ods:RYY")]
    assert check(register) == []
    query = "SELECT r.key FROM link l JOIN record r ON r.id = l.source_id"
    assert register.execute(query).fetchall() == [("org:hill-nhs-trust",)]


@pytest.mark.parametrize(
    ("other", "meant"),
    [
        ({"status": "closed", "closed": "2015-03-31"}, True),
        ({"status": "closed", "closed": "2019-04-30"}, False),
        ({"opened": "2020-01-01"}, True),
        ({"type": "local-authority"}, True),
        ({"type": "prescribing-cost-centre"}, True),
        ({"type": "nhs-foundation-trust"}, False),
    ],
)
def test_of_two_the_one_that_stood_then_and_is_of_the_kind_is_meant(other: dict[str, str], meant: bool) -> None:
    register = empty()
    take(register, LIST, [trust("RXX", HILL, type="nhs-trust"), trust("RYY", HILL, **{"type": "nhs-trust", **other})])
    take(register, TABLE, [named(HILL)])
    assert (keys(register) == {"ods:RXX", "ods:RYY"}) is meant


def test_an_article_an_abbreviation_and_marks_make_no_other_name() -> None:
    register = empty()
    take(register, LIST, [trust("RXX", "The Queen’s Hospital, Hill & Dale NHS FT", type="nhs-foundation-trust")])
    take(register, TABLE, [named("Queen's Hospital Hill and Dale NHS Foundation Trust")])
    assert keys(register) == {"ods:RXX"}


def test_a_closed_body_is_meant_where_no_other_has_the_name() -> None:
    register = empty()
    take(register, LIST, [trust("RXX", HILL, type="nhs-trust", status="closed", closed="2010")])
    take(register, TABLE, [named(HILL)])
    assert keys(register) == {"ods:RXX"}


def test_a_name_that_is_short_or_not_quite_the_same_is_a_suggestion_with_a_score() -> None:
    register = empty()
    said = trust("901", "Suffolk County Council", type="county-council")
    take(register, LIST, [said, trust("RGQ", "East Suffolk NHS Trust", type="nhs-trust")])
    take(register, TABLE, [named("Suffolk", "local-authority")])
    assert keys(register) == {"ods:901", "ods:RGQ", "org:suffolk"}
    (row,) = register.execute("SELECT confidence, candidates FROM suggestion").fetchall()
    assert row == (0.95, '[{"key": "ods:901", "name": "Suffolk County Council", "score": 95.0}]')


def test_a_body_of_the_type_that_comes_later_is_suggested_however_its_name_is_spelt() -> None:
    register = empty()
    take(register, TABLE, [named("Hillsbrough", "local-authority")])
    take(register, LIST, [trust("012", "Hillsborough Council", type="local-authority")])
    assert suggested(register) == [("org:hillsbrough", "ods:012")]
    take(register, written("else"), [trust("RXX", HILL, type="nhs-trust")])
    assert suggested(register) == [("org:hillsbrough", "ods:012")]


def test_words_that_tell_what_a_body_is_make_no_suggestion_of_a_body_of_unknown_type() -> None:
    parts = [(TABLE, [named("Hill NHS Trust", None)]), (LIST, [trust("R1", "Dale NHS Trust", type="nhs-trust")])]
    for order in permutations(parts):
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert suggested(register) == []


def test_a_suggestion_goes_when_its_question_is_answered() -> None:
    register = empty()
    take(register, LIST, [trust("RYY", "Hill NHS Foundation Trust", type="nhs-foundation-trust")])
    take(register, TABLE, [named(HILL)])
    assert suggested(register) == [("org:hill-nhs-trust", "ods:RYY")]
    take(register, written("other"), [trust("RXX", HILL, type="nhs-trust")])
    assert keys(register) == {"ods:RXX", "ods:RYY"}
    assert suggested(register) == []


def test_further_codes_go_with_the_name_and_come_back_with_it() -> None:
    register = empty()
    code = (IdentifierSaid("cqc", "1-123"),)
    holder = "SELECT r.key FROM identifier i JOIN record r ON r.id = i.record_id WHERE i.scheme = 'cqc'"
    take(register, TABLE, [named(HILL, identifiers=code)])
    take(register, LIST, [trust("RXX", HILL, type="nhs-trust")])
    assert register.execute(holder).fetchall() == [("ods:RXX",)]
    take(register, written("other"), [trust("RYY", HILL, type="nhs-trust")])
    assert register.execute(holder).fetchall() == [("org:hill-nhs-trust",)]
    assert register.execute("SELECT count(*) FROM suggestion WHERE rule = 'same-identifier'").fetchone() == (0,)


def test_a_record_of_a_bare_code_is_the_one_that_has_the_code_whichever_comes_first() -> None:
    link = LinkSaid("participates-in", End("ods:RXX"), outward=False, role="partner")
    bare = Statement("gss:E1", "arrangement", partial=True, names=(NameSaid("Hill", "as-written"),), links=(link,))
    whole = Statement(
        "ods:QA1", "arrangement", names=(NameSaid("Hill STP"),), identifiers=(IdentifierSaid("gss", "E1"),)
    )
    parts = [(TABLE, [bare]), (LIST, [whole])]
    found = []
    for order in permutations(parts):
        register = empty()
        take(register, written("first"), [trust("RXX", HILL, links=(LinkSaid("part-of", End("ods:QA1")),))])
        for source, said in order:
            take(register, source, said)
        assert register.execute("SELECT count(*) FROM record WHERE kind = 'arrangement'").fetchone() == (1,)
        assert register.execute("SELECT count(*) FROM suggestion").fetchone() == (0,)
        assert check(register) == []
        found.append(everything(register))
    assert found[0] == found[1]


def test_a_record_that_somebody_describes_is_left_as_it_is() -> None:
    register = empty()
    take(register, LIST, [trust("RXX", HILL, type="nhs-trust")])
    take(register, written("by hand"), [Statement("org:hill-nhs-trust", "organisation", names=(NameSaid(HILL),))])
    take(register, TABLE, [named(HILL)])
    assert keys(register) == {"ods:RXX", "org:hill-nhs-trust"}


def test_whoever_says_that_two_are_one_is_believed_whichever_comes_first() -> None:
    code = IdentifierSaid("org", "on-the-hill")
    parts = [
        (LIST, [trust("RXX", HILL, type="nhs-trust")]),
        (TABLE, [named("On the Hill"), partner("On the Hill")]),
        (written("by hand"), [Statement("ods:RXX", "organisation", partial=True, identifiers=(code,))]),
    ]
    found = []
    for order in permutations(parts):
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert keys(register) == {"ods:RXX"}
        found.append(everything(register))
    assert all(one == found[0] for one in found)
    assert register.execute("SELECT count(*) FROM suggestion").fetchone() == (0,)


def test_undoing_the_list_gives_the_name_a_record_of_its_own_again() -> None:
    register = begun()
    take(register, TABLE, [named(HILL, "nhs-trust", cites=(Cite("file:table", "row 1"),)), partner(HILL)])
    before = rows(register)
    take(register, LIST, [trust("RXX", HILL, type="nhs-trust")])
    take_back(register, 3)
    assert rows(register) == before
    assert check(register) == []


def test_rows_that_a_run_made_and_let_go_of_are_no_rows_of_it_when_it_is_undone() -> None:
    register = begun()
    take(register, TABLE, [trust("RXX", HILL, type="nhs-trust"), named(HILL)])
    take(register, written("other"), [named("Vale NHS Trust", "care-home")])
    after = everything(register)
    take_back(register, 2)
    assert everything(register) == {row for row in after if "vale" in row.lower()}


NAMES = ("Hill NHS Trust", "Dale NHS Trust", "Vale NHS Foundation Trust", "Hill and Dale NHS Trust")
SOURCES: tuple[SourceSaid, ...] = (
    LIST,
    TABLE,
    written("undated"),
    listing("list-2025", "2025"),
    written("new", "2026"),
)


@st.composite
def statements(draw: st.DrawFn) -> Statement:
    """A statement about a body with a code, one without, or an arrangement of one without."""
    name = draw(st.sampled_from(NAMES))
    form = draw(st.integers(0, 3))
    if form == 0:
        return partner(name)
    if form == 1:
        links = (LinkSaid("partner-to", End("ods:QA1")),) if draw(st.booleans()) else ()
        return named(name, draw(st.sampled_from(("nhs-trust", None))), *links)
    kind = draw(st.sampled_from(("official", "as-written", "short")))
    code = draw(st.sampled_from(("R1", "R2", "R3")))
    names = (NameSaid("A Trust"), NameSaid(name, kind)) if kind != "official" else (NameSaid(name),)
    closed = draw(st.sampled_from((None, "2010", "2025")))
    status = "closed" if closed else "open"
    return Statement(f"ods:{code}", "organisation", type="nhs-trust", status=status, closed=closed, names=names)


IMPORTS = st.lists(
    st.tuples(st.sampled_from(SOURCES), st.lists(statements(), max_size=4, unique_by=lambda one: one.key)),
    min_size=2,
    max_size=4,
    unique_by=lambda one: one[0].key,
)
Imports = list[tuple[SourceSaid, list[Statement]]]


@settings(max_examples=cases(12), deadline=None)
@given(IMPORTS, st.randoms())
def test_the_order_of_imports_does_not_matter(imports: Imports, random: object) -> None:
    found = []
    for turn in range(2):
        order = list(imports)
        if turn:
            random.shuffle(order)  # type: ignore[attr-defined]
        register = empty()
        for source, said in order:
            take(register, source, said)
        assert check(register) == []
        found.append((everything(register), suggested(register)))
    assert found[0] == found[1]


@settings(max_examples=cases(12), deadline=None)
@given(IMPORTS, st.data())
def test_undoing_leaves_what_was_before_or_what_the_others_say(imports: Imports, data: st.DataObject) -> None:
    register = begun()
    before = []
    for source, said in imports:
        before.append(rows(register))
        take(register, source, said)
    number = data.draw(st.integers(0, len(imports) - 1))
    try:
        take_back(register, number + 2)
    except UsageError:
        for run in range(len(imports) + 1, 1, -1):
            take_back(register, run)
            assert rows(register) == before[run - 2]
            assert check(register) == []
        return
    without = begun()
    for place, (source, said) in enumerate(imports):
        if place != number:
            take(without, source, said)
    assert everything(register) == everything(without)
    assert suggested(register) == suggested(without)
    assert check(register) == []
