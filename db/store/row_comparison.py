"""What a process that only reads found a row to change: plain, for marshal to take it to the one that writes."""

from __future__ import annotations

from typing import Any, NamedTuple

from db.store.deferred_changes import Call

Body = tuple[int, str]
"""What a row says of a record as JSON, behind its digest."""
Link = tuple[Any, ...]
"""A link as rows are prepared with it."""


class Heard(NamedTuple):
    """What the sole row of another record says of links of this one."""

    speaker: int
    source: int
    line: int
    body: Body


class ToldOfOther(NamedTuple):
    """What the row of a record said, and says, of links that another one owns."""

    owner: int
    before: Body | None
    after: Body | None
    links: tuple[Link, ...]
    """Those of `after`, as the row of the owner would be prepared with them."""


class ComparedRow(NamedTuple):
    """A row that says otherwise what an earlier one said, which was all there was of its record."""

    record: int
    mark: tuple[int, ...]
    """The row that said all of the record, as `SoleMark` has it: as long as it does, all was found as it is."""
    before: Body | None
    """What that said of the record itself; None where the row says the same of all."""
    after: Body | None = None
    """What the row says of the record itself."""
    outcome: tuple[Any, ...] = ()
    calls: tuple[Call, ...] = ()
    alike: tuple[Link, ...] = ()
    """Links that it owns of which its row says enough: nothing more comes of it where their other ends say the same."""
    shared: tuple[tuple[tuple[Any, ...], ...], tuple[tuple[Any, ...], ...]] | None = None
    """`Heard` and `ToldOfOther`, where rows tell of links of more than one record."""

    def speaking(self) -> list[int]:
        """Return the record, and those whose rows tell of links of it."""
        return [self.record, *(one.speaker for one in self.heard)]

    @property
    def is_news(self) -> bool:
        """Whether the row says anything that the one before did not, of its record or of others."""
        return self.before != self.after or any(one.after not in (None, one.before) for one in self.told)

    @property
    def heard(self) -> list[Heard]:
        """What others say of the record."""
        return [Heard._make(one) for one in self.shared[0]] if self.shared else []

    @property
    def told(self) -> list[ToldOfOther]:
        """What its rows say of others."""
        return [ToldOfOther._make(one) for one in self.shared[1]] if self.shared else []
