"""What is dated of a record, and what became of it: in order, each thing once, the same as of today as now."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.dates import earliest, latest, order, today
from db.errors import NotFoundError, UsageError
from db.graph.dated_links import FEW, MANY
from db.model import TimelineEntry
from db.reading.role_periods import RolePeriod, role_period
from db.register import Register
from importers.ods.organisation import Dates, Role
from importers.ods.statements import role_text
from tests.db.graph.made import DAYS, TYPES, Plan, key, plans
from tests.db.reading.small import Small
from tests.depth import cases

SUCCESSION = 2
SOME_DAYS = st.sampled_from(("1850", "2012", "2016-04-01", "2016-06", "2019-06-15", "2031"))


def filled(plan: Plan, seed: int = 0) -> Register:
    """The register of a plan with events, names and legal dates beside what it has."""
    small, chance = plan.register(), Random(seed)
    evidence = small.evidence(small.source("file:further", published="2020-02"))
    for record in range(1, len(plan.records) + 1):
        for kind in chance.sample(("opened", "merged", "joined", "decided"), chance.randint(0, 2)):
            small.insert("event", record_id=record, date=chance.choice(DAYS), kind=kind, text=f"It {kind}.")
        for name in ("Old", "New"):
            row = small.name(record, f"{name} {record}", "former", chance.choice(DAYS), chance.choice(DAYS))
            small.cite("name", row, evidence)
    for link in range(1, len(plan.links) + 1):
        dates = (chance.choice((None, None, *DAYS)), chance.choice((None, None, *DAYS)), link)
        small.connection.execute("UPDATE link SET legal_since = ?, legal_until = ? WHERE id = ?", dates)
    return small.register()


def keys(plan: Plan) -> list[str]:
    return [key(place) for place in range(len(plan.records))]


def dated(entries: tuple[TimelineEntry, ...]) -> list[TimelineEntry]:
    return [one for one in entries if earliest(one.date)]


@settings(max_examples=cases(20), deadline=None)
@given(plans(), st.integers(0, 99))
def test_a_timeline_is_in_order_tells_each_thing_once_and_is_as_of_today_what_it_is_now(plan: Plan, seed: int) -> None:
    register = filled(plan, seed)
    for one in keys(plan):
        found = register.timeline(one)
        dates = [order(entry.date) for entry in found.entries]
        assert dates == sorted(dates)
        told = [
            (entry.date, entry.kind, entry.family, entry.type, entry.direction, entry.other, entry.subject, entry.role,
             entry.label, entry.text if entry.other is None else "")
            for entry in found.entries
        ]  # fmt: skip
        assert len(set(told)) == len(told)
        assert found.entries == register.timeline(one, as_of=today()).entries
        assert register.timeline(one, limit=2).entries == found.entries[:2]
        cited = {number for entry in found.entries for number in entry.evidence}
        assert cited == {proof.id for proof in found.evidence}


@settings(max_examples=cases(20), deadline=None)
@given(plans(), st.integers(0, 99), SOME_DAYS)
def test_as_of_a_day_a_timeline_is_the_first_part_of_that_of_now(plan: Plan, seed: int, day: str) -> None:
    register = filled(plan, seed)
    for one in keys(plan):
        then, now = (dated(register.timeline(one, as_of=as_of).entries) for as_of in (day, None))
        assert then == now[: len(then)]
        last = latest(day) or ""
        assert all((earliest(entry.date) or "") <= last for entry in then)
        assert all((earliest(entry.date) or "") > last for entry in now[len(then) :])


@settings(max_examples=cases(20), deadline=None)
@given(plans(), st.integers(0, 99))
def test_whatever_a_page_dates_is_on_the_timeline(plan: Plan, seed: int) -> None:
    register = filled(plan, seed)
    for one in keys(plan):
        record = register.record(one)
        told = {(entry.date, entry.other and entry.other.key) for entry in register.timeline(one).entries}
        days: set[tuple[str | None, str | None]] = {(day, None) for day in (record.opened, record.closed) if day}
        events = {(event.date, None) for event in record.events}
        for link in record.links:
            if link.category == "geography":
                continue
            days |= {(day, link.key) for day in (link.start, link.legal_start) if day}
            if link.category != "succession":
                days |= {(link.legal_end, link.key)} if link.legal_end else set()
                with_it = link.ended_with is not None and link.ended_with.key == one
                days |= {(link.end, link.key)} if link.end and not with_it else set()
        assert days <= told
        assert {date for date, _ in events} <= {date for date, _ in told}


@settings(max_examples=cases(20), deadline=None)
@given(plans())
def test_what_followed_is_told_from_each_once_and_a_part_in_an_arrangement_has_one_end(plan: Plan) -> None:
    register = plan.register().register()
    follows = {(link.source, link.target) for link in plan.links if TYPES[link.type][0] == "succeeded-by"}
    for place, one in enumerate(keys(plan)):
        found = register.after(one)
        reached = {place}
        for _ in plan.records:
            reached |= {later for earlier, later in follows if earlier in reached}
        told = {(successor.of.key, successor.party.key) for successor in found.successors}
        assert told == {(key(earlier), key(later)) for earlier, later in follows if earlier in reached}
        assert found.left_out == 0
        goes_on = [one.party.key for one in found.successors if not one.is_elsewhere]
        assert len(set(goes_on)) == len(goes_on)
        record = register.record(one)
        parts = [link for link in record.links if link.label == "takes part in"]
        counted = [] if record.open else [link for link in parts if record.open is False or link.status == "past"]
        assert sorted(part.link.id for part in found.arrangements) == sorted(link.id for link in counted)
        for part in found.arrangements:
            assert (part.outcome == "passed-on") is bool(part.to)
            if part.outcome == "dangling":
                assert part.link.other_open is not False
                assert part.link.stated_end is None


def crowd(small: Small, number: int) -> Register:
    """A commissioner of so many bodies, which joined it on a day each, and some left it in 2020."""
    commissioned = small.link_type("commissioned-by", "commissioned by", "commissions", category="commissioning")
    hub = small.record("ods:HUB", "Hub", opened="2013-04-01")
    for place in range(number):
        body = small.record(f"ods:B{place:03}", f"Body {place:03}")
        since = f"201{4 + place % 3}-0{1 + place % 9}-15"
        link = small.link(commissioned, body, hub, since=since, until="2020-03-31" if place % 4 == 0 else None)
        small.cite("link", link, small.evidence(small.source(f"file:{place}", published="2019")))
    return small.register()


def test_of_a_label_with_many_links_what_began_or_ended_in_a_year_is_one_entry(small: Small) -> None:
    register = crowd(small, 31)
    found = register.timeline("ods:HUB")
    several = [(one.date, one.kind, one.number) for one in found.entries if one.number > 1]
    assert several == [("2014", "began", 11), ("2015", "began", 10), ("2016", "began", 10), ("2020-03-31", "ended", 8)]
    first = found.entries[1]
    assert (first.label, [party.name for party in first.others]) == (
        "commissions",
        ["Body 000", "Body 003", "Body 006"],
    )
    assert len(first.evidence) == FEW
    whole = register.timeline("ods:HUB", whole=True)
    assert whole.total == 1 + sum(number for _, _, number in several)
    then = register.timeline("ods:HUB", as_of="2015-02-28")
    assert [(one.date, one.number) for one in then.entries] == [("2013-04-01", 1), ("2014", 11), ("2015-02-15", 4)]


def test_few_links_of_a_label_are_told_one_by_one(small: Small) -> None:
    assert all(one.number == 1 for one in crowd(small, MANY).timeline("ods:HUB").entries)


def test_where_sources_disagree_on_a_day_both_stand_and_a_coarser_date_is_no_disagreement(small: Small) -> None:
    record = small.record("ods:A", "One", opened="2001-01-15", closed="2019-03-31")
    says = [small.evidence(small.source(f"file:{name}")) for name in "abc"]
    small.cite("record", record, *says)
    for what, value, chosen, one in (
        ("opened", "2001-01-15", 1, says[0]), ("opened", "2002-02", 0, says[1]), ("opened", "2001", 0, says[2]),
        ("closed", "2019-03-31", 1, says[0]), ("closed", "2019-04-01", 0, says[1]),
    ):  # fmt: skip
        row = small.insert("value", record_id=record, what=what, value=value, chosen=chosen, why="newer")
        small.cite("value", row, one)
    told = small.register().timeline("ods:A").entries
    assert [(one.date, one.kind, one.told_also, one.evidence, one.is_chosen) for one in told] == [
        ("2001-01-15", "opened", ("2002-02",), (says[0],), True),
        ("2002-02", "opened", ("2001-01-15",), (says[1],), False),
        ("2019-03-31", "closed", (), (says[0],), True),
    ]


def test_a_recorded_event_is_one_entry_with_what_dates_or_links_tell_of_its_day(small: Small) -> None:
    followed = small.link_type("succeeded-by", "succeeded by", "succeeds", category="succession")
    one, other = small.record("ods:A", "One", opened="2001"), small.record("ods:B", "Other")
    small.link(followed, other, one, since="2026-04-01")
    for date, kind in (("2026-04-01", "merged"), ("2001", "opened"), ("2003", "merged"), ("2026-04-01", "decided")):
        small.insert("event", record_id=one, date=date, kind=kind, text=f"{kind} then")
    told = small.register().timeline("ods:A").entries
    assert [(entry.date, entry.kind, entry.recorded, entry.text) for entry in told] == [
        ("2001", "opened", "opened", "opened then"),
        ("2003", "merged", "", "merged then"),
        ("2026-04-01", "took-over", "merged", "merged then"),
        ("2026-04-01", "decided", "", "decided then"),
    ]


def test_a_name_that_lists_give_in_place_of_another_is_told_by_the_first_of_them(small: Small) -> None:
    record = small.record("ods:A", "New Trust")
    row = small.connection.execute("SELECT id FROM name").fetchone()[0]
    small.cite("name", row, small.evidence(small.source("file:2021", published="2021-11")))
    old = small.name(record, "Old Trust", "former")
    small.cite("name", old, small.evidence(small.source("file:2018", published="2018-08")))
    small.cite(
        "name", small.name(record, "OLD  TRUST", "former"), small.evidence(small.source("file:19", published="2019"))
    )
    both = small.record("ods:B", "Both")
    for name, kind in (("One Way", "former"), ("Other Way", "former")):
        row = small.name(both, name, kind)
        small.cite(
            "name", row, *(small.evidence(small.source(f"{name}:{day}", published=day)) for day in ("2015", "2020"))
        )
    assert small.register().timeline("ods:B").entries == ()
    (told,) = small.register().timeline("ods:A").entries
    assert (told.date, told.kind, told.label, told.before) == ("2021-11", "renamed", "New Trust", "OLD  TRUST")


def test_the_other_end_is_told_with_the_name_that_it_had_then(small: Small) -> None:
    followed = small.link_type("succeeded-by", "succeeded by", "succeeds", category="succession")
    one, other = small.record("ods:A", "One"), small.record("ods:B", "Board of today")
    small.name(other, "Board of then", "former", until="2022-06-30")
    small.link(followed, one, other, since="2020-04-01")
    register = small.register()
    (told,), (after,) = register.timeline("ods:A").entries, register.after("ods:A").successors
    assert (told.other, told.name_then, after.name_then) == (
        ("ods:B", "Board of today"),
        "Board of then",
        "Board of then",
    )


def test_a_circle_of_successions_is_followed_once_and_a_long_chain_says_what_it_left_out(small: Small) -> None:
    followed = small.link_type("succeeded-by", "succeeded by", "succeeds", category="succession")
    for place in range(250):
        small.record(f"ods:C{place}", f"Body {place}")
    for place in range(250):
        small.link(followed, place + 1, (place + 1) % 250 + 1, since=str(1700 + place))
    register = small.register()
    assert [(one.depth, one.party.name) for one in register.after("ods:C0").successors][:2] == [
        (1, "Body 1"),
        (2, "Body 2"),
    ]
    found = register.timeline("ods:C0")
    assert (found.left_out, register.after("ods:C0").left_out) == (2, 1)
    three = Small()
    three.link_type("succeeded-by", "succeeded by", "succeeds", category="succession")
    for place in range(3):
        three.record(f"ods:C{place}", f"Body {place}")
    for place in range(3):
        three.link(1, place + 1, (place + 1) % 3 + 1, since=str(2000 + place))
    successors = three.register().after("ods:C0").successors
    assert [(one.party.key, one.is_elsewhere) for one in successors] == [
        ("ods:C1", False), ("ods:C2", False), ("ods:C0", True),
    ]  # fmt: skip


def test_where_chains_meet_or_turn_back_what_comes_after_is_told_once(small: Small) -> None:
    followed = small.link_type("succeeded-by", "succeeded by", "succeeds", category="succession")
    one = {name: small.record(f"ods:{name}", name) for name in "ABCD"}
    for near, far in ("AB", "AC", "BD", "CD", "DB"):
        small.link(followed, one[near], one[far], since="2020")
    found = small.register().after("ods:A")
    assert [(after.depth, after.of.name, after.party.name, after.is_elsewhere) for after in found.successors] == [
        (1, "A", "B", False), (2, "B", "D", False), (3, "D", "B", True), (1, "A", "C", False), (2, "C", "D", True),
    ]  # fmt: skip
    assert found.left_out == 0


@pytest.mark.parametrize(
    ("arrangement", "successor", "outcome"),
    [
        ({}, None, "dangling"),
        ({}, {}, "passed-on"),
        ({}, {"until": "2015-03-31"}, "dangling"),
        ({"open": 0, "closed": "2018"}, {}, "ended"),
        ({"open": 0, "closed": "2024"}, {}, "passed-on"),
        ({"open": 0, "closed": "2024"}, None, "ended"),
    ],
)
def test_a_part_passes_on_to_who_followed_and_takes_part_after_the_end(
    small: Small, arrangement: dict[str, str | int], successor: dict[str, str] | None, outcome: str
) -> None:
    followed = small.link_type("succeeded-by", "succeeded by", "succeeds", category="succession")
    takes_part = small.link_type("participates-in", "takes part in", "participants", category="participation")
    old = small.record("ods:A", "Old", open=0, status="closed", closed="2020-03-31")
    new = small.record("ods:B", "New", opened="2020-04-01" if successor == {} else None)
    board = small.record("arr:board", "Board", "arrangement", **arrangement)
    small.link(followed, old, new, since="2020-04-01")
    small.link(takes_part, old, board)
    if successor is not None:
        small.link(takes_part, new, board, **successor)
    (part,) = small.register().after("ods:A").arrangements
    assert (part.outcome, [party.key for party, _ in part.to]) == (outcome, ["ods:B"] if outcome == "passed-on" else [])


@given(
    st.sampled_from(("GP Practice", "RO92", "Clinical, Commissioning Group", "Primary Care, from home")),
    st.booleans(),
    st.tuples(*[st.sampled_from((None, *DAYS[2:]))] * 4),
    st.booleans(),
)
def test_the_words_of_a_role_are_read_back(
    label: str, primary: bool, dates: tuple[str | None, str | None, str | None, str | None], active: bool
) -> None:
    text = role_text(Role("RO1", primary, Dates(*dates), active), label)
    assert role_period(text) == RolePeriod(label, *dates)


def test_what_cannot_be_asked_is_refused(small: Small) -> None:
    small.record("ods:A", "One")
    register = small.register()
    for ask in (register.timeline, register.after):
        with pytest.raises(NotFoundError, match="ods:C"):
            ask("ods:C")
    with pytest.raises(UsageError, match="a limit of -1 makes no sense"):
        register.timeline("ods:A", limit=-1)
    with pytest.raises(UsageError, match="as-of date"):
        register.timeline("ods:A", as_of="yesterday")
    assert register.timeline("ods:A", as_of="0001").entries == ()
    assert register.after("ods:A").successors == ()
