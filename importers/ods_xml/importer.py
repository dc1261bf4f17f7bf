"""The importer of the national XML release, told by the elements at its start."""

from __future__ import annotations

import re
from collections.abc import Sequence

from db.statements import Reading
from importers.base import Guess, Input, ReadOptions, Sample, Skipped

_ROOT = re.compile(r"refdata\.hscic\.gov\.uk/org/|<(?:[\w.-]+:)?OrgRefData\b")
_RECORD = re.compile(r"<(?:[\w.-]+:)?Organisation\s[^>]{0,200}\b(?:orgRecordClass|refOnly)\s*=")
_MANIFEST = re.compile(r"<(?:[\w.-]+:)?Manifest\b[^>]{0,200}>\s*<(?:[\w.-]+:)?Version\s")


class OdsXml:
    """Meets `importers.base.Importer` and `importers.base.Gatherer`."""

    name = "ods-xml"
    describes = "the national XML release of the Organisation Data Service: its zip, full file, archive or a part"
    extensions = ("zip", "xml")

    def sniff(self, sample: Sample) -> Guess | None:
        """Judge by root, manifest or first record."""
        text = sample.text.lstrip("\ufeff \t\r\n")
        if not text.startswith("<"):
            return None
        if _ROOT.search(text):
            return Guess(0.98, "it has the root element of the national release")
        if _RECORD.search(text):
            return Guess(0.9, "it has organisations as the national release writes them")
        if _MANIFEST.search(text):
            return Guess(0.6, "it has a manifest as the national release has it")
        return None

    def gather(self, sources: Sequence[Input]) -> tuple[list[Input], list[Skipped]]:
        """Full file and archive of one day are one release; see `importers.ods_xml.parts`."""
        from importers.ods_xml.parts import gather  # with lxml 13 ms, wanted only where there is something to read

        return gather(sources)

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """Read it; see `importers.ods_xml.source`."""
        from importers.ods_xml.source import read  # as above

        return read(source, options)


importer = OdsXml()
