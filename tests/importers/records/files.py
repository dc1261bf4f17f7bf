"""Files of the records format as the tests here write them: text in, statements and complaints out."""

from __future__ import annotations

from textwrap import dedent

from db.statements import Reading, RejectSaid, RowSaid, Statement
from importers.records.rows import read_records
from tests.importers.things import given

HEADER = "format: interlock-records/1\n"

STORY = HEADER + dedent(
    """\
    id: story
    title: A story of two trusts
    cites: doc:announcement
    sources:
      - {key: file:trust-list, title: List of trusts, publisher: A publisher, published: 2025-07}
    documents:
      - {key: doc:announcement, title: An announcement, publisher: A newspaper, evidence: heading}
    organisations:
      - key: ods:RLQ
        name: Wye Valley NHS Trust
        names: [WVT, {name: Wye Valley, kind: short, evidence: p2}]
        evidence: {source: file:trust-list, locator: row 9}
    arrangements:
      - key: arr:foundation-group
        name: Foundation Group
        type: group-model
        form: informal
        status: planned
        opened: 2016
        participants:
          - {who: ods:RLQ, role: member, evidence: [p1, p8]}
          - {who: ods:RJC, name: South Warwickshire NHS FT, role: member, start: 2016-07}
        facts:
          - {property: expected-savings, value: 2000000, unit: GBP, evidence: {basis: claimed, claimant: ods:RLQ}}
        events:
          - {date: XXXX-07-08, kind: decision-due, text: Two boards decide}
        evidence: p1
    people:
      - name: Sir Glen Burley OBE
        posts: [{in: ods:RJC, role: chief-executive}]
    """
)
"""A small file with something of everything, in which nothing is wrong."""


def reading(text: str | bytes, name: str = "story.yaml") -> Reading:
    """Read a text as the file `name`."""
    return read_records(given(text, name))


def rows(text: str, name: str = "story.yaml") -> list[RowSaid | RejectSaid]:
    """Return the rows of a text."""
    return list(reading(text, name).rows)


def complaints(text: str, name: str = "story.yaml") -> list[str]:
    """Return what is wrong with a text's records, as a run shows it."""
    return [f"{name}:{row.line}: {row.reason}" for row in rows(text, name) if isinstance(row, RejectSaid)]


def statements(text: str, name: str = "story.yaml") -> dict[str, Statement]:
    """Return the statements of a text by their keys; nothing may be wrong with it."""
    found = {}
    for row in rows(text, name):
        assert isinstance(row, RowSaid), row
        (statement,) = row.statements
        found[statement.key] = statement
    return found


def only(text: str) -> Statement:
    """Return the one statement of a text."""
    (statement,) = statements(text).values()
    return statement


def in_section(section: str, *lines: str) -> str:
    """Return a file with one record, made of the lines given, in a list."""
    return HEADER + f"{section}:\n  - " + "\n    ".join(lines) + "\n"
