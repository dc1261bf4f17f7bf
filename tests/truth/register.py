"""Registers of the shared files: all of them at once, or some in an order of one's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from tui.cli.main import main

_NO_DATA = ("INDEX.md", "README.md", "nhs_trusts_latest.zip")
SIX = (
    "ods-csv/etr-2015.csv", "ods-csv/etr-2025-12.csv", "trusts-2026/trusts.json", "trusts-2026/icbs.json",
    "stp/Trust-STP-lookup-2017.csv", "icb/icb-partners-2022.json",
)  # fmt: skip
"""Files of different years, kinds and care that speak of the same trusts and boards."""


def all_files(shared: Path) -> list[Path]:
    """Return the shared files that can be imported, in the order of their names."""
    return sorted(path for path in (shared / "data").rglob("*") if path.is_file() and path.name not in _NO_DATA)


def imported(register: Path, files: Iterable[Path]) -> Path:
    """Import files into a register in one run, and return the register."""
    if main(["--db", str(register), "import", *map(str, files)]) != 0:
        raise RuntimeError("the shared files could not be imported")
    return register


def one_by_one(register: Path, files: Sequence[Path]) -> Path:
    """Import files in a run each, and return the register."""
    for path in files:
        imported(register, (path,))
    return register
