"""What reading the register returns: frozen dataclasses, safe to hand to any thread and to scripts.

Text in them is as the source wrote it and may be hostile; whoever prints it makes it safe first. Dates are text in the
EDTF subset of `db.dates`; None is unknown. `evidence` holds ids of the `Evidence` listed beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Brief:
    """A record in one line: what lists, results and breadcrumbs show of it. `open` is None where nobody says."""

    key: str
    kind: str
    type: str | None
    name: str
    status: str | None
    open: bool | None
    place: str | None
    gone: str | None = None
    """Key of the newer list that no longer holds the record."""


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a record; `kind` is official, former, short, acronym, trading, welsh, title or as-written."""

    name: str
    kind: str
    start: str | None
    end: str | None
    verbatim: str | None
    """The source's own spelling where the name shown is that in readable case."""
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Identifier:
    """A code in a scheme (`ods`, an org-id.guide prefix, `gss`, `arr`…)."""

    scheme: str
    value: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with a value or a text, on a record or a link."""

    property: str
    label: str
    """The property in words, from the vocabulary."""
    value: Value
    unit: str | None
    as_of: str | None
    text: str | None
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A link seen from one end: `label` reads from that end, `key`, `kind`, `name` are the other end's."""

    id: int
    type: str
    label: str
    category: str
    direction: str
    """`out` where the record asked about is the link's source, `in` where it is the target."""
    role: str | None
    role_label: str | None
    start: str | None
    end: str | None
    legal_start: str | None
    legal_end: str | None
    status: str | None
    """current, planned, proposed, past; None where nobody says."""
    key: str
    kind: str
    name: str
    other_open: bool | None
    """Whether the other end is open, so that a link to a closed body can be seen as a gap."""
    facts: tuple[Fact, ...]
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """Something dated: `date` may be partial (`2016`), lack its year (`XXXX-07-08`) or be unknown (None)."""

    date: str | None
    kind: str
    text: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A document or imported file as evidence names it."""

    key: str
    title: str
    publisher: str | None
    date: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Who says so: the source, where in it, and whether it is stated there, claimed by someone in it, or inferred."""

    id: int
    source: SourceRef
    locator: str | None
    quote: str | None
    basis: str
    """stated, claimed or inferred."""
    confidence: float | None
    """0 to 1, None where nobody assessed it."""
    claimant: str | None
    """Key of the record whose claim it is, where basis is claimed."""
    claimant_name: str | None
    note: str | None
    """Why it is believed, where it is inferred."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a record is: as much of it as its source gives."""

    lines: tuple[str, ...]
    town: str | None
    county: str | None
    postcode: str | None
    country: str | None


@dataclass(frozen=True, slots=True)
class Record:
    """One record in full, its links uncut unless a limit was asked for."""

    key: str
    kind: str
    type: str | None
    type_label: str | None
    name: str
    status: str | None
    status_label: str | None
    open: bool | None
    placeholder: bool
    """True where only links speak of it and no source describes it."""
    gone: str | None
    form: str | None
    legal_form: str | None
    legal_basis: str | None
    basis_status: str | None
    summary: str | None
    opened: str | None
    closed: str | None
    legal_start: str | None
    legal_end: str | None
    address: Address | None
    names: tuple[Name, ...]
    identifiers: tuple[Identifier, ...]
    facts: tuple[Fact, ...]
    links: tuple[Link, ...]
    link_counts: dict[str, int]
    events: tuple[Event, ...]
    evidence: tuple[Evidence, ...]
    own_evidence: tuple[int, ...]
    """Evidence for the record itself: its type, status, dates, address and summary."""

    @property
    def brief(self) -> Brief:
        """The record in one line."""
        place = self.address.town or self.address.postcode if self.address else None
        return Brief(self.key, self.kind, self.type, self.name, self.status, self.open, place, self.gone)


@dataclass(frozen=True, slots=True)
class LinkPage:
    """Some of a record's links; `total` counts all that the filters let through."""

    key: str
    total: int
    links: tuple[Link, ...]
    evidence: tuple[Evidence, ...]

    @property
    def truncated(self) -> bool:
        """Whether links were left out by limit or offset."""
        return len(self.links) < self.total


@dataclass(frozen=True, slots=True)
class Match:
    """Why a record was found: `how` is code, exact, acronym, prefix, word, substring or fuzzy."""

    field: str
    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A search result; `score` runs 0 to 100 and never contradicts the order."""

    brief: Brief
    score: float
    matched: Match
    explain: str | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """What a search found, best first; `total` counts all matches known, `hint` helps where nothing was found."""

    query: str
    total: int
    hits: tuple[Hit, ...]
    hint: str | None = None

    @property
    def truncated(self) -> bool:
        """Whether matches were left out by the limit."""
        return len(self.hits) < self.total


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a vocabulary, with its definition and where that comes from."""

    vocabulary: str
    name: str
    label: str
    definition: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
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


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was refused: where and why, with the start of what it held."""

    source: str
    line: int | None
    reason: str
    value: str | None


@dataclass(frozen=True, slots=True)
class Run:
    """One import as it is remembered; `started` is UTC, ISO 8601."""

    run: int
    started: str
    seconds: float
    command: str
    undone: bool
    sources: tuple[SourceReport, ...]
    rejects: tuple[Reject, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Stats:
    """Counts and sources of a register; `bytes` is None for one held in memory."""

    records: dict[str, int]
    links: dict[str, int]
    sources: tuple[SourceInfo, ...]
    bytes: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a read-only SQL query; `truncated` where there were more than the limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool
