"""A backup is the whole register of one state, and nothing is overwritten by it that nobody meant."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from db import open_register
from tests.commands.conftest import Interlock, Once

OWN = """\
format: interlock-records/1
id: mine
cites: doc:minutes
documents: [{key: doc:minutes, title: Minutes, published: 2026-05, evidence: heading}]
organisations:
  - {key: org:ours, name: Ours, type: charity, status: open, evidence: p1}
  - key: ods:RLQ
    facts: [{property: note, text: "We meet them monthly.", evidence: p2}]
arrangements:
  - key: arr:our-alliance
    name: Our Alliance
    type: alliance
    status: open
    participants: [{who: org:ours, role: lead}, {who: ods:RLQ, role: member, start: 2026-01}]
    evidence: p1
"""


@pytest.fixture
def own(interlock: Interlock, once: Once, tmp_path: Path) -> Path:
    """A register with entries of one's own beside the built-in ones."""
    path = tmp_path / "own.db"
    file = tmp_path / "mine.yaml"
    file.write_text(OWN, "utf-8")

    def make() -> None:
        assert interlock("import", file, "--db", path).returncode == 0

    return once(path, make)


def dump(path: Path) -> list[str]:
    """Return all that a database holds, as SQL."""
    with closing(sqlite3.connect(path)) as connection:
        return [line for line in connection.iterdump() if "sqlite_stat" not in line]


def test_the_copy_holds_all_that_the_register_holds(interlock: Interlock, own: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    done = interlock("backup", copy, "--db", own, "--format", "json")
    assert json.loads(done.stdout) == {
        "version": 1, "backup": str(copy), "of": str(own), "bytes": copy.stat().st_size,
    }  # fmt: skip
    assert done.stderr == f"{copy} is a register as yours is: interlock --db {copy} reads it\n"
    assert dump(copy) == dump(own)
    assert interlock("doctor", "--db", copy).returncode == 0


def test_it_is_the_last_committed_state_while_another_program_writes(
    interlock: Interlock, own: Path, tmp_path: Path
) -> None:
    before = dump(own)
    with closing(sqlite3.connect(own, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE record SET name = 'half done'")
        assert interlock("backup", tmp_path / "copy.db", "--db", own).returncode == 0
        writer.execute("ROLLBACK")
    assert dump(tmp_path / "copy.db") == before


def test_a_file_that_is_there_is_replaced_only_if_told(interlock: Interlock, own: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_text("a letter")
    done = interlock("backup", copy, "--db", own)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"interlock: {copy}: is there already; --over puts the backup in its place\n"
    assert copy.read_text() == "a letter"
    assert interlock("backup", copy, "--over", "--db", own).returncode == 0
    assert dump(copy) == dump(own)
    assert sorted(os.listdir(tmp_path)) == ["copy.db", "mine.yaml", "own.db"]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("own.db", "is the register itself"),
        ("", "is a folder"),
        ("nowhere/copy.db", "there is no folder"),
        ("busy.db", "is a database in use"),
    ],
)
def test_where_no_backup_may_go_is_told_in_a_line(
    interlock: Interlock, own: Path, tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / "busy.db").write_text("x")
    (tmp_path / "busy.db-wal").write_text("x")
    before = dump(own)
    done = interlock("backup", tmp_path / name, "--over", "--db", own)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert why in done.stderr
    assert dump(own) == before


def test_the_built_in_register_needs_no_backup(interlock: Interlock, tmp_path: Path) -> None:
    done = interlock("backup", tmp_path / "copy.db", "--builtin")
    assert (done.returncode, os.listdir(tmp_path)) == (2, [])


def test_ones_own_entries_go_to_another_machine_by_export_and_import(
    interlock: Interlock, own: Path, built_in: Path, tmp_path: Path
) -> None:
    done = interlock("export", "--source", "mine", "--to", "records", "--db", own)
    file, there = tmp_path / "moved.yaml", tmp_path / "there.db"
    file.write_text(done.stdout, "utf-8")
    there.write_bytes(built_in.read_bytes())
    assert interlock("import", file, "--db", there).returncode == 0
    for key in ("org:ours", "arr:our-alliance", "ods:RLQ", "doc:minutes"):
        assert page(there, key) == page(own, key)
    assert "arr:foundation-group" in {link["key"] for link in page(there, "ods:RLQ")["links"]}


def page(path: Path, key: str) -> dict[str, list[dict[str, str | None]]]:
    """Return what a register says of a record, and where each thing is from, without the numbers that it gives."""
    with open_register(path) as register:
        found = register.record(key)
    proofs = {one.id: f"{one.source.key} {one.locator} {one.basis}" for one in found.evidence}

    def said(evidence: tuple[int, ...]) -> str:
        return "; ".join(sorted(proofs[one] for one in evidence))

    return {
        "names": [{"name": one.name, "kind": one.kind, "by": said(one.evidence)} for one in found.names],
        "facts": [{"text": one.text, "about": one.property, "by": said(one.evidence)} for one in found.facts],
        "links": [
            {"key": one.key, "role": one.role, "start": one.start, "status": one.status, "by": said(one.evidence)}
            for one in found.links
        ],
    }


def test_a_source_that_there_is_not_is_named(interlock: Interlock, own: Path) -> None:
    done = interlock("export", "--source", "yours", "--to", "records", "--db", own)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "interlock: --source: no record rests on a source 'yours'; interlock stats lists them\n"
    )  # fmt: skip
