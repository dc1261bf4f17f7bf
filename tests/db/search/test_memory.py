"""What is kept from one search for the next makes it quicker, and never another answer."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.search import candidates
from db.search.find import find
from db.search.memory import Memory
from tests.db.search.miniature import Miniature, stories
from tests.db.search.test_properties import NAMES
from tests.depth import cases

TYPED = st.lists(st.sampled_from("wye valey sotuh trust la1 la10 1 s of the nhs ft guys st hrefrod SWFT group".split()))
FILTERS = st.sampled_from(("", " -status:closed", " place:hereford", ' postcode:"LA1"', " kind:organisation"))
quick = settings(max_examples=cases(6), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(st.lists(NAMES, min_size=1, max_size=40), TYPED.map(" ".join) | NAMES, FILTERS, st.sampled_from((1, 250)))
def test_typing_on_gives_the_answers_that_asking_afresh_gives(
    names: list[str], typed: str, filters: str, few: int
) -> None:
    made = stories()
    for number, name in enumerate(names):
        postcode = f"LA{number % 12} 1AA"
        made.add(f"org:{number}", name, names=[f"acronym: {name[:4]}"], postcode=postcode, open=number % 3 > 0)
    made.indexed()
    memory = Memory()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "_FEW", few)
        for closed in (False, True):
            for length in range(len(typed) + 1):
                text = typed[:length] + filters
                kept = find(made.conn, text, closed=closed, explain=True, memory=memory)
                assert kept == find(made.conn, text, closed=closed, explain=True), text


def test_what_is_kept_is_forgotten_when_the_register_changes(register: Miniature) -> None:
    memory = Memory()
    for _ in range(2):
        assert find(register.conn, "wye valley n", memory=memory).total
    register.add("ods:NEW", "Wye Valley Nursery")
    register.indexed("ods:NEW")
    keys = [hit.brief.key for hit in find(register.conn, "wye valley nu", memory=memory).hits]
    assert keys[0] == "ods:NEW"


def test_what_is_kept_is_bounded(register: Miniature, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.search.memory._MOST_ROWS", 3)
    monkeypatch.setattr("db.search.memory._MOST_LISTS", 3)
    memory = Memory()
    for text in ("wye valley t", "south warwickshire n", "blackburn with d", "guys and st t", "oxleas n"):
        find(register.conn, text, memory=memory)
    memory.begin(register.conn)
    assert max(len(memory.rows), len(memory.shown), len(memory.links), len(memory.few)) <= 3
