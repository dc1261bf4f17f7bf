"""Whether two names may be one person's: `R. Webster`, `Rob Webster` and `Robert Webster`."""

from __future__ import annotations

from functools import cache
from itertools import product

from db.data_files import load_data
from db.search.text import plain


@cache
def _groups() -> dict[str, frozenset[int]]:
    """Return by given name the groups that it is in."""
    found: dict[str, set[int]] = {}
    for number, names in enumerate(load_data("db.entities", "given_names.yaml")["groups"]):
        for name in names:
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def family_name(name: str) -> str:
    """Return the last word of a name, as names are compared."""
    return plain(name).rpartition(" ")[2]


def may_be_one(name: str, other: str) -> bool:
    """Whether two names without titles may be one person's.

    The family names are the same, and the first given names too, or one is short for the other, or its initial. Further
    given names, where both have some, begin alike.
    """
    one, two = plain(name).split(), plain(other).split()
    if len(one) < 2 or len(two) < 2 or one[-1] != two[-1]:
        return False
    if not _is_alike(one[0], two[0]):
        return False
    return all(first[0] == second[0] for first, second in zip(one[1:-1], two[1:-1], strict=False))


def _is_alike(one: str, other: str) -> bool:
    if one == other or (1 in (len(one), len(other)) and one[0] == other[0]):
        return True
    # An initial may be that of the name in full: R. Webster is Bob Webster as Robert is.
    groups = _groups()
    return any(first == second for first, second in product(groups.get(one, ()), groups.get(other, ())))
