"""A record as reading returns it, with all that belongs to it: named tuples, safe to hand to any thread.

Text in them is as the source wrote it and may be hostile; whoever prints it makes it safe first. Dates are text in the
EDTF subset of `db.dates`; None is unknown. `evidence` holds ids of the `Evidence` listed beside them.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from db.parties import ClosedParty, Follower, Party

Value = str | int | float | None

_NOTHING: Mapping[str, Any] = MappingProxyType({})

OPENED = "opened"
ON_DAY = "on-day"
"""Why a link is shown to hold since the day on which the later of its ends opened, and not since an earlier one."""


class Name(NamedTuple):
    """One name of a record; `kind` is a word of the vocabulary name_kinds: official, former, short, acronym…"""

    name: str
    kind: str
    start: str | None
    end: str | None
    verbatim: str | None
    """The source's own spelling where the name shown is that in readable case."""
    evidence: tuple[int, ...]


class Identifier(NamedTuple):
    """A code in a scheme (`ods`, an org-id.guide prefix, `gss`, `arr`…)."""

    scheme: str
    value: str
    evidence: tuple[int, ...]


class Fact(NamedTuple):
    """A property with a value or a text, on a record or a link."""

    property: str
    label: str
    """The property in words, from the vocabulary."""
    value: Value
    unit: str | None
    as_of: str | None
    text: str | None
    evidence: tuple[int, ...]


class StatedValue(NamedTuple):
    """A value that sources state of a single detail of a record or a link."""

    what: str
    """The detail: a field of the record or link; of an address `address` (its lines), `town`, `county` and so on."""
    value: str
    chosen: bool
    """Whether it is the value shown."""
    why: str
    """The rule by which one of the values is shown, one of `db.statements.RULES`; `alone` where nobody states another,
    `all` where everyone who describes the record states this one; `opened` where neither, of what follows from an
    end of a link; `on-day` of what is shown as of a day and is another value today."""
    evidence: tuple[int, ...]


class Link(NamedTuple):
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
    """current, planned, proposed, past; None where no source tells how it stands today."""
    key: str
    kind: str
    name: str
    other_open: bool | None
    """Whether the other end is open, so that a link to a closed body can be seen as a gap."""
    facts: tuple[Fact, ...]
    evidence: tuple[int, ...]
    code: str | None = None
    """The other end's code without its scheme: that of ODS, else another's; None where it has only a key of ours."""
    values: tuple[StatedValue, ...] = ()
    """What is stated of its dates and status, where not all of its evidence states what is shown."""
    basis: str = "stated"
    """What status and end rest on: stated, listed (the days of lists alone) or inferred (the end of a body)."""
    listed_first: str | None = None
    """The day of the first source that has it."""
    listed_last: str | None = None
    """The day of the last source that has it."""
    unlisted: str | None = None
    """The day of the list that no longer has it."""
    ended_with: ClosedParty | None = None
    """The body that closed, with which it ended: then (`end`), or at the latest where no source has it up to then."""
    became: tuple[Follower, ...] = ()
    """What followed that body; of several, no source says to which of them the link passed."""
    stated_end: str | None = None
    """The end as sources state it; `end` may be inferred."""
    stated_status: str | None = None
    """The status as sources state it on their days."""
    gone: str | None = None
    """Key of the list that no longer has it."""
    stated_start: str | None = None
    """The start as the newest source states it; `start` may be the later opening of its ends."""
    name_then: str | None = None
    """What the other end was called on the last day on which a source has it, where that is another name."""
    heading: str = ""
    """What it is read under on a page: its label, or what a reader looks for (`db.reading.headings`)."""
    others: tuple[Party, ...] = ()
    """Who else is linked so to the other end, where the heading has that told."""
    others_as: str = ""
    """How the others are told: `with`, `councils listed with it`."""
    other_type: str | None = None
    """The label of the other end's type."""


class Event(NamedTuple):
    """Something dated: `date` may be partial (`2016`), lack its year (`XXXX-07-08`) or be unknown (None)."""

    date: str | None
    kind: str
    text: str
    evidence: tuple[int, ...]


