"""What an import changed about a record, in the words in which its page tells the same things."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db.model import Event, Fact, Identifier, Name
from db.refusals import reasons
from tui.text import fact_words, link_phrases, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.model import Link
    from db.reports import Change, Changed, Diff, Reject, Run, Thing, Undone

_DATES = ("opened", "closed", "legal start", "legal end", "name start", "name end")
_ROWS = ("added", "updated", "unchanged", "closed", "rejected")
"""What becomes of rows, by the names of fields of `SourceReport`."""
_NAMES = ("kind", "type", "status", "form", "legal form", "basis status")
"""A record's own fields that hold dates, and those that hold a name of the vocabulary."""


UNWRITABLE = "the built-in register cannot be written to; leave --builtin out, or name a file with --db"
"""Why nothing is imported, answered or undone there, and what to do."""
DONE = ("added", "updated", "closed", "reopened", "gone")
"""What an import does to records, by the names of fields of `Diff`, in the order in which it is told."""


class ChangeWords(NamedTuple):
    """What changed, and how it was and is told; None where there was or is none."""

    what: str
    before: str | None
    after: str | None


def change(one: Change) -> ChangeWords:
    """Return a change in words; where they are the same before and after, in those of the contract, which say more."""
    thing = one.new or one.old
    what = _what(thing) if thing else one.what.replace("as written", phrases.AS_WRITTEN)
    before = _told(one.what, one.before, one.old)
    after = _told(one.what, one.after, one.new)
    return ChangeWords(what, one.before, one.after) if before == after else ChangeWords(what, before, after)


def line(one: Change) -> str:
    """Return a change on one line: `+` what came, `-` what went, else from what to what."""
    what, before, after = change(one)
    if before is None:
        return f"+ {what}: {after}"
    return f"- {what}: {before}" if after is None else f"  {what}: {before} → {after}"


def lines(one: Changed, most: int) -> Iterator[str]:
    """Yield the first changes of a record, and how many more there are."""
    yield from map(line, one.changes[:most])
    surplus = len(one.changes) - most
    if surplus > 0:
        yield f"… {phrases.count(surplus, 'more change')}"


def summary(diff: Diff) -> str:
    """Return what a run came to: `run 2: 12 added (3 of them described by no source), 1 closed, 2 rows refused`."""
    parts = [f"{len(getattr(diff, did)):,} {did}" for did in DONE if getattr(diff, did)]
    if placeholders := sum(one.placeholder for one in diff.added):
        parts[0] += f" ({placeholders:,} of them {phrases.FROM_LINKS_ALONE})"
    refused = len(diff.rejects) + diff.rejects_left_out
    parts += [f"{phrases.count(refused, 'row')} refused"] if refused else []
    return f"run {diff.run}: {', '.join(parts) or 'changed nothing'}"


def started(run: Run) -> str:
    """Return when an import began, as every clock of it tells: `28 November 2026, 17:57`."""
    day, _, time = run.started.partition("T")
    return f"{phrases.date(day)}, {time[:5]}" if time else phrases.date(day)


def figures(run: Run) -> str:
    """Return what became of the rows that an import read: `9,071 read: 896 added, 2,001 updated, 75 closed`."""
    totals = {name: sum(getattr(one, name) for one in run.sources) for name in _ROWS}
    told = [f"{number:,} {'refused' if name == 'rejected' else name}" for name, number in totals.items() if number]
    read = sum(one.read for one in run.sources)
    return f"{phrases.count(read, 'row')}: {', '.join(told)}" if told else ""


def undone(done: Undone) -> str:
    """Return what taking a run back came to."""
    parts = f"{phrases.count(done.records, 'record')} and {phrases.count(done.links, 'link')} taken back"
    return f"run {done.run} is undone: {parts}, {phrases.count(done.restored, 'other record')} as before"


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
    return fact_words.fact(thing) if isinstance(thing, Fact) else _link(thing)


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
        return f"{other}: {fact_words.fact(thing.facts[0])}"
    return phrases.joined(other, link_phrases.as_stated(thing))


def refused_by_reason(rejects: Sequence[Reject], left_out: int, most: int) -> list[str]:
    """Return how many rows were refused for each reason, the commonest `most` first: `5,138 × a share below 5 %`.

    `left_out` were counted and not kept.
    """
    counts = reasons(rejects)
    others = sum(number for _, number in counts[most:])
    said = [f"{number:,} × {reason}" for reason, number in counts[:most]]
    said += [f"{others:,} for other reasons"] if others else []
    return [*said, f"{left_out:,} more that were only counted"] if left_out else said
