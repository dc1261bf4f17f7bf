"""The real tables of arrangements, where they are there: what they say, and the picture they make together."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path

import pytest

from db.register import Register, open_register
from db.statements import Reading, RowSaid, Statement
from db.store.resolve_names import same_name
from db.store.session import ImportSession
from importers.base import ReadOptions
from importers.detect import detect
from importers.inputs import Inputs
from importers.run import ImportOptions, import_sources
from tests.depth import DEEP
from tests.importers.shared_rows import rows_of
from tests.importers.things import installed

FOOTPRINTS = "stp/stp-partner-mapping-2019-04_footprints.csv"
PARTNERS = "stp/stp-partner-mapping-2019-04_partners.csv"
SAMPLED = 1_000
"""Rows that are read of a table; only the lists of primary care networks have more."""
TABLES = (
    FOOTPRINTS,
    PARTNERS,
    "stp/stp-partner-mapping-2019-04_changelog.csv",
    "stp/Trust-STP-lookup-2017.csv",
    "trusts-2026/trusts.json",
    "trusts-2026/icbs.json",
    "arrangements/trust-to-cancer-alliance-2026.csv",
    "arrangements/open_uk_networks.json",
    "arrangements/open_uk_networks_trusts.json",
    "icb/icb-partners-2022.json",
    "icb/LOC22_ICB22_NHSER22_EN_LU.csv",
    "icb/icb-la-lookup.csv",
    "icb/icb_names_codes_dec_2024.csv",
)
"""Tables of arrangements, which together make one picture."""


def reading(shared: Path, name: str) -> Reading:
    """What the importer that sniffing chooses reads from a file; skips where the file is absent."""
    path = shared / "data" / name
    if not path.exists():
        pytest.skip(f"{name} is not among the shared files")
    return _read(path)


@cache
def _read(path: Path) -> Reading:
    """What is read from a file, its rows in a list, read once for all tests; the first of them where there are many."""
    with Inputs([str(path)]) as inputs:
        (source,) = inputs
    choice = detect(source, installed())
    assert choice.importer.name == "table"
    found = choice.importer.read(source, ReadOptions())
    return replace(found, rows=list(islice(found.rows, None if DEEP else SAMPLED)))


@pytest.fixture(autouse=True, scope="module")
def forgotten() -> Iterator[None]:
    """Keep what was read no longer than these tests run."""
    yield
    _read.cache_clear()


def said(shared: Path, name: str) -> list[Statement]:
    """All that a file says."""
    return [one for row in reading(shared, name).rows if isinstance(row, RowSaid) for one in row.statements]


def test_the_workbook_says_what_its_two_lists_say(shared: Path) -> None:
    book, *lists = (
        [(one.key, one.names, one.links) for one in said(shared, f"pcn/{name}")]
        for name in ("ePCN-2023.xlsx", "epcn-details-2023.csv", "epcn-core-partners-2023.csv")
    )
    assert book == [one for several in lists for one in several][: len(book)]
    if DEEP:
        status = Counter(link.status for *_, links in book for link in links if link.type == "participates-in")
        assert status == {"current": 6391, "past": 1064}


def test_footprints_have_their_leads_and_what_followed_them(shared: Path) -> None:
    found = said(shared, FOOTPRINTS)
    stps = [one for one in found if one.key.startswith("arr:stp-") and not one.cites]
    assert Counter(one.status for one in stps) == {"open": 42, "closed": 3}
    assert sum(link.other.key == "arr:stp-footprints" for one in stps for link in one.links) == 45
    followed = [(one.key, link.other.key) for one in stps for link in one.links if link.type == "succeeded-by"]
    assert followed == [(f"arr:stp-{code}", "arr:stp-qhm") for code in ("qvp", "qt8", "qmk")]
    leads = Counter(link.other.key for one in found if one.kind == "person" for link in one.links)
    cells = {row["ods_stp_code"]: row["footprint_lead"] for row in rows_of(shared / "data" / FOOTPRINTS)}
    several = {
        "arr:stp-qop": 2,
        "arr:stp-qyg": 2,
        "arr:stp-qua": 2,
        "arr:stp-qjk": 2,
        "arr:stp-quy": 3,
        "arr:stp-qu9": 3,
    }
    assert leads == {f"arr:stp-{code.lower()}": 1 for code, cell in cells.items() if cell != "tbc"} | several
    assert [fact.text for one in stps for fact in one.facts if fact.property == "post-without-holder"] == [
        "footprint lead (tbc)"
    ]


def test_every_partner_takes_part_in_its_footprint(shared: Path) -> None:
    links = [(one.key, link) for one in said(shared, PARTNERS) for link in one.links]
    assert Counter(link.status for _, link in links) == {"current": 746, "past": 47}
    wanted = Counter(row["ods_stp_code"] for row in rows_of(shared / "data" / PARTNERS))
    assert Counter(key.removeprefix("arr:stp-").upper() for key, _ in links) == wanted


def test_trusts_take_part_in_the_stp_of_their_row(shared: Path) -> None:
    found = said(shared, "stp/Trust-STP-lookup-2017.csv")
    names = {(one.key, one.names[0].name, link.other.name) for one in found for link in one.links}
    assert ("arr:stp-qoq", "Humber, Coast and Vale", "York Teaching Hospital NHS Foundation Trust") in names
    assert len(names) == 137


def test_trusts_boards_and_boards_of_boards_are_those_of_the_file(shared: Path) -> None:
    trusts = said(shared, "trusts-2026/trusts.json")
    boards = [one for one in trusts if any("group boards: " in (fact.text or "") for fact in one.facts)]
    assert (
        len(boards) == sum("group_board" in row for row in rows_of(shared / "data" / "trusts-2026/trusts.json")) == 13
    )
    assert len({one.key for one in boards}) == 6


def test_boards_share_clusters_and_split_predecessors(shared: Path) -> None:
    found = said(shared, "trusts-2026/icbs.json")
    clusters = Counter(one.key for one in found if one.type == "integrated-care-board-cluster")
    rows = rows_of(shared / "data" / "trusts-2026/icbs.json")
    assert sorted(clusters.values()) == sorted(
        Counter(row["cluster_id"] for row in rows if "cluster_id" in row).values()
    )
    before = Counter(one.key for one in found if any(link.type == "succeeded-by" for link in one.links))
    assert sorted(key for key, number in before.items() if number > 1) == ["ods:QJG", "ods:QNQ"]


def test_an_alliance_in_the_notes_counts_and_one_of_a_single_hospital_does_not(shared: Path) -> None:
    found = said(shared, "arrangements/trust-to-cancer-alliance-2026.csv")
    second = {link.other.key: one.key for one in found for link in one.links if link.role == "partner"}
    assert second == {"ods:RCD": "ods:N70", "ods:RFS": "ods:N80", "ods:RD8": "ods:N89", "ods:RDU": "ods:N89"}
    assert sum(link.role == "member" for one in found for link in one.links) == 141


def test_importing_twice_changes_nothing(shared: Path) -> None:
    names = [FOOTPRINTS, PARTNERS, "trusts-2026/icbs.json", "trusts-2026/trusts.json"]
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for turn in (1, 2):
            session = ImportSession.in_memory(connection, command="import")
            for name in names if turn == 1 else reversed(names):
                report = session.take(reading(shared, name), format="table")
                assert turn == 1 or report.unchanged == report.read
            session.finish()
        kind = connection.execute("SELECT kind, type FROM record WHERE key = 'ods:QWE'").fetchone()
        assert kind == ("organisation", "integrated-care-board")
        count = "SELECT count(*) FROM link JOIN record ON record.id = target_id WHERE key = 'arr:stp-footprints'"
        assert connection.execute(count).fetchone() == (45,)
    finally:
        connection.close()


@pytest.fixture(scope="module")
def register(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Register]:
    """A register of the real tables of arrangements; skips where they are absent."""
    paths = [shared / "data" / name for name in TABLES]
    if not all(path.exists() for path in paths):
        pytest.skip("not all tables are among the shared files")
    path = tmp_path_factory.mktemp("tables") / "tables.db"
    import_sources(path, [str(one) for one in paths], ImportOptions(command="import"))
    with open_register(path) as opened:
        yield opened


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("south east london cancer alliance", "Guy's and St Thomas' NHS Foundation Trust"),
        ("humber group board", "Hull University Teaching Hospitals NHS Trust"),
        ("south west london stp", "Croydon CCG"),
    ],
)
def test_a_name_that_people_type_leads_to_who_takes_part(register: Register, text: str, wanted: str) -> None:
    first = register.find(text).hits[0]
    links = register.links(first.brief.key, types=("participates-in",), direction="in", limit=None).links
    assert same_name(wanted) in {same_name(link.name) for link in links}


def test_trusts_without_codes_are_those_of_the_same_name(register: Register) -> None:
    assert register.resolve("org:bolton-nhs-foundation-trust") == "ods:RMC"
    tied = register.links("ods:RMC", types=("participates-in",), direction="out", limit=None).links
    assert "arr:stp-qop" in {link.key for link in tied}
    # A crosswalk tells whom the partners' list means by Suffolk.
    council = register.record("org:suffolk")
    assert (council.key, council.name) == ("ods:609", "Suffolk County Council")
    assert "arr:stp-qjg" in {link.key for link in council.links}
    assert not [one for one in register.suggestions() if one.key == "org:suffolk"]


def test_a_listed_name_of_another_trust_and_an_unclear_lead_are_questions(register: Register) -> None:
    asked = register.suggestions()
    doubted = {(one.key, one.candidates[0].key) for one in asked if one.rule == "name-of-another"}
    assert {("ods:RQY", "ods:RJ7"), ("ods:RXE", "ods:RFR"), ("ods:RWK", "ods:RAT")} <= doubted
    assert "Rotherham NHS Foundation Trust" not in {name.name for name in register.record("ods:RXE").names}
    assert not [one.key for one in asked if one.rule == "unclear-lead"]


def test_a_merger_of_partners_is_no_merger_of_the_stp(shared: Path) -> None:
    found = said(shared, "stp/stp-partner-mapping-2019-04_changelog.csv")
    events = {(one.key, event.date, event.kind) for one in found for event in one.events}
    assert not [one for one in events if one[2] == "merged"]
    assert {one[:2] for one in events if one[2] == "amended"} >= {
        (f"arr:stp-{code}", "2018-06-07") for code in ("qvp", "qt8", "qmk")
    }
