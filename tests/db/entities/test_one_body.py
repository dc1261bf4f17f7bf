"""Records that are one body, as a person says: joined, kept so whatever is imported, and parted as they were."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.entities.review import answer
from db.errors import InterlockError, NotFoundError, UsageError
from db.keys import slug
from db.reading.record import brief, record
from db.reading.resolve_key import resolve
from db.search.check import check
from db.statements import End, FactSaid, IdentifierSaid, LinkSaid, NameSaid, SourceSaid, Statement
from db.store.session import ImportSession
from tests.db.store.registers import everything, listing, member, rows, take, trust, written
from tests.db.store.test_any_order import CODES, NAMES, held, statements
from tests.db.store.test_undo import begun, take_back
from tests.depth import cases

WYEDALE = "org:wyedale"
COUNCIL = Statement("ods:9WY", "organisation", type="metropolitan-district", names=(NameSaid("Wyedale City Council"),))
BY_NAME = Statement(WYEDALE, "organisation", names=(NameSaid("Wyedale"),), by_name=True)
ALONE = Statement(WYEDALE, "organisation", names=(NameSaid("Wyedale"),), summary="A city.")
CODES_TOLD = [code for code in CODES if code != "gss:E08000035"]
"""Without one that means a body by a crosswalk, whoever gives it."""
KEYS = (*CODES_TOLD, *(f"org:{slug(name)}" for name in NAMES))
SOURCES = (listing("list-2019", "2019"), written("table", "2020"), written("undated"), written("new", "2026"))
BODIES = statements().filter(
    lambda one: one.kind == "organisation" and not any(code.scheme == "org" for code in one.identifiers)
)
"""Who is the same person is decided anew by the posts that two share, and a file may say which name a body has."""
IMPORTS = st.lists(st.lists(BODIES, min_size=1, max_size=3, unique_by=lambda one: one.key), min_size=2, max_size=3)
PAIRS = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), min_size=1, max_size=4)
Said = Sequence[tuple[SourceSaid, Sequence[Statement]]]


def merge(register: sqlite3.Connection, one: str, other: str, keep: str | None = None) -> tuple[str, str]:
    """Join two records in a run of its own; the key that stays, and the other."""
    with ImportSession.in_memory(register, command="a merge") as session:
        both = session.merge(one, other, keep)
        session.finish()
    return both


def unmerge(register: sqlite3.Connection, one: str, other: str | None = None) -> tuple[str, str]:
    """Part two records in a run of its own."""
    with ImportSession.in_memory(register, command="an unmerge") as session:
        both = session.unmerge(one, other)
        session.finish()
    return both


def merged(register: sqlite3.Connection, one: str, other: str) -> bool:
    """Join two records where that can be done."""
    try:
        merge(register, one, other)
    except (UsageError, NotFoundError):
        return False
    return True


def taken(*said: tuple[SourceSaid, Sequence[Statement]]) -> sqlite3.Connection:
    """A register into which some things were imported."""
    register = begun()
    for source, those in said:
        take(register, source, those)
    return register


def record_of(register: sqlite3.Connection, key: str) -> str:
    """The key of the record that a key opens."""
    scheme, value = key.split(":", 1)
    query = "SELECT r.key FROM identifier i JOIN record r ON r.id = i.record_id WHERE scheme = ? AND value = ?"
    (found,) = register.execute(query, (scheme, value)).fetchone()
    return str(found)


def last(register: sqlite3.Connection) -> int:
    """The last run."""
    (run,) = register.execute("SELECT max(id) FROM run").fetchone()
    return int(run)


def changes(register: sqlite3.Connection, run: int) -> list[tuple[object, ...]]:
    """What runs after one changed."""
    return register.execute("SELECT tbl, before FROM _change WHERE run_id > ?", (run,)).fetchall()


def sources(imports: Sequence[Sequence[Statement]]) -> list[tuple[SourceSaid, Sequence[Statement]]]:
    """Some imports, each of a source of its own."""
    return list(zip(SOURCES, imports, strict=False))


def is_record(register: sqlite3.Connection, key: str) -> bool:
    """Whether a key is that of a record, and no code of another's."""
    return register.execute("SELECT 1 FROM record WHERE key = ?", (key,)).fetchone() is not None


