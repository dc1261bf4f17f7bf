"""The elements of a release, one at a time and never the whole file: entities, DTDs and the network stay out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree

from db.errors import InputError
from importers.base import SAMPLE_BYTES, Input
from importers.limits import RECORD_SIZE

_MOST_TAGS = 4096
WANTED = ("{*}Manifest", "{*}CodeSystems", "{*}Organisation")


class _Watched:
    """A stream that refuses to give more where nothing came of what it gave, so that no element fills the memory."""

    def __init__(self, stream: BinaryIO, source: Input) -> None:
        self._stream, self._source = stream, source
        self._most = source.limits.of(RECORD_SIZE)
        self.given = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes."""
        data = self._stream.read(size)
        self.given += len(data)
        if self.given > self._most:
            advice = self._source.limits.advice
            raise InputError(f"{self._source.label}: holds {self._most >> 20} MB without one organisation, {advice}")
        return data


def elements(source: Input) -> Iterator[etree._Element]:
    """The manifest, the code systems and the organisations in order; each is emptied when the next is asked for.

    Raises `InputError` where the file is no sound XML or declares entities or a document type.
    """
    with source.open() as stream:
        _refuse_doctype(stream.read(SAMPLE_BYTES).upper(), source)
    with source.open() as stream:
        watched = _Watched(stream, source)
        parser = etree.iterparse(
            watched, events=("end",), tag=WANTED, resolve_entities=False, no_network=True, load_dtd=False,
            dtd_validation=False, huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        try:
            looked = False
            for _, element in parser:
                if not looked and element.getroottree().docinfo.internalDTD is not None:
                    raise _doctype(source)
                looked = True
                watched.given = 0
                yield element
                element.clear()
                parent = element.getparent()
                if parent is not None:
                    del parent[: parent.index(element)]
        except etree.XMLSyntaxError as error:
            raise InputError(f"{source.label}: {_fault(error)}; fetch it again") from error
        except OSError as error:
            raise InputError(f"{source.label}: cannot be read ({error.strerror or error})") from error


def _refuse_doctype(head: bytes, source: Input) -> None:
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise _doctype(source)


def _doctype(source: Input) -> InputError:
    return InputError(f"{source.label}: declares a document type or entities, which a release never does; refused")


def _fault(error: etree.XMLSyntaxError) -> str:
    """What is wrong with the XML on one line, without what libxml2 shows of the file."""
    told = " ".join(str(error.msg or "it ends before it has begun").split())
    return f"is no sound XML ({told[:160]})"


class _BareNames(dict[str, str]):
    """Names of elements without their namespaces, by their tags."""

    def __missing__(self, tag: str) -> str:
        name = tag.rpartition("}")[2]
        if len(self) < _MOST_TAGS:
            self[tag] = name
        return name


BARE = _BareNames()


def value(element: etree._Element | None) -> str:
    """What an element says, in its attribute `value` or else as its text."""
    if element is None:
        return ""
    said: str = element.get("value") or element.text or ""
    return said.strip()
