"""Records in the very form that releases are written in, read by one expression for each part.

A text that an expression matches from end to end is sound XML and means what `organisation` would read from it, which a
parser takes three times as long to find out. Whatever is written otherwise is left to the parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from db.dates import parse
from db.model import Address
from db.told import NOWHERE
from importers.ods_xml.organisation import (
    FILLERS,
    LONGEST,
    MOST,
    Dates,
    Organisation,
    Relationship,
    Role,
    Succession,
)
from importers.readable_case import readable

_END = r"\s?/>\s*"
_DATE = (
    rf'(?:<Date>\s*<Type value="(Legal|Operational)"{_END}'
    rf'(?:<Start value="(\d\d\d\d-\d\d-\d\d)"{_END})?(?:<End value="(\d\d\d\d-\d\d-\d\d)"{_END})?</Date>\s*)'
)
_DATES = f"(?:{_DATE}{_DATE}?)?"
_ORG_ID = (
    r'<OrgId(?: (?:root|assigningAuthorityName)="[^"<&]*")*'
    rf' extension="([A-Z0-9]{{2,12}})"(?: (?:root|assigningAuthorityName)="[^"<&]*")*{_END}'
)
_STATUS = rf'(?:<Status value="(Active|Inactive)"{_END})?'
_TARGET = rf'<Target>\s*{_ORG_ID}<PrimaryRoleId id="(RO\d{{1,6}})"(?: uniqueRoleId="\d+")?{_END}</Target>\s*'

_LOCATION = "".join(
    rf"(?:<{name}>([^<]*)</{name}>\s*)?"
    for name in (*(f"AddrLn{number}" for number in range(1, 6)), "Town", "County", "PostCode", "Country", "UPRN")
)
_HEAD = re.compile(
    r'\s*<Organisation orgRecordClass="(RC1|RC2)"( refOnly="true")?>\s*<Name>([^<]+)</Name>\s*'
    rf'{_DATES}{_ORG_ID}{_STATUS}(?:<LastChangeDate value="[^"<&]*"{_END})?'
    rf"(?:<GeoLoc>\s*<Location>\s*{_LOCATION}(</Location>)\s*</GeoLoc>\s*)?"
)
# Each of these takes in one item with the white space after it as its first group: where the items of a part are as
# long together as the part is, there is nothing else in it.
_CONTACT = re.compile(rf'(<Contact type="([a-z]+)" value="([^"<&\t\r\n]*)"{_END})')
_ROLE = re.compile(
    r'(<Role id="(RO\d{1,6})"(?: uniqueRoleId="\d+")?( primaryRole="true")?(?: uniqueRoleId="\d+")?>\s*'
    rf"{_DATES}{_STATUS}</Role>\s*)"
)
_REL = re.compile(rf'(<Rel id="(RE\d{{1,6}})"(?: uniqueRelId="\d+")?>\s*{_DATES}{_STATUS}{_TARGET}</Rel>\s*)')
_SUCC = re.compile(
    r'(<Succ(?: (?:uniqueSuccId|forwardSuccession)="[a-z0-9]+")*>\s*'
    rf"{_DATES}<Type>(Successor|Predecessor)</Type>\s*{_TARGET}</Succ>\s*)"
)
_OPENING = re.compile(r"<(Contacts|Roles|Rels|Succs)>\s*")
_SPACE = re.compile(r"\s*")
_ENTITY = re.compile(r"&(?:(amp|lt|gt|quot|apos);)?")
_ENTITIES = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


Groups = tuple[Any, ...]
"""What an expression found: text, or None for what is not there."""


class OtherwiseError(Exception):
    """A record is written in another form than most."""


def quick(text: str) -> Organisation:
    """Read a record, given without its closing tag; raises `OtherwiseError` where a parser has to.

    `text` may hold no control characters other than white space.
    """
    found = _HEAD.match(text)
    if found is None:
        raise OtherwiseError
    record_class, stub, name, a, b, c, d, e, f, code, status, *location, located = found.groups()
    place = found.end()
    address, uprn = _address(*location) if located else (None, "")
    parts: dict[str, list[Groups]] = {}
    while (opening := _OPENING.match(text, place)) is not None:
        part = opening[1]
        if part in parts:
            raise OtherwiseError
        parts[part], place = _items(text, opening.end(), part)
    if place != len(text):
        raise OtherwiseError
    name = _text(name)
    if not name or len(name) > LONGEST:
        raise OtherwiseError
    return Organisation(
        code,
        name,
        stub is not None,
        record_class == "RC2",
        status == "Active" if status else None,
        _dates(a, b, c, d, e, f),
        address,
        uprn,
        tuple([(kind, value.strip()) for _, kind, value in parts.get("Contacts", ()) if value.strip()]),
        _roles(parts.get("Roles", ())),
        _relationships(parts.get("Rels", ())),
        _successions(parts.get("Succs", ())),
    )


_KINDS = {"Contacts": _CONTACT, "Roles": _ROLE, "Rels": _REL, "Succs": _SUCC}


def _items(text: str, place: int, part: str) -> tuple[list[Groups], int]:
    """The groups of every item of a part, and where the part ends."""
    closing = f"</{part}>"
    end = text.find(closing, place)
    items = _KINDS[part].findall(text, place, end) if end >= 0 else []
    if end < 0 or len(items) > MOST or sum([len(item[0]) for item in items]) != end - place:
        raise OtherwiseError
    return items, _after_space(text, end + len(closing))


def _after_space(text: str, place: int) -> int:
    found = _SPACE.match(text, place)
    return found.end() if found else place


def _address(*said: str | None) -> tuple[Address | None, str]:
    """The address in readable case, and the UPRN, from the lines and what comes after them."""
    *lines, town, county, postcode, country, uprn = said
    shown = tuple([readable(text) for line in lines if line and (text := _text(line))])
    code = _text(postcode).upper() if postcode else None
    address = Address(shown, _common(town), _common(county), code or None, _common(country))
    return (None if address == NOWHERE else address), _text(uprn) if uprn else ""


@lru_cache(maxsize=16384)
def _common(name: str | None) -> str | None:
    return (readable(_text(name)) or None) if name else None


def _text(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(_entity, text)
    return text.strip()


def _entity(found: re.Match[str]) -> str:
    if found[1] is None:
        raise OtherwiseError
    return _ENTITIES[found[1]]


@lru_cache(maxsize=65536)
def _day(text: str) -> str | None:
    """A date, None for a filler."""
    if text in FILLERS:
        return None
    try:
        return parse(text)
    except ValueError:
        raise OtherwiseError from None


_NO_DATES = Dates()


@lru_cache(maxsize=4096)
def _dates(
    family: str | None, start: str | None, end: str | None,
    other: str | None, other_start: str | None, other_end: str | None,
) -> Dates:  # fmt: skip
    if not family:
        return _NO_DATES
    if not other:
        since, until = _day(start) if start else None, _day(end) if end else None
        return Dates(since, until) if family == "Operational" else Dates(None, None, since, until)
    first = _day(start) if start else None, _day(end) if end else None
    if other == family:
        raise OtherwiseError
    second = _day(other_start) if other_start else None, _day(other_end) if other_end else None
    return Dates(*first, *second) if family == "Operational" else Dates(*second, *first)


def _roles(items: Iterable[Groups]) -> tuple[Role, ...]:
    return tuple(
        [
            Role(role, bool(primary), _dates(a, b, c, d, e, f), status != "Inactive")
            for _, role, primary, a, b, c, d, e, f, status in items
        ]
    )


def _relationships(items: Iterable[Groups]) -> tuple[Relationship, ...]:
    return tuple(
        [
            Relationship(rel, target, role, _dates(a, b, c, d, e, f), status != "Inactive")
            for _, rel, a, b, c, d, e, f, status, target, role in items
        ]
    )


def _successions(items: Iterable[Groups]) -> tuple[Succession, ...]:
    found = []
    for _, a, b, c, d, e, f, kind, target, _ in items:
        dates = _dates(a, b, c, d, e, f)
        found.append(Succession(kind == "Successor", target, dates.legal_start or dates.start))
    return tuple(found)
