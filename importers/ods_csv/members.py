"""The importer of epcmem, the history of which practice belonged to which commissioner."""

from __future__ import annotations

from importers.ods_csv.importer import OdsLists

importer = OdsLists(
    "epcmem", "ODS memberships of practices in commissioners with the days they joined and left (epcmem); 6 columns"
)
