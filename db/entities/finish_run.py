"""What is decided when all sources of a run are taken, since it depends on all that the register holds.

The search index is brought up to date in between, because names are looked up in it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from functools import partial

from db.entities.aliases import ask_about_names, with_aliases
from db.entities.closings import close_passed_on
from db.entities.leads import ask_for_leads
from db.entities.match import Called, match_names
from db.entities.one_body import join_one_bodies
from db.entities.openings import open_followers
from db.entities.removal import forget_answered
from db.entities.same_code import merge_same_codes
from db.entities.unlisted import ask_about_unlisted
from db.number_set import NumberSet
from db.search import write
from db.search.made_rows import MadeRows
from db.search.rewrite import rewrite
from db.store.changelog import Changelog
from db.store.identity import RecordIndex, VocabularyIndex
from db.store.projection import Projection
from db.store.sources import SourceIndex

_FEW = 2_000
"""Records touched by a run up to which only what has to do with them is looked at."""


def finish_run(
    projection: Projection, touched: Collection[int], filling: write.Filling | None, gone: Collection[Called] = (),
    anew: bool = False, made: MadeRows | None = None,
) -> None:  # fmt: skip
    """Join what has one code, index what a run touched, set aside names of others, match names without codes, and close
    bodies that passed on and open those that follow them.

    Where there is a `filling`, much of the register is new, and any name may mean another record since. Where a list of
    all there are may weigh more or less than before, what it tells of is looked at `anew`.
    `gone` are names that touched records have no more; `made` has what the index holds of some of these.
    """
    changelog, records = projection.changelog, projection.records
    changelog.flush()
    put_off = filling.put_off if filling is not None else frozenset()
    touched = NumberSet(touched)
    touched |= records.called_anew()
    since = NumberSet()
    if touched or put_off:
        since |= join_one_bodies(projection)
        since |= merge_same_codes(projection, touched | since)
        since |= records.called_anew()
    touched |= since
    # Whether a body has closed decides which one a name means.
    everywhere = anew or filling is not None
    since |= close_passed_on(projection, _near(touched, everywhere))
    touched |= since
    since |= open_followers(projection, _near(touched, everywhere))
    touched |= since
    if made is not None:
        made.discard(since)
    if filling is not None:
        filling.finish(touched | changelog.relinked())
        touched |= put_off | with_aliases(changelog)
    else:
        _index(projection, touched, made)
    changed = NumberSet(ask_about_names(projection, touched))
    changed |= ask_about_unlisted(projection)
    if changed:
        _index(projection, changed)
    touched |= changed
    matched = match_names(projection, touched, filling is not None, gone)
    if matched:
        changelog.flush()
        _index(projection, matched)
        # Whoever is meant by a name has further names since.
        _index(projection, ask_about_names(projection, matched))
        followed = close_passed_on(projection, _near(matched))
        followed |= open_followers(projection, _near({*matched, *followed}))
        followed |= ask_about_unlisted(projection)
        _index(projection, followed)
        touched |= matched
        touched |= followed
    ask_for_leads(changelog, touched)
    forget_answered(changelog)


def finish_undo(connection: sqlite3.Connection, run: int, touched: Collection[int], gone: Collection[Called]) -> bool:
    """Index some records, and conclude about them as a part of `run`; return whether the register is another since.

    Then it did not stand as imports would have left it, and the caller has to take everything back.
    """
    changelog = Changelog(connection, run)
    records = RecordIndex(changelog)
    sources = SourceIndex(changelog, records)
    projection = Projection(changelog, records, sources, VocabularyIndex(changelog))
    finish_run(projection, touched, None, gone, anew=True)
    return changelog.changed


def _near(touched: Collection[int], everywhere: bool = False) -> Collection[int] | None:
    """Return the records near which what follows from others is looked for; None is everywhere."""
    return None if everywhere or len(touched) > _FEW else touched


def _index(projection: Projection, changed: Collection[int], made: MadeRows | None = None) -> None:
    changelog = projection.changelog
    changelog.flush()
    wanted = NumberSet(changed)
    wanted |= changelog.relinked()
    wanted |= projection.records.called_anew()
    conn = changelog.connection
    write.reindex(conn, wanted, None if made is None else partial(rewrite, conn, made))
