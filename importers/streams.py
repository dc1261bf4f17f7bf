"""What gives its bytes only once (stdin, pipes, downloads, answers of the API), kept so that it can be opened again."""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from db.errors import InputError
from db.files.leftovers import temporary_folder
from db.files.scratch import scratch_folder
from importers import http
from importers.base import Input, unreadable
from importers.http import OnFetch

if TYPE_CHECKING:
    from importers.ods_api.fetcher import Fetcher

MAX_PIPED = 4 * 1024**3
"""The most that is taken from stdin or a pipe."""

_CHUNK = 1024 * 1024


class KeptStreams:
    """Temporary files with what streams gave, as inputs, until they are closed."""

    def __init__(
        self, stdin: BinaryIO | None = None, since: str | None = None, on_fetch: OnFetch | None = None
    ) -> None:
        self._stdin = stdin
        self._since, self._on_fetch = since, on_fetch
        self._fetcher: Fetcher | None = None
        self._stack = ExitStack()
        self._temporaries: Path | None = None

    def close(self) -> None:
        """Remove the temporary files."""
        self._stack.close()

    def stdin(self) -> Input:
        """What is piped into the command. Raises `InputError` where nothing is."""
        stream = self._stdin or (sys.stdin.buffer if sys.stdin else None)
        if stream is None:
            raise InputError("stdin: is closed; pipe something into the command")
        _refuse_device(stream, "stdin")
        return self.keep(stream, "stdin", "stdin")

    def pipe(self, path: str) -> Input:
        """What a pipe gives, as `<(command)` makes one."""
        try:
            with open(path, "rb") as stream:
                _refuse_device(stream, path)
                return self.keep(stream, os.path.basename(path), path)
        except OSError as error:
            raise unreadable(path, error) from error

    def download(self, url: str) -> Input:
        """What a URL gives. Raises `InputError`, `UsageError` where it is not fetched."""
        http.check(url)
        shown = http.redacted(url)
        try:
            spool = self._temporary()
            with open(spool, "wb") as into:
                name, size = http.fetch(url, into)
        except OSError as error:
            raise _not_kept(shown, error) from error
        return Input(name, shown, lambda: open(spool, "rb"), size, shown)

    def answers(self, source: str) -> Input:
        """What the API of the Organisation Data Service answers."""
        from importers.ods_api.fetcher import Fetcher  # 50 ms, wanted only by who asks the API

        if self._fetcher is None:
            fetcher = Fetcher(self._temporary, self._since)
            if self._on_fetch is not None:
                fetcher.on_fetch = self._on_fetch
            self._fetcher = self._stack.enter_context(fetcher)
        try:
            return self._fetcher.fetch(source)
        except OSError as error:
            raise _not_kept(source, error) from error

    def keep(self, stream: BinaryIO, name: str, label: str, path: str | None = None, named: bool = True) -> Input:
        """A stream that gives its bytes only once, kept in a temporary file so that it can be opened again."""
        size = 0
        try:
            spool = self._temporary()
            with open(spool, "wb") as into:
                while chunk := read_some(stream, _CHUNK, label):
                    size += len(chunk)
                    if size > MAX_PIPED:
                        raise InputError(f"{label}: gives more than {MAX_PIPED // 1024**3} GB; refused")
                    into.write(chunk)
        except OSError as error:
            raise _not_kept(label, error) from error
        return Input(name, label, lambda: open(spool, "rb"), size, path, named)

    def _temporary(self) -> str:
        """A new temporary file, removed when the streams are closed."""
        if self._temporaries is None:
            self._temporaries = self._stack.enter_context(scratch_folder())
        handle, name = tempfile.mkstemp(dir=self._temporaries)
        os.close(handle)
        return name


def _refuse_device(stream: BinaryIO, label: str) -> None:
    """Raise `InputError` for a device such as /dev/zero, which never ends; a terminal and /dev/null do."""
    try:
        status = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return  # a stream without a file behind it
    device = stat.S_ISCHR(status.st_mode) or stat.S_ISBLK(status.st_mode)
    if device and not stream.isatty() and not os.path.samestat(status, os.stat(os.devnull)):
        raise InputError(f"{label}: is a device; give a file, a folder, a zip, a URL or - for stdin")


def _not_kept(label: str, error: OSError) -> InputError:
    reason = error.strerror or error
    where = f"in {temporary_folder()}, or name another folder with TMPDIR"
    return InputError(f"{label}: cannot be kept while it is read ({reason}); check the space {where}")


def read_some(stream: BinaryIO, size: int, label: str) -> bytes:
    """At most `size` bytes of a stream; raises `InputError` where it cannot be read."""
    try:
        return stream.read(size)
    except OSError as error:
        raise unreadable(label, error) from error
