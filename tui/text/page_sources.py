"""The sources of a page: each with the places in it, and that one is but a table of a list that is there whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

from tui.text import evidence_words, phrases
from tui.text.page_parts import PageLine, Target

if TYPE_CHECKING:
    from db.model import Evidence, SourceRef


def source_lines(
    evidence: Iterable[Evidence], only: Collection[int] | None = None, *, with_places: bool = True
) -> Iterator[PageLine]:
    """Yield the sources, each with the places in it under it; where `only` is given, those of this evidence alone."""
    several = evidence_words.by_source(found for found in evidence if only is None or found.id in only)
    copies = copied(places[0].source for places in several)
    for places in several:
        source = places[0].source
        whole = copies.get(source.key)
        yield PageLine(
            f"source:{source.key}",
            source.title,
            phrases.joined(phrases.source(source), f"the same list as {whole}, in another file" if whole else ""),
            target=_page_of(source),
            kind="document",
            key=source.key,
            url=source.url or "",
            evidence=tuple(place.id for place in places),
            under=tuple(map(_place, places)) if with_places else (),
            copy=(source.key, source.title, source.publisher, source.date, source.url),
        )


def copied(sources: Iterable[SourceRef]) -> dict[str, str]:
    """Return by key which sources are a table of a list that another one has whole: no second source for what it says.

    Both are of one day, and the title of the table begins with that of the list (`Networks: members, 2023`).
    """
    found = {one.key: one for one in sources}
    wholes = {(one.publisher, one.date, _untitled_day(one)): one.key for one in found.values()}
    copies: dict[str, str] = {}
    for one in found.values():
        title, parted, _ = _untitled_day(one).rpartition(": ")
        whole = wholes.get((one.publisher, one.date, title)) if parted and one.date else None
        if whole:
            copies[one.key] = whole
    return copies


def _untitled_day(source: SourceRef) -> str:
    return source.title.removesuffix(f", {phrases.date(source.date)}") if source.date else source.title


def _page_of(source: SourceRef) -> Target | None:
    """Return where a source leads: documents have a page of their own, imported files have not."""
    return Target(source.key, source.title, "document") if source.key.startswith("doc:") else None


def _place(found: Evidence) -> PageLine:
    """Return a place in a source and how firmly it says so; a claim leads to who makes it."""
    claimed_by = Target(found.claimant, found.claimant_name or found.claimant, "") if found.claimant else None
    return PageLine(
        f"place:{found.id}",
        found.locator or "",
        evidence_words.how_known(found),
        f"basis-{found.basis}",
        target=claimed_by,
        note=evidence_words.note(found),
        quote=f"“{found.quote}”" if found.quote else "",
        evidence=(found.id,),
        copy=(evidence_words.evidence(found), found.quote),
    )
