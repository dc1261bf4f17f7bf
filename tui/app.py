"""The explorer: one Textual app that owns the session, the keys and the colours, and starts the one screen."""

from __future__ import annotations

import gc
import os
import sys

from textual import events
from textual.app import App

from db.register import open_register
from tui import keymap as keymaps
from tui import theme
from tui.desk import Desk
from tui.keymap import Keymap, bindings
from tui.reader import Opener
from tui.safe import visible
from tui.screens.explore import ExploreScreen
from tui.session import Session
from tui.symbols import Symbols, for_terminal


class Explorer(App[None], inherit_bindings=False):
    """Looks after what outlives a screen; everything a person sees is in `tui.screens`."""

    TITLE = "interlock"
    CSS_PATH = "explorer.tcss"
    BINDINGS = bindings("app")
    ENABLE_COMMAND_PALETTE = False
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-short"), (36, "-tall")]

    def __init__(
        self, opener: Opener, *, start: str | None = None, keymap: Keymap | None = None, symbols: Symbols | None = None
    ) -> None:
        # With NO_COLOR the terminal's own colours are the ones to take away, not a grey picture of ours.
        super().__init__(ansi_color=True if os.environ.get("NO_COLOR") else None)
        self.animation_level = "none"
        self.session = Session(
            Desk(opener), keymap or keymaps.load(), symbols or for_terminal(), dict(os.environ), start
        )
        self.register_theme(theme.CALM)
        self.theme = theme.TERMINAL if theme.wants_terminal_colours(os.environ) else theme.CALM.name
        self.set_keymap(self.session.keymap.changes())

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Name our colours for themes that do not."""
        return theme.DEFAULTS

    def get_default_screen(self) -> ExploreScreen:
        """Start with the one screen."""
        return ExploreScreen(self.session)

    async def on_event(self, event: events.Event) -> None:
        """Let any key take the notice away before it does what it does."""
        if isinstance(event, events.Key) and isinstance(self.screen, ExploreScreen):
            self.screen.notice()
        await super().on_event(event)

    async def on_unmount(self) -> None:
        """Stop what is being read, so that leaving never waits."""
        self.session.desk.close()


def run_explorer(register_path: str | None, builtin: bool, key: str | None) -> int:
    """Open the explorer on a register, at `key` if given, until the person leaves; return the exit code.

    What keeps the register from being opened, or the key from being found, is one line on standard error.
    """
    app = Explorer(lambda: open_register(register_path, builtin=builtin), start=key)
    # What is loaded by now stays to the end: to look through it for garbage would stop the screen 100 ms now and then.
    gc.freeze()
    app.run()
    if app.session.failure:
        print(f"interlock: {visible(app.session.failure)}", file=sys.stderr)
    return app.return_code or 0
