"""What is decided when all sources of a run are taken, since it depends on all that the register holds.

The search index is brought up to date in between, because names are looked up in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection

from db.search import write
from db.writing.books import RecordBook, SourceBook, WordBook
from db.writing.doubting import doubt_names, with_aliases
from db.writing.identifying import join_codes
from db.writing.ledger import Ledger
from db.writing.matching import Called, match_names
from db.writing.materialise import Materialiser
from db.writing.unclear import ask_for_leads


def conclude(
    ledger: Ledger, records: RecordBook, sources: SourceBook, materialiser: Materialiser, touched: Collection[int],
    filling: write.Filling | None, gone: Collection[Called] = (),
) -> None:  # fmt: skip
    """Join what has one code, index what a run touched, set aside names of others, and match names without codes.

    Where there is a `filling`, much of the register is new, and any name may mean another record since.
    `gone` are names that touched records have no more.
    """
    ledger.flush()
    put_off = filling.put_off if filling is not None else frozenset()
    touched = {*touched, *records.called_anew()}
    if touched or put_off:
        touched |= join_codes(ledger, records, sources, materialiser, touched)
        touched |= records.called_anew()
    if filling is not None:
        filling.finish(touched | ledger.relinked())
        touched |= put_off | with_aliases(ledger)
    else:
        _index(ledger, records, touched)
    changed = doubt_names(ledger, records, sources, materialiser, touched)
    if changed:
        _index(ledger, records, changed)
    matched = match_names(ledger, records, sources, materialiser, {*touched, *changed}, filling is not None, gone)
    if matched:
        ledger.flush()
        _index(ledger, records, matched)
        # Whoever is meant by a name has further names since.
        _index(ledger, records, doubt_names(ledger, records, sources, materialiser, matched))
    ask_for_leads(ledger, {*touched, *changed, *matched})


def conclude_anew(connection: sqlite3.Connection, run: int, touched: Collection[int], gone: Collection[Called]) -> bool:
    """Index some records, and conclude about them as a part of `run`; return whether the register is another since.

    Then it did not stand as imports would have left it, and the caller has to take everything back.
    """
    ledger = Ledger(connection, run)
    records = RecordBook(ledger)
    sources = SourceBook(ledger, records)
    conclude(ledger, records, sources, Materialiser(ledger, records, sources, WordBook(ledger)), touched, None, gone)
    return ledger.changed


def _index(ledger: Ledger, records: RecordBook, changed: Collection[int]) -> None:
    ledger.flush()
    write.reindex(ledger.connection, {*changed, *ledger.relinked(), *records.called_anew()})
