"""Small things in words, each by one function: dates, periods, statuses, links, names, sources, plurals.

What they return holds the data's own text; whoever shows it makes it safe.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from db.acts import PLANNED
from db.dates import MONTHS
from db.keys import OWN_SCHEMES, is_code, slug

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.model import Address, Event, Link, Name, Record, SourceRef, TimelineEntry
    from db.reports import Stats
    from db.results import Brief, Match

_PLURALS = {"person": "people"}
_READABLE = {
    "unlisted": "no longer listed",
    "amended": "list amended",
    "post-started": "took up a post",
    "post-ended": "left a post",
}
"""Words of the vocabulary that say little to whoever does not know it."""
AS_WRITTEN = "as a source writes it"
"""Of a name that a source has otherwise than the official one."""
_NAME_KINDS = {
    "as-written": AS_WRITTEN,
    "descriptive": "descriptive name",
    "former": "former name",
    "official": "official name",
    "short": "short name",
    "trading": "trading name",
    "welsh": "Welsh name",
    "title": "with title",
}
AHEAD = frozenset(PLANNED)
"""Statuses of what is not there yet."""
OVER = frozenset(("closed", "past", "ended", "unlisted"))
"""Statuses of what is no longer there."""
FROM_LINKS_ALONE = "described by no source"
"""Of a record that no source describes."""

AS_TOLD = "undated source"
"""Of what sources without a day tell."""
STATUS_UNKNOWN = "status unknown"

CODE_ONLY = "no name given"
"""Of what is known by its code alone."""


def is_bare(name: str, key: str) -> bool:
    """Tell whether what stands for a name is the code of the record alone."""
    return key.partition(":")[0] not in OWN_SCHEMES and is_code(name, key)


def in_a_list(name: str, key: str) -> str:
    """Return a record's name where the key stands in a column of its own: `Q72 (no name given)` where it has none."""
    return f"{name} ({CODE_ONLY})" if is_bare(name, key) else name


def code(key: str) -> str:
    """Return the code of a key as people write it: `RLQ` of ODS, `GB-COH 01234567`; nothing of a key of our own."""
    of, _, value = key.partition(":")
    if of in OWN_SCHEMES:
        return ""
    return value if of == "ods" else f"{scheme(of)} {value}"


def named(name: str, key: str, place: str | None = None) -> str:
    """Return a record by name, code and place: `Wye Valley NHS Trust (RLQ, Hereford)`, `Q72 (no name given)`.

    One without a code is told apart by its key, unless that is but its name.
    """
    known = code(key) or ("" if key.partition(":")[2] == slug(name) else key)
    first, second = (known, CODE_ONLY) if is_bare(name, key) else (name, known)
    about = ", ".join(part for part in (second, place) if part)
    return f"{first} ({about})" if about else first


def count(number: int, one: str, several: str | None = None) -> str:
    """Return a number and its word: `1 person`, `1,204 people`, `0 sites`."""
    return f"{number:,} {one if number == 1 else several or _PLURALS.get(one, one + 's')}"


def readable(name: str | None) -> str:
    """Return a vocabulary's name in words where its label is not at hand: `group-model` reads `group model`."""
    return _READABLE.get(name, name.replace("-", " ")) if name else ""


@lru_cache(maxsize=10_000)
def date(text: str | None) -> str:
    """Return a date as people write it, and say what of it is not known."""
    if text is None:
        return "date unknown"
    year, *rest = text.split("-")
    if not all(part.isdigit() for part in rest) or len(rest) > 2 or (rest and not 1 <= int(rest[0]) <= 12):
        return text
    month = MONTHS[int(rest[0]) - 1] if rest else ""
    day = f"{int(rest[1])} " if len(rest) == 2 else ""
    if year == "XXXX":
        return f"{day}{month}, year unknown"
    return f"{day}{month} {year}".strip()


def on(day: str) -> str:
    """Return when something was so: `on 8 July 2016`, `in July 2016`."""
    return f"{'on' if date(day)[:1].isdigit() and len(day) > 7 else 'in'} {date(day)}"


def short_date(text: str) -> str:
    """Return a date in at most eleven letters: `8 Jul 2016`, `Jul 2016`, `2016`."""
    words = date(text)
    for month in MONTHS:
        words = words.replace(month, month[:3])
    return words


