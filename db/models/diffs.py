"""What a run did to the register, record by record, and what taking it back came to."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.model import Event, Fact, Identifier, Link, Name
    from db.reports import Reject

    Thing = Name | Identifier | Fact | Event | Link
    """What changed about a record, apart from its own fields; without evidence, and of a link what can change."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing about a record that changed, in words; `before` or `after` is None where there was or is none."""

    what: str
    before: str | None
    after: str | None
    old: Thing | None = field(default=None, compare=False, repr=False)
    """The thing that `before` tells, and `new` that of `after`; None for the record's own fields."""
    new: Thing | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Changed:
    """A record that a run added or changed, named as the run left it; one that is added has no changes."""

    key: str
    name: str
    placeholder: bool = False
    """Whether it is known only from what others say of it."""
    changes: tuple[Change, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Diff:
    """What a run did; each record stands in one list, by the strongest thing that happened to it."""

    run: int
    added: tuple[Changed, ...]
    updated: tuple[Changed, ...]
    closed: tuple[Changed, ...]
    reopened: tuple[Changed, ...]
    gone: tuple[Changed, ...]
    rejects: tuple[Reject, ...]


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a run back came to."""

    run: int
    records: int
    """Records that the run had added, as the import counted them, and that are no longer there or described."""
    links: int
    """Links that it had made and that are gone with it."""
    restored: int
    """Records that it had changed and that are again what they were."""
