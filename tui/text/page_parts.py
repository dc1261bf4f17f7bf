"""What a page is made of: sections of groups of lines, each with its words, its evidence and what it leads to."""

from __future__ import annotations

from typing import NamedTuple

from tui.text.values import Claim


class Target(NamedTuple):
    """The record that choosing a line leads to."""

    key: str
    name: str
    kind: str


class LinkColumns(NamedTuple):
    """What a list says of a link in columns beside the name, each in as few words as say it."""

    type: str
    """Of the record that it leads to, where its name does not say that."""
    role: str
    time: str
    """By the year."""
    status: str
    """Where it is not simply current."""
    sorted_as: str = ""
    """The type of the record, whatever its name says."""
    then: str = ""
    """What it was called then, where its name does not tell that: `then called Dale CCG`."""


class PageLine(NamedTuple):
    """One line: what it says (`text`), what is to be said of that (`about`), and what it rests on."""

    ident: str
    text: str
    about: str = ""
    style: str = "dim"
    """How `about` looks: dim, standing where it is not there yet, past, or basis-… of evidence."""
    date: str = ""
    """When, of what happened."""
    target: Target | None = None
    kind: str = ""
    """Of the record that the line names, whether it has a page or not."""
    key: str = ""
    label: str = ""
    """What the line says of a link or a source, where it stands under one."""
    note: str = ""
    """Of a place in a source, what is noted of how what it says is known; `about` leaves that out."""
    quote: str = ""
    url: str = ""
    evidence: tuple[int, ...] = ()
    apart: tuple[tuple[str, tuple[int, ...]], ...] = ()
    """Details that it tells and not all its evidence states: what they are called, and who states them."""
    under: tuple[PageLine, ...] = ()
    """What is said of the thing itself: facts of a link, the places in a source."""
    copy: tuple[str | None, ...] = ()
    """Its parts as data, to copy."""
    claims: tuple[Claim, ...] = ()
    """Who states what of the details that it tells, where not all say the same."""
    columns: LinkColumns | None = None
    """Of a link: `about` in columns."""
    since: str = ""
    """The day from which on a link held or was told, or on which something happened."""


class PageGroup(NamedTuple):
    """Lines under one label; `total` counts those that were left out too, and is shown where `counted`."""

    ident: str
    label: str
    lines: tuple[PageLine, ...]
    total: int
    counted: bool = False
    breakdown: str = ""
    """What the lines of it are: how many stand today and how many are past, how many are of which type."""
    remark: str = ""
    """What is so of each of them, and is not said of each."""
    heading: str = ""
    """Of links, and of what a body keeps in one, what they stand under, however that is worded."""


class PageSection(NamedTuple):
    """A titled part of the page."""

    name: str
    title: str
    groups: tuple[PageGroup, ...]


class HeadEvidence(NamedTuple):
    """Who says what the head of a page tells."""

    about: tuple[int, ...]
    """What the record is, and what it is called where no names stand below."""
    standing: tuple[int, ...]
    """How it stands, with the day where that is not `opened`."""
    summary: tuple[int, ...]
    more: int = 0
    """How many sources besides say what it is."""
    opened: tuple[str, tuple[int, ...]] = ("", ())
    """Since when it is there, as the head words it, and who says so, where those who say how it stands do not."""

    @property
    def every(self) -> tuple[int, ...]:
        """All of it, each once."""
        return tuple(dict.fromkeys((*self.about, *self.standing_and_day, *self.summary)))

    @property
    def standing_and_day(self) -> tuple[int, ...]:
        """Who says how it stands, or since when."""
        return tuple(dict.fromkeys((*self.standing, *self.opened[1])))


class RecordPage(NamedTuple):
    """The page: what the record is, then its sections in the order in which they are read; empty ones are left out."""

    key: str
    name: str
    kind: str
    about: str
    standing: str
    style: str
    """How the standing looks: standing where it is not simply open, else about."""
    summary: str
    evidence: HeadEvidence
    claims: tuple[Claim, ...]
    """As of a line: of what the head tells."""
    sections: tuple[PageSection, ...]
    caution: str = ""
    """What a reader has to know of all that stands below."""
