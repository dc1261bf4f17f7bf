"""What filters come to in SQL, apart from the filters themselves, which most searches have none of."""

from __future__ import annotations

from typing import NamedTuple


class Condition(NamedTuple):
    """A condition in SQL on a record `r` and its search text `t`, with the values for its question marks."""

    sql: str
    values: tuple[object, ...] = ()


class Conditions(NamedTuple):
    """All that the filters of a query come to."""

    all_of: tuple[Condition, ...]
    match: str
    """A full-text expression that holds for all that passes, so that few are looked at; empty where there is none."""
    hints: tuple[str, ...]
    closed_too: bool
    """Whether a filter asks for closed ones by name."""

    @property
    def sql(self) -> str:
        """The conditions, each with `AND` before it."""
        return "".join(f" AND ({one.sql})" for one in self.all_of)

    @property
    def values(self) -> tuple[object, ...]:
        """The values for the question marks of `sql`, in order."""
        return tuple(value for one in self.all_of for value in one.values)


NONE = Conditions((), "", (), False)
"""What no filters come to."""
