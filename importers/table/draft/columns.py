"""A column of a table for which a mapping is drafted, with its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from importers.table.cells import ITEM

MOST = 2_000
"""Values of a column that are looked at."""
ENOUGH = 0.8
"""The share of values that must be of a kind."""

_NOISE = frozenset(
    "code codes cd cdh cdo nm nmw name names ods ons gss id identifier number no org organisation organization nhs the"
    " of boundary key uk current official nice full registered england list cy address".split()
)


@dataclass(slots=True)
class DraftColumn:
    """A column with its values; `kind` is what it seems to hold: ods, gss, code, name, date, town, status…"""

    place: int
    heading: str
    """Its heading as a mapping may name it."""
    values: list[str]
    """By row, empty where a cell is."""
    kind: str = "text"
    patterns: tuple[str, ...] = ()
    """How its dates are written, where it holds dates; those of ISO 8601 need no pattern."""
    heading_words: tuple[str, ...] = ()
    split: str | None = None
    """The mark between several values in one cell."""
    _filled: list[str] = field(default_factory=list)

    @property
    def filled(self) -> list[str]:
        """The values that are not empty, as far as they are looked at."""
        if not self._filled:
            self._filled = [text for text in self.values if text][:MOST]
        return self._filled

    @property
    def slot(self) -> str:
        """What a mapping puts between braces: a short name where the heading cannot stand there."""
        return self.heading if not self.needs_alias else "_".join(self.heading_words) or f"column_{self.place}"

    @property
    def needs_alias(self) -> bool:
        """Whether the heading holds what means something between braces."""
        odd = any(mark in self.heading for mark in "{}|") or self.heading.endswith("?")
        return odd or self.heading.casefold() == ITEM or self.heading.casefold().startswith(f"{ITEM}.")

    @property
    def capitals(self) -> bool:
        """Whether its texts are in capitals."""
        letters = [text for text in self.filled if any(mark.isalpha() for mark in text)]
        return bool(letters) and sum(text == text.upper() for text in letters) >= ENOUGH * len(letters)

    @property
    def stem(self) -> frozenset[str]:
        """The words of its heading that tell which body it is about."""
        kept = [word for word in self.heading_words if word not in _NOISE]
        kept += ["local", "authority"] * ("la" in kept)
        return frozenset(re.sub(r"s$", "", word) for word in kept if word != "la")

    def says(self, phrases: Sequence[str]) -> bool:
        """Whether its heading has one of some phrases in it, whole words of it."""
        text = f" {' '.join(self.heading_words)} "
        bare = re.sub(r"(?<=[a-z])\d+(?= )", "", text)
        return any(f" {phrase} " in text or f" {phrase} " in bare for phrase in phrases)

    def share(self, test: Callable[[str], object]) -> float:
        """Which share of its values pass a test."""
        return sum(bool(test(text)) for text in self.filled) / len(self.filled) if self.filled else 0.0
