"""Which importers there are: those that any installed distribution registers in the group `interlock.importers`.

Ours are found like anyone's. In a source checkout that is not installed, the list of our own below stands in.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from importlib import import_module

from db.errors import UsageError
from db.nearest_word import nearest_word
from importers.base import Importer

GROUP = "interlock.importers"
OURS = "interlock"

BUILT_IN: dict[str, str] = {
    "records": "importers.records.importer:importer",
    "ods-csv": "importers.ods_csv.importer:importer",
    "epcmem": "importers.ods_csv.importer:memberships",
    "egpam": "importers.ods_csv.importer:amendments",
    "table": "importers.table.importer:importer",
    "ods-xml": "importers.ods_xml.importer:importer",
    "ods-json": "importers.ods_json.importer:importer",
    "ods-api": "importers.ods_api.importer:importer",
}
"""Our own importers, as `pyproject.toml` registers them."""


@dataclass(frozen=True, slots=True)
class Installed:
    """An importer and the distribution it came from."""

    importer: Importer
    origin: str

    @property
    def name(self) -> str:
        """What `--as` calls it."""
        return self.importer.name


@dataclass(frozen=True, slots=True)
class Broken:
    """A registered importer that could not be loaded, and why."""

    name: str
    origin: str
    reason: str


@dataclass(frozen=True, slots=True)
class Registry:
    """The importers at hand, by name, and those that could not be loaded."""

    installed: tuple[Installed, ...]
    broken: tuple[Broken, ...] = ()

    def named(self, name: str) -> Installed:
        """The importer of that name; raises `UsageError` with the nearest name where there is none."""
        for entry in self.installed:
            if entry.name == name:
                return entry
        for failed in self.broken:
            if failed.name == name:
                raise UsageError(f"format '{name}' of {failed.origin} could not be loaded: {failed.reason}")
        names = [entry.name for entry in self.installed]
        begun = (known for known in names if known.startswith(name.lower()))
        near = next(begun, None) or nearest_word(name, names, 0.5)
        hint = f"did you mean '{near}'?" if near and name else f"it may be {', '.join(names)}"
        raise UsageError(f"unknown format '{name}': {hint}")


def _declared() -> list[tuple[str, str, str]]:
    """Name, target and distribution of every registered importer, ours added where nothing registers them."""
    from importlib.metadata import entry_points  # 20 ms, wanted by `import` and `formats` only

    declared: list[tuple[str, str, str]] = []
    for point in entry_points(group=GROUP):
        origin = point.dist.name if point.dist is not None else "unknown"
        entry = (point.name, point.value, origin)
        if entry not in declared:
            declared.append(entry)
    known = {value for _, value, _ in declared}
    declared += [(name, target, OURS) for name, target in BUILT_IN.items() if target not in known]
    return declared


def load(declared: Iterable[tuple[str, str, str]] | None = None) -> Registry:
    """Load the importers; one that fails is listed as broken and stops nobody else."""
    installed: dict[str, Installed] = {}
    broken: list[Broken] = []
    ours_first = sorted(_declared() if declared is None else declared, key=lambda entry: (entry[2] != OURS, entry))
    for name, target, origin in ours_first:
        try:
            importer = _resolve(target)
        except Exception as error:  # somebody else's module may raise anything while it is imported
            broken.append(Broken(name, origin, f"{type(error).__name__}: {error}"))
            continue
        if not isinstance(importer, Importer):
            broken.append(Broken(name, origin, f"{target} is no importer (it lacks name, describes, sniff or read)"))
        elif importer.name in installed:
            taken = installed[importer.name].origin
            broken.append(Broken(name, origin, f"the name '{importer.name}' is taken by {taken}"))
        else:
            installed[importer.name] = Installed(importer, origin)
    return Registry(tuple(installed[name] for name in sorted(installed)), tuple(broken))


def _resolve(target: str) -> object:
    """The object that `module:attribute` names."""
    module, _, attribute = target.partition(":")
    found: object = import_module(module)
    for part in filter(None, attribute.split(".")):
        found = getattr(found, part)
    return found
