"""What the built-in register holds, read from its files: complete, evidenced, and in the vocabulary's words."""

from __future__ import annotations

import re
from functools import cache

import pytest

from db import open_register
from db.vocabularies import load_vocabularies
from tests.importers.stories import (
    FILES,
    SHARED,
    WRITTEN,
    Entry,
    evidence,
    items,
    record,
    records,
    stories,
    ties,
    words,
)

PARTICIPANTS = {
    "arr:foundation-group": {"ods:RLQ": "member", "ods:RJC": "member"},
    "arr:wvt-swft-strategic-partnership": {"ods:RLQ": "member", "ods:RJC": "member"},
    "arr:single-integrated-management-team": {"ods:324": "partner", "ods:TAP": "partner"},
    "arr:south-east-london-ics": {"ods:RN7": "associate"},
    "arr:bexley-local-care-partnership": {},
    "arr:gst-healthcare-alliance": {"ods:RN7": "founder", "ods:RJ1": "member"},
    "arr:kent-and-medway-cancer-alliance": {"ods:RN7": "member"},
    "arr:kent-and-medway-local-maternity-system": {"ods:RN7": "member"},
    "arr:queen-marys-hospital-tenancy": {"ods:RN7": "tenant", "ods:RPG": "landlord"},
    "arr:queen-marys-hospital-facilities-management": {"ods:RN7": "party", "ods:RPG": "party"},
    "arr:together": {"org:care-plus-group": "member", "ods:NQL": "member", "ods:RJL": "member"},
    "arr:stp-footprints": {"org:nhs-england": "announcer"},
}
POSTS = {
    "person:glen-burley": {"ods:RJC": "chief-executive", "ods:RLQ": "chief-executive"},
    "person:michael-lee": {"ods:324": "leader"},
    "person:bill-taylor": {"ods:TAP": "chair"},
    "person:rob-webster": {"org:nhs-confederation": "chief-executive"},
}
ACT = "doc:nhs-act-2006"


@pytest.mark.parametrize("key", PARTICIPANTS)
def test_each_arrangement_has_the_participants_and_roles_that_its_text_gives(key: str) -> None:
    entry = record(key)
    assert {one["who"]: one["role"] for one in entry.get("participants") or []} == PARTICIPANTS[key]
    assert entry["type"] in words("arrangement_types")
    assert entry["status"] in words("statuses")
    assert entry["summary"]
    assert entry["facts"]


@pytest.mark.parametrize("key", POSTS)
def test_each_person_holds_the_posts_that_the_text_gives(key: str) -> None:
    assert {post["in"]: post["role"] for post in record(key)["posts"]} == POSTS[key]


def test_the_statuses_are_those_of_the_texts() -> None:
    assert record("arr:foundation-group")["status"] == "planned"
    assert record("arr:single-integrated-management-team")["status"] == "proposed"
    assert record("arr:together")["status"] == "being-formalised"


def test_arrangements_follow_and_belong_to_one_another() -> None:
    def targets(key: str, link_type: str) -> list[str]:
        return [link["to"] for link in record(key)["links"] if link["type"] == link_type]

    assert targets("arr:foundation-group", "follows") == ["arr:wvt-swft-strategic-partnership"]
    assert targets("arr:bexley-local-care-partnership", "part-of") == ["arr:south-east-london-ics"]
    assert targets("arr:together", "implements") == ["doc:five-year-forward-view"]


@pytest.mark.parametrize(
    ("key", "fact", "value"),
    [
        ("arr:single-integrated-management-team", "expected-savings", 2_000_000),
        ("arr:single-integrated-management-team", "team-size", 3),
        ("arr:south-east-london-ics", "population-served", 2_000_000),
        ("arr:south-east-london-ics", "provider-count", 5),
        ("arr:south-east-london-ics", "local-authority-count", 6),
        ("arr:stp-footprints", "leaders", 44),
        ("arr:stp-footprints", "footprints", 44),
        ("arr:stp-footprints", "survey-share", 86),
        ("arr:stp-footprints", "survey-share", 61),
    ],
)
def test_every_number_is_a_value_with_a_unit(key: str, fact: str, value: int) -> None:
    found = [one for one in record(key)["facts"] if one["property"] == fact and one.get("value") == value]
    assert len(found) == 1
    assert found[0]["unit"]


