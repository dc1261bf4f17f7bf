"""Kinds of bodies and arrangements that an Act brought to an end: those that nobody has open since then have closed."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from db.keys import slug
from db.statements import Cite, SourceSaid

_SCHEME = "law"
"""Of the keys of Acts as sources: a document record is what a source describes."""
NOTE = "Inferred: its kind came to an end."


@dataclass(frozen=True, slots=True)
class Abolition:
    """The last day on which there were any of a kind, and which Act says so where."""

    last_day: str
    act: str
    section: str
    published: str
    url: str

    @property
    def source(self) -> SourceSaid:
        """The Act as a source."""
        key = f"{_SCHEME}:{slug(self.act)}"
        return SourceSaid(key, self.act, publisher="UK Parliament", published=self.published, url=self.url)

    @property
    def cites(self) -> frozenset[Cite]:
        """What tells that the bodies have closed."""
        return frozenset((Cite(self.source.key, self.section, basis="inferred", note=NOTE),))


def abolished_kinds(connection: sqlite3.Connection) -> dict[str, Abolition]:
    """Return the types of which there are none any more, as the vocabulary has them."""
    rows = connection.execute(
        "SELECT name, extra FROM term WHERE vocabulary IN ('organisation_types', 'arrangement_types')"
        " AND instr(extra, '\"abolished\"')"
    )
    told = {name: json.loads(extra).get("abolished") for name, extra in rows}
    return {name: Abolition(**words) for name, words in told.items() if words}
