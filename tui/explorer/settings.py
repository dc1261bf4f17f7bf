"""What a person has written in `settings.toml`, checked: each thing that cannot be is one line, and the usual holds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from db.files.read_whole import read_whole
from db.files.user_folders import user_folder
from db.nearest_word import nearest_word
from tui.explorer.theme import NAMES
from tui.text.safe import clip, visible

STARTS = ("search", "last")
"""Where the explorer may begin: with the search, or where one was last time."""

WITHOUT_STATE = "INTERLOCK_NO_STATE"
"""The variable that lets one run keep nothing and bring nothing back."""

_MOST_BYTES = 64 * 1024


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


def settings_file() -> Path:
    """Return where settings are looked for; the null device where no home folder is known."""
    try:
        return user_folder("config") / "settings.toml"
    except OSError:
        return Path(os.devnull)


def load_settings(path: Path | None = None) -> Settings:
    """Return the settings; a file that cannot be read leaves the usual ones and says why."""
    path = path or settings_file()
    try:
        text = read_whole(path, _MOST_BYTES).decode("utf-8")
    except FileNotFoundError:
        return Settings()
    except UnicodeDecodeError as error:
        return _refused(path, str(error))
    except OSError as error:
        return _refused(path, error.strerror or str(error))
    import tomllib  # late, as few have settings of their own

    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return _refused(path, str(error))
    except RecursionError:
        return _refused(path, "lists and tables nest too deeply")
    return checked(written)


def _refused(path: Path, reason: str) -> Settings:
    return Settings(problems=(visible(f"{path.name}: {reason}: your settings are not used, the usual ones hold"),))


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
