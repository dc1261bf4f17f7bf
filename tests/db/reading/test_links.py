"""Links: seen from either end, in the vocabulary's order, with a fixed number of statements."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.errors import NotFoundError, UsageError
from db.reading import first_links
from db.reading.links import by_label
from db.reading.record import record
from db.statements import End, LinkSaid, NameSaid, Statement
from tests.db.reading.small import Small
from tests.db.store.registers import empty, listing, member, take, trust, written


def test_a_link_reads_forward_from_its_source_and_backward_from_its_target(small: Small) -> None:
    operates = small.link_type("operates", "operates", "is operated by", category="estate")
    trust, site = small.record("ods:RXX", "A Trust"), small.record("site:a", "A Hospital", "site")
    small.cite("link", small.link(operates, trust, site, since="2013", status="current"), small.today())
    register = small.register()

    (forward,) = register.record("ods:RXX").links
    (backward,) = register.record("site:a").links

    assert (forward.label, forward.direction, forward.key, forward.kind) == ("operates", "out", "site:a", "site")
    assert (backward.label, backward.direction, backward.key) == ("is operated by", "in", "ods:RXX")
    assert forward.id == backward.id
    assert (forward.category, forward.start, forward.end, forward.status) == ("estate", "2013", None, "current")


def test_the_day_on_which_an_end_opened_stands_for_an_earlier_start_which_is_told_with_who_states_it(
    small: Small,
) -> None:
    buys = small.link_type("commissioned-by", "commissioned by", "commissions")
    practice = small.record("ods:A1", "Practice", opened="1974")
    buyer = small.record("ods:16C", "Commissioner", opened="2020-04-01")
    small.cite("link", small.link(buys, practice, buyer, since="2013-04-01"), small.today())

    for key in ("ods:A1", "ods:16C"):
        (link,) = small.register().record(key).links
        assert (link.start, link.stated_start) == ("2020-04-01", "2013-04-01")
        told = [(one.what, one.value, one.chosen, one.evidence) for one in link.values]
        assert told == [("start", "2020-04-01", True, ()), ("start", "2013-04-01", False, link.evidence)]
        assert link.evidence


def test_a_former_name_that_some_still_give_says_nothing_of_the_time_after_the_last_list_before_the_new_one() -> None:
    group = Statement("arr:x", "arrangement", names=(NameSaid("X"),), links=(member("R1"),))
    register = empty()
    take(register, listing("old", "2019-04"), [trust("R1", "Dale NHS Trust")])
    take(register, listing("new", "2025"), [trust("R1", "Hill and Dale NHS Trust")])
    passing = Statement("ods:R1", "organisation", names=(NameSaid("Dale NHS Trust", "as-written"),), partial=True)
    take(register, written("late", "2026"), [passing])
    take(register, written("groups", "2023"), [group])
    (link,) = record(register, "arr:x", None).links
    assert (link.name, link.name_then) == ("Hill and Dale NHS Trust", None)


@pytest.mark.parametrize(
    ("listed", "then"), [("2019-04", "Dale NHS Trust"), ("2015", None), ("2026", None)], ids=("named", "silent", "now")
)
def test_what_was_last_told_of_a_body_by_another_name_says_that_name(listed: str, then: str | None) -> None:
    group = Statement("arr:x", "arrangement", names=(NameSaid("X"),), links=(member("R1"),))
    register = empty()
    take(register, listing("old", "2019-04"), [trust("R1", "Dale NHS Trust")])
    take(register, listing("new", "2026"), [trust("R1", "Hill and Dale NHS Trust")])
    take(register, written("groups", listed), [group])
    (link,) = record(register, "arr:x", None).links
    assert (link.name, link.name_then) == ("Hill and Dale NHS Trust", then)


def test_what_a_body_became_on_a_day_is_told_by_the_name_of_that_day() -> None:
    became = LinkSaid("succeeded-by", End("ods:R1"), start="2019-04-01")
    register = empty()
    take(register, listing("old", "2019-04"), [trust("R1", "Dale NHS Trust")])
    take(
        register, listing("new", "2026"), [trust("R1", "Hill and Dale NHS Trust"), trust("R0", "Vale", links=(became,))]
    )
    (link,) = record(register, "ods:R0", None).links
    assert (link.name, link.name_then) == ("Hill and Dale NHS Trust", "Dale NHS Trust")


def test_a_name_may_have_come_with_what_happened_after_the_last_list_that_has_the_former_one() -> None:
    became = LinkSaid("succeeded-by", End("ods:R1"), start="2019-06-01")
    register = empty()
    take(register, listing("old", "2019-04"), [trust("R1", "Dale NHS Trust")])
    both = trust("R1", "Hill and Dale NHS Trust")
    both = replace(both, names=(*both.names, NameSaid("Dale NHS Trust", "as-written")))
    take(register, listing("new", "2019-12"), [both, trust("R0", "Vale", links=(became,))])
    (link,) = record(register, "ods:R0", None).links
    assert (link.name, link.name_then) == ("Hill and Dale NHS Trust", None)


@pytest.mark.parametrize(("opened", "then"), [("2019-04-01", "Dale CCG"), (None, None), ("2017-04-01", None)])
def test_what_began_by_a_succession_is_told_by_the_first_name_that_lists_give_it(
    opened: str | None, then: str | None
) -> None:
    register = empty()
    became = LinkSaid("succeeded-by", End("ods:R1"), start="2019-04-01")
    take(register, listing("new", "2022"), [replace(trust("R1", "Hill Board - R1"), opened=opened)])
    take(register, listing("old", "2021"), [trust("R1", "Dale CCG")])
    closed = trust("R0", "Vale", links=(became,), status="closed", closed="2019-03-31")
    group = Statement("arr:x", "arrangement", names=(NameSaid("X"),), links=(member("R0"),))
    take(register, listing("closed", "2022"), [closed, group])
    links = {link.type: link for link in record(register, "ods:R0", None).links}
    assert links["succeeded-by"].name_then == then
    (seen,) = record(register, "arr:x", None).links
    assert [(one.name, one.name_then) for one in seen.became] == [("Hill Board - R1", then)]


def test_a_link_of_a_record_to_itself_appears_once_in_each_direction(small: Small) -> None:
    follows = small.link_type("follows", "follows", "is followed by")
    own = small.record("ods:RXX", "A Trust")
    small.link(follows, own, own)

    links = small.register().record("ods:RXX").links

    assert [(link.direction, link.label) for link in links] == [("out", "follows"), ("in", "is followed by")]


def test_links_come_by_type_then_open_ends_before_closed_ones_then_by_name(small: Small) -> None:
    second = small.link_type("second", "second", "second of", position=2)
    first = small.link_type("first", "first", "first of", position=1)
    hub = small.record("ods:HUB", "Hub")
    for key, name, is_open in (("a", "Alpha", 0), ("b", "beta", 1), ("c", "Gamma", None), ("d", "Beth", 1)):
        small.link(first, hub, small.record(f"ods:{key}", name, open=is_open))
    small.link(second, hub, small.record("ods:z", "Aardvark"))

    links = small.register().record("ods:HUB").links

    assert [link.name for link in links] == ["beta", "Beth", "Gamma", "Alpha", "Aardvark"]
    assert [link.other_open for link in links] == [True, True, None, False, True]


def test_roles_are_told_in_the_words_of_the_vocabulary_and_unknown_ones_as_they_are(small: Small) -> None:
    small.term("roles", "nominated-payee", "nominated payee of the network")
    takes_part = small.link_type("participation", "takes part in", "has participant")
    body, network = small.record("ods:A", "A"), small.record("arr:n", "N", "arrangement")
    small.link(takes_part, body, network, role="nominated-payee")
    small.link(takes_part, body, network, role="made-up-role")
    small.link(takes_part, body, network)

    links = small.register().record("ods:A").links

    assert {link.role: link.role_label for link in links} == {
        "nominated-payee": "nominated payee of the network",
        "made-up-role": "made up role",
        None: None,
    }


def test_links_are_filtered_by_type_and_direction_and_cut_with_their_total(small: Small) -> None:
    kinds = {name: small.link_type(name, name, f"{name} of") for name in ("runs", "owns")}
    hub = small.record("ods:HUB", "Hub")
    for number in range(5):
        other = small.record(f"ods:{number}", f"Body {number}")
        small.link(kinds["runs"], hub, other)
        small.link(kinds["owns"], other, hub)
    register = small.register()

    page = register.links("ods:HUB", types=("owns",), limit=2, offset=1)

    assert [link.name for link in page.links] == ["Body 1", "Body 2"]
    assert (page.total, page.truncated) == (5, True)
    assert register.links("ods:HUB", direction="out").total == 5
    assert register.links("ods:HUB", direction="out", types=("owns",)).total == 0
    assert register.links("ods:HUB", types=("owns", "runs"), limit=None).total == 10


def test_a_misspelled_link_type_names_the_nearest(small: Small) -> None:
    small.link_type("operates", "operates", "is operated by")
    small.record("ods:A", "A")

    with pytest.raises(UsageError, match="unknown link type 'opperates', did you mean 'operates'"):
        small.register().links("ods:A", types=("opperates",))


def test_a_link_type_goes_by_its_labels_as_well_and_by_its_name_first(small: Small) -> None:
    one, other = small.record("ods:A", "A"), small.record("ods:B", "B")
    words = {"operates": ("operates", "is operated by"), "runs": ("runs", "Operates"),
             "owns": ("holds", "is part of"), "holds-in-trust": ("holds", "is held by")}  # fmt: skip
    for name, labels in words.items():
        small.link(small.link_type(name, *labels), one, other)
    register = small.register()

    def found(*types: str) -> list[str]:
        return sorted(link.type for link in register.links("ods:A", types=types).links)

    assert found("Is operated by") == found("operates") == ["operates"]
    assert found("holds") == ["holds-in-trust", "owns"]
    assert found("holds", "owns") == ["holds-in-trust", "owns"]


@pytest.mark.parametrize("wrong", [{"direction": "up"}, {"limit": -1}, {"offset": -1}])
def test_filters_that_make_no_sense_are_refused(small: Small, wrong: dict[str, str | int]) -> None:
    small.record("ods:A", "A")

    with pytest.raises(UsageError):
        small.register().links("ods:A", **wrong)  # type: ignore[arg-type]


def test_links_of_an_unknown_key_are_not_an_empty_list(small: Small) -> None:
    with pytest.raises(NotFoundError, match="ods:NONE"):
        small.register().links("ods:NONE")


def _statements(links: int) -> tuple[int, int]:
    """Count the statements that reading a hub and a page of its links takes."""
    small = Small()
    takes_part = small.link_type("participation", "takes part in", "has participant", owner="source")
    hub = small.record("arr:hub", "Hub", "arrangement")
    source = small.source("file:a")
    for number in range(links):
        body = small.record(f"ods:{number}", f"Body {number}")
        small.cite("record", body, small.evidence(source, f"row {number}"))
        link = small.link(takes_part, body, hub)
        small.insert("fact", link_id=link, property="share", value=number)
    register = small.register()
    seen: list[str] = []
    small.connection.set_trace_callback(seen.append)
    assert len(register.record("arr:hub", as_of="2020").not_dated) == links
    whole = len(seen)
    register.links("arr:hub", limit=None)
    register.close()
    return whole, len(seen) - whole


def test_a_hub_takes_as_many_statements_as_a_record_with_one_link() -> None:
    assert _statements(1500) == _statements(1)


def test_links_are_told_under_their_labels(small: Small) -> None:
    runs = small.link_type("runs", "runs", "is run by", position=1)
    owns = small.link_type("owns", "owns", "is owned by", position=2)
    hub = small.record("ods:HUB", "Hub")
    for number in range(3):
        small.link(runs, hub, small.record(f"ods:{number}", f"Body {number}"))
    small.link(owns, hub, hub)
    record = small.register().record("ods:HUB")

    groups = {label: len(links) for label, links in by_label(record.links).items()}

    assert list(groups.items()) == [("runs", 3), ("owns", 1), ("is owned by", 1)]
    assert record.link_counts == groups


def test_a_link_that_a_list_calls_current_is_not_that_once_its_other_end_has_closed(small: Small) -> None:
    commissioned = small.link_type("commissioned-by", "commissioned by", "commissions")
    practice = small.record("ods:A81001", "Densham")
    closed, held = small.record("ods:00K", "Old CCG", open=0), small.record("ods:16C", "New CCG")
    for commissioner in (closed, held):
        small.cite("link", small.link(commissioned, practice, commissioner, status="current"), small.today())
    links = small.register().record("ods:A81001").links
    assert {link.key: link.status for link in links} == {"ods:00K": "past", "ods:16C": "current"}


@pytest.mark.parametrize("sorted_by_sqlite", [False, True])
def test_the_first_links_of_each_label_are_those_of_the_whole_record(
    small: Small, sorted_by_sqlite: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_links, "MANY", 2 if sorted_by_sqlite else 100)
    hub = small.record("ods:HUB", "Hub")
    types = [small.link_type(name, name, "common label", position=place) for place, name in enumerate("ab")]
    for number in range(24):
        name = ("straße", "Strand", "ÉCOLE", "école", str(number))[number % 5]
        other = small.record(f"ods:{number}", name, open=(None, 0, 1)[number % 3])
        ends = (hub, other) if number % 2 else (other, hub)
        small.link(types[number % 5 % 2], *ends, since=f"20{30 - number}", role=str(number))
    register = small.register()
    whole, cut = register.record("ods:HUB"), register.record("ods:HUB", most=3)
    first = {label: links[:3] for label, links in by_label(whole.links).items()}
    assert by_label(cut.links) == first
    assert cut.link_counts == whole.link_counts
    assert register.record("ods:HUB", most=100, first=3).links == whole.links
    assert register.record("ods:HUB", most=4, first=3).links == cut.links
    assert register.record("ods:HUB", most=0).links == ()
    with pytest.raises(UsageError, match="most"):
        register.record("ods:HUB", most=-1)
