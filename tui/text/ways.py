"""Ways between records as sentences: each link said of the record it starts from, with its role and when it held."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from db.results import counted
from tui.text import link_phrases, phrases

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from db.graph.answers import Step, WayBetween, Ways
    from db.model import Evidence, Link

_VERBS = ("became", "responded")
"""Labels of links are verbs where their first word ends in s, and these are."""
_NOUNS = ("branch", "constituent", "member", "partner", "payee", "sub-division", "subsidiary")
POST = "holds-post-in"
"""The type of a link by which a person holds a post."""


COUNT, HOPS = 3, 5
"""How many ways are looked for, and of how many steps at most, unless asked."""


class Sentence(NamedTuple):
    """A sentence of a way, who says so, and which record it leads to."""

    text: str
    evidence: tuple[int, ...]
    to: Step


def headline(found: Ways) -> str:
    """Return what was found: `Wye Valley NHS Trust and South Warwickshire …: 3 of 9 ways, as of 10 April 2019`."""
    return f"{found.start.name} and {found.goal.name}: {number(found)}"


def number(found: Ways) -> str:
    """Return how many ways were found, and as of which day."""
    told = phrases.count(len(found.ways), "way") if found.ways else "not connected"
    if found.truncated:
        told = f"{len(found.ways):,} of {counted(found.total, found.total_is_exact)} ways"
    return told + (f", {phrases.as_of(found.as_of)}" if found.as_of else "")


def called(found: Ways) -> str:
    """Return what the answer is called in the way that leads to it."""
    return f"path to {found.goal.name}"


def not_dated(found: Ways) -> str:
    """Return what stands over ways of which no source tells whether they were there."""
    return f"Not dated: no source tells whether these stood on {phrases.date(found.as_of)}"


def more(how: str) -> str:
    """Return that there are more ways, and how they are shown."""
    return f"there are more ways; {how} shows more"


def only_directly(found: Ways) -> str:
    """Return where the two are tied directly and nothing else is as short, how one learns what else they have alike."""
    if [way.hops for way in found.ways] != [1]:
        return ""
    asked = f"interlock shared {found.start.key} {found.goal.key}"
    return f"ways much longer than that are left out; {asked} tells what both are linked to"


def heading(way: WayBetween) -> str:
    """Return how long a way is, and over what it leads."""
    over = [step.name for step in way.steps[1:-1]]
    return f"{phrases.count(way.hops, 'step')}, {'over ' + ' and '.join(over) if over else 'directly'}"


def sentences(way: WayBetween, found: Ways) -> Iterator[Sentence]:
    """Yield a way in sentences; what the record in the middle has alike with two is one sentence of both."""
    words = _words(found)
    place = 1
    while place < len(way.steps):
        before, here = way.steps[place - 1 : place + 1]
        told = Sentence(_sentence(before, here, words), _evidence(here), here)
        place += 1
        if place < len(way.steps):
            further = _likewise(here, way.steps[place], words)
            if further:
                cited = dict.fromkeys((*told.evidence, *_evidence(way.steps[place])))
                told = Sentence(f"{told.text}, and {further}", tuple(cited), here)
                place += 1
        yield told


class _SaidOfSteps(NamedTuple):
    """How links are worded: the labels of their types, and the evidence by which some are inferred."""

    labels: Mapping[str, str]
    proofs: Mapping[int, Evidence]


def _words(found: Ways) -> _SaidOfSteps:
    return _SaidOfSteps(found.labels, {one.id: one for one in found.evidence})


def sentence(near: Step, far: Step, found: Ways) -> str:
    """Return all that ties two records in a sentence, said of the one from which the link starts."""
    return _sentence(near, far, _words(found))


def _sentence(near: Step, far: Step, words: _SaidOfSteps) -> str:
    link = far.link
    if link is None:
        return ""
    source, target = (near, far) if link.direction == "out" else (far, near)
    text = f"{source.name} {_does(link, words.labels)} {_the(target)}{_about(link, words)}"
    return text + "".join(f"; {_again(near, far, one, source, words)}" for one in far.also)


def _again(near: Step, far: Step, link: Link, said_of: Step, words: _SaidOfSteps) -> str:
    """Return another link between two records, of which one was named just now."""
    source, target = (near, far) if link.direction == "out" else (far, near)
    who = "it" if source is said_of else source.name
    return f"{who} also {_does(link, words.labels)} {'it' if target is said_of else 'that'}{_about(link, words)}"


def _likewise(here: Step, then: Step, words: _SaidOfSteps) -> str:
    """Return the next link of a way as the second half of a sentence, where it tells the same of another record."""
    first, second = here.link, then.link
    if first is None or second is None or first.type != second.type or first.direction == second.direction:
        return ""
    if here.also or then.also:
        return ""
    about = _about(second, words)
    if first.direction == "in":
        # The one in the middle does so to both.
        does = f"{_does(second, words.labels)} " if first.role != second.role else "of " if first.type == POST else ""
        return f"{does}{_the(then)}{about}"
    told = "" if about == _about(first, words) else about
    return f"{'so does' if _is_verb(_label(second, words.labels)) else 'so is'} {then.name}{told}"


def _label(link: Link, labels: Mapping[str, str]) -> str:
    return labels.get(link.type, link.label)


def _does(link: Link, labels: Mapping[str, str]) -> str:
    """Return what the source of a link does, as the verb of a sentence."""
    role = phrases.role(link)
    return f"is {role} of" if link.type == POST and role else does(_label(link, labels), link.category)


def does(label: str, category: str) -> str:
    """Return what the source of a link does that reads so from it, as the verb of a sentence."""
    if _is_verb(label):
        return label
    if category == "succession":
        return f"was {label}"
    return f"is a {label}" if label.split()[0] in _NOUNS else f"is {label}"


def _is_verb(label: str) -> bool:
    first = label.split()[0]
    return first.endswith("s") or first in _VERBS


def _about(link: Link, words: _SaidOfSteps) -> str:
    """Return role, standing and dates of a link in brackets."""
    role = "" if link.type == POST else phrases.role(link)
    inferred = link_phrases.inferred(link, words.proofs)
    told = ", ".join(part for part in (role, *link_phrases.stands(link, inferred)) if part)
    return f" ({told})" if told else ""


def _the(step: Step) -> str:
    """Return a record's name as a sentence has it: `the Foundation Group`."""
    words = step.name.split()
    bare = step.kind != "arrangement" or len(words) < 2 or words[0].casefold() == "the"
    return step.name if bare else f"the {step.name}"


def _evidence(step: Step) -> tuple[int, ...]:
    links = (step.link, *step.also) if step.link else ()
    return tuple(dict.fromkeys(one for link in links for one in link.evidence))


def not_connected(found: Ways, most_hops: int, how: str = "--all") -> str:
    """Return that no way was found, and what else may be asked, and how."""
    day = f" {phrases.as_of(found.as_of)}" if found.as_of else ""
    without = phrases.leaving_out(how) if found.leaves_out else ""
    if found.not_dated:
        names = f"{found.start.name} and {found.goal.name}"
        return f"no source tells that {names} were connected on {phrases.date(found.as_of)}"
    return (
        f"{found.start.name} and {found.goal.name} are not connected{day} "
        f"within {phrases.count(most_hops, 'step')}{without}"
    )
