"""Records in words: pure functions from what the register returns to what a person reads, tested without a screen.

What they return holds the data's own text; it becomes safe where it becomes a piece of a line.
"""

from __future__ import annotations

from db.model import Event, Evidence, Fact, Link, Name, Record, SourceRef
from db.reports import Stats
from db.results import Brief

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_PLURALS = {"person": "people"}
_CURRENCIES = {"GBP": "£", "EUR": "€", "USD": "$"}
_NAME_KINDS = {"as-written": "as a source writes it", "former": "former name", "short": "short name",
               "trading": "trading name", "welsh": "name in Welsh", "official": "official name"}  # fmt: skip


def count(number: int, word: str) -> str:
    """Return a number and its word: `1 person`, `1,204 people`, `0 sites`."""
    return f"{number:,} {word if number == 1 else _PLURALS.get(word, word + 's')}"


def date_words(text: str | None) -> str:
    """Return a date as people write it, and say what of it is not known."""
    if text is None:
        return "date not stated"
    year, *rest = text.split("-")
    if not all(part.isdigit() for part in rest) or len(rest) > 2 or (rest and not 1 <= int(rest[0]) <= 12):
        return text
    month = _MONTHS[int(rest[0]) - 1] if rest else ""
    day = f"{int(rest[1])} " if len(rest) == 2 else ""
    if year == "XXXX":
        return f"{day}{month}, year not stated"
    return f"{day}{month} {year}".strip()


def short_date(text: str) -> str:
    """Return a date in at most eleven letters: `8 Jul 2016`, `Jul 2016`, `2016`."""
    words = date_words(text)
    for month in _MONTHS:
        words = words.replace(month, month[:3])
    return words


def period_words(start: str | None, end: str | None, status: str | None = None) -> str:
    """Return when something held, as far as it is stated: `since 2013`, `until 2013, start unknown`, or nothing."""
    if start and end:
        return f"{date_words(start)} to {date_words(end)}"
    if start:
        return f"from {date_words(start)}, end unknown" if status == "past" else f"since {date_words(start)}"
    if end:
        return f"until {date_words(end)}, start unknown"
    return "dates unknown" if status == "past" else ""


def status_words(record: Record) -> str:
    """Return where a record stands: its status, since when or until when, and what is odd about it.

    People and documents are not open or closed: of them it says something only where a source does.
    """
    status = record.status_label or record.status
    stands = record.kind not in ("person", "document")
    if not stands and status == "open":
        status = None
    if record.open is False:
        words = status if status and status != "open" else "closed"
        words += f" {date_words(record.closed)}" if record.closed else ", end unknown"
    elif status:
        words = status + (f" since {date_words(record.opened)}" if record.opened and record.open else "")
    else:
        words = f"since {date_words(record.opened)}" if record.opened else "status not stated" if stands else ""
    if record.open is not False and record.closed:
        words += f", to end {date_words(record.closed)}"
    if record.placeholder:
        words += ", known only from what others say of it"
    if record.gone:
        words += f", not in the newest list ({record.gone})"
    return words.removeprefix(", ")


def kind_words(record: Record) -> str:
    """Return what a record is: `arrangement, group model`."""
    type_ = record.type_label or record.type
    return f"{record.kind}, {type_}" if type_ and type_ != record.kind else record.kind


def brief_words(brief: Brief) -> str:
    """Return the one thing worth saying of a record in a list: that it is not simply open, else where it is."""
    if brief.gone:
        return "no longer listed"
    if brief.open is False:
        return "closed"
    if brief.status and brief.status not in ("open", "active"):
        return brief.status.replace("-", " ")
    return brief.place or ""


