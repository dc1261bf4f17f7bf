"""The facts of a record's page: what says that bodies stay separate, and all others by what they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.text import evidence_words, fact_words, phrases
from tui.text.page_parts import PageGroup, PageLine

if TYPE_CHECKING:
    from db.model import Evidence, Fact, Link, Record

Most = Callable[[str], int | None]
"""How many lines of a group are wanted, by its ident; None is all of them."""

SEPARATE = ("independence", "not-a-merger")
"""Properties that say that bodies stay separate."""


def fact_groups(
    facts: Iterable[Fact], most: Most, proofs: Mapping[int, Evidence], apart: str = ""
) -> tuple[tuple[PageGroup, ...], tuple[PageGroup, ...]]:
    """Return what says that bodies stay separate, and all other facts by what they are about."""
    separate: list[Fact] = []
    by_label: dict[str, list[Fact]] = {}
    for fact in facts:
        label = fact.label or phrases.readable(fact.property)
        (separate if fact.property in SEPARATE else by_label.setdefault(label, [])).append(fact)
    others = tuple(_group(label, several, most, proofs, apart) for label, several in by_label.items())
    return (_group("", separate, most, proofs, apart),) if separate else (), others


def told_of(record: Record) -> Iterator[Fact]:
    """Yield the facts of a record, but for what its page says anyway: its type, and who holds a post in it."""
    people = [link.name for link in record.links if link.kind == "person"]
    for fact in record.facts:
        is_type = fact.property == "ods-role" and fact.text == record.type_label
        is_person = fact.property == "note" and any(_is_only(fact.text, name) for name in people)
        if not (is_type or is_person):
            yield fact


def _is_only(text: str | None, name: str) -> bool:
    """Tell whether a text is the name of a person alone, perhaps with a title before it."""
    return text is not None and text.endswith(name) and text.count(" ") <= name.count(" ") + 1


def told_of_link(link: Link) -> Iterator[Fact]:
    """Yield the facts of a link, but for what its line says: by which name its source calls the other end."""
    for fact in link.facts:
        names = tuple(f"calls it {name}." for name in (link.name_then, link.name) if name)
        if fact.property != "wording" or not (fact.text or "").endswith(names):
            yield fact


def kept_groups(record: Record, proofs: Mapping[int, Evidence]) -> Iterator[PageGroup]:
    """Yield what a body keeps of its own in what it takes part in, which is told of the links."""
    for link in record.links:
        ident = f"facts:kept:{link.key}:{link.role}"
        kept = [fact for fact in link.facts if is_kept(link, fact)]
        lines = tuple(fact_line(fact, f"{ident}:{n}", proofs) for n, fact in enumerate(kept))
        if lines:
            told = (
                phrases.readable(link.status) if link.status in phrases.AHEAD else "",
                evidence_words.undated(record.evidence, (one for fact in kept for one in fact.evidence)),
            )
            place = f"in {link.name}"
            yield PageGroup(ident, phrases.joined(place, *told), lines, len(lines), heading=place)


def is_kept(link: Link, fact: Fact) -> bool:
    """Tell whether a fact of a link is what a body keeps of its own in what it takes part in."""
    return link.direction == "out" and link.category == "participation" and fact.property in SEPARATE


def _group(label: str, facts: Sequence[Fact], most: Most, proofs: Mapping[int, Evidence], apart: str) -> PageGroup:
    ident = f"facts:{apart}{label or 'stays separate'}"
    lines = [fact_line(fact, f"{ident}:{n}", proofs) for n, fact in enumerate(facts[: most(ident)])]
    return PageGroup(ident, label, tuple(lines), len(facts))


def fact_line(fact: Fact, ident: str, proofs: Mapping[int, Evidence], label: str = "") -> PageLine:
    """Return a fact, and whose claim it is where nobody states it."""
    text, claim = fact_words.fact(fact), evidence_words.claim([proofs[one] for one in fact.evidence if one in proofs])
    return PageLine(ident, text, claim, label=label, evidence=fact.evidence, copy=(fact.label, text))
