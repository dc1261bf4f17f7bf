"""What one code of ODS stood for: an STP footprint, the integrated care system after it, and the board of the system.

ODS kept the code through all three. They are three things and so three records, and this is the only place that tells
which of them a code means on which day, whatever the format.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from db.data_files import load_data
from db.dates import latest
from db.identifiers import written
from db.keys import slug


@dataclass(frozen=True, slots=True)
class CareSystems:
    """The data file, ready for looking up what the lives of a code are known by."""

    until: str
    """The last day on which such a code was that of a footprint."""
    boards_from: str
    """The first day on which it was that of a board."""
    codes: dict[str, str]
    """The code of ODS by itself, and by the codes of geography that the footprint had."""
    names: dict[str, str]
    """What the system is called, by the code of ODS; what has no name had neither system nor board."""
    named: dict[str, str]
    """The code of ODS by the slug of that name."""


@cache
def care_systems() -> CareSystems:
    """Read the data file once."""
    data = load_data("importers", "care_systems.yaml")
    systems = data["systems"]
    names = {one["code"]: one["system"] for one in systems if "system" in one}
    return CareSystems(
        data["until"],
        data["boards_from"],
        {code: one["code"] for one in systems for code in (one["code"], *one["gss"])},
        names,
        {slug(name): code for code, name in names.items()},
    )


def footprint_key(code: str) -> str:
    """The key of the footprint that had this code of ODS."""
    return f"arr:stp-{code.lower()}"


def footprint_codes(code: str) -> list[tuple[str, str]]:
    """The codes of a footprint, with their schemes: the code of ODS is its own where no board took it over."""
    return [("ods-stp", code)] if code in care_systems().names else [("ods-stp", code), ("ods", code)]


def system_key(name: str) -> str:
    """The key of the system of this name."""
    return f"arr:{slug(name)}-ics"


def of_a_footprint(day: str | None) -> bool:
    """Whether a code that stood for a footprint and for a board meant the footprint on a day; unknown is now."""
    last = latest(day)
    return last is not None and last <= care_systems().until


def key_on(code: str, day: str | None) -> str:
    """The key of what a code of ODS stood for on a day."""
    return footprint_key(code) if code in care_systems().codes and of_a_footprint(day) else f"ods:{code}"


def footprint(text: str) -> str | None:
    """The key of the footprint with a code of ODS or of geography, None where no footprint had it."""
    code = _code(text)
    return footprint_key(code) if code else None


def board(text: str) -> str | None:
    """The key of the board that followed on a footprint with this code, or that leads a system of this name."""
    code = _code(text) or care_systems().named.get(slug(text))
    return f"ods:{code}" if code in care_systems().names else None


def system(text: str) -> str | None:
    """The key of the system that a footprint with this code became."""
    name = system_name(text)
    return system_key(name) if name else None


def system_name(text: str) -> str | None:
    """What the system is called that a footprint with this code became."""
    return care_systems().names.get(_code(text) or "")


def _code(text: str) -> str | None:
    return care_systems().codes.get(written("ods", text))
