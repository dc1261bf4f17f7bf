"""A register in which questions wait for a person, for tests that answer them."""

from __future__ import annotations

import json
from pathlib import Path

from importers.run import ImportOptions, import_sources

PARTNERS = (
    "ods_stp_code,stp_name,partner_type,partner_code,partner_name,status\n"
    "QA1,Hill STP,trust,,Twoo Hills NHS Foundation Trust,current\n"
    "QA1,Hill STP,trust,,Three Riverss NHS Foundation Trust,current\n"
)


def register_that_asks(folder: Path) -> Path:
    """Make a register in which two bodies are named without their codes, so that two questions wait."""
    bodies = [
        {"key": f"ods:RZ{n}", "name": f"{name} NHS Foundation Trust", "type": "nhs-foundation-trust", "status": "open"}
        for n, name in ((2, "Two Hills"), (3, "Three Rivers"))
    ]
    (folder / "bodies.json").write_text(
        json.dumps({"format": "interlock-records/1", "id": "bodies", "organisations": bodies}), "utf-8"
    )
    (folder / "partners-2019-04.csv").write_text(PARTNERS, "utf-8")
    for name in ("bodies.json", "partners-2019-04.csv"):
        import_sources(folder / "r.db", (str(folder / name),), ImportOptions(command=f"import {name}"))
    return folder / "r.db"
