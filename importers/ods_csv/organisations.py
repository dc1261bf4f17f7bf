"""A row of the 27 columns (24 in old exports) as a statement about one organisation.

Columns, counted from 1: 1 code, 2 name, 3 national grouping, 4 health geography, 5-9 address, 10 postcode, 11 opened,
12 closed, 13 status, 14 sub-type or roles, 15 parent, 16 joined it, 17 left it, 18 telephone, 22 amended, 26
prescribing setting. Places below are counted from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from db.identifiers import normalised
from db.statements import End, FactSaid, IdentifierSaid, LinkSaid, NameSaid, RejectSaid, RowSaid, Statement
from importers.ods_csv.addresses import address
from importers.ods_csv.dating import iso
from importers.ods_csv.families import Family, lists
from importers.ods_csv.recognise import is_practitioner
from importers.ods_csv.table import Row, shorten
from importers.readable_case import readable

DATE_COLUMNS = (10, 11, 15, 16)
_WITHOUT_TOWN_COLUMN = frozenset({"epraccur"})
_LOCATION_OF = re.compile(r"(.{5,}?\b(?:ICB|INTEGRATED CARE BOARD)) - [A-Z0-9]{3,5}", re.I)
"""How a sub-ICB location is named: after its ICB, with its own code behind."""


class RefusedError(Exception):
    """A row that cannot be taken; the text is the reason."""


@dataclass(slots=True)
class Reader:
    """Reads the rows of one list, remembering which codes it has seen."""

    family: Family
    width: int
    today: str | None
    """The last day that the list's vintage may mean: what is dated later had not happened yet."""
    areas: Mapping[str, str]
    """What this very list calls the organisations of column 4, where it does."""
    seen: dict[str, int] = field(default_factory=dict)

    def row(self, row: Row) -> RowSaid | RejectSaid:
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
        self.seen[cells[0]] = row.line
        return RowSaid(row.line, (statement,))

    def _statement(self, cells: list[str], line: int) -> Statement:
        cells[0] = code = checked_code(cells[0])
        name = cells[1]
        if code in self.seen:
            raise RefusedError(f"{code} is on line {self.seen[code]} already")
        if not name:
            raise RefusedError(f"{code} has no name")
        opened, closed = day(cells[10], "opening date"), day(cells[11], "closing date")
        joined, left = day(cells[15], "date of joining its parent"), day(cells[16], "date of leaving its parent")
        status = self._status(cells[12], closed)
        shown = readable(name)
        return Statement(
            f"ods:{code}",
            "organisation",
            line,
            type=self._type(cells),
            status=status,
            opened=opened,
            closed=closed,
            address=address(cells[4:9], cells[9], self.family.name not in _WITHOUT_TOWN_COLUMN),
            names=(NameSaid(shown, verbatim=name if shown != name else None),),
            identifiers=(IdentifierSaid("ods", code),),
            facts=self._facts(cells),
            links=self._links(cells, joined, left, status),
        )

    def _status(self, code: str, closed: str | None) -> str | None:
        """In one word; a closing that has passed by the date of the list outweighs all but C and B."""
        passed = closed is not None and (self.today is None or closed <= self.today)
        if not code:
            return "closed" if passed else "open"
        status = lists().statuses.get(code)
        if status is None:
            raise RefusedError(f"unknown status '{shorten(code)}' (A, B, C, D and P are known)")
        return "closed" if passed else status

    def _type(self, cells: list[str]) -> str:
        known = lists()
        for role in cells[13].split("|"):
            if role in known.roles:
                return known.roles[role].type
        for pattern, named in self.family.types_by_name:
            if pattern.search(cells[1]):
                return named
        if self.family.has_status and len(cells) > 25:
            return known.settings.get(cells[25], self.family.type)
        return self.family.type

    def _facts(self, cells: list[str]) -> tuple[FactSaid, ...]:
        facts = [FactSaid("ods-role", role) for role in cells[13].split("|") if role.startswith("RO")]
        if cells[17]:
            facts.append(FactSaid("telephone", text=cells[17]))
        setting = cells[25] if len(cells) > 25 else ""
        if setting and setting not in lists().settings:
            facts.append(FactSaid("prescribing-setting", setting))
        return tuple(facts)

    def _links(
        self, cells: list[str], joined: str | None, left: str | None, status: str | None
    ) -> tuple[LinkSaid, ...]:
        code, geography, parent = cells[0], cells[3], cells[14]
        links: list[LinkSaid] = []
        if parent and self.family.parent and parent != code:
            parent = checked_code(parent, "parent ")
            standing = None if status == "closed" and left is None else link_status(joined, left, self.today)
            links.append(LinkSaid(self.family.parent, End(f"ods:{parent}"), start=joined, end=left, status=standing))
        if geography and geography != code:
            geography = checked_code(geography, "health geography ")
            links.append(self._in_geography(cells, geography))
        grouping = cells[2]
        if grouping and grouping not in (code, geography):
            grouping = checked_code(grouping, "national grouping ")
            links.append(LinkSaid("in-geography-of", End(f"ods:{grouping}")))
        return tuple(links)

    def _in_geography(self, cells: list[str], geography: str) -> LinkSaid:
        """The link to column 4: where it lies, or what it is a division of where its role says so."""
        known = lists()
        standing = [known.roles[role].geography for role in cells[13].split("|") if role in known.roles]
        link_type = next(filter(None, standing), self.family.geography)
        return LinkSaid(link_type, End(f"ods:{geography}", self.areas.get(geography)))


def named_areas(table: Iterable[Sequence[str]]) -> dict[str, str]:
    """Names of the organisations in column 4, from the sub-ICB locations, which are named after theirs.

    One that goes by two names in the list has none.
    """
    names: dict[str, set[str]] = {}
    for cells in table:
        if len(cells) > 13 and "RO319" in cells[13] and (named := _LOCATION_OF.fullmatch(cells[1].strip())):
            names.setdefault(cells[3].strip(), set()).add(readable(named[1]))
    return {code: name for code, (name, *others) in names.items() if not others}


def check_cells(cells: list[str], width: int) -> None:
    """Refuse a row of another width than its list, and one with NUL bytes."""
    if len(cells) != width:
        raise RefusedError(f"has {len(cells)} columns where the list has {width}")
    if "\x00" in "".join(cells):
        raise RefusedError("holds a NUL byte")


def checked_code(code: str, what: str = "") -> str:
    """A code as the register writes it; refuses one that ODS cannot have given."""
    if not code:
        raise RefusedError(f"has no {what.strip() or 'code'}")
    try:
        return normalised("ods", code)
    except ValueError as error:
        raise RefusedError(f"{what}{error}") from None


def day(cell: str, what: str) -> str | None:
    """The date of a cell; refuses one that is none."""
    try:
        return iso(cell)
    except ValueError as error:
        raise RefusedError(f"{what} '{shorten(cell)}' {error}") from None


def link_status(start: str | None, end: str | None, today: str | None) -> str:
    """How a link stands on the date of the list."""
    if end is not None and (today is None or end <= today):
        return "past"
    if start is not None and today is not None and start > today:
        return "planned"
    return "current"
