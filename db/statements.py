"""What importers hand to the register: statements that one row of one source makes about one record.

Text is verbatim. Everything unknown is None: an importer never fills a gap by guessing. Cites name the evidence; an
empty tuple means the row itself (the source and its line).

A statement and its parts are never changed. Python is not asked to see to that: a frozen class takes four times as long
to fill, a fifteenth of what a month in which everything changed takes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from db.keys import KINDS
from db.model import Address, Value

PLAIN_DETAILS = (
    "type", "form", "legal_form", "legal_basis", "basis_status", "summary", "opened", "legal_start", "legal_end",
    "status", "closed",
)  # fmt: skip
"""What there is one of in a record, its address apart."""
ADDRESS_DETAILS = ("address", "town", "county", "postcode", "country")
"""The parts of an address; `address` are its lines, one below the other."""
LINK_DETAILS = ("start", "end", "legal_start", "legal_end", "status")
"""What there is one of in a link."""
RULES = (
    "newer", "dated", "complete", "brief", "passing", "order", "row", "status", "omitted", "passed-on", "followed",
    "abolished", "decided", "chosen",
)  # fmt: skip
"""By which one of several values of a detail is shown; a source that tells several without a rule has `chosen` it."""


@dataclass(slots=True, unsafe_hash=True)
class Cite:
    """Evidence as an importer names it: a source's key, where in it, and on what basis."""

    source: str
    locator: str | None = None
    quote: str | None = None
    basis: str = "stated"
    confidence: float | None = None
    claimant: str | None = None
    note: str | None = None
    as_of: str | None = None
    """The day on which it was so, where that is not the day of the source."""


