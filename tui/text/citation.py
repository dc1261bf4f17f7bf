"""A statement with who says so, ready to paste: source, day, place, licence, and where it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.text import evidence_words, phrases
from tui.text.attribution import attribution

if TYPE_CHECKING:
    from db.model import Evidence
    from db.reports import SourceInfo


def citation(
    statement: str,
    evidence: Sequence[Evidence],
    sources: Mapping[str, SourceInfo],
    *,
    register: str,
    today: str,
    as_of: str | None = None,
) -> str:
    """Return the statement, then each source with its places; `sources` tells licences, days are ISO 8601."""
    lines = [statement]
    for places in evidence_words.by_source(evidence):
        key = places[0].source.key
        lines.append(f"Source: {attribution(sources[key])}" if key in sources else f"Source: {_unlisted(places[0])}")
        lines += [f"  {place}" for place in dict.fromkeys(map(_place, places)) if place]
        if url := places[0].source.url:
            lines.append(f"  {url}")
    if not evidence:
        lines.append("No source is named for this.")
    stood = f", as it stood on {phrases.date(as_of)}" if as_of else ""
    return "\n".join([*lines, f"Read in Interlock on {phrases.date(today)}: {register}{stood}"])


def _unlisted(found: Evidence) -> str:
    return f"{found.source.title} ({phrases.source(found.source)}): licence unknown"


def _place(found: Evidence) -> str:
    """Return where in the source it stands, how firmly, and in which words."""
    quote = f"“{found.quote}”" if found.quote else ""
    return ": ".join(filter(None, (", ".join(filter(None, (found.locator, evidence_words.basis(found)))), quote)))