@settings(max_examples=cases(6), deadline=None)
@given(IMPORTS, PAIRS)
def test_undoing_in_reverse_leads_back_to_each_state_and_imports_again_change_nothing(
    imports: Sequence[Sequence[Statement]], pairs: Sequence[tuple[str, str]]
) -> None:
    register = begun()
    states = [rows(register)]
    for source, said in sources(imports):
        take(register, source, said)
        states.append(rows(register))
    for pair in pairs:
        if merged(register, *pair):
            states.append(rows(register))
            assert record_of(register, pair[0]) == record_of(register, pair[1])
            assert check(register) == []
    run = last(register)
    for source, said in sources(imports):
        take(register, source, said)
    assert changes(register, run) == []
    for state in reversed(states[:-1]):
        take_back(register, run)
        assert rows(register) == state
        run -= 1


@settings(max_examples=cases(6), deadline=None)
@given(IMPORTS, PAIRS)
def test_parted_again_records_are_as_they_were(
    imports: Sequence[Sequence[Statement]], pairs: Sequence[tuple[str, str]]
) -> None:
    register = taken(*sources(imports))
    states = []
    for pair in pairs:
        before = held(register)
        try:
            states.append((merge(register, *pair), before))
        except (UsageError, NotFoundError):
            continue
    for both, before in reversed(states):
        unmerge(register, *both)
        # That they are two is kept as an answer where they would be joined by a name again at once.
        assert {row for row in held(register) ^ before if "rejected" not in row} == set()
        assert check(register) == []


@settings(max_examples=cases(6), deadline=None)
@given(IMPORTS, PAIRS)
def test_it_does_not_matter_whether_files_are_imported_before_records_are_joined_or_after(
    imports: Sequence[Sequence[Statement]], pairs: Sequence[tuple[str, str]]
) -> None:
    late = taken(*sources(imports))
    joined: list[tuple[str, str]] = []
    for pair in pairs:
        known = {key for both in joined for key in both}
        if all(is_record(late, key) or key in known for key in pair) and merged(late, *pair):
            joined.append(pair)
    early, waiting, known = begun(), list(joined), set[str]()
    for source, said in sources(imports):
        take(early, source, said)
        for pair in list(waiting):
            # What a name means may change as long as not all is known.
            if all(is_record(early, key) or key in known for key in pair) and merged(early, *pair):
                waiting.remove(pair)
                known.update(pair)
    if not waiting:
        assert everything(early) == everything(late)


@settings(max_examples=cases(6), deadline=None)
@given(IMPORTS, st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)))
def test_the_one_record_has_every_name_code_link_and_source_of_both_once(
    imports: Sequence[Sequence[Statement]], pair: tuple[str, str]
) -> None:
    register = taken(*sources(imports))
    if not all(is_record(register, key) for key in pair):
        return
    of_both = [of(register, key) for key in pair]
    if not merged(register, *pair):
        return
    key = record_of(register, pair[0])
    now = of(register, key)
    for what, those in now.items():
        assert len(those) == len(set(those)), what
        before = {one for each in of_both for one in each[what]}
        renamed = {tuple(key if part in pair else part for part in one) for one in before}
        # What tied the two to each other is no tie any more.
        assert {one for one in renamed if what != "link" or one[0] != one[1]} <= set(those), what