def period(start: str | None, end: str | None, status: str | None = None) -> str:
    """Return when something held, as far as it is known: `since 2013`, `until 2013`, or nothing."""
    if start and end:
        return f"{date(start)} to {date(end)}"
    if start:
        if status == "past":
            return f"from {date(start)}, end unknown"
        return f"{since(status)} {date(start)}"
    if end:
        return f"until {date(end)}"
    return "dates unknown" if status == "past" else ""


def since(status: str | None) -> str:
    """Return how a first day is told of what has a status: what is not there yet does not last since it."""
    return "from" if status in AHEAD else "since"


def left_out_undated(number: int, day: str | None) -> str:
    """Return how many links are left out as of a day because nothing dates them; nothing where there are none."""
    links = count(number, "link")
    return f"{links} left out: no source tells whether they were there on {date(day)}" if number else ""


def as_of(day: str | None, *, in_short: bool = False) -> str:
    """Return the day as of which something is told, its month in three letters if `in_short`; nothing for today."""
    return f"as of {short_date(day) if in_short else date(day)}" if day else ""


def address_of_source(url: str | None) -> str:
    """Return where a source is to be found, or that nobody tells."""
    return url or "no web address given"


def duration(seconds: float) -> str:
    """Return seconds as people say them."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min"


def kind(record: Record) -> str:
    """Return what a record is: `arrangement, group model`."""
    label = record.type_label or readable(record.type)
    return f"{record.kind}, {label}" if label and label != record.kind else record.kind


def no_longer_listed(unlisted: str | None, listed_last: str | None) -> str:
    """Return which list had something last and which has it no more: `no longer listed: last in 2018, not in 2021`."""
    if unlisted is None:
        return "no longer listed, day unknown"
    if listed_last is None:
        return f"no longer listed {on(unlisted)}"
    return f"no longer listed: last {on(listed_last)}, not {on(unlisted)}"


NOT_DATED = "not dated"
"""What is said of a body as of a day by which nothing tells that it was there."""
WHETHER_THEN = "no source tells whether it was there then"
"""The same where there is room for it."""


def status(brief: Brief) -> str:
    """Return a record's status in words, that a newer list no longer holds it, and that nothing dates it to a day.

    Of what is not dated nobody knows that it was open then.
    """
    words = readable(brief.status) or {True: "open", False: "closed", None: ""}[brief.open]
    words = words if brief.dated or words != "open" else ""
    is_gone = brief.gone and brief.status != "unlisted"
    more = ("no longer listed" if is_gone else "", "" if brief.dated else NOT_DATED)
    return ", ".join(filter(None, (words, *more)))


CONNECTS_EVERYTHING = "regions, national bodies, areas and documents"
"""What so much is linked to that it tells nothing of who works with whom."""


def leaving_out(how: str) -> str:
    """Return what an answer leaves out, and how it is taken in."""
    return f", leaving out {CONNECTS_EVERYTHING}, which connect everything ({how} takes them in)"


def found_by(matched: Match) -> str:
    """Return what a record was found by: `acronym: SWFT`, `linked to SWFT`."""
    return linked_to(matched.text) if matched.field == "tied" else f"{found_in(matched)}: {matched.text}"


def found_in(matched: Match) -> str:
    """Return which of a record's names, or what else of it, it was found by: `acronym`, `as a source writes it`."""
    return AS_WRITTEN if matched.field == "name as written" else matched.field


def how_found(how: str) -> str:
    """Return in what respect what was found by is what was typed: `exact`, `beginning`, `near match`."""
    return {"prefix": "beginning", "substring": "partial match", "fuzzy": "near match"}.get(how, how)


def linked_to(name: str) -> str:
    """Return that something was found by the name of what it is linked to."""
    return f"linked to {name}"


def none_since(day: str) -> str:
    """Return since when nobody takes part in something that is there."""
    return f"no participant since {date(day)}"


def name_kind(kind: str) -> str:
    """Return a kind of name in words: `former name`, `acronym`."""
    return _NAME_KINDS.get(kind, readable(kind))


