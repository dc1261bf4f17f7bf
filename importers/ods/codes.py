"""What codes of ODS mean: types by roles, link types by relationships, and words for those that nobody foresaw."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from db.data_files import load_data
from db.keys import slug
from db.statements import LinkTypeSaid, TermSaid
from db.vocabularies import load_vocabularies
from importers.care_systems import of_a_footprint
from importers.readable_case import readable

SOURCE = "ODS XML release, its code systems"


@dataclass(frozen=True, slots=True)
class RelationshipMeaning:
    """The link type of a relationship, and the role in it where its target is an arrangement."""

    type: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class OdsCodes:
    """All of the data file."""

    types: Mapping[str, tuple[str, str]]
    """Type and kind by role."""
    precedence: Mapping[str, int]
    """The place of each of these roles: of several, the first tells what an organisation is."""
    least: Mapping[str, str]
    relationships: Mapping[str, RelationshipMeaning]
    arrangements: frozenset[str]
    """Roles of targets that are arrangements."""
    footprint: str
    """The role of footprints that boards kept with their codes."""
    contacts: Mapping[str, str]
    licence: str
    publishers: tuple[tuple[str, str, str | None], ...]
    """Who ran the Organisation Data Service, from one day to another."""


@cache
def codes() -> OdsCodes:
    """Read the data file once."""
    data = load_data("importers.ods", "codes.yaml")
    return OdsCodes(
        {entry["role"]: (entry["type"], entry.get("kind", "organisation")) for entry in data["types"]},
        {entry["role"]: place for place, entry in enumerate(data["types"])},
        {entry["role"]: entry["type"] for entry in data["least"]},
        {name: RelationshipMeaning(entry["type"], entry.get("role")) for name, entry in data["relationships"].items()},
        frozenset(data["arrangements"]),
        data["footprint"],
        data["contacts"],
        data["licence"],
        tuple((one["name"], str(one["from"]), str(one["to"]) if "to" in one else None) for one in data["publishers"]),
    )


def leading_role(roles: Collection[str]) -> str | None:
    """Of some roles, the one that tells what an organisation is; None where none of them does."""
    precedence = codes().precedence
    telling = [role for role in roles if role in precedence]
    return min(telling, key=precedence.__getitem__) if telling else None


def role_name(role: str) -> str | None:
    """Return what a role is called whose name a list does not give, by the type that it makes; None for another."""
    made = codes().types.get(role)
    return None if made is None else _type_labels().get(made[0])


@cache
def _type_labels() -> Mapping[str, str]:
    return {one.name: one.label for one in load_vocabularies()[0] if one.vocabulary.endswith("_types")}


def kind_and_type(
    roles: Sequence[tuple[str, bool]], held: Collection[str], site: bool, names: Mapping[str, str]
) -> tuple[str, str | None]:
    """What a record is by the roles `held` on the day of the release, or by all of them where none is.

    `roles` are ids, and whether each is the primary role; `names` are what the release calls them.
    """
    known = codes()
    held = held or {role for role, _ in roles}
    leading = leading_role(held)
    if leading is not None:
        named, kind = known.types[leading]
        return ("site" if site else kind), named
    others = [one for one in roles if one[0] in held and one[0] not in known.least and one[0] in names]
    others.sort(key=lambda one: not one[1])
    least = next((known.least[role] for role in known.least if role in held), None)
    return ("site" if site else "organisation"), type_name(names[others[0][0]]) if others else least


@lru_cache(maxsize=4096)
def type_name(display: str) -> str | None:
    """The word for a role that the data file does not know, made of its name in the release."""
    return slug(display) or None


def relationship_meaning(
    relationship: str, target_role: str, begun: str | None, active: bool, names: Mapping[str, str]
) -> RelationshipMeaning | None:
    """The link type of a relationship, and the role in it where its target was an arrangement; None where unknown.

    `begun` is the day on which it began, by the operational dates or else by the legal ones.
    """
    known = codes()
    found = known.relationships.get(relationship)
    if found is None:
        name = slug(names.get(relationship, ""))
        return RelationshipMeaning(name) if name else None
    if found.role is None:
        return found
    of_old = target_role == known.footprint and (of_a_footprint(begun) if begun else not active)
    if target_role in known.arrangements or of_old:
        return RelationshipMeaning("participates-in", found.role)
    return RelationshipMeaning(found.type)


def terms(names: Mapping[str, str]) -> tuple[TermSaid, ...]:
    """Words for the types that the release names and the data file does not; words that exist keep their meaning."""
    known = codes()
    said: dict[tuple[str, str], TermSaid] = {}
    for role, display in names.items():
        name = type_name(display)
        if role.startswith("RO") and name and role not in known.types and role not in known.least:
            vocabulary = "site_types" if display.upper().endswith(" SITE") else "organisation_types"
            definition = f"What holds ODS role {role}; the release tells its name and no more."
            said.setdefault((vocabulary, name), TermSaid(vocabulary, name, readable(display), definition, SOURCE))
    return tuple(said.values())


def link_types(names: Mapping[str, str]) -> tuple[LinkTypeSaid, ...]:
    """Link types for relationships that the release names and the data file does not."""
    return tuple(
        LinkTypeSaid(
            slug(display), display.lower(), f"{display.lower()} (the other way round)", "other",
            f"ODS relationship {rel}; the release tells its name and no more.", SOURCE,
        )
        for rel, display in names.items()
        if rel.startswith("RE") and rel not in codes().relationships and slug(display)
    )  # fmt: skip


def publisher(earliest: str | None, latest: str | None) -> str | None:
    """Who published a list of that day or those days; None where unknown or where two may have."""
    if earliest is None or latest is None:
        return None
    for name, start, end in codes().publishers:
        if earliest >= start and (end is None or latest <= end):
            return name
    return None
