"""Telling the ODS lists apart by what is in their rows: width, shape of codes, filled columns, words in names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from importers.base import Guess, Sample
from importers.ods_csv.families import Family, lists
from importers.ods_csv.table import rows

WIDTHS = (27, 24)
ENOUGH = 0.6
"""The share of rows that must fit a family."""

SAMPLE_ROWS = 300
CHANGE_FILE_ROWS = 1_000
"""A list in which every row is marked as amended is a change file below this many rows; newer full lists mark all."""

_CODE = re.compile(r"[A-Z0-9]{3,10}")
_DATE = re.compile(r"\d{8}")
_EMPTY = (18, 19, 20, 22)
"""Columns 19, 20, 21 and 23, which no list uses."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which list it is, and how many of the rows looked at fit it."""

    family: str
    fitting: int
    seen: int

    @property
    def share(self) -> float:
        """Of the rows looked at, 0 to 1."""
        return self.fitting / self.seen if self.seen else 0.0


def is_heading(cells: Sequence[str]) -> bool:
    """Whether a first row is a heading, as reports with headings have it."""
    first = re.sub(r"[^a-z]", "", cells[0].lower()) if cells else ""
    return first in ("code", "organisationcode", "organisationid", "orgcode", "odscode")


def recognise(table: Iterable[Sequence[str]], small: bool) -> Recognised | None:
    """The list that most rows fit, None where none does; `small` says that the file is no longer than a change file."""
    votes: Counter[str] = Counter()
    amended: list[bool] = []
    seen = 0
    for place, raw in enumerate(table):
        cells = [cell.strip() for cell in raw]
        if place == 0 and is_heading(cells):
            continue
        seen += 1
        for name in _fits(cells):
            votes[name] += 1
            if name == "epraccur":
                amended.append(len(cells) > 21 and cells[21] == "1")
    if not votes:
        return None
    practitioners = votes.pop("practitioner", 0)
    if votes["epraccur"] and (practitioners or (small and amended and all(amended))):
        return Recognised("egpam", votes["epraccur"] + practitioners, seen)
    best = max(sorted(votes), key=lambda name: votes[name], default=None)
    return Recognised(best, votes[best], seen) if best and votes[best] else None


def _fits(cells: list[str]) -> list[str]:
    """The families that a row may belong to."""
    if len(cells) == 6:
        return ["epcmem"] if _is_membership(cells) else []
    if len(cells) not in WIDTHS or not _CODE.fullmatch(cells[0]) or not cells[1]:
        return []
    if any(cells[place] for place in _EMPTY) or not all(_date_or_none(cells[place]) for place in (10, 11, 15, 16)):
        return []
    if is_practitioner(cells):
        return ["practitioner"]
    return [family.name for family in lists().families.values() if _fits_family(cells, family)]


def is_practitioner(cells: Sequence[str]) -> bool:
    """Whether a row is about a person who prescribes rather than an organisation."""
    known = lists()
    if known.practitioner_code.fullmatch(cells[0]):
        return True
    return bool(cells[12]) and cells[12] in known.statuses and cells[13] in known.practitioner_types


def _is_membership(cells: list[str]) -> bool:
    code, parent, kind, start, end, mark = cells
    return (
        bool(_CODE.fullmatch(code) and _CODE.fullmatch(parent))
        and len(kind) <= 2
        and _date_or_none(start)
        and _date_or_none(end)
        and mark in ("0", "1", "")
    )


def _fits_family(cells: list[str], family: Family) -> bool:
    if not family.code.fullmatch(cells[0]):
        return False
    if family.said is not None and not family.said.search(cells[1]):
        return False
    if family.has_parent is not None and bool(cells[14]) != family.has_parent:
        return False
    return bool(cells[12]) == family.has_status


def _date_or_none(cell: str) -> bool:
    return not cell or _DATE.fullmatch(cell) is not None


@lru_cache(maxsize=4)
def look(sample: Sample) -> Recognised | None:
    """Recognise from the start of an input; its last row may be cut and is left out unless it is all there is."""
    text = sample.text
    if "," not in text[:2000] or text.lstrip().startswith(("<", "{", "[")) or b"\x00" in sample.head[:64]:
        return None
    table = [row.cells for row in islice(rows(text), SAMPLE_ROWS + 1) if row.problem is None]
    if not sample.whole and len(table) > 1:
        table.pop()
    small = sample.size is not None and sample.size < CHANGE_FILE_ROWS * 250
    found = recognise(table[:SAMPLE_ROWS], small)
    return found if found is not None and found.share >= ENOUGH else None


def guess(sample: Sample, families: Iterable[str], title: str | None = None) -> Guess | None:
    """How sure it is that an input is one of some families, and why."""
    found = look(sample)
    if found is None or found.family not in families:
        return None
    known = lists()
    named = title or known.families[found.family].title
    why = f"{found.fitting} of its first {found.seen} rows have the columns and codes of {found.family} ({named})"
    return Guess(round(0.5 + 0.48 * found.share, 3), why)
