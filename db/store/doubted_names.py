"""Which names of a record are left out because they are another's official ones, until a person says otherwise.

What a row says of a body whose code it gives beside no name but another's waits with the name: it may speak of either.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
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


def without_doubted(said: Sequence[Sourced], doubted: Mapping[str, str]) -> Sequence[Sourced]:
    """Leave out names that are another's, by the rule of each, unless a source gives one as official or as a former
    name; with names that a person is asked about, what is said under no other name.
    """
    if not doubted:
        return said
    sure = {same_name(one.name) for spoken in said for one in spoken.statement.names if one.kind not in DOUBTFUL}
    left_out = {name: rule for name, rule in doubted.items() if name not in sure}

    def cleared(spoken: Sourced) -> Sourced:
        statement = spoken.statement
        kept = tuple(one for one in statement.names if same_name(one.name) not in left_out)
        if len(kept) == len(statement.names):
            return spoken
        if not kept and any(left_out[same_name(one.name)] == RULE for one in statement.names):
            statement = replace(statement, links=(), facts=(), events=())
        return replace(spoken, statement=replace(statement, names=kept))

    return [cleared(spoken) for spoken in said]


def doubted_names(changelog: Changelog) -> dict[int, dict[str, str]]:
    """Return by record the names that are left out until a person says otherwise, with the rule of each question."""
    found: dict[int, dict[str, str]] = {}
    for record, rule, candidates in changelog.connection.execute(
        "SELECT record_id, rule, candidates FROM suggestion WHERE rule IN (?, ?) AND state <> 'accepted'",
        (RULE, SETTLED),
    ):
        found.setdefault(record, {})[same_name(json.loads(candidates)[0]["as"])] = rule
    return found
