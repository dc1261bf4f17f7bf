"""How a reader has arranged a list, so that back brings it back as it was left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ListState:
    """The marked line, the place, and what is shown of the groups; every list looks only at what it knows of."""

    line: str = ""
    """Ident of the marked item; empty where nobody has been there yet."""
    scroll: int = 0
    """How many rows it is scrolled down."""
    shown: Mapping[str, int] = field(default_factory=dict)
    """How many entries of which group are shown, where not the first few."""
