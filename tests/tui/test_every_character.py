"""Every code point there is, through every door: nothing that acts or hides comes out, and nothing is lost."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from db.hidden_characters import is_hidden
from importers.documents.nodes import MappingNode
from importers.documents.yaml_text import lines
from importers.documents.yaml_tree import parse_yaml
from tui.cli.lists import flat_lines
from tui.text import safe

JOINERS = {"\u200c", "\u200d", "\ufe0e", "\ufe0f"}
DEFAULT_IGNORABLE = (
    "00AD 034F 061C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164 FE00-FE0F FEFF FFA0 FFF0-FFF8 "
    "1BCA0-1BCA3 1D173-1D17A E0000-E0FFF"
)
"""Default_Ignorable_Code_Point of Unicode 15 to 17, DerivedCoreProperties.txt."""


def every() -> list[str]:
    """Every code point there is; made when it is wanted, as it takes a hundred megabytes."""
    return [chr(code) for code in range(sys.maxunicode + 1)]


@cache
def hidden() -> dict[str, None]:
    """Those that act or hide, in order; asked of each when a test wants them, as that takes a while."""
    return dict.fromkeys(char for char in every() if is_hidden(char))


HIDDEN = st.deferred(lambda: st.sampled_from(list(hidden())))
ODD = st.text(st.one_of(HIDDEN, st.sampled_from("a=+-@\"' \t;,|é\u094d\u0915😀\u0627")), max_size=12)
ANY = st.one_of(st.text(st.characters(exclude_categories=()), max_size=12), ODD)
WRITABLE = ANY.filter(lambda text: not any(0xD800 <= ord(char) < 0xE000 for char in text))


def test_what_unicode_says_may_be_ignored_is_hidden() -> None:
    for part in DEFAULT_IGNORABLE.split():
        first, _, last = part.partition("-")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            assert is_hidden(chr(code)), f"U+{code:04X}"


def test_letters_digits_and_the_blank_are_not() -> None:
    seen = [char for char in hidden() if unicodedata.category(char)[0] in "LNPS"]
    assert {f"{ord(char):04X}" for char in seen} == {"115F", "1160", "3164", "FFA0", "2800", "1D159"}
    assert not is_hidden(" ")


def refused(text: str, allowed: str = "") -> frozenset[str]:
    """The hidden characters in a text."""
    return frozenset(char for char in {*text} if char in hidden()).difference(allowed)


def parts(characters: list[str]) -> Iterator[list[str]]:
    """Characters by the thousand; without the halves of characters, which no database holds."""
    whole = [char for char in characters if not 0xD800 <= ord(char) < 0xE000]
    for start in range(0, len(whole), 4096):
        yield whole[start : start + 4096]


def test_no_code_point_gets_through_to_a_terminal_or_a_table() -> None:
    for some in parts(every()):
        assert refused(safe.visible("A".join(some))) == set()
    for some in parts(list(hidden())):
        # A letter on both sides, where no joiner has anything to join.
        text = "A".join(["", *some, ""])
        for shown in (safe.visible(text), safe.for_spreadsheet(text), safe.markdown(text), safe.clip(text, 9999)):
            assert refused(shown) == set()


def test_no_code_point_gets_through_json_or_yaml_and_all_come_back() -> None:
    for some in parts(every()):
        text = "A" + "".join(some)
        written = safe.json_text({"text": text})
        assert refused(written) == set()
        assert json.loads(written) == {"text": text}
    for some in (*parts(list(hidden())), [chr(code) for code in range(0x3000)]):
        text = "A" + "".join(some)
        document = "\n".join(lines({"text": text}))
        assert refused(document, "\n") == set()
        assert yaml.safe_load(document) == {"text": text}


@given(ANY)
def test_what_is_shown_holds_hidden_characters_only_where_they_join(text: str) -> None:
    shown = safe.visible(text)
    assert refused(shown) <= JOINERS
    assert not re.search("[\u200c\u200d\ufe0e\ufe0f]{3}|[\u200c\u200d]{2}|[A-Za-z][\u200c\u200d\ufe0e\ufe0f]", shown)
    assert safe.visible(shown) == shown


@pytest.mark.parametrize("text", ["क्‍ष", "ශ්‍රී ලංකා", "می‌خواهم", "❤\ufe0f", "👩\u200d⚕\ufe0f", "1\ufe0f\u20e3"])
def test_joiners_stay_where_a_script_or_an_emoji_needs_them(text: str) -> None:
    assert safe.visible(text) == text


@pytest.mark.parametrize("text", ["a\u200db", "a\u200cb", "\u200d", "a\ufe0f", "😀\u200d", "❤\ufe0f\ufe0f", "क्‍\u200d"])
def test_joiners_that_join_nothing_are_shown(text: str) -> None:
    assert "⟨U+" in safe.visible(text)


@given(WRITABLE)
def test_a_text_comes_back_from_yaml_exactly(text: str) -> None:
    document = "\n".join(lines({"key": text, "list": [{"a": text}, {"a": text}]})) + "\n"
    assert refused(document, "\n") == set()
    assert yaml.safe_load(document) == {"key": text, "list": [{"a": text}, {"a": text}]}
    root = parse_yaml(document)
    assert isinstance(root, MappingNode)
    held = root.entries["key"].value
    assert getattr(held, "text", None) == text


@given(WRITABLE)
def test_a_text_comes_back_from_json_exactly(text: str) -> None:
    written = safe.json_text([text, {text: text}])
    assert refused(written, "\n") == set()
    assert json.loads(written) == [text, {text: text}]


@given(st.lists(ANY, min_size=1, max_size=4), st.sampled_from(["csv", "tsv"]))
def test_no_cell_of_csv_or_tsv_is_a_formula_however_it_is_read(cells: list[str], form: str) -> None:
    written = "\n".join(flat_lines(cells, [cells], form)) + "\n"
    mark = "\t" if form == "tsv" else ","
    heading, row = csv.reader(io.StringIO(written), delimiter=mark)
    assert heading == row == [safe.for_spreadsheet(cell) for cell in cells]
    read_bare = [cell for line in written.splitlines() for cell in line.split(mark)] if form == "tsv" else []
    for cell in (*row, *read_bare):
        first = cell.strip('" \u00a0\u3000')[:1]
        assert unicodedata.normalize("NFKC", first) not in ("=", "+", "-", "@")


@pytest.mark.parametrize("form", ["csv", "tsv"])
@pytest.mark.parametrize(
    "text",
    [
        '"=HYPERLINK(""http://x"",""y"")"',
        "=1+1",
        ' "=1',
        "\t=1",
        "\n=1",
        "\u00a0=1",
        "\u3000＝1",
        "\ufeff=1",
        "\u200b=1",
        "＋1",
        "－1",
        "＠x",
        "﹢1",
        "﹣1",
        "＝1",
        "\r@x",
        '""=1',
    ],
)
def test_a_formula_behind_anything_that_is_taken_away_is_none(text: str, form: str) -> None:
    (heading, _, cell) = csv.reader(
        io.StringIO("\n".join(flat_lines([text], [["x"], [text]], form))), delimiter="\t" if form == "tsv" else ","
    )
    assert heading == cell
    assert cell[0].startswith("'")


def test_a_separator_of_another_country_begins_no_field() -> None:
    assert list(flat_lines(["a"], [["x;=1+1"], ["x; y"], ["x, y"]], "tsv")) == ["a", '"x;=1+1"', "x; y", "x, y"]


def test_a_row_of_one_empty_cell_is_a_row() -> None:
    for form, mark in (("csv", ","), ("tsv", "\t")):
        written = io.StringIO("\n".join(flat_lines(["a"], [[None], [""]], form)))
        assert list(csv.reader(written, delimiter=mark)) == [["a"], [""], [""]]
