"""The true counts of a release, told by those who made it and not by those who read it."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field

from tests.national.things import PUBLISHED, Org

LINK_TYPES = {
    "RE2": "sub-division-of",
    "RE3": "directed-by",
    "RE4": "commissioned-by",
    "RE5": "in-geography-of",
    "RE6": "operated-by",
    "RE8": "partner-to",
    "RE9": "payee-of",
    "RE10": "covid-payee-of",
    "RE11": "constituent-of",
}
NETWORKS = {"RO272", "RO102", "RO103"}
"""Primary roles of what is an arrangement whatever the date."""

BOARDS_FROM = "2022-07-01"
"""Since when a partnership's code may be that of a board."""


@dataclass
class Truth:
    """Counts of a release as a register should hold it."""

    rows: int = 0
    refused: int = 0
    records: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    names: int = 0
    roles: int = 0
    links: Counter[str] = field(default_factory=Counter)
    successions: int = 0
    stubs: int = 0
    placeholders: int = 0
    open: int = 0
    closed: int = 0

    def as_json(self) -> dict[str, object]:
        """The same for a file."""
        return {**asdict(self), "kinds": dict(self.kinds), "links": dict(sorted(self.links.items()))}


@dataclass
class Counting:
    """Counts records as they are written."""

    published: str = PUBLISHED
    truth: Truth = field(default_factory=Truth)
    described: set[str] = field(default_factory=set)
    named: set[str] = field(default_factory=set)
    """Codes that are only pointed at, or stand as stubs."""
    stubs: set[str] = field(default_factory=set)
    successions: set[tuple[str, str]] = field(default_factory=set)

    def add(self, org: Org, refused: bool = False) -> Org:
        """Count a record; `refused` says that another record of its code counts instead."""
        truth = self.truth
        truth.rows += 1
        if refused:
            truth.refused += 1
        elif org.stub:
            truth.stubs += 1
            self.stubs.add(org.code)
            self.named.add(org.code)
        else:
            self._describe(org)
        return org

    def _describe(self, org: Org) -> None:
        truth = self.truth
        self.described.add(org.code)
        truth.records += 1
        truth.kinds[
            "site" if org.site else "arrangement" if is_arrangement(org, self.published) else "organisation"
        ] += 1
        truth.roles += len({(role.id, role.span, role.legal, role.active, role.primary) for role in org.roles})
        for tie in {(tie.id, tie.target, tie.span.start): tie for tie in org.ties}.values():
            truth.links[link_type(tie.id, tie.target_role, tie.span.start)] += 1
            self.named.add(tie.target)
        for one in org.followed:
            if one.target != org.code:
                self.successions.add((org.code, one.target) if one.forward else (one.target, org.code))
                self.named.add(one.target)
        if is_open(org, self.published):
            truth.open += 1
        else:
            truth.closed += 1

    def total(self) -> Truth:
        """The counts, when all has been added."""
        truth = self.truth
        truth.names = truth.records + len(self.stubs - self.described)
        truth.placeholders = len(self.named - self.described)
        truth.successions = len(self.successions)
        truth.links["succeeded-by"] = truth.successions
        return truth


def link_type(id: str, target_role: str, start: str | None) -> str:
    """The link type of a relationship."""
    if id in ("RE8", "RE9", "RE10") and (
        target_role in NETWORKS or (target_role == "RO261" and start is not None and start < BOARDS_FROM)
    ):
        return "participates-in"
    return LINK_TYPES[id]


def is_arrangement(org: Org, published: str) -> bool:
    """Whether a record is something with partners rather than a body."""
    in_force = {role.id for role in org.roles if role.active and (role.span.end or "~") > published}
    held = in_force or {role.id for role in org.roles}
    return bool(held & (NETWORKS | {"RO261"})) and "RO318" not in held


def is_open(org: Org, published: str) -> bool:
    """Whether a record is open: active, and with no end of either family that has come."""
    status = org.status or next(
        ("Active" if role.active else "Inactive" for role in org.roles if role.primary), "Active"
    )
    ends = [span.end for span in (org.span, org.legal) if span is not None and span.end]
    return status == "Active" and all(end > published for end in ends)
