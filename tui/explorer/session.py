"""What one run of the explorer shares among its screens: the open register, the keys, the signs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui.explorer.desk import Desk
from tui.explorer.exporting import Asking, run_command
from tui.explorer.kept_state import StateKeeper
from tui.explorer.keymap import Keymap
from tui.explorer.settings import Settings
from tui.explorer.symbols import Symbols

if TYPE_CHECKING:
    from db.reports import Run, Stats
    from tui.explorer.outlook import Outlook


READ_ONLY = "INTERLOCK_READ_ONLY"
"""The variable that says that nothing may be written."""


@dataclass
class Session:
    """Made once by the app; `label`, `stats` and `outlook` are filled in when the register has been opened and read."""

    desk: Desk
    keymap: Keymap
    symbols: Symbols
    environ: Mapping[str, str]
    start: str | None = None
    """What to open first: a key, code or name."""
    label: str = "opening…"
    stats: Stats | None = None
    runs: tuple[Run, ...] = ()
    outlook: Outlook | None = None
    register_words: tuple[str, ...] = ()
    """The options of a command that reads the same register."""
    run_command: Asking = run_command
    """How commands of a shell are run for files."""
    settings: Settings = field(default_factory=Settings)
    keeper: StateKeeper = field(default_factory=lambda: StateKeeper(None, ""))
    theme: str | None = None
    """The theme that was chosen, by the name that people know; None for the one that suits the terminal."""
    mouse: bool | None = None
    """Whether the mouse does anything; None where nobody has chosen."""
    lines: list[str] = field(default_factory=list)
    """Lines that were typed behind `:`, the newest last."""
    tell: Callable[[str], object] = lambda _text: None
    """Tells the person something, once there is a screen to tell it on."""
    keep_place: Callable[[], None] = lambda: None
    """Writes down where one is, once there is a place."""
    writing: set[str] = field(default_factory=set)
    """What is being written now, by names that a person knows."""
    leave: Callable[[], object] | None = None
    """Leaves; somebody waits for that until nothing is being written any more."""
    failure: str | None = None
    """Why the explorer had to end, a line for standard error once the screen is gone."""

    def end_writing(self, what: str) -> None:
        """Note that something is being written no longer, and leave where somebody waits for that."""
        self.writing.discard(what)
        if self.leave is not None and not self.writing:
            self.leave()

    @property
    def read_only(self) -> bool:
        """Whether nothing may be written, be it a file or to the register: somebody sits at a browser."""
        return bool(self.environ.get(READ_ONLY))
