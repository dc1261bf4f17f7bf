"""Rows that were refused: of each kind of reason the first are kept, and all are counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from db.reports import Reject

KEPT = 1_000
"""Rows that are kept of each kind of reason in a source."""
KEPT_IN_ALL = 50_000
"""Rows that are kept of a run; beyond, one of each kind."""
_KINDS = 100
"""Kinds of reasons that are told apart in a source."""
_OTHER = "other reasons"
_VALUES = re.compile(r"(?<!\w)'.*?'(?!\w)|[\w.:/-]*\d[\w.:/-]*|\b[A-Z]{2,}\b", re.S)
"""What a reason quotes, numbers and days, and codes such as RLQ."""


def kind_of(reason: str) -> str:
    """Return what reasons share that differ in the values they name: `… is on line … already`."""
    return _VALUES.sub("…", reason)


class Refusals:
    """The refused rows of a source, with as much of them as is kept, in their order."""

    def __init__(self, room: int = KEPT_IN_ALL) -> None:
        self.kept: list[Reject] = []
        self.count = 0
        """How many there were in all."""
        self._room = room
        self._of_kind: Counter[str] = Counter()

    def add(self, row: Reject) -> None:
        """Count a row, and keep it if it is one of the first of its kind."""
        kind = kind_of(row.reason)
        if kind not in self._of_kind and len(self._of_kind) >= _KINDS:
            kind = _OTHER
        if self._of_kind[kind] < (KEPT if len(self.kept) < self._room else 1):
            self.kept.append(row)
        self._of_kind[kind] += 1
        self.count += 1


def reasons(rejects: Iterable[Reject]) -> list[tuple[str, int]]:
    """Return each kind of reason with its number of rows, the commonest first: as a sentence where it is always one."""
    counts: Counter[str] = Counter()
    sentences: dict[str, set[str]] = {}
    for row in rejects:
        kind = kind_of(row.reason)
        counts[kind] += 1
        sentences.setdefault(kind, set()).add(row.reason)
    return [
        (min(sentences[kind]) if len(sentences[kind]) == 1 else kind, count) for kind, count in counts.most_common()
    ]
