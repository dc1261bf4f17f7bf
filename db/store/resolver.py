"""Resolves records in batches: what was said is loaded, resolved, and written where it differs from what is held."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from db.crosswalk import same_body
from db.parameters import chunks, marks
from db.statements import Cite
from db.store.crosswalk_source import crosswalk_source
from db.store.current_rows import CurrentRecord, load_current
from db.store.doubted_names import without_doubted
from db.store.listing_days import listing_days
from db.store.matched_statements import Meant, as_joined, as_meant, held_keys, with_keys
from db.store.outcomes import Outcome, Outcomes
from db.store.projection import Projection
from db.store.resolve import Resolved, resolve, standing_words
from db.store.resolve_closing import SUCCESSION, Passing, closed, passing, successors
from db.store.resolve_links import ResolvedLink, resolve_links
from db.store.resolve_opening import WHY, Opening, opened, openings
from db.store.sourced import Sourced
from db.store.statement_rows import decode

Codes = Mapping[tuple[str, str], frozenset[Cite]]
"""Schemes and values, with the evidence of each."""


class Resolver:
    """Resolves records for one source of a run."""

    def __init__(
        self, projection: Projection, heard: Mapping[int, list[Sourced]] | None = None,
        openings: Mapping[int, Opening] | None = None,
    ) -> None:  # fmt: skip
        """`heard` is what this run has just heard of records that it made: all there is to know of those. `openings`
        tells when bodies opened that no source says have opened; None leaves that as it is held until the run ends.
        """
        self.projection = projection
        self.changelog, self.records, self.sources = projection.changelog, projection.records, projection.sources
        self.heard = heard or {}
        self.openings = openings
        self.passed_on: dict[int, Passing] = {}
        """How bodies passed on that no source says have closed, among the records that were resolved."""

    def resolve(self, dirty: Iterable[int]) -> Outcomes:
        """Resolve every record that something new was said of, or that a newer list is silent on."""
        outcomes = Outcomes()
        for chunk in chunks(dirty):
            held = self._held(chunk)
            known = {record: self.heard[record] for record in chunk if record in self.heard}
            spoken = known | self._spoken([record for record in chunk if record not in known])
            outcomes.update(self.resolve_loaded({record: spoken[record] for record in chunk if record in spoken}, held))
            if self.projection.evidence.is_full:
                self.changelog.flush()
                self.projection.evidence.forget()
                self.records.let_go_of_keys()
        return outcomes

    def resolve_loaded(
        self, spoken: Mapping[int, Sequence[Sourced]], held: Mapping[int, CurrentRecord]
    ) -> dict[int, Outcome]:
        """Make the register hold what was said of some records, in place of what it holds of those that are there."""
        self.projection.evidence.load(cite for said in spoken.values() for one in said for cite in one.cites)
        acts = self.projection.words.acts
        keys = {record: row[0] for record in spoken if (row := held[record].record) is not None}
        joined = self._joined(one for record in keys for one in spoken[record])
        meant = {record: self._meant(record, key, spoken[record], joined) for record, key in keys.items()}
        found = {record: resolve(said, self.sources.newest, acts) for record, said in meant.items()}
        listed = self._listed((found[record], said) for record, said in meant.items())
        opening = self._openings(held[record] for record in keys) if self.openings is None else self.openings
        outcomes: dict[int, Outcome] = {}
        for record, said in meant.items():
            self.changelog.turn_to(record)
            resolved = self._closed(record, keys[record], found[record], said, listed)
            resolved = opened(resolved, opening.get(record))
            kept = held_keys(said, keys[record])
            if kept:
                codes = self._tied(keys[record], kept | dict(resolved.identifiers), said)
                resolved = replace(resolved, identifiers=codes)
            outcomes[record] = self.projection.write(record, keys[record], resolved, held[record])
        return outcomes

    def with_the_same_links(
        self, keys: Mapping[int, str], said: Mapping[int, Sequence[Sourced]], other: Mapping[int, Sequence[Sourced]]
    ) -> set[int]:  # fmt: skip
        """Return the records that have the same links whichever of two things is said of them."""
        joined = self._joined(one for record in keys for one in (*said[record], *other[record]))
        return {
            record
            for record, key in keys.items()
            if self._links(record, key, said[record], joined) == self._links(record, key, other[record], joined)
        }

    def _links(
        self, record: int, key: str, said: Sequence[Sourced], joined: Mapping[str, Meant]
    ) -> tuple[ResolvedLink, ...]:  # fmt: skip
        return resolve_links(standing_words(self._meant(record, key, said, joined)), self.projection.words.acts)

    def _joined(self, spoken: Iterable[Sourced]) -> Mapping[str, Meant]:
        """Return which records the keys mean that stand for others in what is said."""
        ends = {link.other.key for one in spoken for link in one.statement.links}
        return self.records.holding(ends) | self.records.joined

    def _meant(
        self, record: int, key: str, spoken: Sequence[Sourced], joined: Mapping[str, Meant]
    ) -> Sequence[Sourced]:
        """Return what was said of a record as it counts there."""
        given = {f"{code.scheme}:{code.value}" for one in spoken for code in one.statement.identifiers} - {key}
        if given:
            ends = {link.other.key for one in spoken for link in one.statement.links}
            own = {code for code in given & ends if self.records.find(code) in (None, record)}
            joined = {**joined, **dict.fromkeys(own, Meant(key, inferred=False))} if own else joined
        said = with_keys(as_joined(as_meant(spoken, key, joined), key), key)
        return without_doubted(said, self.records.doubted.get(record, {}))

    def _tied(self, key: str, codes: Codes, said: Sequence[Sourced]) -> Codes:
        """Return codes of a record that is spoken of by several, with the crosswalk as evidence where it ties them."""
        body = same_body(key)
        mine = {f"{scheme}:{value}" for scheme, value in codes}.intersection(body.codes) if body is not None else set()
        if body is None or mine <= {key}:
            return codes
        source = crosswalk_source(body.crosswalk)
        if self.sources.known(source.key) is None:
            self.sources.describe(source)
        cite = frozenset((Cite(source.key, body.name),))
        stated = held_keys(said, "") | dict(codes)
        scheme, value = key.split(":", 1)
        tied = {(scheme, value), *(code for code in codes if f"{code[0]}:{code[1]}" in mine)}
        return stated | {code: stated.get(code, frozenset()) | cite for code in tied}

    def _listed(self, found: Iterable[tuple[Resolved, Sequence[Sourced]]]) -> Mapping[str, str]:
        """Return until when lists tell of those to which records passed on."""
        keys = {key for resolved, said in found for key in successors(resolved, said)}
        return listing_days(self.changelog, self.records, self.sources, keys) if keys else {}

    def _openings(self, held: Iterable[CurrentRecord]) -> Mapping[int, Opening]:
        """Return when bodies opened of which that was inferred."""
        rows = [row for one in held for _, row in one.values.by_key.values()]
        bodies = [record for record, _, what, _, _, why in rows if (what, why) == ("opened", WHY)]
        if not bodies:
            return {}
        self.changelog.flush()
        return openings(self.changelog.connection, bodies, self.projection.words.link_type(SUCCESSION).id)

    def _closed(
        self, record: int, key: str, resolved: Resolved, said: Sequence[Sourced], listed: Mapping[str, str]
    ) -> Resolved:
        """Return what is resolved of a record, with its closing where that follows, or the list that dropped it."""
        dropper = self.sources.known(resolved.gone_from) if resolved.gone_from else None
        passed = passing(resolved, said, dropper, listed)
        if passed is not None and passed.day in self.records.kept_open.get(key, ()):
            passed = None
        if passed is not None:
            self.passed_on[record] = passed
        abolition = self.projection.words.abolished.get(resolved.scalars["type"] or "")
        found = closed(resolved, passed, abolition, said)
        if abolition is not None and found is not resolved:
            self.sources.describe(abolition.source)
        list_key = self.records.unlisted.get(key)
        if list_key and self.sources.known(list_key) and found is resolved and resolved.gone_from is None:
            found = replace(found, gone_from=list_key)
        return found

    def _held(self, records: Sequence[int]) -> dict[int, CurrentRecord]:
        """Load what is held of records; those that this run made a moment ago need no look into the database."""
        held: dict[int, CurrentRecord] = {}
        for record in records:
            fresh = self.records.fresh(record)
            if fresh is not None:
                held[record] = fresh
        older = [record for record in records if record not in held]
        if older:
            self.changelog.flush()
            held |= load_current(self.changelog.connection, older)
        return held

    def _spoken(self, records: Sequence[int]) -> dict[int, list[Sourced]]:
        self.changelog.flush_table("_statement")
        rows = self.changelog.connection.execute(
            "SELECT id, record_id, source_id, line, body, withdrawn, ended FROM _statement "
            f"WHERE record_id IN ({marks(records)}) ORDER BY id",
            records,
        )
        spoken: dict[int, list[Sourced]] = {}
        for row, record, source, line, body, withdrawn, ended in rows:
            repeated_by = None if ended is not None or withdrawn is not None else self.sources.repeating(source)
            statement = self.changelog.statement(row, line) or decode(body, line)
            one = Sourced(self.sources.voice(source), statement, withdrawn is not None, repeated_by)
            spoken.setdefault(record, []).append(one)
        return spoken
