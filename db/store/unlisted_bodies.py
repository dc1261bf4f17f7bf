"""Bodies that a list of another series has no longer, where their names stand on another body: as if dropped by it.

Until a person says whether they have closed.
"""

from __future__ import annotations

import json

from db.store.changelog import Changelog

RULE = "no-longer-listed"


def unlisted_bodies(changelog: Changelog) -> dict[str, str]:
    """Return by the keys of bodies the keys of the lists that have them no longer."""
    rows = changelog.connection.execute(
        "SELECT what, candidates FROM suggestion WHERE rule = ? AND state = 'open'", (RULE,)
    )
    found = {what.partition(" ")[0]: json.loads(candidates) for what, candidates in rows}
    return {key: candidates[0]["list"] for key, candidates in found.items() if candidates}
