"""From a file, or the two files of a release, to what it is as a source and its rows."""

from __future__ import annotations

from functools import reduce

from db.dates import earliest, latest, parse
from db.statements import Reading, SourceSaid
from importers.base import Input, ReadOptions
from importers.ods.codes import codes, link_types, publisher, terms
from importers.ods.statements import StatementMaker
from importers.ods_xml.batches import ReleaseBatches
from importers.ods_xml.head import Head, read_head
from importers.ods_xml.markup import BARE, elements, value
from importers.ods_xml.parts import ReleasePart
from importers.ods_xml.processes import processes_here
from importers.ods_xml.rows import CountedReleaseRows, ReleaseRows
from importers.vintage import given, in_words, last_day, latest_past, named_day

LARGE = 4 * 1024 * 1024
"""Bytes of XML from which on records are taken by the batch."""


def read(source: Input, options: ReadOptions) -> Reading:
    """Read a release; raises `InputError` where it is none, and again from its rows where it is damaged further on."""
    parts = tuple(ReleasePart(one, read_head(one)) for one in source.parts or (source,))
    names: dict[str, str] = reduce(lambda known, part: {**part.head.names, **known}, parts, {})
    published = _vintage(source, parts[0].head, options)
    counted = all(part.head.manifest and part.head.manifest.count is not None for part in parts)
    maker = StatementMaker(last_day(published), names)
    rows = (CountedReleaseRows if counted else ReleaseRows)(parts, maker)
    said = _source(source, parts, published)
    batched = _batches(parts, maker, options) if said.living else None
    return Reading(said, rows, terms=terms(names), link_types=link_types(names), batched=batched)


def _batches(parts: tuple[ReleasePart, ...], maker: StatementMaker, options: ReadOptions) -> ReleaseBatches | None:
    """The rows by the batch, where they are many or asked for so."""
    large = sum(part.source.size or 0 for part in parts) >= LARGE
    if not (large if options.batches is None else options.batches):
        return None
    return ReleaseBatches(parts, maker, processes_here() if large else 0)


def _vintage(source: Input, head: Head, options: ReadOptions) -> str | None:
    """The date given, else that of the manifest, else that in the name, else the latest change in a fragment."""
    if (told := given(options)) is not None:
        return told
    if head.manifest is not None and head.manifest.published is not None:
        return head.manifest.published
    return named_day(source.name) or _latest_change(source)


def _latest_change(source: Input) -> str | None:
    changes = (value(one.find("{*}LastChangeDate"))[:10] for one in elements(source) if BARE[one.tag] == "Organisation")
    return latest_past(day for day in map(_day, filter(None, changes)) if day)


def _day(text: str) -> str | None:
    try:
        return parse(text)
    except ValueError:
        return None


def _source(source: Input, parts: tuple[ReleasePart, ...], published: str | None) -> SourceSaid:
    """A fragment is known by its content: another one of the same day says other things, and takes nothing back."""
    dated = f"-{published}" if published else ""
    digest = None
    manifest = parts[0].head.manifest
    if len(parts) > 1:
        key, what = "ods-xml", "XML release"
    elif manifest is not None:
        key = "ods-xml-archive" if manifest.archive else "ods-xml-full"
        what = f"XML release, {'archive' if manifest.archive else 'full'} file alone"
    else:
        digest = source.digest()
        key, what = f"ods-xml-fragment-{digest[:12]}", "fragment of the XML release"
    title = f"NHS Organisation Data Service: {what}"
    return SourceSaid(
        key=f"file:{key}{dated}",
        title=f"{title}, {in_words(published)}" if published else title,
        format="ods-xml",
        publisher=publisher(earliest(published), latest(published)),
        published=published,
        licence=codes().licence,
        series="ods-xml",
        full=len(parts) > 1,
        living=manifest is not None,
        path=source.path,
        digest=digest,
    )
