"""How a link stands is told alike by the views, for other tools, and by the commands."""

from __future__ import annotations

from datetime import date
from itertools import product
from pathlib import Path

import pytest

import db
from db.register import Register, open_register
from tests.db.reading.small import Small

_DAYS = (None, "2013", "2020-02", "2026-11-28", "2999-01-01", "XXXX-07")
_LISTS = ((), ("2015",), ("2015-03-31", "2019-04"), ("{year}",), ("{year}-01", "2019"), ("{half_a_year_ago}",))
_STATES = (None, "current", "planned", "proposed", "past")
_ENDS: tuple[dict[str, str | int | None], ...] = (
    {"open": 1, "status": "open"},
    {"open": None, "status": "unlisted"},
    {"open": 1, "status": "planned"},
    {"open": 0, "closed": "2020-03-31"},
    {"open": 0, "closed": None},
)
_TYPES = (("participates-in", "participation"), ("succeeded-by", "succession"), ("announced-by", "other"))


@pytest.fixture(autouse=True)
def today_of_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the program take the day for today that SQLite does."""
    monkeypatch.delenv("INTERLOCK_TODAY")


def made_up() -> Small:
    """A register with a link for each way in which one may stand."""
    small = Small()
    small.connection.executescript((Path(db.__file__).parent / "schema" / "views.sql").read_text("utf-8"))
    today = date.today()
    days = {"year": today.year, "half_a_year_ago": date.fromordinal(today.toordinal() - 184).isoformat()}
    sources = {
        day: small.evidence(small.source(f"file:{day}", published=day.format(**days)))
        for day in {day for several in _LISTS for day in several}
    }
    older = small.source("file:r1", published="2015", living=1, series="releases")
    sources["repeated"] = small.evidence(older)
    sources["of 2019"] = small.evidence(small.source("file:later", published="{year}".format(**days)), as_of="2019-04")
    sources["release of 2019"] = small.evidence(older, as_of="2019")
    newer = small.source("file:r2", published=f"{today.year}-01", living=1, series="releases")
    types = [small.link_type(name, name, name, category=category) for name, category in _TYPES]
    hub = small.record("ods:HUB", "Hub")
    ends = [small.record(f"ods:{n}", f"Body {n}", "organisation", **values) for n, values in enumerate(_ENDS)]
    shared = [*product(_DAYS, _DAYS[:5]), *product(_DAYS[:2], _DAYS[:1], _STATES)]
    for number, (lists, dates) in enumerate(
        product((*_LISTS, ("repeated",), ("of 2019",), ("release of 2019", "2015")), shared)
    ):
        since, until, status = (*dates, _STATES[number % 5])[:3]
        link = small.link(
            types[0 if number % 4 else number % 3], hub, ends[number * 7 % 5 if number % 3 else 0],
            since=since, until=until, status=status, role=str(number),
            gone=(None, None, newer)[number % 11 % 3] if number % 2 else None,
        )  # fmt: skip
        small.cite("link", link, *(sources[day] for day in lists))
    return small


def told(register: Register, key: str) -> dict[int, tuple[object, ...]]:
    """How the links of a record stand by what commands say."""
    return {
        link.id: (link.status, link.listed_first, link.listed_last, link.ended_with and link.ended_with.name)
        for link in register.record(key).links
    }


def viewed(register: Register, links: dict[int, tuple[object, ...]]) -> dict[int, tuple[object, ...]]:
    """The same by what the views say."""
    rows = register.database.execute("SELECT id, status, listed_first, listed_last, ended_with FROM _standing")
    return {link: tuple(values) for link, *values in rows if link in links}


def test_the_views_tell_how_every_link_of_the_built_in_register_stands() -> None:
    with open_register(builtin=True) as register:
        links = {link: how for key in register.keys() for link, how in told(register, key).items()}
        assert links
        assert viewed(register, links) == links


def test_the_views_tell_how_links_of_every_kind_stand() -> None:
    register = made_up().register()
    links = told(register, "ods:HUB")
    assert {how[0] for how in links.values()} == {None, "current", "planned", "proposed", "past"}
    found = viewed(register, links)
    assert {link: how for link, how in found.items() if how != links[link]} == {}
    assert len(found) == len(links)
