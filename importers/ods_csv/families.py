"""What is known of the ODS lists, read from `families.yaml`: adding a code or a type needs no code here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Family:
    """One list of organisations: how its rows are told and what they mean."""

    name: str
    title: str
    code: re.Pattern[str]
    type: str
    geography: str
    said: re.Pattern[str] | None
    """What most names of the list hold, None where names tell nothing."""
    parent: str | None
    has_parent: bool | None
    """Whether column 15 is always filled (True), never (False), or either (None)."""
    has_status: bool
    types_by_name: tuple[tuple[re.Pattern[str], str], ...]


@dataclass(frozen=True, slots=True)
class Role:
    """What an ODS role id in column 14 tells: the type, and how the organisation stands to that of column 4."""

    type: str
    geography: str | None


@dataclass(frozen=True, slots=True)
class Lists:
    """All of the data file."""

    families: Mapping[str, Family]
    roles: Mapping[str, Role]
    settings: Mapping[str, str]
    statuses: Mapping[str, str]
    practitioner_code: re.Pattern[str]
    practitioner_types: frozenset[str]
    fillers: frozenset[str]
    publishers: tuple[tuple[str, str, str | None], ...]
    licence: str
    epcmem_title: str
    epcmem_link: str
    egpam_title: str
    egpam_series: str


@cache
def lists() -> Lists:
    """Read the data file once."""
    import yaml  # 15 ms, wanted only where such a list is read

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(files("importers.ods_csv").joinpath("families.yaml").read_text("utf-8"), Loader=loader)
    return Lists(
        {name: _family(name, entry, data["names"].get(name, [])) for name, entry in data["families"].items()},
        {role: Role(entry["type"], entry.get("geography")) for role, entry in data["roles"].items()},
        data["settings"],
        data["statuses"],
        re.compile(data["practitioners"]["code"]),
        frozenset(data["practitioners"]["sub_types"]),
        frozenset(data["fillers"]),
        tuple((one["name"], str(one["from"]), str(one["to"]) if "to" in one else None) for one in data["publishers"]),
        data["licence"],
        data["epcmem"]["title"],
        data["epcmem"]["link"],
        data["egpam"]["title"],
        data["egpam"]["series"],
    )


def _family(name: str, entry: dict[str, Any], types_by_name: list[dict[str, str]]) -> Family:
    return Family(
        name,
        entry["title"],
        re.compile(entry["code"]),
        entry["type"],
        entry["geography"],
        re.compile(entry["name"], re.I) if "name" in entry else None,
        entry.get("parent"),
        entry.get("has_parent"),
        bool(entry.get("status")),
        tuple((re.compile(rule["match"], re.I), rule["type"]) for rule in types_by_name),
    )


def publisher(earliest: str | None, latest: str | None) -> str | None:
    """Who published a list of that day or those days; None where unknown or where two may have."""
    if earliest is None or latest is None:
        return None
    for name, start, end in lists().publishers:
        if earliest >= start and (end is None or latest <= end):
            return name
    return None
