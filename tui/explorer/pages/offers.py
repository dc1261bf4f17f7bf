"""What may stand on the line of a command, and what can be done here, as prepared lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from os.path import splitext

from db.results import Hit
from tui.cli.arguments import Option
from tui.explorer.actions import ACTIONS, Action
from tui.explorer.command_line import BY_WORD, KIND_WORDS, LineEnd, in_quotes
from tui.explorer.exporting import CALLED, FORMS
from tui.explorer.pages.items import ListItem, Row, length, piece
from tui.explorer.symbols import Symbols
from tui.text import in_lists, phrases
from tui.text.safe import clip, width

_LEAST_ALIKE = 60
"""Of a hundred, how much what was typed and an action must have in common."""

_SURE = 140
"""What holds what was typed is at least so alike."""

_BY_HAND = ("move(", "page(", "top", "bottom", "choose", "follow(", "narrow(", "app.quit", "palette", "command")
"""How what is done without looking for it begins: the palette leaves it out, but for leaving, which has a command."""

_TYPING = ("search", "editing", "command", "palette", "help")
"""Places where keys serve typing."""


DAYS = (
    ("8 July 2016", "a day"),
    ("July 2016", "a month: its last day"),
    ("2016", "a year: its last day"),
)
"""How a day may be written, and what each stands for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that may be typed or done."""

    name: str
    about: str
    line: str = ""
    """The line that it makes."""
    keys: str = ""
    kind: str = ""
    """Of the record that it is."""
    action: Action | None = None


def completions(line: str, wanted: LineEnd, hits: Sequence[Hit] = ()) -> tuple[Offer, ...]:
    """Return what may stand at the end of a line; `hits` are the records that were found for it."""
    start, text = line[: wanted.start], wanted.text.casefold()
    if wanted.what == "command":
        first = sorted((one for one in BY_WORD.values() if one.word.startswith(text)), key=lambda one: one.word)
        kinds = [kind for kind in KIND_WORDS if kind.startswith(text)]
        offers = [Offer(one.command, _words(one), start + one.word + _blank(one), action=one) for one in first]
        return (*offers, *(Offer(kind, f"List the {kind}", f"{start}{kind} ") for kind in kinds))
    if wanted.what == "record":
        return tuple(_record(start, hit) for hit in hits)
    if wanted.what == "day":
        days = [Offer(day, about, f"{start}{day}") for day, about in DAYS]
        return tuple(offer for offer in days if offer.name.casefold().startswith(text))
    if wanted.what == "file":
        stem = splitext(wanted.text)[0]
        return tuple(Offer(f"{stem}{one}", CALLED[one], start + in_quotes(f"{stem}{one}")) for one in FORMS)
    offers = [
        Offer(f"{one.name} {one.value or ''}".rstrip(), one.help, f"{start}{one.name} ")
        if isinstance(one, Option) else Offer(one, "", f"{start}{one} ")
        for one in wanted.choices
    ]  # fmt: skip
    return tuple(offer for offer in offers if offer.name.casefold().startswith(text))


def _words(action: Action) -> str:
    """Return what an action does, without what its keys are in the search."""
    return re.sub(r" \(in (the|a) search.*\)$", "", action.words)


def _blank(action: Action) -> str:
    """Return the blank behind a word that more may follow."""
    return " " if " " in action.command else ""


def _record(start: str, hit: Hit) -> Offer:
    brief = hit.brief
    about = phrases.joined(brief.key.partition(":")[2] if brief.key.startswith("ods:") else "", in_lists.remark(brief))
    return Offer(brief.name, about, f"{start}{in_quotes(brief.key)} ", kind=brief.kind)


def actions_here(
    places: Iterable[str], keys_of: Callable[[str], str], can_be_done: Callable[[Action], bool] = lambda _one: True
) -> tuple[Offer, ...]:
    """Return all that can be done where keys of these places work, each with its keys, as `keys_of` an id tells."""
    order = {place: n for n, place in enumerate(places) if place not in _TYPING}
    here = [one for one in ACTIONS if one.place in order and keys_of(one.id) and not one.run.startswith(_BY_HAND)]
    here.sort(key=lambda one: order[one.place])
    everything = dict.fromkeys((*here, *BY_WORD.values()))
    return tuple(
        Offer(_words(one), f":{one.command}" if one.command else "", keys=keys_of(one.id), action=one)
        for one in everything
        if can_be_done(one)
    )


def matching(offers: Sequence[Offer], typed: str) -> tuple[Offer, ...]:
    """Return the offers that what was typed means, else those that are like it; all of them where nothing was."""
    wanted = typed.strip().casefold()
    if not wanted:
        return tuple(offers)
    scored = [(_likeness(wanted, offer), -n) for n, offer in enumerate(offers)]
    least = _SURE if any(score >= _SURE for score, _ in scored) else _LEAST_ALIKE
    return tuple(offers[-n] for score, n in sorted(scored, reverse=True) if score >= least)


def _likeness(wanted: str, offer: Offer) -> float:
    """Return up to 200: what begins so before what has all of it as beginnings of words, this before similar ones."""
    word, words = offer.about.removeprefix(":").casefold(), offer.name.casefold()
    if word.startswith(wanted):
        return 200.0
    if any(one.startswith(wanted) for one in (*word.split(), *words.split())):
        return 150.0
    if all(any(has.startswith(one) for has in words.split()) for one in wanted.split()):
        return _SURE
    from rapidfuzz import fuzz  # 10 ms, and nothing that is shown at the start needs it

    return float(max(fuzz.partial_ratio(wanted, words), fuzz.ratio(wanted, word.partition(" ")[0])))


def offer_items(offers: Sequence[Offer], cells: int, symbols: Symbols) -> tuple[ListItem, ...]:
    """Return a line for each offer: what it is called, what it is, and its keys at the end."""
    beside = max((_beside_name(offer) for offer in offers), default=0)
    column = min(max((width(offer.name) for offer in offers), default=0), max(cells * 2 // 3, cells - beside, 8))
    return tuple(_item(offer, column, cells, symbols, str(n)) for n, offer in enumerate(offers))


def _beside_name(offer: Offer) -> int:
    """Return the cells that all takes which is said of an offer beside its name."""
    sign, keys = 2 if offer.kind else 0, 1 + width(offer.keys) if offer.keys else 0
    return sign + 2 + width(offer.about) + keys


def _item(offer: Offer, column: int, cells: int, symbols: Symbols, ident: str) -> ListItem:
    sign: Row = (piece(f"{symbols.of(offer.kind)} ", f"kind-{offer.kind}"),) if offer.kind else ()
    name = piece(offer.name, "key" if offer.line and not offer.kind else "link", column)
    gap = piece(" " * (column - length((name,)) + 2))
    keys = piece(offer.keys, "key")
    room = cells - length((*sign, name, gap)) - (length((keys,)) + 1 if offer.keys else 0)
    about = piece(clip(offer.about, room) if room > 3 else "", "dim")
    fill = piece(" " * max(cells - length((*sign, name, gap, about, keys)), 0) if offer.keys else "")
    return ListItem(((*sign, name, gap, about, fill, keys),), ident)
