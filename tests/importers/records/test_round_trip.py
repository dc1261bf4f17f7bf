"""What is written in the format and read again is what it was, whatever it holds."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from db.statements import LinkSaid, NameSaid, RowSaid, SourceSaid, Statement
from importers.documents.yaml_text import Plain, lines, quoted, scalar
from importers.records.file_text import FileText
from tests.importers.records.files import reading
from tests.importers.records.made import WORDS, statements, texts


def written(said: Sequence[Statement], cites: str | None = None) -> str:
    """Return a file that says the statements; `cites` is the source that goes without saying."""
    source = SourceSaid("file:made", "Made up", published="2020", complete=True)
    return "\n".join(FileText(source, said, WORDS.link_types, cites=cites).lines()) + "\n"


def comparable(statement: Statement) -> Statement:
    """Return a statement without its place, and with names and links in one order."""

    def order(item: LinkSaid | NameSaid) -> str:
        return repr(item)

    return replace(
        statement,
        line=None,
        names=tuple(sorted(statement.names, key=order)),
        links=tuple(sorted(statement.links, key=order)),
    )


def read_back(text: str) -> list[Statement]:
    """Return the statements of a text; nothing may be wrong with it."""
    found: list[Statement] = []
    for row in reading(text).rows:
        assert isinstance(row, RowSaid), row
        found += row.statements
    return found


@given(statements())
def test_a_statement_written_and_read_is_the_same(statement: Statement) -> None:
    cited = [cite.source for cites in (statement.cites, *(one.cites for one in statement.facts)) for cite in cites]
    for cites in (None, "doc:unused", *cited[:1]):
        (found,) = read_back(written([statement], cites))
        assert comparable(found) == comparable(statement)


@given(st.lists(statements(), max_size=2, unique_by=lambda one: one.key))
def test_a_file_says_each_record_once_and_shows_nothing_that_a_terminal_obeys(said: list[Statement]) -> None:
    text = written(said)
    assert {one.key for one in read_back(text)} == {one.key for one in said}
    shown = text.replace("\n", "")
    assert not [mark for mark in shown if unicodedata.category(mark) in ("Cc", "Cf", "Zl", "Zp", "Co", "Cn")]


@pytest.mark.parametrize("loader", [yaml.SafeLoader, getattr(yaml, "CSafeLoader", yaml.SafeLoader)])
@given(value=texts)
@example(value="a" * 95 + " b")
@example(value="a, b, c")
@example(value=", a")
@example(value="no, ")
@example(value="word " * 40 + "# : - end")
def test_every_yaml_reader_reads_a_text_as_it_was(loader: type[yaml.SafeLoader], value: str) -> None:
    structure: Plain = {"text": value, "list": [value, {"in": value, "list": [value]}]}
    text = "\n".join(lines(structure)) if isinstance(structure, dict) else ""
    assert yaml.load(text, Loader=loader) == structure
    assert yaml.load(quoted(value), Loader=loader) == value


@given(st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False))
def test_every_yaml_reader_reads_a_number_as_it_was(value: bool | int | float | None) -> None:
    found = yaml.safe_load(scalar(value))
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize("text", ["2016", "2016-07-08", "no", "Y", "010", "1e3", "null", "~", "", "=", "a: b", "x #y"])
def test_what_could_be_taken_for_something_else_is_quoted(text: str) -> None:
    assert scalar(text) == json.dumps(text)


@pytest.mark.parametrize("text", ["Foundation Group", "ods:RLQ", "p1", "R1E", "King's College (London)", "Zoë"])
def test_what_nobody_could_mistake_is_not(text: str) -> None:
    assert scalar(text) == text


def test_a_long_summary_is_folded_to_be_read() -> None:
    text = "\n".join(lines({"summary": "Two trusts work together. " * 12 + "End."}))
    assert text.startswith("summary: >-\n  Two trusts")
    assert max(len(line) for line in text.splitlines()) <= 116
