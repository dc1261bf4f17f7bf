"""The importer of the ODS lists of organisations, told by their content: etr, epraccur, eccg, ebranchs, epharmacyhq."""

from __future__ import annotations

from db.statements import Reading
from importers.base import Guess, Input, ReadOptions, Sample
from importers.ods_csv.families import lists
from importers.ods_csv.reading import read
from importers.ods_csv.recognise import guess


class OdsCsv:
    """Meets `importers.base.Importer`; reads whichever of the ODS lists it is given."""

    name = "ods-csv"
    describes = (
        "ODS lists without headings: etr, epraccur, eccg, ebranchs, epharmacyhq; 27 columns, or 24 in old exports"
    )
    extensions = ("csv",)

    def sniff(self, sample: Sample) -> Guess | None:
        """Judge by rows, never by the file's name."""
        return guess(sample, tuple(lists().families))

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """Read it; see `importers.ods_csv.reading`."""
        return read(source, options)


importer = OdsCsv()