def test_lists_in_the_texts_are_whole() -> None:
    def count(key: str, fact: str) -> int:
        return sum(one["property"] == fact for one in record(key)["facts"])

    assert count("arr:south-east-london-ics", "aim") == 3
    assert count("arr:south-east-london-ics", "programme") == 13
    assert count("arr:bexley-local-care-partnership", "vision-mark") == 3
    assert count("arr:together", "shared-commitment") == 3
    assert count("arr:single-integrated-management-team", "planned-post") == 4


def test_a_year_that_is_not_stated_is_not_filled_in() -> None:
    dates = [event["date"] for event in record("arr:single-integrated-management-team")["events"]]
    assert dates == ["XXXX-07-08", "XXXX-07-08", None]
    assert all(event["date"] is None for event in record("arr:wvt-swft-strategic-partnership")["events"])


@pytest.mark.parametrize("key", ["arr:single-integrated-management-team", "ods:324", "ods:TAP"])
def test_each_of_the_two_boards_has_its_decision_on_the_day(key: str) -> None:
    due = [event for event in record(key)["events"] if event["kind"] == "decision-due"]
    assert {event["date"] for event in due} == {"XXXX-07-08"}
    assert len(due) == (2 if key.startswith("arr:") else 1)


def test_programmes_and_marks_bear_the_names_that_the_text_gives() -> None:
    def texts(key: str, fact: str) -> set[str]:
        return {one["text"].rstrip(".") for one in record(key)["facts"] if one["property"] == fact}

    assert texts("arr:south-east-london-ics", "programme") == {
        "Community-based care", "Cancer care", "Planned care", "Urgent and emergency care",
        "Care of children and young people", "Maternity care", "Mental health care", "Specialised services",
        "Transforming care", "Digital", "Workforce", "Estates", "Finance (including procurement)",
    }  # fmt: skip
    assert texts("arr:bexley-local-care-partnership", "vision-mark") == {
        "Person-centred", "Joined up", "Unique to Bexley",
    }  # fmt: skip


def test_what_only_the_board_papers_say_is_their_claim() -> None:
    def papers(item: Entry) -> bool:
        return {one.get("claimant") for one in evidence(item)} == {"doc:blackburn-with-darwen-board-papers"}

    team = record("arr:single-integrated-management-team")
    separate = [
        one for one in (team, *team["participants"]) for one in one["facts"] if one["property"] == "independence"
    ]
    assert len(separate) == 3
    assert all(papers(one) for one in separate)
    assert [papers(one) for one in team["facts"] if "far more advanced" in one["text"]] == [True]


def test_claims_name_who_makes_them() -> None:
    claimants: dict[str, set[str]] = {}
    for _, _, entry in records():
        for item in items(entry):
            for one in evidence(item):
                assert (one.get("basis") == "claimed") == ("claimant" in one)
                if "claimant" in one:
                    claimants.setdefault(entry["key"], set()).add(one["claimant"])
    team = claimants["arr:single-integrated-management-team"]
    assert team == {"ods:324", "person:michael-lee", "person:bill-taylor", "doc:blackburn-with-darwen-board-papers"}
    assert claimants["arr:stp-footprints"] == {"org:nhs-confederation"}
    assert claimants["arr:foundation-group"] == {"person:glen-burley"}


def test_what_is_inferred_says_why() -> None:
    inferred = [
        one
        for _, _, entry in records()
        for item in (entry, *items(entry))
        for one in evidence(item)
        if one.get("basis") == "inferred"
    ]
    assert len(inferred) > 10
    assert all(one["note"].endswith(".") for one in inferred)


def test_everything_has_evidence_of_its_own_or_that_of_its_record() -> None:
    for name, _, entry in records():
        assert evidence(entry), entry["key"]
        for one in (entry, *items(entry)):
            for cited in evidence(one):
                assert cited.get("source") or stories()[name].get("cites"), entry["key"]


def sources(name: str, entry: Entry, item: Entry) -> set[str]:
    """Return the keys of the sources that an item cites, its record's where it names none."""
    cited = evidence(item) or evidence(entry)
    return {one.get("source") or stories()[name]["cites"] for one in cited}


