"""What leaves with a body that is parted from another: a pure function of what is said of the record of both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from db.statements import Statement


class HandJoin(NamedTuple):
    """What a person says of two keys: the row of the statement, its source, the key that stayed, and the other.

    `codes` are that other and the keys made of a name by which the person named the two.
    """

    row: int
    source: int
    key: str
    other: str
    codes: frozenset[str]


class KeyedStatement(NamedTuple):
    """A statement by the codes that it is about: its key, and those that it gives."""

    row: int
    key: str
    codes: frozenset[str]
    tie: HandJoin | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """What was a body's when it was joined with another, as the run that joined the two remembers."""

    first_new: int = 0
    """The first row of table said that is younger."""
    rows: frozenset[int] = frozenset()
    keys: frozenset[str] = frozenset()
    """The keys under which something was said of it."""
    codes: frozenset[str] = frozenset()
    lost: frozenset[str] = frozenset()
    """Codes that were given to it and that others had."""


def codes_of(statement: Statement) -> frozenset[str]:
    """Return the codes that a statement gives."""
    return frozenset(f"{code.scheme}:{code.value}" for code in statement.identifiers)


def leaving(said: Sequence[KeyedStatement], key: str, target: str, before: Before) -> tuple[list[int], frozenset[str]]:
    """Return the rows that speak of the body with `key` and not of that with the key `target`, and the body's codes.

    What was said before is of the body that it was said of then; what was said since is of that whose key, else whose
    code, it gives.
    """
    mine = [one for one in said if one.row in before.rows or (one.row >= before.first_new and one.key in before.keys)]
    others = [one for one in said if one.row < before.first_new and one.row not in before.rows]
    left = [one for one in said if one not in mine and one not in others]
    while True:
        of_mine, of_others = _claims(mine) | before.codes | {key}, _claims(others) | {target}
        both = (of_mine & of_others) - {key, target}
        of_mine -= (both - before.codes) | before.lost | {target}
        of_others -= (both & before.codes) | {key}
        found = [one for one in left if one.key in of_mine]
        found_others = [one for one in left if one.key in of_others]
        if not (found or found_others):
            found = [one for one in left if one.codes & of_mine and not one.codes & of_others]
            found_others = [one for one in left if one.codes & of_others and not one.codes & of_mine]
        if not (found or found_others):
            break
        mine, others = mine + found, others + found_others
        left = [one for one in left if one not in mine and one not in others]
    codes = _claims(mine) - (_claims(others) - before.codes) - before.lost - {key, target}
    return sorted(one.row for one in mine), frozenset(codes)


def _claims(those: Sequence[KeyedStatement]) -> set[str]:
    return {code for one in those for code in (one.key, *one.codes)}
