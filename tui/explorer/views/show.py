"""A record's page as a view."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from tui.explorer.list_state import ListState
from tui.explorer.pages.folding import ListPart
from tui.explorer.pages.record import page_items
from tui.explorer.reader import RegisterReader
from tui.explorer.symbols import Symbols
from tui.explorer.views.view import View, ViewPage
from tui.text import phrases
from tui.text.page_parts import RecordPage, Target
from tui.text.record_page import record_page


@dataclass(frozen=True)
class ShowView(View):
    """One record in full."""

    HAS_PARTS = True
    record: str
    """Its key."""
    is_entire: bool = field(default=False, compare=False)
    """Whether all links are read, and not the first under each heading, which are there at once."""

    @classmethod
    def of(cls, target: Target, day: str | None = None) -> ShowView:
        """Return the page that a link leads to, as of a day."""
        return cls(target.key, name=target.name, as_of=day)

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock show` takes them."""
        return ("show", self.record)

    @property
    def key(self) -> str:
        """The record's."""
        return self.record

    def ask(self, reader: RegisterReader) -> ViewPage:
        """Read the record with all that is dated of it."""
        most = None if self.is_entire else MOST
        found = reader.record(self.record, as_of=self.as_of, most=most, first=FIRST, with_timeline=True)
        about = Target(found.key, found.name, found.kind)
        page = record_page(found, lambda _: None, printed=False)  # here, as it takes long where there are many links
        return ViewPage(found.name, phrases.kind(found), partial(_items, page), found.evidence, about, found)

    def entire(self) -> ShowView:
        """Return it with all links."""
        return replace(self, is_entire=True)


MOST = 200
"""Links under a heading up to which all are read at first."""
FIRST = 64
"""Links under a heading that has more which are read at first: more than a screen holds."""


def _items(page: RecordPage, cells: int, symbols: Symbols, state: ListState) -> tuple[ListPart, ...]:
    return page_items(page, cells, symbols, state.rows)
