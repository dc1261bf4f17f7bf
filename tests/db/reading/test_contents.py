"""What is in a register: each type with the records that are not known to be closed, and with all."""

from __future__ import annotations

import pytest

from db.reading import contents
from db.register import open_register


def test_each_type_counts_what_a_search_for_it_finds() -> None:
    with open_register(None, builtin=True) as register:
        counts = register.contents()
        assert {one.kind for one in counts} >= {"arrangement", "organisation", "site", "person"}
        for one in (one for one in counts if one.type):
            assert register.find(f"type:{one.type} kind:{one.kind}", limit=1).total == one.current, one
            assert register.find(f"type:{one.type} kind:{one.kind}", limit=1, closed=True).total == one.total, one


def test_counted_by_the_search_index_it_is_what_the_rows_say(monkeypatch: pytest.MonkeyPatch) -> None:
    with open_register(None, builtin=True) as register:
        by_rows = register.ask(contents.contents)
        monkeypatch.setattr(contents, "_MANY", 0)
        assert register.ask(contents.contents) == by_rows


def test_kinds_are_told_of_the_records_that_are_there() -> None:
    with open_register(None, builtin=True) as register:
        asked = ("ods:RLQ", "arr:foundation-group", "person:glen-burley", "ods:none", "arr:foundation-group")
        assert register.kinds(asked) == {
            "ods:RLQ": "organisation", "arr:foundation-group": "arrangement", "person:glen-burley": "person",
        }  # fmt: skip
        assert register.kinds(()) == {}
