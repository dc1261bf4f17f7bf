"""From what a user names (files, folders, globs, zips, URLs, `ods:CODE`, `-`) to the inputs that importers read.

What a folder or zip holds beside data (hidden files, dead links, zips too deep) is listed as skipped with its
reason; what the user names and is not there is an error.
"""

from __future__ import annotations

import os
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from glob import has_magic
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, BinaryIO, Self

from db.errors import InputError
from db.files.scratch import scratch_folder
from importers import http
from importers.archives import ZipLimits, is_office, is_zip, members, open_zip
from importers.base import Input, Skipped
from importers.ods_api.addresses import is_asked
from importers.paths import ANY_DEPTH, matching

if TYPE_CHECKING:
    from importers.ods_api.fetcher import Fetcher

MAX_PIPED = 4 * 1024**3
"""The most that is taken from stdin or a pipe."""

_CHUNK = 1024 * 1024


class Inputs:
    """The inputs that some source arguments stand for, and what was passed over; a context, for its temporary files."""

    def __init__(
        self,
        sources: Iterable[str],
        limits: ZipLimits | None = None,
        stdin: BinaryIO | None = None,
        since: str | None = None,
        on_fetch: Callable[[str, int, int, float], None] | None = None,
    ) -> None:
        self._sources = tuple(sources)
        self._since, self._on_fetch = since, on_fetch
        self._fetcher: Fetcher | None = None
        self._limits = limits or ZipLimits()
        self._stdin = stdin
        self._stack = ExitStack()
        self._temporaries: Path | None = None
        self._seen: set[str] = set()
        # Finding the folder writes a trial file, which an interrupt while reading would leave there.
        with suppress(OSError):
            tempfile.gettempdir()
        self.skipped: list[Skipped] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def __iter__(self) -> Iterator[Input]:
        """Each input once, in the order given, folders and zips by name.

        Raises `InputError` for what is named and cannot be read, `UsageError` for URLs that are not fetched.
        """
        for source in self._sources:
            yield from self._expand(source)

    def _expand(self, source: str) -> Iterator[Input]:
        if source == "-":
            if self._is_new("-", "stdin"):
                yield from self._opened(self._piped_in())
        elif is_asked(source):
            if self._is_new(source.lower(), source):
                yield self._fetched(source)
        elif http.is_url(source):
            if self._is_new(source, http.redacted(source)):
                yield from self._opened(self._downloaded(source))
        elif "\x00" in source or not source.strip():
            raise InputError(f"{source!r}: is no path; give a file, a folder, a zip, a URL or - for stdin")
        elif os.path.lexists(source):
            yield from self._path(source)
        elif has_magic(source):
            yield from self._globbed(source)
        else:
            raise InputError(f"{source}: no such file or folder; check the path")

    def _path(self, source: str) -> Iterator[Input]:
        """What a path that exists stands for."""
        try:
            mode = os.stat(source).st_mode
        except OSError as error:
            raise InputError(f"{source}: cannot be read ({error.strerror}); check it and its permissions") from error
        if stat.S_ISDIR(mode):
            yield from self._folder(source)
        elif stat.S_ISREG(mode):
            if self._is_new(os.path.realpath(source), source):
                yield from self._opened(_file(source, named=True))
        else:
            yield from self._opened(self._piped(source))

    def _folder(self, folder: str) -> Iterator[Input]:
        """All files below a folder, sorted; links to folders are not followed, so that no loop is endless."""
        found = False

        def unreadable(error: OSError) -> None:
            if error.filename == folder:
                raise InputError(f"{folder}: cannot be read ({error.strerror}); check it and its permissions")
            self.skipped.append(Skipped(str(error.filename), f"cannot be read ({error.strerror})"))

        for where, folders, files in os.walk(folder, onerror=unreadable):
            for name in [name for name in folders if name.startswith(".")]:
                self.skipped.append(Skipped(os.path.join(where, name), "hidden"))
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                found = True
                yield from self._found(os.path.join(where, name))
        if not found:
            raise InputError(f"{folder}: holds no files; nothing to import")

    def _globbed(self, pattern: str) -> Iterator[Input]:
        matches = matching(pattern)
        if not matches:
            raise InputError(f"{pattern}: matches no file; check the pattern")
        for path in matches:
            if os.path.isdir(path):
                if ANY_DEPTH not in pattern:
                    yield from self._folder(path)
            else:
                yield from self._found(path)

    def _found(self, path: str) -> Iterator[Input]:
        """A file that a folder or glob brought along: skipped, not refused, where it cannot be used."""
        reason = _unusable(path)
        if reason:
            self.skipped.append(Skipped(path, reason))
            return
        if not self._is_new(os.path.realpath(path), path):
            return
        try:
            yield from self._opened(_file(path, named=False))
        except InputError as error:
            self.skipped.append(Skipped(path, str(error).removeprefix(f"{path}: ")))

    def _opened(self, source: Input) -> Iterator[Input]:
        """An input as it is, or what is in it where it is a zip."""
        with source.open() as stream:
            head = _read(stream, 8, source.label)
        if is_zip(head) or (source.name.lower().endswith(".zip") and source.size != 0):
            yield from self._unzipped(source, nested=False)
        else:
            yield source

    def _is_new(self, place: str, label: str) -> bool:
        """Tell whether a place has not been read yet; one that has been is skipped."""
        if place in self._seen:
            self.skipped.append(Skipped(label, "named twice"))
            return False
        self._seen.add(place)
        return True

    def _unzipped(self, source: Input, nested: bool) -> Iterator[Input]:
        """The files in a zip; one that is an Office file is given whole."""
        with open_zip(source) as archive:
            if is_office(archive):
                yield source
                return
            listed = list(members(source, archive, self._limits))
        if not listed:
            raise InputError(f"{source.label}: the zip is empty; nothing to import")
        for member in listed:
            if isinstance(member, Skipped):
                self.skipped.append(member)
                continue
            with member.open() as stream:
                head = _read(stream, 8, member.label)
            if not is_zip(head):
                yield member
            elif nested:
                self.skipped.append(Skipped(member.label, "a zip in a zip in a zip"))
            elif (member.size or 0) > self._limits.nested_bytes:
                self.skipped.append(Skipped(member.label, "a zip in a zip, too large to unpack"))
            else:
                with member.open() as stream:
                    inner = self._spooled(stream, member.name, member.label, path=member.path, named=False)
                yield from self._unzipped(inner, nested=True)

    def _piped_in(self) -> Input:
        """What is piped into the command. Raises `InputError` where nothing is."""
        stream = self._stdin or (sys.stdin.buffer if sys.stdin else None)
        if stream is None:
            raise InputError("stdin: is closed; pipe something into the command")
        _refuse_device(stream, "stdin")
        return self._spooled(stream, "stdin", "stdin")

    def _piped(self, path: str) -> Input:
        """What a pipe gives, as `<(command)` makes one."""
        try:
            with open(path, "rb") as stream:
                _refuse_device(stream, path)
                return self._spooled(stream, os.path.basename(path), path)
        except OSError as error:
            raise InputError(f"{path}: cannot be read ({error.strerror}); check it and its permissions") from error

    def _spooled(self, stream: BinaryIO, name: str, label: str, path: str | None = None, named: bool = True) -> Input:
        """A stream that gives its bytes only once, kept in a temporary file so that it can be opened again."""
        size = 0
        try:
            spool = self._temporary()
            with open(spool, "wb") as into:
                while chunk := _read(stream, _CHUNK, label):
                    size += len(chunk)
                    if size > MAX_PIPED:
                        raise InputError(f"{label}: gives more than {MAX_PIPED // 1024**3} GB; refused")
                    into.write(chunk)
        except OSError as error:
            raise _not_kept(label, error) from error
        return Input(name, label, lambda: open(spool, "rb"), size, path, named)

    def _downloaded(self, url: str) -> Input:
        http.check(url)
        shown = http.redacted(url)
        try:
            spool = self._temporary()
            with open(spool, "wb") as into:
                name, size = http.fetch(url, into)
        except OSError as error:
            raise _not_kept(shown, error) from error
        return Input(name, shown, lambda: open(spool, "rb"), size, shown)

    def _fetched(self, source: str) -> Input:
        """What the API of the Organisation Data Service answers."""
        from importers.ods_api.fetcher import Fetcher  # the checks of records, wanted only by who asks the API

        if self._fetcher is None:
            fetcher = Fetcher(self._temporary, self._since)
            if self._on_fetch is not None:
                fetcher.on_fetch = self._on_fetch
            self._fetcher = self._stack.enter_context(fetcher)
        try:
            return self._fetcher.fetch(source)
        except OSError as error:
            raise _not_kept(source, error) from error

    def _temporary(self) -> str:
        """A new temporary file, removed when the context ends."""
        if self._temporaries is None:
            self._temporaries = self._stack.enter_context(scratch_folder())
        handle, name = tempfile.mkstemp(dir=self._temporaries)
        os.close(handle)
        return name


def _file(path: str, named: bool) -> Input:
    return Input(
        os.path.basename(path), path, lambda: open(path, "rb"), os.stat(path).st_size, os.path.abspath(path), named
    )


def _unusable(path: str) -> str | None:
    """Why a file that was come across is not read, None where it is."""
    if os.path.basename(path).startswith("."):
        return "hidden"
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    return None if stat.S_ISREG(mode) else "is not a regular file"


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
    return InputError(f"{label}: cannot be kept while it is read ({reason}); check the space for temporary files")


def _read(stream: BinaryIO, size: int, label: str) -> bytes:
    try:
        return stream.read(size)
    except OSError as error:
        raise InputError(
            f"{label}: cannot be read ({error.strerror or error}); check it and its permissions"
        ) from error
