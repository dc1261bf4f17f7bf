"""Ways, shared things and trees of made-up registers hold what the records' own pages say, and add up."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.dates import today
from db.errors import NotFoundError, UsageError
from db.graph.answers import Branch, Ways
from db.graph.choice import LinkChoice
from db.register import Register
from tests.db.graph.made import TYPES, Plan, key, plans
from tests.db.reading.small import Small
from tests.depth import cases

DAYS = st.sampled_from((None, None, "1900", "2013-01-01", "2016-04-01", "2019", "2026-11-28"))
EVERYTHING = LinkChoice(everything=True)
LEFT_OUT = {"in-geography-of"}


def ties(register: Register, one: str, day: str | None) -> dict[str, bool]:
    """What a record's page has it linked to, but for what is past: whether sources date one of these links."""
    record = register.record(one, as_of=day)
    found = dict.fromkeys((link.key for link in record.not_dated), False)
    return found | dict.fromkeys((link.key for link in record.links if day or link.status != "past"), True)


def keys(plan: Plan) -> list[str]:
    return [key(place) for place in range(len(plan.records))]


@settings(max_examples=cases(20), deadline=None)
@given(plans(), DAYS)
def test_ways_lead_over_links_that_pages_show_and_over_all_of_them(plan: Plan, day: str | None) -> None:
    register = plan.register().register()
    if day == today():
        day = None
    linked = {one: ties(register, one, day) for one in keys(plan)}
    for one, other in combinations(keys(plan), 2):
        found = register.paths(one, other, count=50, wanted=EVERYTHING, as_of=day)
        for way, dated in [(way, True) for way in found.ways] + [(way, False) for way in found.not_dated]:
            steps = [step.key for step in way.steps]
            assert (steps[0], steps[-1], len(set(steps))) == (one, other, len(steps))
            assert all(far in linked[near] for near, far in pairwise(steps))
            assert all(linked[near][far] for near, far in pairwise(steps)) is dated
            assert all(step.link for step in way.steps[1:])
        assert any(way.hops == 1 for way in (*found.ways, *found.not_dated)) is (other in linked[one])


def told(found: Ways) -> list[tuple[object, ...]]:
    return [(way.cost, [(step.key, step.link) for step in way.steps]) for way in found.ways]


@settings(max_examples=cases(12), deadline=None)
@given(plans())
def test_as_of_today_is_now(plan: Plan) -> None:
    register = plan.register().register()
    first, second = keys(plan)[:2]
    now, then = register.paths(first, second), register.paths(first, second, as_of=today())
    assert (told(now), ()) == (told(then), then.not_dated)
    shared, as_of = register.shared(keys(plan)), register.shared(keys(plan), as_of=today())
    assert (shared.things, shared.matrix, ()) == (as_of.things, as_of.matrix, as_of.not_dated)
    assert register.companions(first).ranked == register.companions(first, as_of=today()).ranked
    assert register.tree(first).root == register.tree(first, as_of=today()).root


@settings(max_examples=cases(20), deadline=None)
@given(plans(), DAYS)
def test_what_is_shared_is_what_pages_of_both_have_and_the_same_the_other_way_round(
    plan: Plan, day: str | None
) -> None:
    register = plan.register().register()
    first, second = keys(plan)[:2]
    found = register.shared((first, second), wanted=EVERYTHING, as_of=day)
    turned = register.shared((second, first), wanted=EVERYTHING, as_of=day)
    for ours, theirs in ((found.things, turned.things), (found.not_dated, turned.not_dated)):
        assert [(one.what, one.key, dict(one.by)) for one in ours] == [
            (one.what, one.key, dict(one.by)) for one in theirs
        ]
    assert found.matrix[0][1] == found.matrix[1][0] == found.total == len(found.things)
    one, other = (ties(register, end, None if day == today() else day) for end in (first, second))
    both = one.keys() & other.keys()
    dated = {key for key in both if one[key] and other[key]}
    assert {thing.key for thing in found.things} == dated
    assert {thing.key for thing in found.not_dated} == both - dated


@settings(max_examples=cases(20), deadline=None)
@given(plans(), DAYS)
def test_with_whom_a_record_shares_most_is_what_it_shares_with_each(plan: Plan, day: str | None) -> None:
    register = plan.register().register()
    first, *others = keys(plan)
    found = register.companions(first, as_of=day)
    ranked = {one.key: {thing.key for thing in one.things} for one in found.ranked}
    cited = {one.key: set(one.evidence) for one in found.ranked}
    for other in others:
        shared = register.shared((first, other), as_of=day)
        things = [thing for thing in shared.things if thing.kind != "organisation"]
        assert ranked.get(other, set()) == {thing.key for thing in things}
        # Of several links between two, the closest is cited.
        assert cited.get(other, set()) == {one for it in things for _, links in it.by for one in links[0].evidence}
    assert {one.id for one in found.evidence} == set().union(*cited.values())


def branches(branch: Branch) -> Iterator[Branch]:
    yield branch
    for child in branch.children:
        yield from branches(child)


