"""Texts that come in pieces, of which parts are given away: the same trees, lines and faults as all of it at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from importers.documents.builder import IsPart, Part
from importers.documents.faults import OverLimitError, SyntaxFaultError
from importers.documents.json_tree import JsonLine, json_parts, parse_json, parse_lines
from importers.documents.nodes import MappingNode, Node, SequenceNode
from importers.documents.text import decoded
from importers.documents.yaml_tree import parse_yaml, yaml_parts
from importers.limits import Limits
from tests.depth import cases

_JSON = '{"a": [{"b": 1, "c": "\\u00e9\\"x"},\n {"b": [true, null, -1.5e3]}, "text"],\r\n "d": {"e": {}}, "f": []}'
_YAML = "a:\n  - {b: 1, c: 'é'}\n  - b: [x, y]\n    c: |\n      two\n      lines\n  - text\nd: {e: {}}\nf: []\n"
_BROKEN = ("", '"', "\\", "{", "}", "]", ",", ":", "\n", "tru", "01", "\x07", "&x ", "*x", "- ", "# ", "é", "'" * 3)
Parts = Callable[[Iterator[str], IsPart | None], Iterator[Part]]


def in_list(place: tuple[str | None, ...], node: Node) -> bool:
    """Whether something stands in the list `a`."""
    return place == ("a", None)


def outcome(parts: Parts, pieces: list[str], is_part: IsPart | None = in_list) -> list[Part] | tuple[int, str]:
    """Return the parts of a text, or the line and the words of what is wrong with it."""
    try:
        return list(parts(iter(pieces), is_part))
    except SyntaxFaultError as fault:
        return fault.line, fault.message


@st.composite
def cut(draw: st.DrawFn, text: str) -> list[str]:
    """Return a text with one place broken, cut into pieces."""
    place = draw(st.integers(0, len(text)))
    text = text[:place] + draw(st.sampled_from(_BROKEN)) + text[place + draw(st.integers(0, 3)) :]
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=5)))
    return [text[start:end] for start, end in zip([0, *places], [*places, len(text)], strict=True)]


@settings(max_examples=cases(60), deadline=None)
@given(cut(_JSON))
@example(['{"a": ["x\\', '"y"], "a', 'b": 1', "2}"])
def test_json_in_pieces_is_json_at_once(pieces: list[str]) -> None:
    assert outcome(json_parts, pieces) == outcome(json_parts, ["".join(pieces)])


@settings(max_examples=cases(60), deadline=None)
@given(cut(_YAML))
def test_yaml_in_pieces_is_yaml_at_once(pieces: list[str]) -> None:
    assert outcome(yaml_parts, pieces) == outcome(yaml_parts, ["".join(pieces)])


@pytest.mark.parametrize(("parts", "parse", "text"), [(json_parts, parse_json, _JSON), (yaml_parts, parse_yaml, _YAML)])
def test_parts_and_root_are_the_whole_tree(parts: Parts, parse: Callable[[str], Node], text: str) -> None:
    *given_away, root = parts(iter([text]), in_list)
    whole = parse(text)
    assert isinstance(whole, MappingNode)
    held = whole.entries["a"].value
    assert isinstance(held, SequenceNode)
    assert [part.node for part in given_away] == held.items
    held.items.clear()
    assert root == Part((), whole)


@given(st.lists(st.binary(max_size=4) | st.sampled_from(["é".encode(), "😀".encode()[:3], b"\n"])))
@example([b"\xef\xbb", b"\xbfa\n\xc3"])
def test_bytes_in_chunks_are_the_same_text(chunks: list[bytes]) -> None:
    def text(some: list[bytes]) -> str | tuple[int, str]:
        try:
            return "".join(decoded(some))
        except SyntaxFaultError as fault:
            return fault.line, fault.message

    filled = [chunk for chunk in chunks if chunk]
    if not filled or len(filled[0]) > 1:
        assert text(filled) == text([b"".join(filled)])


@given(st.lists(st.sampled_from(['{"a": 1}', "\n", "\r\n", "[", " ", '{"a":\n1}'])), st.integers(0, 9))
def test_lines_in_pieces_are_the_same_lines(lines: list[str], place: int) -> None:
    def told(pieces: list[str]) -> list[tuple[int, Node | str]]:
        return [(one.line, words(one)) for one in parse_lines(pieces)]

    def words(one: JsonLine) -> Node | str:
        return one.node.message if isinstance(one.node, SyntaxFaultError) else one.node

    text = "".join(lines)
    assert told([text[:place], text[place:]]) == told([text])


SMALL = Limits(4)
"""A hundredth of what is usual: 2,500 values and 40 KB in a record, and 1,200 records."""
LARGE_FILE = '{"a": [' + ",".join(["[1, 2, 3]"] * 1_000) + "]}"


def test_a_large_file_of_small_records_is_within_the_limits_and_one_large_record_is_not() -> None:
    assert sum(1 for _ in json_parts([LARGE_FILE], in_list, SMALL)) == 1_001
    with pytest.raises(OverLimitError, match=r"more than 2,500 values in one record, .*--memory 8 allows more"):
        list(json_parts([LARGE_FILE], None, SMALL))
    assert sum(1 for _ in json_parts([LARGE_FILE], None, Limits(8))) == 1


def test_anchors_hold_what_they_name_within_a_limit() -> None:
    text = "a:\n" + "".join(f"  - &x{number} {{b: {'c' * 10_000}}}\n" for number in range(5))
    with pytest.raises(OverLimitError, match="holds too much under its anchors"):
        list(yaml_parts([text], in_list, SMALL))


def test_an_alias_of_what_was_given_away_is_that() -> None:
    first, second, _ = yaml_parts(["a:\n  - &x {b: 1}\n  - *x\n"], in_list)
    assert first.node is second.node
