"""By which names of others people look for a body: those of what it alone came after, where its area was called so."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from itertools import chain

from db.parameters import id_list
from db.search.linked import SUCCESSORS


def came_after(conn: sqlite3.Connection, ids: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """Return the closed bodies of its own type that each of some records came after, where no other did."""
    pairs = conn.execute(SUCCESSORS.format("target_id"), (id_list(ids),)).fetchall() if ids else []
    heirs: defaultdict[int, set[int]] = defaultdict(set)
    for heir, before in conn.execute(SUCCESSORS.format("source_id"), (id_list({one for _, one in pairs}),)):
        heirs[before].add(heir)
    sql = "SELECT r.id, r.type FROM json_each(?) j JOIN record r ON r.id = j.value"
    types = dict(conn.execute(sql, (id_list({*heirs, *chain.from_iterable(heirs.values())}),)).fetchall())
    found: defaultdict[int, set[int]] = defaultdict(set)
    for heir, before in pairs:
        of_its_type = {one for one in heirs[before] if types.get(one) == types.get(before)}
        if of_its_type == {heir}:
            found[heir].add(before)
    return {heir: tuple(sorted(several)) for heir, several in found.items()}
