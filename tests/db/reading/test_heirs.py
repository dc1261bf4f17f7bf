"""To which of several heirs of a closed body a link passed: told where a later source ties one of them alone."""

from __future__ import annotations

import pytest

from tests.db.reading.small import Small
from tui.text import link_phrases

NOT_DIVIDED = "split between North and South: no source says to which this passed"


@pytest.mark.parametrize(
    ("tied", "words"),
    [
        ({"ods:NORTH": "2024"}, "passed to North"),
        ({"ods:NORTH": "2018"}, NOT_DIVIDED),
        ({"ods:NORTH": "2024", "ods:SOUTH": "2025"}, NOT_DIVIDED),
        ({"ods:OTHER": "2024"}, NOT_DIVIDED),
        ({}, NOT_DIVIDED),
    ],
)
def test_a_place_of_a_body_that_was_split_passed_to_the_heir_that_later_lists_alone_give_it(
    small: Small, tied: dict[str, str], words: str
) -> None:
    runs = small.link_type("operated-by", "listed under", "runs")
    follows = small.link_type("succeeded-by", "succeeded by", "succeeds", category="succession")
    site = small.record("ods:SITE", "Hospital", "site")
    body = small.record("ods:OLD", "Old Trust", open=0, status="closed", closed="2021-09-30")
    others = {f"ods:{name.upper()}": small.record(f"ods:{name.upper()}", name) for name in ("North", "South", "Other")}

    def listed(row: int, day: str) -> None:
        small.cite("link", row, small.evidence(small.source(f"file:{row}-{day}", published=day)))

    listed(small.link(runs, site, body), "2018")
    for key, day in tied.items():
        listed(small.link(runs, site, others[key]), day)
    for heir in ("ods:NORTH", "ods:SOUTH"):
        small.link(follows, body, others[heir], since="2021-10-01")
    register = small.register()

    (seen,) = (one for one in register.record("ods:SITE").links if one.key == "ods:OLD")
    (back,) = (one for one in register.record("ods:OLD").links if one.key == "ods:SITE")

    assert link_phrases.time(seen) == f"listed 2018, closed 30 September 2021, {words}"
    assert back.became == seen.became
    assert len(seen.became) == (1 if words.startswith("passed") else 2)
