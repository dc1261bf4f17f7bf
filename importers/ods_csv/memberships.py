"""Rows of epcmem and its like: that a practice joined a commissioner on one day and perhaps left it on another.

A code repeats by design, once for each commissioner that the practice has had; no row describes the practice itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from db.dates import day_after
from db.files.text_numbers import TextNumbers
from db.statements import End, LinkSaid, RejectSaid, RowSaid, Statement
from importers.csv_rows import CsvRow
from importers.ods.organisation import RefusedError
from importers.ods_csv.cells import check_cells, checked_code, day, iso
from importers.ods_csv.lists import Memberships, lists
from importers.ods_csv.recognise import MEMBERSHIP_WIDTH
from importers.status import link_status


@dataclass(slots=True)
class MemberReader:
    """Reads memberships; `today` is the last day of which the list can tell."""

    ods_list: Memberships
    today: str
    seen: TextNumbers = field(default_factory=TextNumbers)

    def row(self, row: CsvRow) -> RowSaid | RejectSaid:
        """The link that a row states, or why the row is refused."""
        if row.problem:
            return RejectSaid(row.line, row.problem, row.shown)
        cells = [cell.strip() for cell in row.cells]
        try:
            return RowSaid(row.line, (self._statement(cells, row.line),))
        except RefusedError as error:
            return RejectSaid(row.line, str(error), row.shown)

    def _statement(self, cells: list[str], line: int) -> Statement:
        check_cells(cells, MEMBERSHIP_WIDTH)
        if lists().people_code.fullmatch(cells[0]):
            raise RefusedError("a practitioner, not an organisation")
        code, parent = checked_code(cells[0]), checked_code(cells[1], "commissioner ")
        if code == parent:
            raise RefusedError(f"{code} is its own commissioner")
        start, end = day(cells[3], "joining date"), day(cells[4], "leaving date")
        same = f"{code} {parent} {cells[3]}"
        first = self.seen.setdefault(same, line)
        if first != line:
            raise RefusedError(f"{code} joining {parent} on that day is on line {first} already")
        state = link_status(True, start, end, self.today)
        link = LinkSaid(self.ods_list.link, End(f"ods:{parent}"), start=start, end=end, status=state)
        return Statement(f"ods:{code}", "organisation", line, partial=True, links=(link,))


def past_events(table: Iterable[Sequence[str]]) -> Iterator[str]:
    """The days of joining, up to the day after the last one of leaving.

    Who moves joins on that day; what is later may lie ahead of the list.
    """
    joined, left = set[str](), set[str]()
    for cells in table:
        if len(cells) == MEMBERSHIP_WIDTH:
            joined.update(filter(None, [_day_or_none(cells[3])]))
            left.update(filter(None, [_day_or_none(cells[4])]))
    bound = day_after(max(left, default="9999-12-30"))
    return (day for day in joined if day <= bound)


def _day_or_none(cell: str) -> str | None:
    try:
        return iso(cell.strip())
    except ValueError:
        return None
