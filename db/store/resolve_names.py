"""Which of a record's names is the official one, and which are former: resolved from everyone who names it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from db.statements import Cite, NameSaid

_SPACES = re.compile(r"\s+")
_QUOTES = str.maketrans("’‘ʼ`´", "'''''")
_KINDS = ("official", "acronym", "short", "trading", "welsh", "title", "as-written", "former")


@dataclass(slots=True)
class ResolvedName:
    """A name with everyone who uses it; `official` is said of one name only."""

    name: str
    kind: str
    start: str | None
    end: str | None
    verbatim: str | None
    cites: frozenset[Cite]


@lru_cache(maxsize=16384)
def same_name(name: str) -> str:
    """Return what two spellings of one name share: case, white space and the shape of apostrophes aside."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", name).translate(_QUOTES)).strip().casefold()


def resolve_names(said: Iterable[tuple[Any, frozenset[Cite], Sequence[NameSaid]]]) -> tuple[ResolvedName, ...]:
    """Resolve names given as (rank of the source, its evidence, its names); the official one comes first."""
    sayings: dict[str, list[tuple[Any, int, NameSaid, frozenset[Cite]]]] = {}
    officials: list[tuple[Any, int, str]] = []
    for rank, cites, names in said:
        for place, name in enumerate(names):
            key = same_name(name.name)
            sayings.setdefault(key, []).append((rank, -place, name, frozenset(name.cites) or cites))
            if name.kind == "official":
                officials.append((rank, -place, key))
    official = max(officials)[2] if officials else None
    resolved = [_one(key == official, sayings[key]) for key in sayings]
    return tuple(sorted(resolved, key=lambda name: (_place(name.kind), same_name(name.name))))


def _place(kind: str) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _kind(told: Sequence[str]) -> str:
    """Return the kind of a name that is not the official one; once so, it is former however others write it."""
    passing = ("official", "as-written") if "official" in told else ("official",)
    return next((kind for kind in told if kind not in passing), "former")


def _one(official: bool, sayings: list[tuple[Any, int, NameSaid, frozenset[Cite]]]) -> ResolvedName:
    ranked = sorted(sayings, key=lambda saying: saying[:2], reverse=True)
    names = [name for _, _, name, _ in ranked]
    kind = "official" if official else _kind([name.kind for name in names])
    shown = next((name for name in names if name.verbatim is None), names[0])
    cites: frozenset[Cite] = frozenset()
    for *_, one in ranked:
        cites |= one
    return ResolvedName(
        shown.name,
        kind,
        next((name.start for name in names if name.start), None),
        names[0].end,
        next((name.verbatim for name in names if name.verbatim), None),
        cites,
    )
