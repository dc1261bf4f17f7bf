"""The importer of the records format, as `import` and `formats` know it."""

from __future__ import annotations

import re

from db.statements import Reading
from importers.base import Guess, Input, ReadOptions, Sample
from importers.records.rows import read_records

_HEADER = re.compile(r"""(?:^|[{,\s])["']?format["']?\s*:\s*["']?interlock-records/""")
_HOW_FAR = 8192
"""The header of a file stands at its top; further down the words may be a quotation."""
_RECORD_LINE = re.compile(r'\s*\{.*"kind"\s*:\s*"(organisation|arrangement|person|site|document)"')


class RecordsImporter:
    """Reads files that people write by hand: YAML, JSON or JSONL."""

    name = "records"
    describes = "Organisations, arrangements, people, sites and documents written by hand, in YAML, JSON or JSONL"
    extensions = ("yaml", "yml", "json", "jsonl", "ndjson")

    def sniff(self, sample: Sample) -> Guess | None:
        """Certain where the header names the format; likely where a JSON line gives a kind of record and a key."""
        if _HEADER.search(sample.text[:_HOW_FAR]):
            return Guess(1.0, "its header says format: interlock-records")
        first = sample.text.lstrip("\ufeff \t\r\n").partition("\n")[0]
        if _RECORD_LINE.match(first) and ('"key"' in first or '"name"' in first):
            return Guess(0.6, "its first line is a JSON object with a kind of record")
        return None

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """What the file says. Raises `InputError` where it is not readable as a records file."""
        return read_records(source, options.published)


importer = RecordsImporter()
"""What the entry point names."""
