"""Two hundred details of the real files' records: each value cites exactly the files in whose rows it stands.

The rows are read here by position and heading, by no importer. All files are imported, which takes a minute: `make
test-deep`.
"""

from __future__ import annotations

import csv
import io
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from db.model import Record
from db.register import Register, open_register
from importers.run import ImportOptions, import_sources
from tests.depth import DEEP
from tests.importers.shared_rows import rows_of

LISTS = (
    "ods-csv/etr-2015.csv", "ods-csv/etr-2025-07.csv", "ods-csv/etr-2025-12.csv", "ods-csv/epraccur-2023.csv",
    "ods-csv/epraccur-2025-09.csv", "ods-csv/egpam-2015-12.csv", "ods-csv/ebranchs.csv", "ods-csv/epharmacyhq.csv",
    "ods-csv/eccg-2025-12.csv", "legacy/eccg-2015.csv",
)  # fmt: skip
"""Lists without headings: code, name, region, area, five lines of an address, postcode, first and last day."""
HOSPITALS = ("sites/nhs-choices-hospitals.csv", "sites/hospitals-2024.json")
NAMES = ("trusts-2026/trusts.json", "trusts-2026/icbs.json")
"""Files that give names, and none of the other details."""
DETAILS = {"postcode", "address", "town", "county", "opened", "closed"}
SAMPLE = 200


class RawRow(NamedTuple):
    """What one row says of a body, the cells in which each detail may stand."""

    file: str
    names: list[str]
    place: list[str]
    postcode: str
    opened: str = ""
    closed: str = ""

    @property
    def details(self) -> list[tuple[str, str]]:
        """What stands in cells of its own."""
        told = [("name", name) for name in self.names]
        told += [("postcode", self.postcode), ("opened", self.opened), ("closed", self.closed)]
        return [(what, value) for what, value in told if value]

    def holds(self, what: str, value: str) -> bool:
        """Whether the value of a detail stands in the row."""
        if what == "name":
            return plain(value) in map(plain, self.names)
        if what in ("opened", "closed"):
            return plain(value) == plain(getattr(self, what))
        if what == "postcode":
            return plain(value) == plain(self.postcode)
        if what == "address":
            # Its lines stand one after the other, from the first that is filled; town and county come after them.
            return "".join(map(plain, self.place[:-2])).startswith(plain(value)) and self._ends_a_cell(value)
        return plain(value) in map(plain, self.place)

    def _ends_a_cell(self, value: str) -> bool:
        filled = [plain(cell) for cell in self.place if plain(cell)]
        return plain(value) in {"".join(filled[:n]) for n in range(len(filled) + 1)}


def plain(text: str) -> str:
    """Letters and digits alone, in small letters, with the sign for "and" as the word."""
    return re.sub(r"[\W_]", "", text.replace("&", " and ")).casefold()


def raw_rows(data: Path) -> Iterator[tuple[str, RawRow]]:
    """Every row that says something of the details, with the code of the body."""
    for name in LISTS:
        text = (data / name).read_text("windows-1252")
        for cells in csv.reader(io.StringIO(text, newline="")):
            if cells:
                yield cells[0], RawRow(name, [cells[1]], cells[4:9], cells[9], cells[10], cells[11])
    for name in HOSPITALS:
        for row in rows_of(data / name):
            place = [row[f"Address{n}"] for n in (1, 2, 3)] + [row["City"], row["County"]]
            yield row["OrganisationCode"], RawRow(name, [row["OrganisationName"]], place, row["Postcode"])
    for name in NAMES:
        for told in rows_of(data / name):
            yield told["ods_code"], RawRow(name, list(told["names"]), [], "")


def details(record: Record) -> Iterator[tuple[str, str, tuple[int, ...]]]:
    """Each value that the register says is stated of a record's names and details, with its evidence."""
    for one in record.names:
        yield "name", one.name, one.evidence
    for value in record.values:
        if value.what in DETAILS:
            yield value.what, value.value, value.evidence


@pytest.fixture(scope="module")
def data(shared: Path) -> Path:
    """The real files; skips where they are not beside the checkout."""
    folder = shared / "data"
    if not all((folder / name).exists() for name in (*LISTS, *HOSPITALS, *NAMES)):
        pytest.skip("the real files are not there")
    return folder


@pytest.fixture(scope="module")
def register(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A register of all real files."""
    if not DEEP:
        pytest.skip("importing all real files is for make test-deep")
    path = tmp_path_factory.mktemp("every") / "register.db"
    files = sorted(str(file) for folder in data.iterdir() if folder.is_dir() for file in folder.iterdir())
    import_sources(path, [file for file in files if "quirks" not in file], ImportOptions(command="import"))
    with open_register(path) as opened:
        yield opened


def test_each_value_cites_the_files_in_whose_rows_it_stands(data: Path, register: Register) -> None:
    assert wrong(data, register, SAMPLE) == []


def wrong(data: Path, register: Register, sample: int) -> list[str]:
    """Which of some random details cite other files than those in whose rows they stand."""
    connection = register.database.conn
    assert connection is not None
    told: dict[int, list[RawRow]] = {}
    holders = dict(connection.execute("SELECT value, record_id FROM identifier WHERE scheme = 'ods'"))
    for code, row in raw_rows(data):
        if code in holders:
            told.setdefault(holders[code], []).append(row)
    several = sorted(record for record, rows in told.items() if len({row.file for row in rows}) > 1)
    keys = dict(connection.execute("SELECT id, key FROM record"))
    names = (*LISTS, *HOSPITALS, *NAMES)
    files = {
        key: name for key, path in connection.execute("SELECT key, path FROM source WHERE path IS NOT NULL")
        for name in names if path.endswith(name)
    }  # fmt: skip
    assert set(files.values()) == set(names)
    found: list[str] = []
    chance = random.Random(16)
    for record_id in chance.choices(several, k=sample):
        record = register.record(keys[record_id])
        sources = {proof.id: files.get(proof.source.key) for proof in record.evidence}
        stated = list(details(record))
        standing = [
            (what, value) for what, value, _ in stated if any(row.holds(what, value) for row in told[record_id])
        ]
        what, value = chance.choice([*standing, *(one for row in told[record_id] for one in row.details)])
        evidence = (one for name, text, cited in stated if (name, plain(text)) == (what, plain(value)) for one in cited)
        cited = {name for one in evidence if (name := sources[one])}
        holding = {row.file for row in told[record_id] if row.holds(what, value)}
        if cited != holding:
            found.append(f"{record.key} {what} {value!r}: cites {sorted(cited)}, stands in {sorted(holding)}")
    return found
