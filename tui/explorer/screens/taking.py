"""Taking away what is on the screen: the command that shows it, a statement with its source, a file of the list."""

from __future__ import annotations

import shlex
from pathlib import Path

from textual import on, work
from textual.widget import Widget

from db.dates import today
from db.errors import UsageError
from tui.explorer.exporting import PICTURE, command_for, contents_of, file_named, only_rows, usual_name, write_file
from tui.explorer.messages import FileEnded, FileStands, FileWritten, Noticed, SourcesKnown
from tui.explorer.pages.items import ListItem
from tui.explorer.pages.record import part_of
from tui.explorer.screens.commanding import CommandingScreen
from tui.explorer.session import Session
from tui.explorer.widgets.line_view import LineView
from tui.text.citation import citation

_NOT_HERE = "No files are written from a browser; C copies the command that does it in a shell"


class TakingScreen(CommandingScreen, inherit_bindings=False):
    """Knows of everything on the screen by which command one gets it in a shell."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._replaced: Path | None = None

    def results_words(self) -> tuple[str, ...]:
        """Return the words of the command that shows the results."""
        raise NotImplementedError

    def _words_shown(self) -> tuple[str, ...]:
        """Return the words of the command that shows what has the keys: results, a view, or a part of a page."""
        return self._words_of(self.focused)

    def _words_of(self, pane: Widget | None) -> tuple[str, ...]:
        """Return the words of the command that shows what is in a pane where its mark stands."""
        inside = pane is not None and self.reading in pane.ancestors
        if not inside or self.view is None:
            return self.results_words()
        part = part_of(self.record_view.group) if self.view.HAS_PARTS else ""
        return (*self.view.command, "--part", part) if part else self.view.command

    def action_copy_command(self) -> None:
        """Copy the command that shows the same in a shell."""
        self._copy(shlex.join(("interlock", *self._words_shown(), *self.session.register_words)))

    def action_cite(self) -> None:
        """Copy the marked statement with its sources and their licences, once these are known."""
        if self.session.stats is None:
            self._ask_sources()
        else:
            self._cite()

    @work(thread=True, exclusive=True, exit_on_error=False, group="counts")
    def _ask_sources(self) -> None:
        counts = self.session.desk.counts
        self._tell(counts, None, lambda reader: SourcesKnown(reader.stats()), lambda why: Noticed((why,)))

    @on(SourcesKnown)
    def _cite_now(self, message: SourcesKnown) -> None:
        self.session.stats = message.stats
        self._cite()

    def _cite(self) -> None:
        item, page, view = self.record_view.item, self.page, self.view
        stats = self.session.stats
        if item is None or page is None or view is None or stats is None or not item.copy:
            self._copy("")
            return
        proofs = {one.id: one for one in page.evidence}
        wanted = item.evidence or tuple(one for claim in item.claims if claim.chosen for one in claim.evidence)
        about = f"{view.called} ({view.key})" if view.key else view.called
        self._copy(
            citation(
                f"{about}: {_statement(item, view.key)}".removesuffix(": "),
                [proofs[one] for one in wanted if one in proofs],
                {source.key: source for source in stats.sources},
                register=self.session.label,
                today=today(),
                as_of=view.as_of if view.TAKES_A_DAY else None,
            )
        )

    def action_export(self) -> None:
        """Ask for the name of a file for what is on the screen."""
        if self.session.read_only:
            self.notice(_NOT_HERE)
            return
        self.action_command(f"export {usual_name(self._words_shown())}")

    def export_to(self, name: str) -> None:
        """Write what is on the screen to a file; one that is there already is replaced when asked for twice."""
        if self.session.read_only:
            self.notice(_NOT_HERE)
            return
        try:
            path = file_named(name)
        except UsageError as error:
            self.notice(str(error))
            return
        over = self._replaced == path
        self._replaced = None
        ending = path.suffix.lower()
        if ending != PICTURE:
            self.notice(f"Writing {path}")
            words = (*command_for(self._words_of(self._came_from), ending), *self.session.register_words)
            self._begin_writing(path, words, over, only=self._let_through())
        elif path.exists() and not over:
            self.post_message(FileStands(path))
        else:
            # The line itself is not to be in the picture.
            self.action_leave_line()
            self.call_after_refresh(lambda: self._begin_writing(path, (), over, self.app.export_screenshot()))

    def _let_through(self) -> frozenset[str] | None:
        """Return the records in the groups that are filtered on the screen, None where no filter is set."""
        view = self._came_from if isinstance(self._came_from, LineView) else self.results_view
        if not view.state.filters:
            return None
        items = enumerate(view.items)
        return frozenset(
            item.target.key for n, item in items if item.target and view.lines.group_of(n) in view.state.filters
        )

    def _begin_writing(
        self,
        path: Path,
        words: tuple[str, ...],
        over: bool,
        picture: str = "",
        only: frozenset[str] | None = None,
    ) -> None:
        self.session.writing.add(path.name)
        self._write_file(path, words, over, picture, only)

    @work(thread=True, exclusive=True, exit_on_error=False, group="file")
    def _write_file(
        self, path: Path, words: tuple[str, ...], over: bool, picture: str, only: frozenset[str] | None
    ) -> None:
        ending = path.suffix.lower()
        try:
            answer = self.session.run_command(words) if words else picture
            if only is not None:
                answer = only_rows(answer, ending, only)
            write_file(path, contents_of(answer, ending), over=over)
        except FileExistsError:
            self.post_message(FileStands(path))
        except UsageError as error:
            self.post_message(Noticed((str(error),)))
        else:
            self.post_message(FileWritten(path))
        finally:
            self.post_message(FileEnded(path))

    @on(FileEnded)
    def _end_writing(self, message: FileEnded) -> None:
        self.session.end_writing(message.path.name)

    @on(FileStands)
    def _ask_to_replace(self, message: FileStands) -> None:
        self._replaced = message.path
        self.notice(f"{message.path} is there already: Enter replaces it, or write another name")

    @on(FileWritten)
    def _say_where(self, message: FileWritten) -> None:
        if self.command_box.display:
            self.action_leave_line()
        self.notice(f"Written: {message.path}", seconds=1)


def _statement(item: ListItem, about: str) -> str:
    """Return what a line says in words: the name that it leads to with its key behind it, not the page's own."""
    parts = [part for part in item.copy.split("\t") if part != about]
    if item.target:
        named = f"{item.target.name} ({item.target.key})"
        parts = [named if part == item.target.name else part for part in parts if part != item.target.key]
    return f"{parts[0]}: {', '.join(parts[1:])}" if len(parts) > 1 else "".join(parts)
