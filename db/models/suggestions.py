"""What an import believes and a person has not confirmed."""

from __future__ import annotations

from dataclasses import dataclass

from db.model import Evidence


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
