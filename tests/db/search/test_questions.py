"""What people of the field ask of the built-in register is answered with the record they mean: shares are a floor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.register import Register
from tests.db.search.questions import HALVES, PARTS, answers, questions, shares
from tests.layers.ready_made import open_as_shipped

_FIRST, _THREE = 95, 98


@pytest.fixture(scope="module")
def register(country: Path) -> Iterator[Register]:
    """The whole built-in register."""
    with open_as_shipped(country) as opened:
        yield opened


@pytest.mark.parametrize("part", PARTS)
def test_what_is_meant_comes_first_or_among_three(register: Register, part: str) -> None:
    answered = answers(register, part)
    asked, first, three = shares(answered)
    wrong = "".join(f"\n{one.question.text}: {', '.join(one.found)}" for one in answered if not one.among(1))
    assert asked == len(questions(part)), "some of the records that are asked for are not there"
    assert first >= _FIRST, wrong
    assert three >= _THREE, wrong


def test_no_question_stands_twice_and_both_halves_are_as_large() -> None:
    texts = [one.text.casefold() for part in PARTS for one in questions(part)]
    assert len(set(texts)) == len(texts)
    first, second = map(questions, HALVES)
    assert len(first) == len(second) >= 100
