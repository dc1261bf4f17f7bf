"""A register of a few records in miniature, for the explorer: the founding stories, a hub, and hostile text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Signal
from typing import Self

from db.database.version import FileVersion
from db.errors import NotFoundError, QueryInterruptedError
from db.model import Address, Event, Evidence, Fact, Identifier, Link, Name, Record, SourceRef
from db.reports import SourceInfo, Stats, Term
from db.results import Hit, Match, Results, TypeCount
from tests.tui.fake_questions import FakeQuestions
from tests.tui.samples import brief_of

ANNOUNCEMENT = SourceRef("doc:announcement", "Two trusts to form a group", None, None, None)
LIST = SourceRef("file:list", "NHS trusts", "An office", "2025-07", "https://example.org/list")
EVIDENCE = (
    Evidence(1, ANNOUNCEMENT, "paragraph 3", None, "stated", None, None, None, None),
    Evidence(
        2, ANNOUNCEMENT, "paragraph 5", "not a merger", "claimed", None, "person:glen-burley", "Glen Burley", None
    ),
    Evidence(3, LIST, "row 12", None, "inferred", 0.7, None, None, "the list gives the code"),
)


def link(key: str, kind: str, name: str, label: str, **changes: object) -> Link:
    """A link to a record, current and without dates unless changed."""
    made = Link(
        id=1, type=label.replace(" ", "-"), label=label, category="participation", direction="out", role=None,
        role_label=None, start=None, end=None, legal_start=None, legal_end=None, status=None, key=key, kind=kind,
        name=name, other_open=True, facts=(), evidence=(1,),
    )  # fmt: skip
    return made._replace(**changes)  # type: ignore[arg-type]


def record(key: str, kind: str, name: str, *links: Link, **changes: object) -> Record:
    """A record with these links, open and without anything else unless changed."""
    counts: dict[str, int] = {}
    for one in links:
        counts[one.label] = counts.get(one.label, 0) + 1
    made = Record(
        key=key, kind=kind, type=None, type_label=None, name=name, status="open", status_label="open", open=True,
        placeholder=False, gone=None, form=None, legal_form=None, legal_basis=None, basis_status=None, summary=None,
        opened=None, closed=None, legal_start=None, legal_end=None, address=None, names=(), identifiers=(), facts=(),
        links=links, link_counts=counts, events=(), evidence=EVIDENCE, own_evidence=(1,),
    )  # fmt: skip
    return made._replace(**changes)  # type: ignore[arg-type]


def fact(name: str, label: str, text: str | None, value: str | int | None = None, unit: str | None = None) -> Fact:
    """A fact that one person claims."""
    return Fact(name, label, value, unit, None, text, (2,))


GROUP = ("arr:foundation-group", "arrangement", "Foundation Group")
WYE = ("ods:RLQ", "organisation", "Wye Valley NHS Trust")
WARWICK = ("ods:RJC", "organisation", "South Warwickshire NHS Foundation Trust")
GLEN = ("person:glen-burley", "person", "Glen Burley")


def _member(of: tuple[str, str, str]) -> Link:
    return link(*of, "participants", role="member", role_label="member", status="planned", direction="in")


def _story() -> list[Record]:
    in_group = link(*GROUP, "takes part in", role="member", role_label="member", status="planned")
    chief = {"role": "chief-executive", "role_label": "chief executive"}
    return [
        record(
            *GROUP, _member(WYE), _member(WARWICK),
            type="group-model", type_label="group model", status="planned", status_label="planned",
            summary="Two trusts that stay separate share a committee; not a merger.",
            facts=(
                fact("aim", "aim", "Learn from each other."),
                fact("independence", "stays separate", "Each trust keeps its own board."),
                fact("expected-savings", "expected savings", None, 2_000_000, "GBP"),
            ),
            events=(
                Event("2017", "announced", "Announced.", (1,)),
                Event("XXXX-07-08", "decision-due", "Boards decide.", (2,)),
                Event(None, "formed", "Formed.", (1,)),
            ),
        ),
        record(
            *WYE, in_group, link(*GLEN, "people", direction="in", **chief),
            type="nhs-trust", type_label="NHS trust",
            names=(Name("WVT", "acronym", None, None, None, (1,)),
                   Name("Hereford Hospitals NHS Trust", "former", None, "2011", None, (3,))),
            identifiers=(Identifier("ods", "RLQ", (3,)),),
            address=Address(("County Hospital",), "Hereford", None, "HR1 2ER", None),
        ),
        record(*WARWICK, in_group, link(*GLEN, "people", direction="in", start="2006", **chief)),
        record(*GLEN, link(*WYE, "holds a post in", **chief), link(*WARWICK, "holds a post in", **chief)),
        record("doc:announcement", "document", "Two trusts to form a group", link(*GROUP, "is about")),
    ]  # fmt: skip


def hub(size: int) -> Record:
    """A record with so many links under one label, as a national body has."""
    links = (
        link(f"ods:H{n}", "organisation", f"Practice {n}", "member practices", direction="in") for n in range(size)
    )
    return record("ods:HUB", "organisation", "Hub of practices", *links, link(*GROUP, "takes part in"))


HOSTILE = "\x1b[2J\x1b]0;owned\x07[bold red]x[/] \u202egnp.exe\u2066 \x00\x9b31m\u200bend\r\nnext\ttab"
"""Escapes, a window title, markup, direction marks, NUL, C1, a hidden letter and line ends in one text."""


def hostile() -> Record:
    """A record in which every text is hostile, and its name ten thousand letters long besides."""
    evil = SourceRef("doc:" + HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)
    return record(
        "org:evil", HOSTILE, HOSTILE + "W" * 10_000,
        link("org:" + HOSTILE, HOSTILE, HOSTILE, HOSTILE, role=HOSTILE, role_label=HOSTILE, start=HOSTILE, end=HOSTILE,
             status=HOSTILE, facts=(Fact(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (9,)),), evidence=(9,)),
        type=HOSTILE, type_label=HOSTILE, status=HOSTILE, status_label=HOSTILE, summary=HOSTILE * 3, form=HOSTILE,
        legal_form=HOSTILE, legal_basis=HOSTILE, gone=HOSTILE, opened=HOSTILE, closed=HOSTILE,
        address=Address((HOSTILE,), HOSTILE, HOSTILE, HOSTILE, HOSTILE),
        names=(Name(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (9,)),),
        identifiers=(Identifier(HOSTILE, HOSTILE, (9,)),),
        facts=(Fact(HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE, (9,)),),
        events=(Event(HOSTILE, HOSTILE, HOSTILE, (9,)),),
        evidence=(Evidence(9, evil, HOSTILE, HOSTILE, "claimed", 0.5, "org:" + HOSTILE, HOSTILE, HOSTILE),),
        own_evidence=(9,),
    )  # fmt: skip


class FakeRegister(FakeQuestions):
    """Answers from a few records; finds those whose name holds what was typed."""

    label = "built-in register"
    path: Path | None = None

    def __init__(self, *records: Record) -> None:
        self.records = {one.key: one for one in (*_story(), *records)}
        self.diffs_there = {}
        self.asked: list[str] = []
        self.days: list[str | None] = []
        """As of which days it was searched."""
        self.read: list[str] = []
        """Which records were read."""
        self.slow = ""
        """A query that is not answered until it is interrupted."""
        self.slow_asked = Signal()
        self._halted = Signal()
        self.closed = False
        self.broken: dict[str, Exception] = {}
        """What is raised instead of an answer to a query or for a key."""
        self.slow_record = ""
        """A key that is not answered before `reading` is set."""
        self.reading = Signal()
        self.counting = Signal()
        """Counting waits for it."""
        self.counting.set()

    def version(self) -> FileVersion | None:
        """None, as of a register in memory."""
        return None

    @contextmanager
    def snapshot(self) -> Iterator[Self]:
        """Itself: nothing changes it."""
        yield self

    def resolve(self, text: str) -> str:
        """Return the text where it is a key."""
        if text not in self.records:
            raise NotFoundError(f"nothing answers to {text!r}; try fewer words with `interlock find`")
        return text

    def record(
        self,
        key: str,
        *,
        as_of: str | None = None,
        most: int | None = None,
        first: int | None = None,
        with_timeline: bool = False,
    ) -> Record:
        """Return a record, which stood on any day as it does now; `most` of the links under each label, or `first`."""
        self.read.append(key)
        if key == self.slow_record:
            assert self.reading.wait(10)
        if key in self.broken:
            raise self.broken[key]
        if key not in self.records:
            raise NotFoundError(f"there is no {key}")
        found = self.records[key]._replace(as_of=as_of)
        if most is None or as_of is not None or len(found.links) <= most:
            return found
        under: dict[str, list[Link]] = {}
        for one in found.links:
            under.setdefault(one.label, []).append(one)
        shown = {label: most if first is None or len(several) <= most else first for label, several in under.items()}
        links = tuple(one for label, several in under.items() for one in several[: shown[label]])
        counts = {label: len(several) for label, several in under.items()}
        types = {label: {"GP practice": len(several) - 1, "pharmacy": 1} for label, several in under.items()}
        return found._replace(links=links, heading_counts=counts, heading_types=types)

    def find(
        self,
        text: str,
        *,
        limit: int | None = 20,
        closed: bool = False,
        explain: bool = False,
        as_of: str | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Results:
        """Return the records whose name holds the text, or those of a kind."""
        self.asked.append(text)
        self.days.append(as_of)
        if text in self.broken:
            raise self.broken[text]
        if text == self.slow:
            self.slow_asked.set()
            self._halted.wait(10)
            raise QueryInterruptedError("stopped")
        found = [
            one for one in self.records.values()
            if text.removeprefix("kind:") == one.kind or text.casefold() in one.name.casefold()
        ]  # fmt: skip
        hits = tuple(Hit(brief_of(one), 90, Match("name", one.name, "word")) for one in found[:limit])
        return Results(text, len(found), hits, None if hits else "try fewer letters")

    def stats(self) -> Stats:
        """Count."""
        assert self.counting.wait(10)
        return Stats(self._counts(), {}, self.sources(), None)

    def sources(self) -> tuple[SourceInfo, ...]:
        """List the one."""
        return (SourceInfo("file:list", "NHS trusts", "An office", "2025-07", "OGL", None, "ods-csv", None, 2),)

    def contents(self) -> tuple[TypeCount, ...]:
        """Count by kind, as if that were a type."""
        return tuple(TypeCount(kind, kind, kind, number, number) for kind, number in self._counts().items())

    def _counts(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for one in self.records.values():
            counts[one.kind] = counts.get(one.kind, 0) + 1
        return counts

    def type_labels(self) -> dict[str, str]:
        """Return no labels: types are called by their names."""
        return {}

    def terms(self, vocabulary: str | None = None) -> tuple[Term, ...]:
        """Return two words."""
        return (
            Term("roles", "member", "member", "Takes a full part.", "A source"),
            Term("glossary", "ics", "ICS", "Integrated care system.", None),
        )

    def interrupt(self) -> None:
        """Stop the slow query."""
        self._halted.set()

    def close(self) -> None:
        """Remember that it was closed."""
        self.closed = True
