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
from dataclasses import replace
from pathlib import Path

from tests.db.contents import mark
from tests.db.old_registers import as_sql
from tests.national.things import File, Followed, Held, Org, Span, Tied
from tests.national.zips import release

UNDONE = (8, 7, 6, 5)
"""Runs that are undone once the register is written down, to have marks of what is held then."""
MONTHS = ("2026-07-31", "2026-08-28")


def _org(code: str, role: str, name: str, *more: str, start: str = "2010-04-01", end: str | None = None) -> Org:
    span, active = Span(start, end), end is None
    roles = (Held(role, span, active, primary=True), *(Held(one, span, active) for one in more))
    return Org(code, name, roles, span, status="Active" if active else "Inactive")


def _tie(kind: str, target: str, role: str, start: str, end: str | None = None) -> Tied:
    return Tied(kind, target, role, Span(start, end), end is None)


def _orgs() -> list[Org]:
    """The open and lately closed bodies of the first month: hubs with many links, one that points at nobody's code."""
    board = Held("RO318", Span("2022-07-01"))
    hub = ("QZH", "RO261", "2022-07-01")
    surgeries = [
        replace(
            _org(f"G8{number}001", "RO177", name, "RO76", start=f"19{70 + number}-04-01"),
            ties=(
                _tie("RE4", "09Z", "RO98", "2013-04-01", "2020-03-31"),
                _tie("RE4", "15Z", "RO98", "2020-04-01"),
                _tie("RE8", "UZ001", "RO272", "2019-07-01"),
            ),
            town="KENDAL",
            postcode=f"LA9 {number}AA",
            uprn=f"10007000{number}",
            contacts=(("tel", f"0153900000{number}"), ("http", f"https://surgery{number}.example")),
        )
        for number, name in enumerate(("THE LAKES MEDICAL PRACTICE", "DR O'NEILL & PARTNERS", "ST GEORGE'S SURGERY"), 1)
    ]
    sites = [
        replace(
            _org(f"RZ10{number}", "RO198", f"{name} HOSPITAL", start="2001-04-01"),
            site=True,
            ties=(_tie("RE6", "RZ1", "RO197", "2010-04-01"), _tie("RE5", *hub)),
        )
        for number, name in enumerate(("FURNESS", "HELME CHASE"), 1)
    ]
    trust = _org("RZ1", "RO197", "MORECAMBE BAY UNIVERSITY HOSPITALS NHS FOUNDATION TRUST", "RO57")
    lost = _org("RZ2", "RO197", "LUNE VALLEY NHS TRUST", start="1993-04-01", end="2021-03-31")
    return [
        _org("Y99", "RO209", "NORTH COMMISSIONING REGION", start="2019-04-01"),
        replace(
            _org("QZH", "RO261", "NHS LAKELAND AND SANDS INTEGRATED CARE BOARD", start="2022-07-01"),
            roles=(Held("RO261", Span("2022-07-01"), True, primary=True), board),
            legal=Span("2022-07-01"),
            ties=(_tie("RE2", "Y99", "RO209", "2022-07-01"),),
        ),
        replace(
            _org("15Z", "RO98", "NHS LAKELAND AND SANDS ICB - 15Z", "RO319", start="2020-04-01"),
            ties=(_tie("RE5", *hub), _tie("RE2", *hub)),
            followed=(Followed("09Z", "2020-04-01", forward=False),),
        ),
        replace(
            _org("09Z", "RO98", "NHS LONSDALE CCG", start="2013-04-01", end="2020-03-31"),
            followed=(Followed("15Z", "2020-04-01"),),
        ),
        replace(trust, legal=Span("2010-10-01"), ties=(_tie("RE5", *hub),), county="CUMBRIA", uprn="10007100001"),
        replace(lost, ties=(_tie("RE5", "QZH", "RO261", "1993-04-01", "2021-03-31"),),
                followed=(Followed("RZ1", "2021-04-01"),)),
        replace(
            _org("RZ3", "RO197", "BEACON VIEW HEALTH AND CARE NHS TRUST", start="1900-01-01"),
            ties=(_tie("RE5", *hub),),
        ),
        *sites,
        replace(
            _org("UZ001", "RO272", "KENDAL PCN", start="2019-07-01"),
            ties=(_tie("RE4", "15Z", "RO98", "2020-04-01"), _tie("RE5", "15Z", "RO98", "2020-04-01")),
        ),
        *surgeries,
        replace(
            _org("UZ002", "RO272", "FURNESS PCN", start="2019-07-01"),
            ties=(_tie("RE4", "15Z", "RO98", "2020-04-01"),),
        ),
        replace(
            _org("G84001", "RO177", "BARROW SURGERY", "RO76"),
            ties=(_tie("RE8", "UZ002", "RO272", "2019-07-01"), _tie("RE4", "15Z", "RO98", "2020-04-01")),
            followed=(Followed("G85001", "2010-04-01", forward=False),),
        ),
        _org("G85001", "RO177", "OLD BARROW SURGERY", "RO76", start="1980-04-01", end="2010-03-31"),
        replace(
            _org("FZ001", "RO182", "BOOTS", start="2005-01-10"),
            ties=(_tie("RE6", "NZ1", "RO172", "2005-01-10"), _tie("RE5", "15Z", "RO98", "2020-04-01")),
            roles=(
                Held("RO182", Span("2005-01-10"), True, primary=True),
                Held("RO270", Span("2020-05-01", "2020-11-30"), active=False),
                Held("RO270", Span("2021-01-04"), active=False),
            ),
        ),
        _org("NZ1", "RO172", "BOOTS UK LIMITED", start="2005-01-10"),
        replace(_org("NZ2", "RO172", "CAFÉ McKAY CARE LTD"), ties=(_tie("RE5", *hub),), lines=("UNIT 1", "THE PARK")),
        replace(_org("VZ1", "RO104", "FELLSIDE CARE HOME"), ties=(_tie("RE6", "NZ2", "RO172", "2015-02-01"),)),
        replace(_org("EZ1", "RO221", "KENDAL PRIMARY SCHOOL"), ties=(_tie("RE5", *hub),)),
        replace(_org("8Z1", "RO157", "POINTS AT WHAT IS NOWHERE"), ties=(_tie("RE6", "ZZ999", "RO157", "2012-04-02"),)),
        _org("8Z2", "RO157", "CLOSING LATER", start="2012-04-02", end="2028-08-31"),
    ]  # fmt: skip


