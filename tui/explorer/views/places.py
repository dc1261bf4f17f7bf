"""Where records are, as a view: a map in characters."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from db.register import Register
from tui.explorer.pages.places import place_items
from tui.explorer.views.view import View, ViewPage
from tui.text.page_parts import Target


@dataclass(frozen=True)
class PlacesView(View):
    """Where those are that a record is linked to, or that filters let through."""

    TAKES_A_DAY = False

    about: str = ""
    """A record, or filters, as `interlock places` takes them."""

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock places` takes them."""
        return ("places", *self.about.split())

    @property
    def key(self) -> str:
        """That of the record whose links are shown."""
        return self.about if ":" in self.about and " " not in self.about else ""

    def ask(self, reader: Register) -> ViewPage:
        """Read where they are."""
        found = reader.places(self.about)
        name = f"map of {found.subject.name}" if found.subject else f"map {self.about}".rstrip()
        search = "" if found.subject else self.about or "kind:organisation"
        about = None
        if found.subject:
            key, named = found.subject.key, found.subject.name
            about = Target(key, named, reader.kinds((key,)).get(key, ""))
        return ViewPage(name, "where they are", partial(place_items, found, search), about=about, cites=False)
