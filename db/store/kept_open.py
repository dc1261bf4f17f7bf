"""Bodies that a person keeps open though they passed on: asked whether that was all of them, the person said no."""

from __future__ import annotations

import json

from db.store.changelog import Changelog

RULE = "passed-on"


def kept_open(changelog: Changelog) -> dict[str, set[str]]:
    """Return by the keys of bodies the days on which they passed on in part."""
    found: dict[str, set[str]] = {}
    for what, candidates in changelog.connection.execute(
        "SELECT what, candidates FROM suggestion WHERE rule = ? AND state = 'rejected'", (RULE,)
    ):
        found.setdefault(what.partition(" ")[0], set()).add(json.loads(candidates)[0]["on"])
    return found