class TimelineEntry(NamedTuple):
    """Something dated of a record: an event as it was recorded, or what its dates, names, roles and links tell.

    Texts of what was not recorded in words are for whoever shows it.
    """

    date: str | None
    kind: str
    """A word of the vocabulary event_kinds, or one of `db.graph.timeline.KINDS`."""
    evidence: tuple[int, ...]
    text: str = ""
    """As it was recorded."""
    recorded: str = ""
    """The kind of event that was recorded of what dates or links tell as well."""
    label: str = ""
    """The name, the role, or how the link reads: from its source, of several from the record."""
    before: str = ""
    """The name that lists gave before."""
    other: Party | None = None
    """The other end of the link."""
    name_then: str | None = None
    """What that was called on that day, where it is another name."""
    other_kind: str = ""
    subject: Party | None = None
    """Of a succession further up or down the chain: the one that it is told of."""
    type: str | None = None
    """Of the link, as are the next five."""
    category: str = ""
    direction: str | None = None
    role: str | None = None
    role_label: str | None = None
    ended_with: str | None = None
    """Key of the body with which it ended, where no source states that it did."""
    family: str | None = None
    """Of the two families of dates that ODS has: operational or legal where both are told and differ, legal where that
    is told alone, both where they are one."""
    depth: int = 0
    """Of a succession, how many steps from the record it is; 0 of all else."""
    told_also: tuple[str, ...] = ()
    """Other days that sources give for the same, where they disagree."""
    is_chosen: bool = True
    """Whether it is the day that the record shows, of several that sources give."""
    is_inferred: bool = False
    """Whether no source states it."""
    is_ahead: bool = False
    """Whether it is still to come."""
    listed_last: str | None = None
    """The last day on which a list has what a list of this date has no more."""
    number: int = 1
    """How many links it tells of; of several, `others` are the first."""
    others: tuple[Party, ...] = ()
    or_before: bool = False
    """Whether it may have been before: it is the first day of which a register has any of its type."""


class SourceRef(NamedTuple):
    """A document or imported file as evidence names it."""

    key: str
    title: str
    publisher: str | None
    date: str | None
    url: str | None


class Particulars(NamedTuple):
    """What a table says of a record beside its name."""

    place: str | None
    """The town, else the county."""
    postcode: str | None
    opened: str | None
    closed: str | None
    code: str | None
    """That people know it by, as in `Link`."""
    codes: tuple[tuple[str, str], ...]
    """Scheme and value of each."""
    source: SourceRef | None
    """The newest of those that describe it."""


class Evidence(NamedTuple):
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
    as_of: str | None = None
    """The day on which it was so, where that is not the day of the source."""


class Address(NamedTuple):
    """Where a record is: as much of it as its source gives."""

    lines: tuple[str, ...]
    town: str | None
    county: str | None
    postcode: str | None
    country: str | None


class TypeDays(NamedTuple):
    """What the vocabulary knows of when there were bodies of a type, and so of what a day of opening tells."""

    began: str | None = None
    """The first day on which there were any."""
    coded: str | None = None
    """The first day of which a register has any: what is open since then may be older."""
    conferred: bool = False
    """Whether a body that is there already becomes one and keeps its code."""


class Record(NamedTuple):
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
    """The evidence that describes the record: who states which of its details is in `values`."""
    values: tuple[StatedValue, ...] = ()
    """Each value that is stated of its single details, the one shown first."""

    as_of: str | None = None
    """The day as of which the record is told, ISO 8601; None for today."""
    not_dated: tuple[Link, ...] = ()
    """Links of which no source tells whether they were there on that day."""
    unlisted: str | None = None
    """The day of the list that has it no more, or its title where that has no day; None where none dropped it."""
    listed_last: str | None = None
    """The last day before that on which a source has it."""
    heading_counts: Mapping[str, int] = _NOTHING
    """How many links there are under each heading."""
    heading_types: Mapping[str, Mapping[str, int]] = _NOTHING
    """Where only the first links were asked for: how many there are under each heading by type of the other end."""
    facts_of_other_years: tuple[Fact, ...] = ()
    """Facts without a day of their own that lists of other years alone have."""
    timeline: tuple[TimelineEntry, ...] | None = None
    """All that is dated of it, oldest first; None where that was not asked for, which leaves `events`."""
    type_days: TypeDays = TypeDays()
    """Of the type that it has today."""
    later_type: str | None = None
    """The label of the type that it has today, of what is told as of a day on which it is not known to have had it."""
    dated: bool = True
    """Whether as of a day anything tells that it was there by then: its opening or a list; True of today."""

    status_last: str | None = None
    """The last day on which a source states its status; None where none of those that state it has a day."""

    def evidence_of(self, *names: str) -> tuple[int, ...]:
        """Return who states one of the record's details as it is shown, or any of several.

        What nobody is known to state otherwise is stated by all that describes the record.
        """
        stated = [one for one in self.values if one.what in names]
        if not stated:
            return self.own_evidence
        return tuple(dict.fromkeys(number for one in stated if one.chosen for number in one.evidence))


class LinkPage(NamedTuple):
    """Some of a record's links; `total` counts all that the filters let through."""

    key: str
    total: int
    links: tuple[Link, ...]
    evidence: tuple[Evidence, ...]
    code: str | None = None
    """The record's own code, as that of the other end in `Link`."""
    as_of: str | None = None
    """The day as of which they are told, ISO 8601; None for today."""
    not_dated: tuple[Link, ...] = ()
    """Links of which no source tells whether they were there on that day, cut like the others."""
    total_not_dated: int = 0

    @property
    def truncated(self) -> bool:
        """Whether links were left out by limit or offset."""
        return len(self.links) < self.total or len(self.not_dated) < self.total_not_dated
