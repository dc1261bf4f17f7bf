"""A records file as YAML, JSON and JSONL, in UTF-8: they say the same, and anything else is refused in one line."""

from __future__ import annotations

import json

import pytest

from db.errors import InputError
from tests.importers.records.files import HEADER, STORY, reading, rows, statements


def test_a_text_may_be_said_once_and_used_again() -> None:
    text = HEADER + "organisations:\n  - {key: org:a, name: &n A place}\n  - {key: org:b, name: *n}\n"
    assert [one.names[0].name for one in statements(text).values()] == ["A place", "A place"]


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
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
