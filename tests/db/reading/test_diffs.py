"""What a run is said to have done is what comparing the register before and after it shows."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import NotFoundError, UsageError
from db.model import Record
from db.reading import diff_items
from db.reading.diff_items import DiffItem, LinkEnd
from db.reading.vocabulary import Labels
from db.register import Register
from db.reports import Change, Changed, Diff
from db.statements import End, FactSaid, LinkSaid, NameSaid, SourceSaid, Statement
from tests.db.store.registers import empty, listing, member, take, trust, written
from tests.db.store.test_resolve import NEW, OLD, STORY, statements
from tests.db.store.test_undo import begun, take_back
from tests.depth import cases

SOURCES = (STORY, OLD, NEW, written("export", "2024", complete=True), listing("list-2020", "2020"), written("other"))
IMPORTS = st.lists(
    st.tuples(st.sampled_from(SOURCES), st.lists(statements(), max_size=3, unique_by=lambda one: one.key)),
    min_size=1,
    max_size=5,
)
Records = dict[str, Record]


def records(register: sqlite3.Connection) -> Records:
    """Every record as readers see it."""
    reader = Register(register, label="a test")
    return {key: reader.record(key) for key in reader.keys()}


def items(words: Labels, record: Record, names: dict[str, str]) -> Iterator[DiffItem]:
    """A record as readers see it, item by item; `names` are those of the other ends."""
    row = record._asdict() | {"legal_opened": record.legal_start, "legal_closed": record.legal_end}
    row |= dict.fromkeys(("address", "town", "county", "postcode", "country"))
    yield from diff_items.own_items(row, record.gone)
    for name in record.names:
        yield from diff_items.name_items(words, name.name, name.kind, name.start, name.end, name.verbatim)
    for code in record.identifiers:
        yield diff_items.identifier_item(code.scheme, code.value)
    for fact in record.facts:
        yield diff_items.fact_item(fact.label, fact.value, fact.unit, fact.as_of, fact.text)
    for event in record.events:
        yield diff_items.event_item(words, event.date, event.kind, event.text)
    for link in record.links:
        tie = LinkEnd(link.label, link.key, names[link.key])
        yield diff_items.link_item(
            words,
            tie,
            link.role,
            link.stated_start,
            link.stated_end,
            link.legal_start,
            link.legal_end,
            link.stated_status,
        )
        for fact in link.facts:
            yield diff_items.link_fact_item(fact.label, tie, fact.value, fact.unit, fact.as_of, fact.text)


def compared(words: Labels, run: int, before: Records, after: Records) -> Diff:
    """What a run did, from all records before and after it."""
    lists: dict[str, list[Changed]] = {name: [] for name in ("added", "updated", "closed", "reopened", "gone")}
    names = {key: record.name for key, record in after.items()}
    for key in sorted(after, key=lambda one: (after[one].placeholder, one)):
        new, old = after[key], before.get(key)
        if old is None or (old.placeholder and not new.placeholder):
            lists["added"].append(Changed(key, new.name, new.placeholder))
            continue
        changes = diff_items.changes(Counter(items(words, old, names)), Counter(items(words, new, names)))
        if not changes:
            continue
        if new.open is False and old.open is not False:
            fate = "closed"
        elif new.open and old.open is False:
            fate = "reopened"
        else:
            fate = "gone" if new.gone and not old.gone else "updated"
        lists[fate].append(Changed(key, new.name, new.placeholder, changes))
    listed = {name: tuple(one) for name, one in lists.items()}
    return Diff(
        run, listed["added"], listed["updated"], listed["closed"], listed["reopened"], listed["gone"], rejects=()
    )


@settings(max_examples=cases(6))
@given(IMPORTS, st.data())
def test_a_diff_is_what_comparing_all_records_shows_whatever_came_later(
    imports: Sequence[tuple[SourceSaid, Sequence[Statement]]], data: st.DataObject
) -> None:
    register = begun()
    words = Labels(register)
    states = {1: records(register)}
    expected: dict[int, Diff] = {}
    for source, said in imports:
        run = take(register, source, said).run
        states[run] = records(register)
        expected[run] = compared(words, run, states[run - 1], states[run])
    reader = Register(register, label="a test")
    for run, diff in expected.items():
        assert reader.diff(run) == diff
    undone = data.draw(st.sampled_from(sorted(expected)))
    with suppress(UsageError):
        take_back(register, undone)
        del expected[undone]
        for run, diff in expected.items():
            assert reader.diff(run) == diff


def diff_of(register: sqlite3.Connection, run: int) -> Diff:
    """What a run did."""
    return Register(register, label="a test").diff(run)


def changes_of(changed: Sequence[Changed], key: str) -> list[tuple[str, str | None, str | None]]:
    """The changes of one record, as plain tuples."""
    (one,) = (each for each in changed if each.key == key)
    return [(change.what, change.before, change.after) for change in one.changes]


def test_a_rename_and_a_closure_are_told_from_what_to_what() -> None:
    register = empty()
    take(register, OLD, [trust("R1", "Old Name"), trust("R2", "Two"), trust("R3", "Three")])
    said = [
        trust("R1", "New Name"),
        trust("R2", "Two", status="closed", closed="2020-01-01"),
        trust("R4", "Four"),
    ]
    run = take(register, NEW, said).run
    take(register, listing("list-2026", "2026"), [trust("R1", "Newer Name"), trust("R2", "Two"), trust("R4", "4")])
    diff = diff_of(register, run)
    assert diff.added == (Changed("ods:R4", "Four"),)
    assert changes_of(diff.updated, "ods:R1") == [("name", "Old Name", "New Name"), ("former name", None, "Old Name")]
    assert changes_of(diff.closed, "ods:R2") == [("status", "open", "closed"), ("closed", None, "2020-01-01")]
    assert changes_of(diff.gone, "ods:R3") == [
        ("status", "open", "unlisted"),
        ("gone from", None, "file:list-2025"),
    ]
    assert [one.key for one in diff_of(register, 3).reopened] == ["ods:R2"]


def test_the_days_of_a_name_are_told_beside_it() -> None:
    register = empty()
    take(register, OLD, [Statement("ods:R1", "organisation", names=(NameSaid("One"),))])
    dated = (NameSaid("One", start="2015-04-01", end="2030-03-31"),)
    run = take(register, NEW, [Statement("ods:R1", "organisation", names=dated)]).run
    assert changes_of(diff_of(register, run).updated, "ods:R1") == [
        ("name end", None, "2030-03-31"),
        ("name start", None, "2015-04-01"),
    ]


def test_a_link_is_a_change_of_both_its_ends_unless_they_are_new() -> None:
    register = empty()
    take(register, STORY, [trust("RLQ", "Wye Valley")])
    group = Statement("arr:fg", "arrangement", names=(NameSaid("Group"),), links=(member("RLQ"), member("RJC")))
    diff = diff_of(register, take(register, written("other"), [group]).run)
    assert diff.added == (Changed("arr:fg", "Group"), Changed("ods:RJC", "RJC", placeholder=True))
    assert changes_of(diff.updated, "ods:RLQ") == [("link: takes part in", None, "arr:fg Group, member")]


def test_a_link_that_is_dated_otherwise_is_told_from_what_to_what() -> None:
    register = empty()

    def said(start: str) -> list[Statement]:
        fact = FactSaid("aim", text="care")
        return [trust("R1", "One", links=(LinkSaid("commissioned-by", End("ods:Q1"), start=start, facts=(fact,)),))]

    take(register, STORY, said("2013"))
    diff = diff_of(register, take(register, STORY, said("2014")).run)
    (change,) = changes_of(diff.updated, "ods:R1")
    assert change[1:] == ("ods:Q1, from 2013", "ods:Q1, from 2014")


def test_a_body_known_by_its_name_is_told_of_as_the_record_that_it_turns_out_to_be() -> None:
    register = begun()
    fact = FactSaid("aim", text="care")
    link = LinkSaid("participates-in", End("org:hill", "Hill"), outward=False, role="partner", facts=(fact,))
    take(register, written("table"), [Statement("org:hill", "organisation", names=(NameSaid("Hill"),), by_name=True)])
    take(register, STORY, [Statement("arr:fg", "arrangement", names=(NameSaid("Group"),), links=(link,))])
    diff = diff_of(register, take(register, written("list"), [trust("R1", "Hill")]).run)
    assert diff.added == (Changed("ods:R1", "Hill"),)
    assert [one.key for one in diff.updated] == ["arr:fg"]
    assert changes_of(diff.updated, "arr:fg") == [
        ("link: participants", None, "ods:R1 Hill, partner"),
        ("link: participants", "org:hill Hill, partner", None),
        ("link: participants, aim", None, "ods:R1 Hill: care"),
        ("link: participants, aim", "org:hill Hill: care", None),
    ]


def test_evidence_alone_is_no_change() -> None:
    register = empty()
    take(register, STORY, [trust("RLQ", "Wye Valley")])
    run = take(register, written("other"), [trust("RLQ", "Wye Valley")]).run
    assert diff_of(register, run) == Diff(run, (), (), (), (), (), ())


def test_refused_rows_are_listed_with_their_file() -> None:
    register = empty()
    take(register, STORY, [trust("RLQ", "Wye Valley", links=(LinkSaid("no-such-type", End("ods:R1")),))])
    (reject,) = diff_of(register, 1).rejects
    assert (reject.line, reject.source) == (1, "file:story")


def test_a_run_that_is_not_there_or_undone_has_no_diff() -> None:
    register = begun()
    take(register, STORY, [trust("RLQ", "Wye Valley")])
    take_back(register, 2)
    with pytest.raises(NotFoundError, match="undone"):
        diff_of(register, 2)
    with pytest.raises(NotFoundError, match="no run 7"):
        diff_of(register, 7)


def test_changes_pair_what_was_replaced_and_leave_the_rest_alone() -> None:
    before = Counter([DiffItem("fact: aim", "", "a"), DiffItem("fact: aim", "", "b"), DiffItem("status", "", "open")])
    after = Counter([DiffItem("fact: aim", "", "b"), DiffItem("fact: aim", "", "c"), DiffItem("fact: aim", "", "d")])
    assert diff_items.changes(before, after) == (
        Change("status", "open", None),
        Change("fact: aim", "a", "c"),
        Change("fact: aim", None, "d"),
    )
