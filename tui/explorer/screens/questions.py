"""Reading the register from a screen: worker threads that ask the desk and post what they learn, touching no widget."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import monotonic

from textual import work
from textual.message import Message
from textual.screen import Screen
from textual.timer import Timer
from textual.worker import Worker, WorkerState

from db.errors import InterlockError, QueryInterruptedError
from db.register import Register
from db.shortages import shortage
from tui.explorer.command_line import as_typed_here
from tui.explorer.crash_log import kept
from tui.explorer.desk import Channel
from tui.explorer.messages import (
    ContentsRead,
    Noticed,
    OpenFailed,
    OutlookRead,
    RegisterOpened,
    ResultsFound,
    SearchFailed,
    StatsRead,
    ViewFailed,
    ViewRead,
)
from tui.explorer.outlook import outlook
from tui.explorer.session import Session
from tui.explorer.views.view import View

FRAME = 1 / 120
"""Seconds between two pictures. The answer to a key comes soon after the key itself is shown, and Textual, which paints
sixty times a second, would let it wait for two turns."""
BEHIND = 0.05
"""Seconds for which nothing is painted while further keys wait to be looked at, as in a burst of them."""


class ReadingScreen(Screen[None]):
    """A screen that asks the register; its handlers of messages own every change of what is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self._painting: Timer | None = None
        self._painted_last = 0.0

    @property
    def _update_timer(self) -> Timer:
        """What paints, which rests as long as nothing has changed."""
        if self._painting is None:
            self._painting = self.set_interval(FRAME, self._paint, name="screen_update", pause=True)
        return self._painting

    def _paint(self) -> None:
        """Paint what has changed, but for a picture that the next key, which is there already, will change again."""
        if not self.app.message_queue_size or monotonic() - self._painted_last > BEHIND:
            self._painted_last = monotonic()
            self._on_timer_update()

    @work(thread=True, exclusive=True, exit_on_error=False, group="open")
    def open_register(self) -> None:
        """Open the register and find the record to start at."""
        records, start = self.session.desk.records, self.session.start
        try:
            key = records.ask(lambda reader: reader.resolve(start) if start else None)
            self.post_message(RegisterOpened(records.ask(lambda reader: reader.label), key))
        except QueryInterruptedError:
            return
        except InterlockError as error:
            self.post_message(OpenFailed(str(error), error.exit_code))
        else:
            self._open_for_searches()

    @work(thread=True, exclusive=True, exit_on_error=False, group="open")
    def open_searches(self) -> None:
        """Open the register for searches, where it has been opened for all else."""
        self._open_for_searches()

    def _open_for_searches(self) -> None:
        """Do so before the first letter is typed, which would wait for it; why it cannot be is told by a search."""
        with suppress(InterlockError):
            self.session.desk.searches.ask(lambda reader: reader.label)

    @work(thread=True, exclusive=True, exit_on_error=False, group="counts")
    def ask_stats(self) -> None:
        """Count what is in the register, on a channel of its own: a large one takes seconds."""
        counts = self.session.desk.counts
        number = counts.number()
        self._tell(
            counts, number, lambda reader: StatsRead(reader.stats(), reader.runs()), lambda text: Noticed((text,))
        )

        self._tell(counts, number, lambda reader: OutlookRead(outlook(reader)), lambda text: Noticed((text,)))

    @work(thread=True, exclusive=True, exit_on_error=False, group="search")
    def ask_results(self, number: int, text: str, limit: int, closed: bool, as_of: str | None) -> None:
        """Search; `number` is that of `desk.searches`."""
        searches = self.session.desk.searches

        def answer(reader: Register) -> Message:
            found = reader.find(
                text, limit=limit, closed=closed, as_of=as_of, cancelled=lambda: not searches.is_newest(number)
            )
            return ResultsFound(number, found, reader.type_labels())

        self._tell(searches, number, answer, lambda why: SearchFailed(number, why))

    @work(thread=True, exclusive=True, exit_on_error=False, group="contents")
    def ask_contents(self, number: int) -> None:
        """Count what is in the register by type, which no search waits for; `number` is that of `desk.searches`."""
        self._tell(
            self.session.desk.contents,
            None,
            lambda reader: ContentsRead(number, reader.contents()),
            lambda why: SearchFailed(number, why),
        )

    @work(thread=True, exclusive=True, exit_on_error=False, group="view")
    def ask_view(self, number: int, view: View) -> None:
        """Read what a view shows; `number` is that of `desk.records`."""
        self._tell(
            self.session.desk.records,
            number,
            lambda reader: ViewRead(number, view, view.ask(reader)),
            lambda why: ViewFailed(number, why),
        )

    @work(thread=True, exclusive=True, exit_on_error=False, group="view")
    def look_for_change(self, number: int) -> None:
        """Notice where another program has changed the register, though nothing is to be read of it."""
        self._tell(self.session.desk.records, number, lambda _reader: None, lambda why: ViewFailed(number, why))

    def _tell(
        self,
        channel: Channel,
        number: int | None,
        question: Callable[[Register], Message | None],
        failed: Callable[[str], Message],
    ) -> None:
        """Post the answer to a question, or why there is none; only one that a newer one has stopped needs no word.

        One that asks for nothing has none.
        """
        message: Message | None
        try:
            message = channel.ask(question, number)
        except QueryInterruptedError as error:
            if number is None or not channel.is_newest(number):
                return
            message = failed(str(error))
        except InterlockError as error:
            message = failed(as_typed_here(str(error)))
        except Exception as error:
            # A mistake of ours must not leave the answer to another question standing as the one to this.
            message = failed(_mistake(error))
        if message is not None:
            self.post_message(message)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a mistake of ours instead of going on as if nothing had happened."""
        if event.state is WorkerState.ERROR:
            self.post_message(Noticed((_mistake(event.worker.error),)))


def _mistake(error: BaseException | None) -> str:
    """Return what to say of a mistake of ours, which is kept in a file, or of what the system has too little of."""
    lacking = shortage(error)
    if lacking:
        return lacking
    where = f"; {kept(error)}" if error else ""
    return f"Something went wrong inside Interlock: {type(error).__name__}: {error}{where}"
