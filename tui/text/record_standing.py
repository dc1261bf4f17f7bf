"""Where a record stands, in words: its status, since when or until when, and who tells of that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.all_left import all_left
from db.dates import latest, today
from db.reading.as_of import NOT_YET_OPEN, Day
from tui.text import evidence_words, phrases

if TYPE_CHECKING:
    from db.model import Record


def own_day(record: Record, what: str) -> str:
    """Return the day on which a record opened or closed, and how it is known where nobody states it or it is the least.

    What opened on the first day of which a register has any of its type may be older than the register.
    """
    day: str | None = getattr(record, what)
    if not day:
        return ""
    words = phrases.date(day)
    return as_known(record, f"{words} or before" if what == "opened" and day == record.type_days.coded else words, what)


def as_known(record: Record, text: str, *details: str) -> str:
    """Return what is told of single details, and that it is inferred where nobody states it."""
    proofs = {one.id: one.basis for one in record.evidence}
    bases = {proofs[one] for one in record.evidence_of(*details) if one in proofs}
    return f"{text}, inferred" if text and bases == {"inferred"} else text


def _became_that(record: Record) -> str:
    """Return when a body became of its type, where its day of opening does not tell: it was something else before."""
    days = record.type_days
    if record.later_type or not days.conferred or not record.opened:
        return ""
    later = days.began is not None and (latest(record.opened) or "") < days.began
    return f", {record.type_label or phrases.readable(record.type)} {'later' if later else 'then or later'}"


def _later_type(record: Record) -> str:
    """Return of what is told as of a day what it is today, where it was something else, or where nothing tells that."""
    if not record.later_type:
        return ""
    days, day = record.type_days, record.as_of or ""
    was_not = record.type is not None or record.open is False or day < (days.began or "")
    return f", {record.later_type} {'later' if was_not else 'then or later'}"


def standing(record: Record) -> str:
    """Return where a record stands: its status, since when or until when, and what is odd about it.

    People and documents are not open or closed: of them it says something only where a source does.
    """
    status = record.status_label or phrases.readable(record.status)
    stands = record.kind not in ("person", "document")
    if record.gone and record.status in (None, "unlisted"):
        status = ""
    if not stands and record.status == "open":
        status = ""
    if record.open is False:
        words = status if status and status != "open" else "closed"
        if record.status == NOT_YET_OPEN:
            words += f", opened {own_day(record, 'opened')}"
        else:
            words += f" {own_day(record, 'closed')}" if record.closed else ", end unknown"
    elif not _is_told_of(record) and record.status not in phrases.AHEAD:
        words = phrases.WHETHER_THEN
    elif status:
        opened = f" {phrases.since(record.status)} {own_day(record, 'opened')}" if record.opened and record.open else ""
        words = status + opened + (_became_that(record) if opened else "")
        words += _last_told(record)
    else:
        is_of_a_day = record.as_of is not None and record.closed is not None
        bare = record.gone or (record.placeholder and not is_of_a_day)
        unknown = phrases.STATUS_UNKNOWN if stands and not bare else ""
        words = ", ".join(filter(None, (f"opened {own_day(record, 'opened')}" if record.opened else "", unknown)))
    if record.open is not False and record.closed:
        words += f", {'was ' if end_has_passed(record) else ''}to end {own_day(record, 'closed')}"
    words += _later_type(record) + _left(record)
    if record.placeholder:
        words += f", {_undescribed(record)}"
    if record.gone:
        words += f", {phrases.no_longer_listed(record.unlisted, record.listed_last)}"
    return words.removeprefix(", ")


def end_has_passed(record: Record) -> bool:
    """Tell whether the day on which a record was to end is over by the day as of which it is told."""
    return (latest(record.closed) or "~") < (record.as_of or today())


def _is_told_of(record: Record) -> bool:
    """Tell whether anything says as of a day that a record was there by then: its dates, a list, a link or a fact."""
    return record.dated or bool(record.links) or any(fact.as_of for fact in record.facts)


def known_of_a_day(record: Record) -> str:
    """Return what is known of how a record stood on the day as of which it is told, empty where that is nothing."""
    status = record.status_label or phrases.readable(record.status)
    if record.open is False:
        return f"that it was {status}" if record.status == NOT_YET_OPEN else "that it had closed"
    if not _is_told_of(record) or record.kind in ("person", "document"):
        return ""
    if status:
        return f"that it was {status}"
    return "when it opened" if record.opened else ""


_MONTHS = 24
"""For which a list speaks of a body at least: bodies last longer than most of what ties them."""


def _last_told(record: Record) -> str:
    """Return of what is open, or ahead, when that was last told: that no source has a day, or the day of an old one.

    What was to come on a day that has passed is told as of the day on which that was told.
    """
    is_ahead = record.status in phrases.AHEAD
    if record.gone or not (is_ahead or record.status == "open"):
        return ""
    if undated := evidence_words.undated(record.evidence, record.evidence_of("status")):
        return f", {undated}"
    day, last = Day(record.as_of or today()), record.status_last
    if is_ahead:
        has_passed = record.opened and day.follows(record.opened)
        return f", {phrases.as_of(last)}" if has_passed and last else ""
    is_old = day.follows(last) and not day.is_spoken_for(last, _MONTHS)
    return f", listed to {phrases.date(last)}" if is_old else ""


def _left(record: Record) -> str:
    """Return since when nobody takes part in what is there, where sources tell of each that took part when it left."""
    took_part = [one for one in record.links if one.type == "participates-in" and one.direction == "in"]
    if record.open is False or record.gone or any(one.status != "past" for one in took_part):
        return ""
    left = all_left([one.stated_end if one.basis == "inferred" else one.end for one in took_part])
    return f", {phrases.none_since(left)}" if left else ""


def _undescribed(record: Record) -> str:
    """Return what is known of a record that no source describes: who names it, or that it is a code."""
    if phrases.is_bare(record.name, record.key):
        return f"{phrases.CODE_ONLY}, {phrases.FROM_LINKS_ALONE}"
    proofs = {one.id: one.source.title for one in record.evidence}
    cited = (number for name in record.names if name.name == record.name for number in name.evidence)
    titles = list(dict.fromkeys(proofs[number] for number in cited if number in proofs))
    if not titles:
        passing = {
            proofs[number]
            for link in (*record.links, *record.not_dated)
            for number in link.evidence
            if number in proofs
        }
        return f"named only in passing, by {passing.pop()}" if len(passing) == 1 else phrases.FROM_LINKS_ALONE
    others = f" and {phrases.count(len(titles) - 1, 'other')}" if len(titles) > 1 else ""
    return f"named only, by {titles[0]}{others}"


def who_state_it(record: Record) -> tuple[int, ...]:
    """Return who state all that is told of how a record stands, else any of it: none for a day it does not give."""
    each = [record.evidence_of(one) for one in told_of_standing(record) if getattr(record, one)]
    every = dict.fromkeys(number for evidence in each for number in evidence)
    return tuple(number for number in every if all(number in evidence for evidence in each)) or tuple(every)


def is_told_with_it(record: Record, what: str) -> bool:
    """Tell whether `standing` says the day on which a record opened or closed, and those whom it cites state it."""
    if what == "opened" and opened_apart(record):
        return True
    day = own_day(record, what)
    return bool(day) and day in standing(record) and set(who_state_it(record)) == set(record.evidence_of(what))


def opened_apart(record: Record) -> str:
    """Return since when a record is there, as `standing` has it, where nobody who states its status states the day."""
    status, opened = record.evidence_of("status"), record.evidence_of("opened")
    if not (record.open and record.status and record.opened and status and opened) or record.closed or record.gone:
        return ""
    return "" if set(status) & set(opened) else f"{phrases.since(record.status)} {own_day(record, 'opened')}"


def told_of_standing(record: Record) -> tuple[str, ...]:
    """Return the details that tell how a record stands, as `standing` words it: who states them states that."""
    if record.status == NOT_YET_OPEN:
        return ("opened",)
    if record.open is False:
        return ("closed",) if record.closed else ("status",)
    if not _is_told_of(record) and record.status not in phrases.AHEAD:
        return ()
    status = ("status",) if record.kind not in ("person", "document") or record.status != "open" else ()
    return (*status, "opened", "closed")
