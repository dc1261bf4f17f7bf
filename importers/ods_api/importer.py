"""The importer of what was fetched from the API, told by the heading that the fetching gave it."""

from __future__ import annotations

from db.statements import Reading
from importers.base import Guess, Input, ReadOptions, Sample
from importers.ods_json.importer import FETCHED


class OdsApi:
    """Meets `importers.base.Importer`."""

    name = "ods-api"
    describes = "the ORD API of the Organisation Data Service: import ods:CODE, or import ods-api --since DATE"
    extensions = ("jsonl",)

    def sniff(self, sample: Sample) -> Guess | None:
        """Certain by its heading."""
        return Guess(1.0, "it was fetched from the ORD API") if sample.text.startswith(FETCHED) else None

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """Read it; see `importers.ods_api.source`."""
        from importers.ods_api.source import read  # 10 ms, wanted only for reading

        return read(source, options)


importer = OdsApi()
