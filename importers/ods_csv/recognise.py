"""Telling the ODS lists apart by what is in their rows: width, shape of codes, filled columns, words in names.

The name of a file decides only between lists that its rows fit alike.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from importers.base import Guess, Sample
from importers.csv_rows import CsvRow, lines_of
from importers.ods_csv.cells import data_rows
from importers.ods_csv.lists import UNKNOWN, OdsList, lists

WIDTHS = (27, 26, 25, 24, 23, 22)
"""Columns of a list: 27, in old exports 24; a spreadsheet drops those at the end in which nothing stands."""

MEMBERSHIP_WIDTH = 6
ENOUGH = 0.6
"""The share of rows that must fit a list."""

NEARLY = 0.9
"""The list that a file is named after may fit this much less than the best one."""

SAMPLE_ROWS = 300
CHANGE_FILE_ROWS = 1_000
"""A list in which every row is marked as amended is a change file below this many rows; newer full lists mark all."""

EGPAM = "egpam"
PEOPLE = "people"
_COMMON = UNKNOWN.name

_CODE = re.compile(r"[A-Z0-9]{1,12}")
_DATE = re.compile(r"\d{8}")
_EMPTY = (18, 19, 20, 22)
"""Columns 19, 20, 21 and 23, which no list uses."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """Which list it is, and how many of the rows looked at fit it."""

    ods_list: str
    """The name of a list, `egpam`, `people`, or `list` for one that only has the common columns."""
    fitting: int
    seen: int
    alike: tuple[str, ...] = ()
    """The lists that its rows fit equally, where they are several; `ods_list` is `list` then."""

    @property
    def share(self) -> float:
        """Of the rows looked at, 0 to 1."""
        return self.fitting / self.seen if self.seen else 0.0


def recognise(table: Iterable[Sequence[str]], small: bool, name: str = "") -> Recognised | None:
    """The list that most rows fit, None where none does.

    `small` says that the file is no longer than a change file; `name` is the file's own.
    """
    votes: Counter[str] = Counter()
    amended: list[bool] = []
    seen = 0
    for raw in table:
        cells = [cell.strip() for cell in raw]
        seen += 1
        fitting = _fits(cells)
        votes.update(fitting)
        if "epraccur" in fitting:
            amended.append(cells[21] == "1")
    named = called(name)
    people = votes.pop(PEOPLE, 0)
    practices = votes["epraccur"]
    other = named is not None and named != "epraccur" and votes[named] >= NEARLY * practices
    if practices and not other and (people or (small and all(amended))):
        return Recognised(EGPAM, practices + people, seen)
    if people > max(votes.values(), default=0) or (people and named in lists().people):
        return Recognised(PEOPLE, people, seen)
    return _elect(votes, seen, named)


def _elect(votes: Counter[str], seen: int, named: str | None) -> Recognised | None:
    """The list with most rows; of several, the one that the file is named after, if it is named after one."""
    common = votes.pop(_COMMON, 0)
    known = lists().organisations
    votes.update({one: _fitting(ods_list, votes) for one, ods_list in known.items() if ods_list.lists})
    suggested = {one: count for one, count in votes.items() if one not in known or not known[one].by_name}
    best = max(suggested.values(), default=0)
    if named and votes[named] and votes[named] >= NEARLY * best:
        return Recognised(named, votes[named], seen)
    tied = sorted(one for one, count in suggested.items() if count == best and best)
    # A list put together from two is meant only where both are there.
    first = [one for one in tied if one not in known or not known[one].lists] or tied
    if len(first) == 1 and best >= ENOUGH * common:
        return Recognised(first[0], best, seen)
    if named is not None and named in known and common:
        return Recognised(named, common, seen)
    if not common:
        return None
    return Recognised(_COMMON, common, seen, tuple(first) if best >= ENOUGH * common else ())


def _fitting(ods_list: OdsList, votes: Mapping[str, int]) -> int:
    return sum(votes[one.name] for one in ods_list.lists)


def called(name: str) -> str | None:
    """The list that a file is named after (`etr-2025-07.csv`, `etr_changes_20250301_to_20250424`), None for none."""
    words = re.findall(r"[a-z]+", name.lower())
    return next((lists().names[word] for word in words if word in lists().names), None)


def is_change_file(name: str) -> bool:
    """Whether a file's name says that it holds what changed since a day, and not all there is."""
    return re.search(r"_changes?(?![a-z])", name, re.I) is not None


