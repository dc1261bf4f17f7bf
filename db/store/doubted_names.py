"""Which names of a record are left out because they are another's official ones, until a person says otherwise."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import replace

from db.store.changelog import Changelog
from db.store.resolve_names import same_name
from db.store.sourced import Sourced

RULE = "name-of-another"
SETTLED = "name-of-predecessor"
"""The rule of what needs no question: whose name it is, is known."""
ALIASES = ("as-written", "short", "trading")
"""Kinds of names that may be another's by mistake; former names are told as such, and acronyms are shared."""
DOUBTFUL = (*ALIASES, "acronym")
"""Kinds of names that may be another's where they stand beside its official one."""


def without_doubted(said: Sequence[Sourced], doubted: Collection[str]) -> Sequence[Sourced]:
    """Leave out names that are another's, unless a source gives one as official or as a former name."""
    if not doubted:
        return said
    sure = {same_name(one.name) for spoken in said for one in spoken.statement.names if one.kind not in DOUBTFUL}
    left_out = {name for name in doubted if name not in sure}

    def cleared(spoken: Sourced) -> Sourced:
        names = spoken.statement.names
        kept = tuple(one for one in names if same_name(one.name) not in left_out)
        return spoken if len(kept) == len(names) else replace(spoken, statement=replace(spoken.statement, names=kept))

    return [cleared(spoken) for spoken in said]


def doubted_names(changelog: Changelog) -> dict[int, set[str]]:
    """Return by record the names that are left out until a person says otherwise."""
    found: dict[int, set[str]] = {}
    for record, candidates in changelog.connection.execute(
        "SELECT record_id, candidates FROM suggestion WHERE rule IN (?, ?) AND state <> 'accepted'", (RULE, SETTLED)
    ):
        found.setdefault(record, set()).add(same_name(json.loads(candidates)[0]["as"]))
    return found
