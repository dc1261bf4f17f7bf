"""Typing a command and choosing from the palette: what is offered meanwhile, and doing what was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from types import ModuleType

from textual import on, work
from textual.events import DescendantFocus
from textual.getters import query_one
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from db.errors import UsageError, quoted
from db.reading.as_of import day_or_none
from db.register import Register
from tui.explorer.actions import Action
from tui.explorer.command_line import (
    CommandAsked,
    LineEnd,
    ListedLine,
    in_quotes,
    in_the_explorer,
    operands_of,
    query_of,
    read,
    unknown,
    wanted,
    word_of,
    words_of,
)
from tui.explorer.exporting import is_file_name
from tui.explorer.messages import FiltersMeant, ItemChosen, Noticed, OffersFound, RecordsMeant
from tui.explorer.pages.offers import Offer, actions_here, completions, matching
from tui.explorer.screens.panes import PanesScreen
from tui.explorer.screens.questions import BEHIND
from tui.explorer.session import Session
from tui.explorer.theme import called
from tui.explorer.views.view import View
from tui.explorer.widgets.command_box import CommandBox
from tui.explorer.widgets.line_inputs import LineInput
from tui.text import phrases

OFFERED = 8
"""Records that are offered for a name that is being typed."""


def views_of_commands() -> ModuleType:
    """Return what makes views of commands; all views together take long to load, and the first screen needs one."""
    from tui.explorer.views import commands  # 10 ms, which the first picture does without

    return commands


def _wanted(line: str) -> LineEnd:
    """Return what the end of a line is the beginning of."""
    return wanted(line, views_of_commands().options_of(word_of(line)))


@dataclass(frozen=True)
class TypedCommand:
    """A line that opened a view: where the reader was when it was typed, and the day as of which all was read."""

    line: str
    view: View
    pane: Widget | None
    day: str | None


class CommandingScreen(PanesScreen, inherit_bindings=False):
    """Holds the box of commands; the pane that had the keys before it is what its actions are for, and leads back."""

    command_box = query_one("#command-box", CommandBox)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._came_from: Widget | None = None
        self._places_there: tuple[str, ...] = ()
        self._completed = -1
        self._back = 0
        self._typed_last: TypedCommand | None = None

    def action_command(self, line: str = "") -> None:
        """Begin a command, with so much of it typed."""
        self._open_box(self.command_box.command, "commands")
        self._put(line)
        self._offer_words()

    def action_palette(self) -> None:
        """List all that can be done here."""
        self._open_box(self.command_box.palette, "all actions")
        self._offer_actions()

    def _open_box(self, line: LineInput, title: str) -> None:
        if not self.command_box.has_focus_within:
            self._came_from, self._places_there = self.focused, self._places()
        self._back = 0
        self.command_box.open(line, title)
        self.set_focus(line, scroll_visible=False)

    def _put(self, line: str) -> None:
        """Put a text in the line without taking it for typed."""
        command = self.command_box.command
        with command.prevent(Input.Changed):
            command.value = line
        command.cursor_position = len(command.value)
        self._completed = -1

    def _offer(self, offers: Sequence[Offer], *, marked: bool) -> None:
        """Show what may be typed or done, and the keys for it."""
        self.command_box.offer(offers, marked=marked)
        self.tell_keys()

    @on(Input.Changed, "#command")
    def _offer_words(self) -> None:
        """Offer what may stand where the line ends; records are looked for meanwhile."""
        self._completed = -1
        line = self.command_box.command.value
        number, meant = self.session.desk.offers.number(), _wanted(line)
        if meant.what == "record" and meant.text:
            self._look_for(number, line, meant.text)
        else:
            self._offer(completions(line, meant), marked=False)

    def _look_for(self, number: int, line: str, text: str) -> None:
        """Look for records to offer; where further keys are there already, for what they leave standing."""
        if not self.session.desk.offers.is_newest(number):
            return
        if self.app.message_queue_size:
            self.set_timer(BEHIND, partial(self._look_for, number, line, text))
        else:
            self._ask_offers(number, line, text)

    @work(thread=True, exclusive=True, exit_on_error=False, group="offers")
    def _ask_offers(self, number: int, line: str, text: str) -> None:
        def answer(reader: Register) -> Message:
            return OffersFound(number, line, reader.find(text, limit=OFFERED, closed=True).hits)

        self._tell(self.session.desk.offers, number, answer, lambda why: Noticed((why,)))

    @on(OffersFound)
    def _offer_records(self, message: OffersFound) -> None:
        if self.session.desk.offers.is_newest(message.number):
            self._offer(completions(message.line, _wanted(message.line), message.hits), marked=False)

    @on(Input.Changed, "#palette")
    def _offer_actions(self) -> None:
        keymap, plain = self.session.keymap, self.session.symbols.plain
        words = self.words_of_keys(self._places_there[0])

        def can_be_done(action: Action) -> bool:
            run = action.run.removeprefix("screen.").partition("(")[0]
            return words.get(action.id, action.id) != "" and self.check_action(run, ()) is not False

        every = actions_here(self._places_there, lambda name: keymap.display(name, plain=plain), can_be_done)
        self._offer(matching(every, self.command_box.palette.value), marked=True)

    def action_complete(self, step: int) -> None:
        """Put what is offered in the line, the next or the one before where it has been put there already."""
        box = self.command_box
        if not box.offers:
            return
        at = (self._completed + step) % len(box.offers) if self._completed >= 0 else 0 if step > 0 else -1
        at %= len(box.offers)
        self._put(box.offers[at].line)
        self._preview(box.offers[at].line)
        if len(box.offers) == 1:
            self._offer_words()
        else:
            self._completed = at
            box.list.mark(at)

    def _preview(self, line: str) -> None:
        """Show the colours of a theme that is on the line; leaving it brings back those from before."""
        words = [word.text for word in words_of(line)]
        if words[:1] == ["theme"] and len(words) == 2:
            self.app.theme = called(words[1], self.session.environ)

    def action_earlier(self, step: int) -> None:
        """Put a line that was typed earlier, or later, in the line."""
        lines = self.session.lines
        self._back = max(0, min(self._back + step, len(lines)))
        self._put(lines[-self._back] if self._back else "")
        self._offer_words()

    def action_mark_offer(self, steps: int) -> None:
        """Move the mark among the actions."""
        self.command_box.list.action_move(steps)

    def action_leave_line(self) -> None:
        """Go back to the pane that had the keys."""
        self.app.theme = called(self.session.theme, self.session.environ)
        self.session.desk.offers.number()
        self.go_to(self._came_from or self.search_input)
        self.command_box.display = False

    async def action_run_line(self) -> None:
        """Do what has been typed; what cannot be done says why, and stays to be put right."""
        line = self.command_box.command.value.strip()
        if not line:
            self.action_leave_line()
            return
        if is_file_name(line):
            line = f"export {in_quotes(line)}"
        try:
            asked = read(line, self._here, views_of_commands().options_of(word_of(line)))
        except UsageError as error:
            self.notice(str(error))
            return
        self.session.lines = [*(one for one in self.session.lines if one != line), line]
        if isinstance(asked, ListedLine):
            self._ask_filters(line, asked)
        elif any(operand.is_record for operand in operands_of(asked.action)):
            self._ask_records(line, asked)
        else:
            await self._do(asked)

    async def action_run_chosen(self) -> None:
        """Do what is marked; a command that needs more is begun."""
        chosen = self.command_box.chosen
        if chosen and chosen.action:
            await self._choose(chosen.action)
        else:
            self.notice(f"Nothing that can be done here is called {quoted(self.command_box.palette.value)}")

    @on(ItemChosen, "#offers")
    async def _offer_clicked(self) -> None:
        offer = self.command_box.chosen
        if offer and offer.line:
            self._put(offer.line)
            self.set_focus(self.command_box.command, scroll_visible=False)
            self._offer_words()
        elif offer and offer.action:
            await self._choose(offer.action)

    @property
    def _here(self) -> str | None:
        """The record that a command is about which names none."""
        return (self._wanted and self._wanted.key) or None

    async def _choose(self, action: Action) -> None:
        if not action.command:
            self.action_leave_line()
            here = self.focused if action.place not in ("explore", "app") else self
            await self.app.run_action(action.run, here or self)
            return
        operands = operands_of(action)
        lacking = any(
            not operand.is_optional or (n == 0 and operand.is_record and self._here is None)
            for n, operand in enumerate(operands)
        )
        # What its key only begins is begun from here as well.
        lacking = lacking or action.run.startswith("command(")
        self.action_command(f"{action.word} " if lacking else action.word)
        if not lacking:
            await self.action_run_line()

    @work(thread=True, exclusive=True, exit_on_error=False, group="command")
    def _ask_records(self, line: str, asked: CommandAsked) -> None:
        """Find the records that the words of a line stand for."""
        many = len(operands_of(asked.action)) == 1 and operands_of(asked.action)[0].takes_many
        texts = (" ".join(asked.words),) if many else asked.words

        def answer(reader: Register) -> Message:
            return RecordsMeant(line, asked, tuple(map(reader.resolve, texts)))

        self._tell(self.session.desk.offers, None, answer, lambda why: Noticed((in_the_explorer(why),)))

    @work(thread=True, exclusive=True, exit_on_error=False, group="command")
    def _ask_filters(self, line: str, listed: ListedLine) -> None:
        """Find which spelling of a kind or type is one."""

        def answer(reader: Register) -> Message:
            known = (one for one in listed.filters if reader.find(one, limit=1, closed=True).total)
            found = next(known, None)
            return FiltersMeant(line, f"{found} {listed.rest}") if found else Noticed((unknown(listed.word),))

        self._tell(self.session.desk.offers, None, answer, lambda why: Noticed((why,)))

    def _is_awaited(self, line: str) -> bool:
        """Tell whether a line that has been understood still stands there."""
        return self.command_box.display and self.command_box.command.value.strip() == line

    @on(RecordsMeant)
    def _do_with_records(self, message: RecordsMeant) -> None:
        if self._is_awaited(message.line):
            self._open_asked(message.asked, message.keys)

    @on(FiltersMeant)
    def _list(self, message: FiltersMeant) -> None:
        if self._is_awaited(message.line):
            self._search_for(message.query)

    def _search_for(self, query: str) -> None:
        self.action_leave_line()
        self.search_input.value = query
        self.search_input.cursor_position = len(self.search_input.value)
        self.go_to(self.results_view)

    def _open_asked(self, asked: CommandAsked, words: tuple[str, ...]) -> None:
        """Show what a command asks for, as of the day that it names, else of the one that is set."""
        try:
            view: View = views_of_commands().MAKERS[asked.action.word].make(words, asked.arguments)
        except UsageError as error:
            self.notice(str(error))
            return
        line, day = self.command_box.command.value, self.as_of
        self.action_leave_line()
        view = view.on(asked.arguments.text("--as-of") or day)
        self._typed_last = TypedCommand(line, view, self.focused, day)
        self.open_view(view, jumped=True)
        self.go_to(self.record_view)

    def was_typed(self, view: View) -> bool:
        """Tell whether a view is that of the command typed last, whose reader still waits for it."""
        typed = self._typed_last
        return typed is not None and typed.view == view and self.record_view.has_focus

    def type_again(self, why: str) -> None:
        """Let the command typed last be put right, and say why it shows nothing."""
        typed, self._typed_last = self._typed_last, None
        if typed is None:
            return
        self._read_on(typed.day)
        self.go_to(typed.pane or self.search_input)
        self.action_command(typed.line)
        self.notice(in_the_explorer(why))

    async def _do(self, asked: CommandAsked) -> None:
        """Do what needs no record."""
        word = asked.action.word
        if word == "find":
            self._search_for(query_of(asked.words))
        elif word == "export":
            self.export_to(asked.words[0])
        elif word == "as-of":
            self._read_as_of(" ".join(asked.words))
        elif word in views_of_commands().MAKERS:
            self._open_asked(asked, asked.words)
        else:
            self.action_leave_line()
            given = f"({', '.join(map(repr, asked.words))})" if asked.words else ""
            await self.app.run_action(f"{asked.action.run}{given}", self)

    def _read_as_of(self, text: str) -> None:
        """Read everything as of the day that was typed, without one as it is today."""
        try:
            day = day_or_none(text or None)
        except UsageError as error:
            self.notice(str(error))
            return
        self.action_leave_line()
        self.set_day(day.iso if day else None)
        if day:
            self.notice(f"As of {phrases.date(day.iso)}; :as-of without a day is today again", seconds=1)

    def export_to(self, name: str) -> None:
        """Write what is on the screen to a file."""
        raise NotImplementedError

    def _places(self) -> tuple[str, ...]:
        if self.command_box.command.has_focus:
            return ("command", "editing", "app")
        return ("palette", "editing", "app") if self.command_box.palette.has_focus else super()._places()

    def on_descendant_focus(self, event: DescendantFocus) -> None:
        """Leave the panes as they are while a command is typed; the box goes when something else has the keys."""
        if self.command_box.has_focus_within:
            event.prevent_default()
            self.tell_keys()
        else:
            self.command_box.display = False
