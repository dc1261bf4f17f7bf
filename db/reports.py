"""What reading returns of a register as a whole: imports and what they did, sources, words, suggestions, tables.

Apart from `db.model`, because these classes take 11 ms to load, which the page of a record does without.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from db.model import Event, Evidence, Fact, Identifier, Link, Name
from db.parties import ClosedParty, Follower, Party
from db.results import HeldPost

Thing = Name | Identifier | Fact | Event | Link
"""What can change about a record, apart from its own fields; without evidence, and of a link what can change."""


class Term(NamedTuple):
    """A word of a vocabulary, with its definition and where that comes from."""

    vocabulary: str
    name: str
    label: str
    definition: str | None
    source: str | None


CLOSED_PARTICIPANT = "closed-participant"
PAST_END = "past-end"
PAST_REVIEW = "past-review"
PAST_START = "past-start"
LIKELY_TWIN = "likely-twin"
SOURCES_DIFFER = "sources-differ"
NO_COMMISSIONER = "no-commissioner"
NO_LEAD = "no-lead"
VACANT_POST = "vacant-post"
NO_POST = "no-post"
ONE_PARTICIPANT = "one-participant"
NO_BASIS = "no-basis"
UNLINKED = "unlinked"
KINDS_OF_GAPS = (
    CLOSED_PARTICIPANT, PAST_END, PAST_REVIEW, PAST_START, LIKELY_TWIN, SOURCES_DIFFER, NO_COMMISSIONER, NO_LEAD,
    VACANT_POST, NO_POST, ONE_PARTICIPANT, NO_BASIS, UNLINKED,
)  # fmt: skip
"""What is wrong comes before what is not known; of each, what a person can put right by one look comes first."""


class GapValue(NamedTuple):
    """A value that some sources state of a detail, and their titles; `chosen` marks the one that is shown."""

    value: str
    chosen: bool
    sources: tuple[str, ...]


class Gap(NamedTuple):
    """Something that is not known or not put right yet: of which kind, and at which record."""

    what: str
    key: str
    name: str
    participant: ClosedParty | None = None
    """Who is still named there and has closed."""
    role: str | None = None
    became: tuple[Follower, ...] = ()
    """What followed the participant."""
    listed: str | None = None
    """The last day on which a source names it."""
    still_named: bool | None = None
    """Whether that was after it had closed; None where nobody can tell."""
    other: Party | None = None
    """The record that may be the same one."""
    same: tuple[str, ...] = ()
    """What the two have in common: `name`, `postcode`, `town` or `members`."""
    run_by: tuple[Party, ...] = ()
    """Who runs each of the two, where that tells them apart."""
    may_run: bool = False
    """Whether one of the two is a code or service which the other, that is only named, may run and not be."""
    mend: str | None = None
    """The command that mends it."""
    type: str | None = None
    """The type of the record, where that is why something is expected of it."""
    heirs: tuple[Follower, ...] = ()
    """Those that followed the participant and take part there already."""
    date: str | None = None
    """The day that has passed: of an end, a review or a beginning, or on which the last who took part left."""
    text: str | None = None
    """What a source says of that day, or of a post that nobody holds."""
    detail: str | None = None
    """The detail of which sources state different values."""
    values: tuple[GapValue, ...] = ()
    """Those values, the one that is shown first."""
    usual: bool = False
    """Whether that is lacking of all or most of its type, so that a list leaves it out unless it is asked for."""

    @property
    def parties(self) -> tuple[Party | ClosedParty, ...]:
        """All records that it is about."""
        named = (Party(self.key, self.name), self.participant, self.other)
        return tuple(one for one in named if one is not None)


class CalendarEntry(NamedTuple):
    """A day that is set for something, with the ids of who says so."""

    date: str
    what: str
    """end, review, notice, decision or begin."""
    key: str
    name: str
    text: str | None
    """What is told of it in words."""
    party: Party | None
    """Who takes part or holds a post from then or until then, where the record itself goes on."""
    role: str | None
    evidence: tuple[int, ...]


class Calendar(NamedTuple):
    """What lies ahead from one day to another, in order, with the evidence of all of it."""

    start: str
    end: str
    dated: tuple[CalendarEntry, ...]
    """By the day or the month."""
    by_year: tuple[CalendarEntry, ...]
    """Of which only the year is known."""
    without_year: tuple[CalendarEntry, ...]
    """Of which the year is not told: they may lie behind as well."""
    evidence: tuple[Evidence, ...]

    @property
    def entries(self) -> tuple[CalendarEntry, ...]:
        """All of them, those by the day or month first."""
        return (*self.dated, *self.by_year, *self.without_year)


class PlacedRecord(NamedTuple):
    """A record and where it is."""

    key: str
    kind: str
    name: str
    town: str | None
    postcode: str


class PostcodeArea(NamedTuple):
    """The records of which the postcode begins with some letters."""

    area: str
    number: int
    towns: tuple[str, ...]
    """Where most of them are."""
    records: tuple[PlacedRecord, ...]
    """Where there are not too many to be named."""


class Places(NamedTuple):
    """Where records are: those that one (`subject`) is linked to, or that filters let through."""

    subject: Party | None
    areas: tuple[PostcodeArea, ...]
    """Those with most records first."""
    nowhere: int
    """How many more there are of which no postcode is told."""

    @property
    def total(self) -> int:
        """How many have a postcode."""
        return sum(one.number for one in self.areas)


class SourceInfo(NamedTuple):
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
    release_of: str | None = None
    """The register of which it is a release, where these repeat what they do not change."""
    path: str | None = None
    """Where it was read from; None of what comes with the program or was piped in."""


class SourceReport(NamedTuple):
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


class Reject(NamedTuple):
    """A row that was refused: where and why, with the start of what it held."""

    source: str
    line: int | None
    reason: str
    value: str | None
    file: str | None = None
    """As in `SourceReport`."""


class Run(NamedTuple):
    """One import as it is remembered; `started` is UTC, ISO 8601."""

    run: int
    started: str
    seconds: float
    command: str
    undone: bool
    sources: tuple[SourceReport, ...]
    rejects: tuple[Reject, ...] = ()
    """Those that are kept: the first of each kind of reason."""

    @property
    def rejects_left_out(self) -> int:
        """How many more rows were refused than are kept."""
        return sum(source.rejected for source in self.sources) - len(self.rejects)


class Stats(NamedTuple):
    """Counts and sources of a register; `bytes` is what it takes on disk, or in memory."""

    records: dict[str, int]
    links: dict[str, int]
    sources: tuple[SourceInfo, ...]
    bytes: int | None
    placeholders: Mapping[str, int] = MappingProxyType({})
    """How many codes there are beside them of which nothing else is known, by kind, kinds without any left out."""


class Table(NamedTuple):
    """Rows of a read-only SQL query; `truncated` where there were more than the limit."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    truncated: bool


