"""A body that closed before an area began was never in it, whatever lists make of its postcode since."""

from __future__ import annotations

import json

import pytest

from db.reading import first_links
from tests.db.reading.small import Small


@pytest.mark.parametrize(
    ("closed", "opened", "day", "since", "is_shown"),
    [
        ("2020-03-31", "2022-07-01", "2025-12", None, False),
        ("2020", None, "2025-12", None, False),
        ("2022", "2022-07-01", "2025-12", None, True),
        (None, "2022-07-01", "2025-12", None, True),
        ("2020-03-31", "2016-04-01", "2025-12", None, True),
        ("2020-03-31", "2022-07-01", "2019-04", None, True),
        ("2020-03-31", "2022-07-01", "2025-12", "2013-04-01", True),
    ],
)
@pytest.mark.parametrize("cites", ["link", "record"])
def test_what_later_lists_alone_make_of_a_closed_body_is_not_shown(
    closed: str | None,
    opened: str | None,
    day: str,
    since: str | None,
    is_shown: bool,
    cites: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = Small()
    small.term("organisation_types", "integrated-care-board", "board", json.dumps({"began": "2022-07-01"}))
    lies_in = small.link_type("in-geography-of", "in the geography of", "area of", category="geography")
    group = small.record("ods:00K", "Group", open=0 if closed else 1, closed=closed)
    board = small.record("ods:QHM", "Board", type="integrated-care-board", opened=opened)
    link = small.link(lies_in, group, board, since=since)
    small.cite(cites, {"link": link, "record": group}[cites], small.evidence(small.source("file:list", published=day)))
    register = small.register()

    for key in ("ods:00K", "ods:QHM"):
        whole, short = register.record(key), register.record(key, most=5)
        page = register.links(key)
        with monkeypatch.context() as patch:
            patch.setattr(first_links, "MANY", 0)
            sorted_by_sqlite = register.record(key, most=5)
        assert sorted_by_sqlite == short
        assert {len(whole.links), len(short.links), sum(short.link_counts.values()), page.total} == {int(is_shown)}


def test_a_tie_that_is_no_area_is_shown_though_it_cannot_have_been() -> None:
    small = Small()
    takes_part = small.link_type("participates-in", "takes part in", "participants", category="participation")
    council = small.record("ods:A", "Council", open=0, closed="2018")
    small.link(takes_part, council, small.record("arr:b", "Board", "arrangement", opened="2023"))
    assert len(small.register().record("ods:A").links) == 1
