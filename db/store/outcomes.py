"""What making records say what was resolved came to, for a million of them in a few bytes each."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass

_PAGE = 1024
"""Records that share a page, which is there as soon as something came of one of them."""


@dataclass(slots=True, unsafe_hash=True)
class Outcome:
    """What making one record say what was resolved came to."""

    made: bool = False
    updated: bool = False
    closed: bool = False
    reopened: bool = False
    gone: bool = False
    links: int = 0

    def followed_by(self, later: Outcome) -> Outcome:
        """Return what this and what came of the same record afterwards came to."""
        return Outcome(
            self.made or later.made,
            self.updated or later.updated,
            self.closed or later.closed,
            self.reopened or later.reopened,
            self.gone or later.gone,
            self.links + later.links,
        )


class Outcomes(MutableMapping[int, Outcome]):
    """Outcomes by record, in ascending order; they must not change, as most records share one with others."""

    def __init__(self) -> None:
        self._pages: dict[int, array[int]] = {}
        self._kinds: dict[Outcome, int] = {}
        self._listed: list[Outcome] = []

    def __getitem__(self, record: int) -> Outcome:
        page = self._pages.get(record // _PAGE)
        kind = page[record % _PAGE] if page is not None else 0
        if not kind:
            raise KeyError(record)
        return self._listed[kind - 1]

    def __setitem__(self, record: int, outcome: Outcome) -> None:
        kind = self._kinds.get(outcome)
        if kind is None:
            self._listed.append(outcome)
            kind = self._kinds[outcome] = len(self._listed)
        page = self._pages.get(record // _PAGE)
        if page is None:
            page = self._pages[record // _PAGE] = array("I", bytes(4 * _PAGE))
        page[record % _PAGE] = kind

    def __delitem__(self, record: int) -> None:
        self[record]
        self._pages[record // _PAGE][record % _PAGE] = 0

    def __iter__(self) -> Iterator[int]:
        for place in sorted(self._pages):
            for record, kind in enumerate(self._pages[place], place * _PAGE):
                if kind:
                    yield record

    def __len__(self) -> int:
        return sum(1 for _ in self)
