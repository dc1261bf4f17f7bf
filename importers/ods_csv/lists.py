"""What is known of the ODS lists, read from `lists.yaml`: adding a list, a code or a type needs no code here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from db.data_files import load_data
from importers.ods.codes import codes

GEOGRAPHY = "in-geography-of"
ANY_PARENT = "part-of"
"""How an organisation stands to its parent in a list of which nobody knows what its parents are."""


@dataclass(frozen=True, slots=True)
class OdsList:
    """One list of organisations: how its rows are told and what they mean."""

    name: str
    title: str
    type: str | None = None
    code: re.Pattern[str] | None = None
    """What codes were like in the list before October 2020; None where they may be any."""
    modern: re.Pattern[str] | None = None
    """What those given since are like, which is alike in most lists."""
    kind: str = "organisation"
    geography: str = GEOGRAPHY
    said: re.Pattern[str] | None = None
    """What most names of the list hold, None where names tell nothing."""
    parent: str | None = None
    parent_code: re.Pattern[str] | None = None
    has_parent: bool | None = None
    """Whether column 15 is always filled (True), never (False), or either (None)."""
    has_status: bool | None = None
    """The same of column 13."""
    town_column: bool = True
    by_name: bool = False
    """Whether its rows alone never tell it."""
    role: str | None = None
    """The ODS role that everything in the list has beside what it is by its code."""
    types_by_name: tuple[tuple[re.Pattern[str], str], ...] = ()
    lists: tuple[OdsList, ...] = ()
    """The lists that it is together."""
    among: tuple[OdsList, ...] = ()
    """Lists whose codes tell what its rows are."""

    def of(self, code: str, parent: str) -> OdsList:
        """The list that tells what a row is: itself, unless it is put together from others."""
        for one in (*self.lists, *self.among):
            if one.code is not None and one.code.fullmatch(code):
                return one
        for one in self.lists:
            if one.has_parent == bool(parent):
                return one
        return self


UNKNOWN = OdsList("list", "organisations of a kind that the list does not tell", parent=ANY_PARENT, by_name=True)
"""A list in the common columns that nobody knows."""


@dataclass(frozen=True, slots=True)
class Memberships:
    """A list of who belongs to which commissioner."""

    name: str
    title: str
    code: re.Pattern[str]
    link: str


@dataclass(frozen=True, slots=True)
class Lists:
    """All of the data file."""

    organisations: Mapping[str, OdsList]
    names: Mapping[str, str]
    """Lists of organisations, of memberships and of people by what their files are called."""
    memberships: Mapping[str, Memberships]
    people: Mapping[str, str]
    """Titles of the lists of people."""
    people_code: re.Pattern[str]
    geographies: Mapping[str, str]
    """Link type of column 4 by the role in column 14."""
    settings: Mapping[str, str]
    statuses: Mapping[str, str]
    practitioner_code: re.Pattern[str]
    practitioner_types: frozenset[str]
    fillers: frozenset[str]
    egpam_title: str
    egpam_series: str


@cache
def lists() -> Lists:
    """Read the data file once."""
    data = load_data("importers.ods_csv", "lists.yaml")
    modern = re.compile(data["modern"])
    organisations: dict[str, OdsList] = {}
    called: dict[str, str] = {}
    for name, entry in data["organisations"].items():
        organisations[name] = _list(name, entry, data["names"].get(name, []), modern, organisations)
        called |= dict.fromkeys((name, *entry.get("also", ())), name)
    memberships = {
        name: Memberships(name, entry["title"], re.compile(entry["code"]), entry["link"])
        for name, entry in data["memberships"].items()
    }
    people = data["people"]
    return Lists(
        organisations,
        called | {name: name for name in (*memberships, *people["lists"])},
        memberships,
        people["lists"],
        re.compile(people["code"]),
        {role: entry["geography"] for role, entry in data["roles"].items()},
        data["settings"],
        data["statuses"],
        re.compile(data["practitioners"]["code"]),
        frozenset(data["practitioners"]["sub_types"]),
        frozenset(data["fillers"]),
        data["egpam"]["title"],
        data["egpam"]["series"],
    )


def _list(
    name: str,
    entry: dict[str, Any],
    types_by_name: list[dict[str, str]],
    modern: re.Pattern[str],
    known: Mapping[str, OdsList],
) -> OdsList:
    role = entry.get("role")
    return OdsList(
        name,
        entry["title"],
        entry.get("type") or (codes().types[role][0] if role else None),
        code=_pattern(entry.get("code")),
        modern=modern if entry.get("modern", True) else None,
        kind="site" if entry.get("site") else "organisation",
        geography=entry.get("geography", GEOGRAPHY),
        said=_pattern(entry.get("name"), re.I),
        parent=entry.get("parent"),
        parent_code=_pattern(entry.get("parent_code")),
        has_parent=entry.get("has_parent"),
        has_status=entry.get("status"),
        town_column=entry.get("town", True),
        by_name=entry.get("by_name", False),
        role=role if "among" in entry else None,
        types_by_name=tuple((re.compile(rule["match"], re.I), rule["type"]) for rule in types_by_name),
        lists=tuple(known[one] for one in entry.get("lists", ())),
        among=tuple(known[one] for one in entry.get("among", ())),
    )


def _pattern(written: str | None, flags: int = 0) -> re.Pattern[str] | None:
    return re.compile(written, flags) if written else None
