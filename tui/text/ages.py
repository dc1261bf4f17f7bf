"""How old lists are, in words."""

from __future__ import annotations

from datetime import date

from db.dates import latest, today

_MONTH, _YEAR = 30.44, 365.25


def days_old(published: str | None) -> int | None:
    """Return the days since the last day of which a list can tell, None where its day is not known."""
    last = latest(published)
    if last is None or "X" in last:
        return None
    return max((date.fromisoformat(today()) - date.fromisoformat(last)).days, 0)


def age(published: str | None) -> str:
    """Return how old a list is: `3 days`, `11 months`, `4 years`; `unknown` where its day is."""
    days = days_old(published)
    if days is None:
        return "unknown"
    for unit, length in (("year", _YEAR), ("month", _MONTH)):
        if days >= 2 * length:
            return f"{days / length:.0f} {unit}s"
    return f"{days} day{'s' * (days != 1)}"
