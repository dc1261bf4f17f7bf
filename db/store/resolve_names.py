"""What a record is called: its official name, and what its other names are, resolved from everyone who names it.

What a source's names are weighs more than how new it is: what a list writes in passing displaces no official name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, NamedTuple

from db.search.text import spellings
from db.statements import Cite, NameSaid

_QUOTES = dict.fromkeys(map(ord, "'’‘ʼ`´"))
_SIGNS = re.compile(r"[\W_]+")
_STRENGTH = ("official", "as-written", "trading", "short", "descriptive", "title", "welsh", "acronym", "former")
"""Kinds of names by how well a record is called by one, the best first."""
_KINDS = ("official", "acronym", "short", "trading", "welsh", "title", "as-written", "descriptive", "former")


class Naming(NamedTuple):
    """The names that one statement gives, with what they weigh."""

    rank: Any
    """Order of the source's authority, which begins with its day; an empty one is not known."""
    cites: frozenset[Cite]
    names: Sequence[NameSaid]
    describes: bool = True
    """Whether it says more of the record than to name it in passing."""
    by_document: bool = False
    """Whether it names a document that has it, and is no list that stands for itself."""

    @property
    def day(self) -> str:
        """The source's day, empty where it is not known."""
        return str(self.rank[0])


@dataclass(slots=True)
class ResolvedName:
    """A name with everyone who uses it; `official` is said of one name only."""

    name: str
    kind: str
    start: str | None
    end: str | None
    verbatim: str | None
    cites: frozenset[Cite]


class _Saying(NamedTuple):
    """One name as one statement gives it; `place` counts down, so that of equals the first weighs most."""

    by: Naming
    place: int
    name: NameSaid
    is_first: bool
    """Whether it is the statement's first, by which that calls the record where it describes it."""


def _weight(saying: _Saying) -> tuple[Any, int]:
    return (saying.by.rank, saying.place)


def _claim(saying: _Saying) -> tuple[Any, ...]:
    """How well it tells what the record is called: official names first, then by which statements describe it."""
    official = saying.name.kind == "official"
    leads = official or (saying.is_first and saying.by.describes)
    strength = -_place(_STRENGTH, saying.name.kind)
    return (official, leads, strength, saying.by.day, saying.by.by_document, *_weight(saying))


def _authority(saying: _Saying) -> tuple[Any, ...]:
    """How well it tells how the name is written."""
    return (saying.name.kind == "official", *_weight(saying))


@lru_cache(maxsize=16384)
def same_name(name: str) -> str:
    """Return what two spellings of one name share: its words, whatever their case and whatever stands between them."""
    letters = unicodedata.normalize("NFC", name).casefold().translate(_QUOTES).replace("&", " and ")
    return _SIGNS.sub(" ", letters).strip() or name


def resolve_names(said: Iterable[Naming]) -> tuple[ResolvedName, ...]:
    """Resolve what statements call a record, those of the newest source first; what it is called comes first."""
    sayings: dict[str, list[_Saying]] = {}
    places = count(0, -1)
    for by in said:
        for number, name in enumerate(by.names):
            sayings.setdefault(same_name(name.name), []).append(_Saying(by, next(places), name, number == 0))
    if not sayings:
        return ()
    called = max(sayings, key=lambda key: max(map(_claim, sayings[key]))) if len(sayings) > 1 else next(iter(sayings))
    resolved = {key: _one(sayings[key], _kind(key, called, sayings)) for key in sayings}
    first = resolved.pop(called)
    return (first, *sorted(resolved.values(), key=lambda name: (_place(_KINDS, name.kind), same_name(name.name))))


def _place(kinds: Sequence[str], kind: str) -> int:
    return kinds.index(kind) if kind in kinds else len(kinds)


def _kind(key: str, called: str, sayings: Mapping[str, Sequence[_Saying]]) -> str:
    """Return what kind of name one is: that which the newest source says that tells more than that it is one."""
    kinds = [saying.name.kind for saying in _ranked(sayings[key], _weight)]
    if "official" not in kinds:
        return kinds[0]
    if key == called:
        return "official"
    further = next((kind for kind in kinds if kind not in ("official", "as-written")), None)
    return further or ("former" if _has_passed(key, called, sayings) else "as-written")


def _has_passed(key: str, called: str, sayings: Mapping[str, Sequence[_Saying]]) -> bool:
    """Whether an official name has given way to another: it has ended, or newer sources alone have the other.

    Another spelling is the same name, and a source without a day may be new or old.
    """

    def official(one: str) -> list[_Saying]:
        return [saying for saying in sayings[one] if saying.name.kind == "official"]

    if any(saying.name.end for saying in official(key)):
        return True
    own = spellings(key)
    alike = [one for one in sayings if not own.isdisjoint(spellings(one))]
    if called in alike:
        return False
    days = {saying.by.day for one in alike for saying in official(one)} - {""}
    newest = max(saying.by.day for saying in official(called))
    return bool(days) and max(days) < newest


def _ranked(sayings: Sequence[_Saying], by: Callable[[_Saying], Any]) -> Sequence[_Saying]:
    return sayings if len(sayings) == 1 else sorted(sayings, key=by, reverse=True)


def _one(sayings: Sequence[_Saying], kind: str) -> ResolvedName:
    names = [saying.name for saying in _ranked(sayings, _weight)]
    ranked = [saying.name for saying in _ranked(sayings, _authority)]
    cites: frozenset[Cite] = frozenset()
    for saying in sayings:
        cites |= frozenset(saying.name.cites) or saying.by.cites
    return ResolvedName(
        _spelling(ranked),
        kind,
        next((name.start for name in names if name.start), None),
        names[0].end,
        next((name.verbatim for name in ranked if name.verbatim and name.kind in (kind, "official")), None),
        cites,
    )


def _spelling(ranked: Sequence[NameSaid]) -> str:
    """Return how a name is written best: as the first has it, with the capitals that somebody chose where one did."""
    alike = [name for name in ranked if name.name.casefold() == ranked[0].name.casefold()]
    return next((name.name for name in alike if name.verbatim is None), alike[0].name)
