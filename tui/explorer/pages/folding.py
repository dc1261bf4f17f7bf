"""Lists whose groups fold: which lines show, in which order, as a person has folded, filtered and sorted them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from tui.explorer.list_state import ListState
from tui.explorer.pages.items import LineKeys, ListItem, Piece, Row, length, piece
from tui.text.safe import width

REST = "lines that have not been read"
"""What opening a group asks for of which only the first lines were."""

ORDERS = ("", "name", "since", "type")
"""What lines can be sorted by; as their source has them where nothing is said."""


@dataclass(frozen=True, slots=True)
class ListLines:
    """Lines of one row each (`tall` ones have several), made when they are seen, so that many open at once."""

    keys: Sequence[LineKeys]
    make: Callable[[int], ListItem]
    tall: bool = False
    rows: int = 0
    """Rows that they take, where that is known before they are made."""


@dataclass(frozen=True, slots=True)
class FoldHeader:
    """The line above a group: what it is called, how many it holds, and what these are."""

    label: str
    total: int | None
    told: str = ""
    preview: str = ""
    """What is in it, told while it is folded."""
    style: str = "label"
    indent: int = 0
    column: int = 0
    """Cells that the labels of the list take, so that the counts stand under each other."""
    evidence: tuple[int, ...] = ()
    is_exact: bool = True
    """Whether there are no more than `total`."""


@dataclass(frozen=True, slots=True)
class ListFold:
    """A group of lines that folds, and what folds within it."""

    ident: str
    header: FoldHeader
    lines: ListLines
    inner: tuple[ListFold, ...] = ()
    is_open: bool = False
    """Whether it is open until a person says otherwise."""
    rest: int = 0
    """How many lines of it have not been read; opening it asks for them."""


ListPart = ListItem | ListFold
"""What a list is built of."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines of a group that stand under each other, by their numbers in it."""

    lines: ListLines
    chosen: Sequence[int]
    group: str
    made: dict[int, ListItem] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.chosen)

    def item(self, at: int) -> ListItem:
        """Return a line, made when it is first asked for."""
        found = self.made.get(at)
        if found is None:
            found = self.made[at] = self.lines.make(self.chosen[at])
        return found

    def ident(self, at: int) -> str:
        """Return the ident of a line that may not have been made."""
        return self.lines.keys[self.chosen[at]].ident


@dataclass(frozen=True, slots=True)
class Single:
    """One item on its rows, and the group that it stands in."""

    item: ListItem
    group: str = ""


ShownPart = Stretch | Single


def laid_out(parts: Iterable[ListPart], state: ListState, cells: int, signs: tuple[str, str]) -> list[ShownPart]:
    """Return what shows of a list; `signs` head what is open and what is folded."""
    parts = tuple(parts)
    folds = [part for part in parts if isinstance(part, ListFold)]
    if not folds:
        return [Single(item) for item in _flat([part for part in parts if isinstance(part, ListItem)], state)]
    shown: list[ShownPart] = []
    for part in parts:
        if isinstance(part, ListFold):
            shown += _fold(part, state, cells, signs, state.filters.get("", ""))
        else:
            shown.append(Single(_unfolded(part, state.folds)))
    return shown


_STALE = 100
"""Lines of a group that are kept of an answer from before: more than a screen."""


def items_of(shown: Iterable[ShownPart]) -> list[ListItem]:
    """Return the items of what shows, of a long run of lines the first."""
    items: list[ListItem] = []
    for part in shown:
        items += [part.item(at) for at in range(min(len(part), _STALE))] if isinstance(part, Stretch) else [part.item]
    return items


def _flat(items: Sequence[ListItem], state: ListState) -> list[ListItem]:
    """Return the items of a list without groups; what the mark cannot stand on heads those below it."""
    wanted, order = state.filters.get("", "").casefold(), state.orders.get("", "")
    if not wanted and not order:
        return list(items)
    if not any(item.stops for item in items):
        return [item for item in items if wanted in _keys_of(item).text.casefold()]
    if order and any(item.apart for item in items):
        items = _apart(items)
    found: list[ListItem] = []
    for head, several in _headed(items):
        keys = [_keys_of(item) for item in several]
        chosen = [n for n in range(len(several)) if wanted in keys[n].text.casefold()]
        found += head if chosen or not wanted else []
        found += [several[n] for n in _sorted(chosen, keys, order)]
    return found


def _apart(items: Sequence[ListItem]) -> list[ListItem]:
    """Return items without what stands above several, each with what that says of it, so that all can be sorted."""
    last = max((n for n, item in enumerate(items) if item.stops), default=-1)
    stops = [replace(item, rows=(*item.rows, *item.apart)) for item in items if item.stops]
    return [*stops, *items[last + 1 :]]


def _headed(items: Iterable[ListItem]) -> Iterator[tuple[list[ListItem], list[ListItem]]]:
    """Yield items with what stands above them and is none to stop at."""
    head: list[ListItem] = []
    several: list[ListItem] = []
    for item in items:
        if not item.stops and several:
            yield head, several
            head, several = [], []
        (several if item.stops else head).append(item)
    yield head, several


def _keys_of(item: ListItem) -> LineKeys:
    return item.keys or _own_keys(item)


