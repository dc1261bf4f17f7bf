"""Times and places: how long searches take, and where they put what was meant."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tests.benchmarks.searching.queries import Asked

Search = Callable[[str], list[str]]
"""A way to search: keys of what it finds for a text, best first."""


class Times(NamedTuple):
    """Milliseconds of processor time that searches took."""

    number: int
    p50: float
    p95: float
    worst: float
    worst_text: str


class Found(NamedTuple):
    """Where searches put the record meant."""

    number: int
    first: float
    ten: float
    reciprocal: float


def timed(search: Search, texts: Iterable[str]) -> Times:
    """Search for each text in turn, as one types; processor time, for other programs share the machine."""
    return _times([_taken(search, text) for text in texts])


def timed_beside(search: Search, slow: Search, texts: Sequence[str], number: int) -> tuple[Times, Times]:
    """Time both on the same texts, the slow one on so many of them, spread evenly: the machine's speed varies."""
    every = max(1, len(texts) // number)
    taken: list[tuple[float, str]] = []
    beside: list[tuple[float, str]] = []
    for place, text in enumerate(texts):
        taken.append(_taken(search, text))
        if place % every == 0:
            beside.append(_taken(slow, text))
    return _times(taken), _times(beside)


def _taken(search: Search, text: str) -> tuple[float, str]:
    started = time.process_time()
    search(text)
    return (time.process_time() - started) * 1000, text


def _times(taken: list[tuple[float, str]]) -> Times:
    numbers = sorted(one for one, _ in taken)
    worst, text = max(taken)
    return Times(len(taken), statistics.median(numbers), numbers[int(len(numbers) * 0.95)], worst, text)


def found(search: Search, queries: list[Asked]) -> Found:
    """Search for each query and look for the record meant among the first ten."""
    places = []
    for one in queries:
        keys = search(one.text)[:10]
        places.append(keys.index(one.key) + 1 if one.key in keys else 0)
    number = max(len(places), 1)
    return Found(
        len(places),
        sum(place == 1 for place in places) / number,
        sum(place > 0 for place in places) / number,
        sum(1 / place for place in places if place) / number,
    )
