"""How old a list is, in words."""

from __future__ import annotations

import pytest

from tui.text.ages import age


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ("2019-04", "7 years"), ("2024-11-28", "2 years"), ("2024-12", "22 months"),
        ("2026-09-29", "60 days"), ("2026-09-28", "2 months"),
        ("2026-11-27", "1 day"), ("2026", "0 days"), (None, "unknown"),
    ],
)  # fmt: skip
def test_an_age_is_told_in_whole_years_and_months_that_have_passed(
    published: str | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERLOCK_TODAY", "2026-11-28")
    assert age(published) == words
