"""What imported text may not do to a terminal, a spreadsheet, a file system or a JSON reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text import safe

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)
HIDDEN = (
    [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
    + [chr(code) for code in (0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    + ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u2028", "\u2029", "\u00ad", "\u3164", "\ud800", "\udfff"]
    + [chr(0xE0001), chr(0xE0041), chr(0xE007F), chr(0xE0100)]
)


@pytest.mark.parametrize("char", HIDDEN, ids=lambda char: f"U+{ord(char):04X}")
def test_every_hidden_character_gets_a_visible_stand_in(char: str) -> None:
    shown = safe.visible(f"a{char}b")
    assert char not in shown
    assert len(shown) > 2
    assert shown.replace("⟨", "").replace("⟩", "").isprintable()


def test_escapes_and_controls_are_shown_as_pictures() -> None:
    assert safe.visible("\x1b[31mred\x00\x7f") == "␛[31mred␀␡"
    assert safe.visible("abc\u202edef") == "abc⟨U+202E⟩def"


def test_line_feeds_pass_only_where_asked_for() -> None:
    assert safe.visible("a\nb") == "a␊b"
    assert safe.visible("a\nb\r", newlines=True) == "a\nb␍"


def test_ordinary_writing_is_left_alone() -> None:
    for text in ("Ysbyty Gwynedd – Tŷ’r Ŵyn", "Zażółć gęślą jaźń", "東京", "e\u0301te\u0301", "£2m & [bold]x[/bold]"):
        assert safe.visible(text) == text


def test_surplus_combining_marks_stop_climbing() -> None:
    shown = safe.visible("o" + "\u0301" * 40)
    assert shown.count("\u0301") == 8


@given(ANY_TEXT, st.integers(0, 30))
def test_a_clipped_text_fits(text: str, limit: int) -> None:
    shown = safe.clip(text, limit)
    assert safe.width(shown) <= limit
    assert len(safe.clip(text, limit)) <= limit * 9 + 1


@given(ANY_TEXT)
def test_a_text_that_fits_is_not_clipped(text: str) -> None:
    shown = safe.visible(text)
    assert safe.clip(text, max(safe.width(shown), len(text))) == shown


def test_clipping_says_that_something_was_left_out() -> None:
    assert safe.clip("Wye Valley NHS Trust", 10) == "Wye Valle…"
    assert safe.clip("東京都庁", 5) == "東京…"
    assert safe.clip("x" * 10_000, 4) == "xxx…"
    assert safe.clip("anything", 0) == ""


@given(ANY_TEXT, st.integers(0, 30))
def test_padding_is_exact(text: str, cells: int) -> None:
    assert safe.width(safe.pad(text, cells)) == cells


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "  =", "＝"])
def test_a_formula_is_no_formula_in_a_spreadsheet(start: str) -> None:
    assert safe.for_spreadsheet(f"{start}cmd|' /C calc'!A0").startswith("'")


def test_plain_fields_stay_plain_in_a_spreadsheet() -> None:
    assert safe.for_spreadsheet("Wye Valley = one") == "Wye Valley = one"
    assert safe.for_spreadsheet("") == ""


def test_json_escapes_what_acts_and_keeps_what_is_writing() -> None:
    written = safe.json_text({"name": "Tŷ\x1b\x9b\u202e\U000e0041"})
    assert written == '{"name":"Tŷ\\u001b\\u009b\\u202e\\udb40\\udc41"}'


@pytest.mark.parametrize("text", ["*a*", "[a](b)", "<b>", "a|b", "# a", "- a", "1. a", "`a`", "_a_", "&amp;"])
def test_markdown_takes_nothing_for_markup(text: str) -> None:
    assert "\\" in safe.markdown(text)


@pytest.mark.parametrize("address", ["https://example.org/a_b~c*d?x=1&y=[2]#z", "http://example.org"])
def test_the_address_of_a_page_stands_in_markdown_as_it_is(address: str) -> None:
    assert safe.markdown(address) == f"<{address}>"
    for no_address in (f"{address}|x", f"{address}>", f"{address} y_z", f"{address}\u202ey_z", "javascript:a_b"):
        assert safe.markdown(no_address) != f"<{no_address}>"


@given(ANY_TEXT)
def test_a_markdown_cell_is_one_line_with_no_open_bar(text: str) -> None:
    cell = safe.markdown(text)
    assert "\n" not in cell
    assert "|" not in cell.replace("\\\\", "").replace("\\|", "")
