"""Texts of a record as they stand between tags: names and addresses, without a parser."""

from __future__ import annotations

import re
from functools import lru_cache
from operator import itemgetter
from typing import Any

from importers.ods_xml.expressions import Getter, OtherwiseError
from importers.readable_case import readable

Place = tuple[str | None, str | None, str | None, str | None, str | None]
"""Lines, one below the other, town, postcode, county, country: as columns of `record`."""
NOWHERE: Place = (None,) * 5
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos);)?")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_PARTS = (
    "AddrLn1", "AddrLn2", "AddrLn3", "AddrLn4", "AddrLn5", "Town", "County", "PostCode", "Country", "UPRN",
)  # fmt: skip


def place_of(location: str) -> tuple[Place, str]:
    """The address in readable case, and the UPRN, from what is within a location; raises `OtherwiseError`."""
    pieces: list[Any] = location.replace(">", "<").split("<")
    get, layout = _places(tuple(pieces[1::2]))
    between = "".join(pieces[::4])
    if (between and not between.isspace()) or layout % tuple(pieces[::2]) != location or "]]>" in location:
        raise OtherwiseError
    pieces.append(None)
    text = text_of if "&" in location else str.strip
    *lines, town, county, postcode, country, uprn = get(pieces)
    shown = "\n".join([readable(said) for line in lines if line and (said := text(line))])
    town, county, country = _common(town), _common(county), _common(country)
    code = (text(postcode).upper() or None) if postcode else None
    found = text(uprn) if uprn else ""
    if not (shown or town or county or code or country):
        return NOWHERE, found
    return (shown, town, code, county, country), found


@lru_cache(maxsize=256)
def _places(tags: tuple[str, ...]) -> tuple[Getter, str]:
    """What gets the parts of a location from its pieces with None at their end, and what it is but for its texts."""
    opened = tags[::2]
    if tags[1::2] != tuple([f"/{tag}" for tag in opened]) or list(opened) != [
        part for part in _PARTS if part in opened
    ]:
        raise OtherwiseError
    at = {tag: 2 + 4 * place for place, tag in enumerate(opened)}
    return itemgetter(*[at.get(part, -1) for part in _PARTS]), "%s".join(["", *[f"<{tag}>" for tag in tags], ""])


@lru_cache(maxsize=16384)
def _common(name: str | None) -> str | None:
    return (readable(text_of(name)) or None) if name else None


def text_of(text: str) -> str:
    """What stands between tags, as it reads; raises `OtherwiseError` for entities that XML does not know by itself."""
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return text.strip()


def _entity(found: re.Match[str]) -> str:
    if found[1] is None:
        raise OtherwiseError
    return _ENTITIES[found[1]]
