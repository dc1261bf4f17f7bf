"""What filters come to, apart from the filters themselves, which most searches have none of."""

from __future__ import annotations

from typing import NamedTuple

from db.search.layout import END


class Condition(NamedTuple):
    """A condition on a record: in SQL on `r` with values for its question marks, and as a full-text expression."""

    sql: str
    values: tuple[object, ...] = ()
    match: str = ""
    """Holds for every record that passes; empty where no expression does."""
    exact: bool = False
    """Whether it holds for no other."""
    first: int = 0
    """No index id before this one passes."""
    end: int = END
    """No index id from this one on passes; with an exact condition, all between do."""
    others: str = ""
    """A full-text expression for all that does not pass an exact condition, where that is less than what does."""
    few: tuple[int, ...] | None = None
    """All records that pass, where they are few."""


class Conditions(NamedTuple):
    """All that the filters of a query come to."""

    all_of: tuple[Condition, ...] = ()
    """What has to be asked in SQL."""
    match: str = ""
    """A full-text expression for what passes."""
    refused: str = ""
    """A full-text expression for what does not."""
    hints: tuple[str, ...] = ()
    closed_too: bool = False
    """Whether a filter asks for closed ones by name."""
    first: int = 0
    end: int = END
    """The index ids between which all is that passes."""
    few: tuple[int, ...] | None = None
    """Records that all that pass are among, where they are few."""

    @property
    def sql(self) -> str:
        """The conditions, each with `AND` before it."""
        return "".join(f" AND ({one.sql})" for one in self.all_of)

    @property
    def values(self) -> tuple[object, ...]:
        """The values for the question marks of `sql`, in order."""
        return tuple(value for one in self.all_of for value in one.values)

    def among(self, match: str) -> str:
        """Return the full-text expression for what an expression finds and the filters let through."""
        wanted = " AND ".join(f"({one})" for one in (match, self.match) if one)
        return f"({wanted}) NOT ({self.refused})" if self.refused else wanted


NONE = Conditions()
"""What no filters come to."""