@settings(max_examples=cases(20), deadline=None)
@given(plans(), st.integers(0, 4), st.integers(0, 3), DAYS)
def test_a_tree_says_of_every_branch_what_it_left_out_and_opens_each_record_once(
    plan: Plan, depth: int, width: int, day: str | None
) -> None:
    register = plan.register().register()
    root = register.tree(key(0), depth=depth, width=width, as_of=day, wanted=EVERYTHING).root
    opened = [branch for branch in branches(root) if branch.opened]
    assert len({branch.key for branch in opened}) == len(opened)
    assert root.opened is (depth > 0)
    for branch in opened:
        assert branch.shown + sum(one.number for one in branch.left_out) == branch.total
        labels = [(child.link.label, child.link.direction) for child in branch.children if child.link]
        assert len(labels) == branch.shown
        assert all(labels.count(label) <= width for label in labels)
        assert all(labels.count((one.label, one.direction)) == width for one in branch.left_out)
    for branch in branches(root):
        assert branch.opened or not branch.children
        assert not branch.elsewhere or branch.key in {one.key for one in opened}
    if depth and width:
        assert {child.key for child in root.children} == {
            other for other, dated in ties(register, key(0), None if day == today() else day).items() if dated
        } or root.left_out


def test_a_tree_has_first_what_pages_have_first_and_leaves_out_the_rest(small: Small) -> None:
    takes_part = small.link_type("participates-in", "takes part in", "participants", category="participation")
    trust = small.record("ods:A", "A")
    of = (("A network", "clinical-network"), ("B system", "integrated-care-system"), ("C group", "group-model"))
    for n, (name, kind_type) in enumerate(of):
        end = small.record(f"arr:{n}", name, kind="arrangement", type=kind_type)
        small.link(takes_part, trust, end, status="current")
    root = small.register().tree("ods:A", depth=1, width=2).root
    assert [branch.name for branch in root.children] == ["C group", "B system"]
    assert [one.number for one in root.left_out] == [1]


@pytest.mark.parametrize("day", [None, "2014-06-30", "2019-06-15", "2031"])
def test_the_links_that_count_are_those_that_pages_show_however_a_link_may_stand(small: Small, day: str | None) -> None:
    types = [small.link_type(name, *labels, category=category) for name, *labels, category in TYPES[1:4]]
    gone = small.source("file:later", published="2021")
    hub = small.record("ods:HUB", "Hub")
    ends = ((1, None, None), (None, "2015", None), (0, None, "2016-04-01"), (0, None, None))
    for place, (end, since, until, status, listed, is_gone, number) in enumerate(
        product(ends, (None, "2015", "2030"), (None, "2018"), (None, "planned", "past"), (None, "2019"), (0, 1), (0, 1))
    ):
        is_open, opened, closed = end
        body = small.record(f"ods:B{place}", f"Body {place}", open=is_open, opened=opened, closed=closed)
        link = small.link(
            types[number], *((hub, body) if place % 3 else (body, hub)), since=since, until=until, status=status,
            gone=gone if is_gone else None,
        )  # fmt: skip
        small.cite("link", link, small.evidence(small.source(f"file:{place}", published=listed)))
    register = small.register()
    shown = ties(register, "ods:HUB", day)
    tree = register.tree("ods:HUB", depth=1, width=1000, as_of=day)
    assert {child.key for child in tree.root.children} == {key for key, dated in shown.items() if dated}
    assert tree.not_dated == sum(not dated for dated in shown.values())
    assert 0 < len(shown) < 576


def test_a_circle_is_opened_once_and_no_branch_leads_back_to_where_it_hangs(small: Small) -> None:
    part_of = small.link_type("part-of", "part of", "parts", category="structure")
    first, second, third, fourth = (small.record(f"ods:{name}", name) for name in "ABCD")
    for source, target in ((first, second), (second, third), (third, first), (second, fourth)):
        small.link(part_of, source, target)
    root = small.register().tree("ods:A", depth=9).root
    opened = [branch.key for branch in branches(root) if branch.opened]
    assert sorted(opened) == ["ods:A", "ods:B", "ods:C", "ods:D"]
    second_branch, third_branch = root.children
    assert [(one.key, one.elsewhere) for one in second_branch.children] == [("ods:C", True), ("ods:D", False)]
    assert [(one.key, one.elsewhere) for one in third_branch.children] == [("ods:B", True)]
    narrow = small.register().tree("ods:B", depth=1, width=1).root
    assert (narrow.total, narrow.shown, [one.number for one in narrow.left_out]) == (3, 2, [1])


def test_as_of_a_day_what_one_of_two_may_not_have_had_stands_apart(small: Small) -> None:
    takes_part = small.link_type("participates-in", "takes part in", "participants", category="participation")
    one, other = small.record("ods:A", "One"), small.record("ods:B", "Other")
    board = small.record("arr:board", "Board", "arrangement")
    small.cite("link", small.link(takes_part, one, board), small.evidence(small.source("file:x", published="2019")))
    small.link(takes_part, other, board)
    register = small.register()
    found = register.shared(("ods:A", "ods:B"), as_of="2019-06-30")
    assert ([one.key for one in found.things], [one.key for one in found.not_dated]) == ([], ["arr:board"])
    assert [one.key for one in register.shared(("ods:A", "ods:B")).things] == ["arr:board"]
    assert register.companions("ods:A", as_of="2019-06-30").ranked == ()


