"""Records made by hand, well-behaved and hostile, and a register that answers with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Self

from db.dates import order
from db.graph.answers import Timeline
from db.model import (
    Address,
    Event,
    Evidence,
    Fact,
    Identifier,
    Link,
    LinkPage,
    Name,
    Particulars,
    Record,
    SourceRef,
    StatedValue,
    TimelineEntry,
)
from db.parties import Party
from db.reading.sql import QueryRows
from db.reports import Change, Changed, Diff, Reject, Run, SourceInfo, SourceReport, Stats
from db.results import Brief, Hit, Match, Results
from db.statements import LinkTypeSaid

HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07 [bold red]x[/] \u202egnp.exe\u2066 \x00\x9b31m =1+1|2 <b>*y*</b>"
    "\r\nnext\ttab\u2028end \U000e0041"
)
"""Escapes, Rich markup, direction marks, NUL, C1, a formula, HTML, Markdown, line ends and a hidden tag in one text."""

SOURCE = SourceRef("doc:story", "The story", "A publisher", "2016-07", "https://example.org/story")
STATED = Evidence(41, SOURCE, "p1", None, "stated", None, None, None, None)
CLAIMED = Evidence(42, SOURCE, "p2", "as they say", "claimed", 0.8, "person:a-b", "A B", None)
INFERRED = Evidence(
    43, SourceRef("file:list", "A list", None, None, None), None, None, "inferred", None, None, None, "named as host"
)


def link(number: int, **changes: object) -> Link:
    """A link to organisation number so and so."""
    made = Link(
        id=number,
        type="participates-in",
        label="participants",
        category="participation",
        direction="in",
        role="member",
        role_label="member",
        start="2016",
        end=None,
        legal_start=None,
        legal_end=None,
        status="current",
        key=f"ods:X{number}",
        kind="organisation",
        name=f"Trust {number}",
        other_open=True,
        facts=(),
        evidence=(41,),
    )
    return made._replace(**changes)  # type: ignore[arg-type]


RECORD = Record(
    key="arr:group",
    kind="arrangement",
    type="group-model",
    type_label="group model",
    name="Foundation Group",
    status="planned",
    status_label="planned",
    open=True,
    placeholder=False,
    gone=None,
    form="informal",
    legal_form=None,
    legal_basis=None,
    basis_status="unknown",
    summary="Two trusts that stay separate.",
    opened="2016-07",
    closed=None,
    legal_start=None,
    legal_end=None,
    address=Address(("County Hospital",), "Hereford", None, "HR1 2ER", "England"),
    names=(Name("Foundation Group", "official", None, None, "FOUNDATION GROUP", (41,)),),
    identifiers=(Identifier("arr", "group", (41,)),),
    facts=(
        Fact("expected-savings", "expected savings", 2_000_000, "GBP", None, "about £2m", (42,)),
        Fact("share", "share", 86, "percent", "2016", None, (42,)),
    ),
    links=tuple(link(number) for number in range(1, 13)),
    link_counts={"participants": 12},
    events=(
        Event(None, "planned", "Some day.", (41,)),
        Event("XXXX-07-08", "decision-due", "To be decided.", (42,)),
        Event("2016", "announced", "Announced.", (41, 43)),
    ),
    evidence=(STATED, CLAIMED, INFERRED),
    own_evidence=(41,),
)

NASTY = RECORD._replace(
    name=HOSTILE,
    summary=HOSTILE,
    type_label=HOSTILE,
    status_label=HOSTILE,
    names=(Name("x" * 10_000, "official", None, None, HOSTILE, (41,)), Name(HOSTILE, HOSTILE, HOSTILE, None, None, ())),
    identifiers=(Identifier("ods", HOSTILE, (41,)),),
    facts=(Fact(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (42,)),),
    links=(
        link(
            1,
            name=HOSTILE,
            key=HOSTILE,
            label=HOSTILE,
            role_label=HOSTILE,
            start=HOSTILE,
            status=HOSTILE,
            values=tuple(StatedValue("end", f"{n} {HOSTILE}", n == 0, HOSTILE, (41,)) for n in range(2)),
        ),
    ),
    link_counts={HOSTILE: 1},
    events=(Event(HOSTILE, HOSTILE, HOSTILE, (41,)),),
    address=Address((HOSTILE,), HOSTILE, HOSTILE, HOSTILE, HOSTILE),
    values=tuple(
        StatedValue(what, value, chosen, HOSTILE, (41,))
        for what in ("type", "status", "opened", "address", "town", HOSTILE)
        for value, chosen in ((HOSTILE, True), (f"another {HOSTILE}", False))
    ),
    evidence=(
        Evidence(
            41,
            SourceRef(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE),
            HOSTILE,
            HOSTILE,
            "claimed",
            None,
            HOSTILE,
            HOSTILE,
            HOSTILE,
        ),
    ),
)

REPORT = SourceReport("file:etr", "ods-csv", "2025-07", 210, 100, 50, 40, 5, 15, 95, 300, 2, 1)


def brief_of(record: Record) -> Brief:
    """A record in one line."""
    place = record.address.town or record.address.postcode if record.address else None
    return Brief(record.key, record.kind, record.type, record.name, record.status, record.open, place, record.gone)


class SampleRegister:
    """Answers as a register does, with one record whatever is asked."""

    label = "sample.db"
    path = None

    def __init__(self, record: Record = RECORD, hits: int = 2, total: int = 5) -> None:
        self.kept = record
        brief = brief_of(record)
        found = Hit(brief, 91.456, Match("name", brief.name, "prefix"), "prefix of a name")
        self.results = Results("fou", total, (found,) * hits, None if hits else "Try fewer words.")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def resolve(self, text: str) -> str:
        """Any text stands for the record."""
        return self.kept.key

    def brief(self, key: str) -> Brief:
        """The record in one line."""
        return brief_of(self.kept)

    def record(
        self, key: str, *, as_of: str | None = None, most: int | None = None, with_timeline: bool = False
    ) -> Record:
        """The record."""
        return self.kept

    def particulars(self, keys: Iterable[str]) -> dict[str, Particulars]:
        """That each is where its name says."""
        name, source = self.kept.name, self.kept.evidence[0].source
        return {key: Particulars(name, name, name, None, name, (("x", name),), source) for key in keys}

    def timeline(self, key: str, **_: object) -> Timeline:
        """What was recorded of it, and that somebody joined."""
        kept = self.kept
        entries = [TimelineEntry(one.date, one.kind, one.evidence, text=one.text) for one in kept.events]
        entries += [
            TimelineEntry(
                "2017", "joined", one.evidence, label=one.label, other=Party(one.key, one.name), type=one.type,
                category="participation", direction=one.direction, role=one.role,
            )
            for one in kept.links[:1]
        ]  # fmt: skip
        told = tuple(sorted(entries, key=lambda one: order(one.date)))
        return Timeline(kept.key, kept.name, kept.kind, told, len(told), 0, kept.evidence)

    def links(self, key: str, **_: object) -> LinkPage:
        """Two of its links, or the one there is."""
        links = self.kept.links[:2]
        return LinkPage(self.kept.key, len(self.kept.links), links, self.kept.evidence)

    def find(self, text: str, **_: object) -> Results:
        """The record, as often as it was asked for."""
        return self.results

    def link_types(self) -> tuple[LinkTypeSaid, ...]:
        return ()

    def type_labels(self) -> dict[str, str]:
        """One word, for the record's type."""
        return {"group-model": "Group model"}

    def stats(self) -> Stats:
        """Some counts, and a source with the record's name."""
        info = SourceInfo("file:etr", self.kept.name, None, "2025-07", "OGL v3", None, "ods-csv", "2026-01-02", 210)
        return Stats({"organisation": 34}, {"participates-in": 12}, (info,), 400_000)

    def runs(self) -> tuple[Run, ...]:
        """One import that refused a row."""
        report = REPORT._replace(source=self.kept.name)
        reject = Reject("file:etr", 7, "no code", self.kept.name)
        return (Run(1, "2026-01-02T03:04:05+00:00", 1.23456, "import x", False, (report,), (reject,)),)

    def diff(self, run: int) -> Diff:
        """One record added and one changed, and a row refused."""
        name = self.kept.name
        changed = Changed(self.kept.key, name, False, (Change("name", None, name), Change(name, name, None)))
        reject = Reject("file:etr", 7, "no code", name)
        return Diff(run, (Changed("ods:X1", name, True),), (changed,), (changed,), (), (), (reject,))

    @contextmanager
    def sql_rows(self, query: str, **_: object) -> Iterator[QueryRows]:
        """A table with the record's name in a cell, and two columns of one name."""
        rows: list[tuple[object, ...]] = [(1, self.kept.name, None), (2, float("inf"), 3.5), (3, None, None)]
        yield QueryRows(("a", "b", "a"), iter([rows]), 2)
