"""The contract between importers and whatever runs them: what one is shown, what it answers, what it may be asked.

An importer is any object with the attributes of `Importer`, found through the entry points `interlock.importers`. It
is a pure function from an `Input` to a `db.statements.Reading`; it never touches the database and knows no screen.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol, runtime_checkable

from db.errors import InputError
from db.statements import Reading
from importers.limits import USUAL, Limits
from importers.text import peek

SAMPLE_BYTES = 64 * 1024
"""How much of an input an importer sees before it is chosen."""

MAX_WHOLE_BYTES = 512 * 1024 * 1024
"""The most that `Input.read_bytes` holds in memory; larger inputs have to be streamed through `open`."""
_CHUNK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Sample:
    """The start of an input, which is all that recognising it may use."""

    name: str
    """The file's own name (`etr.csv`), for its ending and for messages; content decides before a name does."""
    head: bytes
    """Its first bytes, at most `SAMPLE_BYTES`."""
    text: str
    """The same decoded leniently (BOM aware UTF-8, UTF-16 with a BOM, else Windows-1252); may end inside a line."""
    size: int | None
    """Bytes in all, None where unknown."""

    @property
    def whole(self) -> bool:
        """Whether `head` is all there is."""
        return self.size is not None and self.size <= len(self.head)

    @property
    def extension(self) -> str:
        """The name's ending in lower case without the dot, empty where there is none."""
        return os.path.splitext(self.name)[1].lstrip(".").lower()


@dataclass(frozen=True, slots=True)
class Guess:
    """How sure an importer is that an input is its own (0 to 1, 1 is certain) and by what it knows, in a few words."""

    score: float
    why: str
    question: str | None = None
    """What keeps it from being read until the user says more, as the rest of a line that starts with the input and
    ends with what to do; None where nothing does."""


BY_MAPPING = "`interlock map FILE > mine.yaml` drafts a mapping for a table, to be corrected and named by --map"
"""How to go on with a table that nobody knows."""


def unreadable(label: str, error: OSError) -> InputError:
    """Return the error to raise for what cannot be read."""
    return InputError(f"{label}: cannot be read ({error.strerror or error}); check it and its permissions")


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to import, which can be opened as often as needed: a file, a member of a zip, a download or stdin."""

    name: str
    """The file's own name, such as `etr-2025-07.csv`; `stdin` where there is none."""
    label: str
    """What messages call it: the path as the user gave it, `drop.zip: etr.csv`, or a URL without its secrets."""
    opener: Callable[[], BinaryIO] = field(repr=False)
    size: int | None = None
    path: str | None = None
    """Where it came from, as evidence keeps it: an absolute path, with ` › member` for one in a zip, a URL, or None."""
    named: bool = True
    """Whether the user named this very thing; False where a folder, a glob or a zip brought it along."""
    parts: tuple[Input, ...] = ()
    """The files that are one thing together, where an importer gathered them; it is opened as the first of them."""
    limits: Limits = USUAL
    """What reading it may take."""

    def open(self) -> BinaryIO:
        """Open it from its start, in binary. Raises `InputError` where it cannot be read."""
        try:
            return self.opener()
        except OSError as error:
            raise unreadable(self.label, error) from error

    def chunks(self) -> Iterator[bytes]:
        """All of it, some at a time; raises `InputError` where reading fails."""
        try:
            with self.open() as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except OSError as error:
            raise unreadable(self.label, error) from error

    def digest(self) -> str:
        """The SHA-256 of all of it."""
        digest = hashlib.sha256()
        for chunk in self.chunks():
            digest.update(chunk)
        return digest.hexdigest()

    def read_bytes(self, limit: int = MAX_WHOLE_BYTES, advice: str = "the most this format may be") -> bytes:
        """All of it at once; raises `InputError` beyond `limit` bytes, told with `advice`, or where reading fails."""
        too_large = f"{self.label}: is larger than {limit // (1024 * 1024)} MB, {advice}"
        if (self.size or 0) > limit:
            raise InputError(too_large)
        try:
            with self.open() as stream:
                data = self._read_up_to(stream, limit + 1)
        except OSError as error:
            raise unreadable(self.label, error) from error
        if len(data) > limit:
            raise InputError(too_large)
        return data

    def _read_up_to(self, stream: BinaryIO, most: int) -> bytes:
        """Its first `most` bytes. Reading takes as much memory as it is asked for at once, not as much as there is."""
        parts: list[bytes] = []
        wanted = min(most, (self.size or 0) + 1)
        while wanted > 0 and (part := stream.read(wanted)):
            parts.append(part)
            most -= len(part)
            wanted = min(most, _CHUNK)
        return parts[0] if len(parts) == 1 else b"".join(parts)

    def sample(self) -> Sample:
        """Its start, for recognising its format."""
        try:
            with self.open() as stream:
                head = stream.read(SAMPLE_BYTES)
        except OSError as error:
            raise unreadable(self.label, error) from error
        return Sample(self.name, head, peek(head), self.size)


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something that was there and was passed over, and why."""

    label: str
    reason: str


class IrregularError(Exception):
    """What is given by the batch turns out to be written otherwise, and has to be read again row by row."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What the user said about an input; an importer ignores what does not concern it."""

    published: str | None = None
    """The vintage as given with `--published`, in the EDTF subset; overrides what the file or its name tells."""
    map_file: str | None = None
    """The mapping given with `--map`."""
    named: bool = False
    """Whether the user named the format with `--as`, so that it is read even where its rows tell little."""
    hidden: bool = False
    """Whether hidden sheets, and rows hidden by hand, are taken too."""
    batches: bool | None = None
    """Whether rows are given by the batch too (`Reading.batched`) where the format can; None where they are many."""


@runtime_checkable
class Importer(Protocol):
    """One format. `read` may be lazy: rows are made while they are asked for.

    `Reading.rows` with a `__len__` lets progress show the time left.
    """

    @property
    def name(self) -> str:
        """What `--as` and `formats` call it, such as `ods-csv`."""

    @property
    def describes(self) -> str:
        """One sentence for `formats`."""

    @property
    def extensions(self) -> tuple[str, ...]:
        """Usual endings without the dot; a hint for people, not what decides."""

    def sniff(self, sample: Sample) -> Guess | None:
        """How well the input fits, None where it does not at all. Must not raise for any bytes."""

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """What the input says. Raises `InputError` where it is not in this format at all."""


@runtime_checkable
class Gatherer(Protocol):
    """An importer for which several inputs may be one thing, such as the two files of a release."""

    def gather(self, sources: Sequence[Input]) -> tuple[list[Input], list[Skipped]]:
        """The inputs to read, those that belong together as one with `parts`, and those passed over with the reason.

        Raises `InputError` where they contradict one another.
        """
