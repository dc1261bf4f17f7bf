"""What a register is asked of the graph: the methods of `Register` that this package answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.database.held import HeldDatabase
from db.graph.choice import LinkChoice
from db.parameters import bindable, not_negative
from db.reading.as_of import day_or_none

if TYPE_CHECKING:
    from db.graph.answers import Aftermath, Ranking, Shared, Timeline, Tree, Ways


ANY = LinkChoice()


class GraphQuestions(HeldDatabase):
    """A register that tells how its records are connected, by links that are not past, or that count as of a day, and
    what became of them.

    Each method raises NotFoundError for a key, and UsageError for a type, a day or a number that makes no sense.
    """

    # What answers is loaded where it is asked.

    # Methods load what answers them: each 6 to 15 ms.

    def paths(
        self,
        start: str,
        goal: str,
        *,
        count: int = 3,
        most_hops: int = 5,
        wanted: LinkChoice = ANY,
        as_of: str | None = None,
    ) -> Ways:
        """Return the `count` shortest simple ways between two records, of at most so many links."""
        not_negative(count, "count")
        not_negative(most_hops, "number of steps")
        day = day_or_none(as_of)
        with self._reading() as connection:
            from db.graph.paths import paths

            ends = bindable(start), bindable(goal)
            return paths(connection, *ends, count=count, most_hops=most_hops, wanted=wanted, as_of=day)

    def shared(
        self, keys: Sequence[str], *, limit: int | None = 100, wanted: LinkChoice = ANY, as_of: str | None = None
    ) -> Shared:
        """Return what records have in common: what two of them or more are linked to."""
        not_negative(limit, "limit")
        day = day_or_none(as_of)
        with self._reading() as connection:
            from db.graph.shared import shared

            return shared(connection, [*map(bindable, keys)], limit=limit, wanted=wanted, as_of=day)

    def companions(
        self, key: str, *, limit: int | None = 20, wanted: LinkChoice = ANY, as_of: str | None = None
    ) -> Ranking:
        """Return with whom a record shares most arrangements, people and sites."""
        not_negative(limit, "limit")
        day = day_or_none(as_of)
        with self._reading() as connection:
            from db.graph.ranking import companions

            return companions(connection, bindable(key), limit=limit, wanted=wanted, as_of=day)

    def ranking(
        self, keys: Sequence[str], *, limit: int | None = 20, wanted: LinkChoice = ANY, as_of: str | None = None
    ) -> Ranking:
        """Return records by how many others they are linked to, those with most first."""
        not_negative(limit, "limit")
        day = day_or_none(as_of)
        with self._reading() as connection:
            from db.graph.ranking import ranking

            return ranking(connection, [*map(bindable, keys)], limit=limit, wanted=wanted, as_of=day)

    def tree(
        self,
        key: str,
        *,
        depth: int = 2,
        width: int = 10,
        direction: str | None = None,
        wanted: LinkChoice = ANY,
        as_of: str | None = None,
    ) -> Tree:
        """Return a record with what it is linked to, and what that is linked to, so many links deep and wide."""
        not_negative(depth, "depth")
        not_negative(width, "width")
        day = day_or_none(as_of)
        with self._reading() as connection:
            from db.graph.tree import tree

            return tree(
                connection, bindable(key), depth=depth, width=width, direction=direction, wanted=wanted, as_of=day
            )

    def timeline(
        self, key: str, *, limit: int | None = None, whole: bool = False, as_of: str | None = None
    ) -> Timeline:
        """Return all that is dated of a record, oldest first; with `whole`, each of many links of a year by itself."""
        not_negative(limit, "limit")
        day = day_or_none(as_of)
        with self._reading() as connection:
            from db.graph.timeline import timeline

            return timeline(connection, bindable(key), limit=limit, whole=whole, as_of=day)

    def after(self, key: str) -> Aftermath:
        """Return what became of a record: what followed it, and what of each arrangement that it took part in."""
        with self._reading() as connection:
            from db.graph.after import after

            return after(connection, bindable(key))
