"""Sources by key and evidence by what it says, while a run writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from operator import attrgetter
from typing import Any

from db.statements import Cite, End, SourceSaid
from db.store.changelog import Changelog
from db.store.identity import RecordIndex
from db.store.sourced import Authority
from db.store.statement_rows import as_json

_UNFILLED = [field for field in fields(Cite) if field.name not in ("source", "locator")]
_unfilled = attrgetter(*(field.name for field in _UNFILLED))
_LEFT_OUT = tuple(field.default for field in _UNFILLED)
"""What a cite leaves out that only names a row of a source."""
_EVIDENCE_OF_ROWS = """
SELECT e.locator, e.id FROM json_each(?) j CROSS JOIN evidence e ON e.source_id = ? AND e.locator = j.value
 WHERE e.quote IS NULL AND e.basis = 'stated' AND e.confidence IS NULL AND e.claimant_id IS NULL AND e.note IS NULL
   AND e.as_of IS NULL
 ORDER BY e.id
"""


class SourceIndex:
    """Finds and makes sources, and knows the newest full list of each series."""

    def __init__(self, changelog: Changelog, records: RecordIndex) -> None:
        self._changelog = changelog
        self._records = records
        self._voices: dict[int, Authority] = {}
        self._ids: dict[str, int] = {}
        self.newest: dict[str, Authority] = {}
        held = "SELECT id, key, published, series, format, full, complete, living FROM source"
        for row, key, published, series, form, full, complete, living in changelog.connection.execute(held).fetchall():
            self.keep(Authority(row, key, published, series, bool(full), bool(complete), bool(living), form))

    def keep(self, voice: Authority) -> None:
        """Know a source from now on, or know it as it is now."""
        self._voices[voice.id] = voice
        self._ids[voice.key] = voice.id
        if voice.series and voice.full:
            before = self.newest.get(voice.series)
            if before is None or before.id == voice.id or voice.rank > before.rank:
                self.newest[voice.series] = voice

    def voice(self, row: int) -> Authority:
        """Return what resolving needs to know of a source."""
        return self._voices[row]

    def repeating(self, row: int) -> Authority | None:
        """Return the newest release that repeats what a living source says, None where that is the newest itself."""
        voice = self._voices[row]
        last = self.newest.get(voice.series) if voice.living and voice.series else None
        return last if last and last.living and last.rank > voice.rank else None

    def known(self, key: str) -> Authority | None:
        """Return a source as it stands, None where nobody named it yet."""
        row = self._ids.get(key)
        return None if row is None else self._voices[row]

    def need(self, key: str) -> int:
        """Return the id of a cited source, made from its key alone where nobody has described it."""
        found = self._ids.get(key)
        if found is not None:
            return found
        record = self._records.need(End(key, kind="document")) if key.startswith("doc:") else None
        row = self._changelog.insert(
            "source", (key, key, *[None] * 6, 0, 0, None, None, record, self._changelog.run, 0)
        )
        self.keep(Authority(row, key))
        return row

    def describe(self, said: SourceSaid) -> int:
        """Return the id of a source, with what is said of it written down."""
        row = self.need(said.key)
        values: dict[str, Any] = {
            "title": said.title,
            "publisher": said.publisher,
            "published": said.published,
            "url": said.url,
            "licence": said.licence,
        }
        if said.format:
            values |= {"format": said.format, "series": said.series, "path": said.path, "digest": said.digest}
            values |= {"full": int(said.full), "complete": int(said.complete), "run_id": self._changelog.run}
            values["living"] = int(said.living)
        self._changelog.flush_table("source")
        if said.living and not said.format and not self._is_imported(row):
            values |= {"series": said.series, "living": 1}
        names = ", ".join(values)
        held = self._changelog.connection.execute(f"SELECT {names} FROM source WHERE id = ?", (row,)).fetchone()
        before = dict(zip(values, held, strict=True))
        if not said.format:
            values = {name: value if value is not None else before[name] for name, value in values.items()}
        # Which run read a source last is no change of the register: run_source keeps it for every run.
        quiet = {"run_id", "path"}
        if any(before[name] != value for name, value in values.items() if name not in quiet):
            self._changelog.update("source", row, **values)
        voice = replace(self._voices[row], published=values["published"])
        if said.format:
            values = {"series": said.series, "full": said.full, "complete": said.complete, "living": said.living}
            voice = replace(voice, **values, format=said.format)
        elif "living" in values:
            voice = replace(voice, series=said.series, living=True)
        self.keep(voice)
        return row

    def _is_imported(self, row: int) -> bool:
        query = "SELECT format IS NOT NULL FROM source WHERE id = ?"
        return bool(self._changelog.connection.execute(query, (row,)).fetchone()[0])


_REMEMBERED = 20_000
"""Sets of cites from which on it is better to let go of them."""


class EvidenceIndex:
    """Gives each cite the id of its evidence, made once."""

    def __init__(self, changelog: Changelog, records: RecordIndex, sources: SourceIndex) -> None:
        self._changelog = changelog
        self._records = records
        self._sources = sources
        self._ids: dict[Cite, int] = {}
        self._sets: dict[frozenset[Cite], frozenset[int]] = {}
        self._looked_up: set[int] = set()
        self._forgot = False
        self._absent: set[Cite] = set()
        """Cites that were looked up and are no evidence yet."""

    def forget(self) -> None:
        """Let go of what is remembered, once it is written: a release cites a row for each record."""
        self._ids.clear()
        self._sets.clear()
        self._forgot = True

    @property
    def is_full(self) -> bool:
        """Whether so much is remembered that it should be let go of."""
        return len(self._sets) > _REMEMBERED

    def look_up(self, source: int) -> None:
        """Note that evidence of a source that this run made may be in the register already."""
        self._looked_up.add(source)

    def note(self, cite: Cite, row: int) -> None:
        """Note that the evidence of a cite was made."""
        self._ids[cite] = row

    def load(self, cites: Iterable[Cite]) -> None:
        """Look up at once the evidence of cites that only name a row of a source, which takes a quarter of the time."""
        wanted: dict[int, dict[str, Cite]] = {}
        for cite in cites:
            known = self._sources.known(cite.source)
            if known is not None and cite.locator is not None and _unfilled(cite) == _LEFT_OUT:
                wanted.setdefault(known.id, {})[cite.locator] = cite
        self._absent.clear()
        for source, by_locator in wanted.items():
            missing = {locator: cite for locator, cite in by_locator.items() if cite not in self._ids}
            if missing and self._may_be_held(source):
                rows = self._changelog.connection.execute(_EVIDENCE_OF_ROWS, (as_json([*missing]), source))
                self._ids.update((missing.pop(locator), row) for locator, row in rows if locator in missing)
                self._absent.update(missing.values())

    def _may_be_held(self, source: int) -> bool:
        return not self._changelog.is_new("source", source) or source in self._looked_up or self._forgot

    def ids(self, cites: frozenset[Cite]) -> frozenset[int]:
        """Return the evidence ids of cites, made in an order that no set decides: ids are shown to people."""
        found = self._sets.get(cites)
        if found is None:
            ordered = cites if len(cites) == 1 else sorted(cites, key=repr)
            found = frozenset(self._ids.get(cite) or self._find_or_make(cite) for cite in ordered)
            self._sets[cites] = found
        return found

    def _find_or_make(self, cite: Cite) -> int:
        source = self._sources.need(cite.source)
        claimant = self._records.need(End(cite.claimant)) if cite.claimant else None
        values = (source, cite.locator, cite.quote, cite.basis, cite.confidence, claimant, cite.note, cite.as_of)
        row = None
        if cite not in self._absent and self._may_be_held(source):
            row = self._changelog.connection.execute(
                "SELECT id FROM evidence WHERE source_id = ? AND locator IS ? AND quote IS ? AND basis = ? "
                "AND confidence IS ? AND claimant_id IS ? AND note IS ? AND as_of IS ?",
                values,
            ).fetchone()
        found: int = row[0] if row else self._changelog.insert("evidence", values)
        self._ids[cite] = found
        return found
