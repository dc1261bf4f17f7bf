"""What the register does not know, as a view: its kinds, and the records of one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

from db.register import Register
from tui.explorer.pages.gaps import gap_items
from tui.explorer.views.view import View, ViewPage
from tui.text import phrases


@dataclass(frozen=True)
class GapsView(View):
    """Gaps of some kinds or of all, of a record or of those that filters let through."""

    TAKES_A_DAY = False
    NEEDS_WIDTH = True

    kinds: tuple[str, ...] = ()
    about: str = ""
    """A record, or filters, as `interlock gaps` takes them."""

    with_usual: bool = False
    """Whether what is usually lacking of a type is told as well."""

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock gaps` takes them."""
        kinds = (word for kind in self.kinds for word in ("--kind", kind))
        return ("gaps", *self.about.split(), *kinds, *(("--all",) if self.with_usual else ()))

    def ask(self, reader: Register) -> ViewPage:
        """Find them anew."""
        found, types = reader.gaps(self.kinds, about=self.about), reader.type_labels()
        if self.with_usual:
            found = tuple(gap._replace(usual=False) for gap in found)
        kinds = reader.kinds(gap.key for gap in found)
        title = ", ".join(map(phrases.readable, self.kinds)) or "what is not known"
        name = f"gaps: {title}" if self.kinds else "gaps"
        items = partial(gap_items, found, types, kinds, replace(self, with_usual=True, name=""))
        return ViewPage(name, title, items, proofs_beside=False)
