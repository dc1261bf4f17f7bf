"""What a new register starts with: the stories and the layers in `builtin`, or the folder that the user named.

A layer is a compact public file. The manifest of its folder tells where it is from and how it is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from importers.base import Guess, Input
from importers.builtin_folders import folders
from importers.detect import Detection, detect
from importers.paths import file_input, unusable
from importers.plan import Plan, Planned
from importers.records.importer import importer as records
from importers.registry import BUILT_IN, OURS, Registry, load
from importers.table.importer import TableImporter

MANIFEST = "layers.yaml"
_MAPS = Path(__file__).parent / "table" / "maps"


@dataclass(frozen=True, slots=True)
class Layer:
    """A public file of which the built-in register holds what it needs, as the manifest tells."""

    title: str
    file: str
    """Its name in the folder of the manifest, which tells its day as the public file's does."""
    format: str
    mapping: str | None
    """The shipped mapping by which it is read, where it is a table."""
    source: str
    """What the keys of its sources begin with, whatever their day."""
    public: str
    """What its publisher calls the file."""
    publisher: str | None
    address: str | None
    """Where its publisher puts it; None where it is no longer published."""
    day: str | None
    licence: str
    attribution: str


def layers() -> tuple[Layer, ...]:
    """Return the layers that a new register starts with, in the order of the manifest."""
    return tuple(layer for folder in folders() for layer in _manifest(Path(folder)))


def _manifest(folder: Path) -> Iterator[Layer]:
    path = folder / MANIFEST
    if not path.is_file():
        return
    import yaml  # 20 ms, wanted only where the register is made or renewed

    for entry in yaml.safe_load(path.read_text("utf-8"))["layers"]:
        yield Layer(**{"mapping": None, **entry})


def builtin_plan() -> Plan:
    """Return which files a new register is made of, in their order, each with the importer that reads it."""
    registry = load([(name, target, OURS) for name, target in BUILT_IN.items()])
    planned = tuple(
        Planned(source, _choice(source, known, registry))
        for folder in folders()
        for source, known in _inputs(Path(folder))
    )
    return Plan(planned, ())


def _inputs(folder: Path) -> Iterator[tuple[Input, Layer | None]]:
    """The files of a folder by name, those of its manifest in the order of that, each with what this tells of it."""
    known = {layer.file: layer for layer in _manifest(folder)}
    others = sorted(path.name for path in folder.iterdir() if path.name not in {MANIFEST, *known})
    for name in (*known, *others):
        if not unusable(str(folder / name)):
            # Where this program is installed is nobody's evidence.
            source = replace(file_input(str(folder / name), named=True), label=f"built-in {name}", path=None)
            yield source, known.get(name)


def _choice(source: Input, layer: Layer | None, registry: Registry) -> Detection:
    """The importer of a file: told by the manifest, else by its content, as in any import."""
    if layer is None:
        guess = records.sniff(source.sample())
        return Detection(records, guess) if guess and guess.score == 1 else detect(source, registry)
    told = Guess(1.0, "the manifest of the built-in register tells it")
    if layer.mapping is None:
        return Detection(registry.named(layer.format).importer, told)
    return Detection(TableImporter(str(_MAPS / f"{layer.mapping}.yaml")), told)
