"""Small pieces of data in words: dates, spans, amounts, statuses. What they return is not yet made safe."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from db.model import Address, Fact, Value
    from db.results import Brief

STATUS_STYLES = {
    "open": "good",
    "current": "good",
    "active": "good",
    "planned": "soon",
    "proposed": "soon",
    "being-formalised": "soon",
    "closed": "past",
    "past": "past",
    "ended": "past",
}
"""How a status is coloured; one that is not listed keeps the terminal's own colour."""


def words(name: str | None) -> str:
    """Return a vocabulary's name in words where its label is not at hand: `group-model` reads `group model`."""
    return name.replace("-", " ") if name else ""


def span(start: str | None, end: str | None) -> str:
    """Return two dates in words; an unknown one is left out."""
    if start and end:
        return f"{start} to {end}"
    if start:
        return f"from {start}"
    return f"until {end}" if end else ""


def amount(value: Value, unit: str | None) -> str:
    """Return a figure with its unit, thousands apart; an empty text where there is none."""
    if value is None:
        return ""
    figure = f"{value:,}" if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)
    if unit in ("%", "percent", "per cent"):
        return f"{figure} %"
    if unit in ("GBP", "£"):
        return f"£{figure}"
    return f"{figure} {words(unit)}".rstrip()


def said(fact: Fact) -> str:
    """Return what a fact says: its figure, its text, and when that held."""
    parts = [amount(fact.value, fact.unit), fact.text or ""]
    shown = " – ".join(part for part in parts if part) or "unknown"
    return f"{shown} (as of {fact.as_of})" if fact.as_of else shown


def status(brief: Brief) -> str:
    """Return a record's status in words, `gone` where a newer list no longer holds it."""
    if brief.status:
        shown = words(brief.status)
    else:
        shown = {True: "open", False: "closed", None: ""}[brief.open]
    return f"{shown}, gone".removeprefix(", ") if brief.gone else shown


def where(address: Address) -> str:
    """Return an address on one line."""
    parts = (*address.lines, address.town, address.county, address.postcode, address.country)
    return ", ".join(part for part in parts if part)


def count(number: int, one: str, several: str | None = None) -> str:
    """Return a count with its noun: `1 record`, `2,000 records`."""
    return f"{number:,} {one if number == 1 else several or one + 's'}"


def duration(time: float) -> str:
    """Return seconds as people say them."""
    if time < 10:
        return f"{time:.1f} s"
    if time < 90:
        return f"{time:.0f} s"
    return f"{time / 60:.0f} min"
