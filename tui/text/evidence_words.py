"""How something is known, in words: how firmly, by whose claim, why, and where in which source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text.phrases import AS_TOLD, date, readable

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.model import Evidence


def by_source(evidence: Iterable[Evidence]) -> list[list[Evidence]]:
    """Return evidence by its source, in the order in which each is first named."""
    found: dict[str, list[Evidence]] = {}
    for one in evidence:
        found.setdefault(one.source.key, []).append(one)
    return list(found.values())


def basis(evidence: Evidence) -> str:
    """Return how firmly it is known: stated, claimed by whom, or inferred why."""
    return noted(how_known(evidence), note(evidence))


def noted(how: str, why: str, told_at: str = "") -> str:
    """Return how something is known and why; where a page tells that already, only at which place."""
    return f"{how}: see {told_at}" if why and told_at else f"{how}: {why}" if why else how


def how_known(evidence: Evidence) -> str:
    """Return how firmly it is known: stated, claimed by whom, or inferred."""
    if evidence.basis == "claimed":
        words = f"claimed by {evidence.claimant_name or evidence.claimant or 'somebody the source does not name'}"
    elif evidence.basis == "inferred" and not evidence.note:
        words = "inferred, the reason is not recorded"
    else:
        words = readable(evidence.basis)
    if evidence.as_of:
        words += f" as of {date(evidence.as_of)}"
    return words if evidence.note else words + _confidence(evidence)


def note(evidence: Evidence) -> str:
    """Return what is noted of how it is known, and how sure that is; nothing where nothing is noted."""
    return evidence.note.removeprefix("Inferred: ") + _confidence(evidence) if evidence.note else ""


def _confidence(evidence: Evidence) -> str:
    return "" if evidence.confidence is None else f" (confidence {evidence.confidence:.0%})"


def claim(proofs: Sequence[Evidence]) -> str:
    """Return who claims what these are the proofs of, nothing where one of them is more than a claim."""
    if not proofs or any(one.basis != "claimed" for one in proofs):
        return ""
    names = dict.fromkeys(one.claimant_name or one.claimant or "somebody" for one in proofs)
    return f"says {next(iter(names))}" if len(names) == 1 else f"say {' and '.join(names)}"


def undated(proofs: Iterable[Evidence], told: Iterable[int]) -> str:
    """Return that something is told by sources without a day alone, nothing where one of them has a day."""
    wanted = frozenset(told)
    days = [one.source.date or one.as_of for one in proofs if one.id in wanted]
    return AS_TOLD if days and not any(days) else ""


def evidence(one: Evidence) -> str:
    """Return one line of evidence: how it is known, in which source, and where in it."""
    where = f", {one.locator}" if one.locator else ""
    return f"{basis(one)}, in {one.source.title}{where}"