def link_words(link: Link) -> tuple[str, ...]:
    """Return what is to be said of a link besides the other end's name: role, standing, dates, a closed other end."""
    role = link.role_label or link.role or ""
    standing = link.status if link.status and link.status != "current" else ""
    closed = "closed" if link.other_open is False else ""
    legal = ""
    if (link.legal_start, link.legal_end) != (None, None) and not (link.start or link.end):
        legal = f"legally {period_words(link.legal_start, link.legal_end)}"
    when = period_words(link.start, link.end, link.status)
    return tuple(part for part in (role, standing, when, legal, closed) if part)


def fact_words(fact: Fact) -> str:
    """Return a fact without its label: the value first where the text does not hold it, then the day it held."""
    value, text = _value_words(fact), fact.text or ""
    if text and value and not _says(text, value):
        text = f"{value}: {text}"
    words = text or value
    return f"{words} (as of {date_words(fact.as_of)})" if fact.as_of else words


def _says(text: str, value: str) -> bool:
    """Tell whether a text has the value in figures, or its unit, so that the value beside it would say it twice."""
    number, _, unit = value.partition(" ")
    words = text.replace("%", " % ").replace(",", "").split()
    if value[0] in _CURRENCIES.values():
        return value[0] in text
    return number.replace(",", "") in words or (unit in words and unit != "%")


def _value_words(fact: Fact) -> str:
    if fact.value is None:
        return ""
    number = isinstance(fact.value, int | float) and not isinstance(fact.value, bool)
    value = f"{fact.value:,}" if number else str(fact.value)
    if fact.unit in _CURRENCIES:
        return _CURRENCIES[fact.unit] + value
    if fact.unit == "%":
        return f"{value} %"
    return f"{value} {fact.unit}" if fact.unit else value


def event_words(event: Event) -> str:
    """Return what happened, its kind first where the text does not tell it."""
    kind = event.kind.replace("-", " ")
    return event.text or kind


def name_words(name: Name) -> str:
    """Return what kind of name it is and when it was used."""
    kind = _NAME_KINDS.get(name.kind, name.kind.replace("-", " "))
    when = period_words(name.start, name.end)
    return f"{kind}, {when}" if when else kind


def source_words(source: SourceRef) -> str:
    """Return who published a source and when, after its title."""
    parts = (source.publisher or "publisher not stated", date_words(source.date))
    return ", ".join(parts)


def basis_words(evidence: Evidence) -> str:
    """Return how firmly it is known: stated, claimed by whom, or inferred why."""
    if evidence.basis == "claimed":
        words = f"claimed by {evidence.claimant_name or evidence.claimant or 'somebody the source does not name'}"
    elif evidence.basis == "inferred":
        words = "inferred" + (f": {evidence.note}" if evidence.note else ", the reason is not recorded")
    else:
        words = evidence.basis
    if evidence.note and evidence.basis != "inferred":
        words += f": {evidence.note}"
    if evidence.confidence is not None:
        words += f" (confidence {evidence.confidence:.0%})"
    return words


def evidence_words(evidence: Evidence) -> str:
    """Return one line of evidence: how it is known, in which source, and where in it."""
    where = f", {evidence.locator}" if evidence.locator else ""
    return f"{basis_words(evidence)}, in {evidence.source.title}{where}"


def newest_source(stats: Stats) -> str | None:
    """Return the date of the newest source, None where none is dated; dates without a year say nothing here."""
    dates = [source.published for source in stats.sources if source.published and source.published[0] != "X"]
    return max(dates, default=None)


def register_words(label: str, stats: Stats | None) -> tuple[str, ...]:
    """Return which register it is, how large and how current, from the fullest wording to the shortest."""
    if stats is None:
        return (label,)
    newest = newest_source(stats)
    current = f"sources to {short_date(newest)}" if newest else "sources undated"
    kinds = [kind for kind in ("organisation", "arrangement", "person") if stats.records.get(kind)]
    counts = [count(stats.records[kind], kind) for kind in kinds]
    return (
        " · ".join([*counts, label, current]),
        " · ".join([*counts[:2], label, current]),
        f"{label} · {current}",
        f"{label} · {newest or 'undated'}",
        label,
    )
