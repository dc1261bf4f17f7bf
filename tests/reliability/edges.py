"""A made-up release with records on the edge: what happens around its day, and rivals."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path

from tests.national import traps
from tests.national.country import Country, targets
from tests.national.things import File, Held, Org, Span, Tied
from tests.national.zips import release

_OWN = ("Y5", "ZT", "FE", "T1")
"""How codes begin that the country itself does not have."""
_BEGUN = "2001-04-01"
_PRIMARY = Held("RO157", Span(_BEGUN), primary=True)


def release_with_edges(path: Path, country: Country, published: str) -> Path:
    """Write the release of a day: the country, the usual traps, and what happens around that day."""
    full = [*country.orgs(False), *_of(traps.in_full()), *_around(published), *_rivals(published)]
    archive = [*country.orgs(True), *_of(traps.in_archive())]
    files = (full, False), (archive, True)
    written = [File([*orgs, *_stubs(country, orgs, archived)], archived, published) for orgs, archived in files]
    return release(path, *written)


def _of(pairs: Iterable[tuple[Org, bool]]) -> list[Org]:
    return [org for org, _ in pairs]


def _stubs(country: Country, orgs: list[Org], archived: bool) -> list[Org]:
    """Skeletons of what the records point at in the other file."""
    far = {code for code in targets(iter(orgs)) if not code.startswith(_OWN) and country.archived(code) != archived}
    return [country.named(code).as_stub() for code in sorted(far)]


def _around(published: str) -> list[Org]:
    """Records of which something begins or ends the day before, on the day, or the day after."""
    found: list[Org] = []
    for shift, letter in ((-1, "A"), (0, "B"), (1, "C")):
        day = (date.fromisoformat(published) + timedelta(shift)).isoformat()
        until, since = Span(_BEGUN, day), Span(day)
        ties = (
            Tied("RE6", "Y58", "RO209", until),
            Tied("RE4", "Y58", "RO209", since),
            Tied("RE5", "Y58", "RO209", Span(_BEGUN), legal=until),
            Tied("RE2", "Y58", "RO209", Span(_BEGUN), legal=since),
            Tied("RE3", "Y58", "RO209", until, active=False),
        )
        roles = (_PRIMARY, Held("RO104", until), Held("RO172", since), Held("RO182", Span(_BEGUN), legal=until))
        found += [
            Org(f"ZT91{letter}", f"TIES AROUND THE DAY {letter}", (_PRIMARY,), ties=ties),
            Org(f"ZT92{letter}", f"ROLES AROUND THE DAY {letter}", roles),
            Org(f"ZT93{letter}", f"CLOSING AROUND THE DAY {letter}", (_PRIMARY,), until),
            Org(f"ZT94{letter}", f"CLOSING IN LAW {letter}", (_PRIMARY,), legal=until),
            Org(f"ZT95{letter}", f"OPENING AROUND THE DAY {letter}", (Held("RO157", since, primary=True),), since),
            Org(f"ZT96{letter}", f"NETWORK {letter}", (Held("RO272", until, primary=True), Held("RO98", since))),
        ]
    return found


def _rivals(published: str) -> list[Org]:
    """Bodies that share a name: one of them closed, both open, one closed on the day, one that was called so before."""
    gone = (Held("RO157", Span(_BEGUN, "2010-03-31"), False, primary=True),)
    ended = Span(_BEGUN, "2010-03-31")
    later = published > "2026-09-01"
    return [
        Org("ZT971", "RIVAL CARE LTD", (_PRIMARY,)),
        Org("ZT972", "RIVAL CARE LTD", gone, ended, status="Inactive"),
        Org("ZT973", "TWIN CARE LTD", (_PRIMARY,)),
        Org("ZT974", "TWIN CARE LTD", (_PRIMARY,), postcode="ZZ1 1ZZ"),
        Org("ZT975", "LATE CARE LTD", (_PRIMARY,), Span(_BEGUN, "2026-09-05")),
        Org("ZT976", "LATE CARE LTD", (_PRIMARY,), Span("2026-09-06")),
        Org("ZT977", "NEW GLORY LTD" if later else "OLD GLORY LTD", (_PRIMARY,)),
        Org("ZT978", "OLD GLORY LTD", gone, ended, status="Inactive"),
        Org("ZT979", "SECOND GLORY LTD" if later else "FIRST GLORY LTD", (_PRIMARY,)),
        Org("ZT97A", "FIRST GLORY LTD" if later else "THIRD GLORY LTD", (_PRIMARY,)),
        Org("ZT97B", "GONE GLORY LTD", gone, ended, status="Inactive"),
    ]
