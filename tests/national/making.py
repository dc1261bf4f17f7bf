"""Making a release of any size: records are made as they are written, counted as they are made, and none is kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.national import traps
from tests.national.country import Country, targets
from tests.national.markup import pieces
from tests.national.things import LAST_CHANGE, PUBLISHED, File, Org
from tests.national.truth import Counting, Truth
from tests.national.zips import inner_name, stream_release

_TRAPS = ("Y5", "ZT", "FE", "T1")
"""How codes of the traps begin, which belong to no group."""


def make(
    path: Path, organisations: int, seed: int, *, published: str = PUBLISHED, changed: float = 0.0,
    turned: bool = False, varied: bool = False, last_change: str = LAST_CHANGE,
) -> Truth:  # fmt: skip
    """Write a release with about so many organisations, and return its true counts.

    With the same size and seed, `changed` is the share of records that differ, and `turned` puts them in another order.
    Where `varied`, few share a name. Another `last_change` makes every text differ, and nothing that it says.
    """
    country = Country(organisations, seed, changed, turned, varied)
    counting = Counting(published)
    files = [File(archive=archive, published=published, last_change=last_change) for archive in (False, True)]
    stream_release(
        path,
        (
            ("archive.zip" if file.archive else "fullfile.zip", inner_name(file), _file(country, file, counting))
            for file in files
        ),
    )
    return counting.total()


def _file(country: Country, file: File, counting: Counting) -> Iterator[str]:
    """The pieces of one file: its own records, the traps, and stubs for what it points at in the other file."""
    stubs = sorted(_far(country, file.archive), reverse=country.turned)
    extra = traps.in_archive() if file.archive else traps.in_full()
    own = sum(1 for group in country.states.values() for state in group if (state == 2) == file.archive)
    orgs = _counted(country, file.archive, extra, stubs, counting)
    yield from pieces(file, orgs, own + len(extra) + len(stubs))


def _far(country: Country, archive: bool) -> set[str]:
    """Codes that a file points at and the other one describes."""
    codes = {code for code in targets(country.orgs(archive)) if not code.startswith(_TRAPS)}
    return {code for code in codes if country.archived(code) != archive}


def _counted(
    country: Country, archive: bool, extra: tuple[tuple[Org, bool], ...], stubs: list[str], counting: Counting
) -> Iterator[Org]:
    for org in country.orgs(archive):
        yield counting.add(org)
    for org, refused in extra:
        yield counting.add(org, refused)
    for code in stubs:
        yield counting.add(country.named(code).as_stub())
