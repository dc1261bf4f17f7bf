"""Which record has which row is found by the digest of that, whatever digests and numbers there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from db.store.earlier_releases import Marks

DIGESTS = st.integers(-(1 << 63), (1 << 63) - 1)


@given(st.dictionaries(DIGESTS, st.integers(1, 1 << 40)), st.lists(DIGESTS))
def test_marks_tell_what_a_dict_of_them_tells(rows: dict[int, int], others: list[int]) -> None:
    marks = Marks(sorted(rows.items()))
    assert dict(marks) == rows
    assert sorted(marks.values()) == sorted(rows.values())
    for digest in (*rows, *others, *(one + 1 for one in rows)):
        assert marks.get(digest) == rows.get(digest)
        assert (digest in marks) == (digest in rows)
