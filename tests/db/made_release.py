"""A small national release and the next month's, with what makes a register hard to keep: hubs, stubs, successions."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.national.things import File, Followed, Held, Org, Span, Tied
from tests.national.zips import release

MONTHS = ("2026-07-31", "2026-08-28")


def _org(code: str, role: str, name: str, *more: str, start: str = "2010-04-01", end: str | None = None) -> Org:
    span, active = Span(start, end), end is None
    roles = (Held(role, span, active, primary=True), *(Held(one, span, active) for one in more))
    return Org(code, name, roles, span, status="Active" if active else "Inactive")


def _tie(kind: str, target: str, role: str, start: str, end: str | None = None) -> Tied:
    return Tied(kind, target, role, Span(start, end), end is None)


HUB = ("QZH", "RO261", "2022-07-01")
"""The board that most point at."""


def _boards_and_trusts() -> list[Org]:
    board = Held("RO318", Span("2022-07-01"))
    sites = [
        replace(
            _org(f"RZ10{number}", "RO198", f"{name} HOSPITAL", start="2001-04-01"),
            site=True,
            ties=(_tie("RE6", "RZ1", "RO197", "2010-04-01"), _tie("RE5", *HUB)),
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
            ties=(_tie("RE5", *HUB), _tie("RE2", *HUB)),
            followed=(Followed("09Z", "2020-04-01", forward=False),),
        ),
        replace(
            _org("09Z", "RO98", "NHS LONSDALE CCG", start="2013-04-01", end="2020-03-31"),
            followed=(Followed("15Z", "2020-04-01"),),
        ),
        replace(trust, legal=Span("2010-10-01"), ties=(_tie("RE5", *HUB),), county="CUMBRIA", uprn="10007100001"),
        replace(
            lost,
            ties=(_tie("RE5", "QZH", "RO261", "1993-04-01", "2021-03-31"),),
            followed=(Followed("RZ1", "2021-04-01"),),
        ),
        replace(
            _org("RZ3", "RO197", "BEACON VIEW HEALTH AND CARE NHS TRUST", start="1900-01-01"),
            ties=(_tie("RE5", *HUB),),
        ),
        *sites,
    ]


def _networks_and_surgeries() -> list[Org]:
    """Two networks: a member of one leaves it in the second month, and nothing changes in the other."""
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
    return [
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
    ]


def _others() -> list[Org]:
    """Among them one that points at nobody's code, and one that closes in years to come."""
    return [
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
        replace(_org("NZ2", "RO172", "CAFÉ McKAY CARE LTD"), ties=(_tie("RE5", *HUB),), lines=("UNIT 1", "THE PARK")),
        replace(_org("VZ1", "RO104", "FELLSIDE CARE HOME"), ties=(_tie("RE6", "NZ2", "RO172", "2015-02-01"),)),
        replace(_org("EZ1", "RO221", "KENDAL PRIMARY SCHOOL"), ties=(_tie("RE5", *HUB),)),
        replace(_org("8Z1", "RO157", "POINTS AT WHAT IS NOWHERE"), ties=(_tie("RE6", "ZZ999", "RO157", "2012-04-02"),)),
        _org("8Z2", "RO157", "CLOSING LATER", start="2012-04-02", end="2028-08-31"),
    ]


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
    orgs = [*_boards_and_trusts(), *_networks_and_surgeries(), *_others()]
    archived = _archived()
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
