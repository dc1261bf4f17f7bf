"""How links stand, in words: since when, when lists had them, with whom they ended, what followed."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from db.acts import is_act
from db.dates import earliest, latest
from tui.text import phrases
from tui.text.page_parts import LinkColumns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.model import Evidence, Link
    from db.parties import ClosedParty, Follower
    from db.reports import Gap

_AREA = "geography"
"""The category of links to areas."""
_IN_BRACKETS = re.compile(r"\(([A-Z]{2,6})\)$")


def link(one: Link, inferred: str = "", untold: str = "") -> str:
    """Return what is to be said of a link besides the other end's name: role, standing, dates, a closed other end.

    `inferred` says that it is, last: no list has what follows from it. When it held is left out if that is `untold`,
    which is said once of all links beside it.
    """
    bare = phrases.CODE_ONLY if phrases.is_bare(one.name, one.key) else ""
    return phrases.joined(bare, then_called(one), phrases.role(one), *stands(one, inferred, untold))


def inferred(one: Link, proofs: Mapping[int, Evidence]) -> str:
    """Return that a link is inferred, where it follows from other things and nobody states it."""
    return "inferred" if {proofs[number].basis for number in one.evidence if number in proofs} == {"inferred"} else ""


def is_of_other_years(one: Link) -> bool:
    """Tell of a link that nothing dates whether lists have it, though not around the day that is asked for."""
    return one.listed_last is not None and one.status != "past"


def apart_on(one: Link) -> str:
    """Return in words why nothing tells whether a link was there on the day as of which it is told."""
    return "other years" if is_of_other_years(one) else "not dated"


def then_called(one: Link) -> str:
    """Return what the other end was called when it was last told of, where that is another name than it has now."""
    return f"then called {one.name_then}" if one.name_then else ""


def followed_as(one: Link) -> str:
    """Return the name of the other end; of what followed or came before it, first the one that it had then."""
    told = one.name_then if one.category == "succession" else None
    return f"{told}, now {one.name}" if told else one.name


def stands(one: Link, inferred: str = "", untold: str = "") -> tuple[str, ...]:
    """Return what is to be said of how a link stands and when it held, a closed other end, and that it is inferred."""
    when = time(one, is_inferred=bool(inferred))
    when = "" if when == untold else when
    return tuple(filter(None, (state(one), when, _legally(one, one.stated_end), _now_closed(one), inferred)))


def _now_closed(one: Link) -> str:
    """Return that the other end has closed, where nothing else says so: of what has passed on, that goes without it."""
    other_ended = one.ended_with is not None and one.ended_with.key == one.key
    has_passed_on = one.category == "succession" and one.direction == ("out" if one.type == "follows" else "in")
    return "now closed" if one.other_open is False and not other_ended and not has_passed_on else ""


def columns(one: Link, more: str = "", inferred: str = "", untold: str = "") -> LinkColumns:
    """Return what `link` says in columns; `more` is what the link says besides its role, `inferred` that it is.

    When it held is left out if that is `untold`, which is said once of all links beside it.
    """
    bare = phrases.CODE_ONLY if phrases.is_bare(one.name, one.key) else ""
    is_told = one.ended_with is not None or one.status in phrases.OVER or bool(state(one) or bare)
    closed = "" if is_told else _now_closed(one)
    status = phrases.joined(state(one), bare, closed, inferred)
    role = phrases.joined(more, phrases.role(one))
    # What it is today, it need not have been when it followed.
    is_now_other = followed_as(one) != one.name
    label = None if is_now_other else one.other_type
    then = "" if is_now_other else then_called(one)
    year = _by_the_year(one, is_inferred=bool(inferred))
    year = "" if year == untold else year
    return LinkColumns(type_beyond(one.name, label), role, year, status, short_type(label), then)


def short_type(label: str | None) -> str:
    """Return the label of a type in as few letters as people know: `ICB` of `integrated care board (ICB)`."""
    found = _IN_BRACKETS.search(label or "")
    return found.group(1) if found else label or ""


def type_beyond(name: str, label: str | None) -> str:
    """Return the label of a type in few letters, nothing where the name says it, as `Wye Valley NHS Trust` does."""
    short = short_type(label)
    said = (short, _IN_BRACKETS.sub("", label or "").strip())
    return "" if any(one and _word(one).search(name) for one in said) else short


@cache
def _word(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(words)}(?!\w)", re.IGNORECASE)


def _by_the_year(one: Link, *, is_inferred: bool) -> str:
    """Return when a link held, by the year, and nothing of what followed.

    On the page of a body that has closed a link ended with it only where its end is told: a lead may have gone before.
    """
    body = one.ended_with
    if body is not None and (body.key == one.key or one.end):
        closed = _year(body.closed)
        words = "closed" if body.key == one.key else "ended"
        return f"{words} {closed}" if closed else words
    is_dropped = body is None and one.status == "past" and one.basis == "listed" and not one.start
    if is_dropped and one.listed_last and one.unlisted:
        return _dropped(_year(one.listed_last), _year(one.unlisted))
    told = one._replace(
        start=_year(one.start), end=_year(one.end), listed_first=_year(one.listed_first),
        listed_last=_year(one.listed_last), unlisted=_year(one.unlisted),
        ended_with=body and body._replace(closed=_year(body.closed)),
    )  # fmt: skip
    words = time(told, is_inferred=is_inferred).replace(f", {phrases.AS_TOLD}", "")
    return words.split(", listed")[0] if one.status == "current" and one.start else words


def _dropped(last: str | None, unlisted: str | None) -> str:
    """Return in which year lists last had something, and in which they had it no more."""
    return f"listed {last}, not in {unlisted}" if last != unlisted else f"no longer listed in {unlisted}"


def _year(day: str | None) -> str | None:
    """Return the year of a day, where that is known."""
    return day[:4] if day and day[:4].isdigit() else day


def as_stated(one: Link) -> str:
    """Return what a link's own fields say, without what follows from the days of lists and the end of bodies."""
    status = phrases.readable(one.status) if one.status != "current" else ""
    return phrases.joined(
        phrases.role(one), status, phrases.period(one.start, one.end, one.status), _legally(one, one.end)
    )


