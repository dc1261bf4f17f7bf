"""Records in full: fields, order, labels, and the evidence of everything shown."""

from __future__ import annotations

import json

import pytest

from db.errors import NotFoundError, UsageError
from db.model import Address, TypeDays
from db.vocabularies import load_vocabularies
from tests.db.reading.small import Small


def test_an_item_without_evidence_of_its_own_has_that_of_its_record(small: Small) -> None:
    file = small.source("file:a")
    body = small.record("ods:A", "A Trust")
    acronym = small.name(body, "AT", "acronym")
    fact = small.insert("fact", record_id=body, property="population", value=2000000)
    small.insert("identifier", record_id=body, scheme="ods", value="A")
    event = small.insert("event", record_id=body, date="2016", kind="other", text="Opened")
    general, of_name, of_fact, of_event = (small.evidence(file, f"row {row}") for row in range(4))
    small.cite("record", body, general)
    small.cite("name", acronym, of_name)
    small.cite("fact", fact, of_fact)
    small.cite("event", event, general, of_event)

    record = small.register().record("ods:A")

    assert record.own_evidence == (general,)
    assert [name.evidence for name in record.names] == [(general,), (of_name,)]
    assert record.identifiers[0].evidence == (general,)
    assert record.facts[0].evidence == (of_fact,)
    assert record.events[0].evidence == (general, of_event)


def test_a_link_without_evidence_has_that_of_the_end_it_belongs_to(small: Small) -> None:
    by_source = small.link_type("participation", "takes part in", "has participant", owner="source")
    by_target = small.link_type("post", "holds", "is held by", owner="target", position=1)
    body, group = small.record("ods:A", "A"), small.record("arr:g", "G", "arrangement")
    file = small.source("file:a")
    of_body, of_group, of_link = (small.evidence(file, text) for text in ("body", "group", "link"))
    small.cite("record", body, of_body)
    small.cite("record", group, of_group)
    inherits = small.link(by_source, body, group)
    small.link(by_target, body, group)
    own = small.link(by_source, body, group, role="lead")
    small.cite("link", own, of_link)
    for link in (inherits, own):
        small.insert("fact", link_id=link, property="share", text="half")
    register = small.register()

    for key in ("ods:A", "arr:g"):
        links = register.record(key).links
        found = {(link.type, link.role): link.evidence for link in links}
        assert found == {
            ("participation", None): (of_body,),
            ("participation", "lead"): (of_link,),
            ("post", None): (of_group,),
        }
        assert {link.facts[0].evidence for link in links if link.facts} == {(of_body,), (of_link,)}


def test_evidence_is_listed_once_in_the_order_in_which_a_reader_meets_it(small: Small) -> None:
    document = small.source(
        "doc:a", title="An announcement", publisher="P", published="2016-07", url="https://example.org/a"
    )
    claimant = small.record("org:council", "A Council")
    body = small.record("ods:A", "A")
    later = small.evidence(document, "p9")
    first = small.evidence(
        document, "p1", quote="first of its kind", basis="claimed", claimant_id=claimant, confidence=0.5, note="why"
    )
    small.cite("record", body, first)
    for number in range(2):
        fact = small.insert("fact", record_id=body, property="p", value=number)
        small.cite("fact", fact, first, later)

    record = small.register().record("ods:A")

    assert [evidence.id for evidence in record.evidence] == [first, later]
    claim, stated = record.evidence
    assert (claim.basis, claim.claimant, claim.claimant_name) == ("claimed", "org:council", "A Council")
    assert (claim.quote, claim.confidence, claim.note, claim.locator) == ("first of its kind", 0.5, "why", "p1")
    assert (claim.source.key, claim.source.title, claim.source.date) == ("doc:a", "An announcement", "2016-07")
    assert (stated.basis, stated.claimant, stated.locator) == ("stated", None, "p9")


def test_every_evidence_that_an_item_names_is_listed(small: Small) -> None:
    operates = small.link_type("operates", "operates", "is operated by")
    trust, site = small.record("ods:A", "A"), small.record("site:s", "S", "site")
    file = small.source("file:a")
    for record in (trust, site):
        small.cite("record", record, small.evidence(file))
    link = small.link(operates, trust, site)
    fact = small.insert("fact", link_id=link, property="share", value=1)
    small.cite("fact", fact, small.evidence(file, "fact"))

    page = small.register().links("site:s")

    named = {number for link in page.links for number in (*link.evidence, *link.facts[0].evidence)}
    assert named == {evidence.id for evidence in page.evidence}
    assert len(named) == 2


def test_types_statuses_and_properties_are_told_in_the_words_of_their_vocabulary(small: Small) -> None:
    small.term("arrangement_types", "group-model", "group model")
    small.term("organisation_types", "group-model", "another thing")
    small.term("statuses", "being-formalised", "is being made formal")
    small.term("properties", "population", "People served")
    row = small.record("arr:g", "G", "arrangement", type="group-model", status="being-formalised")
    small.insert("fact", record_id=row, property="population", value=2.5)
    small.insert("fact", record_id=row, property="not-in-vocabulary", text="x")

    record = small.register().record("arr:g")

    assert (record.type_label, record.status_label) == ("group model", "is being made formal")
    assert [fact.label for fact in record.facts] == ["People served", "not in vocabulary"]


