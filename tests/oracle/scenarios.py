"""What is done to registers, step by step, and what each then holds and answers."""

from __future__ import annotations

import atexit
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

from importers.builtin_register import create_register
from importers.run import ImportOptions
from tests.national.country import Country
from tests.national.things import PUBLISHED
from tests.oracle.answers import answer, answers, command, page
from tests.oracle.content import Item
from tests.oracle.dump import dump, lines
from tests.oracle.edges import release_with_edges
from tests.oracle.others import OTHERS, bodies
from tests.oracle.queries import BUILTIN, NATIONAL
from tests.oracle.today import fixed_day
from tui.commands import COMMANDS

Step = tuple[str, list[str]]
"""What was done, and the lines of what the register then held and answered."""

SEEDS = range(1, 21)
CHAINS: dict[str, tuple[str, ...]] = {
    "first": ("release", "other", "review", "next", "undo 5", "undo 4", "undo 3", "undo 2"),
    "after": ("other", "release", "next", "undo 4", "undo 3", "undo 2"),
    "next": ("release", "next", "other", "other", "undo 5", "undo 4", "undo 3", "undo 2"),
}
"""By name, what is done to a register that holds what comes with Interlock: run 1."""


@dataclass
class Place:
    """A folder with sources and a register that grows; `batches` says how releases are read, where that can be said."""

    folder: Path
    batches: bool | None = None

    @property
    def register(self) -> Path:
        """The database."""
        return self.folder / "register.db"

    def run(self, *words: str) -> list[Item]:
        """Run a command that writes; return what it answered."""
        with _reader(self.batches):
            return [answer(*words, register=self.register)]

    def lines(self, found: Sequence[Item] = (), folder: Path | None = None) -> list[str]:
        """All that the register holds, with further items; paths of the folders left out."""
        hidden = folder or self.folder
        return sorted([*dump(self.register, hidden), *lines(found, hidden)])


@contextmanager
def _reader(batches: bool | None) -> Iterator[None]:
    """Have releases read by the batch, or record by record, as long as imports can be asked for that."""
    if batches is None or "batches" not in {field.name for field in fields(ImportOptions)}:
        yield
        return
    module = sys.modules[ImportOptions.__module__]
    setattr(module, ImportOptions.__name__, partial(ImportOptions, batches=batches))
    try:
        yield
    finally:
        setattr(module, ImportOptions.__name__, ImportOptions)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Be in a folder for a while, so that commands are remembered without its path."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextmanager
def _place(batches: bool | None = None) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="oracle-") as name, fixed_day():
        place = Place(Path(name).resolve(), batches)
        with _inside(place.folder):
            yield place


def builtin(batches: bool | None = None) -> Iterator[Step]:
    """The built-in register: what it holds, each of its records, and many searches."""
    with _place(batches) as place:
        create_register(place.register)
        found = dump(place.register, place.folder)
        yield "content", found
        keys = sorted(item["key"] for item in map(json.loads, found) if item["what"] == "record")
        yield "records", lines(answers(place.register, keys, ()), place.folder)
        yield "searches", lines(_searches(place.register), place.folder)


def pages(batches: bool | None = None) -> Iterator[Step]:
    """What people read of the built-in register: pages and tables as text."""
    with _place(batches) as place:
        create_register(place.register)
        held = map(json.loads, dump(place.register, place.folder))
        keys = sorted(item["key"] for item in held if item["what"] == "record")
        shown = [("show",), ("show", "--brief"), ("show", "--format", "markdown"), ("links",), ("timeline",)]
        yield "records", lines(page(*words, key, register=place.register) for key in keys for words in shown)
        yield "searches", lines(page("find", *query.split(" "), register=place.register) for query in BUILTIN)
        helps = ("--help", *(f"{name} --help" for name in COMMANDS))
        yield "help", lines(page(*words.split(" "), register=place.register) for words in helps)


def _searches(register: Path) -> Iterator[Item]:
    for query in BUILTIN:
        yield answer("find", *query.split(" "), register=register)
        if ":" not in query:
            yield answer("find", *query.split(" "), "--all", "--explain", register=register)
    for day in ("2015-01-01", "2017-06", "2026-11-28"):
        yield answer("find", "trust", "--as-of", day, register=register)
        yield answer("show", "arr:foundation-group", "--as-of", day, register=register)
        yield answer("show", "ods:RLQ", "--as-of", day, register=register)


def national(seed: int, chain: str, batches: bool | None = None) -> Iterator[Step]:
    """A small national release with a next month and another source, in one order, and the undoing of each."""
    with _place(batches) as place:
        sources = _sources(seed, place.folder)
        country = Country(200 + 10 * seed, seed, varied=seed % 3 == 0)
        told = bodies(country, "trust", 2) + bodies(country, "practice", 5)[3:] + bodies(country, "board", 1)
        told += bodies(country, "care", 2) + bodies(country, "trust-site", 1) + bodies(country, "network", 1)
        keys = [f"ods:{org.code}" for org in told]
        run = 1
        for number, step in enumerate(CHAINS[chain], start=1):
            words = _words(step, sources, place)
            if words is None:
                continue
            done = place.run(*words)
            if step.startswith("undo"):
                found = done
            else:
                run = _last_run(place.register)
                found = [*done, answer("diff", str(run), register=place.register)]
            if step in ("next", "other", "review"):
                found += answers(place.register, keys, NATIONAL)
            yield f"{number} {step}", place.lines(found)


