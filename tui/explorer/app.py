"""The explorer: one Textual app that owns the session, the keys and the colours, and starts the one screen."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from rich.console import RenderableType
from textual import events
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual.app import App
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen

from db.database.connection import default_path
from db.garbage_collection import loading
from tui.explorer import keymap as keymaps
from tui.explorer import theme
from tui.explorer.crash_log import crashed
from tui.explorer.desk import Desk
from tui.explorer.kept_state import StateKeeper, state_folder
from tui.explorer.keymap import Keymap, bindings
from tui.explorer.leaving import why_not_yet
from tui.explorer.mouse_choice import MouseChoice
from tui.explorer.read_ahead import Opener, ReadAhead
from tui.explorer.screens.first import FirstScreen
from tui.explorer.session import READ_ONLY, Session
from tui.explorer.settings import WITHOUT_STATE, Settings, load_settings
from tui.explorer.sizes import HEIGHTS, WIDTHS
from tui.explorer.symbols import Symbols, for_terminal
from tui.explorer.terminal_driver import TerminalDriver
from tui.explorer.widgets.ascii_filter import AsciiFilter
from tui.explorer.widgets.line_inputs import LineInput
from tui.text.safe import visible

if TYPE_CHECKING:
    from tui.explorer.screens.explore import ExploreScreen

_TURN = 0.0005
"""Seconds for which what is read or loaded beside the screen may keep it from going on; the usual 5 ms are noticed."""
_LONGEST_KEY = 1.0
"""Seconds that what a key does may take before the next key is looked at nevertheless."""


_SELDOM = (20_000, 20, 50)
"""Objects made before Python looks for garbage: a page makes some, none of it garbage, and is to be painted at once."""


@runtime_checkable
class NoticingScreen(Protocol):
    """A screen that tells something until the next key."""

    def notice(self, *lines: str) -> None:
        """Tell lines, or nothing any more."""


@runtime_checkable
class KeyTaker(Protocol):
    """A list that does something of its own with some keys; named by what it does, as the first screen has none."""

    def take(self, event: events.Key) -> bool:
        """Do what a key asks for; tell whether there was anything to do."""

    def take_paste(self, text: str) -> bool:
        """Take what was pasted; tell whether there was a place for it."""


def _the_screen() -> type[ExploreScreen]:
    with loading():  # to look through it for garbage would stop the screen 100 ms at times
        from tui.explorer.screens.explore import ExploreScreen  # 0.1 s: the line that is typed into is there before

    return ExploreScreen


class Explorer(App[None], inherit_bindings=False):
    """Looks after what outlives a screen; everything a person sees is in `tui.explorer.screens`."""

    TITLE = "interlock"
    CSS_PATH = "explorer.tcss"
    BINDINGS = bindings("app")
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = WIDTHS
    VERTICAL_BREAKPOINTS = HEIGHTS

    def __init__(
        self,
        opener: Opener,
        *,
        start: str | None = None,
        keymap: Keymap | None = None,
        symbols: Symbols | None = None,
        register_words: tuple[str, ...] = (),
        settings: Settings | None = None,
        keeper: StateKeeper | None = None,
        ahead: ReadAhead | None = None,
    ) -> None:
        # With NO_COLOR the terminal's own colours are the ones to take away, not a grey picture of ours.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.animation_level = "none"
        self._typed_early: list[events.InputEvent | events.Paste] | None = []
        self._begins_small = ahead is not None and start is None
        self._keys_taken, self._asked_to_leave = 0, -1
        self.session = Session(
            Desk(opener, ahead), keymap or keymaps.load(), symbols or for_terminal(), dict(os.environ), start,
            register_words=register_words, settings=settings or Settings(), keeper=keeper or StateKeeper(None, ""),
        )  # fmt: skip
        self._choose_ways()
        self._ascii = AsciiFilter(self.session.symbols)
        self.register_theme(theme.CALM)
        self.register_theme(theme.PAPER)
        self.theme = theme.called(self.session.theme, os.environ)
        self.set_keymap(self.session.keymap.changes())

    def _choose_ways(self) -> None:
        """Take what is written in the settings, else what was chosen last time."""
        session = self.session
        written, kept = session.settings, session.keeper.ways()
        session.theme = written.theme or (kept.theme if kept.theme in theme.NAMES else None)
        session.mouse = kept.mouse if written.mouse is None else written.mouse
        session.lines = list(kept.lines)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Name our colours for themes that do not."""
        return theme.DEFAULTS

    def refresh_css(self, animate: bool = True) -> None:
        """Colour anew what is shown; before anything is, the colours are noted alone, for what is parsed later."""
        if self.screen_stack:
            super().refresh_css(animate)
        else:
            self.stylesheet.set_variables(self.get_css_variables())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let nothing through that the terminal cannot show."""
        return [*super().get_line_filters(), *([self._ascii] if self._ascii.enabled else [])]

    def get_default_screen(self) -> FirstScreen | ExploreScreen:
        """Start with the one screen, or while that is being loaded with the line that is typed into."""
        if self._begins_small and self._typed_early is not None:
            return FirstScreen(self.session.symbols, self._typed_early)
        return _the_screen()(self.session)

    def on_ready(self) -> None:
        """Load the one screen where a smaller one has been painted."""
        if isinstance(self.screen, FirstScreen):
            self.run_worker(self._load(self.screen))

    async def _load(self, first: FirstScreen) -> None:
        """Load the one screen, letters being taken meanwhile."""
        made = await asyncio.to_thread(_the_screen)
        # In its turn among what is typed, or a letter that is being taken would be lost.
        self.call_later(self._go_on, first, made)

    async def _go_on(self, first: FirstScreen, made: type[ExploreScreen]) -> None:
        """Go on with the one screen and with what has been typed; what is typed from here on waits for it."""
        self._typed_early = self._typed_early or []
        await self.push_screen(made(self.session, first.search_input.value))

    def get_driver_class(self) -> type[Driver]:
        """Take our own driver where Textual would take the one for a terminal, not where it serves a browser."""
        usual = super().get_driver_class()
        return TerminalDriver if issubclass(TerminalDriver, usual) else usual

    async def on_event(self, event: events.Event) -> None:
        """Keep what is typed until something can take it, and finish with each key before the next is looked at."""
        if isinstance(event, events.Resize) and isinstance(self._driver, TerminalDriver):
            self._driver.picture.forget()
        if self._typed_early is not None and isinstance(event, (events.InputEvent, events.Paste)):
            self._typed_early.append(event)
        elif isinstance(event, (events.InputEvent, events.Paste)) and self._waits(event):
            self._typed_early = [event]
        elif isinstance(event, (events.Key, events.Paste)) and not event.is_forwarded:
            await self._take(event)
        else:
            await super().on_event(event)
            # The first that gets the focus tells so: what is typed has somewhere to go from now on.
            if self._typed_early is not None and isinstance(event, events.DescendantFocus):
                typed, self._typed_early = self._typed_early, None
                for early in typed:
                    await self.on_event(early)

    def _waits(self, event: events.Event) -> bool:
        """Tell whether something typed has to wait for the screen that is being loaded."""
        return isinstance(self.screen, FirstScreen) and not self.screen.takes(event)

    async def _take(self, event: events.Key | events.Paste) -> None:
        """Do what a key does, the notice going away first. In Textual letters overtake keys that do something."""
        self.app_focus = True
        self._keys_taken += 1
        if isinstance(self.screen, NoticingScreen):
            self.screen.notice()
        place = self.focused or self.screen
        if isinstance(event, events.Paste) and isinstance(place, KeyTaker):
            if not place.take_paste(event.text):
                self._tell_idle("What is pasted")
        elif isinstance(event, events.Paste) or (isinstance(place, LineInput) and event.is_printable):
            await super().on_event(event)
        elif isinstance(place, KeyTaker) and place.take(event):
            self.screen.refresh_bindings()
        elif not (await self._check_bindings(event.key, priority=True) or await self._check_bindings(event.key)):
            await super().on_event(event)
            if event.is_printable:
                self._tell_idle(event.character or "")
        # What the key caused goes up from where it was pressed, through the queue of each container.
        for node in place.ancestors_with_self:
            handled = asyncio.Event()
            if node is not self and node.call_later(handled.set):
                with suppress(TimeoutError):
                    await asyncio.wait_for(handled.wait(), _LONGEST_KEY)

    def _tell_idle(self, typed: str) -> None:
        """Say of a letter that is no command, or of a paste, that somebody may be typing a search into a list."""
        search, explained = (self.session.keymap.display(name) for name in ("search", "help"))
        ways = [f"{search} to type" if search else "", f"{explained} tells which keys do" if explained else ""]
        if isinstance(self.screen, NoticingScreen):
            told = ", ".join(filter(None, ways))
            self.screen.notice(f"{typed} does nothing here{': ' if told else ''}{told}")

    def on_key(self, event: events.Key) -> None:
        """Look at no key twice: it comes up here when another place may have the focus, or another key in between."""
        event.prevent_default()

    def action_redraw(self) -> None:
        """Paint everything anew, whatever the terminal is thought to show."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.picture.forget()
        self.screen.refresh(layout=True)

    def action_use_theme(self, name: str) -> None:
        """Show everything in other colours."""
        self.session.theme = name
        self.theme = theme.called(name, os.environ)
        self._say_how_long("theme", self.session.settings.theme)
        if os.environ.get("NO_COLOR"):
            self.session.tell("NO_COLOR is set, so there are no colours to choose from")

    def action_use_mouse(self, word: str) -> None:
        """Let the mouse do something or leave it to the terminal."""
        self.session.mouse = word == "on"
        if isinstance(self._driver, MouseChoice):
            self._driver.use_mouse(self.session.mouse)
        self._say_how_long("mouse", self.session.settings.mouse)

    def _say_how_long(self, name: str, written: object) -> None:
        """Tell that a choice ends with the session where the settings say otherwise."""
        if written is not None and written != getattr(self.session, name):
            self.session.tell(f"Until you leave: settings.toml says otherwise of {name}")

    async def action_quit(self) -> None:
        """Leave, once where one is has been written down; what would be lost by that is told first."""
        again, self._asked_to_leave = self._asked_to_leave == self._keys_taken - 1, self._keys_taken
        why = () if again else why_not_yet(self.session, self.screen_stack)
        if why:
            while not isinstance(self.screen, NoticingScreen):
                self.pop_screen()
            self.screen.notice(*why)
            if self.session.writing:
                self.session.leave = partial(self.call_later, self.action_quit)
            return
        self.session.keep_place()
        if self.session.writing and isinstance(self._driver, TerminalDriver):
            # What is half written is as after any end by a signal: it never was.
            signal.raise_signal(signal.SIGTERM)
        await super().action_quit()

    def action_suspend_process(self) -> None:
        """Go back to the shell until it lets us go on."""
        if isinstance(self._driver, TerminalDriver):
            self._driver.suspend_job()
        else:
            self.session.tell("There is no shell behind a page of a browser")

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Write of a picture what the terminal does not show already."""
        if isinstance(renderable, ChopsUpdate | LayoutUpdate) and isinstance(self._driver, TerminalDriver):
            # Textual takes what it makes pictures of, and types what else it takes.
            super()._display(screen, self._driver.picture.of(renderable))  # type: ignore[arg-type]
        else:
            super()._display(screen, renderable)

    def _fatal_error(self) -> None:
        """Leave without a word: Textual would print everything it knows over what was on the terminal before."""
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Print nothing, as `run_explorer` says what went wrong."""
        self._exit_renderables.clear()

    async def on_unmount(self) -> None:
        """Stop what is being read, so that leaving never waits."""
        self.session.desk.close()


