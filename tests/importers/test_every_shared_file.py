"""Every file of the shared data, where it is there: rows, refusals, records and links are those of the file."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Callable, Sized
from contextlib import closing
from itertools import islice
from pathlib import Path

import pytest

from db.errors import InputError
from db.statements import RejectSaid
from db.store.session import ImportSession
from importers.base import Input, ReadOptions
from importers.detect import detect
from importers.inputs import Inputs
from tests.depth import DEEP
from tests.importers.shared_expected import TABLES
from tests.importers.shared_rows import bare_rows, beginning, rows_of, sheet_rows
from tests.importers.things import installed

IMPORTED = 75
"""Rows of a table that `make test` imports."""
SAMPLED = 300
"""Rows that are read of a list that is only counted."""


def _practitioners(path: Path) -> int:
    lines = path.read_text("windows-1252").splitlines()[:SAMPLED]
    return sum(bool(re.match(r'"G\d{7}"', line)) for line in lines)


def _unsound_codes(path: Path) -> int:
    """Successions of a code by itself, and those of a code that a spreadsheet has made a number."""
    return sum(
        row["old_code"] == row["new_code"] or (row["old_code"].isdigit() and len(row["old_code"]) == 2)
        for row in rows_of(path)[:SAMPLED]
    )


def _none(_: Path) -> int:
    return 0


def _count(path: Path) -> int:
    return len(rows_of(path))


LISTS = {
    "ebranchs": "ods-csv", "eccg-2025-12": "ods-csv", "epcmem": "epcmem", "epharmacyhq": "ods-csv",
    "epraccur-2023": "ods-csv", "epraccur-2025-09": "ods-csv", "etr-2015": "ods-csv", "etr-2025-07": "ods-csv",
    "etr-2025-12": "ods-csv",
}  # fmt: skip
RECORDS = ("fhir-stu3-N81082", "ord-97T", "ord-RJY", "ord-RVVKC")
COUNTED: dict[str, tuple[str, Callable[[Path], int], Callable[[Path], int]]] = {
    **{f"ods-csv/{name}.csv": (importer, bare_rows, _none) for name, importer in LISTS.items()},
    "ods-csv/egpam-2015-12.csv": ("egpam", bare_rows, _practitioners),
    "legacy/eccg-2015.csv": ("ods-csv", bare_rows, _none),
    "pcn/ePCN-2023.xlsx": ("table", sheet_rows, _none),
    "pcn/ePCN-2024-10.xlsx": ("table", sheet_rows, _none),
    "pcn/epcn-core-partners-2023.csv": ("table", _count, _none),
    "succession/ods-successions-1992-2021.csv": ("table", _count, _unsound_codes),
    "trusts-2026/trusts.json": ("table", _count, _none),
    "xml/HSCOrgRefData-fragments.xml": ("ods-xml", lambda path: path.read_bytes().count(b"<Organisation "), _none),
    **{f"ord/{name}.json": ("ods-json", lambda _: 1, _none) for name in RECORDS},
}
"""By file: its importer, its rows, and how many of the first `SAMPLED` are refused."""

REFUSED = {"quirks/nhs_trusts_latest.zip": "is an HTML page"}


def given(shared: Path, name: str, folder: Path, most: int) -> tuple[Input, Path]:
    """A shared file as an input, so many lines of it at most but in `make test-deep`; skips where it is absent."""
    path = shared / "data" / name
    if not path.exists():
        pytest.skip(f"{name} is not among the shared files")
    if path.suffix == ".csv" and not DEEP:
        path = beginning(path, most, folder)
    with Inputs([str(path)]) as inputs:
        (source,) = inputs
    return source, path


def test_every_file_is_looked_at(shared: Path) -> None:
    folder = shared / "data"
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()} - {"INDEX.md"}
    assert files <= TABLES.keys() | COUNTED.keys() | REFUSED.keys()


@pytest.mark.parametrize("name", TABLES)
def test_what_a_file_comes_to_is_what_its_rows_say(shared: Path, name: str, tmp_path: Path) -> None:
    source, path = given(shared, name, tmp_path, IMPORTED)
    choice = detect(source, installed())
    assert choice.importer.name == "table"
    rows = rows_of(path)
    wanted = TABLES[name](rows)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        session = ImportSession.in_memory(connection, command="import")
        report = session.take(choice.importer.read(source, ReadOptions()), format="table")
        session.finish()
        assert (report.read, report.rejected) == (len(rows), wanted.refused)
        types = connection.execute("SELECT type, count(*) FROM record WHERE type IS NOT NULL GROUP BY type")
        links = connection.execute(
            "SELECT t.name, count(*) FROM link l JOIN link_type t ON t.id = l.type_id GROUP BY t.name"
        )
        assert dict(types.fetchall()) == {type_: count for type_, count in wanted.types.items() if count}
        assert dict(links.fetchall()) == {type_: count for type_, count in wanted.links.items() if count}


@pytest.mark.parametrize("name", COUNTED)
def test_every_row_of_a_list_is_counted(shared: Path, name: str, tmp_path: Path) -> None:
    source, path = given(shared, name, tmp_path, 2 * SAMPLED)
    importer, total, refused = COUNTED[name]
    choice = detect(source, installed())
    assert choice.importer.name == importer
    found = choice.importer.read(source, ReadOptions()).rows
    wanted = total(path)
    if isinstance(found, Sized):
        assert len(found) == wanted
    kinds = Counter(isinstance(row, RejectSaid) for row in islice(found, SAMPLED))
    assert (kinds.total(), kinds[True]) == (min(wanted, SAMPLED), refused(path))


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_such_file_is_refused(shared: Path, name: str) -> None:
    path = shared / "data" / name
    if not path.exists():
        pytest.skip(f"{name} is not among the shared files")
    with pytest.raises(InputError, match=REFUSED[name]), Inputs([str(path)]) as inputs:
        list(inputs)
