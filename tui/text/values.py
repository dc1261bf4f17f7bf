"""What several sources state of one detail: each value in words, who says it, and why one of them is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from db.same_value import disagree
from tui.text import phrases

if TYPE_CHECKING:
    from db.model import Evidence, Link, Name, Record, StatedValue

_DAYS = frozenset({"opened", "closed", "legal_start", "legal_end", "start", "end"})
_WORDS = frozenset({"type", "status", "form", "legal_form", "basis_status"})
ADDRESS = ("address", "town", "county", "postcode", "country")
"""The parts of an address, as they are read."""
_BOTH_TRUE = {
    "status": ("newer", "omitted", "passed-on", "abolished", "decided"),
    "type": ("newer", "passing", "on-day"),
}
"""Rules by which what is shown contradicts nothing else: it came later, as a trust becomes a foundation trust, or a
wider word was used in passing."""
_WHY = {
    "all": ("all its sources say so", ""),
    "alone": ("nobody says otherwise", ""),
    "newer": ("newer", "older"),
    "dated": ("of a known day", "of no known day"),
    "complete": ("from a file that says all there is to say", "from a file that does not say all"),
    "brief": ("from a fuller source", "from a line of a search"),
    "passing": ("from a source that describes it", "said in passing"),
    "order": ("as new as the other; the names of the files decide", "as new as the one shown"),
    "row": ("the first in its file", "further down in the same file"),
    "status": ("told with the status that is shown", "told without the status that is shown"),
    "omitted": ("a newer list has it no more", "a newer source does not say so"),
    "passed-on": ("it passed on, and closed the day before", "before it passed on"),
    "followed": ("those that passed on to it closed, and no earlier list has it", ""),
    "abolished": ("its kind came to an end", "before its kind came to an end"),
    "opened": ("the day on which the later of the two opened", "before the later of the two opened"),
    "decided": ("a person says so", "before a person said otherwise"),
    "on-day": ("so on that day", "so on another day"),
    "chosen": ("what its file shows", "what its file does not show"),
}
"""Why the value that is shown is shown, and why another is not."""


WHY_A_CODE = "every code is kept"
"""Why a code is shown: all are."""


class Claim(NamedTuple):
    """A value of one of several details that a line tells, and who states it."""

    label: str
    text: str
    why: str
    chosen: bool
    evidence: tuple[int, ...]

    @property
    def shown(self) -> str:
        """Whether it is the value shown, and why: `shown, as it is newer`."""
        return f"{'shown' if self.chosen else 'not shown'}: {self.why}"


def why(value: StatedValue) -> str:
    """Return why a value is shown, or is not."""
    shown, other = _WHY.get(value.why, (value.why, value.why))
    return shown if value.chosen else other


def why_name(name: Name, record: Record) -> str:
    """Return why a name is the one shown, or what it is kept as."""
    if name.name != record.name:
        kept = phrases.name_kind(name.kind)
        return f"kept {kept}" if kept.startswith("as ") else f"kept as {kept}"
    if sum(one.kind == "official" for one in record.names) and len(record.names) > 1:
        return "the official name that the newest source gives"
    return "its only name" if len(record.names) == 1 else "nobody gives an official name"


def words(what: str, value: str) -> str:
    """Return a value of a detail as people write it."""
    if what in _DAYS:
        return phrases.date(value)
    return phrases.readable(value) if what in _WORDS else ", ".join(value.split("\n"))


def shown_words(value: StatedValue) -> str:
    """Return the value of a detail that is shown, and what it follows from where nobody states it."""
    text = words(value.what, value.value)
    return text if value.evidence else f"{text}, {why(value)}"


def label(what: str) -> str:
    """Return what a detail is called: `legal start`, `county`."""
    return phrases.readable(what.replace("_", "-"))


def says(text: str, evidence: Iterable[int], proofs: Mapping[int, Evidence]) -> str:
    """Return what others than those that are believed say, and who: `2001, says NHS trusts`."""
    titles = list(dict.fromkeys(proofs[one].source.title for one in evidence if one in proofs))
    if not titles:
        return f"{text}, says nobody who is named"
    rest = f" and {phrases.count(len(titles) - 1, 'other')}" if len(titles) > 1 else ""
    return f"{text}, {'say' if rest else 'says'} {titles[0]}{rest}"


def disputed(values: Iterable[StatedValue], names: Sequence[str]) -> list[StatedValue]:
    """Return what is stated of some details and contradicts what is shown of them.

    What older lists say of what something is and how it stands was so on their day. A detail that is not shown is not
    contradicted.
    """
    kept = [one for one in values if one.what in names]
    shown = {one.what: one.value for one in kept if one.chosen}
    return [
        one
        for one in kept
        if not one.chosen
        and one.what in shown
        and one.why not in _BOTH_TRUE.get(one.what, ())
        and disagree(one.what, shown[one.what], one.value)
    ]


def others(
    values: Iterable[StatedValue], names: Sequence[str], proofs: Mapping[int, Evidence]
) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield what contradicts what is shown of some details, each with its evidence; one for each source."""
    by: dict[tuple[int, ...], list[StatedValue]] = {}
    for one in disputed(values, names):
        by.setdefault(one.evidence, []).append(one)
    for evidence, several in by.items():
        several.sort(key=lambda one: names.index(one.what))
        unlabelled = len(names) == 1 or (len(several) > 1 and all(one.what in ADDRESS for one in several))
        text = ", ".join(_other(one, unlabelled=unlabelled) for one in several)
        yield says(text, evidence, proofs), evidence


def _other(value: StatedValue, *, unlabelled: bool) -> str:
    """Return a value that others state, called what it is where it does not stand in an address or tell that itself."""
    text = words(value.what, value.value)
    return text if unlabelled or value.what in ("address", "postcode") else f"{label(value.what)} {text}"


def claims(values: Iterable[StatedValue], names: Sequence[str]) -> tuple[Claim, ...]:
    """Return all that is stated of some details, where not everyone says the same."""
    kept = [one for one in values if one.what in names]
    told = {one.what for one in kept if one.why != "all"}
    return tuple(
        Claim(label(one.what), words(one.what, one.value), why(one), one.chosen, one.evidence)
        for one in kept
        if one.what in told
    )


def link_claims(link: Link) -> tuple[Claim, ...]:
    """Return all that is stated of the details of a link on which not everyone who states it says the same."""
    return claims(link.values, tuple(dict.fromkeys(one.what for one in link.values)))
