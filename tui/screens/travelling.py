"""Going from record to record: what the record pane shows, where one has been, and who says so."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.containers import Vertical
from textual.getters import query_one
from textual.widget import Widget

from db.model import Record
from tui import wording
from tui.history import History, Visit
from tui.messages import ItemChosen, ItemMarked, ReadFailed, RecordRead
from tui.pages.evidence import evidence_items
from tui.pages.groups import PAGE, STEP
from tui.pages.items import Item, Target
from tui.pages.record import first_stop, record_items
from tui.screens.reading import ReadingScreen
from tui.session import Session
from tui.widgets.bars import NoticeBar, TrailBar
from tui.widgets.panes import EvidenceView, RecordView


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
        self._shown: dict[str, int] = {}

    @property
    def previewing(self) -> bool:
        """Whether the record shown, or on its way, has not been opened."""
        current = self.history.current
        return self._wanted is not None and (current is None or current.key != self._wanted.key)

    @property
    def waiting(self) -> bool:
        """Whether a record is on its way that is not shown yet."""
        return self._wanted is not None and (self.record is None or self.record.key != self._wanted.key)

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
        if self._wanted is None or self._wanted.key != target.key:
            self._want(target)
        self.tell_trail()

    def settle(self) -> None:
        """Make a preview that is on screen a visit."""
        if self.previewing and self._wanted and self.record and self.record.key == self._wanted.key:
            self.history.visit(Visit(self._wanted.key, self._wanted.name, self._wanted.kind, jumped=True))
            self.tell_trail()

    def _want(self, target: Target) -> None:
        self._wanted = target
        self.ask_record(self.session.desk.records.number(), target.key)
        self.tell_trail()

    def _remember(self) -> None:
        """Keep where in the current visit the reader is, where that is what is shown."""
        current, item = self.history.current, self.record_view.item
        if current and item and self.record and self.record.key == current.key and not self.previewing:
            self.history.remember(item.ident, round(self.record_view.scroll_y))

    @on(RecordRead)
    def _show_record(self, message: RecordRead) -> None:
        if not self.session.desk.records.is_newest(message.number):
            return
        self.record, self._shown = message.record, {}
        self.history.describe(message.record.key, message.record.name, message.record.kind)
        visit = self.history.current if not self.previewing else None
        behind = self.history.trail()[0]
        came_from = behind[-2].key if visit and len(behind) > 1 else None
        if visit and visit.line:
            self.record_view.show(self._items_of(message.record), visit.line, visit.scroll)
        else:
            self.record_view.show(self._items_of(message.record), partial(first_stop, came_from=came_from))
        self.record_view.entitle(wording.kind_words(message.record))
        self.tell_trail()

    def _items_of(self, record: Record) -> partial[tuple[Item, ...]]:
        return partial(record_items, record, symbols=self.session.symbols, shown=self._shown)

    @on(ReadFailed)
    def _cannot_show(self, message: ReadFailed) -> None:
        self.notice(message.text)
        if message.key and self._wanted and self._wanted.key == message.key:
            self.history.forget(message.key)
            shown = self.record
            self._wanted = Target(shown.key, shown.name, shown.kind) if shown else None
            self.tell_trail()

    @on(ItemChosen, "#record")
    def _follow(self, message: ItemChosen) -> None:
        item = message.item
        if item.more:
            self._shown[item.more] = self._shown.get(item.more, PAGE) + STEP
            self.record_view.rebuild()
        elif item.target:
            self.open(item.target, jumped=False)

    @on(ItemChosen, "#evidence")
    def _follow_source(self, message: ItemChosen) -> None:
        if message.item.target:
            self.go_to(self.record_view)
            self.open(message.item.target, jumped=False)

    @on(ItemMarked, "#record")
    def _tell_evidence(self, message: ItemMarked) -> None:
        if self.evidence_view.display:
            self._show_evidence(message.item)

    def _show_evidence(self, item: Item | None) -> None:
        wanted = item.evidence if item else ()
        found = {evidence.id: evidence for evidence in self.record.evidence} if self.record else {}
        chosen = tuple(found[number] for number in wanted if number in found)
        symbols = self.session.symbols
        self.evidence_view.entitle("who says so")
        self.evidence_view.show(lambda cells: evidence_items(chosen, cells, symbols))

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

    def notice(self, *lines: str) -> None:
        """Tell the person something until the next key; without lines, take it away."""
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
        self.record_view.entitle("")
        self.record_view.show(lambda _cells: ())
        self.tell_trail()

    def tell_trail(self) -> None:
        """Show the way that led here."""
        preview = self._wanted.name if self._wanted and self.previewing else None
        self.query_one(TrailBar).tell(self.history, preview, self.size.width - 2)
