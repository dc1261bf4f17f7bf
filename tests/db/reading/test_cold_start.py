"""Reading starts in a fraction of a second, because it loads nothing that only writing or searching needs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.db.reading.small import Small

PROGRAM = """
import sqlite3, sys
from db.register import Register
register = Register(sqlite3.connect(sys.argv[1]), label="small")
register.record(register.resolve("rxx"))
print(*sorted(name for name in sys.modules if not {name, name.partition(".")[0]}.isdisjoint(sys.argv[2:])))
"""
UNWANTED = (
    "sqlite_utils", "yaml", "rapidfuzz", "lxml", "textual", "rich", "importers", "tui", "difflib", "platformdirs",
    "db.search", "db.store", "db.entities", "db.database.migrations", "db.database.upgrade", "db.reading.as_of",
    "db.reading.sql", "db.search.exact_names",
)  # fmt: skip


def test_reading_a_record_by_its_code_loads_no_heavy_module(tmp_path: Path) -> None:
    small = Small(tmp_path / "register.db")
    row = small.record("ods:RXX", "A Trust")
    small.insert("identifier", record_id=row, scheme="ods", value="RXX")
    small.connection.close()

    ran = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "register.db"), *UNWANTED],
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[3],
    )

    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout.split() == []
