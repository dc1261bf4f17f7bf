"""How many match is told truly, or as no more than counted; and a limit only cuts the list."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.results import Results
from db.search import by_name, so_far, sure
from db.search.find import find
from db.search.memory import Memory
from tests.db.search.miniature import Miniature
from tests.db.search.test_properties import NAMES
from tests.depth import cases

WORDS = st.sampled_from(
    "w wye valey vall nhs trust s of the icb T1 T12 ods:T3 (T2) south sout medical med surgery x9".split()
)
TYPED = st.lists(WORDS, min_size=1, max_size=3).map(" ".join) | NAMES | st.just('"wye valley" nhs')
FILTERS = st.sampled_from(("", " -status:closed", " kind:arrangement", " place:hereford", " kind:person"))
DAYS = st.none() | st.just("2015-06-01")


def _register(names: list[str]) -> Miniature:
    made = Miniature()
    for number, name in enumerate(names):
        opened = f"20{number % 20:02}-01-01"
        made.add(f"ods:T{number}", name, open=number % 4 > 0, town="Hereford", opened=opened)
    made.add("arr:group", "Wye group", "group-model")
    made.link("ods:T0", "arr:group")
    return made.indexed()


@settings(max_examples=cases(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, min_size=1, max_size=60), TYPED, FILTERS, st.booleans(), DAYS, st.sampled_from((2, 5, 120)))
def test_an_exact_total_is_that_of_an_unlimited_search_and_a_limit_cuts_the_same_list(
    names: list[str], typed: str, filters: str, closed: bool, day: str | None, block: int
) -> None:
    made = _register(names)
    with pytest.MonkeyPatch.context() as patch:
        for where, name, value in (
            (by_name, "BLOCK", block),
            (sure, "BLOCK", block),
            (sure, "_MOST_COUNTED", 3 * block),
            (so_far, "_MOST_UNSURE", 4 * block),
        ):
            patch.setattr(where, name, value)

        def asked(limit: int | None) -> Results:
            return find(made.conn, typed + filters, limit=limit, closed=closed, as_of=day, memory=Memory())

        whole = asked(None)
        assert len(whole.hits) == whole.total
        for limit in (0, 1, 4, 9, 30):
            cut = asked(limit)
            assert cut.hits == whole.hits[:limit]
            assert cut.truncated or len(cut.hits) == whole.total
            if cut.total_is_exact:
                assert cut.total == whole.total
            else:
                assert len(cut.hits) <= cut.total <= whole.total
                assert len(cut.hits) < cut.total or not whole.total_is_exact


def _surgeries(number: int) -> Miniature:
    made = Miniature()
    for one in range(number):
        made.add(f"ods:S{one:04}", f"Surgery {one}")
    return made.indexed()


def test_hundreds_that_match_are_counted_not_guessed() -> None:
    made = _surgeries(300)
    for limit in (1, 20, 100, 120, 299, 300, 1000):
        found = made.find("surgery", limit=limit)
        assert (found.total, found.total_is_exact, len(found.hits)) == (300, True, min(limit, 300))
        assert found.truncated == (limit < 300)
        assert found.counted == "300"


def test_what_is_too_much_to_count_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sure, "_MOST_COUNTED", 150)
    found = _surgeries(300).find("surgery")
    assert (found.total, found.total_is_exact, found.truncated, found.counted) == (150, False, True, "150+")


def test_a_count_of_phrases_that_were_not_all_looked_at_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.search.find._MOST_COMPARED", 100)
    made = Miniature()
    for one in range(600):
        made.add(f"ods:S{one:04}", f"High Street Surgery {one}" if one % 2 else f"Street High Surgery {one}")
    made.indexed()
    some = made.find('"high street" surgery')
    assert not some.total_is_exact
    assert 20 < some.total < 300
    assert made.find('"high street" surgery', limit=None).total == 300


def test_a_search_of_the_past_looks_on_until_it_has_what_stood_then() -> None:
    made = Miniature()
    for one in range(400):
        made.add(f"ods:S{one:04}", f"Surgery {one}", opened="2020-01-01" if one < 390 else "2001-01-01")
    found = made.indexed().find("surgery", as_of="2010-01-01")
    assert (found.total, found.total_is_exact) == (10, True)


def test_closed_ones_left_out_are_counted_beyond_what_is_compared() -> None:
    made = Miniature()
    for one in range(205):
        made.add(f"ods:S{one:04}", f"Surgery {one}", open=one < 5)
    hint = made.indexed().find("surgery").advice("--all")
    assert hint == "200 closed ones match: --all shows them"


def test_a_filter_to_leave_out_says_how_many_there_are_without_it() -> None:
    made = _surgeries(300)
    hint = made.find("surgery kind:person").hint
    assert hint == "without kind:person there are 300"


def test_misspellings_of_which_not_all_were_looked_at_are_no_exact_total(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(so_far, "_MOST_UNSURE", 40)
    found = _surgeries(300).find("surgrey")
    assert not found.total_is_exact
    assert found.truncated
    assert found.total < 300
