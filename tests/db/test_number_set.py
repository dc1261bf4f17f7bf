"""Sets of record numbers beside the sets of Python."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from db.number_set import NumberSet
from tests.depth import cases

NUMBERS = st.integers(0, 20_000)


@settings(max_examples=cases(60), deadline=None)
@given(st.lists(st.tuples(st.booleans(), NUMBERS)), st.sets(NUMBERS))
def test_numbers_are_added_and_removed_as_in_any_set(steps: list[tuple[bool, int]], others: set[int]) -> None:
    found, expected = NumberSet(others), set(others)
    for is_added, number in steps:
        (found.add if is_added else found.discard)(number)
        (expected.add if is_added else expected.discard)(number)
    assert list(found) == sorted(expected) and len(found) == len(expected)
    assert all((number in found) == (number in expected) for _, number in steps)
    assert found | others == expected | others and found - NumberSet(others) == expected - others
    found |= others
    assert set(found) == expected | others and -1 not in found and None not in found
