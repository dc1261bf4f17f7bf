"""How old lists are, in words."""

from __future__ import annotations

from datetime import date, timedelta

from db.dates import latest, today


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
    now = date.fromisoformat(today())
    then = now - timedelta(days)
    months = 12 * (now.year - then.year) + now.month - then.month - (now.day < then.day)
    if months >= 24:
        return f"{months // 12} years"
    return f"{months} months" if months >= 2 else f"{days} day{'s' * (days != 1)}"
