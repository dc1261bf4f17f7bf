"""The importer of epcmem, the history of which practice belonged to which commissioner."""

from __future__ import annotations

from db.statements import Reading
from importers.base import Guess, Input, ReadOptions, Sample
from importers.ods_csv.families import lists
from importers.ods_csv.reading import read
from importers.ods_csv.recognise import guess


class Members:
    """Meets `importers.base.Importer`; reads whichever of the ODS lists it is given."""

    name = "epcmem"
    describes = "ODS memberships of practices in commissioners with the days they joined and left (epcmem); 6 columns"
    extensions = ("csv",)

    def sniff(self, sample: Sample) -> Guess | None:
        """Judge by rows, never by the file's name."""
        return guess(sample, ("epcmem",), lists().epcmem_title)

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """Read it; see `importers.ods_csv.reading`."""
        return read(source, options)


importer = Members()
