"""What a long pull has fetched so far, kept in the user's cache folder so that the same command goes on from there."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from db.errors import InputError
from db.files.leftovers import taken
from db.files.read_whole import read_whole
from db.files.user_folders import user_folder
from importers.ods_api import fetched_text
from importers.ods_json.importer import FETCHED

KEPT = timedelta(days=7)
"""How long an unfinished pull can be taken up again; later it is begun anew, because its list of changes is old."""
_LARGEST_LIST = 64 * 1024 * 1024
FORGOTTEN = timedelta(days=30)
"""How long what another pull left behind is kept."""

_OWN: set[str] = set()
"""Names of the folders that this process has: it would lose the lock of one by opening and closing that file again."""


def folder_of(base: str, since: str) -> Path:
    """Where the pull of one server and day is kept. Raises OSError where there is no such place."""
    mark = hashlib.blake2b(f"{base}\0{since}".encode(), digest_size=8).hexdigest()
    return user_folder("cache") / "ods-api" / mark


@dataclass(frozen=True, slots=True)
class CachedPull:
    """The files of one pull: what changed, and a line for each record fetched so far, in the same order."""

    folder: Path

    @property
    def text(self) -> Path:
        """What `importers.ods_api.fetched_text` describes, as far as it has come."""
        return self.folder / "records.jsonl"

    @property
    def _listed(self) -> Path:
        return self.folder / "changed.json"

    def listed(self, today: date) -> list[str] | None:
        """What changed, where an earlier try may be taken up again; None where all has to be asked anew."""
        try:
            held = json.loads(read_whole(self._listed, _LARGEST_LIST))
            day, codes = date.fromisoformat(held["begun"]), [str(code) for code in held["codes"]]
            with self.text.open("rb") as file:
                heading = file.readline(1024)
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        sound = heading.startswith(FETCHED.encode()) and heading.endswith(b"\n")
        if not sound or not today - KEPT <= day <= today or (self.whole and day != today):
            return None
        return codes

    def begin(self, today: date, codes: Sequence[str], heading: str) -> None:
        """Begin anew with what changed; the list comes last, since it says that the rest may be built upon."""
        self._listed.unlink(missing_ok=True)
        self.text.write_text(f"{heading}\n", "utf-8")
        draft = self._listed.with_suffix(".new")
        draft.write_text(json.dumps({"begun": today.isoformat(), "codes": list(codes)}), "utf-8")
        os.replace(draft, self._listed)

    @property
    def whole(self) -> bool:
        """Whether the pull came to its end."""
        return self._last().startswith(fetched_text.NAMES.encode())

    def done(self) -> int:
        """How many records are there; a line that was cut off when the pull was interrupted is removed first."""
        with self.text.open("r+b") as file:
            lines, end = 0, 0
            for line in file:
                if not line.endswith(b"\n"):
                    break
                lines, end = lines + 1, end + len(line)
            file.truncate(end)
        return max(lines - 1, 0)

    def lines(self) -> Iterator[str]:
        """The records so far, as they are written."""
        with self.text.open("rb") as file:
            next(file, None)
            for line in file:
                yield line.decode("utf-8", "replace")

    def _last(self) -> bytes:
        """The start of the last line."""
        with self.text.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            file.seek(max(size - 1024 * 1024, 0))
            lines = file.read().splitlines(keepends=True)
        return lines[-1] if lines and lines[-1].endswith(b"\n") else b""


@contextmanager
def keeping(folder: Path, label: str) -> Iterator[CachedPull]:
    """The files of a pull, for one command at a time; raises `InputError` where another has them, or none can be."""
    if folder.name in _OWN:
        raise _busy(label)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _tidy(folder)
        lock = (folder / "lock").open("w", encoding="utf-8")
    except OSError as error:
        raise not_kept(folder, label, error) from error
    with lock:
        if not taken(lock.fileno(), unknown=True):
            raise _busy(label)
        _OWN.add(folder.name)
        try:
            yield CachedPull(folder)
        finally:
            _OWN.discard(folder.name)


def _busy(label: str) -> InputError:
    return InputError(f"{label}: another import is fetching the same just now; try again when it has ended")


def not_kept(folder: Path, label: str, error: OSError) -> InputError:
    """The error for a folder in which nothing can be kept."""
    said = f"{folder} cannot be written ({error.strerror or error})"
    return InputError(f"{label}: {said}, where what is fetched is kept; check its permissions and space")


def _tidy(folder: Path) -> None:
    """Remove what other pulls left behind long ago."""
    for other in folder.parent.iterdir():
        with contextlib.suppress(OSError):
            age = date.today() - date.fromtimestamp((other / "records.jsonl").stat().st_mtime)
            if other != folder and age > FORGOTTEN:
                shutil.rmtree(other)
