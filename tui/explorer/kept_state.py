"""What comes back at the next start: per register where one was, for all of them theme, mouse and lines typed.

A file that cannot be read, or holds something else, is as good as none, and said in a line; nothing is lost by it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from db.files.placement import put_in_place
from db.files.read_whole import read_whole
from db.files.scratch import scratch_folder
from db.files.user_folders import user_folder
from tui.text.safe import visible

VERSION = 1
_HOLDS: dict[str, type] = {"folds": bool, "filters": str, "orders": str, "shown": int}
"""What the mappings hold by ident of a group."""
LINES_KEPT = 50
"""Lines typed behind `:` that are kept."""

_WAYS_FILE = "explorer.json"
_MOST_BYTES = 256 * 1024


def state_folder() -> Path | None:
    """Return where state is kept, None where no home folder is known."""
    try:
        return user_folder("state")
    except OSError:
        return None


@dataclass(frozen=True, slots=True)
class KeptPlace:
    """Where one was in a register: the view by its command, how it was left, and the search beside it."""

    command: tuple[str, ...] = ()
    name: str = ""
    as_of: str | None = None
    line: str = ""
    scroll: int = 0
    folds: Mapping[str, bool] = field(default_factory=dict)
    filters: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    shown: Mapping[str, int] = field(default_factory=dict)
    search: str = ""
    closed_too: bool = False


@dataclass(frozen=True, slots=True)
class KeptWays:
    """What holds for all registers; None where nobody has chosen."""

    theme: str | None = None
    mouse: bool | None = None
    lines: tuple[str, ...] = ()


Kept = TypeVar("Kept", KeptPlace, KeptWays)


class StateKeeper:
    """Reads and writes the state beside one register; without a folder it keeps nothing."""

    def __init__(self, folder: Path | None, register: str) -> None:
        self._folder, self._register = folder, register
        self.problems: list[str] = []

    def place(self) -> KeptPlace:
        """Return where one was, an empty place where that is not known."""
        return self._read(self._place_file(), KeptPlace)

    def _place_file(self) -> str:
        from hashlib import sha256  # 5 ms, which the first picture does without

        return f"place-{sha256(self._register.encode('utf-8', 'surrogateescape')).hexdigest()[:16]}.json"

    def ways(self) -> KeptWays:
        """Return what was chosen."""
        return self._read(_WAYS_FILE, KeptWays)

    def keep(self, place: KeptPlace | None, ways: KeptWays) -> None:
        """Write both, each whole or not at all; a folder that cannot be written to keeps nothing, without a word."""
        if self._folder is None:
            return
        try:
            self._folder.mkdir(0o700, parents=True, exist_ok=True)
            with scratch_folder(self._folder) as scratch:
                for name, kept in ((self._place_file(), place), (_WAYS_FILE, ways)):
                    if kept is not None:
                        fresh = scratch / name
                        fresh.touch(0o600)
                        fresh.write_text(json.dumps({"version": VERSION, **asdict(kept)}), "utf-8")
                        put_in_place(fresh, self._folder / name, over=True)
        except OSError:
            return

    def _read(self, name: str, kind: type[Kept]) -> Kept:
        if self._folder is None:
            return kind()
        path = self._folder / name
        try:
            text = read_whole(path, _MOST_BYTES)
            return _made(kind, _parsed(text))
        except FileNotFoundError:
            return kind()
        except (OSError, ValueError, RecursionError) as error:
            self.problems.append(visible(f"{path}: not read ({_reason(error)}); it is written anew"))
            return kind()


def _parsed(text: bytes) -> object:
    return json.loads(text)


def _reason(error: Exception) -> str:
    return (isinstance(error, OSError) and error.strerror) or "it holds something else"


def _made(kind: type[Kept], data: object) -> Kept:
    """Return what the data holds. Raises ValueError where it is not of that kind."""
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ValueError("another version")
    usual = kind()
    taken: dict[str, Any] = {}
    for name in kind.__dataclass_fields__:
        value = data.get(name)
        if value is None:
            continue
        if not _fits(name, value, getattr(usual, name)):
            raise ValueError(name)
        taken[name] = tuple(value) if isinstance(value, list) else value
    return kind(**taken)


def _fits(name: str, value: object, usual: object) -> bool:
    """Tell whether a value is of the kind that a field holds."""
    if isinstance(usual, tuple):
        return isinstance(value, list) and all(isinstance(one, str) for one in value)
    if isinstance(usual, dict):
        return isinstance(value, dict) and all(type(one) is _HOLDS[name] for one in value.values())
    if usual is None:
        return isinstance(value, bool if name == "mouse" else str)
    return type(value) is type(usual)