def _legally(one: Link, end: str | None) -> str:
    """Return the legal dates of a link where they are others than those on which it held."""
    if (one.legal_start, one.legal_end) in ((None, None), (one.start, end)):
        return ""
    return f"legally {phrases.period(one.legal_start, one.legal_end)}"


def status(one: Link, day: str | None) -> str:
    """Return a link's status for a column of its own; as of a day, what was current is so no more."""
    return "then current" if day and one.status == "current" else phrases.readable(one.status)


def state(one: Link) -> str:
    """Return a link's status in words, where what is said of its time does not tell it."""
    is_dated = bool(one.start or one.end or one.listed_last)
    told = one.status in ("current", None) or (one.status == "past" and (is_dated or one.basis != "stated"))
    return "" if told else phrases.readable(one.status)


def time(one: Link, *, is_inferred: bool = False) -> str:
    """Return when a link held, as far as sources tell: `since 2013, listed to 2019`, `listed 2019`, `until 2020`.

    What is inferred no list has: it was so `as of` the day of the last from which it follows.
    """
    if one.ended_with is not None:
        parts = (_began(one, one.ended_with), _ended_with(one, one.ended_with))
        return ", ".join(part for part in parts if part) or phrases.AS_TOLD
    if one.status == "past" and one.basis == "listed":
        return ", ".join(
            part
            for part in (
                f"from {phrases.date(one.start)}" if one.start else "",
                phrases.no_longer_listed(one.unlisted, one.listed_last),
            )
            if part
        )
    if is_act(one.type, one.category):
        return _done(one)
    seen = _listed(one.listed_first, one.listed_last)
    if one.end or (one.start and one.status is not None) or (one.status == "past" and not seen):
        return phrases.period(one.start, one.end, one.status)
    if not one.start:
        is_over, last = one.status == "past" and one.basis == "stated", phrases.date(one.listed_last) if seen else ""
        is_told = bool(state(one)) or is_inferred
        told = f"ended by {last}" if last and is_over else phrases.as_of(one.listed_last) if is_told else seen
        return told or ("" if one.status == "current" else phrases.AS_TOLD)
    return f"{_since(one.start, one.listed_last)}{'' if one.listed_last else f', {phrases.AS_TOLD}'}"


def remark(one: Link, inferred: str = "") -> str:
    """Return in few words how a link stands that is not simply current: its status, else its last listing, and that it
    is inferred: then no list has it.
    """
    if one.status == "current" or is_act(one.type, one.category):
        return inferred
    if one.status:
        return ", ".join(filter(None, (phrases.readable(one.status), inferred)))
    day = phrases.as_of(one.listed_last) if inferred else f"listed {phrases.date(one.listed_last)}"
    return ", ".join(filter(None, (day if one.listed_last else "", inferred)))


