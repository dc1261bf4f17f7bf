"""What is written in the format and read again is what it was, whatever it holds."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from db.statements import LinkSaid, NameSaid, RowSaid, SourceSaid, Statement
from importers.records.file_text import FileText
from tests.importers.records.files import reading
from tests.importers.records.made import WORDS, statements


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
