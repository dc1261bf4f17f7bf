"""Any file has a text: UTF-8, UTF-16 with a mark, else Windows-1252."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from importers.text import decode, peek


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_unicode_is_read_and_its_mark_left_out(encoding: str, text: str) -> None:
    if not text.startswith("\ufeff") and not (encoding == "utf-8" and text.encode().startswith((b"\xff", b"\xfe"))):
        assert decode(text.encode(encoding)) == text


def test_what_is_no_utf_8_is_windows_1252() -> None:
    assert decode("Ynys Môn – £5".encode("cp1252")) == "Ynys Môn – £5"


@given(st.binary(max_size=60))
def test_any_bytes_have_a_text(data: bytes) -> None:
    assert isinstance(decode(data), str)
    assert isinstance(peek(data), str)


def test_a_start_may_end_inside_a_letter() -> None:
    assert peek("Môn".encode()[:2]) == "M"
    assert peek("Môn".encode("utf-16")[:5]) == "M"
