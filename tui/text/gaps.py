"""Gaps in words: of which kind one is, and what is missing, wrong or not known."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from db import reports
from tui.text import link_phrases, phrases, values
from tui.text.who_says import Says

if TYPE_CHECKING:
    from db.reports import Gap, GapValue

CLOSED_SINCE = "closed since it was listed"
"""Of who takes part by a list that was made before it closed."""
CLOSED_HAS_NONE = "it has closed, and what has closed has no gaps"
"""Of a record that has closed, a vacant post of which is history."""
_NO_TYPES: Mapping[str, str] = {}


def mended_alike(several: Sequence[Gap]) -> str:
    """Return the command that mends gaps of a kind where it is the same but for the key, with KEY in place of that."""
    told = {one.mend.replace(one.key, "KEY") if one.mend else "" for one in several}
    return f"each is mended by: {told.pop()}" if len(several) > 1 and len(told) == 1 and all(told) else ""


def detail(one: Gap, types: Mapping[str, str] = _NO_TYPES) -> str:
    """Return what a gap is about, after the name of its record; `types` are labels of types of records."""
    label = types.get(one.type or "") or phrases.readable(one.type)
    said = _SAID[one.what](one)
    return phrases.joined(label, said) if one.what in _BY_TYPE else said


MENDED = "What mends them, in a shell; Y copies the marked line with it"


def meaning(what: str) -> str:
    """Return what gaps of a kind are, in a few words."""
    return _MEANING.get(what, "")


def mended_by(found: Iterable[Gap]) -> tuple[str, ...]:
    """Return the commands that mend some gaps, each once, with KEY for the records that they name."""
    commands: dict[str, None] = {}
    for one in found:
        command = one.mend or ""
        for party in sorted(one.parties, key=lambda party: len(party.key), reverse=True):
            command = command.replace(party.key, "KEY")
        commands.setdefault(command)
    return tuple(command for command in commands if command)


def left_out(number: int, kinds: Mapping[str, int], how: str = "--all") -> str:
    """Return how many gaps are left out because they are usual, of which kinds, and how they are shown."""
    told = ", ".join(f"{phrases.readable(what)} {number:,}" for what, number in kinds.items())
    return f"left out as usual for their type: {number:,} ({told}); {how} shows them"


def _closed_participant(one: Gap) -> str:
    return link_phrases.closed_participant(one, one.participant) if one.participant else ""


def _past_end(one: Gap) -> str:
    return phrases.joined(f"was to end {phrases.date(one.date)}", one.text or "no source tells whether it did")


def _past_review(one: Gap) -> str:
    return phrases.joined(f"review due {phrases.date(one.date)}, none is told since", one.text or "")


def _past_start(one: Gap) -> str:
    return f"was to begin {phrases.date(one.date)}: no source tells whether it did"


def _likely_twin(one: Gap) -> str:
    """Return which record may be the same one, and what both have in common."""
    other = phrases.named(one.other.name, one.other.key) if one.other is not None else ""
    common = f"the same {link_phrases.several(one.same)}"
    if one.run_by:
        common += f", each run by another body: {link_phrases.several([body.name for body in one.run_by])}"
    if one.may_run:
        common += "; one is only named: it may be the other, or run it"
    return phrases.joined(other, common)


def _sources_differ(one: Gap) -> str:
    """Return each value with who states it: `opened: 1 April 2020, says A; 25 October 2019, says B`."""
    told = [
        f"{_value(one, each)}, "
        f"{'say' if len(each.sources) > 1 else 'says'} {link_phrases.several(each.sources or ('nobody who is named',))}"
        for each in one.values
    ]
    return f"{values.label(one.detail or '')}: {'; '.join(told)}"


def _value(one: Gap, each: GapValue) -> str:
    dated = one.detail in ("opened", "closed", "legal_start", "legal_end")
    return phrases.date(each.value) if dated else phrases.readable(each.value)


def says(one: Gap) -> tuple[Says, ...]:
    """Return who states which value of a detail of which sources differ, first what is shown."""
    return tuple(
        Says(each.chosen, source, f"{values.label(one.detail or '')}: {_value(one, each)}")
        for each in one.values
        for source in each.sources
    )


def _one_participant(one: Gap) -> str:
    if one.other:
        return f"only {phrases.named(one.other.name, one.other.key)} is named"
    return phrases.none_since(one.date) if one.date else "nobody is named as taking part"


_SAID: dict[str, Callable[[Gap], str]] = {
    reports.CLOSED_PARTICIPANT: _closed_participant,
    reports.PAST_END: _past_end,
    reports.PAST_REVIEW: _past_review,
    reports.PAST_START: _past_start,
    reports.LIKELY_TWIN: _likely_twin,
    reports.SOURCES_DIFFER: _sources_differ,
    reports.NO_COMMISSIONER: lambda _: "no commissioner is told that has not closed",
    reports.NO_LEAD: lambda _: "nobody is named who leads it",
    reports.VACANT_POST: lambda one: f"nobody holds the post: {one.text}",
    reports.NO_POST: lambda _: "no post is told",
    reports.ONE_PARTICIPANT: _one_participant,
    reports.NO_BASIS: lambda _: "neither its form nor a law or paper that it rests on is told",
    reports.UNLINKED: lambda _: "linked to nothing but areas and documents",
}
_MEANING = {
    reports.CLOSED_PARTICIPANT: "names a body as taking part that has closed",
    reports.PAST_END: "was to end by now",
    reports.PAST_REVIEW: "its review was due by now",
    reports.PAST_START: "was to begin by now",
    reports.LIKELY_TWIN: "two records that may be one",
    reports.SOURCES_DIFFER: "sources state what cannot both hold",
    reports.NO_COMMISSIONER: "an open practice without an open commissioner",
    reports.NO_LEAD: "nobody is named who leads it",
    reports.VACANT_POST: "nobody holds the post",
    reports.NO_POST: "a person of whom no post is told",
    reports.ONE_PARTICIPANT: "fewer than two are named as taking part",
    reports.NO_BASIS: "it is not told what it rests on",
    reports.UNLINKED: "linked to nothing but areas and documents",
}
_BY_TYPE = (
    reports.PAST_START, reports.NO_COMMISSIONER, reports.NO_LEAD, reports.ONE_PARTICIPANT, reports.NO_BASIS,
    reports.UNLINKED,
)  # fmt: skip
"""Kinds of which the type of the record tells why something is missed."""
