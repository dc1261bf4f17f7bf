"""Which body a name without a code means: a pure function of the name and of the bodies that may be meant.

One body that has the name is meant; of several, one that stood on the day of the list, then one that has it as its
official name. Anything less is no more than a candidate for a person to look at, with a score.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from db.data_files import load_data
from db.dates import earliest, latest
from db.search.text import expanded, plain, spellings

RULE = "name-without-code"
ENOUGH = 75
"""The score from which on a body is worth a person's look."""
_NEAR = ENOUGH - 0.1
"""The same before it is rounded."""
_CORE = 0.95
"""What likeness of the telling words alone is worth."""
MOST = 5
"""Candidates that a suggestion names."""
_NEVER_ALONE = ("short", "acronym")
"""Kinds of names that several bodies share too often."""


@dataclass(frozen=True)
class Sought:
    """A body that is known by its name alone: how it is called, what it is said to be, and by a list of when."""

    names: tuple[str, ...]
    type: str | None = None
    published: str | None = None

    @cached_property
    def forms(self) -> frozenset[str]:
        """The spellings that mean the same name."""
        return frozenset(form for name in self.names for form in spellings(name))


@dataclass(frozen=True, slots=True)
class Body:
    """A name of a body with what tells whether it may be meant."""

    record: int
    key: str
    shown: str
    name: str
    kind: str
    type: str | None = None
    is_open: bool | None = None
    opened: str | None = None
    closed: str | None = None

    def stood(self, published: str | None) -> bool:
        """Whether it was there at the time of a list; without a time, whether it may be there now."""
        if published is None or latest(published) is None:
            return self.is_open is not False
        day, first = latest(published) or "", earliest(published) or ""
        opened, closed = earliest(self.opened), latest(self.closed)
        if closed is None and self.is_open is False:
            return False
        return (opened is None or opened <= day) and (closed is None or closed >= first)


@dataclass(frozen=True, slots=True)
class LikelyBody:
    """A body that may be meant, and how like its name is, from 0 to 100."""

    key: str
    name: str
    score: float


@dataclass(frozen=True, slots=True)
class Decision:
    """The record that is meant, None where that is for a person to say among the candidates."""

    record: int | None
    candidates: tuple[LikelyBody, ...] = ()


@cache
def _sorts() -> tuple[frozenset[str], ...]:
    """The words that tell what a body is, by sort."""
    return tuple(frozenset(words.split()) for words in load_data("db.entities", "likeness.yaml")["sorts"])


@lru_cache(maxsize=50_000)
def sort_of(name: str) -> int | None:
    """Return which sort of body a name tells of, None where it tells none."""
    words = frozenset(expanded(plain(name)).split())
    return next((sort for sort, telling in enumerate(_sorts()) if not words.isdisjoint(telling)), None)


def is_other_sort(name: str, body: Body) -> bool:
    """Whether a name tells of another sort of body than a body's own name or type does, which has another name."""
    asked, found = sort_of(name), sort_of(f"{body.name} {(body.type or '').replace('-', ' ')}")
    return None not in (asked, found) and asked != found and spellings(name).isdisjoint(spellings(body.name))


@cache
def _likeness() -> tuple[Mapping[str, frozenset[str]], Mapping[str, frozenset[str]]]:
    """By type all that may be called so; and the lists of likeness.yaml by their names."""
    data = load_data("db.entities", "likeness.yaml")
    related: dict[str, frozenset[str]] = {}
    for family in data["families"]:
        for one in family:
            related[one] = related.get(one, frozenset()) | frozenset(family)
    lists = ("not_bodies", "unique_names", "kind_words")
    return related, {name: frozenset(data[name].split()) for name in lists}


def is_body(type_: str | None) -> bool:
    """Whether what is of a type is a body of its own, as far as is known."""
    return type_ not in _likeness()[1]["not_bodies"]


def has_name_alone(type_: str | None) -> bool:
    """Whether no other body has the official name of one of a type."""
    return type_ in _likeness()[1]["unique_names"]


def related(type_: str) -> frozenset[str]:
    """Return the types that a list may mean by one."""
    return _likeness()[0].get(type_, frozenset()) | {type_}


def may_be(asked: str | None, found: str | None) -> bool:
    """Whether a body of type `found` can be what a list takes for one of type `asked`."""
    if asked is None or found is None:
        return is_body(found)
    return found in related(asked)