def official(entry: Entry) -> Entry:
    """Return the official name as an item: the entry of `names` that repeats it, else one as the record."""
    given = [one for one in entry.get("names") or [] if one.get("kind") == "official"]
    return given[0] if given else {"name": entry.get("name") or entry["title"]}


def test_no_name_address_or_date_cites_the_act() -> None:
    for name, _, entry in records():
        if entry["key"] == ACT:
            continue
        assert ACT not in sources(name, entry, {}), entry["key"]
        for part in ("names", "identifiers", "events"):
            assert all(ACT not in sources(name, entry, one) for one in entry.get(part) or []), entry["key"]


def test_a_trust_is_described_from_a_list_and_named_by_it() -> None:
    trusts = [one for one in records() if one[2].get("type") in ("nhs-trust", "nhs-foundation-trust")]
    assert len(trusts) == 7
    for name, _, entry in trusts:
        (cited,) = evidence(entry)
        code = entry["key"].removeprefix("ods:")
        assert (cited["source"], cited["locator"]) == ("doc:ods-nhs-trusts", f"row {code}")
        assert "doc:ods-nhs-trusts" in sources(name, entry, official(entry))


def test_a_legal_form_that_follows_from_the_act_says_so_in_its_evidence_alone() -> None:
    for name, _, entry in records():
        assert all(one["property"] != "legal-form-ground" for one in entry.get("facts") or []), entry["key"]
        stated = [one for one in entry.get("values") or [] if one["what"] == "legal_form"]
        if entry.get("type") == "nhs-foundation-trust":
            assert len(stated) == 1
        for value in stated:
            assert entry["legal_form"] == value["value"]
            for one in evidence(value):
                assert one.get("source") != ACT or (one["basis"] == "inferred" and one["note"])
            assert sources(name, entry, value) <= {ACT, stories()[name]["cites"]}


NOTHING_SAID = frozenset("a an and as at by for in is it of on or that the this to what which who with".split())


def test_a_summary_says_nothing_that_a_fact_or_the_legal_form_says_again() -> None:
    for _, _, entry in records():
        said = set(plain(entry.get("summary") or "").split())
        assert not entry.get("legal_form") or not set(entry["legal_form"].split("-")) <= said, entry["key"]
        for fact in entry.get("facts") or []:
            told = set(plain(fact.get("text") or "").split()) - NOTHING_SAID
            assert not told or not told <= said, (entry["key"], fact["text"])


def test_an_official_name_repeats_the_name_of_its_record() -> None:
    for _, _, entry in records():
        assert official(entry)["name"] == (entry.get("name") or entry["title"])


@cache
def words_of_source(source: str) -> str:
    """Return all that a source says, lower-cased and without marks, as far as it is beside this checkout."""
    text = "".join((SHARED / path).read_text("utf-8", "replace") for path in WRITTEN[source])
    return plain(text)


def plain(text: str) -> str:
    """Return a text as lists and stories both can be searched for it: lower case, without marks."""
    return " ".join(re.findall(r"[a-z0-9]+", re.sub("[’']", "", text).lower()))


def test_the_sources_of_an_official_name_write_it() -> None:
    if not (SHARED / "documents").is_dir() or not (SHARED / "data").is_dir():
        pytest.skip("the founding texts and lists are not beside this checkout")
    checked = 0
    for name, kind, entry in records():
        if kind not in ("organisation", "person"):
            continue
        for source in sources(name, entry, official(entry)):
            assert plain(official(entry)["name"]) in words_of_source(source), (entry["key"], source)
            checked += 1
    assert checked > 20


def test_a_whole_date_is_a_text_to_any_reader_of_yaml() -> None:
    entries = [entry for _, _, entry in records()]
    dates = [event["date"] for entry in entries for event in entry.get("events") or []]
    dates += [entry.get("published") for entry in entries]
    assert "2017-08-04" in dates
    assert {type(date) for date in dates} <= {str, int, type(None)}


def test_nothing_is_quoted() -> None:
    assert not [path.name for path in FILES if re.search(r"\bquote:", path.read_text("utf-8"))]


