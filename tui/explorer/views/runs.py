"""The imports of a register and what each changed, as views."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from db.errors import NotFoundError
from db.register import Register
from tui.explorer.pages.runs import diff_items, run_items
from tui.explorer.views.view import View, ViewPage, however_arranged
from tui.text import changes


@dataclass(frozen=True)
class RunsView(View):
    """All imports, the newest first."""

    TAKES_A_DAY = False
    NEEDS_WIDTH = True

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock runs` takes them."""
        return ("runs",)

    def ask(self, reader: Register) -> ViewPage:
        """Read what is remembered of each."""
        items = partial(run_items, reader.runs(), DiffView)
        return ViewPage("runs", "what was imported", however_arranged(lambda cells, _: items(cells)), cites=False)


@dataclass(frozen=True)
class DiffView(View):
    """What one import changed."""

    TAKES_A_DAY = False
    NEEDS_WIDTH = True

    run: int
    """Its number."""

    @property
    def words(self) -> tuple[str, ...]:
        """As `interlock diff` takes them."""
        return ("diff", str(self.run))

    def ask(self, reader: Register) -> ViewPage:
        """Read the run and what it did."""
        run = next((one for one in reader.runs() if one.run == self.run), None)
        if run is None:
            raise NotFoundError(f"there is no run {self.run}; :runs lists them")
        diff = None if run.undone else reader.diff(run.run)
        unwritable = changes.UNWRITABLE if reader.path is None else ""
        kinds = reader.kinds(one.key for did in changes.DONE for one in getattr(diff, did)) if diff else {}
        title = f"what run {self.run} changed"
        return ViewPage(f"run {self.run}", title, partial(diff_items, run, diff, unwritable, kinds), cites=False)
