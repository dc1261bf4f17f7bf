"""Records as a link names them: its ends, what followed one that closed, and one with which it ended."""

from typing import NamedTuple


class Party(NamedTuple):
    """A record as a link names it."""

    key: str
    name: str


class Follower(NamedTuple):
    """A record that followed another, as what is told of that names it."""

    key: str
    name: str
    name_then: str | None = None
    """What it was called on the day on which it followed, where that is another name than it has now."""
    of_several: bool = False
    """Of what followed the other end of a link: whether it is one of several, to which this link passed."""


class ClosedParty(NamedTuple):
    """A record that closed, as a link that ended with it names it."""

    key: str
    name: str
    closed: str | None
    evidence: tuple[int, ...] = ()
    """Who says so, where that was asked for."""
