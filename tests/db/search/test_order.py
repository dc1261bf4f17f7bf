"""A surer kind of match never loses to a less sure one, and inside a kind the order is always the same."""

from __future__ import annotations

import pytest

from db.results import KINDS_OF_MATCH
from db.search.layout import PLACEHOLDER, SORT_BITS, USUAL
from db.search.match import Sureness
from db.search.memory import SearchText
from db.search.rank import ranked
from tests.db.search.miniature import Miniature

TYPED = (
    "valley",
    "wye",
    "trust",
    "foundation",
    "lee",
    "s",
    "nhs",
    "group",
    "wye vally",
    "st",
    "london",
    "team",
    "care",
)


@pytest.mark.parametrize("typed", TYPED)
def test_kinds_and_scores_never_rise_down_the_list(register: Miniature, typed: str) -> None:
    hits = register.find(typed, closed=True).hits
    assert hits
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)
    kinds = [KINDS_OF_MATCH.index(hit.matched.how) for hit in hits]
    assert kinds == sorted(kinds)


@pytest.mark.parametrize("typed", TYPED)
def test_a_limit_cuts_the_same_list(register: Miniature, typed: str) -> None:
    whole = register.find(typed, limit=None)
    assert whole.total == len(whole.hits)
    for limit in (0, 1, 3):
        cut = register.find(typed, limit=limit)
        assert [hit.brief.key for hit in cut.hits] == [hit.brief.key for hit in whole.hits][:limit]
        assert cut.total == whole.total
        assert cut.truncated == (whole.total > limit)


def test_inside_a_kind_bodies_before_premises_open_ones_short_names_and_many_links_come_first() -> None:
    made = Miniature()
    made.add("site:mill", "Mill Hospital")
    made.add("ods:B", "Mill Trust of the North")
    made.add("ods:A", "Mill Trust")
    made.add("ods:C", "Mill Trust")
    made.add("ods:U", "Mill Care", open=None)
    made.add("ods:X", "Mill", open=False)
    made.add("arr:Z", "Mill arrangement that is past", open=False)
    made.add("doc:mill", "Mill plan")
    made.link("ods:C", "site:mill")
    made.indexed()
    assert made.keys("mil", closed=True) == [
        "ods:C", "ods:A", "ods:B", "ods:U", "site:mill", "ods:X", "arr:Z", "doc:mill",
    ]  # fmt: skip


def test_equally_good_matches_have_equal_scores() -> None:
    made = Miniature()
    made.add("ods:A", "The Surgery")
    made.add("ods:B", "The Surgery")
    first, second = made.indexed().find("the surgery").hits
    assert first.score == second.score
    assert [first.brief.key, second.brief.key] == ["ods:A", "ods:B"]


def test_a_misspelling_never_hides_an_exact_match() -> None:
    made = Miniature()
    made.add("ods:A", "Lea Hall Surgery")
    made.add("ods:B", "Lee Hall Surgery")
    hits = made.indexed().find("lea hall surgery").hits
    assert [(hit.brief.key, hit.matched.how) for hit in hits] == [("ods:A", "exact"), ("ods:B", "fuzzy")]


def test_a_short_word_that_is_found_is_taken_for_no_misspelling(register: Miniature) -> None:
    assert all(hit.matched.how != "fuzzy" for hit in register.find("STP").hits)


def test_what_filters_alone_let_through_stands_in_the_order_of_names_and_never_of_their_length() -> None:
    made = Miniature()
    for n, name in enumerate(
        ("Zeal", "abbey Road Surgery", "The Longest Name of a Surgery", "Acorn", "Castle Surgery")
    ):
        made.add(f"ods:{n}", name, "gp-practice", town="Bath")
    made.add("ods:9", "Aaron's", "gp-practice", town="Bath", open=False, status="closed")
    wanted = ["abbey Road Surgery", "Acorn", "Castle Surgery", "The Longest Name of a Surgery", "Zeal", "Aaron's"]
    index = made.indexed()
    for typed in ("type:gp-practice", "type:gp-practice place:bath"):
        assert [hit.brief.name for hit in index.find(typed).hits] == wanted[:-1]
        assert [hit.brief.name for hit in index.find(typed, closed=True).hits] == wanted
        assert [hit.brief.name for hit in index.find(typed, limit=2).hits] == wanted[:2]


def test_of_two_sites_of_a_name_that_run_by_an_open_body_comes_first() -> None:
    made = Miniature()
    made.add("ods:OLD", "Care Services", open=None)
    made.add("ods:NEW", "Vale Hospitals NHS Trust", "nhs-trust")
    for key, body in (("site:a", "ods:OLD"), ("site:b", "ods:NEW")):
        made.hospital(key, "Vale Royal Infirmary", body)
    assert made.indexed().keys("vale royl infirmary") == ["site:b", "site:a"]


def test_who_leads_just_what_is_named_comes_before_who_leads_a_part_of_the_name() -> None:
    made = Miniature()
    for key, person, place in (("bath", "Al Ash", "Bath and Somerset STP"), ("som", "Jonathan Wood", "Somerset STP")):
        made.add(f"arr:{key}", place, "sustainability-and-transformation-partnership")
        made.add(f"person:{key}", person, summary=f"STP of {place}", open=None)
        made.link(f"person:{key}", f"arr:{key}", "holds-post", "footprint-lead")
    assert made.indexed().keys("stp lead somerset")[:2] == ["person:som", "person:bath"]


def test_a_hospital_that_is_called_so_comes_before_the_open_trust_that_runs_it() -> None:
    made = Miniature()
    made.add("ods:RGT", "Fens University Hospitals NHS Trust", "nhs-trust", names=["Addenbrooke's"])
    made.add("site:addenbrookes", "Addenbrooke's", "hospital", open=None)
    made.link("site:addenbrookes", "ods:RGT", "operated-by")
    assert made.indexed().keys("addenbrookes") == ["site:addenbrookes", "ods:RGT"]
    made.add("site:eye", "Ely Eye Hospital", "hospital", town="Ely", open=None)
    made.add("ods:EYE", "Ely Royal Eye Hospitals NHS Trust", "nhs-trust")
    made.link("site:eye", "ods:EYE", "operated-by")
    assert made.indexed().keys("eye hosp ely") == ["site:eye", "ods:EYE"]


def test_a_code_that_nothing_describes_has_a_value_for_every_sign() -> None:
    found = Sureness(0, 0, False, 0, 0, 0, 0, False, 4, "", ())
    numbers = (USUAL << SORT_BITS, PLACEHOLDER << SORT_BITS)
    described, only_a_code = (ranked(SearchText(one, "", "", "", "", "", ""), found) for one in numbers)
    assert len(only_a_code.order) == len(described.order)
