"""What lists are made of: results of a search, a record in one line, and how many records there are of a type.

Apart from `db.model`, because a search from the shell does without all that a record in full consists of.
"""

from typing import NamedTuple


class HeldPost(NamedTuple):
    """A post of a person in a few words, `chief executive, NHS Confederation`, and how it stands, as links do."""

    text: str
    status: str | None = None
    until: str | None = None
    listed_last: str | None = None


class Brief(NamedTuple):
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
    posts: tuple[HeldPost, ...] = ()
    """Of a person in a list of results, the posts that tell who it is."""
    dated: bool = True
    """Whether as of a day anything tells that it was there by then: its opening or a list; True of today."""


KINDS_OF_MATCH = ("code", "exact", "acronym", "prefix", "word", "substring", "fuzzy")
"""The surest first."""


class Match(NamedTuple):
    """Why a record was found: `how` is one of the kinds of match."""

    field: str
    text: str
    how: str


class Hit(NamedTuple):
    """A search result; `score` runs 0 to 100 and never contradicts the order."""

    brief: Brief
    score: float
    matched: Match
    explain: str | None = None


class Results(NamedTuple):
    """What a search found, best first; `total` counts all that matches, `hint` helps where nothing was found."""

    query: str
    total: int
    hits: tuple[Hit, ...]
    hint: str | None = None
    total_is_exact: bool = True
    """Whether no more than `total` match; where it is not, so many were counted and there may be more."""
    as_of: str | None = None
    """The day as of which they are told, ISO 8601; None for today."""
    closed_left_out: int = 0
    """How many closed ones match and were not asked for."""
    closed_left_out_is_exact: bool = True
    words_left_out: tuple[str, ...] = ()
    """Words that no record has beside the others, without which these were found; the hint says so."""

    @property
    def truncated(self) -> bool:
        """Whether matches were left out, or may have been."""
        return len(self.hits) < self.total or not self.total_is_exact

    @property
    def counted(self) -> str:
        """How many match, for people: `12,345`, or `5,000+` where there may be more."""
        return counted(self.total, self.total_is_exact)

    def advice(self, to_show_closed: str) -> str | None:
        """Return what to do for more or better matches; `to_show_closed` is what does so where the person is."""
        said = [self.hint] if self.hint else []
        if self.closed_left_out:
            one = self.closed_left_out == 1 and self.closed_left_out_is_exact
            number = counted(self.closed_left_out, self.closed_left_out_is_exact)
            words = "closed one matches" if one else "closed ones match"
            said.append(f"{number} {words}: {to_show_closed} shows {'it' if one else 'them'}")
        return "; ".join(said) or None


def counted(number: int, exact: bool) -> str:
    """Return a number as people read it: `12,345`, or `5,000+` where so many were counted and there may be more."""
    return f"{number:,}" if exact else f"{number:,}+"


class TypeCount(NamedTuple):
    """How many records there are of a type, None where none is told: those not known to be closed, and all."""

    kind: str
    type: str | None
    label: str | None
    current: int
    total: int
