"""The importer of egpam, the monthly amendments of practices and practitioners: a change file, not a full list."""

from __future__ import annotations

from importers.ods_csv.importer import OdsLists

importer = OdsLists(
    "egpam", "ODS monthly amendments (egpam): practices are applied as changes, practitioners refused; 27 columns"
)