def _register_named(path: str | None, builtin: bool) -> str:
    """Return what tells a register from all others."""
    return "built in" if builtin else os.path.realpath(path or default_path())


def run_explorer(register_path: str | None, builtin: bool, key: str | None, ahead: ReadAhead) -> int:
    """Open the explorer on a register, at `key` if given, until the person leaves; return the exit code.

    What keeps the register from being opened, or the key from being found, is one line on standard error. Raises
    CrashedError, which names the log file, for a mistake of ours, ShortageError where the system has too little.
    """
    words = ("--builtin",) if builtin else ("--db", register_path) if register_path else ()
    settings = load_settings()
    keeps = settings.state and not (os.environ.get(WITHOUT_STATE) or os.environ.get(READ_ONLY))
    app = Explorer(
        ahead.opener,
        start=key,
        ahead=ahead,
        register_words=words,
        settings=settings,
        keeper=StateKeeper(state_folder() if keeps else None, _register_named(register_path, builtin)),
    )
    gc.set_threshold(*_SELDOM)
    sys.setswitchinterval(_TURN)
    try:
        app.run(mouse=app.session.mouse is not False)
    except Exception as error:
        raise crashed(error) from error
    if app._exception is not None:
        raise crashed(app._exception) from app._exception
    if app.session.failure:
        print(f"interlock: {visible(app.session.failure)}", file=sys.stderr)
    return app.return_code or 0
