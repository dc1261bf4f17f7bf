"""What a file's bytes may be, and that a hostile or broken one is refused in one line before it costs anything."""

from __future__ import annotations

import json
import time

import pytest

from db.errors import InputError
from importers.documents.faults import SyntaxFaultError
from importers.documents.json_tree import parse_json
from importers.documents.nodes import MappingNode, ScalarNode, SequenceNode
from importers.documents.text import decode
from importers.documents.yaml_tree import parse_yaml
from tests.importers.records.files import HEADER, STORY, reading, rows, statements


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


def test_a_text_may_be_said_once_and_used_again() -> None:
    text = HEADER + "organisations:\n  - {key: org:a, name: &n A place}\n  - {key: org:b, name: *n}\n"
    assert [one.names[0].name for one in statements(text).values()] == ["A place", "A place"]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfa: 1") == "a: 1"
    assert len(list(reading(b"\xef\xbb\xbf" + STORY.encode()).rows)) == 4


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        ("a: é\n".encode("latin-1"), 1, "is not UTF-8 (byte 0xe9)"),
        (b"a: 1\nb: 2\nc: \xff\n", 3, "is not UTF-8 (byte 0xff)"),
        ("a: 1".encode("utf-16"), 1, "is UTF-16"),
    ],
)
def test_another_encoding_is_named(data: bytes, line: int, words: str) -> None:
    with pytest.raises(InputError) as caught:
        reading(data)
    assert str(caught.value).startswith(f"story.yaml:{line}: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_json_says_what_yaml_says() -> None:
    record = {"key": "arr:x", "name": "X", "opened": "2016", "facts": [{"property": "expected-savings", "value": 1e3}]}
    text = json.dumps({"format": "interlock-records/1", "arrangements": [record]}, indent=2)
    assert statements(text, "x.json")["arr:x"] == statements(text, "stdin")["arr:x"]
    assert statements(text, "x.json")["arr:x"].facts[0].value == 1000.0


def test_each_line_of_jsonl_is_a_record_of_its_own() -> None:
    lines = [
        '{"format": "interlock-records/1", "id": "lines", "cites": "doc:d"}',
        "",
        '{"kind": "organisation", "key": "org:a", "name": "A", "evidence": "p1"}',
        "{not json}",
        '{"key": "org:c", "name": "C"}',
        '{"kind": "organization", "key": "org:b", "name": "B"}',
    ]
    text = "\n".join(lines)
    assert reading(text, "x.jsonl").source.key == "file:lines"
    taken, broken, without, unknown = rows(text, "x.jsonl")
    assert [taken.line, broken.line, without.line, unknown.line] == [3, 4, 5, 6]
    assert "is not JSON here" in str(broken)
    assert "kind: is missing" in str(without)
    assert "did you mean 'organisation'?" in str(unknown)
    assert rows(text, "stdin") == rows(text, "x.jsonl")


def test_jsonl_without_a_header_is_named_after_its_file() -> None:
    found = reading('{"kind": "person", "name": "Ann Example"}\n', "My people.jsonl")
    assert found.source.key == "file:my-people"
    assert len(list(found.rows)) == 1


def test_jsonl_whose_first_line_is_neither_header_nor_record_is_refused() -> None:
    with pytest.raises(InputError, match=r"^x\.jsonl:1: is no records file"):
        reading('{"a": 1}\n{"a": 2}\n', "x.jsonl")
