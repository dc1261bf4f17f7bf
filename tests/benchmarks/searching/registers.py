"""Registers to search in: a made-up country of any size, or files of the real one."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from db.connection import open_writing
from db.migrations import upgrade
from db.search.index import Filling
from db.search.rows import own_text
from db.search.told import type_labels
from tests.national.country import Country
from tests.national.names import PLACES, SURNAMES
from tests.national.things import Org

_AT_ONCE = 2000
_PLACES = {place: number for number, place in enumerate(PLACES)}
_SURNAMES = {name: number for number, name in enumerate(SURNAMES)}
_KEPT = "bench-made"


def country(folder: Path, organisations: int, seed: int, *, varied: bool, times: int = 1) -> Path:
    """Return a register of a made-up country, made unless an earlier run left it in `folder`.

    Where `times` is more than 1, each record is there again so often, under the names of other places and people.
    """
    path = folder / f"country-{organisations * times}-{seed}{'-varied' if varied else ''}.db"
    if not _is_whole(path):
        path.unlink(missing_ok=True)
        made = Country(organisations, seed, varied=varied)
        orgs = (org for archived in (False, True) for org in made.orgs(archived))
        _fill(path, (again for org in orgs for again in _again(org, times)))
    return path


def _again(org: Org, times: int) -> Iterator[Org]:
    """Yield a record, and the same at other places."""
    yield org
    words = org.name.split()
    for turn in range(1, times):
        moved = " ".join(_other(word, turn) for word in words)
        yield replace(org, code=f"{org.code}{turn}", name=moved)


def _other(word: str, turn: int) -> str:
    for known, listed in ((_PLACES, PLACES), (_SURNAMES, SURNAMES)):
        if word in known:
            return listed[(known[word] + turn * 811) % len(listed)]
    return word


def real(folder: Path, files: Iterable[Path]) -> Path:
    """Return a register of the files, imported anew."""
    path = folder / "real.db"
    path.unlink(missing_ok=True)
    command = (sys.executable, "-m", "tui.cli", "import", "--db", str(path), *map(str, files))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"the real files could not be imported: {done.stderr.strip()}")
    return path


def _is_whole(path: Path) -> bool:
    if not path.exists():
        return False
    with closing(sqlite3.connect(path)) as conn:
        try:
            return conn.execute("SELECT 1 FROM meta WHERE name = ?", (_KEPT,)).fetchone() is not None
        except sqlite3.DatabaseError:
            return False


def _fill(path: Path, made: Iterable[Org]) -> None:
    """Write records, names, codes, roles and the index, straight into their tables."""
    conn = open_writing(path)
    with closing(conn):
        upgrade(conn)
        conn.execute("BEGIN")
        (number,) = conn.execute("SELECT coalesce(max(id), 0) FROM record").fetchone()
        types = _types(conn)
        filling = Filling(conn)
        labels = type_labels(conn)
        for orgs in _batches(made):
            rows = [(number + place + 1, org, *_told(org, types)) for place, org in enumerate(orgs)]
            number += len(rows)
            conn.executemany(
                "INSERT INTO record (id, key, kind, type, name, status, open, opened, closed, town, postcode)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [
                    (one, f"ods:{org.code}", kind, kind_type, name, "open" if is_open else "closed", is_open,
                     org.span.start, org.span.end, town, org.postcode)
                    for one, org, kind, kind_type, name, is_open, town in rows
                ],
            )  # fmt: skip
            conn.executemany(
                "INSERT INTO name_row (record_id, name, kind, verbatim) VALUES (?, ?, 'official', ?)",
                [(one, name, org.name) for one, org, _, _, name, _, _ in rows],
            )
            conn.executemany(
                "INSERT INTO identifier_row (record_id, scheme, value) VALUES (?, 'ods', ?)",
                [(one, org.code) for one, org, *_ in rows],
            )
            conn.executemany(
                "INSERT INTO fact_row (record_id, property, value) VALUES (?, 'ods-role', ?)",
                [(one, role.id) for one, org, *_ in rows for role in org.roles],
            )
            filling.add(
                [
                    _index_row(one, org, kind, kind_type, name, is_open, town, labels)
                    for one, org, kind, kind_type, name, is_open, town in rows
                ]
            )
        filling.finish(())
        conn.execute("INSERT INTO meta (name, value) VALUES (?, 1)", (_KEPT,))
        conn.execute("COMMIT")
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _batches(orgs: Iterable[Org]) -> Iterator[list[Org]]:
    batch: list[Org] = []
    for org in orgs:
        batch.append(org)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    yield batch


def _types(conn: sqlite3.Connection) -> dict[str, str]:
    """Return a type for each role of the ODS."""
    sql = "SELECT json_extract(extra, '$.ods_role'), name FROM term WHERE extra LIKE '%ods_role%' ORDER BY id DESC"
    return dict(conn.execute(sql))


def _told(org: Org, types: dict[str, str]) -> tuple[str, str | None, str, int, str]:
    """Return kind, type, name, whether it is open, and town."""
    kind = "site" if org.site else "organisation"
    return kind, types.get(org.roles[0].id), org.name.title(), int(org.span.end is None), org.town.title()


def _index_row(
    number: int, org: Org, kind: str, kind_type: str | None, name: str, is_open: int, town: str, labels: dict[str, str]
) -> tuple[int, int, str, str, str, str]:
    names = [(name, "official"), (org.name, "official")]
    rank, *texts = own_text(
        kind, kind_type, is_open, names, town, None, org.postcode, None, (), labels, (),
        "open" if is_open else "closed", sorted({role.id for role in org.roles}),
    )  # fmt: skip
    own, initials, place, more = texts
    return rank, number, own, initials, place, more
