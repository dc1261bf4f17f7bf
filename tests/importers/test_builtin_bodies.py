"""What a reader of the stories looks for beside those who take part: who decides, who is wanted, what is inferred."""

from __future__ import annotations

from tests.importers.stories import WRITTEN, evidence, record, records, ties, words


def test_those_who_decide_are_records_that_decide_for_a_body() -> None:
    decides = {
        "ods:324": "arr:blackburn-with-darwen-executive-board",
        "ods:TAP": "arr:blackburn-with-darwen-care-trust-board",
        "arr:foundation-group": "arr:foundation-group-joint-board-committee",
    }
    for body, board in decides.items():
        assert board in [link["to"] for link in record(body)["links"] if link["type"] == "decides-by"]
        assert [one for one in record(board)["facts"] if one["property"] == "accountability"], board
    for board in ("arr:blackburn-with-darwen-executive-board", "arr:blackburn-with-darwen-care-trust-board"):
        (link,) = record(board)["links"]
        assert (link["type"], link["to"]) == ("decides-on", "arr:single-integrated-management-team")
        assert [event["date"] for event in record(board)["events"]] == ["XXXX-07-08"]


def test_planned_posts_are_posts_to_be_filled() -> None:
    def roles(key: str) -> list[str]:
        return [one["value"] for one in record(key)["facts"] if one["property"] == "planned-post"]

    directors = ["managing director"] * 2
    assert roles("arr:single-integrated-management-team") == ["chief executive", "deputy chief executive", *directors]
    assert roles("ods:324") == roles("ods:TAP") == ["chief executive", "managing director"]
    assert {one.replace(" ", "-") for one in roles("arr:single-integrated-management-team")} <= words("roles")


def test_that_two_serve_the_same_people_is_inferred() -> None:
    ties_told = [tie for _, _, entry in records() for tie in ties(entry) if tie.get("type") == "shares-population-with"]
    assert len(ties_told) == 2
    assert {one["basis"] for tie in ties_told for one in evidence(tie)} == {"inferred"}


def test_what_a_text_says_of_networks_in_general_is_told_of_none_in_particular() -> None:
    for key in ("arr:kent-and-medway-cancer-alliance", "arr:kent-and-medway-local-maternity-system"):
        assert not {one["property"] for one in record(key)["facts"]} & {"shared-work", "benefit"}, key
    assert len([one for one in record("ods:RN7")["facts"] if one["property"] in ("shared-work", "benefit")]) == 5


def test_the_figures_of_a_survey_stand_at_whoever_asked_as_well() -> None:
    def shares(key: str) -> list[int | None]:
        return [one.get("value") for one in record(key)["facts"] if one["property"] == "survey-share"]

    assert shares("org:nhs-confederation") == shares("arr:stp-footprints") == [86, None, 61]


def test_each_text_says_where_it_can_be_looked_for() -> None:
    for key in list(WRITTEN)[:5]:
        document = record(key)
        assert document["url"]
        assert [one for one in document["facts"] if one["property"] == "where-to-look"], key


def test_a_name_that_no_source_gives_is_descriptive() -> None:
    made_up = {
        "doc:foundation-group-announcement", "doc:blackburn-with-darwen-board-papers",
        "arr:blackburn-with-darwen-executive-board", "site:queen-marys-hospital-sidcup",
        "arr:blackburn-with-darwen-care-trust-board", "arr:blackburn-with-darwen-joined-commissioning",
        "arr:wvt-swft-strategic-partnership", "arr:foundation-group-joint-board-committee",
        "arr:queen-marys-hospital-tenancy", "arr:queen-marys-hospital-facilities-management",
    }  # fmt: skip
    assert {entry["key"] for _, _, entry in records() if entry.get("name_kind") == "descriptive"} == made_up


def test_a_short_name_is_shorter_than_the_name() -> None:
    for _, _, entry in records():
        for one in entry.get("names") or []:
            assert one.get("kind", "short") != "short" or len(one["name"]) < len(entry["name"]), one["name"]


def test_whoever_takes_part_in_something_is_not_tied_to_it_again() -> None:
    for _, _, entry in records():
        taking_part = {one["who"] for one in entry.get("participants") or []}
        assert not taking_part & {link["to"] for link in entry.get("links") or []}, entry["key"]
        if entry["key"].startswith("doc:"):
            told = [link["to"] for link in entry.get("links") or []]
            assert len(told) == len(set(told)), entry["key"]
