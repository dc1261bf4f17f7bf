"""Who says something, in a few words each: which sources state what is shown, where, and which say otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui.text import evidence_words
from tui.text.values import Claim

if TYPE_CHECKING:
    from db.model import Evidence


class Says(NamedTuple):
    """A source, and whether it says what is shown."""

    agrees: bool
    source: str
    where: str
    """Where in it, how it is known unless it is simply stated, and its words."""


def who_says(wanted: Sequence[int], claims: Sequence[Claim], proofs: Mapping[int, Evidence]) -> tuple[Says, ...]:
    """Return each source once: who states what is shown before who says otherwise, with what."""
    found: dict[tuple[str, bool], Says] = {}
    others = [claim for claim in claims if not claim.chosen]
    denying = {one for claim in others for one in claim.evidence} - {
        one for claim in claims if claim.chosen for one in claim.evidence
    }
    stating = [one for claim in claims if claim.chosen for one in claim.evidence]
    for number in dict.fromkeys((*wanted, *stating)):
        if number in proofs and number not in denying:
            proof = proofs[number]
            found.setdefault((proof.source.key, True), Says(True, proof.source.title, _where(proof)))
    for claim in others:
        for proof in (proofs[one] for one in claim.evidence if one in proofs):
            said = f"{claim.label} {claim.text}"
            found.setdefault((proof.source.key, False), Says(False, proof.source.title, said))
    return tuple(found.values())


def _where(proof: Evidence) -> str:
    known = "" if proof.basis == "stated" else proof.basis
    if proof.basis == "claimed":
        known = evidence_words.claim((proof,))
    quote = f"“{proof.quote}”" if proof.quote else ""
    return ", ".join(part for part in (proof.locator or "", known, quote) if part)
