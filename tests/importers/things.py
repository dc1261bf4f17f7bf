"""Importers and inputs made for a test."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import cache

from db.statements import Reading, SourceSaid
from importers.base import Guess, Input, ReadOptions, Sample
from importers.registry import Installed, Registry, load


@dataclass
class Fake:
    """An importer that is as sure as it is told to be of whatever starts with its word."""

    name: str
    score: float = 0.9
    word: bytes = b""
    describes: str = "made for a test"
    extensions: tuple[str, ...] = ()
    question: str | None = None

    def sniff(self, sample: Sample) -> Guess | None:
        """Sure or not at all."""
        if self.score > 1:
            raise RuntimeError("cannot look")
        guess = Guess(self.score, f"it is {self.name}", self.question)
        return guess if sample.head.startswith(self.word) else None

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """Nothing is in it."""
        return Reading(SourceSaid(f"file:{self.name}", self.name), ())


def registry(*importers: Fake) -> Registry:
    """These importers and no others."""
    return Registry(tuple(Installed(importer, "tests") for importer in importers))


def given(content: bytes | str, name: str = "thing.csv", named: bool = True) -> Input:
    """An input that holds this."""
    data = content.encode() if isinstance(content, str) else content
    return Input(name, name, lambda: io.BytesIO(data), len(data), named=named)


@cache
def installed() -> Registry:
    """The importers at hand, looked for once."""
    return load()