class Candidate(NamedTuple):
    """A record that may be meant; `score` is how like it is, from 0 to 100, None where nothing was compared."""

    key: str
    name: str
    score: float | None
    place: str | None = None
    posts: tuple[HeldPost, ...] = ()
    """Of a person, the posts that tell who it is."""


KINDS_OF_QUESTIONS = (
    "name-without-code", "name-of-another", "same-identifier", "same-name", "unclear-lead", "passed-on",
    "no-longer-listed", "removed",
)  # fmt: skip
"""The rules by which a person is asked something."""


class Suggestion(NamedTuple):
    """A question that waits for a person, about the record with `key`; `confidence` is from 0 to 1."""

    id: int
    key: str | None
    name: str | None
    what: str
    confidence: float | None
    rule: str
    candidates: tuple[Candidate, ...]
    evidence: tuple[Evidence, ...]
    """Who says what it is about, else who describes the record."""
    place: str | None = None
    """Where the record is."""
    posts: tuple[HeldPost, ...] = ()
    """Of a person, the posts that tell who it is."""
    run: int | None = None
    """The run that asked it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing about a record that changed, in words; `before` or `after` is None where there was or is none."""

    what: str
    before: str | None
    after: str | None
    old: Thing | None = field(default=None, compare=False, repr=False)
    """The thing that `before` tells, and `new` that of `after`; None for the record's own fields."""
    new: Thing | None = field(default=None, compare=False, repr=False)


class Changed(NamedTuple):
    """A record that a run added or changed, named as the run left it; one that is added has no changes."""

    key: str
    name: str
    placeholder: bool = False
    """Whether it is known only from what others say of it."""
    changes: tuple[Change, ...] = ()


class Diff(NamedTuple):
    """What a run did; each record stands in one list, by the strongest thing that happened to it."""

    run: int
    added: tuple[Changed, ...]
    updated: tuple[Changed, ...]
    closed: tuple[Changed, ...]
    reopened: tuple[Changed, ...]
    gone: tuple[Changed, ...]
    rejects: tuple[Reject, ...]
    rejects_left_out: int = 0
    """As in `Run`."""


class Removed(NamedTuple):
    """What taking a record away came to: the run, its key, and the sources that had told of it."""

    run: int
    key: str
    sources: tuple[str, ...]


class Joined(NamedTuple):
    """What joining two records, or parting them, came to: the run, the record's key, and that of the other body."""

    run: int
    key: str
    other: str


class Undone(NamedTuple):
    """What taking a run back came to."""

    run: int
    records: int
    """Records that the run had added, as the import counted them, and that are no longer there or described."""
    links: int
    """Links that it had made and that are gone with it."""
    restored: int
    """Records that it had changed and that are again what they were."""
