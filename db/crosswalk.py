"""Which codes mean one body, and by which other names lists mean it: data that the program brings along.

A body has the same key in every register, whichever of its codes is met first. Where each file of `crosswalks/` is from
and how it was made stands in `crosswalks/crosswalks.yaml`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "crosswalks"
FILES = {
    "councils": "organisation", "boards": "organisation", "names": "organisation", "arrangements": "arrangement",
    "sites": "site",
}  # fmt: skip
"""The kind of what each file tells of."""


@dataclass(frozen=True, slots=True)
class CrosswalkBody:
    """A body as a crosswalk has it."""

    key: str
    codes: tuple[str, ...]
    """All its codes, each written as a key; its own key is the first."""
    name: str
    names: tuple[str, ...]
    """By which lists of such bodies mean it, its own among them; empty where they have no other."""
    kind: str
    crosswalk: str
    """The file that tells of it, without its ending."""


def same_body(code: str) -> CrosswalkBody | None:
    """Return the body that a code means, None where no crosswalk has it."""
    return _by_code().get(code)


@cache
def _by_code() -> Mapping[str, CrosswalkBody]:
    return {code: one for one in bodies() if len(one.codes) > 1 for code in one.codes}


@cache
def bodies() -> tuple[CrosswalkBody, ...]:
    """Return what all crosswalks tell of."""
    return tuple(one for name, kind in FILES.items() for one in _read(name, kind))


def _read(crosswalk: str, kind: str) -> Iterator[CrosswalkBody]:
    with (FOLDER / f"{crosswalk}.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for key, codes, name, called in rows:
            names = (name, *called.split(";")) if called else ()
            yield CrosswalkBody(key, (key, *codes.split()), name, names, kind, crosswalk)
