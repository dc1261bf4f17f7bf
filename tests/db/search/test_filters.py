"""Filters in the text: what they let through, and what is said of those that are none."""

from __future__ import annotations

import pytest

from db.errors import NotFoundError
from db.reading.resolve_key import resolve
from db.search.filter_values import types_meant
from db.search.query import parse
from db.vocabularies import load_vocabularies
from tests.db.search.miniature import Miniature


@pytest.fixture(scope="module")
def places() -> Miniature:
    made = Miniature()
    made.add("ods:A", "Castle Surgery", "gp-practice", town="Lancaster", postcode="LA1 4AB")
    made.add("ods:B", "Castle Surgery North", "gp-practice", town="Kendal", postcode="LA10 5AB")
    made.add("ods:C", "Thames Trust", "nhs-trust", town="London", postcode="SE1 7EH")
    made.add("ods:D", "Foyle Trust", "nhs-trust", town="Londonderry", postcode="BT47 6SB")
    made.add("ods:E", "Closed Trust", "nhs-trust", town="London", open=False, status="closed")
    made.add("arr:F", "Trust alliance", "alliance", status="proposed")
    made.add("person:g", "Ann Trust", open=None)
    made.link("ods:C", "arr:F", role="host")
    made.link("ods:D", "arr:F", role="member")
    source = made.conn.execute("INSERT INTO source (key, title) VALUES ('file:etr', 'NHS trusts list')").lastrowid
    values = (made.number("ods:D"), source)
    made.conn.execute("INSERT INTO _statement (record_id, source_id, digest, body) VALUES (?, ?, x'00', '{}')", values)
    return made.indexed()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("kind:person", {"person:g"}),
        ("kind:people", {"person:g"}),
        ("trust kind:arrangement", {"arr:F"}),
        ("trust -kind:arrangement -kind:person", {"ods:C", "ods:D"}),
        ("kind:arrangement kind:person", {"arr:F", "person:g"}),
        ("kind:organisation place:london", {"ods:C"}),
        ("place:LONDON", {"ods:C"}),
        ("place:londond", {"ods:D"}),
        ("-place:london type:trust", {"ods:D"}),
        ("postcode:la1", {"ods:A"}),
        ("postcode:LA10", {"ods:B"}),
        ("postcode:LA", {"ods:A", "ods:B"}),
        ('postcode:"LA1 4"', {"ods:A"}),
        ("postcode:la14ab", {"ods:A"}),
        ('postcode:"SE1 7EH"', {"ods:C"}),
        ("type:gp", {"ods:A", "ods:B"}),
        ("type:nhs-trust", {"ods:C", "ods:D"}),
        ("type:trust status:closed", {"ods:E"}),
        ("status:proposed", {"arr:F"}),
        ("status:unknown", {"person:g"}),
        ("role:host", {"ods:C"}),
        ("role:host role:member", {"ods:C", "ods:D"}),
        ("source:etr", {"ods:D"}),
        ('source:"trusts list" trust', {"ods:D"}),
        ('"castle surgery" lancaster', {"ods:A"}),
        ('"surgery castle"', set()),
        ("role:RO197", {"ods:C", "ods:D"}),
    ],
)
def test_filters_let_through_what_they_say(places: Miniature, typed: str, wanted: set[str]) -> None:
    assert set(places.keys(typed)) == wanted


def test_an_outward_code_in_the_text_is_no_beginning_of_a_longer_one(places: Miniature) -> None:
    assert places.keys("castle la1") == ["ods:A"]


def test_the_town_that_is_typed_comes_before_a_longer_one(places: Miniature) -> None:
    assert places.keys("trust london")[:2] == ["ods:C", "ods:D"]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("knd:person trust", "did you mean kind:?"),
        ("kind:orgnisation", "did you mean organisation?"),
        ("status:planed", "did you mean planned?"),
        ("type:gruop-model", "did you mean group-model?"),
        ("role:hots", "did you mean host?"),
        ("kind:", "kind: takes organisation"),
        ("place:", "place: takes a town"),
        ("source:", "source: takes words"),
        ("castle place:london", "without place:london there are 2"),
        ("thames zebra crossing", "no record has “zebra” or “crossing”; without them there are 2"),
        ("place:atlantis", "nothing passes place:atlantis"),
        ("closed tru", "1 closed one matches: --all shows it"),
    ],
)
def test_a_hint_helps_on(places: Miniature, typed: str, said: str) -> None:
    hint = places.find(typed).advice("--all")
    assert hint is not None
    assert said in hint


def test_a_value_that_there_is_not_is_all_that_is_said_where_nothing_passes(places: Miniature) -> None:
    assert str(places.find("kind:foo").advice("--all")).startswith("no kind “foo”: use ")
    assert "nothing passes" not in str(places.find("kind:foo").advice("--all"))


def test_the_nearest_names_are_several_names_with_most_of_the_words() -> None:
    made = Miniature()
    for number in range(14):
        made.add(f"ods:X{number}", "Ingham Chemist", "pharmacy")
    made.add("ods:Y", "Ingham Chemist Clinic", "clinic")
    made.add("ods:Z", "Ingham Road", "clinic")
    hint = made.indexed().find("ingham chemist crossing").hint
    said = "no record has “crossing”; without it there are 15; nearest names: Ingham Chemist, Ingham Chemist Clinic"
    assert hint == said


@pytest.mark.parametrize("typed", ["herefor hosp qqqzzz", "hospital qqqzzz hereford"])
def test_a_word_that_no_record_has_is_left_out_beside_more_that_few_have_and_that_is_said(typed: str) -> None:
    made = Miniature()
    made.add("ods:A", "Hereford Hospitals Group")
    found = made.indexed().find(typed)
    assert [hit.brief.key for hit in found.hits] == ["ods:A"]
    assert found.hint == "left out: “qqqzzz”, which no record has beside the others"
    assert made.find("hereford qqqzzz").hits == ()
    with pytest.raises(NotFoundError):
        resolve(made.conn, typed)


