"""Texts with numbers: in memory and on disk they are the same."""

from __future__ import annotations

import pytest

from db.files import text_numbers
from db.files.text_numbers import TextNumbers


def test_a_text_keeps_its_first_number_in_memory_and_on_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_numbers, "_HELD", 10)
    numbers = TextNumbers()
    texts = [f"text {place}" for place in range(25)] + ["", "\x00", "\ud800", "é", "É"]
    assert [numbers.setdefault(text, place) for place, text in enumerate(texts)] == list(range(len(texts)))
    assert [numbers.setdefault(text, -1) for text in texts] == list(range(len(texts)))
    assert [numbers.get(text) for text in texts] == list(range(len(texts)))
    assert numbers.get("another") is None
