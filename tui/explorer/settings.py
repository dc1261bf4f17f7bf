"""What a person has written in `settings.toml`, checked: each thing that cannot be is one line, and the usual holds."""

from __future__ import annotations

from dataclasses import dataclass

from db.nearest_word import nearest_word
from tui.explorer.theme import NAMES
from tui.explorer.user_toml import read_toml, user_file
from tui.text.safe import clip, visible

FILE = "settings.toml"
"""What a user writes settings into."""

STARTS = ("search", "last")
"""Where the explorer may begin: with the search, or where one was last time."""

WITHOUT_STATE = "INTERLOCK_NO_STATE"
"""The variable that lets one run keep nothing and bring nothing back."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How the explorer shall be; None where nothing was written."""

    theme: str | None = None
    mouse: bool | None = None
    start: str = "search"
    state: bool = True
    """Whether where one was is kept, and comes back."""
    problems: tuple[str, ...] = ()


_CHOICES: dict[str, tuple[object, ...]] = {
    "theme": NAMES,
    "mouse": (True, False),
    "start": STARTS,
    "state": (True, False),
}


def load_settings() -> Settings:
    """Return the settings; a file that cannot be read leaves the usual ones and says why."""
    try:
        return checked(read_toml(user_file(FILE)))
    except ValueError as error:
        reason = f"{FILE}: {error}: your settings are not used, the usual ones hold"
        return Settings(problems=(visible(reason),))


def checked(written: dict[str, object]) -> Settings:
    """Return the settings that can be, with a line for each that cannot."""
    problems: list[str] = []
    taken: dict[str, object] = {}
    for name, value in written.items():
        if name not in _CHOICES:
            near = nearest_word(name, _CHOICES)
            hint = f"did you mean '{near}'?" if near else f"there are {', '.join(_CHOICES)}"
            problems.append(visible(f"settings.toml: unknown setting '{clip(name, 40)}', {hint}"))
        elif not any(value is one or (isinstance(value, str) and value == one) for one in _CHOICES[name]):
            allowed = ", ".join(str(one).lower() if isinstance(one, bool) else f'"{one}"' for one in _CHOICES[name])
            problems.append(f"settings.toml: {name} has to be one of {allowed}")
        else:
            taken[name] = value
    return Settings(**taken, problems=tuple(problems))  # type: ignore[arg-type]
