"""Makes a small register of everything that a register may hold, with commands alone, so that any version can make it.

`python -m tests.db.made_registers CHECKOUT OUT.sql` has the Interlock in a checkout make it, and writes it as SQL, and
beside it marks of what it holds when runs are undone.
"""

from __future__ import annotations

import csv
import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tests.db.contents import mark
from tests.db.made_release import MONTHS, write_release
from tests.db.old_registers import as_sql
from tests.stories import start_with_stories

UNDONE = (8, 7, 6, 5, 4, 3, 2)
"""Runs that are undone once the register is written down, to have marks of what is held then."""


def write_list(folder: Path) -> Path:
    """Write a list of trusts in the common columns, of which the release tells two otherwise."""
    address = ["1 HIGH STREET", "", "", "LANCASTER", "", "LA1 1AA"]
    rows = [
        [code, name, "Y99", "QZH", *address, start, end, *[""] * 15]
        for code, name, start, end in (
            ("RZ1", "MORECAMBE BAY UNIVERSITY HOSPITALS NHS FOUNDATION TRUST", "20100401", ""),
            ("RZ2", "LUNE VALLEY NHS TRUST", "19930401", "20210331"),
            ("RZ5", "TWO BAYS NHS FOUNDATION TRUST", "20100401", ""),
            ("", "A TRUST WITHOUT A CODE", "20100401", ""),
        )
    ]
    path = folder / "etr-2026-05.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, quoting=csv.QUOTE_ALL).writerows(rows)
    return path


PARTNERS = (
    "ods_stp_code,stp_name,partner_type,partner_code,partner_name,status\n"
    "QZ1,Bay STP,la,,Sands City Council,current\n"
    "QZ1,Bay STP,trust,,Beacon View Health and Care NHS Trust,current\n"
    "QZ1,Bay STP,trust,,Twoo Bays NHS Foundation Trust,current\n"
    "QZ1,Bay STP,trust,,Lune Valey NHS Trust,closed\n"
    "QZ1,Bay STP,other,,Mckay Care,current\n"
)
STORY = """\
format: interlock-records/1
id: bay-alliance
title: What the Bay newsletter says
published: 2026-06
cites: doc:bay-newsletter
documents:
  - {key: doc:bay-newsletter, title: Bay newsletter, publisher: Bay Council, published: 2026-06, evidence: masthead}
vocabulary:
  roles:
    - {name: steward, label: steward, definition: Looks after the alliance., source: the alliance's own rules}
organisations:
  - key: ods:RZ1
    names: [{name: UHMB, kind: acronym, evidence: p4}]
    evidence: p2
  - {key: org:bay-council, name: Bay Council, type: non-metropolitan-district, evidence: p1}
arrangements:
  - key: arr:bay-alliance
    name: Bay Alliance
    type: alliance
    form: contract
    basis_status: stated
    status: planned
    opened: 2026-10
    summary: The council and the trust plan to run home care together.
    participants:
      - {who: org:bay-council, role: commissioner}
      - {who: ods:G81001, role: steward, start: 2026-10, evidence: [p2, p5]}
      - who: ods:RZ1
        role: provider
        start: 2026-10
        facts: [{property: independence, text: Stays a body of its own.}]
        evidence: {locator: p5, quote: "the trust provides, the surgery looks after", basis: stated}
    facts:
      - {property: expected-savings, value: 40000, unit: GBP, text: "about £40,000 a year",
         evidence: {locator: p3, claimant: org:bay-council}}
    events: [{date: XXXX-09-12, kind: decision-due, text: The cabinet decides., evidence: p6}]
    evidence: p1
people:
  - name: Cllr Dr Ann Example OBE
    posts:
      - {in: org:bay-council, role: leader, start: 2024-05, evidence: p3}
      - {in: ods:RZ1, role: chair, start: "2023", end: "2025-06-30"}
"""
AGAIN = """\
format: interlock-records/1
id: bay-board
organisations:
  - {key: ods:RZ3, name: Beacon View, summary: What an undone run said., evidence: []}
people:
  - {name: Bo Example, posts: [{in: ods:RZ3, role: chief-executive}]}
"""


def write_texts(folder: Path) -> tuple[Path, Path, Path]:
    """Write records of an alliance, partners by name, and records that an undone run said."""
    names = {"bay-alliance.yaml": STORY, "partners-2019-04.csv": PARTNERS, "bay-board.yaml": AGAIN}
    for name, text in names.items():
        (folder / name).write_text(text, "utf-8")
    first, second, third = (folder / name for name in names)
    return first, second, third


_COMMAND = """\
import sys
import importers.ods_xml.source
importers.ods_xml.source.LARGE = 0
from tui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
"""Has releases taken by the batch however small, as the national one is."""


def make(run: Callable[..., str], folder: Path, database: Path) -> None:
    """Fill a database by commands; `run` has one run with its words and returns what it writes.

    Runs: 1 built in, 2 and 3 the months, 4 a list, 5 a file of records, 6 partners by name, 7 one accepted, 8 one
    rejected, 9 undone.
    """
    story, partners, again = write_texts(folder)
    months = [write_release(folder, month) for month in MONTHS]
    for source in (*months, write_list(folder), story, partners):
        run("import", source.name, "--db", str(database))
    waiting = json.loads(run("review", "--db", str(database), "--format", "json"))["suggestions"]
    run("review", "--accept", str(waiting[0]["id"]), "--db", str(database))
    run("review", "--reject", str(waiting[1]["id"]), "--db", str(database))
    run("import", again.name, "--db", str(database))
    run("undo", "9", "--db", str(database))


def main(checkout: Path, out: Path) -> None:
    """Have the Interlock of a checkout make the register, and write it as SQL text."""
    start_with_stories()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def run(*words: str) -> str:
            seen = {**os.environ, "PYTHONPATH": str(checkout), "XDG_CACHE_HOME": name}
            done = subprocess.run(
                [sys.executable, "-c", _COMMAND, *words],
                cwd=folder, env=seen, capture_output=True, encoding="utf-8", check=False,
            )  # fmt: skip
            if done.returncode:
                raise SystemExit(f"{words}: {done.stderr}")
            return done.stdout

        path = folder / "register.db"
        make(run, folder, path)
        with closing(sqlite3.connect(path)) as register:
            # Where it was made is nobody's business.
            register.execute("UPDATE source SET path = replace(path, ?, '/sources')", (name,))
            register.execute("UPDATE run_source SET file = replace(file, ?, '/sources')", (name,))
            register.commit()
            out.write_text(as_sql(register), "utf-8")
        marked: dict[int, str] = {}
        for number in UNDONE:
            run("undo", str(number), "--db", str(path))
            with closing(sqlite3.connect(path)) as register:
                marked[number] = mark(register)
        out.with_suffix(".json").write_text(json.dumps(marked, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]))
