"""Trees of YAML and JSON: every value as written and with its line, and nothing hostile read at any cost."""

from __future__ import annotations

import time

import pytest

from importers.documents.faults import SyntaxFaultError
from importers.documents.json_tree import parse_json
from importers.documents.nodes import MappingNode, ScalarNode, SequenceNode
from importers.documents.text import decode
from importers.documents.yaml_tree import parse_yaml


def value(text: str) -> ScalarNode:
    """Return the text behind `a:` in YAML."""
    node = parse_yaml(f"a: {text}")
    assert isinstance(node, MappingNode)
    found = node.entries["a"].value
    assert isinstance(found, ScalarNode)
    return found


@pytest.mark.parametrize(
    "code", ["R1E", "5E1", "1e3", "010", "0x1F", "no", "on", "Yes", "2016-07-08", "1_000", "12:30", ".5"]
)
def test_what_looks_like_something_else_stays_a_text(code: str) -> None:
    found = value(code)
    assert (found.text, found.number, found.truth) == (code, None, None)


@pytest.mark.parametrize(("text", "number"), [("2000000", 2000000), ("-3", -3), ("0.5", 0.5), ("1.5e+20", 1.5e20)])
def test_a_number_without_quotes_is_one_where_a_number_is_wanted(text: str, number: float) -> None:
    assert value(text).number == number
    assert value(f'"{text}"').number is None


@pytest.mark.parametrize("text", ["null", "~", "", "Null"])
def test_nothing_is_nothing_only_without_quotes(text: str) -> None:
    assert value(text).is_null
    assert not value(f"'{text}'").is_null


def test_every_value_knows_its_line() -> None:
    node = parse_yaml("a:\n  - b: 1\n    c: 2\n")
    assert isinstance(node, MappingNode)
    items = node.entries["a"].value
    assert isinstance(items, SequenceNode)
    assert isinstance(items.items[0], MappingNode)
    assert {name: entry.line for name, entry in items.items[0].entries.items()} == {"b": 2, "c": 3}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "key 'a' is already on line 1"),
        ("a: !!python/object:os.system x\n", 1, "tag 'tag:yaml.org,2002:python/object:os.system' is not allowed"),
        ("a: 1\n---\nb: 2\n", 2, "second YAML document"),
        ("a: *nobody\n", 1, "alias '*nobody' stands for nothing"),
        ("a: &me [*me]\n", 1, "alias '*me' stands for nothing"),
        ("a: [1\nb: 2\n", 2, "is not YAML here"),
        ("a: 1\nb: \x07\n", 2, "control character U+0007"),
        ("? [a]\n: 1\n", 1, "a key must be a text"),
        ("'': 1\n", 1, "a key is empty"),
        ("a: " + "[" * 10_000, 1, "nest more than"),
        ("", 1, "is empty"),
        ("# only a comment\n", 1, "is empty"),
    ],
)
def test_yaml_that_is_refused_says_where_and_why(text: str, line: int, words: str) -> None:
    with pytest.raises(SyntaxFaultError) as caught:
        parse_yaml(text)
    assert caught.value.line == line
    assert words in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"a": 1,\n "a": 2}', 2, "key 'a' is already on line 1"),
        ('{"a": 1,}', 1, "wanted a key in quotes, found '}'"),
        ("[1, 2", 1, "the end of it"),
        ("[1] 2", 1, "wanted nothing more"),
        ('{"a"\n\n: tru}', 3, "is not JSON here"),
        ('["\\ud800"]', 1, "half a character"),
        ('["\\q"]', 1, "escape that JSON does not know"),
        ('["a\nb"]', 1, "is not JSON here"),
        ("[01]", 1, "is not JSON here"),
        ("[NaN]", 1, "is not JSON here"),
        ("{1: 2}", 1, "wanted a key in quotes or a closing brace"),
        ("[1}", 1, "found '}'"),
        ("[" * 100_000, 1, "nest more than"),
        ("", 1, "is not JSON here"),
    ],
)
def test_json_that_is_refused_says_where_and_why(text: str, line: int, words: str) -> None:
    with pytest.raises(SyntaxFaultError) as caught:
        parse_json(text)
    assert caught.value.line == line
    assert words in caught.value.message


def test_json_takes_tabs_escapes_and_characters_beyond_the_first_plane() -> None:
    node = parse_json('{\n\t"a":\t"\\ud83d\\ude00\\/\\n",\r\n\t"b": [ ],"c":{} }')
    assert isinstance(node, MappingNode)
    text = node.scalar("a")
    assert text is not None
    assert text.text == "😀/\n"
    assert node.entries["b"].line == 3


def test_an_alias_bomb_is_refused_at_once() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    before = time.monotonic()
    with pytest.raises(SyntaxFaultError, match="holds more than"):
        parse_yaml("\n".join(levels))
    assert time.monotonic() - before < 5


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfa: 1") == "a: 1"
