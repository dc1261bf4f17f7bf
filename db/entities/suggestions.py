"""Suggestions: what an import believes and leaves for a person to confirm."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from db.store.changelog import Changelog
from db.store.identity import RecordIndex
from db.store.resolve_names import same_name

SAME_CODE = "same-identifier"
SAME_NAME = "same-name"


@dataclass(frozen=True, slots=True)
class Question:
    """What a person is asked about a record; `candidates` is JSON, `confidence` how sure the first of them is."""

    record: int
    what: str
    candidates: str
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class HeldQuestion:
    """A question as it stands in the register, of a record that may have been removed since."""

    row: int
    record: int | None
    what: str
    state: str
    candidates: str


def held_questions(changelog: Changelog, rule: str) -> list[HeldQuestion]:
    """Return all that was ever asked by a rule, answered or not, in the order in which it was asked."""
    changelog.flush_table("suggestion")
    query = "SELECT id, record_id, what, state, candidates FROM suggestion WHERE rule = ? ORDER BY id"
    return [HeldQuestion(*row) for row in changelog.connection.execute(query, (rule,))]


def keep_questions(
    changelog: Changelog,
    rule: str,
    wanted: Iterable[Question],
    is_concerned: Callable[[HeldQuestion], bool],
    undecided: str = "open",
) -> tuple[list[Question], list[HeldQuestion]]:
    """Have the questions that are wanted, and no other open one of those concerned; return those asked and withdrawn.

    A question is known by its words: an open one has the candidates of now, one that was answered is not asked again.
    `undecided` is how those stand that no person has decided, where the rule itself decides.
    """
    now = {same_name(one.what): one for one in wanted}
    held = held_questions(changelog, rule)
    withdrawn: list[HeldQuestion] = []
    for there in held:
        one = now.get(same_name(there.what))
        if there.state != undecided:
            continue
        if one is None:
            if is_concerned(there):
                changelog.delete("suggestion", there.row)
                withdrawn.append(there)
        elif one.candidates != there.candidates:
            changelog.update("suggestion", there.row, candidates=one.candidates, confidence=one.confidence)
    asked = [now[words] for words in sorted(now.keys() - {same_name(there.what) for there in held})]
    for one in asked:
        values = (changelog.run, one.record, rule, one.what, one.confidence, one.candidates, undecided)
        changelog.insert("suggestion", values)
    return asked, withdrawn


def add_suggestions(
    changelog: Changelog,
    records: RecordIndex,
    namesakes: Iterable[tuple[str, str]],
    conflicts: list[tuple[int, str]],
) -> None:
    """Write down people who share a name, and identifiers that two records claim; each once however often it is met."""
    for key, namesake in namesakes:
        _add(
            changelog,
            records.find(key),
            SAME_NAME,
            f"{key} and {namesake} have the same name: are they one?"
            if key.startswith(f"{namesake}-")
            else f"{key} and {namesake} have names that may be one person's: are they one?",
            namesake,
        )
    for record, identifier in dict.fromkeys(conflicts):
        # Either may have been joined with another record since, the two with each other.
        claimant, holder = records.key(record), records.find(identifier)
        other = None if holder is None or holder == record else records.key(holder)
        if claimant is not None and other is not None:
            _add(changelog, record, SAME_CODE, f"{identifier} is given for two records: are they one?", other)
    conflicts.clear()


def _add(changelog: Changelog, record: int | None, rule: str, what: str, candidate: str) -> None:
    changelog.flush_table("suggestion")
    packed = json.dumps([candidate])
    there = changelog.connection.execute(
        "SELECT id, state, candidates FROM suggestion WHERE record_id IS ? AND rule = ? AND what = ?",
        (record, rule, what),
    ).fetchone()
    if there:
        row, state, candidates = there
        if state == "open" and candidates != packed:
            changelog.update("suggestion", row, candidates=packed)
    else:
        changelog.insert("suggestion", (changelog.run, record, rule, what, None, packed, "open"))
