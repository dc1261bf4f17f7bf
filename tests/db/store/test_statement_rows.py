"""What table `_statement` keeps of a statement is all of it."""

from __future__ import annotations

from hypothesis import given

from db.statements import Statement
from db.store.statement_rows import decode, digest, encode
from tests.db.store.test_resolve import statements


@given(statements())
def test_a_statement_comes_back_from_its_body(statement: Statement) -> None:
    assert decode(encode(statement), statement.line) == statement


def test_where_a_row_stands_is_no_part_of_what_it_says() -> None:
    first, second = Statement("ods:R1", "organisation", line=1), Statement("ods:R1", "organisation", line=2)
    assert digest(encode(first)) == digest(encode(second))
