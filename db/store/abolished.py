"""Kinds of bodies and arrangements that came to an end, most by an Act: what nobody has open since has closed."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from db.keys import slug
from db.statements import Cite, SourceSaid

_LAW, _PAGE = "law", "page"
"""Schemes of the keys of Acts and of pages as sources: a document record is what a source describes."""
NOTE = "Inferred: its kind came to an end."


@dataclass(frozen=True, slots=True)
class Abolition:
    """The last day on which there were any of a kind, and which Act, or which page, says so where."""

    last_day: str
    section: str
    url: str
    act: str | None = None
    page: str | None = None
    publisher: str = "UK Parliament"
    published: str | None = None
    note: str = NOTE
    """How that follows from it."""

    @property
    def source(self) -> SourceSaid:
        """The Act or the page as a source."""
        title = self.act or self.page or ""
        key = f"{_LAW if self.act else _PAGE}:{slug(title)}"
        return SourceSaid(key, title, publisher=self.publisher, published=self.published, url=self.url)

    @property
    def cites(self) -> frozenset[Cite]:
        """What tells that the bodies have closed."""
        return frozenset((Cite(self.source.key, self.section, basis="inferred", note=self.note),))


def abolished_kinds(connection: sqlite3.Connection) -> dict[str, Abolition]:
    """Return the types of which there are none any more, as the vocabulary has them."""
    rows = connection.execute(
        "SELECT name, extra FROM term WHERE vocabulary IN ('organisation_types', 'arrangement_types')"
        " AND instr(extra, '\"abolished\"')"
    )
    told = {name: json.loads(extra).get("abolished") for name, extra in rows}
    return {name: Abolition(**words) for name, words in told.items() if words}
