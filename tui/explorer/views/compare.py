"""Two records beside each other, as a view."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from db.register import Register
from tui.explorer.pages.compare import compare_items
from tui.explorer.views.view import View, ViewPage, however_arranged
from tui.text import compare as words
from tui.text.page_parts import Target


@dataclass(frozen=True)
class CompareView(View):
    """What two records both tell and are linked to, then what only one of them has."""

    NEEDS_WIDTH = True

    one: str
    other: str
    """Their keys."""

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock compare` takes them."""
        return ("compare", self.one, self.other)

    @property
    def key(self) -> str:
        """That of the first."""
        return self.one

    def ask(self, reader: Register) -> ViewPage:
        """Read both."""
        found = words.compare(*(reader.record(key, as_of=self.as_of) for key in (self.one, self.other)))
        name = " = ".join(page.name for page in found.pages)
        first = found.pages[0]
        about = Target(first.key, first.name, first.kind)
        items = however_arranged(partial(compare_items, found))
        return ViewPage(name, "side by side", items, found.evidence, about)
