"""The importer of ODS JSON, told by the names that its objects use."""

from __future__ import annotations

import re

from db.statements import Reading
from importers.base import Guess, Input, ReadOptions, Sample
from importers.ods_json.source import read

_FHIR = re.compile(r'"resourceType"\s*:\s*"(Organization|Bundle|OperationOutcome)"')
_ORGANIZATION = re.compile(r'"resourceType"\s*:\s*"Organization"|Id/ods-organization-code')
_RECORD = re.compile(r'"OrgId"\s*:\s*\{[^{}]{0,200}"extension"\s*:')
_LISTED = re.compile(r'"Organisations"\s*:\s*[\[{]')
_LINE = re.compile(r'"OrgId"\s*:\s*"|"OrgLink"\s*:\s*"')
_SUMMARY = re.compile(r'"PrimaryRole(?:Id|Description)"\s*:\s*"')
_REFUSAL = re.compile(r'[{,]\s*"error(?:Code|Text)"\s*:')
_HOW_FAR = 8192
"""How far in a file its first object says what it is."""

FETCHED = '{"interlock":"ods-api/'
"""How a text begins that was fetched from the API here, which `importers.ods_api` reads."""


class OdsJson:
    """Meets `importers.base.Importer`."""

    name = "ods-json"
    describes = (
        "answers of the APIs of the Organisation Data Service, in JSON: ORD records and searches, FHIR of STU3 and R4"
    )
    extensions = ("json", "jsonl")

    def sniff(self, sample: Sample) -> Guess | None:
        """Judge by the names in its first objects."""
        text = sample.text.lstrip("\ufeff \t\r\n")
        if not text.startswith(("{", "[")) or text.startswith(FETCHED):
            return None
        start = text[:_HOW_FAR]
        resource = _FHIR.search(start)
        if resource and (resource[1] != "Bundle" or _ORGANIZATION.search(text)):
            return Guess(0.96, f"it is a FHIR {resource[1]}")
        if _RECORD.search(start):
            return Guess(0.96, "it has a record as the ORD API writes them")
        if _LINE.search(start) and (_LISTED.search(start) or _SUMMARY.search(start)):
            return Guess(0.94, "it has lines of an ORD search")
        if resource:
            return Guess(0.5, "it is a FHIR Bundle")
        if _LISTED.search(start) or (_REFUSAL.search(start) and sample.whole):
            return Guess(0.4, "it is what the ORD API answers when there is nothing")
        return None

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """Read it; see `importers.ods_json.source`."""
        return read(source, options)


importer = OdsJson()
