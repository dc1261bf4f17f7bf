"""What the register in miniature answers to the questions of views, as simply as its few records allow."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from db.errors import NotFoundError
from db.graph.answers import (
    Aftermath,
    Branch,
    RankedRecord,
    Ranking,
    Shared,
    SharedThing,
    Step,
    Successor,
    Timeline,
    Tree,
    WayBetween,
    Ways,
)
from db.graph.choice import LinkChoice
from db.model import Link, Record, TimelineEntry
from db.parties import Party
from db.register import Register
from db.reports import Calendar, Diff, Gap, PlacedRecord, Places, PostcodeArea, Run, Suggestion
from db.results import Brief
from tests.tui.samples import brief_of

ANY = LinkChoice()


class FakeQuestions(Register):
    """Answers from `records`, over links of their own; what is asked of the whole register is what tests put here."""

    records: dict[str, Record]
    gaps_there: tuple[Gap, ...] = ()
    calendar_there = Calendar("2026-11-28", "2027-05-27", (), (), (), ())
    suggestions_there: tuple[Suggestion, ...] = ()
    runs_there: tuple[Run, ...] = ()
    diffs_there: dict[int, Diff]

    def brief(self, key: str) -> Brief:
        """Return a record in one line."""
        return brief_of(self._of(key))

    def paths(
        self, start: str, goal: str, *, count: int = 3, most_hops: int = 5, wanted: LinkChoice = ANY,
        as_of: str | None = None,
    ) -> Ways:  # fmt: skip
        """Return the ways of one link, and of two."""
        first, last = self._of(start), self._of(goal)
        ways: list[tuple[Step, ...]] = [(self._step(one),) for one in first.links if one.key == goal]
        ways += [
            (self._step(one), self._step(two))
            for one in first.links
            for two in self.records.get(one.key, last).links
            if two.key == goal and one.key != goal
        ]
        start_step = Step(first.key, first.kind, first.name)
        found = tuple(WayBetween(len(steps), (start_step, *steps)) for steps in ways[:count])
        ends = Party(first.key, first.name), Party(last.key, last.name)
        return Ways(*ends, found, (), first.evidence, True, {}, len(ways) > count, as_of)

    def shared(
        self, keys: Sequence[str], *, limit: int | None = 100, wanted: LinkChoice = ANY, as_of: str | None = None
    ) -> Shared:
        """Return what all of the records are linked to."""
        several = [self._of(key) for key in keys]
        parties = tuple(Party(one.key, one.name) for one in several)
        common = [one for one in several[0].links if all(one.key in _ends(other) for other in several)]
        things = tuple(
            SharedThing(
                one.kind, one.key, one.kind, one.name,
                tuple((party, _ends(other)[one.key]) for party, other in zip(parties, several, strict=True)),
            )
            for one in common
        )  # fmt: skip
        return Shared(parties, things, len(things), (), several[0].evidence, (), True, as_of)

    def companions(
        self, key: str, *, limit: int | None = 20, wanted: LinkChoice = ANY, as_of: str | None = None
    ) -> Ranking:
        """Return the records that share a link with one."""
        asked = self._of(key)
        ranked = [
            RankedRecord(
                other.key, other.kind, other.name, things, len(things),
                tuple(proof for one in asked.links if one.key in _ends(other) for proof in one.evidence),
            )
            for other in self.records.values()
            if other.key != key
            and (things := tuple(Party(one.key, one.name) for one in asked.links if one.key in _ends(other)))
        ]  # fmt: skip
        return Ranking((Party(key, asked.name),), tuple(ranked[:limit]), len(ranked), True, as_of, asked.evidence)

    def tree(
        self, key: str, *, depth: int = 2, width: int = 10, direction: str | None = None, wanted: LinkChoice = ANY,
        as_of: str | None = None,
    ) -> Tree:  # fmt: skip
        """Return a record with what it is linked to."""
        root = self._of(key)
        children = tuple(Branch(one.key, one.kind, one.name, one, (), 0, (), False, False) for one in root.links)
        branch = Branch(root.key, root.kind, root.name, None, children, len(children), (), True, False)
        return Tree(branch, root.evidence, 0, 0, as_of)

    def timeline(
        self, key: str, *, limit: int | None = None, whole: bool = False, as_of: str | None = None
    ) -> Timeline:
        """Return the events of a record, and when what it is linked to joined."""
        asked = self._of(key)
        entries = [TimelineEntry(one.date, one.kind, one.evidence, text=one.text) for one in asked.events]
        entries += [
            TimelineEntry(
                one.start, "joined", one.evidence, label=one.label, other=Party(one.key, one.name), type=one.type,
                other_kind=one.kind, category=one.category, direction=one.direction, role=one.role,
            )
            for one in asked.links
        ]  # fmt: skip
        return Timeline(key, asked.name, asked.kind, tuple(entries), len(entries), 0, asked.evidence, as_of)

    def after(self, key: str) -> Aftermath:
        """Return the links of a record as if they led to what followed it."""
        asked = self._of(key)
        followed = tuple(
            Successor(Party(key, asked.name), one, 1, True, None, None, False, None) for one in asked.links
        )
        return Aftermath(asked._replace(links=()), asked.own_evidence, followed, 0, (), asked.evidence)

    def gaps(self, kinds: Collection[str] = (), *, about: str = "") -> tuple[Gap, ...]:
        """Return the gaps that were put there."""
        return tuple(gap for gap in self.gaps_there if not kinds or gap.what in kinds)

    def calendar(self, within: str = "180d", *, as_of: str | None = None, about: str = "") -> Calendar:
        """Return the calendar that was put there."""
        return self.calendar_there

    def suggestions(self) -> tuple[Suggestion, ...]:
        """Return the suggestions that were put there."""
        return self.suggestions_there

    def kinds(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the kinds that keys tell, of records that are there and of those that tests put into lists."""
        by_key = {"arr": "arrangement", "ods": "organisation", "person": "person"}
        return {key: by_key[key.partition(":")[0]] for key in keys if key.partition(":")[0] in by_key}

    def places(self, about: str = "") -> Places:
        """Return two places of one area."""
        there = tuple(PlacedRecord(key, "site", key, "Hereford", "HR1 2ER") for key in ("ods:RLQ01", "ods:RLQ02"))
        return Places(Party("ods:RLQ", "Wye Valley NHS Trust"), (PostcodeArea("HR", 2, ("Hereford",), there),), 1)

    def runs(self) -> tuple[Run, ...]:
        """Return the runs that were put there."""
        return self.runs_there

    def diff(self, run: int) -> Diff:
        """Return what was put there of a run."""
        return self.diffs_there[run]

    def _of(self, key: str) -> Record:
        if key not in self.records:
            raise NotFoundError(f"there is no {key}")
        return self.records[key]

    @staticmethod
    def _step(link: Link) -> Step:
        return Step(link.key, link.kind, link.name, link)


def _ends(record: Record) -> dict[str, tuple[Link, ...]]:
    """Return the links of a record by what they lead to."""
    found: dict[str, tuple[Link, ...]] = {}
    for one in record.links:
        found[one.key] = (*found.get(one.key, ()), one)
    return found