def test_what_connects_everything_is_left_out_unless_it_is_asked_for(small: Small) -> None:
    types = [small.link_type(name, *labels, category=category) for name, *labels, category in TYPES]
    one, other = small.record("ods:A", "One"), small.record("ods:B", "Other")
    area = small.record("ods:Q", "Area", type="commissioning-region")
    region = small.record("ods:Y", "Region", type="commissioning-region")
    for end in (one, other):
        small.link(types[4], end, area)
        small.link(types[3], end, region)
    register = small.register()
    found = register.paths("ods:A", "ods:B")
    assert (found.ways, found.leaves_out) == ((), True)
    assert register.shared(("ods:A", "ods:B")).total == 0

    def over(wanted: LinkChoice) -> list[str]:
        return [way.steps[1].key for way in register.paths("ods:A", "ods:B", wanted=wanted, count=9).ways]

    assert over(EVERYTHING) == ["ods:Y"], "the area costs too much more to be worth telling"
    assert over(LinkChoice(("in-geography-of",))) == ["ods:Q"]
    assert over(LinkChoice(everything=True, without=("in geography of",))) == ["ods:Y"]
    assert register.paths("ods:A", "ods:Y").ways[0].hops == 1, "what is asked about is never left out"


def test_of_ways_that_cost_the_same_the_ones_that_are_current_come_first(small: Small) -> None:
    takes_part = small.link_type("participates-in", "takes part in", "participants", category="participation")
    one, other = small.record("ods:A", "One"), small.record("ods:B", "Other")
    for name in ("Alliance", "Board", "Circle"):
        arrangement = small.record(f"arr:{name.lower()}", name, "arrangement")
        links = [small.link(takes_part, end, arrangement) for end in (one, other)]
        if name == "Board":
            for link in links:
                small.cite("link", link, small.today())
    found = small.register().paths("ods:A", "ods:B", count=2)
    assert [way.steps[1].name for way in found.ways] == ["Board", "Alliance"]
    assert found.truncated
    assert (found.total, found.total_is_exact) == (3, True)


def test_of_ways_that_cost_the_same_a_shared_leader_comes_first_then_what_few_take_part_in(small: Small) -> None:
    takes_part = small.link_type("participates-in", "takes part in", "participants", category="participation")
    one, other = small.record("ods:A", "One"), small.record("ods:B", "Other")
    bodies = [small.record(f"ods:C{n}", f"Body {n}") for n in range(5)]
    for name, kind, others in (
        ("A network", "clinical-network", bodies),
        ("B pact", "alliance", ()),
        ("C chair", "shared-leadership", bodies[:2]),
    ):
        arrangement = small.record(f"arr:{name[0]}", name, "arrangement", type=kind)
        for end in (one, other, *others):
            small.link(takes_part, end, arrangement)
    found = small.register().paths("ods:A", "ods:B")
    assert [way.steps[1].name for way in found.ways] == ["C chair", "B pact", "A network"]


def test_ways_of_which_there_are_many_are_counted_as_far_as_they_were_looked_at(small: Small) -> None:
    takes_part = small.link_type("participates-in", "takes part in", "participants", category="participation")
    one, other = small.record("ods:A", "One"), small.record("ods:B", "Other")
    for number in range(40):
        arrangement = small.record(f"arr:{number}", f"Pact {number}", "arrangement")
        for end in (one, other):
            small.link(takes_part, end, arrangement)
    found = small.register().paths("ods:A", "ods:B")
    assert (len(found.ways), found.truncated, found.total_is_exact) == (3, True, False)
    assert 3 < found.total < 40
    every = small.register().paths("ods:A", "ods:B", count=40)
    assert (len(every.ways), every.truncated, every.total, every.total_is_exact) == (40, False, 40, True)


def test_what_cannot_be_asked_is_refused(small: Small) -> None:
    small.link_type("participates-in", "takes part in", "participants", category="participation")
    small.record("ods:A", "One")
    small.record("ods:B", "Other")
    register = small.register()
    with pytest.raises(UsageError, match=r"both are ods:A \(One\)"):
        register.paths("ods:A", "ods:A")
    with pytest.raises(NotFoundError, match="ods:C"):
        register.paths("ods:A", "ods:C")
    with pytest.raises(UsageError, match="did you mean 'participates-in'"):
        register.shared(("ods:A", "ods:B"), wanted=LinkChoice(("participate-in",)))
    with pytest.raises(UsageError, match="a count of -1 makes no sense"):
        register.paths("ods:A", "ods:B", count=-1)
    with pytest.raises(UsageError, match="1,001 records"):
        register.shared(["ods:A"] * 1001)
    with pytest.raises(UsageError, match="direction 'up'"):
        register.tree("ods:A", direction="up")