def listed(one: Link) -> str:
    """Return on which days lists had a link: `listed 2015 to 2023`, nothing where none has."""
    return _listed(one.listed_first, one.listed_last)


def _since(start: str, listed: str | None) -> str:
    """Return since when something held, and the last day on which a list had it."""
    words = f"since {phrases.date(start)}"
    if listed is None:
        return words
    return f"{words}, listed {'' if listed == start else 'to '}{phrases.date(listed)}"


def _began(one: Link, body: ClosedParty) -> str:
    """Return since when a link held that ended with a body, and when lists had it before that."""
    listed_after = _is_after(one.listed_last, body.closed)
    if one.start:
        end_is_told = one.end is not None or body.key == one.key
        return _since(one.start, None if end_is_told or listed_after else one.listed_last)
    return "" if listed_after else _listed(one.listed_first, one.listed_last)


def _ended_with(one: Link, body: ClosedParty) -> str:
    """Return with which body a link ended, and what followed that; where it is the other end, who lists it still.

    Where the day is not known, the page of the body says at its top that it has closed: it is not said at each link.
    Lists that keep what has closed go on giving it the area in which it lay: nobody takes it to be there still.
    """
    if body.key == one.key:
        words = _passed_on(body, one.became)
    else:
        words = f"ended {phrases.date(one.end)} with it" if one.end else ""
    if not _is_after(one.listed_last, body.closed):
        return words
    if one.category == _AREA and body.key != one.key:
        return words or phrases.as_of(one.listed_last)
    return ", ".join(filter(None, (words, f"still listed {phrases.date(one.listed_last)}")))


def closed_participant(one: Gap, body: ClosedParty) -> str:
    """Return who is named as taking part though it has closed, in which role and when, and what became of it."""
    ended, seen = _passed_on(body, one.became), _listed(one.listed, one.listed) or f"named by an {phrases.AS_TOLD}"
    heirs = [called_then(heir) for heir in one.heirs]
    there = f"{several(heirs)} {'takes' if len(heirs) == 1 else 'take'} part already" if heirs else ""
    if there and len(one.became) == 1:
        ended, there = f"{ended}, which takes part already", ""
    times = (f"{ended}, still {seen}",) if one.still_named else (seen, ended)
    return phrases.joined(phrases.named(body.name, body.key), one.role or "", ", ".join(times), there)


def succeeded(type_: str | None, *, is_ahead: bool = False) -> str:
    """Return what a record did, or is to do, that another follows by a link of a type: `was succeeded by`, `became`."""
    if is_ahead:
        return {"became": "is to become", "follows": "is to be followed by"}.get(type_ or "", "is to be succeeded by")
    return {"became": "became", "follows": "was followed by"}.get(type_ or "", "was succeeded by")


def called_then(one: Follower) -> str:
    """Return the name of what followed a record, and what it was called then where that is another."""
    name = phrases.in_a_list(one.name, one.key)
    return f"{name} (then {one.name_then})" if one.name_then else name


def _passed_on(body: ClosedParty, became: Sequence[Follower]) -> str:
    """Return when a body closed, and what followed it."""
    words = f"closed {phrases.date(body.closed)}" if body.closed else "closed, day unknown"
    names = [called_then(successor) for successor in became]
    if len(names) == 1:
        return f"{words}, {'passed to' if became[0].of_several else 'became'} {names[0]}"
    return f"{words}, split between {several(names)}: no source says to which this passed" if names else words


def _is_after(listed: str | None, closed: str | None) -> bool:
    """Tell whether a list was made after a body had closed."""
    return (latest(closed) or "~") < (earliest(listed) or "")


def several(names: Sequence[str]) -> str:
    """Return names as a list in words, at most three of them."""
    if len(names) == 1:
        return names[0]
    shown = [*names[:3], f"{len(names) - 3} more"] if len(names) > 4 else list(names)
    return f"{', '.join(shown[:-1])} and {shown[-1]}"


def _done(one: Link) -> str:
    """Return on which day something was done, else by which it was."""
    if one.start or one.category == "document":
        return phrases.date(one.start) if one.start else ""
    return f"by {phrases.date(one.listed_first)}" if one.listed_first else phrases.AS_TOLD


def _listed(first: str | None, last: str | None) -> str:
    """Return on which days lists had something."""
    if first is None or last is None:
        return ""
    return f"listed {phrases.date(first)}" if first == last else f"listed {phrases.date(first)} to {phrases.date(last)}"
