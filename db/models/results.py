"""What a search returns."""

from __future__ import annotations

from db.models.brief import Brief
from db.tuples import NamedTuple


class Match(NamedTuple):
    """Why a record was found: `how` is code, exact, acronym, prefix, word, substring or fuzzy."""

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
    """What a search found, best first; `total` counts all matches known, `hint` helps where nothing was found."""

    query: str
    total: int
    hits: tuple[Hit, ...]
    hint: str | None = None

    @property
    def truncated(self) -> bool:
        """Whether matches were left out by the limit."""
        return len(self.hits) < self.total
