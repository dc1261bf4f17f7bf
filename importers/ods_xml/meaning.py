"""What codes mean: kind and type by roles, link types by relationships, and words for those that nobody foresaw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from db.keys import slug
from db.statements import LinkTypeSaid, TermSaid
from importers.ods_xml.organisation import Role
from importers.readable_case import readable
from importers.status import Day, ended, has_closed, to_come

SOURCE = "ODS XML release, its code systems"


@dataclass(frozen=True, slots=True)
class Tie:
    """The link type of a relationship, and the role in it where its target is an arrangement."""

    type: str
    role: str | None


@dataclass(frozen=True, slots=True)
class Codes:
    """All of the data file."""

    types: Mapping[str, tuple[str, str]]
    """Type and kind by role, in order of precedence."""
    least: Mapping[str, str]
    ties: Mapping[str, Tie]
    plain: Mapping[str, Tie]
    """The same without the role that only arrangements have."""
    arrangements: Mapping[str, str | None]
    contacts: Mapping[str, str]


@cache
def codes() -> Codes:
    """Read the data file once."""
    import yaml  # 15 ms, wanted only where a release is read

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = yaml.load(files("importers.ods_xml").joinpath("codes.yaml").read_text("utf-8"), Loader=loader)
    return Codes(
        {entry["role"]: (entry["type"], entry.get("kind", "organisation")) for entry in data["types"]},
        {entry["role"]: entry["type"] for entry in data["least"]},
        {name: Tie(entry["type"], entry.get("role")) for name, entry in data["relationships"].items()},
        {name: Tie(entry["type"], None) for name, entry in data["relationships"].items()},
        data["arrangements"],
        data["contacts"],
    )


def status(
    active: bool | None, start: Day | None, end: Day | None, legal_end: Day | None, today: Day | None
) -> str | None:
    """Active is not open: an end of either family that has come by the day of the release outweighs it."""
    if active is False or has_closed(end, today) or has_closed(legal_end, today):
        return "closed"
    if active is None:
        return None
    return "planned" if to_come(start, today) else "open"


def in_force(roles: Iterable[Role], today: str | None) -> frozenset[str]:
    """The ids of roles that are held on the day of the release."""
    return frozenset(role.id for role in roles if role.active and not ended(role.dates.end, today))


def kind_and_type(
    roles: Sequence[tuple[str, bool]], held: frozenset[str], site: bool, names: Mapping[str, str]
) -> tuple[str, str | None]:
    """What a record is by the roles `held` on the day of the release, or by all of them where none is.

    `roles` are ids, and whether each is the primary role.
    """
    known = codes()
    held = held or frozenset(role for role, _ in roles)
    found = next((role for role in known.types if role in held), None)
    if found is not None:
        named, kind = known.types[found]
        return ("site" if site else kind), named
    others = [one for one in roles if one[0] in held and one[0] not in known.least and one[0] in names]
    others.sort(key=lambda one: not one[1])
    least = next((known.least[role] for role in known.least if role in held), None)
    return ("site" if site else "organisation"), type_name(names[others[0][0]]) if others else least


@lru_cache(maxsize=4096)
def type_name(display: str) -> str | None:
    """The word for a role that the data file does not know, made of its name in the release."""
    return slug(display) or None


def tie(relationship: str, target_role: str, begun: str | None, active: bool, names: Mapping[str, str]) -> Tie | None:
    """The link type of a relationship, and the role in it where its target was an arrangement; None where unknown.

    `begun` is the day on which it began, by the operational dates or else by the legal ones.
    """
    known = codes()
    found = known.ties.get(relationship)
    if found is None:
        name = names.get(relationship)
        return Tie(slug(name), None) if name and slug(name) else None
    if found.role is None or target_role not in known.arrangements:
        return known.plain[relationship]
    until = known.arrangements[target_role]
    there = until is None or (begun <= until if begun else not active)
    return Tie("participates-in", found.role) if there else known.plain[relationship]


def is_timely(relationship: str, target_role: str) -> bool:
    """Whether what a relationship means depends on when it began: the target was an arrangement up to a day."""
    known = codes()
    found = known.ties.get(relationship)
    return found is not None and found.role is not None and known.arrangements.get(target_role) is not None


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
        if rel.startswith("RE") and rel not in codes().ties and slug(display)
    )  # fmt: skip