def of(register: sqlite3.Connection, key: str) -> dict[str, list[tuple[object, ...]]]:
    """What a record has: its names, codes, links without their days, and sources."""
    queries = {
        "name": "SELECT n.name FROM name n WHERE record_id = ?1",
        "code": "SELECT scheme, value FROM identifier WHERE record_id = ?1",
        "link": "SELECT a.key, b.key, type_id, role FROM link JOIN record a ON a.id = source_id JOIN record b "
        "ON b.id = target_id WHERE ?1 IN (source_id, target_id) GROUP BY source_id, target_id, type_id, role",
        "source": "SELECT DISTINCT s.key FROM _citation c JOIN evidence e ON e.id = evidence_id JOIN source s "
        "ON s.id = e.source_id WHERE (subject = 'record' AND subject_id = ?1) OR (subject = 'name' AND subject_id IN "
        "(SELECT id FROM name WHERE record_id = ?1)) OR (subject = 'identifier' AND subject_id IN "
        "(SELECT id FROM identifier WHERE record_id = ?1))",
    }
    (record,) = register.execute("SELECT id FROM record WHERE key = ?", (key,)).fetchone()
    return {what: register.execute(query, (record,)).fetchall() for what, query in queries.items()}


def test_the_record_goes_by_what_rests_on_the_best_register() -> None:
    made = [Statement(key, "organisation", names=(NameSaid(key),)) for key in ("org:b", "gss:E9", "ods:Z9", "org:a")]
    register = taken((written("all"), made))
    assert merge(register, "org:b", "org:a") == ("org:a", "org:b")
    assert merge(register, "org:b", "gss:E9") == ("gss:E9", "org:a")
    assert merge(register, "ods:Z9", "gss:E9", "gss:E9") == ("gss:E9", "ods:Z9")
    assert {record_of(register, one.key) for one in made} == {"gss:E9"}
    assert unmerge(register, "ods:Z9") == ("gss:E9", "ods:Z9")
    with pytest.raises(UsageError, match="nobody joined ods:Z9"):
        unmerge(register, "ods:Z9")
    assert unmerge(register, "org:b", "org:a") == ("gss:E9", "org:b")
    assert {one.key: record_of(register, one.key) for one in made} == {
        "org:b": "org:b", "gss:E9": "gss:E9", "ods:Z9": "ods:Z9", "org:a": "gss:E9",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "keep", "said"),
    [
        ("ods:9WY", "person:ann", None, "ods:9WY is of kind organisation and person:ann of kind person"),
        ("ods:9WY", "ods:9WY", None, "ods:9WY is named twice"),
        ("ods:9WY", "gss:E1", None, "ods:9WY and gss:E1 are one record already: ods:9WY"),
        ("ods:9WY", "org:none", None, "no record has the key 'org:none'"),
        ("ods:9WY", "ods:R1", "ods:R2", "--keep names ods:R2, which is neither of the two"),
    ],
)
def test_what_cannot_be_one_is_refused_and_changes_nothing(one: str, other: str, keep: str | None, said: str) -> None:
    person = Statement("person:ann", "person", names=(NameSaid("Ann"),))
    council = trust("9WY", "Wyedale City Council", identifiers=(IdentifierSaid("gss", "E1"),))
    register = taken((written("all"), [person, council, trust("R1", "Hill")]))
    before = rows(register)
    with pytest.raises(InterlockError, match=said):
        merge(register, one, other, keep)
    assert rows(register) == before


