"""The lines around the lists: which register it is, where one is, what went wrong, which keys work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.content import Content
from textual.widgets import Static

from tui.explorer.actions import ACTIONS
from tui.explorer.history import History, Visit
from tui.explorer.keymap import Keymap
from tui.explorer.messages import PlaceClicked
from tui.explorer.pages.facets import Facet
from tui.explorer.pages.items import piece, wrap
from tui.explorer.symbols import Symbols
from tui.text import phrases
from tui.text.safe import clip, width

if TYPE_CHECKING:
    from db.reports import Stats


class Bar(Static):
    """One line of plain text in styled parts; nothing in it is read as markup."""

    def __init__(self, symbols: Symbols, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.symbols = symbols
        self._put: tuple[tuple[str, str], ...] = ()

    def put(self, parts: Iterable[tuple[str, str]], *, layout: bool = False) -> None:
        """Show parts of text, each with a style; every part is made safe.

        With `layout` all around is laid out anew, as the bar is as wide as its text. What stands there costs nothing.
        """
        wanted = tuple(parts)
        if wanted != self._put:
            self._put = wanted
            content = Content.assemble(*((self.symbols.fit(piece(text).text), style) for text, style in wanted))
            self.update(content, layout=layout)


class RegisterBar(Bar):
    """Which register is open, how large it is and how current its sources are."""

    def tell(self, label: str, stats: Stats | None, cells: int) -> None:
        """Show as much of it as fits in `cells`."""
        wordings = phrases.register(label, stats)
        chosen = next((words for words in wordings if width(words) <= cells), clip(wordings[-1], cells))
        self.put([(chosen, "")])
        self.styles.width = width(piece(chosen).text) + 2


class DayBar(Bar):
    """As of which day everything is read, where that is not today."""

    def tell(self, words: str) -> None:
        """Show the day in words, or nothing."""
        if bool(words) != self.display or words:
            self.display = bool(words)
            self.put([(f" {words} ", "reverse")], layout=True)


class TrailPart(NamedTuple):
    """A part of the trail: its text and style, and the place in the history that a click on it leads to."""

    text: str
    style: str
    place: int | None = None


class TrailBar(Bar):
    """The way that led here, what lies ahead, and a look at what is not opened yet."""

    def __init__(self, symbols: Symbols) -> None:
        super().__init__(symbols)
        self._shown: list[TrailPart] = []

    def tell(self, history: History, preview: str | None, cells: int) -> None:
        """Show the end of the way that fits in `cells`."""
        behind, ahead = history.trail()
        places = {id(visit): place for place, visit in enumerate(history.visits)}
        names = _in_short((*behind, *ahead))
        steps = [(name, places[id(visit)]) for name, visit in zip(names, (*behind, *ahead), strict=True)]
        parts = [TrailPart(name, "$quiet", place) for name, place in steps[: len(behind)]]
        if preview is not None:
            parts.append(TrailPart(f"preview: {preview}", "italic"))
        elif parts:
            parts[-1] = parts[-1]._replace(style="bold")
        here = len(parts)
        parts += [TrailPart(name, "dim", place) for name, place in steps[len(behind) :]]
        self._shown = _fitting(parts, here, self.symbols.trail, cells)
        self.put([(part.text, part.style) for part in self._shown])

    def on_click(self, event: events.Click) -> None:
        """Say which place of the way was clicked."""
        offset, end = event.get_content_offset(self), 0
        for part in self._shown if offset else ():
            end += width(part.text)
            if offset and offset.x < end:
                if part.place is not None:
                    self.post_message(PlaceClicked(part.place))
                return


def _in_short(way: Iterable[Visit]) -> list[str]:
    """Return what the visits of a way are called; a view of the record that stands before it does not name it again."""
    names, record = [], None
    for visit in way:
        name = visit.name
        if record is not None and visit is not record and visit.key == record.key:
            name = name.removeprefix(f"{record.name} ")
            name = f"{name.removesuffix(record.name)}it" if name.endswith(f" {record.name}") else name
        names.append(name)
        record = visit if visit.view.words[:1] == ("show",) else record
    return names


def _fitting(parts: list[TrailPart], here: int, trail: str, cells: int) -> list[TrailPart]:
    """Return as much of a way as fits: what lies ahead goes first, then the beginning; where one is stays whole."""
    start, stop = 0, len(parts)
    current = here - 1
    between = width(trail)
    while True:
        shown = range(start, stop)
        for limit in (60, 40, 24, 16):
            texts = [clip(parts[n].text, cells - 2 if n == current else limit) for n in shown]
            cut = [TrailPart(f"…{trail}", "dim")] if start else []
            if sum(map(width, texts)) + between * (len(texts) - 1) + sum(width(one.text) for one in cut) <= cells:
                return _joined([parts[n]._replace(text=text) for n, text in zip(shown, texts, strict=True)], cut, trail)
        if len(shown) <= 1:
            clipped = [parts[n]._replace(text=clip(parts[n].text, max(cells - 4, 1))) for n in shown]
            return _joined(clipped, cut, trail)
        start, stop = (start, stop - 1) if stop > here else (start + 1, stop)


def _joined(parts: list[TrailPart], before: list[TrailPart], trail: str) -> list[TrailPart]:
    joined = list(before)
    for n, part in enumerate(parts):
        joined += [TrailPart(trail, "dim")] if n else []
        joined.append(part)
    return joined


class FacetBar(Bar):
    """What the results may be narrowed to, each with its key and how many there would be."""

    def tell(self, facets: Sequence[Facet], keys: Sequence[str], cells: int) -> None:
        """Show as many as fit."""
        parts: list[tuple[str, str]] = []
        used = 0
        for facet, key in zip(facets, keys, strict=False):
            used += width(key) + width(facet.label) + len(facet.counted) + 5
            if used > cells:
                break
            parts += [(key, "bold $active"), (f" {facet.label} ", "$quiet"), (facet.counted, "bold"), ("   ", "")]
        self.put(parts)


_NOTICED = 4
"""Rows that a notice takes at most."""


class NoticeBar(Bar):
    """What the person should know now; gone with the next key."""

    def tell(self, lines: tuple[str, ...], cells: int) -> None:
        """Show what there is to say to its end where that fits, or nothing."""
        if not lines and not self.display:
            return
        rows = [row for line in lines for row in wrap(line, max(cells, 8), _NOTICED)]
        shown = [self.symbols.fit(row) for row in rows[:_NOTICED]]
        self.update(Content("\n").join(Content(line) for line in shown))
        self.display = bool(shown)


class KeysBar(Bar):
    """The keys that work here, the most useful first, as many as fit."""

    ORDER = (
        "command-run", "command-complete", "command-leave", "command-earlier", "palette-run", "palette-down",
        "palette-leave", "page-down", "search-open", "search-down", "choose", "fold", "answer-yes", "answer-no",
        "answer-other", "back", "forward", "step-back", "edit-delete-all", "search", "filter", "evidence", "command",
        "palette", "close-help", "close-visits", "help", "quit", "quit-now", "closed", "after", "path", "tree",
        "timeline", "shared", "compare", "map", "as-of", "copy-key", "copy-row", "copy-command", "cite", "export",
        "sort", "jump", "zoom", "unzoom", "next-pane",
    )  # fmt: skip

    ALWAYS = ("help", "quit", "quit-now")

    def tell(self, active: frozenset[str], keymap: Keymap, cells: int, words: dict[str, str], *, typing: bool) -> None:
        """Show hints for the actions that are active; `words` says what some do at this place."""
        hints = {action.id: words.get(action.id, action.hint) for action in ACTIONS}
        keys = {name: keymap.display(name, typing=typing, plain=self.symbols.plain) for name in self.ORDER}
        useful = [name for name in self.ORDER if name in active and hints[name] and keys[name]]
        shown: set[str] = set()
        # Whatever else there is room for, a person has to find help and the way out.
        for name in sorted(useful, key=lambda one: one not in self.ALWAYS):
            used = sum(width(keys[one] or "") + width(hints[one]) + 3 for one in (*shown, name))
            if used > cells:
                break
            shown.add(name)
        parts: list[tuple[str, str]] = []
        for name in useful:
            if name in shown:
                parts += [(keys[name] or "", "bold $active"), (f" {hints[name]}  ", "$quiet")]
        self.put(parts)