def _own_keys(item: ListItem) -> LineKeys:
    text = " ".join("".join(part.text for part in row) for row in (*item.rows, *item.under))
    return LineKeys(item.ident, f"{text} {item.copy}", text.strip())


def _fold(
    part: ListFold, state: ListState, cells: int, signs: tuple[str, str], over_all: str, above: str = ""
) -> Iterator[ShownPart]:
    """Yield a group: its header, and its lines where it is open."""
    group = above or part.ident
    wanted = (state.filters.get(group, "") or over_all).casefold()
    order = state.orders.get(group, "")
    chosen: Sequence[int] = range(len(part.lines.keys))
    if wanted:
        chosen = [n for n in chosen if wanted in part.lines.keys[n].text.casefold()]
    inner = [one for within in part.inner for one in _fold(within, state, cells, signs, over_all, group)]
    if wanted and (above or not state.filters.get(group)) and not chosen and not inner:
        return
    is_open = bool(wanted) or state.folds.get(part.ident, part.is_open)
    found = len(chosen) + sum(len(run) if isinstance(run, Stretch) else not run.item.fold for run in inner)
    yield Single(_header(part, is_open, state, cells, signs, found=None if above else found), group)
    if not is_open:
        return
    if order:
        chosen = _sorted(chosen, part.lines.keys, order)
    yield from _runs(part.lines, chosen, group, state.folds)
    if part.rest:
        told = piece(f"    … {part.rest:,} more are being read", "more", cells)
        yield Single(ListItem(((told,),), f"{part.ident}:rest", stops=False), group)
    yield from inner


def _sorted(chosen: Iterable[int], keys: Sequence[LineKeys], order: str) -> list[int]:
    """Return lines in an order; those of which nothing is said come last."""
    if not order:
        return list(chosen)
    field_of = {name: LineKeys._fields.index(name) for name in ORDERS[1:]}[order]
    return sorted(chosen, key=lambda n: (not keys[n][field_of], keys[n][field_of].casefold()))


def orders_of(part: ListFold | Sequence[ListItem]) -> tuple[str, ...]:
    """Return the orders in which lines can be shown: only those in which they differ."""
    if isinstance(part, ListFold):
        keys = [key for fold in (part, *part.inner) for key in fold.lines.keys]
    else:
        keys = [_keys_of(item) for item in part if item.stops]
    told = {name: {getattr(key, name) for key in keys} for name in ORDERS[1:]}
    return ("", *(name for name, values in told.items() if len(values) > 1))


def _runs(lines: ListLines, chosen: Sequence[int], group: str, folds: Mapping[str, bool]) -> Iterator[ShownPart]:
    """Yield the lines of a group, those that are unfolded on all their rows."""
    if lines.tall:
        yield from (Single(_unfolded(lines.make(n), folds), group) for n in chosen)
        return
    unfolded = {ident for ident, is_open in folds.items() if is_open}
    at = [n for n, one in enumerate(chosen) if lines.keys[one].ident in unfolded] if unfolded else []
    begin = 0
    for n in at:
        if n > begin:
            yield Stretch(lines, chosen[begin:n], group)
        yield Single(_unfolded(lines.make(chosen[n]), folds), group)
        begin = n + 1
    if begin < len(chosen):
        yield Stretch(lines, chosen[begin:], group)


def _unfolded(item: ListItem, folds: Mapping[str, bool]) -> ListItem:
    """Return an item with all that it has to say, where a person has unfolded it."""
    return replace(item, rows=(*item.rows, *item.under)) if item.under and folds.get(item.ident) else item


def _header(
    part: ListFold, is_open: bool, state: ListState, cells: int, signs: tuple[str, str], found: int | None
) -> ListItem:
    """Return the line above a group, with what it is filtered and sorted by, and how many lines are `found` so."""
    header = part.header
    sign = Piece(f"{' ' * header.indent}{signs[0] if is_open else signs[1]} ", "more")
    count = "" if header.total is None else f"{header.total:,}{'' if header.is_exact else '+'}"
    room = max(cells - length((sign,)) - (len(count) + 2 if count else 0), 4)
    label = piece(header.label, header.style, room)
    gap = Piece(" " * max(header.column - width(label.text) + (6 - len(count)), 1)) if count else Piece("")
    row: Row = (sign, label, gap, piece(count, "count"))
    told = [] if found is None else [(words, "key") for words in set_words(state, part.ident, found)]
    told += [(words, "dim") for words in (header.told, "" if is_open else header.preview) if words]
    for words, style in told:
        left = cells - length(row) - 2
        if left >= 6:
            row = (*row, Piece("  "), piece(words, style, left))
    row = row if length(row) <= cells else (piece("".join(one.text for one in row), header.style, cells),)
    more = REST if part.rest else None
    return ListItem((row,), part.ident, evidence=header.evidence, fold=part.ident, is_open=is_open, more=more)


def set_words(state: ListState, ident: str, found: int | None = None) -> list[str]:
    """Return what a group, or the whole list, is filtered and sorted by, and how many lines were found so."""
    told = []
    if ident in state.filters:
        cursor = "▏" if state.typing == ident else ""
        number = f" · {found:,}" if found is not None and state.filters[ident] else ""
        told.append(f"⌕ {state.filters[ident]}{cursor}{number}")
    if state.orders.get(ident):
        told.append(f"by {state.orders[ident]}")
    return told
