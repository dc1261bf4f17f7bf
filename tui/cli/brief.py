"""A record in ten short lines: what it is, how it stands, where, what it takes part in, with whom, who leads it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from db.reading import headings
from db.reading.links import by_label
from tui.cli.tables import wrap
from tui.cli.terminal import Palette
from tui.text import link_phrases, phrases
from tui.text.phrases import count
from tui.text.record_standing import standing
from tui.text.safe import clip, markdown, visible, width

if TYPE_CHECKING:
    from db.model import Evidence, Link, Record
    from db.register import Register

LINES = 10
WIDTH = 80
"""Cells of a line where no terminal says how many it has."""
WIDEST = 100
ENOUGH = 2000
"""Links under a heading up to which all are read; of more so many are, and the others counted."""
WITH_WHOM = 3
"""Arrangements of which it is told who else takes part."""
PARTICIPATION = "participates-in"

PROSE = 2
"""Lines that the summary has in any case; more where they are to spare."""
LONGEST = 3
"""Lines that one label may have, where it is of the most telling."""
INDENT = "  "
"""In place of the label, in a line that goes on with the one before."""

LEADING = (
    "chief-executive", "joint-chief-executive", "accountable-officer", "leader", "mayor", "managing-director", "lead",
    "footprint-lead", "host", "chair", "chair-org", "clinical-director",
)  # fmt: skip
"""Roles of the vocabulary of those who lead, first those who run things."""
LEADERSHIP = "post"
"""The category of links to those who lead."""
_TELLING = ("participation", LEADERSHIP, "structure", "commissioning", "site", "service", "succession", "other")
"""Categories of links, the most telling first; those that are not named come last."""


class Item(NamedTuple):
    """A thing in a list, and in brackets what is told of it, which is never cut: the name gives way."""

    name: str
    told: str = ""

    def within(self, room: int) -> str:
        """Return it in so many cells at most."""
        behind = f" ({visible(self.told)})" if self.told else ""
        if not behind or width(behind) > room * 2 // 3:
            return clip(f"{self.name}{behind}", room)
        return clip(self.name, room - width(behind)) + behind

    def __str__(self) -> str:
        return visible(f"{self.name} ({self.told})" if self.told else self.name)


Companions = Mapping[str, Sequence[str]]
"""By key of an arrangement the names of the others that take part in it."""


class Line(NamedTuple):
    """A line: what it is about, empty for the first ones, and what it says of that."""

    label: str
    text: str


def companions(register: Register, record: Record, as_of: str | None) -> dict[str, list[str]]:
    """Ask who else takes part in what the record takes part in, for the arrangements that are shown one by one."""
    found: dict[str, list[str]] = {}
    for link in [one for one in _ordered(record.links) if _takes_part(one)][:WITH_WHOM]:
        page = register.links(link.key, types=(PARTICIPATION,), direction="in", limit=None, as_of=as_of)
        others = [
            one for one in page.links if one.key != record.key and (one.status != "past" or link.status == "past")
        ]
        found[link.key] = list({one.key: one.name for one in _ordered(others)}.values())
    return found


def brief_lines(record: Record, others: Companions, as_of: str | None, line_width: int) -> list[Line]:
    """Return the lines after the name, at most nine, none wider than `line_width` cells; texts are safe to show."""
    about = [_standing(record, as_of, line_width), *_names(record, line_width)]
    summary = visible(" ".join((record.summary or "").split()))
    prose = wrap(summary, line_width) if summary else []
    links = _links(record, others, line_width, LINES - 2 - len(about) - min(len(prose), PROSE))
    spare = LINES - 2 - len(about) - len(links)
    if len(prose) > spare:
        prose = [*prose[: spare - 1], clip(" ".join(prose[spare - 1 :]), line_width)]
    return [*about, *(Line("", clip(line, line_width)) for line in prose), *links, _tail(record, line_width)]


def text_brief(
    record: Record, others: Companions, as_of: str | None, columns: int | None, palette: Palette
) -> Iterator[str]:
    """Yield the lines for the terminal."""
    line_width = min(columns or WIDTH, WIDEST)
    key = clip(record.key, line_width // 2)
    name = clip(record.name, line_width - width(key) - 2)
    yield f"{palette.paint('title', name)}  {palette.paint('key', key)}"
    for label, text in brief_lines(record, others, as_of, line_width):
        yield f"{palette.paint('dim', label + ':')} {text}" if label.strip() else label + text


def markdown_brief(record: Record, others: Companions, as_of: str | None) -> Iterator[str]:
    """Yield the lines as Markdown, each as long as on a terminal."""
    yield f"# {markdown(record.name)}"
    yield ""
    for label, text in brief_lines(record, others, as_of, WIDTH):
        yield f"- {markdown(label)}: {markdown(text)}" if label.strip() else f"{label}- {markdown(text)}"


def _standing(record: Record, as_of: str | None, line_width: int) -> Line:
    """What it is, where it stands, and where it lies; for want of room the place gives way, then the kind of record."""
    place = record.address
    town = (place.town or place.county or "") if place else ""
    whole = ", ".join(filter(None, (town, place.postcode if place else "")))
    long = phrases.kind(record)
    short = link_phrases.short_type(long)
    short = f"{record.kind}, {short}" if short != long else long
    bare = short.removeprefix(f"{record.kind}, ")
    for kind, where in product((long, short, bare), (whole, town, "")):
        behind = "".join(f" · {part}" for part in (standing(record), where, phrases.as_of(as_of)) if part)
        if width(kind + behind) <= line_width:
            break
    return Line("", clip(clip(kind, max(line_width - width(behind), 1)) + visible(behind), line_width))


def _names(record: Record, line_width: int) -> Iterator[Line]:
    """Other names, those in use before former ones, as far as one line goes."""
    names = [name for name in record.names if name.name != record.name]
    shown = [Item(name.name, "former" if name.kind == "former" else "") for name in names]
    if shown:
        yield from _listed("also called", list(dict.fromkeys(shown)), line_width, 1)


def _links(record: Record, others: Companions, line_width: int, most: int) -> list[Line]:
    """The links in so many lines at most, by label; labels for which no line is left are counted in the last."""
    lines: list[Line] = []
    unread = _unread(record)
    proofs = {one.id: one for one in record.evidence}
    groups = sorted(_groups(record.links).items(), key=lambda group: _rank(record, group[1]))
    unread = {label: sum(unread.pop(_heading(one), 0) for one in links) for label, links in groups}
    for place, (label, links) in enumerate(groups):
        rest = groups[place:]
        left = most - len(lines) - (len(rest) > 1)
        if left < 1:
            counts = [Item(f"{other} {len(those) + unread[other]:,}") for other, those in rest]
            return [*lines, *_listed("other links", counts, line_width, 1)]
        links = _ordered(links)
        # Who leads has a line in any case, beside the last one, which may be theirs.
        kept = len(rest) > 2 and any(those[0].category == LEADERSHIP for _, those in rest[1:])
        cap = min(max(left - kept, 1), LONGEST if links[0].category in _TELLING[:2] else 1)
        if _takes_part(links[0]):
            lines += _participations(links, others, proofs, line_width, cap)
        else:
            lines += _listed(label, [_link(link, proofs) for link in links], line_width, cap, unread[label])
    return lines


def _heading(link: Link) -> str:
    return link.heading or link.label


def _unread(record: Record) -> dict[str, int]:
    """Return how many links under each heading were not read, as the first of them tell enough."""
    read = Counter(map(_heading, record.links))
    return {name: number - read[name] for name, number in record.heading_counts.items() if number > read[name]}


def _groups(links: Iterable[Link]) -> dict[str, list[Link]]:
    """Return links under their labels; of which lists alone tell, under the heading that the page has for them."""
    links = tuple(links)
    current = {link.heading for link in links if link.status == "current"}
    said: list[Link] = []
    for link in links:
        listed = headings.as_listed(link.heading or "")
        told_by_lists = listed != (link.heading or "") and link.heading not in current
        said.append(link._replace(label=listed) if told_by_lists else link)
    return by_label(said)


def _participations(
    links: Sequence[Link], others: Companions, proofs: Mapping[int, Evidence], line_width: int, most: int
) -> Iterator[Line]:
    """A line for each arrangement with who else is in it; where there are too many, one for all that are left."""
    single = len(links) if len(links) <= min(most, WITH_WHOM) else most - 1
    for link in links[:single]:
        there = _link(link, proofs)
        there = there._replace(name=f"in {there.name}")
        yield Line("", _with(there, [Item(name) for name in others.get(link.key, ())], line_width))
    if links[single:]:
        label = "and in" if single else links[0].label
        yield from _listed(label, [_link(link, proofs) for link in links[single:]], line_width, 1)


def _with(there: Item, fellows: Sequence[Item], line_width: int) -> str:
    """Name an arrangement and who else is in it: by name, by number for want of room, not where nobody is."""
    if not fellows:
        return there.within(line_width)
    number = f", with {count(len(fellows), 'other')}"
    shown = there.within(line_width - width(number))
    named = _filled(fellows, line_width - width(shown) - len(", with "))
    return f"{shown}, with {named}" if named else clip(shown + number, line_width)


def _takes_part(link: Link) -> bool:
    return link.type == PARTICIPATION and link.direction == "out"


def _ordered(links: Iterable[Link]) -> list[Link]:
    """Links in order of interest, but those that stand before those that are past, and who lead before others."""

    def key(link: Link) -> tuple[bool, bool, int, tuple[int, int]]:
        role = LEADING.index(link.role) if link.role in LEADING else len(LEADING)
        return link.status == "past", link.other_open is False, role, headings.place(link.heading or link.label)

    return sorted(links, key=key)


def _rank(record: Record, links: Sequence[Link]) -> tuple[bool, bool, int]:
    """Order groups of links: of what has closed, what came of it first; then what stands; then by what they tell."""
    category = links[0].category
    passed_on = record.open is False and category == "succession"
    over = all(link.status == "past" for link in links)
    return not passed_on, over, _TELLING.index(category) if category in _TELLING else len(_TELLING)


def _link(link: Link, proofs: Mapping[int, Evidence]) -> Item:
    """The other end with its role, and how it stands where that is not current; to be a member is to take part."""
    role = "" if link.type == PARTICIPATION and link.role == "member" else phrases.role(link)
    stands = link_phrases.remark(link, link_phrases.inferred(link, proofs))
    told = [part for part in (role, stands, "closed" if link.other_open is False else "") if part]
    return Item(link.name, ", ".join(told))


def _tail(record: Record, line_width: int) -> Line:
    """What there is beside, and how to see it."""
    unread = sum(_unread(record).values())
    sources = 0 if unread else len({proof.source.key for proof in record.evidence})
    figures = ((len(record.links) + unread, "link"), (len(record.facts), "fact"), (sources, "source"))
    parts = [count(number, word) for number, word in figures if number]
    return Line("", clip(f"{', '.join(parts) or 'in full'}: interlock show {record.key}", line_width))


def _listed(label: str, items: Sequence[Item], line_width: int, most: int, unread: int = 0) -> Iterator[Line]:
    """Yield a label with as many items as so many lines hold, and how many more there are; `unread` beside these."""
    left = list(items)
    label = clip(label, line_width // 2)
    room = line_width - width(label) - 2
    for _ in range(most - 1):
        whole = [number for number in range(1, len(left) + 1) if width(_joined(left[:number])) <= room]
        number = max(whole, default=1)
        yield Line(label, _joined(left[:number]) if whole else left[0].within(room))
        left, label, room = left[number:], INDENT, line_width - len(INDENT)
        if not left:
            return
    more = f"; and {len(left) - 1 + unread:,} more" if len(left) > 1 else ""
    yield Line(label, _filled(left, room, unread) or clip(left[0].within(room - width(more)) + more, room))


def _joined(items: Iterable[Item]) -> str:
    return "; ".join(map(str, items))


def _filled(items: Sequence[Item], room: int, unread: int = 0) -> str:
    """As many items as there is room for, and how many more there are; empty where not even the first has room."""
    filled = ""
    for number in range(1, len(items) + 1):
        left = len(items) - number + unread
        text = _joined(items[:number]) + (f"; and {left:,} more" if left else "")
        if width(text) <= room:
            filled = text
        elif number > room:
            break
    return filled