def _fits(cells: list[str]) -> list[str]:
    """The lists that a row may belong to, `list` among them where it has the common columns."""
    if len(cells) == MEMBERSHIP_WIDTH:
        return _memberships(cells)
    if len(cells) not in WIDTHS or not _CODE.fullmatch(cells[0]) or not cells[1]:
        return []
    if any(cells[place] for place in _EMPTY if place < len(cells)):
        return []
    if not all(_date_or_none(cells[place]) for place in (10, 11, 15, 16)):
        return []
    if is_practitioner(cells):
        return [PEOPLE]
    known = lists().organisations.values()
    return [_COMMON, *(one.name for one in known if not one.lists and _fits_list(cells, one))]


def is_practitioner(cells: Sequence[str]) -> bool:
    """Whether a row is about a person who prescribes rather than an organisation."""
    known = lists()
    if known.people_code.fullmatch(cells[0]) or known.practitioner_code.fullmatch(cells[0]):
        return True
    return len(cells) > 13 and bool(cells[12]) and cells[12] in known.statuses and cells[13] in known.practitioner_types


def _memberships(cells: list[str]) -> list[str]:
    code, parent, kind, start, end, mark = cells
    if not (_CODE.fullmatch(code) and _CODE.fullmatch(parent) and len(kind) <= 2 and mark in ("0", "1", "")):
        return []
    if not (_date_or_none(start) and _date_or_none(end)):
        return []
    if lists().people_code.fullmatch(code):
        return [PEOPLE]
    return [one.name for one in lists().memberships.values() if one.code.fullmatch(code)]


def _fits_list(cells: list[str], ods_list: OdsList) -> bool:
    code, parent = cells[0], cells[14]
    modern = ods_list.modern is not None and ods_list.modern.fullmatch(code)
    if not modern and (ods_list.code is None or not ods_list.code.fullmatch(code)):
        return False
    if ods_list.said is not None and not ods_list.said.search(cells[1]):
        return False
    if ods_list.has_parent is not None and bool(parent) != ods_list.has_parent:
        return False
    if parent and ods_list.parent_code is not None and not ods_list.parent_code.fullmatch(parent):
        if ods_list.modern is None or not ods_list.modern.fullmatch(parent):
            return False
    return ods_list.has_status is None or bool(cells[12]) == ods_list.has_status


def _date_or_none(cell: str) -> bool:
    return not cell or _DATE.fullmatch(cell) is not None


@lru_cache(maxsize=4)
def look(sample: Sample) -> Recognised | None:
    """Recognise from the start of an input; its last row may be cut and is left out unless it is all there is."""
    text = sample.text
    if "," not in text[:2000] or text.lstrip().startswith(("<", "{", "[")):
        return None
    table: list[CsvRow] = list(islice(data_rows(lines_of(text)), SAMPLE_ROWS + 1))
    if not sample.whole and len(table) > 1:
        table.pop()
    small = sample.size is not None and sample.size < CHANGE_FILE_ROWS * 250
    sound = [row.cells for row in table[:SAMPLE_ROWS] if row.problem is None]
    found = recognise(sound, small, sample.name)
    return found if found is not None and found.share >= ENOUGH else None


def guess(sample: Sample, names: Iterable[str], title: str) -> Guess | None:
    """How sure it is that an input is one of some lists, and why; or what has to be told before it can be read."""
    found = look(sample)
    if found is None or found.ods_list not in names:
        return None
    listed = lists().organisations.get(found.ods_list) or lists().memberships.get(found.ods_list)
    title = listed.title if listed else title
    why = f"{found.fitting} of its first {found.seen} rows have the columns and codes of {found.ods_list} ({title})"
    return Guess(round(0.5 + 0.48 * found.share, 3), why, question(found, sample.name))


def question(found: Recognised, name: str) -> str | None:
    """Why a list cannot be read as it is and what to do, as the rest of a line for an error; None where it can."""
    if found.ods_list == PEOPLE:
        what = lists().people.get(called(name) or "", "people who prescribe")
        return f"lists {what}, who are no organisations; it is not read"
    if found.alike:
        names = f"{', '.join(found.alike[:-1])} and {found.alike[-1]}"
        return f"is an ODS list that may be {names} alike; name the file after its list, such as {found.alike[0]}.csv"
    if found.ods_list == _COMMON:
        return (
            "is an ODS list of a kind that its rows do not tell; name the file after its list, such as etreat.csv, or "
            "read it as organisations of no known type with --as ods-csv"
        )
    return None
