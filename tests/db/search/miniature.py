"""Registers made by hand for the tests of search, straight into the tables that it reads."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from db.database.upgrade import upgrade
from db.results import Results
from db.search.find import find
from db.search.write import rebuild, reindex


class Miniature:
    """A small register that can be written to, and searched as everyone does."""

    def __init__(self) -> None:
        self.conn = sqlite3.connect(":memory:", isolation_level=None)
        upgrade(self.conn)

    def add(
        self, key: str, name: str, type: str | None = None, *, names: Iterable[str] = (), summary: str | None = None,
        town: str | None = None, postcode: str | None = None, open: bool | None = True, status: str | None = None,
        opened: str | None = None, closed: str | None = None,
    ) -> int:  # fmt: skip
        """Add a record; its kind follows from the scheme of its key, and each of `names` is `name` or `kind: name`."""
        kind = {"arr": "arrangement", "person": "person", "site": "site", "doc": "document"}.get(
            key.partition(":")[0], "organisation"
        )
        cursor = self.conn.execute(
            "INSERT INTO record (key, kind, type, name, status, open, summary, town, postcode, opened, closed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (key, kind, type, name, status, open, summary, town, postcode, opened, closed),
        )
        number = cursor.lastrowid or 0
        for one in (f"official: {name}", *names):
            name_kind, colon, text = one.partition(": ")
            self.name(number, text if colon else one, name_kind if colon else "short")
        scheme, _, code = key.partition(":")
        if scheme == "ods":
            values = (number, scheme, code)
            self.conn.execute("INSERT INTO identifier (record_id, scheme, value) VALUES (?, ?, ?)", values)
        return number

    def name(self, number: int, name: str, kind: str) -> None:
        """Give a record one more name."""
        self.conn.execute("INSERT INTO name (record_id, name, kind) VALUES (?, ?, ?)", (number, name, kind))

    def link(self, source: str, target: str, type: str = "participates-in", role: str | None = None) -> None:
        """Tie two records."""
        self.conn.execute(
            "INSERT INTO link (source_id, target_id, type_id, role) VALUES"
            " (?, ?, (SELECT id FROM link_type ORDER BY name = ? DESC, id LIMIT 1), ?)",
            (self.number(source), self.number(target), type, role),
        )

    def hospital(self, key: str, name: str, run_by: str, town: str | None = None) -> int:
        """Add a hospital, of which its list does not tell whether it is open, with who runs it."""
        number = self.add(key, name, "hospital", town=town, open=None)
        self.link(key, run_by, "operated-by")
        return number

    def number(self, key: str) -> int:
        """Return the number of a record."""
        return int(self.conn.execute("SELECT id FROM record WHERE key = ?", (key,)).fetchone()[0])

    def indexed(self, *keys: str) -> Miniature:
        """Bring the index up to date for some records, or for all."""
        if keys:
            reindex(self.conn, [self.number(key) for key in keys])
        else:
            rebuild(self.conn)
        return self

    def find(self, text: str, *, limit: int | None = 20, closed: bool = False, as_of: str | None = None) -> Results:
        """Search it, with explanations."""
        return find(self.conn, text, limit=limit, closed=closed, as_of=as_of, explain=True)

    def keys(self, text: str, *, limit: int | None = 20, closed: bool = False) -> list[str]:
        """Return the keys of what a search finds, best first."""
        return [hit.brief.key for hit in self.find(text, limit=limit, closed=closed).hits]


def stories() -> Miniature:
    """Return a miniature of this field: two trusts and their group, a council and its care trust, and others."""
    made = Miniature()
    made.add(
        "ods:RLQ", "Wye Valley NHS Trust", "nhs-trust", names=["acronym: WVT"], town="Hereford", postcode="HR1 2ER"
    )
    made.add(
        "ods:RJC", "South Warwickshire University NHS Foundation Trust", "nhs-foundation-trust",
        names=["acronym: SWFT", "former: South Warwickshire NHS Foundation Trust"], town="Warwick", postcode="CV34 5BW",
    )  # fmt: skip
    made.add("arr:foundation-group", "Foundation Group", "group-model", status="planned", summary="Not a merger.")
    made.add("arr:partnership", "Strategic partnership of two trusts", "strategic-partnership")
    made.add("person:glen-burley", "Glen Burley", open=None)
    made.add("doc:announcement", "Wye Valley trust and its foundation group", "news-article", open=None)
    for body in ("ods:RLQ", "ods:RJC"):
        made.link(body, "arr:foundation-group", role="member")
        made.link(body, "arr:partnership", role="partner")
    made.link("person:glen-burley", "ods:RJC", "holds-post", "chief-executive")
    made.add("org:council", "Blackburn with Darwen Borough Council", "unitary-authority", names=["BwD"])
    made.add("org:care-trust", "Blackburn with Darwen Teaching Care Trust Plus", "care-trust", open=None)
    made.add("arr:team", "Single integrated management team", "integrated-management-team", status="proposed")
    made.add("person:michael-lee", "Michael Lee", names=["title: Cllr Michael Lee"], open=None)
    made.add("person:bill-taylor", "Bill Taylor", names=["title: Sir Bill Taylor"], open=None)
    for one in ("org:council", "org:care-trust"):
        made.link(one, "arr:team", role="member")
    made.link("person:michael-lee", "org:council", "holds-post", "leader")
    made.link("person:bill-taylor", "org:care-trust", "holds-post", "chair")
    made.add("arr:together", "Together", "provider-partnership", summary="Three providers in North East Lincolnshire.")
    made.add("org:navigo", "Navigo", "community-interest-company")
    made.add("ods:RJL", "Northern Lincolnshire and Goole NHS Foundation Trust", names=["acronym: NLAG"], town="Grimsby")
    made.link("org:navigo", "arr:together", role="member")
    made.link("ods:RJL", "arr:together", role="member")
    made.add("arr:sel-ics", "South East London Integrated Care System", "integrated-care-system")
    made.add("arr:stp-footprints", "STP footprints", "planning-programme", names=["acronym: STP"])
    made.add(
        "site:queen-marys", "Queen Mary's Hospital, Sidcup", summary="In Bexley.", town="Sidcup", postcode="DA14 6LT"
    )
    made.add("ods:RPG", "Oxleas NHS Foundation Trust", summary="Runs Queen Mary's and serves Bexley.", town="Dartford")
    made.add("ods:RJ1", "Guy’s and St.Thomas’ NHS FT", "nhs-foundation-trust", town="London", postcode="SE1 7EH")
    made.add("ods:RJZ", "King's College Hospital NHS Foundation Trust", town="London", postcode="SE5 9RS")
    made.add("ods:7A1", "Betsi Cadwaladr University Health Board", names=["welsh: Bwrdd Iechyd Tŷ Glân"], town="Bangor")
    made.add("ods:RX9", "Old Valley NHS Trust", "nhs-trust", open=False, status="closed", closed="2005-03-31")
    return made.indexed()