def test_the_files_have_no_date_so_that_dated_registers_win() -> None:
    assert [story["published"] for story in stories().values()] == [None] * len(FILES)
    assert all(story["format"] == "interlock-records/1" for story in stories().values())


def test_every_word_is_in_its_vocabulary() -> None:
    for _, kind, entry in records():
        for key, vocabulary in (
            ("type", f"{kind}_types"), ("status", "statuses"), ("form", "forms"), ("legal_form", "legal_forms"),
            ("basis_status", "basis_statuses"),
        ):  # fmt: skip
            assert entry.get(key) is None or entry[key] in words(vocabulary), (entry["key"], key)
        assert {one.get("kind", "short") for one in entry.get("names") or []} <= words("name_kinds")
        assert {one["kind"] for one in entry.get("events") or []} <= words("event_kinds")
        assert {one["property"] for one in items(entry) if "property" in one} <= words("properties")
        assert {tie.get("role") for tie in ties(entry)} <= words("roles") | {None}
        assert {tie.get("status") for tie in ties(entry)} <= words("link_statuses") | {None}


def test_links_join_only_the_kinds_that_their_type_may_join() -> None:
    kinds = {entry["key"]: kind for _, kind, entry in records()}
    types = {link_type.name: link_type for link_type in load_vocabularies()[1]}
    for _, kind, entry in records():
        for link in entry.get("links") or []:
            link_type = types[link["type"]]
            assert kind in link_type.source_kinds, (entry["key"], link["type"])
            assert kinds[link["to"]] in link_type.target_kinds, (entry["key"], link["type"])


def test_every_key_that_is_named_is_described() -> None:
    described = [entry["key"] for _, _, entry in records()]
    assert len(described) == len(set(described))
    named = {tie.get("who") or tie.get("in") or tie["to"] for _, _, entry in records() for tie in ties(entry)}
    for _, _, entry in records():
        for one in (entry, *items(entry)):
            for cited in evidence(one):
                named |= {cited[key] for key in ("source", "claimant") if key in cited}
    named |= {story["cites"] for story in stories().values() if "cites" in story}
    assert named <= set(described)


def test_acronyms_and_titles_that_people_search_are_names() -> None:
    named = {one["name"]: entry["key"] for _, _, entry in records() for one in entry.get("names") or []}
    expected = {
        "WVT": "ods:RLQ", "SWFT": "ods:RJC", "NLAG": "ods:RJL", "STP": "arr:stp-footprints",
        "SEL ICS": "arr:south-east-london-ics", "SIMT": "arr:single-integrated-management-team",
        "Cllr Michael Lee": "person:michael-lee", "Sir Bill Taylor": "person:bill-taylor",
        "North Lincolnshire and Goole NHS Foundation Trust": "ods:RJL",
        "Our Healthier South East London": "arr:south-east-london-ics",
    }  # fmt: skip
    assert {name: named.get(name) for name in expected} == expected


def test_no_sentence_is_taken_from_the_texts() -> None:
    texts = sorted((SHARED / "documents").glob("*.txt"))
    if not texts:
        pytest.skip("the founding texts are not beside this checkout")

    def runs(text: str) -> set[tuple[str, ...]]:
        found = re.findall(r"[a-z0-9']+", text.lower().replace("’", "'"))
        return {tuple(found[start : start + 8]) for start in range(len(found) - 7)}

    theirs = set().union(*(runs(path.read_text("utf-8")) for path in texts))
    for _, _, entry in records():
        for text in (entry["summary"], *(one.get("text", "") for one in items(entry))):
            assert not runs(text) & theirs, text


def test_no_summary_or_legal_form_cites_a_list_that_has_no_more_than_codes_and_names() -> None:
    with open_register(builtin=True) as register:
        for found in map(register.record, ("ods:324", "ods:NQL", "ods:RJ1", "ods:RJC", "ods:RJL", "ods:RLQ")):
            told = {*found.evidence_of("summary"), *(found.evidence_of("legal_form") if found.legal_form else ())}
            cited = {one.source.key for one in found.evidence if one.id in told}
            assert cited and not cited & {"doc:ods-nhs-trusts", "doc:stp-partner-mapping-2019"}, found.key
