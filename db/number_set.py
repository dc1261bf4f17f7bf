"""Sets of record numbers of which there may be a million: a bit each where they lie close together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, MutableSet

_PAGE = 4096
"""Numbers that share a page, which is there as soon as one of them is in the set."""
_BITS = tuple(tuple(bit for bit in range(8) if byte >> bit & 1) for byte in range(256))
"""The places of the bits that are set in a byte."""
_HOLDS = re.compile(rb"[^\0]")
"""A byte that has one; most of a page have none where a set is small."""


class NumberSet(MutableSet[int]):
    """A set of numbers from 0 on, which gives them in ascending order."""

    __slots__ = ("_count", "_pages")

    def __init__(self, numbers: Iterable[int] = ()) -> None:
        self._pages: dict[int, bytearray] = {}
        self._count = 0
        self.update(numbers)

    def __len__(self) -> int:
        return self._count

    def __contains__(self, number: object) -> bool:
        if not isinstance(number, int) or number < 0:
            return False
        page = self._pages.get(number // _PAGE)
        return page is not None and bool(page[number % _PAGE >> 3] >> (number & 7) & 1)

    def __iter__(self) -> Iterator[int]:
        for place in sorted(self._pages):
            for held in _HOLDS.finditer(bytes(self._pages[place])):
                byte = place * (_PAGE >> 3) + held.start()
                for bit in _BITS[held[0][0]]:
                    yield byte << 3 | bit

    def add(self, value: int) -> None:
        """Add a number."""
        page = self._pages.get(value // _PAGE)
        if page is None:
            page = self._pages[value // _PAGE] = bytearray(_PAGE >> 3)
        byte, bit = value % _PAGE >> 3, 1 << (value & 7)
        if not page[byte] & bit:
            page[byte] |= bit
            self._count += 1

    def discard(self, value: int) -> None:
        """Remove a number where it is in the set."""
        if value in self:
            self._pages[value // _PAGE][value % _PAGE >> 3] ^= 1 << (value & 7)
            self._count -= 1

    def update(self, numbers: Iterable[int]) -> None:
        """Add numbers."""
        for number in numbers:
            self.add(number)

    def clear(self) -> None:
        """Remove all numbers."""
        self._pages.clear()
        self._count = 0