def _archived() -> list[Org]:
    return [
        replace(
            _org("5ZZ", "RO179", "SANDS PRIMARY CARE TRUST", start="2002-04-01", end="2013-03-31"),
            followed=(Followed("09Z", "2013-04-01", number=None),),
        ),
        replace(
            _org("5ZZ01", "RO180", "SANDS CLINIC", start="2002-04-01", end="2013-03-31"),
            site=True,
            ties=(_tie("RE6", "5ZZ", "RO179", "2002-04-01", "2013-03-31"),),
        ),
    ]


def write_release(folder: Path, published: str) -> Path:
    """Write the release of a month; in the second, bodies are renamed, closed, changed, new and left out."""
    orgs, archived = _orgs(), _archived()
    if published != MONTHS[0]:
        changed = {
            "RZ3": lambda org: replace(org, name="BEACON VIEW NHS FOUNDATION TRUST"),
            "VZ1": lambda org: replace(org, span=Span("2010-04-01", "2026-08-10"), status="Inactive", ties=()),
            "G82001": lambda org: replace(org, postcode="LA9 9ZZ", ties=org.ties[:2]),
        }
        orgs = [changed.get(org.code, lambda org: org)(org) for org in orgs if org.code != "EZ1"]
        orgs.append(replace(_org("RZ4", "RO197", "NEW NHS TRUST", start="2026-08-01"), ties=()))
    full = File([*orgs, archived[0].as_stub()], published=published)
    return release(
        folder / f"ods-{published}.zip",
        full,
        File([*archived, next(org for org in orgs if org.code == "09Z").as_stub()], archive=True, published=published),
    )


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
import importers.ods_xml.reading
importers.ods_xml.reading.LARGE = 0
from tui.cli import main
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
