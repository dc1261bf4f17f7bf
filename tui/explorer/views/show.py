"""A record's page as a view."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial

from db.register import Register
from tui.explorer.pages.record import page_items
from tui.explorer.read_ahead import WordedRecord, read_record
from tui.explorer.views.view import View, ViewPage
from tui.text import phrases
from tui.text.page_parts import Target


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

    def ask(self, reader: Register) -> ViewPage:
        """Read the record with all that is dated of it."""
        return page_of(read_record(reader, self.record, as_of=self.as_of, is_entire=self.is_entire))

    def entire(self) -> ShowView:
        """Return it with all links."""
        return replace(self, is_entire=True)


def page_of(read: WordedRecord) -> ViewPage:
    """Return the page of a record that was read."""
    found = read.record
    about = Target(found.key, found.name, found.kind)
    return ViewPage(found.name, phrases.kind(found), partial(page_items, read.page), found.evidence, about, found)
