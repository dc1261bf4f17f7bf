"""The importer of egpam, the monthly amendments of practices and practitioners: a change file, not a full list."""

from __future__ import annotations

from db.statements import Reading
from importers.base import Guess, Input, ReadOptions, Sample
from importers.ods_csv.families import lists
from importers.ods_csv.reading import read
from importers.ods_csv.recognise import guess


class Amendments:
    """Meets `importers.base.Importer`; reads whichever of the ODS lists it is given."""

    name = "egpam"
    describes = "ODS monthly amendments (egpam): practices are applied as changes, practitioners refused; 27 columns"
    extensions = ("csv",)

    def sniff(self, sample: Sample) -> Guess | None:
        """Judge by rows, never by the file's name."""
        return guess(sample, ("egpam",), lists().egpam_title)

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """Read it; see `importers.ods_csv.reading`."""
        return read(source, options)


importer = Amendments()
