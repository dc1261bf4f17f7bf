"""Expressions for the very form that releases are written in, and where in a record they find its values."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from importers.ods_xml.organisation import MOST

Pieces = Sequence[bytes | None]
"""A record cut at its quotation marks, values at the odd places, and None at the end for what is not there."""
Getter = Callable[[Pieces], tuple[Any, ...]]

_END = r"\s?/>\s*"
_DAY = r"\d\d\d\d-\d\d-\d\d"
_DATE = (
    rf'(?:<Date>\s*<Type value="(?P<family>Legal|Operational)"{_END}'
    rf'(?:<Start value="(?P<since>{_DAY})"{_END})?(?:<End value="(?P<until>{_DAY})"{_END})?</Date>\s*)'
)
_OTHER = _DATE.replace("family", "other").replace("since", "other_since").replace("until", "other_until")
_DATES = f"(?:{_DATE}{_OTHER}?)?"
_ORG_ID = (
    r'<OrgId(?: (?:root|assigningAuthorityName)="[^"<&]*")*'
    rf' extension="(?P<code>[A-Z0-9]{{2,12}})"(?: (?:root|assigningAuthorityName)="[^"<&]*")*{_END}'
)
_STATUS = rf'(?:<Status value="(?P<status>Active|Inactive)"{_END})?'
_TARGET = rf'<Target>\s*{_ORG_ID}<PrimaryRoleId id="(?P<role>RO\d{{1,6}})"(?: uniqueRoleId="\d+")?{_END}</Target>\s*'
_HEAD = re.compile(
    r'\s*<Organisation orgRecordClass="(?P<class>RC1|RC2)"(?: refOnly="(?P<stub>true)")?>\s*<Name></Name>\s*'
    rf'{_DATES}{_ORG_ID}{_STATUS}(?:<LastChangeDate value="[^"<&]*"{_END})?'
    rf"(?:<GeoLoc>\s*<Location></Location>\s*</GeoLoc>\s*)?"
)
_ITEMS = {
    "Contacts": re.compile(rf'<Contact type="(?P<kind>[a-z]+)" value="(?P<text>[^"<&\t\r\n]*)"{_END}'),
    "Roles": re.compile(
        r'<Role id="(?P<id>RO\d{1,6})"(?: uniqueRoleId="\d+")?(?: primaryRole="(?P<primary>true)")?'
        rf'(?: uniqueRoleId="\d+")?>\s*{_DATES}{_STATUS}</Role>\s*'
    ),
    "Rels": re.compile(rf'<Rel id="(?P<id>RE\d{{1,6}})"(?: uniqueRelId="\d+")?>\s*{_DATES}{_STATUS}{_TARGET}</Rel>\s*'),
    "Succs": re.compile(
        r'<Succ(?: (?:uniqueSuccId|forwardSuccession)="[a-z0-9]+")*>\s*'
        rf"{_DATES}<Type>(?P<which>Successor|Predecessor)</Type>\s*{_TARGET}</Succ>\s*"
    ),
}
_OPENING = re.compile(r"<(Contacts|Roles|Rels|Succs)>\s*")
_SPACE = re.compile(r"\s*")
_WORDS = {
    "": ("class", "stub", "status"),
    "Contacts": ("kind",),
    "Roles": ("id", "primary", "status"),
    "Rels": ("id", "status", "role"),
    "Succs": (),
}
_VALUES = {"": ("code",), "Contacts": ("text",), "Roles": (), "Rels": ("code",), "Succs": ("code",)}


class OtherwiseError(Exception):
    """A record is written in another form than most."""


class Item(NamedTuple):
    """A part of a record: where its values are in the pieces of it, -1 for what is not there."""

    words: tuple[str | None, ...]
    """What comes from a list: see `Found`."""
    days: tuple[int, int, int, int]
    """Start and end by the operational dates, then by the legal ones."""
    values: tuple[int, ...] = ()


class Found(NamedTuple):
    """What the expressions found in a record."""

    head: Item
    """Class of the record, whether a stub, status; the code."""
    contacts: list[Item]
    """Kind; text."""
    roles: list[Item]
    """Id, whether primary, status."""
    relationships: list[Item]
    """Id, status, role of the target; its code."""
    successions: list[Item]
    """Which; code of the target."""


class Matches:
    """What the expressions match of a record, from end to end or not at all; raises `OtherwiseError`."""

    def __init__(self, record: str) -> None:
        head = _HEAD.match(record)
        if head is None:
            raise OtherwiseError
        place = head.end()
        self._parts = {"": [head]}
        while (opening := _OPENING.match(record, place)) is not None:
            part = opening[1]
            if part in self._parts:
                raise OtherwiseError
            self._parts[part], place = _items(record, opening.end(), part)
        if place != len(record):
            raise OtherwiseError
        self._quotes = [found.start() for found in re.finditer('"', record)]

    def words(self) -> Getter:
        """What gets all words that come from a list from the pieces of a record."""
        places = [
            self._place(item, name)
            for part, items in self._parts.items()
            for item in items
            for name in (*_WORDS[part], "family", "other")
            if name in item.re.groupindex and item.start(name) >= 0
        ]
        return itemgetter(*places, places[0])

    def found(self) -> Found:
        """Where the values are."""
        contacts, roles, relationships, successions = (
            [self._item(item, part) for item in self._parts.get(part, ())]
            for part in ("Contacts", "Roles", "Rels", "Succs")
        )
        return Found(self._item(self._parts[""][0], ""), contacts, roles, relationships, successions)

    def _item(self, item: re.Match[str], part: str) -> Item:
        words = (item["which"],) if part == "Succs" else tuple([item[name] for name in _WORDS[part]])
        days = (-1,) * 4 if part == "Contacts" else self._days(item)
        return Item(words, days, tuple([self._place(item, name) for name in _VALUES[part]]))

    def _days(self, item: re.Match[str]) -> tuple[int, int, int, int]:
        families = {item["family"]: ("since", "until"), item["other"]: ("other_since", "other_until")}
        families.pop(None, None)
        if item["other"] and len(families) < 2:
            raise OtherwiseError
        operational, legal = (
            [self._place(item, name) for name in families[family]] if family in families else [-1, -1]
            for family in ("Operational", "Legal")
        )
        return operational[0], operational[1], legal[0], legal[1]

    def _place(self, item: re.Match[str], name: str) -> int:
        """The place among the pieces of what a group found, -1 where it found nothing."""
        begin = item.start(name)
        return -1 if begin < 0 else bisect_left(self._quotes, begin)


def _items(record: str, place: int, part: str) -> tuple[list[re.Match[str]], int]:
    """The items of a part, and where the part ends."""
    closing = f"</{part}>"
    items = []
    while (item := _ITEMS[part].match(record, place)) is not None:
        items.append(item)
        place = item.end()
    if not record.startswith(closing, place) or len(items) > MOST:
        raise OtherwiseError
    after = _SPACE.match(record, place + len(closing))
    return items, after.end() if after else place


@lru_cache(maxsize=8192)
def getter(*places: int) -> Getter:
    """What gets the values at those places, two or more, from the pieces of a record."""
    return itemgetter(*places)
