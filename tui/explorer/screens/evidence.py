"""The reading pane and who says what its marked line says."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING

from textual import on
from textual.containers import Vertical
from textual.getters import query_one
from textual.widget import Widget

from tui.explorer.messages import ItemMarked
from tui.explorer.pages.evidence import evidence_items, says_items, told_items
from tui.explorer.pages.items import ListItem
from tui.explorer.screens.questions import ReadingScreen
from tui.explorer.session import Session
from tui.explorer.views.view import View, ViewPage
from tui.explorer.widgets.bars import NoticeBar
from tui.explorer.widgets.evidence_bar import EvidenceBar
from tui.explorer.widgets.panes import EvidenceView, RecordView
from tui.text.who_says import who_says

if TYPE_CHECKING:
    from db.model import Record


BROAD = 140
"""Cells from which on a screen has room for a third pane."""
_WIDE = 100
"""Cells from which on a view that needs the width of the screen, or stands beside no results, has theirs as well."""

NOBODY = "No record is open: open one first"
SILENT = "This line is not what a source says"


class EvidenceScreen(ReadingScreen, inherit_bindings=False):
    """Holds what the reading pane shows, whatever view it is, and shows the evidence of its marked line."""

    record_view = query_one("#record", RecordView)
    evidence_view = query_one("#evidence", EvidenceView)
    reading = query_one("#reading", Vertical)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.view: View | None = None
        """What the reading pane shows; None before the first answer and where there is none."""
        self.page: ViewPage | None = None
        """The answer to it."""
        self._evidence_wanted: bool | None = None
        """Whether the pane of evidence is to be seen; None where nobody has said so, and it is if there is room."""
        self._evidence_before: bool | None = None
        """The same, from before a pane got the whole screen."""
        self._notice_until = 0.0
        self._proved: tuple[ViewPage | None, ListItem | None] = (None, None)
        """The page and the item of which it was told last who says so."""

    @property
    def record(self) -> Record | None:
        """The record that is shown, None where that is another view."""
        return self.page.record if self.page else None

    @on(ItemMarked, "#record")
    def _tell_evidence(self, message: ItemMarked) -> None:
        page, item = self._proved
        if self.page is not page or message.item is not item:
            self._show_evidence(message.item)

    def _show_evidence(self, item: ListItem | None) -> None:
        self._proved = self.page, item
        wanted, claims = (item.evidence, item.claims) if item else ((), ())
        proofs = {evidence.id: evidence for evidence in self.page.evidence} if self.page else {}
        symbols = self.session.symbols
        named = item.says if item else ()
        # A header speaks for its lines, and where a view cites nothing its lines are no statements.
        is_silent = item is None or not (wanted or claims or named or (proofs and not item.fold))
        if not self.evidence_view.display:
            key = self.session.keymap.display("evidence", plain=symbols.plain)
            says = None if is_silent else named or who_says(wanted, claims, proofs)
            self.query_one(EvidenceBar).tell(says, key, self.size.width - 2)
            return
        self.evidence_view.entitle("who says so")
        told = item.told if item and self.has_room_beside else ()

        def items(cells: int) -> tuple[ListItem, ...]:
            if is_silent:
                return told_items(told or (SILENT,), cells)
            cited = says_items(named, cells) if named else evidence_items(wanted, claims, proofs, cells, symbols)
            return (*told_items(told, cells), *cited)

        self.evidence_view.show(items)

    def tell_evidence(self) -> None:
        """Fit who says so to the width."""
        if self.page is not None:
            self._show_evidence(self.record_view.item)

    def action_evidence(self) -> None:
        """Show or hide who says what the marked line says."""
        if self.evidence_view.display and self.is_reading_seen:
            self.hide_evidence()
        elif self.page is None or not self.page.cites:
            self.notice("No line here is what a source says" if self.page else NOBODY)
        else:
            if not self.reading.has_focus_within:
                self.go_to(self.record_view)
            self._evidence_wanted = True
            self.place_evidence()

    def hide_evidence(self) -> None:
        """Hide the evidence; the reading pane keeps the focus."""
        if self.evidence_view.has_focus:
            self.go_to(self.record_view)
        self._evidence_wanted = False
        self.place_evidence()
        self.tell_keys()

    @property
    def has_room_beside(self) -> bool:
        """Whether the screen is wide enough for a third pane, and no pane has all of it."""
        return self.size.width >= BROAD and not self.is_zoomed

    @property
    def has_results(self) -> bool:
        """Whether anything has been searched for; without, what is read has the width of the results as well."""
        raise NotImplementedError

    @property
    def is_choosing(self) -> bool:
        """Whether results are looked through where three panes have room: they are then as wide as two of these."""
        is_seen = self.has_room_beside and not self.has_class("-reading") and self.lists_results
        has_proofs = self.page is None or (self.page.cites and self.page.proofs_beside)
        return is_seen and has_proofs and self._evidence_wanted is not True

    @property
    def lists_results(self) -> bool:
        """Whether the results of a search are shown."""
        raise NotImplementedError

    @property
    def is_reading_seen(self) -> bool:
        """Whether the reading pane is on the screen, which on a narrow one is where it has the focus."""
        takes_turns = self.is_zoomed or (self.has_class("-narrow") and not self.has_class("-tall"))
        return self.has_class("-reading") or not takes_turns

    @property
    def is_zoomed(self) -> bool:
        """Whether the pane with the focus has the whole screen."""
        return self.has_class("-zoomed")

    def action_zoom(self) -> None:
        """Give the pane with the focus the whole screen; another one that is gone to takes its place."""
        if not self.is_zoomed:
            self._evidence_before = self._evidence_wanted
            self._zoom(True, evidence=self.evidence_view.has_focus)

    def action_unzoom(self) -> None:
        """Show the panes beside each other again."""
        if self.is_zoomed:
            self._zoom(False, evidence=self._evidence_before)
        else:
            self.notice("No pane has the whole screen")

    def _zoom(self, is_zoomed: bool, *, evidence: bool | None) -> None:
        self.set_class(is_zoomed, "-zoomed")
        self._evidence_wanted = evidence
        self.place_evidence()
        self.tell_keys()

    def place_evidence(self) -> None:
        """Show who says so in a pane where that is wanted or there is room, else in a line where the page is seen."""
        self.set_class(self.has_room_beside, "-broad")
        alone = self.view is not None and (self.view.NEEDS_WIDTH or not self.has_results)
        self.set_class(alone and self.size.width >= _WIDE and not self.is_zoomed, "-alone")
        self.set_class(self.is_choosing, "-choosing-beside")
        cites = self.page is not None and self.page.cites
        there_is_room = self.has_room_beside and self.page is not None and self.page.proofs_beside
        wanted = there_is_room if self._evidence_wanted is None else self._evidence_wanted
        cites = cites and not self.is_choosing
        pane = cites and wanted
        line = cites and not pane and (self.has_class("-reading") or not (self.has_class("-narrow") or self.is_zoomed))
        if self.evidence_view.has_focus and not pane:
            self.set_focus(self.record_view, scroll_visible=False)
        if (pane, line) != (self.evidence_view.display, self.query_one(EvidenceBar).display):
            self.evidence_view.display, self.query_one(EvidenceBar).display = pane, line
            self._show_evidence(self.record_view.item)

    def go_to(self, pane: Widget) -> None:
        """Give a pane the focus; where the screen is narrow it takes the place of the others first."""
        self.set_class(pane in (self.record_view, self.evidence_view), "-reading")
        self.set_class(pane is self.evidence_view, "-proving")
        self.place_evidence()
        # Widget.focus waits its turn, and a key pressed meanwhile would go to the pane that is left.
        self.set_focus(pane, scroll_visible=False)

    def notice(self, *lines: str, seconds: float = 0) -> None:
        """Tell the person something until the next key, and for so many seconds; without lines, take it away."""
        if not lines and monotonic() < self._notice_until:
            return
        self._notice_until = monotonic() + seconds
        self.query_one(NoticeBar).tell(lines, self.size.width - 2)

    def tell_keys(self) -> None:
        """Show the keys that work where the focus is."""
