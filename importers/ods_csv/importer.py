"""The importers of the ODS lists, told by their content: here those of organisations, and what all of them share."""

from __future__ import annotations

from dataclasses import dataclass

from db.statements import Reading
from importers.base import Guess, Input, ReadOptions, Sample
from importers.ods_csv.families import lists
from importers.ods_csv.reading import read
from importers.ods_csv.recognise import guess


@dataclass(frozen=True, slots=True)
class OdsLists:
    """Meets `importers.base.Importer`; it answers for some of the lists, and reads whichever of them it is given."""

    name: str
    describes: str
    extensions: tuple[str, ...] = ("csv",)

    def sniff(self, sample: Sample) -> Guess | None:
        """Judge by rows, never by the file's name."""
        known = lists()
        titles = {"epcmem": known.epcmem_title, "egpam": known.egpam_title}
        if self.name in titles:
            return guess(sample, (self.name,), titles[self.name])
        return guess(sample, tuple(known.families))

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """Read it; see `importers.ods_csv.reading`."""
        return read(source, options)


importer = OdsLists(
    "ods-csv",
    "ODS lists without headings: etr, epraccur, eccg, ebranchs, epharmacyhq; 27 columns, or 24 in old exports",
)