@pytest.mark.parametrize("typed", ["herefor hosp qqqzzz", "hospital qqqzzz hereford", "hopsital herefrod qqqzzz"])
def test_names_that_begin_with_what_was_typed_are_near(typed: str) -> None:
    made = Miniature()
    for number in range(11):
        made.add(f"ods:A{number}", "Hereford Hospitals Group")
    hint = made.indexed().find(typed).hint
    assert hint is not None
    assert hint.endswith("nearest names: Hereford Hospitals Group")


def test_a_key_is_no_unknown_filter(places: Miniature) -> None:
    found = places.find("arr:F")
    assert found.hits[0].brief.key == "arr:F"
    assert found.hint is None


def test_closed_organisations_are_left_out_unless_asked_for(places: Miniature) -> None:
    assert places.keys("closed tru") == []
    assert places.keys("closed tru", closed=True) == ["ods:E"]


def test_quotes_keep_the_words_of_a_filter_together() -> None:
    query = parse('trust place:"North East Lincolnshire" -status:closed “care plus”')
    assert [str(one) for one in query.filters] == ['place:"North East Lincolnshire"', "-status:closed"]
    assert query.text.split() == ["trust", "care", "plus"]
    assert query.phrases == ("care plus",)


def test_a_search_of_the_past_sees_what_was_open_then() -> None:
    made = Miniature()
    made.add("ods:OLD", "Vale Trust", open=False, status="closed", opened="1990", closed="2010-06-30")
    made.add("ods:NEW", "Vale Foundation Trust", opened="2010-07-01")
    made.add("ods:ANY", "Vale Hospice")
    made.indexed()
    assert made.keys("vale") == ["ods:ANY", "ods:NEW"]
    then = made.find("vale", as_of="2005").hits
    assert {hit.brief.key: hit.brief.open for hit in then} == {"ods:OLD": True, "ods:ANY": None}


def test_a_search_of_the_past_tells_of_what_nothing_dates_to_it() -> None:
    made = Miniature()
    made.add("ods:OPENED", "Vale Trust", opened="1990")
    made.add("ods:ANY", "Vale Hospice")
    made.indexed()
    then = made.find("vale", as_of="2005").hits
    assert {hit.brief.key: hit.brief.dated for hit in then} == {"ods:OPENED": True, "ods:ANY": False}
    assert all(hit.brief.dated for hit in made.find("vale").hits)


@pytest.mark.parametrize(
    ("asked", "then", "now"),
    [
        ("status:open", ["ods:ANY", "ods:OLD"], ["ods:ANY", "ods:NEW"]),
        ("-status:open", ["arr:vale"], ["arr:vale"]),
        ("status:closed", ["ods:LOST"], ["ods:LOST", "ods:OLD"]),
        ("status:open status:planned", ["arr:vale", "ods:ANY", "ods:OLD"], ["arr:vale", "ods:ANY", "ods:NEW"]),
        ("-status:open -status:planned", [], []),
        ("-status:closed type:nhs-trust", ["ods:OLD"], ["ods:NEW"]),
        ("status:nonsense", [], []),
    ],
)
@pytest.mark.parametrize("text", ["vale", ""])
def test_as_of_a_day_a_status_is_that_of_the_day(asked: str, then: list[str], now: list[str], text: str) -> None:
    made = Miniature()
    made.add(
        "ods:OLD", "Vale and Wye Trust", "nhs-trust", open=False, status="closed", opened="1990", closed="2010-06-30"
    )
    made.add("ods:NEW", "Vale Foundation Trust", "nhs-trust", opened="2010-07-01")
    made.add("ods:ANY", "Vale Hospice")
    made.add("ods:LOST", "Vale Clinic", open=False, status="closed", closed="1980")
    made.add("arr:vale", "Vale Group", open=None, status="planned")
    made.indexed()

    found = made.find(f"{text} {asked}", as_of="2005").hits
    assert sorted(hit.brief.key for hit in found) == then
    assert sorted(made.keys(f"{text} {asked}")) == now


@pytest.mark.parametrize(
    ("alias", "wanted"),
    [
        ("stp", ("sustainability-and-transformation-partnership",)),
        ("STP", ("sustainability-and-transformation-partnership",)),
        ("icb", ("integrated-care-board",)),
        ("ics", ("integrated-care-system",)),
        ("pcn", ("primary-care-network",)),
        ("ccg", ("clinical-commissioning-group",)),
        ("csp", ("community-safety-partnership",)),
        ("s75", ("section-75-agreement",)),
        ("ft", ("nhs-foundation-trust",)),
    ],
)
def test_a_short_name_means_its_type_alone(places: Miniature, alias: str, wanted: tuple[str, ...]) -> None:
    assert types_meant(places.conn, alias).names == wanted


@pytest.mark.parametrize("called", ["council", "local authority", "local-authority"])
def test_a_short_name_of_several_types_means_them_all(places: Miniature, called: str) -> None:
    councils = types_meant(places.conn, called).names
    assert {"county-council", "unitary-authority", "london-borough", "local-authority"} <= set(councils)
    assert not {"integrated-care-board", "community-safety-partnership"} & set(councils)


def test_no_short_name_is_the_name_of_another_type() -> None:
    terms = [one for one in load_vocabularies()[0] if one.vocabulary.endswith("_types")]
    names = {one.name for one in terms}
    aliases = [alias for one in terms for alias in one.extra.get("aliases", ())]  # type: ignore[attr-defined]
    assert len(aliases) > 20
    assert names.isdisjoint(aliases)
