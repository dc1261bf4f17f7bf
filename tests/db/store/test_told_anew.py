"""What a later release tells anew in every detail need not be weighed against what the earlier ones told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.model import Address
from db.statements import Cite, DocumentSaid, FactSaid, IdentifierSaid, NameSaid, Statement, ValueSaid
from db.store import resolve as resolving
from db.store.sourced import Authority, Sourced
from tests.depth import cases

RELEASES = [
    Authority(number, f"file:{day}", day, "national", full=True, living=True)
    for number, day in enumerate(("2026-06-01", "2026-07-01"), 1)
]
OTHERS = [
    Authority(3, "file:list-1", "2026-06-15", "list", full=True),
    Authority(4, "file:list-2", "2026-07-15", "list", full=True),
    Authority(5, "file:living", "2026-05", "other", living=True),
]


ROAD = Address(("1 Road",), "Leeds", None, None, None)
WHOLE = Statement(
    "ods:R1", "organisation", 1, type="nhs-trust", status="open", opened="1990", address=ROAD,
    names=(NameSaid("Hill"),), identifiers=(IdentifierSaid("ods", "R1"),), facts=(FactSaid("beds", 1),),
)  # fmt: skip
CHANGES: tuple[tuple[str, Any], ...] = (
    ("line", 2), ("partial", True), *[("brief", True)] * 3, ("type", None), ("status", None), ("status", "planned"),
    ("opened", None), ("opened", "2026-07-10"), ("closed", "2020"), ("address", None),
    ("address", ROAD._replace(town=None)), ("address", ROAD._replace(lines=())), ("names", (NameSaid("Dale"),)),
    ("document", DocumentSaid("Somebody")), ("facts", (FactSaid("beds", 2, as_of="2020"),)),
    ("cites", (Cite("doc:c"),)),
    ("values", (ValueSaid("status", "open", cites=(Cite("doc:b"),)),)), ("values", (ValueSaid("closed", "2020"),)),
)  # fmt: skip
"""What a row may say otherwise, or leave out."""


@st.composite
def sourced(draw: st.DrawFn, origins: Sequence[Authority]) -> Sourced:
    """A statement of one of some sources; the first release may be repeated by the next."""
    origin = draw(st.sampled_from(origins))
    repeated_by = RELEASES[1] if origin is RELEASES[0] and draw(st.integers(0, 5)) == 0 else None
    changes = draw(st.lists(st.sampled_from(CHANGES), max_size=2, unique_by=lambda one: one[0]))
    return Sourced(origin, replace(WHOLE, **dict(changes)), repeated_by=repeated_by)


@settings(max_examples=cases(200))
@given(sourced(RELEASES), sourced(RELEASES[1:]), st.lists(sourced([*RELEASES, *OTHERS]), max_size=2))
def test_what_a_later_release_tells_anew_counts_as_if_all_were_weighed(
    one: Sourced, later: Sourced, others: Sequence[Sourced]
) -> None:
    said = [one, later, *others]
    newest = {"national": RELEASES[1], "list": OTHERS[1]}
    found = resolving.resolve(said, newest)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(resolving, "_not_told_anew", lambda heard: heard)
        assert found == resolving.resolve(said, newest)
