"""The help as prepared lines: what can be done and by which keys, the words of the register, what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from db.keys import KINDS
from db.model import SourceRef
from tui.explorer.actions import ACTIONS, PLACES, Action
from tui.explorer.keymap import Keymap
from tui.explorer.keynames import shown
from tui.explorer.pages.items import BLANK, Frame, ListEntry, ListGroup, ListItem, Row, length, piece, wrap
from tui.explorer.symbols import Symbols
from tui.explorer.tasks import TASKS
from tui.text import phrases

if TYPE_CHECKING:
    from db.reports import Stats, Term

_VOCABULARIES = {
    "glossary": "Words", "kinds": "Kinds of record", "arrangement_types": "Types of arrangement",
    "organisation_types": "Types of organisation", "site_types": "Types of site", "document_types": "Types of document",
    "roles": "Roles", "statuses": "Statuses", "link_statuses": "Standing of a link", "link_types": "Links",
    "properties": "Facts", "event_kinds": "Events", "evidence_bases": "Evidence", "forms": "Forms",
    "legal_forms": "Legal forms", "basis_statuses": "Legal basis", "name_kinds": "Names",
}  # fmt: skip
_OURS = "Interlock's own"
"""How the source of a definition begins that is nobody else's, and so not worth a line."""

_INTRODUCTION = (
    "Type to search by name, code or acronym; Enter opens what is marked. In a record, Enter follows the marked line "
    "to the next record, and so on without end. Every line can show who says so."
)
_IN_A_RECORD = ("record", "panes", "lists", "explore", "app")
"""Places whose keys are told in short beside those of the search, which most begin in."""
_NUMBERED = {
    "follow": "Follow the link, or open the result, with that number",
    "narrow": "Narrow the results to what stands above them at that key",
}
"""What keys do that go by number."""
_LAST = "Edit"
_TASK = 11
"""Cells that the names of tasks take, with the air behind them."""


def help_items(
    keymap: Keymap, places: tuple[str, ...], keys_file: str, terms: Iterable[Term], stats: Stats | None,
    here: frozenset[str], cells: int, symbols: Symbols,
) -> tuple[ListItem, ...]:  # fmt: skip
    """Return the help for a width: what can be done at `places` in short, by task, then each of its keys.

    Words that are on the page (`here`) come before others, what edits a line after all other keys.
    """
    frame = Frame(cells)
    told = tuple(term for term in terms if term.definition)
    in_search = places[0] == "search"
    items = [_heading(PLACES[places[0]], frame), *_in_short(places, keymap, frame, symbols, typing=in_search)]
    if in_search:
        items += [BLANK, _heading(PLACES["record"], frame)]
        items += _in_short(_IN_A_RECORD, keymap, frame, symbols, typing=False)
    items += [*_signs(symbols), BLANK, *_paragraph(_INTRODUCTION, frame)]
    for task, names in TASKS.items():
        there = [one for one in ACTIONS if one.id in names and one.place in places]
        if task != _LAST:
            items += _section(task, there, keymap, frame, symbols)
    items += _words_here(told, here, frame)
    for place in PLACES:
        if place not in (*places, "help", "editing"):
            items += _section(PLACES[place], [one for one in ACTIONS if one.place == place], keymap, frame, symbols)
    items += [BLANK, _heading("Commands, typed behind :", frame), *_commands(frame)]
    editing = [one for one in ACTIONS if one.place == "editing"]
    items += _section(PLACES["editing"], editing, keymap, frame, symbols)
    other = f'Other keys: write {keys_file}, one action a line, such as  back = ["b", "["]'
    items += [BLANK, *_paragraph(other, frame)]
    items += _words(told, frame)
    items += _sources(stats, frame) if stats else []
    return tuple(replace(item, stops=False) for item in items)


def _in_short(
    places: Sequence[str], keymap: Keymap, frame: Frame, symbols: Symbols, *, typing: bool
) -> Iterator[ListItem]:
    """Yield a line for each task: the keys of `places` that are for it, each with a word or two."""
    known = {action.id: action for action in ACTIONS if action.place in places}
    for task, names in TASKS.items():
        told: dict[str, Row] = {}
        for action in (known[name] for name in names if name in known):
            key = _first_key(action, keymap, symbols, typing=typing)
            if key and action.hint:
                told.setdefault(action.hint, (piece(f"{key} ", "key"), piece(action.hint, "prose")))
            elif action.command and not keymap.of(action.id) and not typing:
                told[action.word] = (piece(f":{action.word}", "key"),)
        if told and task != _LAST:
            yield ListItem(tuple(_beside(task, told.values(), frame.cells)), f"task:{places[0]}:{task}")


def _first_key(action: Action, keymap: Keymap, symbols: Symbols, *, typing: bool) -> str:
    """Return the key of an action, of one of several that go by number the first and the last."""
    family = action.id.rpartition("-")[0]
    ids = [one.id for one in ACTIONS if one.id.startswith(f"{family}-")] if family in _NUMBERED else [action.id]
    keys = [keymap.display(name, typing=typing, plain=symbols.plain) for name in (ids[0], ids[-1])]
    return ("-" if symbols.plain else "…").join(dict.fromkeys(filter(None, keys)))


