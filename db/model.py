"""What reading the register returns: frozen dataclasses and named tuples, safe to hand to any thread and to scripts.

Text in them is as the source wrote it and may be hostile; whoever prints it makes it safe first. Dates are text in the
EDTF subset of `db.dates`; None is unknown. `evidence` holds ids of the `Evidence` listed beside them.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from db.results import Brief as Brief
from db.results import Hit as Hit
from db.results import Match as Match
from db.results import Results as Results

Value = str | int | float | None


@dataclass(frozen=True)
class Name:
    """One name of a record; `kind` is official, former, short, acronym, trading, welsh, title or as-written."""

    name: str
    kind: str
    start: str | None
    end: str | None
    verbatim: str | None
    """The source's own spelling where the name shown is that in readable case."""
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Identifier:
    """A code in a scheme (`ods`, an org-id.guide prefix, `gss`, `arr`…)."""

    scheme: str
    value: str
    evidence: tuple[int, ...]


@dataclass(frozen=True)
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


@dataclass(frozen=True)
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
    code: str | None = None
    """The other end's code without its scheme: that of ODS, else another's; None where it has only a key of ours."""


@dataclass(frozen=True)
class Event:
    """Something dated: `date` may be partial (`2016`), lack its year (`XXXX-07-08`) or be unknown (None)."""

    date: str | None
    kind: str
    text: str
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class SourceRef:
    """A document or imported file as evidence names it."""

    key: str
    title: str
    publisher: str | None
    date: str | None
    url: str | None


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class Address:
    """Where a record is: as much of it as its source gives."""

    lines: tuple[str, ...]
    town: str | None
    county: str | None
    postcode: str | None
    country: str | None


@dataclass(frozen=True)
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
    value_evidence: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Evidence for single fields, by their names, which not all of `own_evidence` states as they are."""

    def evidence_of(self, *names: str) -> tuple[int, ...]:
        """Return the evidence for one of the record's own fields, or for several that are told as one."""
        found = {
            one for name in names if getattr(self, name) for one in self.value_evidence.get(name, self.own_evidence)
        }
        return tuple(one for one in self.own_evidence if one in found) or self.own_evidence

    @property
    def brief(self) -> Brief:
        """The record in one line."""
        place = self.address.town or self.address.postcode if self.address else None
        return Brief(self.key, self.kind, self.type, self.name, self.status, self.open, place, self.gone)


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


@dataclass(frozen=True)
class Candidate:
    """A record that may be meant; `score` is how like it is, from 0 to 100, None where nothing was compared."""

    key: str
    name: str
    score: float | None


@dataclass(frozen=True)
class Suggestion:
    """A question that waits for a person, about the record with `key`; `confidence` is from 0 to 1."""

    id: int
    key: str | None
    name: str | None
    what: str
    confidence: float | None
    rule: str
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One thing about a record that changed, in words; `before` or `after` is None where there was or is none."""

    what: str
    before: str | None
    after: str | None


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
