"""What is decided when all sources of a run are taken, since it depends on all that the register holds.

The search index is brought up to date in between, because names are looked up in it.
"""

from __future__ import annotations

from collections.abc import Collection

from db.search import index
from db.writing.books import RecordBook, SourceBook
from db.writing.doubting import doubt_names, with_aliases
from db.writing.identifying import join_codes
from db.writing.ledger import Ledger
from db.writing.matching import match_names
from db.writing.materialise import Materialiser
from db.writing.unclear import ask_for_leads


def conclude(
    ledger: Ledger, records: RecordBook, sources: SourceBook, materialiser: Materialiser, touched: Collection[int],
    filling: index.Filling | None,
) -> None:  # fmt: skip
    """Join what has one code, index what a run touched, set aside names of others, and match names without codes.

    Where there is a `filling`, much of the register is new, and any name may mean another record since.
    """
    ledger.flush()
    put_off = filling.put_off if filling is not None else frozenset()
    joined = join_codes(ledger, records, sources, materialiser) if touched or put_off else ()
    touched = {*touched, *joined}
    if filling is not None:
        filling.finish(touched | ledger.relinked())
        touched |= put_off | with_aliases(ledger)
    else:
        _index(ledger, touched)
    changed = doubt_names(ledger, records, sources, materialiser, touched)
    if changed:
        _index(ledger, changed)
    matched = match_names(ledger, records, sources, materialiser, {*touched, *changed}, filling is not None)
    if matched:
        ledger.flush()
        _index(ledger, matched)
        # Whoever is meant by a name has further names since.
        _index(ledger, doubt_names(ledger, records, sources, materialiser, matched))
    ask_for_leads(ledger, {*touched, *changed, *matched})


def _index(ledger: Ledger, records: Collection[int]) -> None:
    index.reindex(ledger.connection, {*records, *ledger.relinked()})
