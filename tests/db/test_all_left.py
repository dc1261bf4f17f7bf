"""Since when nobody takes part."""

from __future__ import annotations

import pytest

from db.all_left import all_left


@pytest.mark.parametrize(
    ("ends", "left"),
    [
        ([], None),
        ([None], None),
        (["2022-03-31", None], None),
        (["2022-03-31", "2021"], "2022-03-31"),
        (["2022-03-31", "2022"], "2022"),
    ],
)
def test_all_have_left_when_the_last_has_where_that_is_told_of_each(ends: list[str | None], left: str | None) -> None:
    assert all_left(ends) == left
