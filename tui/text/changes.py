"""What an import changed about a record, in the words in which its page tells the same things."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db.model import Event, Fact, Identifier, Name
from tui.text import link_phrases, phrases

if TYPE_CHECKING:
    from db.model import Link
    from db.reports import Change, Thing

_DATES = ("opened", "closed", "legal start", "legal end", "name start", "name end")
_NAMES = ("kind", "type", "status", "form", "legal form", "basis status")
"""A record's own fields that hold dates, and those that hold a name of the vocabulary."""


class ChangeWords(NamedTuple):
    """What changed, and how it was and is told; None where there was or is none."""

    what: str
    before: str | None
    after: str | None


def change(one: Change) -> ChangeWords:
    """Return a change in words; where they are the same before and after, in those of the contract, which say more."""
    thing = one.new or one.old
    what = _what(thing) if thing else one.what.replace("as written", "as a source writes it")
    before = _told(one.what, one.before, one.old)
    after = _told(one.what, one.after, one.new)
    return ChangeWords(what, one.before, one.after) if before == after else ChangeWords(what, before, after)


def line(one: Change) -> str:
    """Return a change on one line: `+` what came, `-` what went, else from what to what."""
    what, before, after = change(one)
    if before is None:
        return f"+ {what}: {after}"
    return f"- {what}: {before}" if after is None else f"  {what}: {before} → {after}"


def _what(thing: Thing) -> str:
    if isinstance(thing, Name):
        return phrases.name_kind(thing.kind)
    if isinstance(thing, Identifier):
        return "code"
    if isinstance(thing, Event):
        return phrases.readable(thing.kind)
    if isinstance(thing, Fact):
        return thing.label
    return ", ".join((thing.label, *(fact.label for fact in thing.facts)))


def _told(what: str, words: str | None, thing: Thing | None) -> str | None:
    """Return one side of a change in words; `words` are those of the contract."""
    if words is None or thing is None:
        return None if words is None else _own(what, words)
    if isinstance(thing, Name):
        when = phrases.period(thing.start, thing.end)
        return phrases.joined(thing.name, when)
    if isinstance(thing, Identifier):
        return f"{thing.value} ({phrases.scheme(thing.scheme)})"
    if isinstance(thing, Event):
        return f"{phrases.date(thing.date)}: {thing.text}"
    return phrases.fact(thing) if isinstance(thing, Fact) else _link(thing)


def _own(what: str, words: str) -> str:
    """Return the value of one of the record's own fields."""
    if what in _DATES:
        return phrases.date(words)
    if what in _NAMES:
        return phrases.readable(words)
    return phrases.FROM_LINKS_ALONE if what == "placeholder" else words


def _link(thing: Link) -> str:
    """Return the other end, and what is said of the link or, where that is what changed, the fact about it."""
    other = thing.key if thing.key.endswith(f":{thing.name}") else f"{thing.name} ({thing.key})"
    if thing.facts:
        return f"{other}: {phrases.fact(thing.facts[0])}"
    return phrases.joined(other, link_phrases.as_stated(thing))
