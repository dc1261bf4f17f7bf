"""Lists that reading returns: pages of links, imports, sources, words, tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.model import Evidence, Link


@dataclass(frozen=True)
class LinkPage:
    """Some of a record's links; `total` counts all that the filters let through."""

    key: str
    total: int
    links: tuple[Link, ...]
    evidence: tuple[Evidence, ...]
    code: str | None = None
    """The record's own code, as that of the other end in `Link`."""

    @property
    def truncated(self) -> bool:
        """Whether links were left out by limit or offset."""
        return len(self.links) < self.total


@dataclass(frozen=True)
class Term:
    """A word of a vocabulary, with its definition and where that comes from."""

    vocabulary: str
    name: str
    label: str
    definition: str | None
    source: str | None


@dataclass(frozen=True)
class SourceInfo:
    """A source as `stats` lists it; `published` is its vintage, None where unknown."""

    key: str
    title: str
    publisher: str | None
    published: str | None
    licence: str | None
    url: str | None
    format: str | None
    imported: str | None
    records: int


@dataclass(frozen=True)
class SourceReport:
    """What one source of a run came to; read = added + updated + unchanged + closed + rejected."""

    source: str
    format: str
    published: str | None
    read: int
    added: int
    updated: int
    unchanged: int
    closed: int
    rejected: int
    records: int
    links: int
    placeholders: int
    gone: int
    file: str | None = None
    """Where it was read from: a path, a path › member of a zip, a URL; None for stdin."""


@dataclass(frozen=True)
class Reject:
    """A row that was refused: where and why, with the start of what it held."""

    source: str
    line: int | None
    reason: str
    value: str | None
    file: str | None = None
    """As in `SourceReport`."""


@dataclass(frozen=True)
class Run:
    """One import as it is remembered; `started` is UTC, ISO 8601."""

    run: int
    started: str
    seconds: float
    command: str
    undone: bool
    sources: tuple[SourceReport, ...]
    rejects: tuple[Reject, ...] = field(default=())


@dataclass(frozen=True)
class Stats:
    """Counts and sources of a register; `bytes` is what it takes on disk, or in memory."""

    records: dict[str, int]
    links: dict[str, int]
    sources: tuple[SourceInfo, ...]
    bytes: int | None
    placeholders: dict[str, int] = field(default_factory=dict)
    """How many of the records are known from links alone, by kind, kinds without any left out."""


@dataclass(frozen=True)
class Table:
    """Rows of a read-only SQL query; `truncated` where there were more than the limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool
