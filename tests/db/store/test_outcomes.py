"""Outcomes by record, beside a plain mapping."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from db.store.outcomes import Outcome, Outcomes
from tests.depth import cases


@settings(max_examples=cases(40), deadline=None)
@given(st.lists(st.tuples(st.integers(0, 5_000), st.integers(0, 3) | st.none())))
def test_the_last_outcome_of_a_record_is_its_own(steps: list[tuple[int, int | None]]) -> None:
    found, expected = Outcomes(), dict[int, Outcome]()
    for record, links in steps:
        if links is None:
            found.pop(record, None)
            expected.pop(record, None)
        else:
            found[record] = expected[record] = Outcome(made=links == 2, links=links)
    assert dict(found) == expected and list(found) == sorted(expected) and len(found) == len(expected)
