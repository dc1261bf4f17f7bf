"""Going from record to record: what the record pane shows, where one has been, and who says so."""

from __future__ import annotations

from functools import partial
from time import monotonic

from textual import on
from textual.containers import Vertical
from textual.getters import query_one
from textual.widget import Widget

from db.model import Record
from tui.explorer.history import History, Visit
from tui.explorer.messages import ItemChosen, ItemMarked, RecordFailed, RecordRead
from tui.explorer.pages.evidence import evidence_items
from tui.explorer.pages.items import AGAIN, ListItem
from tui.explorer.pages.record import PAGE, STEP, first_stop, record_items
from tui.explorer.screens.questions import ReadingScreen
from tui.explorer.session import Session
from tui.explorer.widgets.bars import NoticeBar, TrailBar
from tui.explorer.widgets.panes import EvidenceView, RecordView
from tui.text import phrases
from tui.text.page_parts import Target

PATIENCE = 0.3
"""Seconds after which a record that has not been read yet is said to be on its way."""


class TravellingScreen(ReadingScreen, inherit_bindings=False):
    """Holds the record that is shown and the way that led to it.

    The record shown is either the current visit or, while results are looked through, a preview that becomes a visit
    as soon as the reader enters it.
    """

    record_view = query_one("#record", RecordView)
    evidence_view = query_one("#evidence", EvidenceView)
    reading = query_one("#reading", Vertical)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.history = History()
        self.record: Record | None = None
        self._wanted: Target | None = None
        self._failed = False
        self._shown: dict[str, int] = {}
        self._notice_until = 0.0

    @property
    def previewing(self) -> bool:
        """Whether the record shown, or on its way, has not been opened."""
        current = self.history.current
        return self._wanted is not None and (current is None or current.key != self._wanted.key)

    @property
    def waiting(self) -> bool:
        """Whether a record is on its way that is not shown yet."""
        arrived = self.record is not None and self._wanted is not None and self.record.key == self._wanted.key
        return self._wanted is not None and not arrived and not self._failed

    def preview(self, target: Target) -> None:
        """Show a record without opening it."""
        if self._wanted is None or self._wanted.key != target.key:
            self._remember()
            self._want(target)

    def open(self, target: Target, *, jumped: bool) -> None:
        """Open a record: from a search (`jumped`) or by a link; it becomes the current visit at once."""
        self._remember()
        self.settle()
        self.history.visit(Visit(target.key, target.name, target.kind, jumped))
        if self._wanted is None or self._wanted.key != target.key or self._failed:
            self._want(target)
        self.tell_trail()

    def settle(self) -> None:
        """Make a preview that is on screen a visit."""
        if self.previewing and self._wanted and self.record and self.record.key == self._wanted.key:
            self.history.visit(Visit(self._wanted.key, self._wanted.name, self._wanted.kind, jumped=True))
            self.tell_trail()

    def _want(self, target: Target) -> None:
        self._wanted, self._failed = target, False
        number = self.session.desk.records.number()
        self.ask_record(number, target.key)
        self.set_timer(PATIENCE, partial(self._say_what_is_read, number))
        self.tell_trail()

    def _say_what_is_read(self, number: int) -> None:
        """Let the record before it not be taken for one that takes long to read."""
        if self.waiting and self._wanted and self.session.desk.records.is_newest(number):
            self.record_view.entitle("")
            self.record_view.wait(self._wanted.name)

    def _remember(self) -> None:
        """Keep where in the current visit the reader is, where that is what is shown."""
        current, item = self.history.current, self.record_view.item
        if current and item and self.record and self.record.key == current.key and not self.previewing:
            self.history.remember(item.ident, self.record_view.top, self._shown)

    def read_again(self) -> None:
        """Ask anew for the record that is shown, or could not be; the place in it stays."""
        self._remember()
        if self._wanted:
            self._want(self._wanted)

    @on(RecordRead)
    def _show_record(self, message: RecordRead) -> None:
        if not self.session.desk.records.is_newest(message.number):
            return
        record = message.record
        again = self.record is not None and self.record.key == record.key
        self.record = record
        if self.reading.has_focus_within:
            self.settle()
        visit = self.history.current if not self.previewing else None
        self.history.describe(record.key, record.name, record.kind)
        item = self.record_view.item
        if again and item:
            self.record_view.show(self._items_of(record), item.ident, self.record_view.top)
        elif visit and visit.line:
            self._shown = dict(visit.shown)
            self.record_view.show(self._items_of(record), visit.line, visit.scroll)
        else:
            behind = self.history.trail()[0]
            came_from = behind[-2].key if visit and len(behind) > 1 else None
            self._shown = {}
            self.record_view.show(self._items_of(record), partial(first_stop, came_from=came_from))
        self.record_view.entitle(phrases.kind(record))
        self.tell_trail()

    def _show_again(self, record: Record) -> None:
        """Show the record that is open where it was said that another is being read."""
        visit = self.history.current
        if visit and self.record_view.item is None:
            self.record_view.show(self._items_of(record), visit.line, visit.scroll)
            self.record_view.entitle(phrases.kind(record))

    def _items_of(self, record: Record) -> partial[tuple[ListItem, ...]]:
        return partial(record_items, record, symbols=self.session.symbols, shown=self._shown)

    @on(RecordFailed)
    def _cannot_show(self, message: RecordFailed) -> None:
        wanted = self._wanted
        if wanted is None or not self.session.desk.records.is_newest(message.number):
            return
        behind = self.history.trail()[0]
        if self.record and not self.previewing and len(behind) > 1 and behind[-2].key == self.record.key:
            # The link that was followed leads nowhere: who followed it stays where it is.
            self.history.forget(wanted.key)
            self._wanted = Target(self.record.key, self.record.name, self.record.kind)
            self._show_again(self.record)
            self.notice(message.text)
        else:
            self._failed, self.record = True, None
            self.hide_evidence()
            self.record_view.entitle("could not be read")
            self.record_view.fail(f"{wanted.name}: {message.text}")
        self.tell_trail()

    @on(ItemChosen, "#record")
    def _follow(self, message: ItemChosen) -> None:
        item = message.item
        if self.waiting:
            # What is marked belongs to the record before the one that is open.
            return
        if item.more == AGAIN:
            self.read_again()
        elif item.more:
            self._shown[item.more] = self._shown.get(item.more, PAGE) + STEP
            self.record_view.grow()
        elif item.target:
            self.open(item.target, jumped=False)

    @on(ItemChosen, "#evidence")
    def _follow_source(self, message: ItemChosen) -> None:
        if message.item.target and not self.waiting:
            self.go_to(self.record_view)
            self.open(message.item.target, jumped=False)

    @on(ItemMarked, "#record")
    def _tell_evidence(self, message: ItemMarked) -> None:
        if self.evidence_view.display:
            self._show_evidence(message.item)

    def _show_evidence(self, item: ListItem | None) -> None:
        wanted, claims = (item.evidence, item.claims) if item else ((), ())
        proofs = {evidence.id: evidence for evidence in self.record.evidence} if self.record else {}
        symbols = self.session.symbols
        self.evidence_view.entitle("who says so")
        self.evidence_view.show(lambda cells: evidence_items(wanted, claims, proofs, cells, symbols))

    def action_evidence(self) -> None:
        """Show or hide who says what the marked line says."""
        if self.evidence_view.display:
            self.hide_evidence()
        elif self.record is not None:
            if not self.reading.has_focus_within:
                self.go_to(self.record_view)
            self.evidence_view.display = True
            self._show_evidence(self.record_view.item)

    def hide_evidence(self) -> None:
        """Hide the evidence; the record keeps the focus."""
        if self.evidence_view.has_focus:
            self.go_to(self.record_view)
        self.evidence_view.display = False
        self.tell_keys()

    def action_back(self) -> None:
        """Go back: from a preview to what was open, else to the visit before."""
        self._remember()
        visit = self.history.current if self.previewing else self.history.back()
        self._go(visit, "This is where you started")

    def action_forward(self) -> None:
        """Go forward again after going back."""
        self._remember()
        self._go(self.history.forward(), "Nothing ahead: forward goes where back came from")

    def _go(self, visit: Visit | None, otherwise: str) -> None:
        if visit is None:
            self.notice(otherwise)
            return
        self.go_to(self.record_view)
        self._want(Target(visit.key, visit.name, visit.kind))

    def go_to(self, pane: Widget) -> None:
        """Give a pane the focus; where the screen is narrow it takes the place of the others first."""
        self.set_class(pane in (self.record_view, self.evidence_view), "-reading")
        # Widget.focus waits its turn, and a key pressed meanwhile would go to the pane that is left.
        self.set_focus(pane, scroll_visible=False)

    @property
    def _record_on_screen(self) -> bool:
        """Whether the record is to be seen: a narrow screen shows one pane, a tall one two below each other."""
        return not self.has_class("-narrow") or self.has_class("-reading") or self.has_class("-tall")

    def notice(self, *lines: str, seconds: float = 0) -> None:
        """Tell the person something until the next key, and for so many seconds; without lines, take it away."""
        if not lines and monotonic() < self._notice_until:
            return
        self._notice_until = monotonic() + seconds
        self.query_one(NoticeBar).tell(lines, self.size.width - 2)

    def drop_preview(self) -> None:
        """Show what is open again, or nothing, where there is nothing to look at."""
        if not self.previewing:
            return
        visit = self.history.current
        if visit is not None:
            self._want(Target(visit.key, visit.name, visit.kind))
            return
        self.session.desk.records.number()
        self._wanted = self.record = None
        self._failed = False
        self.record_view.entitle("")
        self.record_view.show(lambda _cells: ())
        self.tell_trail()

    def tell_trail(self) -> None:
        """Show the way that led here, and what is only looked at where it is on the screen."""
        preview = self._wanted.name if self._wanted and self.previewing and self._record_on_screen else None
        self.query_one(TrailBar).tell(self.history, preview, self.size.width - 2)

    def tell_keys(self) -> None:
        """Show the keys that work where the focus is."""
