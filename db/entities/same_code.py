"""Records that only a code stands for, when another record turns out to have that code: they are one.

Whoever comes first, a list that knows a body by one code and a list that knows it by two speak of one record. Two that
are described are asked about, as long as both have the code.
"""

from __future__ import annotations

import json
from collections.abc import Collection

from db.crosswalk import bodies
from db.entities.merge import Merger
from db.entities.suggestions import SAME_CODE, add_suggestions
from db.store.changelog import Changelog
from db.store.matched_statements import Meant
from db.store.projection import Projection
from db.store.resolver import Resolver

_ASKED = f"""
SELECT s.id, s.record_id, s.what, s.candidates, r.key FROM suggestion s JOIN record r ON r.id = s.record_id
 WHERE s.rule = '{SAME_CODE}' AND s.state = 'open' ORDER BY s.what, r.key
"""


def merge_same_codes(projection: Projection, touched: Collection[int]) -> set[int]:
    """Join what is asked about as one code of two records where one of them is not described; return what changed.

    What is asked about touched records follows what they are now.
    """
    changelog, records = projection.changelog, projection.records
    changelog.flush()
    changed = _ask_anew(projection, touched)
    joiner = Merger(projection)
    moved: dict[int, None] = {}
    # An arrangement that has thousands of them is resolved once.
    for row, _, what, candidates, key in changelog.connection.execute(_ASKED).fetchall():
        (code,) = json.loads(candidates)
        target = records.find(key)
        own = _own(changelog, code) if code == what.partition(" ")[0] else None
        if own is None or target is None or target == own:
            continue
        changelog.delete("suggestion", row)
        if own in moved:
            changed |= joiner.resolve_moved(moved)
            moved.clear()
        moved.update(dict.fromkeys(joiner.move(code, own, Meant(key, inferred=False), target)))
        changed.add(own)
    changed |= joiner.resolve_moved(moved)
    for target, _, code in list(projection.declared):
        own = _own(changelog, code)
        meant = records.key(target)
        if own is not None and meant is not None and target != own:
            changed |= joiner.join(code, own, Meant(meant, inferred=False), target)
    return changed


def merge_crosswalked(projection: Projection) -> set[int]:
    """Join the records that a crosswalk has as one, which an older program made; return what changed."""
    records = projection.records
    projection.changelog.flush()
    changed: set[int] = set()
    joiner = Merger(projection)
    for body in bodies():
        first, *others = records.of_body(body) or (None,)
        key = None if first is None else records.key(first)
        for other in others:
            own = records.key(other)
            if first is not None and key is not None and own is not None:
                changed |= joiner.join(own, other, Meant(key, inferred=False), first)
    return changed


def _ask_anew(projection: Projection, touched: Collection[int]) -> set[int]:
    """Resolve the records that claim a code of another where either was touched; ask no more where that is over."""
    changelog, records = projection.changelog, projection.records
    concerned = {
        row: (record, what.partition(" ")[0])
        for row, record, what, candidates, _ in changelog.connection.execute(_ASKED).fetchall()
        if record in touched or (holder := records.find(json.loads(candidates)[0])) is None or holder in touched
    }
    if not concerned:
        return set()
    claimants = sorted({record for record, _ in concerned.values()})
    Resolver(projection).resolve(claimants)
    claimed = {*projection.conflicts, *((record, code) for record, _, code in projection.declared)}
    for row, claim in concerned.items():
        if claim not in claimed:
            changelog.delete("suggestion", row)
    add_suggestions(changelog, records, (), projection.conflicts)
    changelog.flush()
    return set(claimants)


def _own(changelog: Changelog, code: str) -> int | None:
    """Return the record that nothing but a code stands for."""
    row = changelog.connection.execute("SELECT id FROM record WHERE key = ? AND placeholder", (code,)).fetchone()
    return None if row is None else int(row[0])
