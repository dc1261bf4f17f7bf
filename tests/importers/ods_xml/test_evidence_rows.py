"""The evidence of what a release says names the row that says it, counted by hand, however the row was taken."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from db.register import Register
from tests.importers.ods_xml.taking import body, fragment, register, take, written
from tests.national.things import Followed, Tied

TIED = body("AB1", ties=(Tied("RE4", "CD2", "RO98"), Tied("RE6", "EF3", "RO197")))
TARGET = body("CD2")
SUCCESSOR = body("EF3", followed=(Followed("GH4", "2020-04-01", False),))
PREDECESSOR = body("GH4")
BOTH_TELL = body("JK5", followed=(Followed("LM6", "2020-04-01"),))
TOLD_BY_BOTH = body("LM6", followed=(Followed("JK5", "2020-04-01", False),))
UNUSUAL = body("NP7", contacts=(("http", "x?a&b"),), followed=(Followed("ZZ9", "2020-04-01", False),))
"""Left to the parser by the batch for its `&`, and tells what ZZ9 owns, which no row describes."""
FULL = [TIED, PREDECESSOR.as_stub(), TARGET, SUCCESSOR, BOTH_TELL, UNUSUAL]
ARCHIVE = [TARGET.as_stub(), PREDECESSOR, TOLD_BY_BOTH]
ROWS = {"AB1": 1, "CD2": 3, "EF3": 4, "JK5": 5, "NP7": 6, "GH4": 8, "LM6": 9}
"""Rows of the archive follow those of the full file, the first of which is row 1; a stub is a row, and no evidence."""


def told(held: sqlite3.Connection, code: str) -> tuple[list[str], dict[str, list[str]]]:
    """The rows that a record has as its evidence, and those that each of its links has, by the other end."""
    record = Register(held, label="r").record(f"ods:{code}")
    place = {proof.id: f"{proof.source.key} {proof.locator}" for proof in record.evidence}
    own = [place[one] for one in record.own_evidence]
    return own, {link.key.removeprefix("ods:"): [place[one] for one in link.evidence] for link in record.links}


def row(code: str) -> list[str]:
    """The evidence that a record's own row is."""
    return [f"file:ods-xml-2026-08-28 record {ROWS[code]}"]


def test_a_test_of_both_ways_takes_rows_both_ways(tmp_path: Path, taken: bool) -> None:
    held = register(written(tmp_path, FULL, ARCHIVE))
    assert held.execute("SELECT count(*) FROM _sole").fetchone() == (len(ROWS) if taken else 0,)


def test_each_body_has_its_own_row(tmp_path: Path) -> None:
    held = register(written(tmp_path, FULL, ARCHIVE))
    for code in ROWS:
        assert told(held, code)[0] == row(code), code
        names = Register(held, label="r").record(f"ods:{code}").names
        assert [len(name.evidence) for name in names] == [1]


def test_each_link_has_the_row_of_the_end_that_tells_it(tmp_path: Path) -> None:
    held = register(written(tmp_path, FULL, ARCHIVE))
    assert told(held, "AB1")[1] == {"CD2": row("AB1"), "EF3": row("AB1")}
    assert told(held, "CD2")[1] == {"AB1": row("AB1")}
    assert told(held, "GH4")[1] == {"EF3": row("EF3")}
    assert told(held, "JK5")[1]["LM6"][:1] == row("JK5")
    assert (told(held, "NP7")[1], told(held, "ZZ9")[1]) == ({"ZZ9": row("NP7")}, {"NP7": row("NP7")})


def test_a_row_stays_the_evidence_when_another_source_speaks_of_its_body(tmp_path: Path) -> None:
    held = register(written(tmp_path, FULL, ARCHIVE))
    (tmp_path / "other").mkdir()
    take(held, fragment(tmp_path / "other", *(body(code, f"ANOTHER {code}") for code in ROWS)))
    for code in ROWS:
        own = told(held, code)[0]
        assert [one for one in own if one.startswith("file:ods-xml-2026-08-28")] == row(code), (code, own)
    assert [one for one in told(held, "AB1")[1]["CD2"] if "2026-08-28" in one] == row("AB1")
