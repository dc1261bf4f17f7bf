"""Two records side by side: what both have, line by line, then what only one has, in the words of their pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from tui.text import phrases
from tui.text.page_parts import PageGroup, PageLine, RecordPage, Target
from tui.text.record_page import record_page

if TYPE_CHECKING:
    from db.model import Evidence, Record

BOTH = "both"
_TITLES = {"told": "What both tell", "between": "Between the two", "common": "Both are linked to"}
_CODES = "Codes of both"
_WITHOUT_GROUPS = ("names", "codes")
"""Sections whose lines tell each what they are, where others have a label for several."""


class PairedLine(NamedTuple):
    """A label, or a record that both are linked to, and what each of two records has to say of it; empty is nothing."""

    ident: str
    label: str
    texts: tuple[str, str]
    evidence: tuple[tuple[int, ...], tuple[int, ...]] = ((), ())
    target: Target | None = None
    style: str = "dim"
    """How a record stands that is named: past where both links are."""

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        return bool(self.texts[0]) and self.texts[0].casefold() == self.texts[1].casefold()


class PairedGroup(NamedTuple):
    """Lines of a section: told, between, common or only; of what records are linked to, those under one heading."""

    section: str
    lines: tuple[PairedLine, ...]
    heading: str = ""
    of: int | None = None
    """Which of the two alone has it, in the section `only`."""
    title: str = ""
    """What stands over it, where that is not the title of its section."""


class Comparison(NamedTuple):
    """Two records, and what is to be said of both, what differs first; then what only one has; codes last."""

    pages: tuple[RecordPage, RecordPage]
    groups: tuple[PairedGroup, ...]
    evidence: tuple[Evidence, ...]
    as_of: str | None
    not_dated: int
    """As of a day: links left out because no source tells whether they were there."""

    @property
    def common(self) -> int:
        """How many records both are linked to."""
        return sum(len(group.lines) for group in self.groups if group.section == "common")


def compare(one: Record, other: Record) -> Comparison:
    """Return two records side by side, told as of the day that they were read."""
    pages = _page(one), _page(other)
    told = tuple(_told(page, one.as_of) for page in pages)
    links = tuple(_links(page) for page in pages)
    both = [(_pair(label, told), one.is_code) for label, one in told[0].items() if label in told[1]]
    facts = sorted((line for line, is_code in both if not is_code), key=lambda line: line.is_same)
    groups = [
        PairedGroup("told", tuple(facts)),
        PairedGroup("between", tuple(_between(pages, links))),
        *_in_common(links),
    ]
    for place in (0, 1):
        groups += _only(place, pages[1 - place].key, told, links)
    groups.append(PairedGroup("told", tuple(line for line, is_code in both if is_code), title=_CODES))
    proofs = {proof.id: proof for record in (one, other) for proof in record.evidence}
    undated = len(one.not_dated) + len(other.not_dated)
    return Comparison(
        pages, tuple(group for group in groups if group.lines), tuple(proofs.values()), one.as_of, undated
    )


def headline(found: Comparison) -> str:
    """Return who is compared, and how much they have in common: `A and B: 7 links in common`."""
    one, other = found.pages
    return f"{one.name} and {other.name}: {phrases.joined(in_common(found.common), phrases.as_of(found.as_of))}"


def in_common(number: int) -> str:
    """Return to how many records both are linked."""
    return f"linked to {phrases.count(number, 'record')} in common" if number else "no links in common"


def left_out(found: Comparison) -> str:
    """Return how many links are left out as of a day because nothing dates them; nothing where there are none."""
    return phrases.left_out_undated(found.not_dated, found.as_of)


def parts(found: Comparison) -> Iterator[tuple[str, list[PairedGroup]]]:
    """Yield the groups under their titles, in the order in which they are read."""
    for (section, of, title), groups in groupby(found.groups, key=lambda one: (one.section, one.of, one.title)):
        yield title or (_TITLES[section] if of is None else f"Only {found.pages[of].name}"), list(groups)


def told(line: PairedLine, found: Comparison) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Yield what a line tells and who says so: of both where that is the same, else of each that says something.

    Whose is not told where one alone has it, as the title over it does.
    """
    if line.is_same:
        yield BOTH, line.texts[0], tuple(dict.fromkeys((*line.evidence[0], *line.evidence[1])))
        return
    alone = not all(line.texts)
    for page, text, evidence in zip(found.pages, line.texts, line.evidence, strict=True):
        if text:
            yield "" if alone else page.name, text, evidence


def _page(record: Record) -> RecordPage:
    return record_page(record, lambda _ident: None, printed=False)


class _Told(NamedTuple):
    """What a record tells under a label, and who says so."""

    text: str
    evidence: tuple[int, ...]
    is_code: bool = False


def _told(page: RecordPage, day: str | None) -> dict[str, _Told]:
    """Return what a page tells of the record itself by its label: the head, then details, codes, facts and names."""
    found = {"what it is": _Told(page.about, page.evidence.about)}
    if page.standing:
        # The day stands once, over both.
        standing = page.standing.removesuffix(phrases.as_of(day)).rstrip(" ·")
        found["standing"] = _Told(standing, page.evidence.standing_and_day)
    sections = {section.name: section for section in page.sections}
    for name in ("details", "codes", "facts", "separate", "names"):
        for group in sections[name].groups if name in sections else ():
            for label, lines in _labelled(name, group).items():
                text = _run_on([phrases.joined(line.text, _about(name, line)) for line in lines])
                if text != page.name and not (label in ("opened", "closed") and text in page.standing):
                    evidence = tuple(dict.fromkeys(one for line in lines for one in line.evidence))
                    found[label] = _Told(text, evidence, name == "codes")
    if page.summary:
        found["summary"] = _Told(page.summary, page.evidence.summary)
    return found


