"""Opening zips without trusting them: limits on members, sizes and ratio, no paths out, nested zips one level deep."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, BinaryIO, cast

from db.errors import InputError
from importers.base import Input, Skipped
from importers.detect import describe

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
LONGEST_NAME = 500
"""Characters of a member's name with its folders: twice as many as file systems take for the name alone."""
OFFICE_PARTS = ("[Content_Types].xml", "mimetype")
"""Members by which a workbook or document, itself a zip, is told from an archive."""


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """How much a zip may hold: some ten times a national release (1 GB of XML), none of which is unpacked to disk."""

    members: int = 2_000
    member_bytes: int = 8 * 1024**3
    total_bytes: int = 16 * 1024**3
    ratio: int = 300
    """Unpacked to packed; text of long repeats reaches 100, bombs 1,000 and more."""
    ratio_from: int = 64 * 1024**2
    """Members smaller than this unpacked may have any ratio: they do no harm."""
    nested_bytes: int = 1024**3
    """The largest zip inside a zip that is opened."""


class _Member(io.RawIOBase):
    """A member as it is unpacked, counted against its limit, since the sizes that a zip declares may lie."""

    def __init__(self, archive: zipfile.ZipFile, stream: IO[bytes], label: str, limit: int) -> None:
        self._archive, self._stream, self._label, self._left = archive, stream, label, limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._stream.read(len(view))
        except Exception as error:  # each way of packing raises errors of its own
            raise InputError(f"{self._label}: the zip is damaged here ({_short(error)}); fetch it again") from error
        self._left -= len(data)
        if self._left < 0:
            raise InputError(f"{self._label}: unpacks to more than its zip says; refused")
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._archive.close()
        super().close()


class _Archive(zipfile.ZipFile):
    """A zip that closes the stream it reads, which `zipfile` leaves to whoever opened it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        super().__init__(stream)

    def close(self) -> None:
        super().close()
        self._stream.close()


class _KnownArchive(_Archive):
    """A zip whose list of members was read before: reading it again for each of them takes time by their square."""

    def _RealGetContents(self) -> None:
        pass


def is_zip(head: bytes) -> bool:
    """Whether the bytes begin as a zip does."""
    return head.startswith(ZIP_STARTS)


def open_zip(source: Input) -> zipfile.ZipFile:
    """The zip in an input; raises `InputError`, saying what it is instead where it is none."""
    stream = source.open()
    try:
        return _Archive(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        stream.close()
        sample = source.sample()
        if is_zip(sample.head):
            raise InputError(
                f"{source.label}: the zip is damaged or cut short ({_short(error)}); fetch it again"
            ) from error
        raise InputError(f"{source.label}: is {describe(sample)}, not a zip; fetch it again") from error


def is_office(archive: zipfile.ZipFile) -> bool:
    """Whether a zip is a workbook or document rather than an archive of files."""
    return any(part in archive.NameToInfo for part in OFFICE_PARTS)


def members(source: Input, archive: zipfile.ZipFile, limits: ZipLimits) -> Iterator[Input | Skipped]:
    """The files in a zip in order of name, those that are not read with their reason; nothing is unpacked yet.

    Raises `InputError` for a zip that is too large, too many or too dense to be honest.
    """
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > limits.members:
        what = f"holds {len(entries):,} files, more than the {limits.members:,} allowed"
        raise InputError(f"{source.label}: {what}; unpack it and import the folder")
    total = sum(entry.file_size for entry in entries)
    if total > limits.total_bytes:
        what = f"unpacks to {_mb(total)}, more than the {_mb(limits.total_bytes)} allowed"
        raise InputError(f"{source.label}: {what}; unpack it and import the folder")
    for entry in sorted(entries, key=lambda entry: entry.filename):
        label = f"{source.label}: {_cut(entry.filename, LONGEST_NAME)}"
        reason = _refusal(entry, limits)
        yield Skipped(label, reason) if reason else _member(source, entry, label)


def _refusal(entry: zipfile.ZipInfo, limits: ZipLimits) -> str | None:
    """Why a member is not read, None where it is."""
    if len(entry.filename) > LONGEST_NAME:
        return f"its name is longer than {LONGEST_NAME} characters"
    parts = entry.filename.replace("\\", "/").split("/")
    if ".." in parts or parts[0] == "" or ":" in parts[0]:
        return "its path leads out of the zip"
    if any(part.startswith(".") for part in parts) or parts[0] == "__MACOSX":
        return "hidden"
    if entry.flag_bits & 0x1:
        return "encrypted"
    if entry.file_size > limits.member_bytes:
        return f"unpacks to {_mb(entry.file_size)}, more than the {_mb(limits.member_bytes)} allowed"
    if entry.file_size > limits.ratio_from and entry.file_size > limits.ratio * max(entry.compress_size, 1):
        return f"unpacks to more than {limits.ratio} times its size"
    return None


def _member(source: Input, entry: zipfile.ZipInfo, label: str) -> Input:
    def opener() -> BinaryIO:
        archive = _KnownArchive(source.open())
        try:
            stream = archive.open(entry)
        except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
            archive.close()
            raise InputError(f"{label}: cannot be unpacked ({_short(error)}); fetch it again") from error
        return io.BufferedReader(_Member(archive, stream, label, entry.file_size))

    path = f"{source.path} › {entry.filename}" if source.path else None
    return Input(posixpath.basename(entry.filename), label, opener, entry.file_size, path, named=False)


def _short(error: Exception) -> str:
    """What went wrong, without the bytes of the zip that the standard library quotes after it."""
    return _cut(" ".join(str(error).split()), 80)


def _cut(text: str, most: int) -> str:
    return f"{text[: most - 1]}…" if len(text) > most else text


def _mb(size: int) -> str:
    return f"{size // 1024**2:,} MB"
