"""What all records of one form have in common: roles, links and facts but for dates, codes and texts."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

from db.packing import BOTH_WAYS, MOST, called, parted
from importers.ods_xml.expressions import Found, Getter, Item, OtherwiseError, getter
from importers.ods_xml.meaning import codes, is_timely, tie
from importers.ods_xml.saying import Speaker

_KEPT = 10_000
"""Roles or relationships that are kept at hand."""
_TRUE = "true"
_CLOSED = "Inactive"


class RoleForm(NamedTuple):
    """A role: the beginning of its row (what it is called, primary or not, active or not), and what gets its dates."""

    row: tuple[str, int, int]
    days: Getter

    @property
    def id(self) -> str:
        """The code of the role."""
        return parted(self.row[0])[0]

    @property
    def primary(self) -> bool:
        """Whether it is the record's primary role."""
        return self.row[1] == 1

    @property
    def active(self) -> bool:
        """Whether the role stands."""
        return self.row[2] == 1


class LinkForm(NamedTuple):
    """A relationship: what it is, or None for the type where that depends on its dates; what gets code and dates."""

    type: str | None
    role: str | None
    active: bool
    values: Getter
    id: str
    target_role: str


class SuccessionForm(NamedTuple):
    """A succession: whether to what follows, and what gets code, legal start and operational start."""

    forward: bool
    values: Getter


class Form(NamedTuple):
    """A form of records."""

    stub: bool
    site: bool
    active: bool | None
    head: Getter
    """Gets code and dates."""
    roles: tuple[RoleForm, ...]
    held: tuple[tuple[str, bool], ...]
    """Ids of the roles, and whether each is primary."""
    ends: bool
    """Whether a role has an end, so that it may be in force or not."""
    telling: bool
    """Whether there are roles of several types, so that some may be those of earlier times."""
    links: tuple[LinkForm, ...]
    successions: tuple[SuccessionForm, ...]
    contacts: tuple[tuple[str, int], ...]
    """Property, and the place of the text."""
    ids: frozenset[str]
    """All roles, those in links with them, by which the record is found."""
    kinds: dict[tuple[bool, ...], tuple[str, str | None]]
    """Kind and type by which of the roles are in force, as they are needed."""


Part = TypeVar("Part", RoleForm, LinkForm)


class Forms:
    """Makes the forms of records; roles and relationships that read alike are one, which keeps them at hand."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker
        self._roles: dict[RoleForm, RoleForm] = {}
        self._links: dict[LinkForm, LinkForm] = {}

    def make(self, found: Found) -> Form:
        """Make the form of a record that the expressions have read; raises `OtherwiseError` where a parser has to."""
        roles = [_role(item, self._speaker) for item in found.roles]
        links = [_link(item, self._speaker) for item in found.relationships]
        return _form(
            found,
            tuple([_same(self._roles, role) for role in roles]),
            tuple([_same(self._links, link) for link in links]),
        )


def _same(known: dict[Part, Part], one: Part) -> Part:
    if len(known) >= _KEPT:
        known.clear()
    return known.setdefault(one, one)


def _form(found: Found, roles: tuple[RoleForm, ...], links: tuple[LinkForm, ...]) -> Form:
    if max(len(found.roles), len(found.relationships) + len(found.successions), len(found.contacts) + 1) > MOST // 2:
        raise OtherwiseError
    class_, stub, status = found.head.words
    active = None if status is None else status != _CLOSED
    if active is None:
        active = next((role.active for role in roles if role.primary), None)
    types = codes().types
    return Form(
        stub is not None,
        class_ == "RC2",
        active,
        getter(*found.head.values, *found.head.days),
        roles,
        tuple((role.id, role.primary) for role in roles),
        any(item.days[1] >= 0 for item in found.roles),
        len({types[role.id] for role in roles if role.id in types}) > 1,
        links,
        tuple(_succession(item) for item in found.successions),
        tuple((codes().contacts.get(item.words[0] or "", "contact"), item.values[0]) for item in found.contacts),
        frozenset(role.id for role in roles).union(link.role for link in links if link.type and link.role),
        {},
    )


def _role(item: Item, speaker: Speaker) -> RoleForm:
    name, primary, status = item.words
    if name is None:
        raise OtherwiseError
    return RoleForm(
        (called(name, speaker.label(name)), int(primary == _TRUE), int(status != _CLOSED)), getter(*item.days)
    )


def _link(item: Item, speaker: Speaker) -> LinkForm:
    name, status, target_role = item.words
    if name is None or target_role is None:
        raise OtherwiseError
    active, values = status != _CLOSED, getter(*item.values, *item.days)
    if is_timely(name, target_role):
        return LinkForm(None, None, active, values, name, target_role)
    found = tie(name, target_role, None, active, speaker.names)
    if found is None or found.type in BOTH_WAYS:
        raise OtherwiseError
    return LinkForm(found.type, found.role, active, values, name, target_role)


def _succession(item: Item) -> SuccessionForm:
    since, _, legal_since, _ = item.days
    return SuccessionForm(item.words == ("Successor",), getter(*item.values, legal_since, since))
