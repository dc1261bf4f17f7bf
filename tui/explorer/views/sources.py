"""Where a register has what it says from, as a view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from db.register import Register
from tui.explorer.pages.sources import source_items
from tui.explorer.views.view import View, ViewPage, however_arranged


@dataclass(frozen=True)
class SourcesView(View):
    """All sources, with their day, licence and number of records."""

    TAKES_A_DAY = False
    NEEDS_WIDTH = True

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock stats` takes them."""
        return ("stats", "--sources")

    def ask(self, reader: Register) -> ViewPage:
        """Read what is known of each."""
        items = however_arranged(partial(source_items, reader.sources()))
        return ViewPage("sources", "where it comes from", items, cites=False)