def _beside(task: str, told: Iterable[Row], cells: int) -> Iterator[Row]:
    """Yield rows of what is told of a task, none cut in two, its name before the first."""
    row: Row = (piece(f"{task:{_TASK}}", "label"),)
    begun = False
    for one in told:
        if begun and length(row) + 3 + length(one) > cells:
            yield row
            row, begun = (piece(" " * _TASK),), False
        row = (*row, piece("   " if begun else ""), *one)
        begun = True
    yield row


def _section(title: str, actions: Sequence[Action], keymap: Keymap, frame: Frame, symbols: Symbols) -> list[ListItem]:
    """Return actions that have keys under a title, nothing where none has."""
    keys = _keys(actions, keymap, frame, symbols)
    return [BLANK, _heading(title, frame), *keys] if keys else []


def _heading(text: str, frame: Frame) -> ListItem:
    return ListItem(((piece(text, "heading", frame.cells),),), f"heading:{text}")


def _paragraph(text: str, frame: Frame) -> list[ListItem]:
    return [ListItem(tuple((piece(line, "dim"),) for line in wrap(text, frame.cells)), f"paragraph:{text[:20]}")]


def _signs(symbols: Symbols) -> list[ListItem]:
    """Return what the signs of the kinds mean."""
    row: list[Row] = [()]
    for kind in KINDS:
        parts = (piece(f"{symbols.of(kind)} ", f"kind-{kind}"), piece(f"{kind}   ", "prose"))
        row[-1] = (*row[-1], *parts)
    return [BLANK, ListItem(tuple(row), "signs")]


def _keys(actions: Sequence[Action], keymap: Keymap, frame: Frame, symbols: Symbols) -> list[ListItem]:
    """Return the keys of actions; those that go by number share a line."""
    items = []
    for action in actions:
        family, _, number = action.id.rpartition("-")
        if not keymap.of(action.id) or (family in _NUMBERED and number != "1"):
            continue
        keys = " ".join(shown(key, plain=symbols.plain) for key in keymap.of(action.id))
        words, name = action.words, action.id
        if family in _NUMBERED:
            last = max(one.id for one in ACTIONS if one.id.startswith(f"{family}-"))
            keys, words = _first_key(action, keymap, symbols, typing=False), _NUMBERED[family]
            name = f"{action.id} to {last}"
        items += _key_line(action, keys, words, name, frame)
    return items


def _commands(frame: Frame) -> list[ListItem]:
    """Return what can be typed behind a colon, by its words."""
    entries = sorted((action for action in ACTIONS if action.command), key=lambda one: one.command)
    return [item for one in entries for item in _key_line(one, f":{one.command}", one.words, one.id, frame, "command")]


def _key_line(action: Action, keys: str, words: str, name: str, frame: Frame, what: str = "key") -> list[ListItem]:
    """Return one key: what to press, what it does, and the id by which it can be changed."""
    rows: list[Row] = [(piece(line, "prose"),) for line in wrap(words, frame.body)]
    if len(words) + len(name) + 3 <= frame.body and not frame.stacked:
        rows = [(piece(words, "prose"), piece("   "), piece(name, "dim"))]
    return frame.items(ListGroup(keys, [ListEntry(rows, f"{what}:{action.id}")], style="key"))


def _words_here(terms: tuple[Term, ...], here: frozenset[str], frame: Frame) -> list[ListItem]:
    """Return the words of the page that the reader came from, each explained once."""
    found: dict[str, Term] = {}
    for term in terms:
        if {term.label.casefold(), term.name.casefold()} & here:
            found.setdefault(term.label.casefold(), term)
    if not found:
        return []
    return [BLANK, _heading("Words on this page", frame), *_terms(list(found.values()), "here", frame)]


def _words(terms: tuple[Term, ...], frame: Frame) -> list[ListItem]:
    """Return the vocabularies, one after the other."""
    items: list[ListItem] = []
    for vocabulary, title in _VOCABULARIES.items():
        found = [term for term in terms if term.vocabulary == vocabulary]
        if found:
            items += [BLANK, _heading(title, frame), *_terms(found, vocabulary, frame)]
    return items


def _terms(terms: list[Term], where: str, frame: Frame) -> list[ListItem]:
    items: list[ListItem] = []
    for term in terms:
        rows: list[Row] = [(piece(line, "prose"),) for line in wrap(term.definition or "", frame.body)]
        if term.source and not term.source.startswith(_OURS):
            rows += [(piece(line, "dim"),) for line in wrap(term.source, frame.body)]
        items += frame.items(ListGroup(term.label, [ListEntry(rows, f"term:{where}:{term.vocabulary}:{term.name}")]))
    return items


def _sources(stats: Stats, frame: Frame) -> list[ListItem]:
    """Return what the register was made from, newest first."""
    items = [BLANK, _heading("Sources of this register", frame)]
    for source in sorted(stats.sources, key=lambda source: source.published or "", reverse=True):
        ref = SourceRef(source.key, source.title, source.publisher, source.published, source.url)
        records, licence = phrases.count(source.records, "record"), source.licence or "licence unknown"
        told = phrases.joined(phrases.source(ref), records, licence)
        rows: list[Row] = [(piece(line, "prose"),) for line in wrap(source.title, frame.cells, 3)]
        rows += [(piece("  "), piece(line, "dim")) for line in wrap(told, frame.cells - 2, 3)]
        items.append(ListItem(tuple(rows), f"source:{source.key}"))
    return items
