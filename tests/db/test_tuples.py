"""Named tuples of our own are what those of `typing` are, but for the time that loading takes."""

from __future__ import annotations

import copy
import pickle
from typing import NamedTuple, get_type_hints

import pytest


class Place(NamedTuple):
    """A town."""

    town: str
    houses: int = 3
    """How many."""

    def twice(self) -> int:
        """Count twice."""
        return 2 * self.houses

    @property
    def shown(self) -> str:
        """The town in capitals."""
        return self.town.upper()


def test_it_has_fields_defaults_methods_and_properties() -> None:
    place = Place("Ross")
    assert (place.town, place.houses, place.twice(), place.shown) == ("Ross", 3, 6, "ROSS")
    assert place == ("Ross", 3)
    assert repr(place) == "Place(town='Ross', houses=3)"
    assert place._replace(houses=1) == Place._make(("Ross", 1))
    assert (Place.__doc__, Place.__module__, Place._fields) == ("A town.", __name__, ("town", "houses"))


def test_it_is_copied_pickled_and_cannot_be_changed() -> None:
    place = Place("Ross", 1)
    assert pickle.loads(pickle.dumps(place)) == copy.deepcopy(place) == place
    with pytest.raises(AttributeError):
        place.town = "Wye"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        place.river = "Wye"  # type: ignore[attr-defined]


def test_its_types_can_be_asked_for() -> None:
    assert get_type_hints(Place) == {"town": str, "houses": int}
