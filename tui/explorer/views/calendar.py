"""Days that are set for something, as a view: those ahead, and those that have passed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from db.register import Register
from tui.explorer.outlook import PASSED, WITHIN
from tui.explorer.pages.calendar import calendar_items
from tui.explorer.views.view import View, ViewPage, however_arranged


@dataclass(frozen=True)
class CalendarView(View):
    """What lies ahead from the day that is set, of a record or of those that filters let through."""

    NEEDS_WIDTH = True

    within: str = WITHIN
    about: str = ""
    """A record, or filters, as `interlock calendar` takes them."""

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock calendar` takes them."""
        return ("calendar", *self.about.split(), "--within", self.within)

    def ask(self, reader: Register) -> ViewPage:
        """Read what is set; what has passed is told of today alone."""
        found = reader.calendar(self.within, as_of=self.as_of, about=self.about)
        passed = reader.gaps(PASSED, about=self.about) if self.as_of is None else ()
        ahead = (*found.dated, *found.by_year, *found.without_year)
        kinds = reader.kinds([*(one.key for one in ahead), *(one.key for one in passed)])
        items = however_arranged(partial(calendar_items, found, passed, kinds))
        return ViewPage("calendar", "what lies ahead", items, found.evidence)
