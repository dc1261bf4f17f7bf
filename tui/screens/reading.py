"""Reading the register from a screen: worker threads that ask the desk and post what they learn, touching no widget."""

from __future__ import annotations

from collections.abc import Callable

from textual import work
from textual.message import Message
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from db.errors import InterlockError, QueryInterruptedError
from tui.crash_log import kept
from tui.messages import Noticed, OpenFailed, ReadFailed, RecordRead, RegisterOpened, ResultsFound, StatsRead
from tui.session import Session


class ReadingScreen(Screen[None]):
    """A screen that asks the register; its handlers of messages own every change of what is shown."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session

    @work(thread=True, exclusive=True, exit_on_error=False, group="open")
    def open_register(self) -> None:
        """Open the register, find the record to start at, then count."""
        records, start = self.session.desk.records, self.session.start
        try:
            key = records.ask(lambda reader: reader.resolve(start) if start else None)
            self.post_message(RegisterOpened(records.ask(lambda reader: reader.label), key))
        except QueryInterruptedError:
            return
        except InterlockError as error:
            self.post_message(OpenFailed(str(error), error.exit_code))
            return
        self._tell(lambda: StatsRead(records.ask(lambda reader: reader.stats())))

    @work(thread=True, exclusive=True, exit_on_error=False, group="search")
    def ask_results(self, number: int, text: str, limit: int, closed: bool) -> None:
        """Search; `number` is that of `desk.searches`."""
        searches = self.session.desk.searches

        def answer() -> Message:
            return ResultsFound(
                number,
                searches.ask(
                    lambda reader: reader.find(
                        text, limit=limit, closed=closed, cancelled=lambda: not searches.is_newest(number)
                    ),
                    number,
                ),
            )

        self._tell(answer)

    @work(thread=True, exclusive=True, exit_on_error=False, group="record")
    def ask_record(self, number: int, key: str) -> None:
        """Read a record; `number` is that of `desk.records`."""
        records = self.session.desk.records
        self._tell(lambda: RecordRead(number, records.ask(lambda reader: reader.record(key), number)), key)

    def _tell(self, answer: Callable[[], Message], key: str | None = None) -> None:
        """Post the answer to a question, or why there is none; a question that was stopped needs no word."""
        try:
            message = answer()
        except QueryInterruptedError:
            return
        except InterlockError as error:
            message = ReadFailed(str(error), key)
        self.post_message(message)

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a mistake of ours instead of going on as if nothing had happened."""
        if event.state is WorkerState.ERROR:
            error = event.worker.error
            said = f"Something went wrong inside Interlock: {type(error).__name__}: {error}"
            self.post_message(Noticed((said, kept(error)) if error else (said,)))
