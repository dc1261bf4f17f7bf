"""A record that sources only name is called the same, whoever comes first."""

from __future__ import annotations

import sqlite3
from functools import cache
from itertools import combinations, permutations

import pytest

from db.errors import UsageError
from db.statements import End, LinkSaid, NameSaid, Statement
from tests.db.store.registers import copied, empty, everything, take, trust, written
from tests.db.store.test_undo import begun, take_back


def lies_in(code: str, name: str | None) -> Statement:
    """A trust of a region that the source calls so."""
    return trust(code, f"Trust {code}", links=(LinkSaid("in-geography-of", End("ods:Y60", name)),))


NAMING = {
    "short": lies_in("R1", "Midlands"),
    "long": lies_in("R2", "Midlands (Y60)"),
    "bare": lies_in("R3", None),
    "code": lies_in("R4", "Y60"),
    "partial": Statement("ods:Y60", "organisation", partial=True, names=(NameSaid("Midlands and East", "short"),)),
    "typed": Statement("ods:Y60", "organisation", partial=True, type="commissioning-region"),
}


@cache
def naming(*names: str) -> sqlite3.Connection:
    """A register that has taken these, one after the other; for reading only, as others begin with it."""
    if not names:
        return empty()
    register = copied(naming(*names[:-1]))
    take(register, written(names[-1]), [NAMING[names[-1]]])
    return register


@pytest.mark.parametrize("names", list(combinations(NAMING, 3)))
def test_every_order_of_those_who_name_it_gives_the_same(names: tuple[str, ...]) -> None:
    first, *others = (everything(naming(*order)) for order in permutations(names))
    for one in others:
        assert one == first


@pytest.mark.parametrize("names", list(combinations(NAMING, 3)))
def test_one_who_named_it_is_undone_as_if_never_there(names: tuple[str, ...]) -> None:
    first, _, third = names
    register = begun()
    for name in names:
        take(register, written(name), [NAMING[name]])
    try:
        take_back(register, 3)
    except UsageError:
        # The third gave a name to what the second had made.
        return
    without = begun()
    for name in (first, third):
        take(without, written(name), [NAMING[name]])
    assert everything(register) == everything(without)
