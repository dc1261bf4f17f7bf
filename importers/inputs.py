"""From what a user names (files, folders, globs, zips, URLs, `ods:CODE`, `-`) to the inputs that importers read.

What a folder or zip holds beside data (hidden files, dead links, zips too deep) is listed as skipped with its
reason; what the user names and is not there is an error.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import replace
from glob import has_magic
from types import TracebackType
from typing import BinaryIO, Self

from db.errors import InputError
from importers import http
from importers.archives import ZipLimits, is_office, is_zip, members, open_zip
from importers.base import Input, Skipped, unreadable
from importers.http import OnFetch
from importers.limits import USUAL, Limits
from importers.ods_api.addresses import is_asked
from importers.paths import ANY_DEPTH, file_input, matching, unusable
from importers.streams import KeptStreams, read_some


class Inputs:
    """The inputs that some source arguments stand for, and what was passed over; a context, for its temporary files."""

    def __init__(
        self,
        sources: Iterable[str],
        limits: ZipLimits | None = None,
        stdin: BinaryIO | None = None,
        since: str | None = None,
        on_fetch: OnFetch | None = None,
        allowed: Limits = USUAL,
    ) -> None:
        self._sources = tuple(sources)
        self._allowed = allowed.of_an_import()
        self._limits = limits or ZipLimits()
        self._streams = KeptStreams(stdin, since, on_fetch)
        self._seen: set[str] = set()
        self.skipped: list[Skipped] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._streams.close()

    def __iter__(self) -> Iterator[Input]:
        """Each input once, in the order given, folders and zips by name.

        Raises `InputError` for what is named and cannot be read, `UsageError` for URLs that are not fetched.
        """
        for source in self._sources:
            for found in self._expand(source):
                yield replace(found, limits=self._allowed)

    def _expand(self, source: str) -> Iterator[Input]:
        if source == "-":
            if self._is_new("-", "stdin"):
                yield from self._opened(self._streams.stdin())
        elif is_asked(source):
            if self._is_new(source.lower(), source):
                yield self._streams.answers(source)
        elif http.is_url(source):
            if self._is_new(source, http.redacted(source)):
                yield from self._opened(self._streams.download(source))
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
            raise unreadable(source, error) from error
        if stat.S_ISDIR(mode):
            yield from self._folder(source)
        elif stat.S_ISREG(mode):
            if self._is_new(os.path.realpath(source), source):
                yield from self._opened(file_input(source, named=True))
        else:
            yield from self._opened(self._streams.pipe(source))

    def _folder(self, folder: str) -> Iterator[Input]:
        """All files below a folder, sorted; links to folders are not followed, so that no loop is endless."""
        found = False

        def failed(error: OSError) -> None:
            if error.filename == folder:
                raise unreadable(folder, error)
            self.skipped.append(Skipped(str(error.filename), f"cannot be read ({error.strerror})"))

        for where, folders, files in os.walk(folder, onerror=failed):
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
        reason = unusable(path)
        if reason:
            self.skipped.append(Skipped(path, reason))
            return
        if not self._is_new(os.path.realpath(path), path):
            return
        try:
            yield from self._opened(file_input(path, named=False))
        except InputError as error:
            self.skipped.append(Skipped(path, str(error).removeprefix(f"{path}: ")))

    def _opened(self, source: Input) -> Iterator[Input]:
        """An input as it is, or what is in it where it is a zip."""
        with source.open() as stream:
            head = read_some(stream, 8, source.label)
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
                head = read_some(stream, 8, member.label)
            if not is_zip(head):
                yield member
            elif nested:
                self.skipped.append(Skipped(member.label, "a zip in a zip in a zip"))
            elif (member.size or 0) > self._limits.nested_bytes:
                self.skipped.append(Skipped(member.label, "a zip in a zip, too large to unpack"))
            else:
                with member.open() as stream:
                    inner = self._streams.keep(stream, member.name, member.label, path=member.path, named=False)
                yield from self._unzipped(inner, nested=True)
