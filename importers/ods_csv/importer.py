"""The importers of the ODS lists, told by their content: organisations, memberships, and monthly amendments."""

from __future__ import annotations

from dataclasses import dataclass

from db.statements import Reading
from importers.base import Guess, Input, ReadOptions, Sample
from importers.ods_csv.lists import UNKNOWN, lists
from importers.ods_csv.recognise import EGPAM, PEOPLE, guess
from importers.ods_csv.source import read


@dataclass(frozen=True, slots=True)
class OdsLists:
    """Meets `importers.base.Importer`; it answers for some of the lists, and reads whichever of them it is given."""

    name: str
    describes: str
    extensions: tuple[str, ...] = ("csv",)

    def sniff(self, sample: Sample) -> Guess | None:
        """Judge by rows; the file's name decides only between lists that they fit alike."""
        known = lists()
        if self.name == EGPAM:
            return guess(sample, (EGPAM,), known.egpam_title)
        if self.name in known.memberships:
            return guess(sample, known.memberships, known.memberships[self.name].title)
        return guess(sample, (*known.organisations, UNKNOWN.name, PEOPLE), UNKNOWN.title)

    def read(self, source: Input, options: ReadOptions) -> Reading:
        """Read it; see `importers.ods_csv.source`."""
        return read(source, options)


importer = OdsLists(
    "ods-csv",
    "ODS lists of organisations and sites (etr, ets, epraccur, eccg and some forty more), in columns that all share",
)

memberships = OdsLists(
    "epcmem", "ODS memberships of practices in commissioners with the days they joined and left (epcmem); 6 columns"
)
"""Of the history of which practice belonged to which commissioner."""

amendments = OdsLists(
    "egpam", "ODS monthly amendments (egpam): practices are applied as changes, practitioners refused; 27 columns"
)
"""Of the monthly amendments of practices and practitioners: a change file, not a full list."""