def _last_run(register: Path) -> int:
    _, text, _ = command("runs", "--format", "json", register=register)
    return max(int(one["run"]) for one in json.loads(text)["runs"])


def _sources(seed: int, folder: Path) -> dict[str, list[str]]:
    """Write what a country's releases and others say of it; by name, the words that import it."""
    size, varied = 200 + 10 * seed, seed % 3 == 0
    release_with_edges(folder / "release.zip", Country(size, seed, varied=varied), PUBLISHED)
    changed = (0.01, 0.02, 0.03, 0.04, 0.05)[seed % 5]
    later = Country(size, seed, changed, turned=seed % 2 == 0, varied=varied)
    release_with_edges(folder / "next.zip", later, "2026-09-25")
    other = OTHERS[seed % len(OTHERS)](Country(size, seed, varied=varied), folder)
    return {"release": ["release.zip"], "next": ["next.zip"], "other": other}


def _words(step: str, sources: dict[str, list[str]], place: Place) -> list[str] | None:
    """The command of a step; None for a review where there is nothing to review.

    The suggestions are decided in turn: yes, no, and left as it is.
    """
    if step in sources:
        return ["import", *sources[step]]
    if step != "review":
        return step.split(" ")
    waiting = json.loads(command("review", "--format", "json", register=place.register)[1])["suggestions"]
    asked = sorted(waiting, key=lambda one: str(one["what"]))
    words = ["review"]
    for turn, one in enumerate(asked):
        if turn % 3 == 0:
            words += ["--accept", f"{one['id']}={one['candidates'][0]['key']}"]
        elif turn % 3 == 1:
            words += ["--reject", str(one["id"])]
    return words if asked else ["review"]


def shared_data() -> Path | None:
    """The folder of real files, beside the checkout or at `$INTERLOCK_SHARED`; None where there is none."""
    beside = Path(__file__).resolve().parents[3] / "shared"
    folder = Path(os.environ.get("INTERLOCK_SHARED", beside)).resolve() / "data"
    return folder if folder.is_dir() else None


def real(backwards: bool, batches: bool | None = None) -> Iterator[Step]:
    """Every real file, one import each, on top of the built-in register; then the last three imports undone.

    A register that holds them takes a hundred megabytes as text, so it is told four times only.
    """
    data = shared_data()
    if data is None:
        return
    with _place(batches) as place, _inside(data):
        files = [str(path.relative_to(data)) for path in data.rglob("*") if path.is_file()]
        names = sorted(set(files) - {"INDEX.md"}, reverse=backwards)
        told = {len(names) // 3, 2 * len(names) // 3, len(names)}
        for number, name in enumerate(names, start=1):
            done = place.run("import", name)
            found = place.lines(_real_answers(done, place), data) if number in told else lines(done, data)
            yield f"{number} {name}", found
        last = _last_run(place.register)
        undone = [place.run("undo", str(run))[0] for run in range(last, last - 3, -1)]
        yield "undo", place.lines(undone, data)


def _real_answers(done: list[Item], place: Place) -> list[Item]:
    keys = ("ods:RLQ", "ods:RN7", "ods:RJ1", "ods:QMJ", "ods:A81001", "ods:97T", "arr:foundation-group")
    found = [*done, answer("diff", str(_last_run(place.register)), register=place.register)]
    return [*found, *answers(place.register, keys, BUILTIN)]


Scenario = Callable[..., Iterator[Step]]
SCENARIOS: dict[str, Scenario] = {
    "built-in": builtin,
    "pages": pages,
    **{f"seed-{seed:02}-{chain}": partial(national, seed, chain) for seed in SEEDS for chain in CHAINS},
    "real-forwards": partial(real, False),
    "real-backwards": partial(real, True),
}
"""By name."""
WHOLE = ("built-in", "pages", "seed-01-first", "seed-02-after", "seed-03-next", "seed-04-first")
"""Those of which the whole text is kept here."""
QUICK = ("built-in", "seed-01-first", "seed-02-after", "seed-03-next")
"""Those that every test run compares."""


def own_home() -> None:
    """Let this process see no settings, files or cache of whoever runs it."""
    home = tempfile.mkdtemp(prefix="oracle-home-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for name in [name for name in os.environ if name.startswith(("INTERLOCK_DB", "XDG_", "LC_"))]:
        del os.environ[name]
    os.environ.update(
        {"HOME": home, "XDG_CACHE_HOME": f"{home}/cache", "LANG": "C.UTF-8", "TZ": "UTC", "NO_COLOR": "1"}
    )
