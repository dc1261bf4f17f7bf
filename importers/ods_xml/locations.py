"""Texts of a record as they stand between tags: names and addresses, without a parser."""

from __future__ import annotations

import re
from functools import lru_cache

from importers.ods_xml.expressions import OtherwiseError
from importers.readable_case import readable

Place = tuple[str | None, str | None, str | None, str | None, str | None]
"""Lines, one below the other, town, postcode, county, country: as columns of `record`."""
NOWHERE: Place = (None,) * 5
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos);)?")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PARTS = (
    "AddrLn1", "AddrLn2", "AddrLn3", "AddrLn4", "AddrLn5", "Town", "County", "PostCode", "Country", "UPRN",
)  # fmt: skip
_parts = re.compile(r"\s*+" + "".join(rf"(?:<{part}>([^<]*+)</{part}>\s*+)?+" for part in _PARTS)).fullmatch


def place_of(location: str) -> tuple[Place, str]:
    """The address in readable case, and the UPRN, from what is within a location; raises `OtherwiseError`."""
    parts = _parts(location)
    if parts is None or "]]>" in location:
        raise OtherwiseError
    text = text_of if "&" in location else str.strip
    *lines, town, county, postcode, country, uprn = parts.groups()
    shown = "\n".join([readable(said) for line in lines if line and (said := text(line))])
    town, county, country = _area(town, county, country)
    code = (text(postcode).upper() or None) if postcode else None
    found = text(uprn) if uprn else ""
    if not (shown or town or county or code or country):
        return NOWHERE, found
    return (shown, town, code, county, country), found


@lru_cache(maxsize=16384)
def _area(*names: str | None) -> tuple[str | None, ...]:
    """Town, county and country, which many addresses share."""
    return tuple([(readable(text_of(name)) or None) if name else None for name in names])


def text_of(text: str) -> str:
    """What stands between tags, as it reads; raises `OtherwiseError` for entities that XML does not know by itself."""
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return text.strip()


def _entity(found: re.Match[str]) -> str:
    if found[1] is None:
        raise OtherwiseError
    return _ENTITIES[found[1]]
