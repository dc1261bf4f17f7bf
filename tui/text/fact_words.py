"""What facts say in words: figures with their units, and whether a text tells its figure already.

What it returns holds the data's own text; whoever shows it makes it safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text import phrases

if TYPE_CHECKING:
    from db.model import Fact, Value

_CURRENCIES = {"GBP": "£", "EUR": "€", "USD": "$", "£": "£"}
_PER_CENT = ("%", "percent", "per cent")
_SHARE = "share"
"""The unit of what is told from 0 to 1."""
_NUMBERS = "none one two three four five six seven eight nine ten eleven twelve".split()
"""How a text may write a small number."""


def amount(value: Value, unit: str | None) -> str:
    """Return a figure with its unit, thousands apart; an empty text where there is none."""
    if value is None:
        return ""
    if unit == _SHARE and isinstance(value, int | float) and not isinstance(value, bool):
        return f"{_per_cent(100 * value)} %"
    figure = f"{value:,}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
    if unit in _PER_CENT:
        return f"{figure} %"
    if unit in _CURRENCIES:
        return _CURRENCIES[unit] + figure
    return f"{figure} {phrases.readable(unit)}".rstrip()


def _per_cent(value: float) -> str:
    """Return a figure with one place after the point, none where that is nought; a very small one with its first."""
    return f"{value:.1f}".removesuffix(".0") if abs(value) >= 0.05 or not value else f"{value:.1g}"


def fact(one: Fact) -> str:
    """Return a fact without its label: its value where its text does not hold it, its text, and when that held."""
    if one.property == "ods-role" and one.text and one.value:
        return f"{one.text} ({one.value})"
    unit = one.unit if one.unit != one.label else None
    return valued(one.value, unit, one.text, one.as_of)


def valued(value: Value, unit: str | None, text: str | None, as_of: str | None) -> str:
    """Return what a fact says, from its parts."""
    figure = amount(value, unit)
    behind = f" {text}" if text and text.startswith("of ") else f": {text}"
    words = f"{figure}{behind}" if text and figure and not _says(text, figure) else text or figure or "unknown"
    return f"{words} (as of {phrases.date(as_of)})" if as_of else words


def _says(text: str, figure: str) -> bool:
    """Tell whether a text has the figure, or its unit, so that the figure beside it would say it twice."""
    number, _, unit = figure.partition(" ")
    words = text.replace("%", " % ").replace(",", "").rstrip(".").split()
    if figure[0] in _CURRENCIES.values():
        return figure[0] in text
    number = number.replace(",", "")
    in_words = (
        _NUMBERS[int(number)] if number.isascii() and number.isdigit() and int(number) < len(_NUMBERS) else number
    )
    return not {number, in_words}.isdisjoint(words) or (unit in words and unit != "%")
