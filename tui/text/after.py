"""What became of a record, in sentences: what followed it and when, and what of its part in each arrangement."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db.dates import earliest, today
from db.parties import Follower, Party
from tui.text import link_phrases, phrases, record_standing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.graph.answers import Aftermath, ArrangementAfter, Successor
    from db.model import Link, Record


class AfterLine(NamedTuple):
    """A sentence of what became of a record, and who says so."""

    depth: int
    text: str
    key: str = ""
    about: str = ""
    evidence: tuple[int, ...] = ()
    name: str = ""
    """Of the record that it leads to, as is the next."""
    kind: str = ""


def standing(found: Aftermath) -> Iterator[AfterLine]:
    """Yield how the record stands itself: `closed 31 March 2020`."""
    words = record_standing.standing(found.record)
    if words:
        yield AfterLine(1, words, evidence=found.standing)


def successors(found: Aftermath, *, alone: bool = False) -> Iterator[AfterLine]:
    """Yield what followed, each below what it followed; below the name of the record, that is said again only in
    sentences that are to stand alone."""
    for one in found.successors:
        is_ahead = _is_ahead(one.link.start or one.link.legal_start)
        verb = link_phrases.succeeded(one.link.type, is_ahead=is_ahead)
        subject = f"{_name(one.of)} " if alone or one.depth > 1 else ""
        text = f"{subject}{verb} {link_phrases.called_then(Follower(*one.party, one.name_then))}{when(one.link)}"
        yield AfterLine(one.depth, text, one.party.key, _stands(one), one.link.evidence, one.link.name, one.link.kind)


def took_part(found: Aftermath) -> str:
    """Return what stands over what became of its part in arrangements."""
    return "What it takes part in" if found.record.open else "What it took part in"


def _is_ahead(day: str | None) -> bool:
    return (earliest(day) or "") > today()


def when(link: Link) -> str:
    """Return on which day one thing followed another: ` on 1 April 2020`, ` in 2016`, or that no day is told."""
    day = link.start or link.legal_start
    if day is None:
        return ", day unknown"
    told = f" {phrases.on(day)}"
    if link.start and link.legal_start and link.legal_start != link.start:
        return f"{told}, in law {phrases.on(link.legal_start)}"
    return told if link.start else f"{told}, in law"


def _stands(one: Successor) -> str:
    """Return whether a successor is there today."""
    if one.is_elsewhere:
        return "told of above"
    if one.open is None:
        return "no source tells whether it is open"
    if one.open:
        return f"to open {phrases.date(one.opened)}" if one.opened and _is_ahead(one.opened) else "open"
    return f"closed {phrases.date(one.closed)}" if one.closed else "closed, day unknown"


def arrangements(found: Aftermath) -> Iterator[AfterLine]:
    """Yield what became of the record's part in each arrangement."""
    for one in found.arrangements:
        evidence = dict.fromkeys((*one.link.evidence, *(cited for _, link in one.to for cited in link.evidence)))
        yield AfterLine(1, _part(one, found), one.link.key, "", tuple(evidence), one.link.name, one.link.kind)


def _part(one: ArrangementAfter, found: Aftermath) -> str:
    role = phrases.role(one.link)
    told = ", ".join(part for part in (role, _held(one.link)) if part)
    part = f"{one.link.name}{f' ({told})' if told else ''}"
    if one.outcome == "passed-on":
        taking = (f"{_name(party)}{_as_what(link)}" for party, link in one.to)
        return f"{part}: {'to pass' if found.record.open else 'passed'} on to {_and([*dict.fromkeys(taking)])}"
    if one.outcome == "dangling":
        follows = "what is to follow it" if found.record.open else "what followed it"
        why = f"{follows} takes no part in it" if found.successors else "nobody is known to take its place"
        return f"{part}: {'to be left ' if found.record.open else ''}dangling, as {why}"
    return f"{part}: ended{_ended(one, found.record)}"


def _held(link: Link) -> str:
    """Return since when and how long the record took part, else when lists had it."""
    return phrases.period(link.start, link.end, link.status) if link.start or link.end else link_phrases.listed(link)


def _ended(one: ArrangementAfter, record: Record) -> str:
    """Return with what a part in an arrangement ended, where no day is stated: with one of the two, or by lists."""
    if one.link.stated_end:
        return ""
    if one.link.other_open is not False:
        return f", {phrases.no_longer_listed(one.link.unlisted, one.link.listed_last)}" if one.link.gone else ""
    closed = f"closed {phrases.date(one.closed)}" if one.closed else "closed, day unknown,"
    became = f" and became {_and(list(map(link_phrases.called_then, one.became)))}" if one.became else ""
    if one.link.ended_with and one.link.ended_with.key == record.key:
        return f" with {_name(Party(record.key, record.name))}; the arrangement itself {closed}{became}"
    return f" with it, which {closed}{became}"


def _as_what(link: Link) -> str:
    told = ", ".join(part for part in (phrases.role(link), *link_phrases.stands(link)) if part)
    return f" ({told})" if told else ""


def _name(party: Party) -> str:
    return phrases.in_a_list(party.name, party.key)


def _and(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def called(found: Aftermath) -> str:
    """Return what the answer is called in the way that leads to it."""
    return f"what became of {found.record.name}"


def remarks(found: Aftermath) -> Iterator[str]:
    """Yield that nothing became of a record, that it is open although something followed it, or what is left out."""
    record = found.record
    nothing = not (found.successors or found.arrangements)
    if record.open and nothing:
        yield f"{record.name} is open: nothing has become of it"
    elif record.open and record.closed:
        to_end = f"{'was' if record_standing.end_has_passed(record) else 'is'} to end {phrases.date(record.closed)}"
        yield f"{record.name} {to_end}: what becomes of it is told as far as sources tell it"
    elif record.open:
        yield f"{record.name} is open: no source tells whether it passed on in whole or in part"
    elif nothing and record.open is False:
        yield f"no source tells what became of {record.name}, {record_standing.standing(record)}"
    elif nothing:
        yield f"nothing is known to have become of {record.name}"
    if found.left_out:
        yield f"{phrases.count(found.left_out, 'succession')} further on left out"