def test_what_was_imported_since_goes_to_the_body_that_it_spoke_of() -> None:
    group = Statement("arr:x", "arrangement", names=(NameSaid("X"),), links=(member("9WY"),))
    register = taken((written("a", "2020"), [COUNCIL]), (written("b", "2021"), [ALONE]))
    merge(register, WYEDALE, "ods:9WY")
    take(register, written("c"), [group])
    take(
        register,
        written("b", "2021"),
        [Statement(WYEDALE, "organisation", names=(NameSaid("Wyedale"),), summary="Big.")],
    )
    other = Statement("arr:y", "arrangement", names=(NameSaid("Y"),))
    to_it = LinkSaid("participates-in", End(WYEDALE), outward=False, role="member")
    take(register, written("d"), [Statement(other.key, other.kind, names=other.names, links=(to_it,))])
    ends = (
        "SELECT a.key, b.key FROM link JOIN record a ON a.id = source_id JOIN record b ON b.id = target_id ORDER BY 2"
    )
    assert register.execute(ends).fetchall() == [("ods:9WY", "arr:x"), ("ods:9WY", "arr:y")]
    unmerge(register, WYEDALE)
    assert register.execute(ends).fetchall() == [("ods:9WY", "arr:x"), (WYEDALE, "arr:y")]
    query = "SELECT key, summary FROM record WHERE key IN ('ods:9WY', 'org:wyedale') ORDER BY 1"
    assert register.execute(query).fetchall() == [("ods:9WY", None), (WYEDALE, "Big.")]


def test_the_key_that_is_a_code_now_opens_the_record() -> None:
    register = taken((written("a", "2020"), [COUNCIL]), (written("b", "2021"), [ALONE]))
    merge(register, WYEDALE, "ods:9WY")
    assert record(register, WYEDALE, None).key == brief(register, WYEDALE).key == "ods:9WY"
    assert resolve(register, WYEDALE) == "ods:9WY"


def test_what_the_sources_of_the_other_call_it_is_no_former_name() -> None:
    register = taken((written("a", "2020"), [COUNCIL]), (written("b", "2021"), [ALONE]))
    merge(register, WYEDALE, "ods:9WY")
    names = register.execute("SELECT name, kind FROM name ORDER BY 1").fetchall()
    assert names == [("Wyedale", "as-written"), ("Wyedale City Council", "official")]


def test_names_that_are_one_body_s_are_looked_for_together() -> None:
    also = Statement(
        "org:wyedale-city-council", "organisation", names=(NameSaid("Wyedale City Council"),), by_name=True
    )
    found = []
    for council_first in (True, False):
        register = taken((written("names"), [BY_NAME, also]), *[(written("a", "2020"), [COUNCIL])] * council_first)
        if council_first:
            merge(register, WYEDALE, "ods:9WY")
        else:
            merge(register, WYEDALE, also.key)
            take(register, written("a", "2020"), [COUNCIL])
        assert record_of(register, WYEDALE) == record_of(register, also.key) == "ods:9WY"
        assert check(register) == []
        found.append(register)
    unmerge(found[1], WYEDALE, also.key)
    assert [record_of(found[1], key) for key in (WYEDALE, also.key)] == [WYEDALE, "ods:9WY"]


def test_a_name_that_was_found_to_mean_a_body_is_parted_from_it_for_good() -> None:
    called = Statement(
        "ods:9WY", "organisation", names=(NameSaid("Wyedale City Council"), NameSaid("Wyedale", "trading"))
    )
    said = (written("a", "2020"), [called]), (written("names"), [BY_NAME])
    register = taken(*said)
    assert record_of(register, WYEDALE) == "ods:9WY"
    assert unmerge(register, WYEDALE) == ("ods:9WY", WYEDALE)
    for source, those in said:
        take(register, source, those)
    take(register, written("more"), [called])
    assert record_of(register, WYEDALE) == WYEDALE
    merge(register, WYEDALE, "ods:9WY")
    assert record_of(register, WYEDALE) == "ods:9WY"


def test_a_name_that_a_person_names_stays_with_the_body_whoever_has_it_since() -> None:
    hill = Statement("org:hill", "organisation", names=(NameSaid("Hill"),), by_name=True)
    said = (written("names"), [hill]), (written("a", "2020"), [trust("R1", "Hill"), trust("R2", "Dale")])
    register = taken(*said)
    before = held(register)
    assert merge(register, "ods:R2", "org:hill") == ("ods:R1", "ods:R2")
    run = last(register)
    for one in said:
        take(register, *one)
    assert changes(register, run) == []
    take(register, written("more"), [trust("R3", "Hill")])
    assert [record_of(register, key) for key in ("org:hill", "ods:R2", "ods:R3")] == ["ods:R1", "ods:R1", "ods:R3"]
    take_back(register, last(register))
    unmerge(register, "org:hill")
    assert held(register) == before
    assert check(register) == []