def decide(asked: Sought, bodies: Iterable[Body], rejected: Collection[str] = ()) -> Decision:
    """Decide by the bodies that have exactly the name; `rejected` are keys that a person has ruled out."""
    named = [one for one in bodies if one.key not in rejected and not asked.forms.isdisjoint(spellings(one.name))]
    fitting = [one for one in named if may_be(asked.type, one.type)]
    meant = _only([one for one in fitting if one.kind not in _NEVER_ALONE], asked.published)
    # What a list does not tell the kind of may be anything; a person can tell a service from the body of that name.
    worth = named if asked.type is None else fitting
    return Decision(meant, () if meant is not None else _candidates(asked, worth, rejected))


def _only(bodies: Sequence[Body], published: str | None) -> int | None:
    """Return the one record that is meant: of those that stood then, the one that has the name officially."""
    standing = [one for one in bodies if one.stood(published)] or list(bodies)
    official = {one.record for one in standing if one.kind == "official"}
    meant = official or {one.record for one in standing}
    if len(meant) != 1:
        return None
    # A body that has closed and had the name officially is as likely to be meant as one that goes by it now.
    rivals = {one.record for one in bodies if one.kind == "official"} - meant
    return None if rivals and not official else next(iter(meant))


def with_like(asked: Sought, decision: Decision, bodies: Iterable[Body], rejected: Collection[str] = ()) -> Decision:
    """Add to an open decision the bodies whose names are like the one asked for."""
    like = [one for one in bodies if may_be(asked.type, one.type)]
    found = {one.key: one for one in _candidates(asked, like, rejected)}
    found |= {one.key: one for one in decision.candidates}
    return Decision(None, _best(found.values()))


def _candidates(asked: Sought, bodies: Iterable[Body], rejected: Collection[str]) -> tuple[LikelyBody, ...]:
    best: dict[str, LikelyBody] = {}
    for body in bodies:
        if body.key in rejected:
            continue
        score = max(0.0 if is_other_sort(name, body) else likeness(name, body.name) for name in asked.names)
        if score >= ENOUGH and (body.key not in best or score > best[body.key].score):
            best[body.key] = LikelyBody(body.key, body.shown, score)
    return _best(best.values())


def _best(candidates: Iterable[LikelyBody]) -> tuple[LikelyBody, ...]:
    return tuple(sorted(candidates, key=lambda one: (-one.score, one.key))[:MOST])


def likeness(one: str, other: str) -> float:
    """Return how like two names are, from 0 to 100: whole, or a little less by the words that tell which body it is,
    which have to be alike.
    """
    from rapidfuzz import fuzz  # 40 ms, for imports with names that match none

    if not spellings(one).isdisjoint(spellings(other)):
        return 100.0
    (first, first_core), (second, second_core) = _sorted(one), _sorted(other)
    # Both are sorted already, which is what makes it the comparison of words in any order.
    score = min(fuzz.ratio(first, second), 99.0)
    if first_core and second_core:
        core = fuzz.ratio(first_core, second_core)
        # Where they are alike in what bodies are called, and not in which body it is, they are not alike.
        score = max(score, _CORE * core) if core >= _NEAR else min(score, core)
    return round(score, 1)


@dataclass(frozen=True, slots=True)
class ComparedBodies:
    """Bodies with their names as `likeness` compares them: those that may be like a name are found a hundred times as
    fast as by comparing each."""

    bodies: tuple[Body, ...]
    wholes: tuple[str, ...]
    cores: tuple[str, ...]

    @classmethod
    def of(cls, bodies: Sequence[Body]) -> ComparedBodies:
        """Make ready to compare some bodies with many names."""
        names = [_sorted(one.name) for one in bodies]
        return cls(tuple(bodies), tuple(whole for whole, _ in names), tuple(core for _, core in names))

    def near(self, names: Iterable[str]) -> list[Body]:
        """Return the bodies that are like one of some names, and few others; not those that are only spelt alike."""
        from rapidfuzz import fuzz, process  # as in `likeness`

        found: set[int] = set()
        for name in names:
            whole, core = _sorted(name)
            near = [(whole, self.wholes, _NEAR)] + ([(core, self.cores, _NEAR / _CORE)] if core else [])
            for text, others, least in near:
                matches = process.extract(text, others, scorer=fuzz.ratio, limit=None, score_cutoff=least)
                found.update(place for _, _, place in matches)
        return [self.bodies[place] for place in sorted(found)]


@lru_cache(maxsize=50_000)
def _sorted(name: str) -> tuple[str, str]:
    """The words of a name in order: all of them, and those that tell which body it is."""
    words = sorted(expanded(plain(name)).split())
    return " ".join(words), " ".join(word for word in words if word not in _likeness()[1]["kind_words"])


def telling_words(name: str) -> frozenset[str]:
    """Return the words of a name that tell which body it is, and all words of one that has none."""
    whole, core = _sorted(name)
    return frozenset((core or whole).split())
