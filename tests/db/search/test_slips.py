"""Of two names that are equally near what was typed, the one that a usual slip explains comes first."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.search.find import find
from db.search.spelling import is_usual
from tests.db.search.miniature import Miniature

WORDS = st.text(alphabet="abcde", min_size=3, max_size=8)


@given(WORDS, st.data())
def test_leaving_out_doubling_and_swapping_letters_is_usual(meant: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(meant) - 2))
    before, one, other, after = meant[:place], meant[place], meant[place + 1], meant[place + 2 :]
    assert is_usual(f"{before}{other}{after}", meant)
    assert is_usual(f"{before}{one}{one}{other}{after}", meant)
    assert is_usual(f"{before}{other}{one}{after}", meant)


@given(WORDS, st.data())
def test_another_letter_or_one_too_many_is_not(meant: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(meant) - 1))
    assert not is_usual(f"{meant[:place]}z{meant[place + 1 :]}", meant)
    assert not is_usual(f"{meant[:place]}z{meant[place:]}", meant)


@pytest.mark.parametrize(
    ("typed", "meant", "usual"),
    [
        ("fuonda", "foundation", True),
        ("cammberm", "cambermoor", True),
        ("hheal", "health", True),
        ("camzberm", "cambermoor", False),
        ("hopsitel", "hospital", False),
        ("hsopitax", "hospital", False),
    ],
)
def test_of_a_word_that_is_not_finished_only_what_was_typed_is_looked_at(typed: str, meant: str, usual: bool) -> None:
    assert is_usual(typed, meant) is usual


@pytest.mark.parametrize(
    ("typed", "first", "second"),
    [
        ("wadbidge clinic", "Wadbridge Clinic", "Wadridge Clinic"),
        ("bardhaven lodge", "Bradhaven Lodge", "Barnhaven Lodge"),
        ("milll house", "Mill House", "Millk House"),
    ],
)
def test_the_likelier_slip_comes_first_though_that_record_is_closed(typed: str, first: str, second: str) -> None:
    made = Miniature()
    made.add("ods:A", second)
    made.add("ods:B", first, open=False)
    listed = find(made.indexed().conn, typed, closed=True, explain=True).hits
    assert [(hit.brief.name, hit.matched.how) for hit in listed] == [(first, "fuzzy"), (second, "fuzzy")]
    assert "before ods:A: likelier typing errors" in (listed[0].explain or "")


@pytest.mark.parametrize(
    ("typed", "meant", "longer"),
    [
        (
            "nottingham universkty hospital trust",
            "Nottingham University Hospital Trust",
            "Nottingham University Hospitals Trust",
        ),
        ("cambermoor ealth centre", "Cambermoor Health Centre", "Cambermoor Queensway Health Centre"),
        ("sipthorpe clini", "Shipthorpe Clinic", "Shipthorpe View Clinic"),
        ("nottingham universkty hospital", "Nottingham University Hospital", "Nottingham University Hospitals"),
        ("bradfrod care", "Bradford Care", "Bradford Careers"),
        ("bradfrd", "Bradford", "Bradfordshire"),
        ("the wye valey", "Wye Valley", "The Royal Wye Valley"),
    ],
)
def test_a_misspelt_whole_name_comes_before_longer_names_with_its_words(typed: str, meant: str, longer: str) -> None:
    made = Miniature()
    made.add("ods:A", longer)
    made.add("ods:B", meant, open=False)
    assert made.indexed().keys(typed, closed=True)[0] == "ods:B"


def test_a_short_word_that_begins_many_others_is_still_taken_for_a_misspelling() -> None:
    made = Miniature()
    for number in range(60):
        made.add(f"org:{number}", f"Crest{chr(97 + number // 26)}{chr(97 + number % 26)} House")
    made.add("ods:A", "Gateway Primary Care")
    assert made.indexed().keys("gateway primay cre") == ["ods:A"]


def test_what_many_records_have_when_the_text_is_torn_apart_leaves_room_for_one_error_in_it() -> None:
    made = Miniature()
    for number in range(100):
        made.add(f"org:{number}", f"An Lister {number}")
    made.add("ods:A", "Anjis", open=False)
    assert made.indexed().keys("anlis", closed=True)[0] == "ods:A"


@pytest.mark.parametrize("typed", ["greenfield surgery la1", "greenfield surgery la1 5xx"])
def test_half_a_postcode_with_a_figure_left_out_is_a_misspelling_and_no_beginning(typed: str) -> None:
    made = Miniature()
    made.add("ods:A", "Greenfield Surgery", postcode="LA10 5XX")
    (hit,) = made.indexed().find(typed).hits
    assert (hit.brief.key, hit.matched.how) == ("ods:A", "fuzzy")
