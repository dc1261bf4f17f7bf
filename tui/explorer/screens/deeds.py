"""What is written to the register from the explorer: answers to questions, and imports that are taken back.

Each by the function that the command of the same name uses, in a worker, so that all of it is a run that can be undone.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual import on, work

from db.errors import DatabaseError, InterlockError
from tui.explorer.leaving import REGISTER
from tui.explorer.messages import Noticed, RegisterWritten, WritingFailed
from tui.explorer.pages.items import ListItem
from tui.explorer.pages.review import GivenAnswer, QuestionLine, ident_of, is_head, question_at
from tui.explorer.screens.returning import ReturningScreen
from tui.explorer.views.review import ReviewView
from tui.explorer.views.view import View
from tui.text import changes, questions
from tui.text.page_parts import Target

Deed = Callable[[Path], tuple[str, ...]]
"""Writes to the register in a file and returns what that came to, in lines; raises InterlockError."""


class DeedsScreen(ReturningScreen, inherit_bindings=False):
    """Keeps the answers that are given to questions until they are written, and writes what is to be written."""

    @property
    def unwritten(self) -> int:
        """How many answers have been given and not written, wherever one has been."""
        views = [self.view, *(visit.view for visit in self.history.visits)]
        given = {id(view.answers): len(view.answers) for view in views if isinstance(view, ReviewView)}
        return sum(given.values())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer answers where a question is marked."""
        if action in ("answer", "answer_other"):
            return self._question is not None
        return super().check_action(action, parameters)

    @property
    def _question(self) -> QuestionLine | None:
        """What is asked on the marked line, None where nothing is or nothing can be written."""
        item = self.record_view.item
        if not isinstance(self.view, ReviewView) or item is None:
            return None
        return question_at(item.ident, self.view.found)

    def action_answer(self, accept: bool) -> None:
        """Answer the marked question, on a record that this is meant; the same answer again takes it back."""
        asked = self._question
        if asked is None or not isinstance(self.view, ReviewView):
            return
        meant = asked.candidate if accept else None
        given = GivenAnswer(accept, meant.key, meant.name) if meant else GivenAnswer(accept)
        answers = self.view.answers
        if answers.get(asked.number) == given:
            del answers[asked.number]
            self.record_view.rebuild()
        else:
            answers[asked.number] = given
            self.record_view.rebuild()
            self._go_to_question_after(asked.number)
        self.tell_keys()

    def _go_to_question_after(self, number: int) -> None:
        """Mark the next question, so that one key answers one after the other."""
        heads = [n for n, item in enumerate(self.record_view.items) if is_head(item.ident)]
        idents = [self.record_view.items[n].ident for n in heads]
        at = idents.index(ident_of(number)) + 1
        if at < len(heads):
            self.record_view.mark(heads[at])

    def action_answer_other(self) -> None:
        """Say yes to the marked question, of a record that the search finds."""
        asked, view = self._question, self.view
        if asked is None or not isinstance(view, ReviewView):
            return

        def meant(other: Target) -> View:
            view.answers[asked.number] = GivenAnswer(True, other.key, other.name)
            return view

        self.choose(questions.MEANT, meant)

    def _enter_link(self, item: ListItem) -> None:
        if item.deed:
            self._do_deed(item.deed)
        elif item.search:
            self._search_for(f"{item.search} ")
        else:
            super()._enter_link(item)

    def _do_deed(self, words: str) -> None:
        """Write what a line stands for; one thing at a time."""
        if self.session.writing:
            self.notice(f"Writing {' and '.join(sorted(self.session.writing))}: wait for what that comes to")
            return
        if self.session.read_only:
            self.notice("Nothing is written from a browser: the command of the same name does it in a shell")
            return
        name, *others = words.split(" ", 1)
        deed = _undoing(int(others[0])) if name == "undo" else self._answering(words)
        self.session.writing.add(REGISTER)
        self.notice("Writing …")
        self._write(deed)

    def _answering(self, command: str) -> Deed:
        """Return the writing of the answers that have been given."""
        given = dict(self.view.answers) if isinstance(self.view, ReviewView) else {}
        accept = {number: one.key for number, one in given.items() if one.accept}
        reject = [number for number, one in given.items() if not one.accept]

        def write(path: Path) -> tuple[str, ...]:
            from db.entities.review import review  # loads the writing half, 80 ms

            done = review(path, accept, reject, command=command, on_wait=self._tell_waiting)
            return (questions.decided(done), *questions.refused(done))

        return write

    def _tell_waiting(self) -> None:
        """Called by a worker."""
        self.post_message(Noticed(("Waiting for an import to end",)))

    @work(thread=True, exit_on_error=False, group="deeds")
    def _write(self, deed: Deed) -> None:
        try:
            path = self.session.desk.counts.ask(lambda reader: reader.path)
            if path is None:
                raise DatabaseError(changes.UNWRITABLE)
            self.post_message(RegisterWritten(deed(path)))
        except InterlockError as error:
            self.post_message(WritingFailed(str(error)))
        except BaseException as error:
            self.post_message(WritingFailed("nothing was written"))
            raise error

    @on(RegisterWritten)
    def _show_what_was_written(self, message: RegisterWritten) -> None:
        self.session.desk.outdate()
        self.read_all_again()
        self.notice(*message.lines, seconds=1)
        self.session.end_writing(REGISTER)

    @on(WritingFailed)
    def _tell_failure(self, message: WritingFailed) -> None:
        self.notice(message.text)
        self.session.end_writing(REGISTER)

    def read_all_again(self) -> None:
        """Ask anew for all that is shown."""
        self.read_again()


def _undoing(run: int) -> Deed:
    """Return the taking back of a run."""

    def write(path: Path) -> tuple[str, ...]:
        from db.store.undo import undo  # loads the writing half, 50 ms

        return (changes.undone(undo(path, run)),)

    return write
