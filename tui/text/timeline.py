"""What is dated of a record, in words: an entry as a sentence about the record, and what is to be said of its date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.parties import Follower
from tui.text import link_phrases, phrases
from tui.text.ways import POST, does

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.graph.answers import Timeline
    from db.model import TimelineEntry
    from db.parties import Party

_OWN = {
    ("opened", None): "opened",
    ("opened", "both"): "opened, in law as well",
    ("opened", "operational"): "began to operate",
    ("opened", "legal"): "came into being in law",
    ("closed", None): "closed",
    ("closed", "both"): "closed, in law as well",
    ("closed", "operational"): "ceased to operate",
    ("closed", "legal"): "came to an end in law",
}
"""How an opening or a closing is told, by the family of its date."""
_OWN_AHEAD = {
    ("opened", None): "is to open",
    ("opened", "both"): "is to open, in law as well",
    ("opened", "operational"): "is to begin to operate",
    ("opened", "legal"): "is to come into being in law",
    ("closed", None): "is to close",
    ("closed", "both"): "is to close, in law as well",
    ("closed", "operational"): "is to cease to operate",
    ("closed", "legal"): "is to come to an end in law",
}
"""The same of a day that is still to come."""
_FAMILIES = {"both": "in law as well", "operational": "in operation", "legal": "in law"}
_NAMES = {"named": "took the name", "name-lost": "gave up the name"}
_ROLES = {"role-gained": "gained the role", "role-lost": "lost the role"}
_FOLLOWED = {"became": "came from", "follows": "followed"}
"""What a record did that followed another by a link of a type, where it did not simply take over."""
_ENDS = ("ended", "left", "post-ended")


LIMIT = 200
"""Entries that are shown unless asked."""


def sentence(one: TimelineEntry) -> str:
    """Return what happened, said of the record whose timeline it is; what was recorded of it in words comes last."""
    told = _told(one)
    if not told:
        return one.text or phrases.event_kind(one)
    words = ", ".join(part for part in (told, *_about(one)) if part)
    return f"{words}: {one.text}" if one.text else words


def label(one: TimelineEntry) -> str:
    """Return what kind of event was recorded, where its words do not say so; nothing of what dates and links tell."""
    return "" if _told(one) else phrases.event_kind(one)


def _told(one: TimelineEntry) -> str:
    """Return what dates, names, roles or links tell; nothing of what was only recorded in words."""
    if one.number > 1:
        return _several(one)
    if one.other is not None:
        return _succession(one, one.other) if one.category == "succession" else _link(one, one.other)
    if one.text and not one.recorded:
        return ""
    if (one.kind, one.family) in _OWN:
        return (_OWN_AHEAD if one.is_ahead else _OWN)[one.kind, one.family]
    if one.kind == "unlisted":
        return phrases.no_longer_listed(one.date, one.listed_last)
    if one.kind == "renamed":
        return f"called {one.label} in lists from then on, {one.before} before"
    if one.kind in _NAMES:
        return f"{_NAMES[one.kind]} {one.label}"
    return f"{_ROLES[one.kind]} {one.label}" if one.kind in _ROLES else ""


def _about(one: TimelineEntry) -> tuple[str, ...]:
    """Return what is to be said of the date, and of how it is known."""
    own = (one.kind, one.family) in _OWN
    family = "" if own else _FAMILIES.get(one.family or "", "")
    silence = "" if one.listed_last is None or one.kind == "unlisted" else (
        f"as a list has it no more, last listed {phrases.date(one.listed_last)}"
    )  # fmt: skip
    closed = ""
    if one.ended_with and one.other:
        closed = "as it closed" if one.direction == "in" else "as that closed"
    inferred = "inferred" if one.is_inferred and not closed else ""
    ahead = "still to come" if one.is_ahead and not own else ""
    also = f"sources differ: also {' and '.join(map(phrases.date, one.told_also))}" if one.told_also else ""
    before = "on this day or before" if one.or_before else ""
    return before, family, closed, silence, inferred, ahead, also


def _link(one: TimelineEntry, other: Party) -> str:
    name = _called(one, other)
    role = one.role_label or phrases.readable(one.role)
    if one.category == "participation":
        word = "left" if one.kind == "left" else "joined"
        as_what = f" as {role}" if role and word == "joined" else ""
        return f"{word} {name}{as_what}" if one.direction == "out" else f"{name} {word}{as_what}"
    if one.type == POST:
        if role:
            word = "ceased to be" if one.kind == "post-ended" else "became"
            return f"{word} {role} of {name}" if one.direction == "out" else f"{name} {word} {role}"
        word = "left a post" if one.kind == "post-ended" else "took up a post"
        return f"{word} in {name}" if one.direction == "out" else f"{name} {word}"
    verb, until = does(one.label, one.category), "" if one.kind == "done" else " from then on"
    if one.kind in _ENDS:
        verb, until = f"is no longer {verb[3:]}" if verb.startswith("is ") else f"no longer {verb}", ""
    return f"{_of(verb, name)}{until}" if one.direction == "out" else f"{name} {_of(verb, 'it')}{until}"


def _of(verb: str, name: str) -> str:
    """Return a verb with its object: what one has as something else is named between the two words."""
    before, has_as, what = verb.partition("has as ")
    return f"{before}has {name} as {what}" if has_as else f"{verb} {name}"


def _succession(one: TimelineEntry, other: Party) -> str:
    """Return what followed what; further up or down the chain both are named, and how many steps off it is."""
    name, verb = _called(one, other), link_phrases.succeeded(one.type)
    if one.subject is None:
        return f"{verb if one.kind == 'succeeded' else _FOLLOWED.get(one.type or '', 'took over from')} {name}"
    subject = phrases.in_a_list(*reversed(one.subject))
    later, earlier = (name, subject) if one.kind == "succeeded" else (subject, name)
    return f"{earlier} {verb} {later}, {one.depth} steps {'on' if one.kind == 'succeeded' else 'back'}"


def _called(one: TimelineEntry, other: Party) -> str:
    """Return the name of the other end, and what it was called then."""
    return link_phrases.called_then(Follower(*other, one.name_then))


def _several(one: TimelineEntry) -> str:
    """Return how many more or fewer there were of what has one label, and the first of them by name."""
    names = ", ".join(phrases.in_a_list(*reversed(other)) for other in one.others)
    more = one.number - len(one.others)
    others = f" and {more:,} more" if more else ""
    return f"{one.label}: {one.number:,} {'fewer' if one.kind in _ENDS else 'more'} ({names}{others})"


def remarks(found: Timeline) -> Iterator[str]:
    """Yield what a timeline leaves out, or that there is none."""
    yield from filter(None, (nothing(found), some(found), together(found), not_followed(found)))


def nothing(found: Timeline) -> str:
    """Return that a timeline has nothing to tell."""
    return "" if found.total else f"nothing dated is known of {found.name}{_until(found)}"


def some(found: Timeline, how: str = "--limit N") -> str:
    """Return that not all is shown, and how more is."""
    shown = len(found.entries)
    return f"{shown:,} of {found.total:,} shown, the oldest; {how} shows more" if shown < found.total else ""


def together(found: Timeline, how: str = "--all") -> str:
    """Return that many links are told by the year, and how each is told by itself."""
    number = sum(one.number for one in found.entries if one.number > 1)
    return f"{number:,} of many links are told by the year; {how} tells each" if number else ""


def not_followed(found: Timeline) -> str:
    """Return how many successions were left out, for want of room."""
    left = phrases.count(found.left_out, "succession") if found.left_out else ""
    return left and f"{left} not followed further up or down the chain"


def called(found: Timeline) -> str:
    """Return what the answer is called in the way that leads to it."""
    return f"timeline of {found.name}"


def headline(found: Timeline) -> str:
    """Return whose timeline it is, and up to which day."""
    return f"{found.name}{_until(found)}"


def _until(found: Timeline) -> str:
    return f", {phrases.as_of(found.as_of)}" if found.as_of else ""
