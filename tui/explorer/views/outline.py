"""Lines that stand below one another by depth, as most views lay out what they were told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import zip_longest

from tui.explorer.pages.items import BLANK, NUMBER, PROSE, ListItem, Row, copied, length, piece, wrap
from tui.explorer.pages.record import HEAD
from tui.explorer.symbols import Symbols
from tui.explorer.views.view import View
from tui.text.page_parts import Target

STEP = 2
"""Cells by which a line stands further in than the one above it."""
_ROWS = 12
"""Rows that a sentence takes at most."""


class Outline:
    """Makes the items of a view for a width; each has an ident of its own."""

    def __init__(self, cells: int, symbols: Symbols) -> None:
        self.cells = cells
        self._symbols = symbols
        self.items: list[ListItem] = []
        self._told: dict[str, int] = {}

    def head(self, target: Target, about: str = "", evidence: tuple[int, ...] = ()) -> None:
        """Begin the page with a record that it is about."""
        self.link(target, about=about, evidence=evidence, ident=f"{HEAD}:{target.key}")

    def heading(self, text: str, count: str = "", depth: int = 0) -> None:
        """Add a line that others stand under, with air before those that begin a part."""
        if not depth and self.items:
            self._add(BLANK)
        told = f"  {count}" if count else ""
        first, *others = wrap(text, max(self.cells - self._indent(depth) - len(told), 8), 3)
        gap = piece(" " * self._indent(depth))
        rows: list[Row] = [(gap, piece(first, "label"), piece(told, "count"))]
        rows += [(gap, piece(line, "label")) for line in others]
        self._add(ListItem(tuple(rows), stops=False))

    def link(
        self, target: Target, *, depth: int = 0, about: str = "", style: str = "dim", under: Sequence[str] = (),
        evidence: tuple[int, ...] = (), view: View | None = None, ident: str = "",
    ) -> None:  # fmt: skip
        """Add a record that the line leads to, or of which it opens a view, with what is said of it beside or below."""
        indent = self._indent(depth)
        room = self.cells - indent - 2 * STEP
        sign = piece(f"{self._symbols.of(target.kind)} ", f"kind-{target.kind}")
        name, words = piece(target.name[: room + 1], "link"), piece(about, style)
        air = piece(" " * (indent + 2 * STEP))
        lead: Row = (piece(" " * indent), NUMBER, sign)
        if length((name, words)) + 2 <= room:
            rows: list[Row] = [(*lead, name, piece("  "), words)] if about else [(*lead, name)]
        else:
            first, *others = wrap(target.name, room, 4)
            rows = [(*lead, piece(first, "link")), *((air, piece(line, "link")) for line in others)]
            rows += [(air, piece(line, style)) for line in wrap(about, room, _ROWS) if about]
        for text in under:
            rows += [(air, piece(line, "dim")) for line in wrap(text, min(room, PROSE), _ROWS)]
        told = copied(target.key, target.name, about, *under)
        self._add(
            ListItem(
                tuple(rows), ident or target.key, None if view else target, evidence=evidence, copy=told, view=view
            )
        )

    def sentence(
        self, text: str, *, depth: int = 0, target: Target | None = None, evidence: tuple[int, ...] = (),
        style: str = "prose", about: str = "", date: str = "", column: int = 0,
    ) -> None:  # fmt: skip
        """Add a sentence, which may lead to the record that it is about; its date, if any, in a column before it."""
        indent = self._indent(depth)
        sign = piece(f"{self._symbols.of(target.kind)} ", f"kind-{target.kind}") if target else piece("  ")
        words = f"{text}{self._symbols.dot}{about}" if about else text
        beside = 0 < column <= (self.cells - indent) // 2
        room = min(self.cells - indent - 2 * STEP - (column if beside else 0), PROSE)
        lines = [piece(line, style) for line in wrap(words, room, _ROWS)]
        dates = [piece(date.ljust(column), "date")] if beside else []
        rows: list[Row] = [] if beside or not date else [(piece(" " * (indent + STEP)), piece(date, "date"))]
        for n, (line, when) in enumerate(zip_longest(lines, dates, fillvalue=piece(" " * column if beside else ""))):
            lead = (NUMBER, sign) if n == 0 and target else (piece("    "),)
            rows.append((piece(" " * indent), *lead, when, line))
        ident = f"{target.key if target else ''}:{text[:80]}"
        self._add(ListItem(tuple(rows), ident, target, evidence=evidence, copy=copied(date, text, about)))

    def remark(self, text: str, *, depth: int = 0, view: View | None = None) -> None:
        """Add what is to be said of the page itself; it may open a view that shows more."""
        indent = self._indent(depth)
        style, lead = ("more", NUMBER) if view else ("dim", piece("  "))
        lines = wrap(text, min(self.cells - indent - 2 * STEP, PROSE), _ROWS)
        rows = tuple(
            (piece(" " * indent), lead if n == 0 else piece("  "), piece("  "), piece(line, style))
            for n, line in enumerate(lines)
        )
        self._add(ListItem(rows, f"remark:{text[:80]}", view=view, copy=copied(text)))

    def air(self) -> None:
        """Add a row of air."""
        self._add(BLANK)

    def _indent(self, depth: int) -> int:
        """Return the cells before a line of a depth: fewer for each on a narrow screen, so that words have room."""
        return min(depth * STEP, self.cells // 3)

    def _add(self, item: ListItem) -> None:
        """Add an item; the same thing told again has an ident of its own."""
        told = self._told[item.ident] = self._told.get(item.ident, 0) + 1
        again = item.ident and told > 1
        self.items.append(replace(item, ident=f"{item.ident}:{told}") if again else item)
