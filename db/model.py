"""What reading the register returns: frozen dataclasses and named tuples, safe to hand to any thread and to scripts.

Text in them is as the source wrote it and may be hostile; whoever prints it makes it safe first. Dates are text in the
EDTF subset of `db.dates`; None is unknown. `evidence` holds ids of the `Evidence` listed beside them.

Each class is loaded when it is first asked for, because making all of them takes longer than reading a record.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from db.model import Address as Address
    from db.model import Event as Event
    from db.model import Evidence as Evidence
    from db.model import Fact as Fact
    from db.model import Identifier as Identifier
    from db.model import Link as Link
    from db.model import LinkPage as LinkPage
    from db.model import Name as Name
    from db.model import Record as Record
    from db.model import SourceRef as SourceRef
    from db.model import Thing as Thing
    from db.model import Value as Value
    from db.reports import Candidate as Candidate
    from db.reports import Change as Change
    from db.reports import Changed as Changed
    from db.reports import Diff as Diff
    from db.reports import Reject as Reject
    from db.reports import Run as Run
    from db.reports import SourceInfo as SourceInfo
    from db.reports import SourceReport as SourceReport
    from db.reports import Stats as Stats
    from db.reports import Suggestion as Suggestion
    from db.reports import Table as Table
    from db.reports import Term as Term
    from db.reports import Undone as Undone
    from db.results import Brief as Brief
    from db.results import Hit as Hit
    from db.results import Match as Match
    from db.results import Results as Results

_HOMES = {
    "brief": ("Brief",),
    "diffs": ("Change", "Changed", "Diff", "Undone"),
    "record": (
        "Value",
        "Name",
        "Identifier",
        "Fact",
        "Link",
        "Event",
        "SourceRef",
        "Evidence",
        "Address",
        "Record",
    ),
    "results": ("Match", "Hit", "Results"),
    "runs": ("LinkPage", "Term", "SourceInfo", "SourceReport", "Reject", "Run", "Stats", "Table"),
    "suggestions": ("Candidate", "Suggestion"),
}
_MODULES = {name: f"db.models.{home}" for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load the module that holds `name`."""
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found: object = getattr(import_module(_MODULES[name]), name)
    globals()[name] = found
    return found