def name(one: Name, kind: str | None = None) -> str:
    """Return what kind of name it is, when it was used, and how its source writes it if not in capitals alone."""
    is_otherwise = one.verbatim is not None and one.verbatim.casefold() != one.name.casefold()
    written = f"written {one.verbatim}" if one.verbatim and is_otherwise else ""
    return joined(kind or name_kind(one.kind), period(one.start, one.end), written)


_SCHEMES = {
    "cqc": "Care Quality Commission",
    "gb-gor": "register of government organisations",
    "gss": "ONS (GSS)",
    # These passed on to a board, which has them now.
    "gss-stp": "ONS code of the STP (GSS)",
    "ods-stp": "ODS code of the STP",
    "local-authority-code": "mySociety",
    "local-authority-eng": "register of local authorities in England",
    "local-authority-nir": "register of local authorities in Northern Ireland",
    "local-authority-sct": "register of local authorities in Scotland",
    "local-authority-wls": "register of local authorities in Wales",
    "npda": "National Paediatric Diabetes Audit",
    "old-ons-la-code": "old code of ONS, says mySociety",
    "principal-local-authority": "register of principal local authorities in Wales",
    "snac": "ONS, until 2011 (SNAC)",
}
"""Whose codes they are, where the short name of a scheme does not tell everyone."""


def scheme(code: str) -> str:
    """Return the scheme of a code as people write it: `ODS`; longer ones as they are."""
    return _SCHEMES.get(code) or (code.upper() if len(code) < 5 else code)


_ONCE = "-stp"
"""Ends schemes of codes that passed on; where one did not, it is the record's own under the plain scheme, too."""


def codes_of_others(codes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the codes, by scheme and value, that others gave a record, each once."""
    held = dict.fromkeys(codes)
    return [
        (scheme, value)
        for scheme, value in held
        if scheme not in OWN_SCHEMES and not (scheme.endswith(_ONCE) and (scheme.removesuffix(_ONCE), value) in held)
    ]


def legal_basis(record: Record) -> str:
    """Return the legal basis and how sure it is; of an arrangement, that it is not known."""
    if not record.basis_status or (record.kind != "arrangement" and record.basis_status == "unknown"):
        return record.legal_basis or ""
    sure = readable(record.basis_status)
    return f"{record.legal_basis} ({sure})" if record.legal_basis else sure


def address(place: Address) -> str:
    """Return an address on one line."""
    parts = (*place.lines, place.town, place.county, place.postcode, place.country)
    return ", ".join(part for part in parts if part)


def role(link: Link) -> str:
    """Return in which role one end of a link stands at the other."""
    return link.role_label or readable(link.role)


def event_kind(event: Event | TimelineEntry) -> str:
    """Return what kind of event it is, where its text does not say so."""
    words = readable(event.kind)
    told = event.text and (event.kind == "other" or words.casefold() in event.text.casefold())
    return "" if told else words


def source(one: SourceRef) -> str:
    """Return who published a source and when, where its title does not end with that day."""
    if not one.publisher and not one.date:
        return "publisher and date unknown"
    day = date(one.date) if not one.date else day_beside(one.title, one.date)
    return ", ".join(filter(None, (one.publisher or "publisher unknown", day)))


def day_beside(title: str, day: str) -> str:
    """Return the day of a source in words, nothing where its title ends with it."""
    return "" if title.endswith(f", {date(day)}") else date(day)


def register(label: str, stats: Stats | None) -> tuple[str, ...]:
    """Return which register it is, how large and how current, from the fullest wording to the shortest."""
    if stats is None:
        return (label,)
    # Dates without a year say nothing here.
    newest = max((one.published for one in stats.sources if one.published and one.published[0] != "X"), default=None)
    current = f"sources to {short_date(newest)}" if newest else "sources undated"
    kinds = [kind for kind in ("organisation", "arrangement", "person") if stats.records.get(kind)]
    counts = [count(stats.records[kind], kind) for kind in kinds]
    return (
        joined(*counts, label, current),
        joined(*counts[:2], label, current),
        joined(label, current),
        joined(label, f"to {short_date(newest)}" if newest else "undated"),
        label,
    )


def capital(label: str) -> str:
    """Return a label as it begins a line."""
    return label[:1].upper() + label[1:]


def joined(*parts: str) -> str:
    """Return the parts that say something, a dot between them, as some hold commas of their own."""
    return " · ".join(part for part in parts if part)
