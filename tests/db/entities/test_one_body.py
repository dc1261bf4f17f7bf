"""Records that are one body, as a person says: joined, kept so whatever is imported, and parted as they were."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from db.errors import NotFoundError, UsageError
from db.keys import slug
from db.search.check import check
from db.statements import NameSaid, SourceSaid, Statement
from db.store.session import ImportSession
from tests.db.store.registers import everything, listing, rows, take, written
from tests.db.store.test_any_order import CODES, NAMES, held, statements
from tests.db.store.test_undo import begun, take_back

LEEDS = "org:leeds"
COUNCIL = Statement("ods:212", "organisation", type="metropolitan-district", names=(NameSaid("Leeds City Council"),))
BY_NAME = Statement(LEEDS, "organisation", names=(NameSaid("Leeds"),), by_name=True)
ALONE = Statement(LEEDS, "organisation", names=(NameSaid("Leeds"),), summary="A city.")
KEYS = (*CODES, *(f"org:{slug(name)}" for name in NAMES))
SOURCES = (listing("list-2019", "2019"), written("table", "2020"), written("undated"), written("new", "2026"))
IMPORTS = st.lists(
    st.lists(statements(), min_size=1, max_size=4, unique_by=lambda one: one.key), min_size=2, max_size=4
)
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


@settings(max_examples=60, deadline=None)
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


@settings(max_examples=60, deadline=None)
@given(IMPORTS, PAIRS)
def test_parted_again_records_are_as_they_were(
    imports: Sequence[Sequence[Statement]], pairs: Sequence[tuple[str, str]]
) -> None:
    register = taken(*sources(imports))
    states = []
    for pair in pairs:
        before = held(register)
        try:
            both = merge(register, *pair)
        except (UsageError, NotFoundError):
            continue
        states.append((both, before))
    assume(states)
    for both, before in reversed(states):
        unmerge(register, *both)
        # What is told of two is kept as an answer where they would be joined by their names again at once.
        assert {row for row in held(register) ^ before if "rejected" not in row} == set()
        assert check(register) == []


@settings(max_examples=60, deadline=None)
@given(IMPORTS, PAIRS, st.randoms(use_true_random=False))
def test_in_whichever_order_records_are_joined_and_files_imported(
    imports: Sequence[Sequence[Statement]], pairs: Sequence[tuple[str, str]], chance: object
) -> None:
    said = sources(imports)
    late = taken(*said)
    joined = [pair for pair in pairs if merged(late, *pair)]
    assume(joined)
    early = begun()
    waiting = list(joined)
    for source, those in said:
        take(early, source, those)
        waiting = [pair for pair in waiting if not merged(early, *pair)]
    for pair in waiting:
        merged(early, *pair)
    for pair in joined:
        assert record_of(early, pair[0]) == record_of(late, pair[0])
    assert everything(early) == everything(late)
