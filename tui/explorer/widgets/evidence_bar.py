"""Who says the marked line, in one line: where there is no room for a pane of its own."""

from __future__ import annotations

from collections.abc import Sequence

from tui.explorer.pages.items import piece
from tui.explorer.widgets.bars import Bar
from tui.text.safe import clip, width
from tui.text.who_says import Says

_SOURCE = 44
"""Cells that a source may take beside others."""


class EvidenceBar(Bar):
    """The sources that say so, and those that say otherwise, as many as fit; then the key that shows all."""

    def tell(self, says: Sequence[Says] | None, key: str, cells: int) -> None:
        """Show who says so in `cells`, and how many more there are; None where there is nothing to be said."""
        edge = "─ "
        end = f" {key} " if key and says is not None else ""
        are_told = says is not None
        says = says or ()
        room = max(cells - width(edge) - width(end) - 4, 4)
        parts: list[tuple[str, str]] = [(edge, "$edge")]
        used, told = 0, 0
        for one in says:
            most = _SOURCE if len(says) > 1 else max(_SOURCE, room - width(one.where) - 4)
            words = ", ".join(part for part in (clip(one.source, min(most, room)), one.where) if part)
            words = f"{' · ' if told else ''}{'✓' if one.agrees else '✗'} {piece(words).text}"
            left = room - used - (12 if told + 1 < len(says) else 0)
            if told and width(words) > left:
                break
            words = clip(words, max(left, 4))
            parts.append((words, "$quiet" if one.agrees else "$caution"))
            used, told = used + width(words), told + 1
        if told < len(says):
            more = f" · {len(says) - told} more"
            parts.append((more, "$quiet"))
            used += width(more)
        if are_told and not says:
            parts.append(("no source is named for this line", "$quiet"))
            used = width(parts[-1][0])
        parts += [
            (f"{' ' if used else '─'}{'─' * max(cells - width(edge) - used - width(end) - 3, 0)}", "$edge"),
            (end, "bold $active"),
        ]
        self.put([*parts, ("─", "$edge")])
