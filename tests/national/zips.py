"""Writing a release as the zip that is fetched: two zips within one, each with one file of XML."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

from tests.national.markup import document
from tests.national.things import File

STAMP = (2026, 8, 28, 0, 0, 0)


def inner_name(file: File) -> str:
    """What the XML of a file is called."""
    return f"HSCOrgRefData_{'Archive' if file.archive else 'Full'}_{file.published.replace('-', '')}.xml"


def release(path: Path, full: File, archive: File) -> Path:
    """Write a small release."""
    return outer(path, {"fullfile.zip": inner(full), "archive.zip": inner(archive)})


def inner(file: File) -> bytes:
    """A zip with one small file of a release."""
    return zipped({inner_name(file): document(file).encode()})


def zipped(members: dict[str, bytes]) -> bytes:
    """Any zip."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, STAMP), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def outer(path: Path, members: dict[str, bytes]) -> Path:
    """Write any zip to a file."""
    path.write_bytes(zipped(members))
    return path


def stream_release(path: Path, parts: Iterable[tuple[str, str, Iterator[str]]]) -> None:
    """Write a release of any size, given for each file the inner zip's name, the XML's name and its pieces."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for zip_name, xml_name, pieces in parts:
            with tempfile.TemporaryFile() as spool:
                _stream(spool, xml_name, pieces)
                spool.seek(0)
                with archive.open(zipfile.ZipInfo(zip_name, STAMP), "w", force_zip64=True) as member:
                    while chunk := spool.read(1024 * 1024):
                        member.write(chunk)


def _stream(spool: IO[bytes], name: str, pieces: Iterator[str]) -> None:
    entry = zipfile.ZipInfo(name, STAMP)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(spool, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open(entry, "w", force_zip64=True) as member:
            for piece in pieces:
                member.write(piece.encode())
