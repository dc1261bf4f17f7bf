"""What reading the register returns: frozen dataclasses and named tuples, safe to hand to any thread and to scripts.

Text in them is as the source wrote it and may be hostile; whoever prints it makes it safe first. Dates are text in the
EDTF subset of `db.dates`; None is unknown. `evidence` holds ids of the `Evidence` listed beside them.

Each class is loaded when it is first asked for, because making all of them takes longer than reading a record.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False
if TYPE_CHECKING:
    from db.models.brief import Brief as Brief
    from db.models.diffs import Change as Change
    from db.models.diffs import Changed as Changed
    from db.models.diffs import Diff as Diff
    from db.models.diffs import Thing as Thing
    from db.models.diffs import Undone as Undone
    from db.models.record import Address as Address
    from db.models.record import Event as Event
    from db.models.record import Evidence as Evidence
    from db.models.record import Fact as Fact
    from db.models.record import Identifier as Identifier
    from db.models.record import Link as Link
    from db.models.record import Name as Name
    from db.models.record import Record as Record
    from db.models.record import SourceRef as SourceRef
    from db.models.record import Value as Value
    from db.models.results import Hit as Hit
    from db.models.results import Match as Match
    from db.models.results import Results as Results
    from db.models.runs import LinkPage as LinkPage
    from db.models.runs import Reject as Reject
    from db.models.runs import Run as Run
    from db.models.runs import SourceInfo as SourceInfo
    from db.models.runs import SourceReport as SourceReport
    from db.models.runs import Stats as Stats
    from db.models.runs import Table as Table
    from db.models.runs import Term as Term
    from db.models.suggestions import Candidate as Candidate
    from db.models.suggestions import Suggestion as Suggestion

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
