"""A row of the common columns (27, in old exports 24) as a statement about one organisation or site.

Columns, counted from 1: 1 code, 2 name, 3 national grouping, 4 health geography, 5-9 address, 10 postcode, 11 opened,
12 closed, 13 status, 14 sub-type or roles, 15 parent, 16 joined it, 17 left it, 18 telephone, 22 amended, 26
prescribing setting. Places below are counted from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from db.files.text_numbers import TextNumbers
from db.statements import End, FactSaid, IdentifierSaid, LinkSaid, NameSaid, RejectSaid, RowSaid, Statement
from importers.care_systems import key_on
from importers.csv_rows import CsvRow, shorten
from importers.ods.codes import codes, leading_role, role_name
from importers.ods.organisation import RefusedError
from importers.ods.statements import ROLE
from importers.ods_csv.cells import address, check_cells, checked_code, day, iso
from importers.ods_csv.lists import ANY_PARENT, OdsList, lists
from importers.ods_csv.recognise import is_practitioner
from importers.readable_case import readable
from importers.status import has_closed, link_status

_LOCATION_OF = re.compile(r"(.{5,}?\b(?:ICB|INTEGRATED CARE BOARD)) - [A-Z0-9]{3,5}", re.I)
"""How a sub-ICB location is named: after its ICB, with its own code behind."""


@dataclass(slots=True)
class OrganisationReader:
    """Reads the rows of one list, remembering which codes it has seen."""

    ods_list: OdsList
    width: int
    today: str
    """The last day of which the list can tell: what is dated later had not happened yet."""
    published: str | None
    """The day of the list, None where it is not known."""
    areas: Mapping[str, str]
    """What this very list calls the organisations of column 4, where it does."""
    seen: TextNumbers = field(default_factory=TextNumbers)
    """By code the line of its row."""

    def row(self, row: CsvRow) -> RowSaid | RejectSaid:
        """What a row says, or why it is refused."""
        if row.problem:
            return RejectSaid(row.line, row.problem, row.shown)
        cells = [cell.strip() for cell in row.cells]
        try:
            check_cells(cells, self.width)
            if is_practitioner(cells):
                raise RefusedError("a practitioner, not an organisation")
            statement = self._statement(cells, row.line)
        except RefusedError as error:
            return RejectSaid(row.line, str(error), row.shown)
        self.seen.setdefault(statement.key, row.line)
        return RowSaid(row.line, (statement,))

    def _statement(self, cells: list[str], line: int) -> Statement:
        cells[0] = code = checked_code(cells[0])
        name, ods_list = cells[1], self.ods_list.of(code, cells[14])
        key = f"ods:{code}"
        before = self.seen.get(key)
        if before is not None:
            raise RefusedError(f"{code} is on line {before} already")
        if not name:
            raise RefusedError(f"{code} has no name")
        opened, closed = day(cells[10], "opening date"), day(cells[11], "closing date")
        joined, left = day(cells[15], "date of joining its parent"), day(cells[16], "date of leaving its parent")
        status = self._status(cells[12], closed)
        shown = readable(name)
        return Statement(
            key,
            ods_list.kind,
            line,
            type=_type(cells, ods_list),
            status=status,
            opened=opened,
            closed=closed,
            address=address(cells[4:9], cells[9], ods_list.town_column),
            names=(NameSaid(shown, verbatim=name if shown != name else None),),
            identifiers=(IdentifierSaid("ods", code),),
            facts=tuple(self._facts(cells)),
            links=tuple(self._links(cells, ods_list, joined, left, status)),
        )

    def _status(self, code: str, closed: str | None) -> str | None:
        """In one word; the closing date decides where there is one, and what closes later is open until then."""
        passed = has_closed(closed, self.today)
        if not code:
            return "closed" if passed else "open"
        status = lists().statuses.get(code)
        if status is None:
            raise RefusedError(f"unknown status '{shorten(code)}' (A, B, C, D and P are known)")
        return "closed" if passed else "open" if closed and status == "closed" else status

    def _facts(self, cells: list[str]) -> Iterator[FactSaid]:
        roles = [role for role in cells[13].split("|") if role.startswith("RO")]
        if self.ods_list.role and self.ods_list.role not in roles:
            roles.append(self.ods_list.role)
        yield from (FactSaid(ROLE, role, text=role_name(role)) for role in roles)
        if cells[17]:
            yield FactSaid("telephone", text=cells[17])
        setting = cells[25] if len(cells) > 25 else ""
        if setting and setting not in lists().settings:
            yield FactSaid("prescribing-setting", setting)

    def _links(
        self, cells: list[str], ods_list: OdsList, joined: str | None, left: str | None, status: str | None
    ) -> Iterator[LinkSaid]:
        code, grouping, geography, parent = cells[0], cells[2], cells[3], cells[14]
        if parent and parent != code:
            parent = checked_code(parent, "parent ")
            state = None if status == "closed" and left is None else link_status(True, joined, left, self.today)
            tie = ods_list.parent or ANY_PARENT
            yield LinkSaid(tie, End(f"ods:{parent}"), start=joined, end=left, status=state)
        if geography and geography != code:
            geography = checked_code(geography, "health geography ")
            yield self._in_geography(cells, ods_list, geography)
        if grouping and grouping not in (code, geography):
            grouping = checked_code(grouping, "national grouping ")
            yield LinkSaid("in-geography-of", End(f"ods:{grouping}"))

    def _in_geography(self, cells: list[str], ods_list: OdsList, geography: str) -> LinkSaid:
        """The link to column 4: where it lies, or what it is a division of where its role says so."""
        known = lists().geographies
        link_type = next((known[role] for role in cells[13].split("|") if role in known), ods_list.geography)
        key = key_on(geography, self.published)
        kind = "organisation" if key.startswith("ods:") else "arrangement"
        return LinkSaid(link_type, End(key, self.areas.get(geography), kind))


def _type(cells: list[str], ods_list: OdsList) -> str | None:
    """What an organisation is: by its role, else by words in its name, else by its prescribing setting or its list."""
    leading = leading_role(cells[13].split("|"))
    if leading is not None:
        return codes().types[leading][0]
    for pattern, named in ods_list.types_by_name:
        if pattern.search(cells[1]):
            return named
    setting = cells[25] if len(cells) > 25 else ""
    return lists().settings.get(setting, ods_list.type) if ods_list.has_status else ods_list.type


def past_events(table: Iterable[Sequence[str]]) -> Iterator[str]:
    """The days in a list of what had happened when it was made, as far as its rows tell that.

    Openings, and joinings of a parent, but for what is proposed; of closings only those of what is closed. Where rows
    have no status a closing may lie ahead, as one on 31 March does in the lists of the winter.
    """
    known = lists().statuses
    for cells in table:
        if len(cells) < 22 or is_practitioner(cells):
            continue
        status = known.get(cells[12].strip())
        told = [cells[10], cells[15]] if status != "proposed" else []
        if status == "closed":
            told += [cells[11], cells[16]]
        for cell in told:
            try:
                found = iso(cell.strip())
            except ValueError:
                continue
            if found:
                yield found


def named_areas(table: Iterable[Sequence[str]]) -> dict[str, str]:
    """Names of the organisations in column 4, from the sub-ICB locations, which are named after theirs.

    One that goes by two names in the list has none.
    """
    names: dict[str, set[str]] = {}
    for cells in table:
        if len(cells) > 13 and "RO319" in cells[13] and (named := _LOCATION_OF.fullmatch(cells[1].strip())):
            names.setdefault(cells[3].strip(), set()).add(readable(named[1]))
    return {code: name for code, (name, *others) in names.items() if not others}