@dataclass(slots=True, unsafe_hash=True)
class NameSaid:
    """A name; `verbatim` is the source's spelling where `name` is that in readable case."""

    name: str
    kind: str = "official"
    start: str | None = None
    end: str | None = None
    verbatim: str | None = None
    cites: tuple[Cite, ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class IdentifierSaid:
    """A code in a scheme; the value as the register writes it."""

    scheme: str
    value: str
    cites: tuple[Cite, ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class FactSaid:
    """A property with a value, a text, or both."""

    property: str
    value: Value = None
    unit: str | None = None
    as_of: str | None = None
    text: str | None = None
    cites: tuple[Cite, ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class ValueSaid:
    """A value of a single detail with who states it, where they are not those who state the rest."""

    what: str
    """One of `PLAIN_DETAILS` or `ADDRESS_DETAILS`, of a link one of `LINK_DETAILS`."""
    value: str
    why: str | None = None
    """The rule by which one of the detail's values is shown, one of `RULES`."""
    cites: tuple[Cite, ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class EventSaid:
    """Something that happened or is to happen; `date` in the EDTF subset or None."""

    date: str | None
    kind: str
    text: str
    cites: tuple[Cite, ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class End:
    """The far end of a link: its key, and what to call and take it for should nobody describe it."""

    key: str
    name: str | None = None
    kind: str = "organisation"


@dataclass(slots=True, unsafe_hash=True)
class LinkSaid:
    """A link between the record spoken of and `other`; `outward` is True where the record is the link's source."""

    type: str
    other: End
    outward: bool = True
    role: str | None = None
    start: str | None = None
    end: str | None = None
    legal_start: str | None = None
    legal_end: str | None = None
    status: str | None = None
    facts: tuple[FactSaid, ...] = ()
    cites: tuple[Cite, ...] = ()
    values: tuple[ValueSaid, ...] = ()
    """Who states which of its dates and status, where that is told."""
    unlisted_by: str | None = None
    """Key of the list that no longer has it, so that it is past and its end unknown."""


@dataclass(frozen=True, slots=True)
class DocumentSaid:
    """What a document record says of itself as a source."""

    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    licence: str | None = None


@dataclass(slots=True, unsafe_hash=True)
class Statement:
    """All that one row says about one record. `partial` rows (memberships, amendments of a link) describe no record:
    they only add links, names or facts to it, and must not make it look described. `brief` rows (lines of a search)
    describe it, and what a fuller source says of it stands against them, however old."""

    key: str
    kind: str
    line: int | None = None
    partial: bool = False
    brief: bool = False
    type: str | None = None
    form: str | None = None
    status: str | None = None
    legal_form: str | None = None
    legal_basis: str | None = None
    basis_status: str | None = None
    summary: str | None = None
    opened: str | None = None
    closed: str | None = None
    legal_start: str | None = None
    legal_end: str | None = None
    address: Address | None = None
    document: DocumentSaid | None = None
    names: tuple[NameSaid, ...] = ()
    identifiers: tuple[IdentifierSaid, ...] = ()
    facts: tuple[FactSaid, ...] = ()
    links: tuple[LinkSaid, ...] = ()
    events: tuple[EventSaid, ...] = ()
    cites: tuple[Cite, ...] = ()
    same_person: bool = False
    """True where the author says that a person's key means the person of another source as well."""
    by_name: bool = False
    """True where the source knows the record by its name alone, of which the key is made for want of a code."""
    decided: bool = False
    """True where a person says, when asked, that the record has closed: older lists that have it open say no more."""
    one_body: bool = False
    """True where a person says that the records of the codes it gives are one body with this."""
    values: tuple[ValueSaid, ...] = ()
    """Who states which of its details, where that is told; what is shown of a detail is its own field."""
    unlisted_by: str | None = None
    """Key of the list that no longer has it, where the source says so of another."""


@dataclass(frozen=True, slots=True)
class RejectSaid:
    """A row that cannot be taken, with the reason and the start of what it held."""

    line: int | None
    reason: str
    value: str | None = None


@dataclass(frozen=True, slots=True)
class TermSaid:
    """A word that a source adds to a vocabulary, with its definition and source."""

    vocabulary: str
    name: str
    label: str
    definition: str
    source: str


@dataclass(frozen=True, slots=True)
class SourceSaid:
    """A source: an imported file, or one it cites. `key` is `file:…` or a document's key."""

    key: str
    title: str
    format: str | None = None
    publisher: str | None = None
    published: str | None = None
    """The vintage: EDTF, or None where nothing tells it."""
    url: str | None = None
    licence: str | None = None
    series: str | None = None
    """Files of one series (`ods-etr`) follow one another: the newest speaks for the series."""
    full: bool = False
    """True where a file lists all there are, so that what a newer one of its series lacks is gone."""
    complete: bool = False
    """True where a file says all there is to say of each record in it, so that what older sources said is withdrawn."""
    living: bool = False
    """True for a release of a register whose releases follow one another, each repeating what it does not change: what
    an older one said stands until a newer one says otherwise."""
    path: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class RowSaid:
    """One input row with all that it says; `line` is its place in the file, counted from 1."""

    line: int
    statements: tuple[Statement, ...]
    digest: int | None = None
    """64 bits that stand for the row's own text, for releases whose rows are taken by the batch."""


def far_kind(link_type: str) -> str:
    """Return what the far end of a link is taken for where nobody describes it and its source has no more to say."""
    return "arrangement" if link_type == "participates-in" else "organisation"


Prepared = tuple[Any, ...]
"""What the register makes of a row where it was read, plain so that marshal takes it; importers hand it on as it is."""


class Named(NamedTuple):
    """A record of which one row is all that was said, as the register holds it."""

    name: str
    """As the source spells it."""
    opened: str | None
    record: int | None = None
    """Its number where it is one of `Held.digests`."""


class Held(Protocol):
    """What the register gives to a reader by the batch; processes forked from the one that writes may use it."""

    @property
    def digests(self) -> Mapping[int, int]:
        """Numbers of records that one row says all of, by the digests of their rows."""

    def prepare(self, row: RowSaid) -> Prepared:
        """Return what is written of a row; pure, and called in the process that read it."""

    def prepare_to_compare(self, row: RowSaid) -> Prepared:
        """Return the same, of a row that `compare` is asked about: without what that adds."""

    def compare(self, rows: Sequence[Prepared]) -> Sequence[Prepared]:
        """Return rows that were prepared, with what they change where that is found out beforehand; in the process
        that read them as well."""

    def named(self, keys: Iterable[str]) -> Mapping[str, Named]:
        """Return those of some records, by key, that one row says all of, or did when the run began; for the process
        that writes."""

    def earlier(self, record: int) -> tuple[str, Named]:
        """Return the key of one of `digests` and what was held of it, whatever was taken meanwhile; likewise."""


class Batch(NamedTuple):
    """A part of the rows of a release."""

    read: int
    """Rows of the source in it."""
    rows: Sequence[Prepared] = ()
    """What is new, or other than the register holds it."""
    rejects: Sequence[RejectSaid] = ()
    unchanged: Sequence[int] = ()
    """Numbers of records whose row is as it was."""
    merged: int = 0
    """Rows that say nothing beside others of the same source."""
    replaced: Sequence[str] = ()
    """Keys whose earlier row, of this run or held as unchanged, gives way to one of this batch or a later one."""


class BatchedRows(Protocol):
    """Rows of a release that can be taken by the batch."""

    def batches(self, held: Held) -> Iterator[Batch]:
        """Yield all rows."""


@dataclass(slots=True)
class Account:
    """What became of a table beside its rows; complete when the rows have been read."""

    mapping: str
    """The id of the mapping that read it."""
    unused: tuple[str, ...] = ()
    """Columns that hold something and that the mapping names nowhere."""
    made: dict[str, int] = field(default_factory=dict)
    """How often each part of the mapping made something, by its path such as `records[0].participants[0]`."""
    idle: list[str] = field(default_factory=list)
    """Parts of the mapping that made nothing, each with the reason."""
    hidden: dict[str, int] = field(default_factory=dict)
    """Rows of a workbook that are hidden: `left_out` with hidden sheets, or by hand; `filtered` and taken; `taken`."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What an importer makes of one input: the source, those it cites, and its rows in order.

    Every row of data is either a `RowSaid` or a `RejectSaid`; blank lines and headings are neither.
    """

    source: SourceSaid
    rows: Iterable[RowSaid | RejectSaid]
    cited: tuple[SourceSaid, ...] = ()
    terms: tuple[TermSaid, ...] = ()
    link_types: tuple[LinkTypeSaid, ...] = ()
    remarks: Sequence[str] = ()
    """What the user should know of how it was read, each as the rest of a line that starts with the input; complete
    when the rows have been read."""
    account: Account | None = None
    """What a mapping did not use of a table, and which of its parts made nothing."""
    people: bool = True
    """Whether it may describe a person. Who a person is, is decided by all rows before one is taken, so they are asked
    for twice."""
    batched: BatchedRows | None = None
    """The same rows by the batch, where the source is a release that can be taken so; `rows` are then left alone."""


@dataclass(frozen=True, slots=True)
class LinkTypeSaid:
    """A link type that a source adds: both labels, its category, which end owns it, and which kinds it may join."""

    name: str
    forward: str
    reverse: str
    category: str
    definition: str
    source: str
    owner: str = "source"
    source_kinds: tuple[str, ...] = KINDS
    target_kinds: tuple[str, ...] = KINDS