def test_a_question_whose_number_is_another_s_now_is_asked_again_of_the_body_that_leaves() -> None:
    led = [trust(code, "A Trust", facts=(FactSaid("lead-as-written", text="Ann Lee"),)) for code in ("R1", "R2")]
    named = Statement("org:a-trust", "organisation", names=(NameSaid("A Trust"),), by_name=True)
    register = taken((written("a", "2020"), led), (written("names"), [named]))
    states, pairs = [], (("ods:R2", "org:a-trust"), ("ods:R2", "ods:R1"))
    for pair in pairs:
        states.append(held(register))
        merge(register, *pair, keep="ods:R2")
    for pair, before in reversed(list(zip(pairs, states, strict=True))):
        unmerge(register, *pair)
        assert held(register) == before


def test_a_code_that_made_two_one_is_parted_from_it_for_good() -> None:
    shared = (IdentifierSaid("gss", "E1"),)
    other = Statement("lei:B", "organisation", names=(NameSaid("Wyedale plc"),), identifiers=shared)
    said = (written("a", "2020"), [trust("9WY", "Wyedale", identifiers=shared)]), (written("b"), [other])
    register = taken(*said)
    assert record_of(register, "lei:B") == "ods:9WY"
    unmerge(register, "ods:9WY", "lei:B")
    for source, those in (*said, (written("more"), [other])):
        take(register, source, those)
    assert [record_of(register, key) for key in ("lei:B", "gss:E1")] == ["lei:B", "ods:9WY"]
    assert register.execute("SELECT count(*) FROM suggestion WHERE state = 'open'").fetchone() == (0,)
    assert check(register) == []


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("ods:R1", None, "nobody joined ods:R1 with another by hand"),
        ("ods:R1", "gss:E1", "gss:E1 is a code that sources give to ods:R1; nothing else is said under it"),
        ("ods:R1", "ods:R2", "ods:R1 and ods:R2 are two records already"),
    ],
)
def test_what_is_no_two_bodies_is_not_parted(one: str, other: str | None, said: str) -> None:
    register = taken(
        (written("all"), [trust("R1", "Hill", identifiers=(IdentifierSaid("gss", "E1"),)), trust("R2", "Dale")])
    )
    before = rows(register)
    with pytest.raises(UsageError, match=said):
        unmerge(register, one, other)
    assert rows(register) == before


def test_a_file_that_says_all_of_one_leaves_what_was_joined_with_it() -> None:
    register = taken((written("a", "2020"), [COUNCIL]), (written("b", "2021"), [ALONE]))
    merge(register, WYEDALE, "ods:9WY")
    take(register, written("export", "2026", complete=True), [COUNCIL])
    assert record_of(register, WYEDALE) == "ods:9WY"
    assert register.execute("SELECT summary FROM record WHERE key = 'ods:9WY'").fetchone() == ("A city.",)


def test_a_code_given_for_two_is_answered_by_making_them_one_and_asked_again_when_they_are_parted() -> None:
    code = (IdentifierSaid("ods", "R2"),)
    register = taken((written("all"), [trust("R2", "Dale"), trust("R1", "Hill")]))
    take(register, written("more"), [trust("R1", "Hill", identifiers=code)])
    before = held(register)
    (number,) = register.execute("SELECT id FROM suggestion").fetchone()
    with ImportSession.in_memory(register, command="a review") as session:
        answer(session, {number: None}, [])
    assert record_of(register, "ods:R2") == "ods:R1"
    unmerge(register, "ods:R2")
    asked = {row for row in held(register) ^ before if "same-identifier" not in row}
    assert asked == set()
    assert is_record(register, "ods:R2")
