"""What a made-up release holds, as plain data: what is written as XML and what is counted come from the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

PUBLISHED = "2026-08-28"
LAST_CHANGE = "2024-05-07"


@dataclass(frozen=True)
class Span:
    """Dates of one family; None is unknown."""

    start: str | None = None
    end: str | None = None


@dataclass(frozen=True)
class Held:
    """A role."""

    id: str
    span: Span = Span()
    active: bool = True
    primary: bool = False
    legal: Span | None = None


@dataclass(frozen=True)
class Tied:
    """A relationship to a target, which is named with its primary role."""

    id: str
    target: str
    target_role: str
    span: Span = Span()
    active: bool = True
    legal: Span | None = None


@dataclass(frozen=True)
class Followed:
    """A succession: `forward` where the target came after."""

    target: str
    date: str | None
    forward: bool = True
    number: int | None = 1


@dataclass(frozen=True)
class Org:
    """A record."""

    code: str
    name: str
    roles: tuple[Held, ...] = ()
    span: Span = Span("2001-04-01")
    legal: Span | None = None
    status: str | None = "Active"
    site: bool = False
    stub: bool = False
    ties: tuple[Tied, ...] = ()
    followed: tuple[Followed, ...] = ()
    lines: tuple[str, ...] = ("1 HIGH STREET",)
    town: str = "ANYTOWN"
    county: str = ""
    postcode: str = "AN1 1AA"
    uprn: str = ""
    contacts: tuple[tuple[str, str], ...] = ()

    def as_stub(self) -> Org:
        """The skeleton of the record that the other file holds."""
        primary = tuple(role for role in self.roles if role.primary)
        return replace(self, stub=True, roles=primary, ties=(), followed=(), contacts=(), uprn="", legal=None)


@dataclass
class File:
    """One file of a release."""

    orgs: list[Org] = field(default_factory=list)
    archive: bool = False
    published: str = PUBLISHED
    count: int | None = None
    """What the manifest counts; None counts right."""
    version: str = "2-0-0"
    last_change: str = LAST_CHANGE
    """The day on which each of its records was last looked at, as it says."""


NAMES = {
    "RO57": "FOUNDATION TRUST",
    "RO72": "OTHER PRESCRIBING COST CENTRE",
    "RO76": "GP PRACTICE",
    "RO80": "OUT OF HOURS COST CENTRE",
    "RO92": "APPLICATION SERVICE PROVIDER",
    "RO96": "BRANCH SURGERY",
    "RO98": "CLINICAL COMMISSIONING GROUP",
    "RO102": "CLINICAL NETWORK",
    "RO103": "CANCER NETWORK",
    "RO104": "SOCIAL CARE PROVIDER",
    "RO110": "GENERAL DENTAL PRACTICE",
    "RO157": "NON-NHS ORGANISATION",
    "RO172": "INDEPENDENT SECTOR HEALTHCARE PROVIDER",
    "RO176": "INDEPENDENT SECTOR H/C PROVIDER SITE",
    "RO177": "PRESCRIBING COST CENTRE",
    "RO179": "PRIMARY CARE TRUST",
    "RO180": "PRIMARY CARE TRUST SITE",
    "RO182": "PHARMACY",
    "RO197": "NHS TRUST",
    "RO198": "NHS TRUST SITE",
    "RO209": "NHS ENGLAND (REGION)",
    "RO221": "SCHOOL",
    "RO261": "STRATEGIC PARTNERSHIP",
    "RO262": "SUSTAINABILITY TRANSFORMATION PARTNERSHIP",
    "RO270": "COVID TESTING SITE OPERATOR",
    "RO272": "PRIMARY CARE NETWORK",
    "RO318": "INTEGRATED CARE BOARD",
    "RO319": "SUB ICB LOCATION",
    "RO327": "SUB ICB REPORTING ENTITY",
}
"""Display names of roles in the code system."""

TIES = {
    "RE2": "IS A SUB-DIVISION OF",
    "RE3": "IS DIRECTED BY",
    "RE4": "IS COMMISSIONED BY",
    "RE5": "IS LOCATED IN THE GEOGRAPHY OF",
    "RE6": "IS OPERATED BY",
    "RE8": "IS PARTNER TO",
    "RE9": "IS NOMINATED PAYEE FOR",
    "RE10": "IS COVID NOMINATED PAYEE FOR",
    "RE11": "IS CONSTITUENT OF",
}
"""Display names of relationships in the code system."""