@pytest.mark.parametrize(("stored", "read"), [(1, True), (0, False), (None, None)])
def test_open_is_yes_no_or_unknown(small: Small, stored: int | None, read: bool | None) -> None:
    small.record("ods:A", "A", open=stored)
    register = small.register()

    assert register.record("ods:A").open is read
    assert register.brief("ods:A").open is read


def test_a_record_that_a_list_dropped_says_when_it_was_listed_last(small: Small) -> None:
    gone = small.record("ods:A", "A", gone=small.source("file:new", published="2026-07"))
    for day in ("2025-12", "2015", "2026-08"):
        small.cite("record", gone, small.evidence(small.source(f"file:{day}", published=day)))
    record = small.register().record("ods:A")
    assert (record.listed_last, record.unlisted) == ("2025-12", "2026-07")


def test_a_record_says_which_list_dropped_it_and_where_it_is(small: Small) -> None:
    newer = small.source("file:new")
    address = {"address": "County Hospital\nUnion Walk", "town": "Hereford", "country": "England"}
    small.record("ods:A", "A", gone=newer, postcode="HR1 2ER", **address)
    small.record("ods:B", "B", placeholder=1, open=None)
    register = small.register()

    record = register.record("ods:A")

    assert record.gone == "file:new"
    assert record.address == Address(("County Hospital", "Union Walk"), "Hereford", None, "HR1 2ER", "England")
    assert register.brief("ods:A").place == "Hereford"
    assert not record.placeholder
    assert register.record("ods:B").placeholder
    assert register.record("ods:B").address is None


def test_names_start_with_the_official_one_and_end_with_former_ones(small: Small) -> None:
    row = small.record("ods:A", "A")
    small.name(row, "Old", "former")
    small.name(row, "AT", "acronym")

    assert [name.name for name in small.register().record("ods:A").names] == ["A", "AT", "Old"]


def test_events_run_from_the_oldest_and_undated_ones_come_last(small: Small) -> None:
    row = small.record("ods:A", "A")
    for date in (None, "2016-07-08", "XXXX-07-08", "2016", "2010-01"):
        small.insert("event", record_id=row, date=date, kind="other", text="t")

    dates = [event.date for event in small.register().record("ods:A").events]

    assert dates == ["2010-01", "2016", "2016-07-08", "XXXX-07-08", None]


def test_an_unknown_key_is_repeated_on_one_line_and_cut(small: Small) -> None:
    register = small.register()

    with pytest.raises(NotFoundError) as caught:
        register.record("ods:\n" + "X" * 500)

    message = str(caught.value)
    assert "\n" not in message
    assert len(message) < 200
    with pytest.raises(NotFoundError):
        register.brief("ods:\udcff")


def test_keys_come_in_order_one_kind_or_all(small: Small) -> None:
    for number in range(2500):
        small.insert("record", key=f"ods:{number:05}", kind="organisation", name="x")
    small.record("arr:a", "A", "arrangement")
    register = small.register()

    keys = list(register.keys())

    assert len(keys) == 2501
    assert keys == sorted(keys)
    assert list(register.keys("arrangement")) == ["arr:a"]
    with pytest.raises(UsageError, match="unknown kind 'arrangements'"):
        register.keys("arrangements")


def test_terms_keep_the_order_of_their_definition(small: Small) -> None:
    small.term("roles", "member", "member")
    small.term("statuses", "open", "open")
    small.term("roles", "host", "host")
    register = small.register()

    assert [term.name for term in register.terms("roles")] == ["member", "host"]
    assert len(register.terms()) == 3
    assert register.terms("nothing") == ()


@pytest.mark.parametrize(
    ("kind", "type_name", "days"),
    [
        ("organisation", "nhs-foundation-trust", TypeDays("2004-04-01", None, conferred=True)),
        ("organisation", "integrated-care-board", TypeDays("2022-07-01")),
        ("organisation", "sub-icb-location", TypeDays("2022-07-01", None, conferred=True)),
        ("organisation", "gp-practice", TypeDays(None, "1974-04-01")),
        ("arrangement", "primary-care-network", TypeDays(None, "2019-10-01")),
        ("arrangement", "nhs-foundation-trust", TypeDays()),
        ("organisation", None, TypeDays()),
    ],
)
def test_a_record_tells_since_when_there_can_be_bodies_of_its_type(
    small: Small, kind: str, type_name: str | None, days: TypeDays
) -> None:
    for word in load_vocabularies()[0]:
        small.term(word.vocabulary, word.name, word.label, json.dumps(word.extra) if word.extra else None)
    small.record("ods:A", "A", kind, type=type_name)
    assert small.register().record("ods:A").type_days == days
