"""The files of one release: a full file and the archive of the same day, however the zip holds them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.errors import InputError
from importers.base import Input, Skipped
from importers.ods_xml.head import Head, Manifest, read_head


@dataclass(frozen=True, slots=True)
class ReleasePart:
    """One file of a release."""

    source: Input
    head: Head


def check_count(part: ReleasePart, read: int) -> None:
    """Raise InputError where a file holds another number of records than its manifest counts."""
    count = part.head.manifest.count if part.head.manifest else None
    if count is not None and count != read:
        raise InputError(
            f"{part.source.label}: its manifest counts {count:,} organisations and it holds {read:,}; fetch it again"
        )


@dataclass(frozen=True, slots=True)
class _File:
    source: Input
    manifest: Manifest

    @property
    def key(self) -> tuple[str | None, bool]:
        return self.manifest.published, self.manifest.archive


def gather(sources: Sequence[Input]) -> tuple[list[Input], list[Skipped]]:
    """The inputs to read, full file and archive of one day as one, and those that are passed over.

    Raises `InputError` where two files claim to be the same part of the same release.
    """
    files = [_File(source, manifest) for source in sources if (manifest := _manifest(source)) is not None]
    kept, skipped = _without_loose(files)
    taken: dict[tuple[str | None, bool], _File] = {}
    for file in kept:
        first = taken.setdefault(file.key, file)
        if first is not file and file.manifest.published is not None:
            what = "archive" if file.manifest.archive else "full file"
            raise InputError(
                f"{first.source.label} and {file.source.label}: both are the {what} of {file.manifest.published}; "
                "name one of them"
            )
    days = {day for day, archive in taken if day is not None and archive and (day, False) in taken}
    pairs = {day: (taken[day, False].source, taken[day, True].source) for day in days}
    skipped += _strays(kept, pairs)
    gone = {entry.label for entry in skipped}
    chosen: list[Input] = []
    for source in sources:
        pair = next((pair for pair in pairs.values() if source in pair), None)
        if pair is None:
            chosen += [source] if source.label not in gone else []
        elif not any(pair == one.parts for one in chosen):
            chosen.append(_joined(pair))
    return chosen, skipped


def _manifest(source: Input) -> Manifest | None:
    """What a file says of itself; a damaged one is left for reading it to tell."""
    try:
        return read_head(source).manifest
    except InputError:
        return None


def _zips(source: Input) -> list[str]:
    """The zips that a file is in, outermost first."""
    separator, text = (" › ", source.path) if source.path else (": ", source.label)
    return text.split(separator)[:-1]


def _without_loose(files: list[_File]) -> tuple[list[_File], list[Skipped]]:
    """Leave out a file that lies loose in a zip which holds the same in a zip of its own."""
    inner = {(tuple(_zips(file.source)[:1]), file.key) for file in files if len(_zips(file.source)) > 1}
    loose = [file for file in files if len(_zips(file.source)) == 1 and (tuple(_zips(file.source)), file.key) in inner]
    reason = "the zip beside it holds the same part of the same release"
    return [file for file in files if file not in loose], [Skipped(file.source.label, reason) for file in loose]


def _strays(files: list[_File], pairs: dict[str, tuple[Input, Input]]) -> list[Skipped]:
    """Files that lie in one zip with a whole release and are of another day."""
    whole = {tuple(_zips(source)[:1]) for pair in pairs.values() for source in pair} - {()}
    paired = {source.label for pair in pairs.values() for source in pair}
    return [
        Skipped(file.source.label, f"is of {file.manifest.published}, without the other half of that release")
        for file in files
        if file.source.label not in paired and tuple(_zips(file.source)[:1]) in whole
    ]


def _joined(pair: tuple[Input, Input]) -> Input:
    """The two files as one input, called after the zip that holds both where there is one."""
    full, archive = pair
    zips = _zips(full)[:1]
    same = bool(zips) and zips == _zips(archive)[:1]
    label = full.label.split(": ")[0] if same else f"{full.label} and {archive.label}"
    path = full.path.split(" › ")[0] if same and full.path else full.path
    sizes = (full.size, archive.size)
    size = sum(one for one in sizes if one is not None) if None not in sizes else None
    name = label.replace("\\", "/").rpartition("/")[2] if same else full.name
    return replace(full, name=name, label=label, size=size, path=path, parts=pair)
