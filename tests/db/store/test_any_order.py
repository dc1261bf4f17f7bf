"""Imports, answers, joinings and undoings in any order: undoing is exact or refused, and leaves what others make."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from db.entities.review import answer
from db.errors import NotFoundError, UsageError
from db.keys import slug
from db.search.check import check
from db.statements import End, FactSaid, IdentifierSaid, LinkSaid, NameSaid, SourceSaid, Statement
from db.store.session import ImportSession
from tests.db.store.registers import everything, listing, rows, take, written
from tests.db.store.test_undo import begun, take_back

NAMES = ("Hill NHS Trust", "Dale NHS Trust", "Hill and Dale NHS Trust", "Hill")
CODES = ("ods:R1", "ods:R2", "gss:E1", "lei:B")
ALL_CODES = (*CODES, "ods:212", "gss:E08000035")
"""The last two are one body by a crosswalk."""
SOURCES = (
    listing("list-2019", "2019"), listing("list-2025", "2025"), written("table", "2019"), written("undated"),
    listing("part-2026", "2026", "part", full=False), written("new", "2026"), written("other", "2022"),
)  # fmt: skip
Step = tuple[str, object, object]
Question = tuple[str, str]


def ends(codes: Sequence[str]) -> st.SearchStrategy[End]:
    """The far ends of links: known by a code, or by a name alone."""
    named = st.sampled_from(NAMES).map(lambda name: End(f"org:{slug(name)}", name))
    return st.sampled_from(codes).map(End) | named


@st.composite
def statements(draw: st.DrawFn, codes: Sequence[str] = CODES) -> Statement:
    """A statement about a body with codes, one that is known by its name, or a person."""
    form, name = draw(st.integers(0, 6)), draw(st.sampled_from(NAMES))
    far = draw(st.lists(ends(codes), max_size=2, unique_by=lambda end: end.key))
    days = st.sampled_from((None, "2020-04-01"))
    links = tuple(LinkSaid(draw(st.sampled_from(("part-of", "succeeded-by"))), end, start=draw(days)) for end in far)
    if form == 0:
        posts = tuple(LinkSaid("holds-post-in", end, role="chair") for end in far)
        return Statement("person:ann-lee", "person", names=(NameSaid("Ann Lee"),), links=posts)
    type_ = draw(st.sampled_from(("nhs-trust", None)))
    if form <= 2:
        key = f"org:{slug(name)}"
        return Statement(key, "organisation", type=type_, names=(NameSaid(name),), links=links, by_name=True)
    given_codes = draw(st.lists(st.sampled_from((*codes, f"org:{slug(name)}")), max_size=2, unique=True))
    identifiers = tuple(IdentifierSaid(scheme, value) for scheme, value in (code.split(":") for code in given_codes))
    names = NameSaid("A Trust"), NameSaid(name, draw(st.sampled_from(("as-written", "short", "official"))))
    facts = (FactSaid("lead-as-written", text="Ann Lee"),) if form == 3 else ()
    statuses = st.sampled_from((None, "open", "closed"))
    return Statement(
        draw(st.sampled_from(codes)), "organisation", type=type_, status=draw(statuses), names=names,
        identifiers=identifiers, facts=facts, links=links, partial=form == 4,
    )  # fmt: skip


TAKEN = st.tuples(
    st.just("import"),
    st.sampled_from(SOURCES),
    st.lists(statements(ALL_CODES), max_size=4, unique_by=lambda one: one.key),
)
ANSWERED = st.tuples(st.just("answer"), st.integers(0, 5), st.booleans())
KEYS = st.sampled_from((*ALL_CODES, *(f"org:{slug(name)}" for name in NAMES)))
JOINED = st.tuples(st.sampled_from(("merge", "unmerge")), KEYS, KEYS | st.none())
REMOVED = st.tuples(st.just("remove"), st.sampled_from(ALL_CODES), st.sampled_from([one.key for one in SOURCES]))
UNDONE = st.tuples(st.just("undo"), st.integers(0, 5), st.none())
STEPS = (
    st.lists(TAKEN, min_size=2, max_size=4),
    st.lists(TAKEN | ANSWERED | JOINED | REMOVED | UNDONE, min_size=1, max_size=5), UNDONE,
)  # fmt: skip
"""What is done to a register: first imports, then anything, and at the end something is taken back."""


def questions(register: sqlite3.Connection) -> list[Question]:
    """What a person is asked, in an order of its own."""
    return register.execute("SELECT rule, what FROM suggestion WHERE state = 'open' ORDER BY 1, 2").fetchall()


def answered(register: sqlite3.Connection, question: Question, *, yes: bool) -> bool:
    """Answer a question for its first candidate; whether it is there and can be answered so."""
    query = "SELECT id, candidates FROM suggestion WHERE state = 'open' AND rule = ? AND what = ?"
    row = register.execute(query, question).fetchone()
    if row is None:
        return False
    first = json.loads(row[1])[:1]
    chosen = first[0]["key"] if question[0] == "name-without-code" else None
    with ImportSession.in_memory(register, command="a review") as session:
        try:
            answer(session, {row[0]: chosen} if yes else {}, [] if yes else [row[0]])
        except UsageError:
            return False
    return True


def removed(register: sqlite3.Connection, key: str, source: str) -> bool:
    """Take back what a source says of a record; whether there was any."""
    with ImportSession.in_memory(register, command="a removal") as session:
        try:
            session.remove(key, source)
        except (NotFoundError, UsageError):
            return False
        session.finish()
    return True


def joined(register: sqlite3.Connection, how: str, one: str, other: str | None) -> bool:
    """Join two records, or part two that are one; whether that could be done."""
    with ImportSession.in_memory(register, command=how) as session:
        try:
            if how == "merge":
                session.merge(one, other or one)
            else:
                session.unmerge(one, other)
        except (NotFoundError, UsageError) as refused:
            assert "\n" not in str(refused)
            return False
        session.finish()
    return True


def done(register: sqlite3.Connection, step: Step) -> bool:
    """Take a step that is none back; whether it could be taken."""
    kind, what, how = step
    if kind == "import":
        take(register, what, how)  # type: ignore[arg-type]
        return True
    if kind in ("merge", "unmerge"):
        return joined(register, kind, str(what), None if how is None else str(how))
    if kind == "remove":
        return removed(register, str(what), str(how))
    return answered(register, what, yes=bool(how))  # type: ignore[arg-type]


def held(register: sqlite3.Connection) -> set[str]:
    """All that people read, with the questions."""
    query = (
        "SELECT 'asked', rule, what, state, candidates, confidence, key FROM suggestion "
        "LEFT JOIN record ON record.id = record_id"
    )
    return everything(register) | {json.dumps(row) for row in register.execute(query)}


@settings(max_examples=12, deadline=None)
@given(*STEPS)
def test_imports_answers_and_undoings_in_any_order(begin: Sequence[Step], further: Sequence[Step], end: Step) -> None:
    register = begun()
    standing: list[tuple[int, Step, tuple[list[int], dict[str, list[object]]]]] = []
    told_again = False
    for step in (*begin, *further, end):
        kind, number, how = step
        before = [run for run, *_ in standing], rows(register)
        if kind == "undo" and standing:
            place = int(str(number)) % len(standing)
            run, _, then = standing[place]
            try:
                take_back(register, run)
            except UsageError:
                assert place < len(standing) - 1
                assert rows(register) == before[1]
                continue
            sources = [what.key for _, (_, what, _), _ in standing if isinstance(what, SourceSaid)]
            del standing[place]
            assert then[0] != [run for run, *_ in standing] or rows(register) == then[1]
            # What a source says again unchanged is still that of the run which read it first.
            told_again |= len(set(sources)) < len(sources)
            if not told_again:
                without = begun()
                assert all(done(without, kept) for _, kept, _ in standing)
                assert held(register) == held(without)
        elif kind == "answer":
            asked = questions(register)
            if not asked or not done(register, step := (kind, asked[int(str(number)) % len(asked)], how)):
                continue
        elif kind in ("merge", "unmerge", "remove"):
            if not done(register, step):
                continue
        elif kind == "import":
            done(register, step)
        if kind != "undo":
            (last,) = register.execute("SELECT max(id) FROM run").fetchone()
            standing.append((last, step, before))
        assert check(register) == []
