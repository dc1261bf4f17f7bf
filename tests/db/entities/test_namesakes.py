"""Bodies and people of one name whom several sources know: as many as they are, in whatever order they are told of."""

from __future__ import annotations

from itertools import permutations

import pytest

from db.model import Address
from db.statements import End, LinkSaid, NameSaid, Statement
from tests.db.store.registers import empty, take, written

_PLACES = {"a": "PO3 6AD", "b": "W2 1NY", "c": "PO30 5TG"}


def _hospital(postcode: str | None) -> Statement:
    address = Address((), None, None, postcode, None) if postcode else None
    return Statement("org:st-marys", "organisation", names=(NameSaid("St Marys"),), address=address, by_name=True)


@pytest.mark.parametrize("order", [*permutations("abc")], ids="".join)
def test_bodies_of_one_name_in_several_files_are_as_many_as_their_postcodes(order: tuple[str, ...]) -> None:
    register = empty()
    club = Statement(
        "org:club", "organisation", names=(NameSaid("Club"),), links=(LinkSaid("branch-of", End("org:st-marys")),)
    )
    for file in (*order, *order):
        take(register, written(file), [_hospital(_PLACES[file]), club] if file == "b" else [_hospital(_PLACES[file])])
    query = "SELECT key, postcode FROM record WHERE key LIKE 'org:st-marys%' ORDER BY 1"
    found = dict(register.execute(query).fetchall())
    assert sorted(found.values()) == sorted(_PLACES.values())
    # The key of the name is that of whoever came first, and stays.
    assert found["org:st-marys"] == _PLACES[order[0]]
    branch = "SELECT r.postcode FROM link JOIN record r ON r.id = target_id"
    assert register.execute(branch).fetchall() == [(_PLACES["b"],)]


def test_a_file_that_has_no_postcode_or_the_same_means_the_body_of_the_name() -> None:
    register = empty()
    for file, postcode in (("a", "PO3 6AD"), ("b", "po36ad"), ("c", None)):
        take(register, written(file), [_hospital(postcode)])
    take(register, written("a"), [_hospital("PO1 1AA")])
    assert register.execute("SELECT key FROM record").fetchall() == [("org:st-marys",)]


@pytest.mark.parametrize("order", [*permutations("ab")], ids="".join)
def test_two_people_of_one_name_are_two_in_either_order_and_a_key_that_was_given_stays(order: tuple[str, ...]) -> None:
    register = empty()
    for file in (*order, *order):
        post = LinkSaid("holds-post-in", End(f"ods:{file.upper()}1"), role="chair")
        take(register, written(file), [Statement("person:x-y", "person", names=(NameSaid("X Y"),), links=(post,))])
    query = (
        "SELECT r.key, b.key FROM link JOIN record r ON r.id = source_id JOIN record b ON b.id = target_id ORDER BY 1"
    )
    first, second = (f"ods:{file.upper()}1" for file in order)
    assert register.execute(query).fetchall() == [("person:x-y", first), ("person:x-y-2", second)]
    assert register.execute("SELECT count(*) FROM suggestion WHERE rule = 'same-name'").fetchone() == (1,)
