"""Bodies that a newer list of their kind has no longer: a person is asked whether they closed, and who took over.

A list of the same series that lacks a body drops it by itself. One of another series may leave out what it does not
list, as Welsh trusts in a list of English ones; where it gives the name of the body to another, it has dropped it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.entities.suggestions import Question, keep_questions
from db.parameters import id_list
from db.store import doubted_names
from db.store.changelog import Changelog
from db.store.identity import RecordIndex
from db.store.projection import Projection
from db.store.resolve_names import same_name
from db.store.resolver import Resolver
from db.store.sourced import Authority
from db.store.sources import SourceIndex
from db.store.statement_rows import decode
from db.store.unlisted_bodies import RULE

_DROPPED = """
SELECT r.id, r.key, s.key FROM record r JOIN source s ON s.id = r.gone
 WHERE r.gone IS NOT NULL AND r.status = 'unlisted' AND r.kind = 'organisation' AND NOT r.placeholder
"""
_DESCRIBING = """
SELECT s.source_id, s.ended IS NULL, json_extract(s.body, '$.status') = 'open' FROM _statement s
 WHERE s.record_id = ?1 AND s.withdrawn IS NULL AND json_extract(s.body, '$.partial') IS NULL
UNION ALL
SELECT e.source_id, 1, r.status = 'open' FROM _sole m JOIN evidence e ON e.id = m.evidence_id
  JOIN record r ON r.id = m.id WHERE m.id = ?1
"""


@dataclass(frozen=True, slots=True)
class _Omitted:
    """A body that a list has no longer, and those that have its name there."""

    record: int
    key: str
    list_key: str
    named: tuple[str, ...] = ()

    @property
    def question(self) -> Question:
        what = f"{self.key} is no longer listed: has it closed, and did another take over?"
        return Question(self.record, what, json.dumps([{"key": one, "list": self.list_key} for one in self.named]))


def ask_about_unlisted(projection: Projection) -> set[int]:
    """Have a question for each body that a newer list of its kind has no longer; return the records that changed.

    What is asked about names must be up to date.
    """
    changelog, records, sources = projection.changelog, projection.records, projection.sources
    changelog.flush()
    named = _named_elsewhere(changelog, records, sources)
    missing = {one.key: one for one in _dropped_elsewhere(changelog, sources, named)}
    before = records.unlisted
    records.unlisted = {key: one.list_key for key, one in missing.items() if key not in _kept(changelog)}
    moved = {key for key in before.keys() | records.unlisted.keys() if before.get(key) != records.unlisted.get(key)}
    changed = {record for record in map(records.find, sorted(moved)) if record is not None}
    if changed:
        Resolver(projection).resolve(sorted(changed))
        changelog.flush()
    for record, key, list_key in changelog.connection.execute(_DROPPED).fetchall():
        missing.setdefault(key, _Omitted(record, key, list_key, _those(named.get(record, ()), list_key)))
    keep_questions(changelog, RULE, (one.question for one in missing.values()), lambda _: True)
    return changed


def _kept(changelog: Changelog) -> set[str]:
    """The keys of bodies that are still there, as a person says."""
    query = "SELECT what FROM suggestion WHERE rule = ? AND state = 'rejected'"
    return {what.partition(" ")[0] for (what,) in changelog.connection.execute(query, (RULE,))}


_Named = tuple[Authority, str]
"""A list that gives the official name of a body to another, and the key of that."""


def _those(named: Iterable[_Named], list_key: str) -> tuple[str, ...]:
    """Return the keys of those that have the name in a list."""
    return tuple(sorted({key for voice, key in named if voice.key == list_key}))


def _named_elsewhere(changelog: Changelog, records: RecordIndex, sources: SourceIndex) -> dict[int, list[_Named]]:
    """Return by record the newest lists of their series that give its name to others."""
    found: dict[int, list[_Named]] = {}
    for record, key, candidates in changelog.connection.execute(
        "SELECT s.record_id, r.key, s.candidates FROM suggestion s JOIN record r ON r.id = s.record_id "
        "WHERE s.rule = ? ORDER BY r.key, s.what",
        (doubted_names.RULE,),
    ).fetchall():
        for candidate in json.loads(candidates):
            other = records.find(candidate["key"])
            if other is not None:
                lists = _naming(changelog, sources, record, same_name(candidate["as"]))
                found.setdefault(other, []).extend((one, key) for one in lists)
    return found


def _naming(changelog: Changelog, sources: SourceIndex, record: int, name: str) -> Iterator[Authority]:
    query = "SELECT source_id, body, line FROM _statement WHERE record_id = ? AND withdrawn IS NULL"
    for source, body, line in changelog.connection.execute(query, (record,)).fetchall():
        voice = sources.voice(source)
        newest = voice.full and voice.series and sources.newest.get(voice.series) == voice
        if newest and any(same_name(one.name) == name for one in decode(body, line).names):
            yield voice


def _dropped_elsewhere(
    changelog: Changelog, sources: SourceIndex, named: Mapping[int, Sequence[_Named]]
) -> Iterator[_Omitted]:
    """Yield the bodies that a newer list of another series lacks, which gives their names to others."""
    rows = changelog.connection.execute(
        "SELECT r.id, r.key FROM json_each(?) j CROSS JOIN record r ON r.id = j.value WHERE r.open IS NOT 0",
        (id_list(named),),
    )
    for record, key in rows.fetchall():
        last = max((voice for voice, _ in named[record]), key=lambda voice: voice.rank, default=None)
        if last is not None and _lacks(changelog, sources, last, record):
            yield _Omitted(record, key, last.key, _those(named[record], last.key))


def _lacks(changelog: Changelog, sources: SourceIndex, last: Authority, record: int) -> bool:
    """Whether a list has no row of a body that a list of another series has, and that nobody since has open."""
    listed = False
    for source, standing, is_open in changelog.connection.execute(_DESCRIBING, (record,)):
        voice = (sources.repeating(source) if standing else None) or sources.voice(source)
        if voice.series == last.series or (is_open and voice.rank > last.rank):
            return False
        listed |= voice.full
    return listed
