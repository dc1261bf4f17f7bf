"""The sources of a page: a table of a list that is there whole is no second one."""

from __future__ import annotations

import pytest

from db.model import SourceRef
from tests.tui.samples import RECORD
from tui.text.page_sources import copied, source_lines
from tui.text.record_page import record_page

WHOLE = SourceRef("file:networks-2023", "Networks (N), 2023", "An office", "2023", None)
TABLE = SourceRef("file:networks-members-2023", "Networks (N): members, 2023", "An office", "2023", None)


@pytest.mark.parametrize(
    ("other", "whole"),
    [
        (TABLE, "file:networks-2023"),
        (TABLE._replace(date="2024", title="Networks (N): members, 2024"), None),
        (TABLE._replace(publisher="Another office"), None),
        (TABLE._replace(title="Networks (N) members, 2023"), None),
        (TABLE._replace(title="Others: members, 2023"), None),
    ],
)
def test_a_table_of_a_list_of_one_day_is_a_copy_where_the_list_is_there_whole(
    other: SourceRef, whole: str | None
) -> None:
    assert copied((other, WHOLE)).get(other.key) == whole
    assert copied((other,)) == {}


def test_what_nothing_dates_is_no_copy() -> None:
    undated = (
        WHOLE._replace(date=None, title="Networks (N)"),
        TABLE._replace(date=None, title="Networks (N): members"),
    )
    assert copied(undated) == {}


def test_a_page_says_which_source_is_a_copy_and_cites_it_at_its_head_no_more() -> None:
    proofs = tuple(RECORD.evidence[0]._replace(id=n, source=one) for n, one in ((41, WHOLE), (42, TABLE)))
    first, second = source_lines(proofs)
    assert (first.about, second.about) == (
        "An office", "An office · the same list as file:networks-2023, in another file"
    )  # fmt: skip
    record = RECORD._replace(evidence=proofs, own_evidence=(41, 42), values=(), names=(), type=None)
    assert record_page(record, lambda _: None, printed=True).evidence.about == (41,)
