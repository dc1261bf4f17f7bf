"""Dates keep as much as their source says; keys are written in one way only."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db import dates, keys


@given(st.dates())
def test_every_day_month_and_year_is_a_date_that_spans_itself(day: date) -> None:
    for text in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        first, last = dates.earliest(dates.parse(text)), dates.latest(text)
        assert first is not None and last is not None
        assert first <= day.isoformat() <= last
        assert date.fromisoformat(first) <= date.fromisoformat(last)


@pytest.mark.parametrize(
    "text", ["", "16", "2016-7", "2016-13", "2016-02-30", "2015-02-29", "2016/07/08", "XXXX", "2016 ", "२०१६"]
)
def test_what_is_no_date_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a date|says nothing"):
        dates.parse(text)


def test_a_day_without_its_year_has_no_bounds_and_sorts_last() -> None:
    assert dates.parse("XXXX-02-29") == "XXXX-02-29"
    assert dates.earliest("XXXX-07-08") is None
    ordered = sorted(["XXXX-07-08", None, "2016-07-08", "2016", "2015-12-31"], key=dates.order)
    assert ordered == ["2015-12-31", "2016", "2016-07-08", "XXXX-07-08", None]


@pytest.mark.parametrize(
    ("given", "written"),
    [("ODS:rlq", "ods:RLQ"), ("arr:foundation-group", "arr:foundation-group"), ("GB-COH:01", "gb-coh:00000001")],
)
def test_a_key_is_written_with_its_scheme_in_small_letters(given: str, written: str) -> None:
    assert keys.parse(given) == written


@pytest.mark.parametrize("text", ["RLQ", "a b:c", ":x", "x:", "ods:R LQ", "", "x" * 300, "ods:a\nb", "1:2"])
def test_what_is_no_key_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="is not a key"):
        keys.parse(text)


@given(st.text(max_size=80))
def test_a_slug_is_safe_in_a_key(text: str) -> None:
    made = keys.slug(text)
    assert keys.slug(made) == made
    assert not made or keys.split(f"org:{made}") == ("org", made)


def test_a_slug_keeps_words_and_drops_accents_and_apostrophes() -> None:
    assert keys.slug("Guy's & Ynys Môn  Trust") == "guys-ynys-mon-trust"


@given(st.text(alphabet="aZ9-: \n\x1fé", max_size=8) | st.from_regex(r"\A[a-z-]{25,35}:[^ ]{190,205}\Z"))
def test_a_key_is_a_scheme_of_ascii_and_a_value_without_spaces(text: str) -> None:
    form = r"[a-zA-Z][a-zA-Z0-9-]{0,30}:[^\s:][^\s]{0,199}"
    assert (keys.split(text) is not None) == bool(re.fullmatch(form, text))