def _run_on(texts: Sequence[str]) -> str:
    """Return texts one after the other; sentences need nothing between them."""
    return "".join(f"{text} " if text.endswith(".") else f"{text}; " for text in texts).rstrip("; ")


def _labelled(section: str, group: PageGroup) -> dict[str, list[PageLine]]:
    """Return the lines of a group by what they are called."""
    if section not in _WITHOUT_GROUPS:
        return {group.label or "stays separate": list(group.lines)}
    found: dict[str, list[PageLine]] = {}
    for line in group.lines:
        kind = str(line.copy[1]) if section == "names" else ""
        found.setdefault(phrases.name_kind(kind) if kind else _code(line.about), []).append(line)
    return found


def _code(scheme: str) -> str:
    """Return what a code is called: `ODS code`; longer names of schemes say that they are of codes, or whose."""
    return scheme if " " in scheme else f"{scheme} code"


def _about(section: str, line: PageLine) -> str:
    """Return what is said of a line beside what its label says."""
    return "" if section in _WITHOUT_GROUPS else line.about


def _pair(label: str, told: tuple[Mapping[str, _Told], ...]) -> PairedLine:
    sides = [one.get(label, _Told("", ())) for one in told]
    return PairedLine(f"told:{label}", label, (sides[0].text, sides[1].text), (sides[0].evidence, sides[1].evidence))


class _Linked(NamedTuple):
    """A record that one is linked to: under which heading, and the lines of its page that say so."""

    heading: str
    lines: list[PageLine]


def _links(page: RecordPage) -> dict[str, _Linked]:
    """Return what a record is linked to, by key, each under the first heading that has it."""
    found: dict[str, _Linked] = {}
    for section in page.sections:
        for group in section.groups if section.name == "links" else ():
            for line in group.lines:
                found.setdefault(line.key, _Linked(group.label, [])).lines.append(line)
    return found


def _words(linked: _Linked | None, heading: str) -> str:
    """Return what one record has to do with another; under which heading it has it, where that is not this one."""
    if linked is None:
        return ""
    told = "; ".join(dict.fromkeys(words for line in linked.lines if (words := _link_words(line))))
    return phrases.joined(linked.heading if linked.heading != heading else "", told) or heading


def _link_words(line: PageLine) -> str:
    """Return what a line says of a link, with the facts under it; who else is linked so has no place here."""
    facts = (f"{one.label}: {one.text}" for one in line.under if one.label and not one.ident.endswith(":with"))
    return phrases.joined(line.about, *facts)


def _cited(linked: _Linked | None) -> tuple[int, ...]:
    return tuple(dict.fromkeys(one for line in linked.lines for one in line.evidence)) if linked else ()


def _linked_pair(key: str, heading: str, links: tuple[Mapping[str, _Linked], ...]) -> PairedLine:
    sides = links[0].get(key), links[1].get(key)
    named = next(side for side in sides if side is not None).lines[0]
    past = all(line.style == "past" for side in sides if side for line in side.lines)
    return PairedLine(
        f"link:{key}",
        named.text,
        (_words(sides[0], heading), _words(sides[1], heading)),
        (_cited(sides[0]), _cited(sides[1])),
        named.target,
        "past" if past else "dim",
    )


def _between(pages: tuple[RecordPage, RecordPage], links: tuple[Mapping[str, _Linked], ...]) -> Iterator[PairedLine]:
    """Yield by what the two are linked to each other, as each of their pages tells it."""
    there, back = links[0].get(pages[1].key), links[1].get(pages[0].key)
    if there or back:
        label = (there or back or _Linked("", [])).heading
        texts = (_words(there, label), _words(back, label))
        yield PairedLine("between", label, texts, (_cited(there), _cited(back)))


def _in_common(links: tuple[Mapping[str, _Linked], ...]) -> Iterator[PairedGroup]:
    """Yield what both are linked to, under the headings of the first, what is over last."""
    by: dict[str, list[PairedLine]] = {}
    for key, linked in links[0].items():
        if key in links[1]:
            by.setdefault(linked.heading, []).append(_linked_pair(key, linked.heading, links))
    for heading, lines in by.items():
        lines.sort(key=lambda line: line.style == "past")
        yield PairedGroup("common", tuple(lines), heading)


def _only(
    place: int, other: str, told: tuple[Mapping[str, _Told], ...], links: tuple[Mapping[str, _Linked], ...]
) -> Iterator[PairedGroup]:
    """Yield what only one of the two tells, and what it alone is linked to."""
    own, others = told[place], told[1 - place]
    alone = sorted((label for label in own if label not in others), key=lambda label: own[label].is_code)
    lines = tuple(_pair(label, told) for label in alone)
    yield PairedGroup("only", lines, of=place)
    by: dict[str, list[PairedLine]] = {}
    for key, linked in links[place].items():
        if key not in links[1 - place] and key != other:
            by.setdefault(linked.heading, []).append(_linked_pair(key, linked.heading, links))
    for heading, found in by.items():
        found.sort(key=lambda line: line.style == "past")
        yield PairedGroup("only", tuple(found), heading, place)
