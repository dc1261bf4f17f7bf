"""Which inputs an import will read and by which importer: what can be refused is, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from db.errors import InputError
from importers.base import Gatherer, Input, Skipped
from importers.detect import Detection, UnknownFormatError, detect
from importers.inputs import Inputs
from importers.registry import Registry


@dataclass(frozen=True, slots=True)
class Planned:
    """An input and the importer chosen for it."""

    source: Input
    choice: Detection


@dataclass(frozen=True, slots=True)
class Plan:
    """What will be read in which order, and what is passed over."""

    planned: tuple[Planned, ...]
    skipped: tuple[Skipped, ...]


def plan(inputs: Inputs, registry: Registry, as_name: str | None = None) -> Plan:
    """Choose an importer for every input.

    An input that the user named and no importer takes raises `UnknownFormatError`; one that a folder or zip brought
    along is skipped with the reason, unless nothing at all is left to read, which raises `InputError`.
    """
    if as_name is not None:
        registry.named(as_name)
    planned: list[Planned] = []
    unknown: list[Skipped] = []
    for source in inputs:
        try:
            planned.append(Planned(source, detect(source, registry, as_name)))
        except UnknownFormatError as error:
            if source.named:
                raise
            unknown.append(Skipped(source.label, str(error).removeprefix(f"{source.label}: ")))
    planned, passed_over = _gathered(planned)
    skipped = (*inputs.skipped, *unknown, *passed_over)
    if not planned:
        raise InputError(_nothing(skipped))
    return Plan(tuple(planned), tuple(skipped))


def _gathered(planned: list[Planned]) -> tuple[list[Planned], list[Skipped]]:
    """Let importers say which of their inputs are one; what is one is read in the place of its first part."""
    skipped: list[Skipped] = []
    for importer in {id(entry.choice.importer): entry.choice.importer for entry in planned}.values():
        if not isinstance(importer, Gatherer):
            continue
        own = [entry for entry in planned if entry.choice.importer is importer]
        sources, passed_over = importer.gather([entry.source for entry in own])
        choices = {entry.source: entry.choice for entry in own}
        read = {(source.parts or (source,))[0]: source for source in sources}
        first = {part: source for source in sources for part in source.parts}
        together: list[Planned] = []
        for entry in planned:
            if entry.choice.importer is not importer:
                together.append(entry)
                continue
            source = first.get(entry.source) or read.get(entry.source)
            if source is not None and all(one.source is not source for one in together):
                together.append(Planned(source, choices[entry.source]))
        planned = together
        skipped += passed_over
    return planned, skipped


def _nothing(skipped: Iterable[Skipped]) -> str:
    reasons = [f"{entry.label}: {entry.reason}" for entry in skipped]
    if not reasons:
        return "nothing to import: name a file, a folder, a glob, a zip, a URL or - for stdin"
    more = f" (and {len(reasons) - 1} more like it)" if len(reasons) > 1 else ""
    return f"nothing to import: {reasons[0]}{more}"
